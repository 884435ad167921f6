"""Attacks on a linear model against all corners of the box."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import adversarial

entries = st.lists(st.integers(-5, 5), min_size=3, max_size=3).map(Vector)


@given(entries, entries)
def test_the_sign_step_is_the_corner_with_the_largest_logit(w: Vector, x: Vector) -> None:
    best = max(dot(w, x + Vector(corner)) for corner in product((-1, 1), repeat=3))
    assert dot(w, adversarial.sign_step(x, w, 1)) == best
    assert adversarial.logit(w, x, 2) + adversarial.one_norm(w) == best + 2
