"""Which files a paper becomes: every named output, and the paper file beside each of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from partialcredit import writers
from partialcredit.files import write_files
from partialcredit.paper import Paper

__all__ = ["publish"]


def publish(
    paper: Paper, outputs: Sequence[Path], *, key: Path | None, solutions: bool, public: bool
) -> list[Path]:
    """Write all files or none; returns their paths.

    ``public`` leaves keys and solutions out of the paper file, which ``grade`` then computes again.
    """
    contents: dict[Path, bytes] = {}
    paper_file = (paper.public() if public else paper).to_json().encode()
    for output in outputs:
        contents[output.with_suffix(".json")] = paper_file
        if output.suffix != ".json":
            contents |= writers.files(paper, output, view="solutions" if solutions else "paper")
    if key is not None:
        contents |= writers.files(paper, key, view="key")
    write_files(contents)
    return list(contents)
