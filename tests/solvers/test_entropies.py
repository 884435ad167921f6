"""Published values of information theory, and what must hold of every divergence."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import entropies

counts = st.lists(st.integers(1, 9), min_size=4, max_size=4)


def test_the_horse_race_of_cover_and_thomas_has_two_bits() -> None:
    p = [rational(1, n) for n in (2, 4, 8, 16, 64, 64, 64, 64)]
    assert float(entropies.entropy(p)) / log(2) == pytest.approx(2)


def test_a_uniform_model_of_256_values_has_perplexity_256() -> None:
    nll = entropies.surprise([rational(1, 256)] * 3)
    assert float(entropies.perplexity(nll, 3)) == pytest.approx(256)


@given(counts, counts)
def test_divergences_are_not_negative_and_the_mixture_is_at_most_ln_2(
    a: list[int], b: list[int]
) -> None:
    p, q = ([rational(n, sum(row)) for n in row] for row in (a, b))
    assert float(entropies.divergence(p, q)) >= -1e-12
    assert -1e-12 <= float(entropies.mixture_divergence(p, q)) <= log(2)
