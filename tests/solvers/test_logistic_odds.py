"""Reading a logistic model: softmax and sigmoid agree, and priors reweight examples."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import logistic_odds

W, B, X = freeze(((1, -1), (2, 1))), (rational(1, 2), -1), (1, 1)


def test_softmax_of_two_classes_is_a_sigmoid() -> None:
    *w, b = logistic_odds.of_softmax(W, B)
    logits = np.array([[1.0, -1], [2, 1]]) @ X + [0.5, -1]
    softmax = np.exp(logits) / np.exp(logits).sum()
    found = logistic_odds.probability(logistic_odds.odds(w, b, X))
    assert float(found) == pytest.approx(softmax[1])


def test_a_step_multiplies_the_odds() -> None:
    before, after = (logistic_odds.odds((rational(1, 2),), -1, (x,)) for x in (4, 7))
    step = logistic_odds.factor(rational(1, 2), 3)
    assert float(after / before) == pytest.approx(float(step))


def test_another_prior_reweights_the_examples() -> None:
    """With class 1 ten times as rare the odds are a tenth."""
    b = logistic_odds.for_prior(-1, rational(1, 2), rational(1, 11))
    assert float(b) == pytest.approx(-1 - np.log(10))
