"""Suppression against its definition: no kept box clashes with a better one, every other does."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import suppression

pairs = list(combinations(range(5), 2))


@given(st.permutations(range(5)), st.sets(st.sampled_from(pairs)))
def test_kept_boxes_are_the_kernel(scores: list[int], close: set[tuple[int, int]]) -> None:
    def clash(i: int, j: int) -> bool:
        return (min(i, j), max(i, j)) in close

    fates = suppression.fates(suppression.by_score(scores), clash, 5)
    kept = {box for box in range(5) if fates[box] == 0}
    for box in range(5):
        beaten = {k for k in kept if scores[k] > scores[box] and clash(k, box)}
        assert (box in kept) == (not beaten)
        if beaten:
            assert fates[box] - 1 == max(beaten, key=scores.__getitem__)
