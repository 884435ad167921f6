"""Many PDF files as one, to send to a printer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pikepdf

__all__ = ["merge"]


def merge(sources: Iterable[Path], target: Path) -> None:
    """Put the pages of PDF files one after the other; the same files give the same bytes.

    Raises OSError when the file cannot be written.
    """
    with pikepdf.new() as whole:
        for source in sources:
            with pikepdf.open(source) as part:
                whole.pages.extend(part.pages)
        whole.save(target, deterministic_id=True)
