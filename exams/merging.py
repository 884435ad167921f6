"""Many PDF files as one, to send to a printer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import pikepdf

__all__ = ["merge"]


def merge(sources: Iterable[Path | BinaryIO], target: Path | BinaryIO) -> None:
    """Put PDF files one after the other, each on a right-hand page.

    The same files give the same bytes. Raises OSError when the file cannot be written.
    """
    with pikepdf.new() as whole:
        for source in sources:
            with pikepdf.open(source) as part:
                whole.pages.extend(part.pages)
            if len(whole.pages) % 2:
                _, _, *size = map(float, whole.pages[-1].mediabox)
                whole.add_blank_page(page_size=(size[0], size[1]))
        whole.save(target, deterministic_id=True)
