"""The QR code of a page: which paper it belongs to and which page it is, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["codes"]

# A quarter of the code may be unreadable. It is still the smallest there is, of 21 by 21 modules,
# for an id of eight characters: these 16 characters, digits, capitals and the slash, fit into it.
_CORRECTION = "q"

# Any mask can be read. Choosing the prettiest takes five times as long as making the code.
_MASK = 3


def codes(paper_id: str, pages: int) -> Iterator[tuple[str, ...]]:
    """The codes of pages 1, 2, ...: rows of 0 and 1, with 1 for a dark module."""
    import segno

    for page in range(1, pages + 1):
        code = segno.make(
            f"{paper_id}/{page}", micro=False, error=_CORRECTION, boost_error=False, mask=_MASK
        )
        yield tuple("".join(str(module & 1) for module in row) for row in code.matrix)
