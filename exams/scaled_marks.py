"""The marks of a question's parts, scaled to what a recipe gives for the question."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

__all__ = ["scaled"]


def scaled(marks: Sequence[int], total: int) -> list[int]:
    """Whole marks of at least 1 that add up to ``total``, as close to the old shares as can be.

    Each part has its share rounded down, and the parts with the largest remainders one mark more
    (Hamilton's method). Raises ValueError for fewer marks than parts.

    >>> scaled([1, 1, 2], 6), scaled([1, 9], 2)
    ([2, 1, 3], [1, 1])
    """
    if total < len(marks):
        raise ValueError(f"{total} marks do not give each of {len(marks)} parts one")
    shares = [Fraction(mark * total, sum(marks)) for mark in marks]
    given = [max(1, int(share)) for share in shares]

    def lacking(part: int) -> Fraction:
        return shares[part] - given[part]

    parts = range(len(marks))
    while sum(given) < total:
        given[max(parts, key=lacking)] += 1
    while sum(given) > total:
        given[min((part for part in parts if given[part] > 1), key=lacking)] -= 1
    return given
