"""The softmax against plain exponentials."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import softmax

logits = st.lists(st.integers(-6, 6), min_size=2, max_size=5)


def explicit(z: list[float]) -> np.ndarray:
    powers = np.exp(np.array(z, dtype=float))
    return powers / powers.sum()


@given(logits)
def test_probabilities_are_shares_of_the_exponentials(z: list[int]) -> None:
    assert np.array(softmax.probabilities(z), dtype=float) == pytest.approx(explicit(z))


@given(logits, st.sampled_from(["0.5", "2", "10"]))
def test_temperature_takes_powers_of_the_probabilities(z: list[int], T: str) -> None:
    powers = explicit(z) ** (1 / float(T))
    found = softmax.tempered(z, rational(T))
    assert np.array(found, dtype=float) == pytest.approx(powers / powers.sum())


@given(logits)
def test_odds_are_ratios_of_probabilities(z: list[int]) -> None:
    p = explicit(z)
    assert float(softmax.odds(z[0], z[1])) == pytest.approx(p[0] / p[1])


@given(logits, st.integers(1, 19))
def test_the_logit_found_gives_the_probability(others: list[int], twentieths: int) -> None:
    p = rational(twentieths, 20)
    z = float(softmax.logit_for(p, others))
    assert explicit([z, *others])[0] == pytest.approx(float(p))


def test_two_classes_are_a_softmax_of_two() -> None:
    found = float(softmax.two_classes(rational(3), rational(2)))
    assert found == pytest.approx(explicit([1.5, 0])[0])


@given(logits)
def test_the_jacobian_is_that_of_differences(z: list[int]) -> None:
    steps = np.eye(len(z)) * 1e-6
    slopes = [(explicit(z + s) - explicit(z - s)) / 2e-6 for s in steps]
    p = [rational(v) for v in explicit(z)]
    assert np.array(softmax.jacobian(p), dtype=float) == pytest.approx(np.array(slopes), abs=1e-8)
