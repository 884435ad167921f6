"""Bootstrap samples: every formula against the list of all samples."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import bootstrap


@given(st.integers(1, 4), st.integers(1, 5))
def test_samples_are_listed(N: int, n: int) -> None:
    samples = list(product(range(N), repeat=n))
    assert bootstrap.ordered_samples(N, n) == len(samples)
    assert bootstrap.unordered_samples(N, n) == len({tuple(sorted(s)) for s in samples})
    share = rational(sum(0 in s for s in samples), len(samples))
    assert bootstrap.in_sample(rational(N), n) == share
    assert bootstrap.left_out(rational(N), n) == 1 - share
    distinct = rational(sum(len(set(s)) for s in samples), len(samples))
    assert bootstrap.expected_distinct(rational(N), n) == distinct


def test_numbers_of_the_catalogue() -> None:
    assert float(bootstrap.in_sample(rational(4), 4)) == pytest.approx(0.683594, abs=1e-6)
    assert float(bootstrap.in_sample(rational(2000), 2000)) == pytest.approx(0.632121, abs=1e-3)


def test_the_limit_is_approached() -> None:
    exact = float(bootstrap.in_sample(rational(2000), 4000))
    assert float(bootstrap.limit_share(2)) == pytest.approx(exact, abs=1e-3)
