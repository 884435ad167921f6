"""Bias and variance: they add up to the error, and a shrunk mean is best where its slope is 0."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import bias_variance

X, TARGETS = Vector((-1, 0, 2)), Vector((1, 0, 4))


@pytest.mark.parametrize(
    "predictions", [bias_variance.constants(TARGETS), bias_variance.lines(X, TARGETS)]
)
def test_bias_and_variance_add_up_to_the_error(predictions: Vector) -> None:
    mean = bias_variance.mean_prediction(predictions)
    errors = [sum((prediction - TARGETS) ** 2) for prediction in predictions]
    found = bias_variance.squared_bias(mean, TARGETS) + bias_variance.variance(predictions, mean)
    assert found == sum(errors) * rational(1, 9)


def test_no_factor_is_better_than_the_best() -> None:
    c = bias_variance.best_factor(2, rational(3), 4)
    errors = [
        bias_variance.shrunk_error(c + step, 2, rational(3), 4) for step in (-c / 9, 0, c / 9)
    ]
    assert errors[1] < min(errors[0], errors[2])


def test_noise_of_both_signs() -> None:
    means = [rational(a + b, 2) for a in (-3, 3) for b in (-3, 3)]
    assert bias_variance.noise_in_variance(rational(3)) == sum(m**2 for m in means) / 4
