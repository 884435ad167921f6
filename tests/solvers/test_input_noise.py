"""Noise on inputs against averages over its outcomes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import input_noise

W, B, X, Y = (1, rational(-3, 2)), rational(1, 2), ((1, 2), (-1, 3)), (2, 0)


def average(spread: np.ndarray) -> float:
    """The mean loss over noise spread · (±1, ±1)."""
    w, x, y = np.array(W, dtype=float), np.array(X), np.array(Y)
    losses = []
    for signs in product((-1, 1), repeat=2):
        moved = x + spread @ np.array(signs)
        losses.append(np.mean((moved @ w + 0.5 - y) ** 2))
    return float(np.mean(losses))


def test_expected_losses_are_averages() -> None:
    clean = input_noise.clean_loss(W, B, X, Y)
    assert float(clean) == pytest.approx(average(np.zeros((2, 2))))
    noisy = input_noise.noisy_loss(clean, W, rational(2, 5))
    assert float(noisy) == pytest.approx(average(0.4 * np.eye(2)))
    spread = np.array([[0.5, 0.2], [-0.3, 0.4]])
    covariance = [[rational(v) for v in row] for row in spread @ spread.T]
    found = input_noise.noisy_loss_correlated(clean, W, covariance)
    assert float(found) == pytest.approx(average(spread))


def test_one_example_is_the_case_of_one_input() -> None:
    outcomes = [(2 * (3 + d) - 4) ** 2 for d in (-0.5, 0.5)]
    assert float(input_noise.expected_square(2, 3, 4, rational(1, 2))) == np.mean(outcomes)


def test_the_best_weight_is_where_losses_on_both_sides_are_larger() -> None:
    x, y, sigma = (1, 2, 4), (3, -1, 2), rational(1, 2)
    w = input_noise.best_weight(x, y, sigma)

    def loss(w: Rational) -> Rational:
        return sum(input_noise.expected_square(w, a, b, sigma) for a, b in zip(x, y, strict=True))

    step = rational(1, 1000)
    assert loss(w) < min(loss(w - step), loss(w + step))
    ridge = input_noise.equivalent_sigma(rational(3, 4), 3)
    assert input_noise.best_weight(x, y, ridge) == w
