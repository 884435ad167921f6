"""A file that holds keys is never replaced by another paper's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.files import read_bytes, read_text
from partialcredit.paper import Paper
from partialcredit.paper_file import read_paper

__all__ = ["check_keys_stay"]


def check_keys_stay(contents: Mapping[Path, bytes], key: Path | None = None) -> None:
    """Raise InputError where writing would replace the keys of another paper.

    Those are paper files that hold keys of other problems, and the file of ``key``, unless it
    stays as it is.
    """
    for path, content in contents.items():
        if path.suffix.lower() == ".json" and _holds_other_keys(path, content):
            raise InputError(
                f"{path} holds the keys of another paper; give the output another name, or move "
                "that file away"
            )
    if key is not None and key.is_file() and read_bytes(key) != contents.get(key):
        raise InputError(
            f"{key} holds another key; give --key another name, or move that file away"
        )


def _holds_other_keys(path: Path, content: bytes) -> bool:
    if not path.is_file():
        return False
    try:
        old = read_paper(read_text(path))
    except InputError:
        return False  # no paper file, or one that nothing can be marked with
    return _has_keys(old) and old.problems != read_paper(content.decode()).problems


def _has_keys(paper: Paper) -> bool:
    return any(part.key is not None for problem in paper.problems for part in problem.parts)
