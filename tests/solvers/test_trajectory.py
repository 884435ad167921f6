"""Paths of optimizers against plain simulations in floats."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import trajectory

CURVATURES, START, EPSILON = (3, 7), (2, -5), rational(1, 10)
ALPHA, BETA = rational(4, 5), rational(9, 10)


def simulated(optimizer: str, steps: int) -> list[list[float]]:
    """The textbook loops, all coordinates at once."""
    x = np.array(START, dtype=float)
    v, a, m = np.zeros(2), np.zeros(2), np.zeros(2)
    alpha, beta, path = float(ALPHA), float(BETA), []
    for t in range(1, steps + 1):
        g = np.array(CURVATURES) * x
        if optimizer == "gradient descent":
            x = x - 0.1 * g
        elif optimizer == "momentum":
            v = alpha * v - 0.1 * g
            x = x + v
        elif optimizer == "Adagrad":
            a = a + g * g
            x = x - 0.1 * g / np.sqrt(a)
        elif optimizer == "RMSprop":
            a = beta * a + (1 - beta) * g * g
            x = x - 0.1 * g / np.sqrt(a)
        else:
            m = alpha * m + (1 - alpha) * g
            a = beta * a + (1 - beta) * g * g
            x = x - 0.1 * (m / (1 - alpha**t)) / np.sqrt(a / (1 - beta**t))
        path.append(x.tolist())
    return path


@pytest.mark.parametrize("optimizer", trajectory.OPTIMIZERS)
def test_paths_are_those_of_the_loops(optimizer: str) -> None:
    found = trajectory.path(optimizer, CURVATURES, START, EPSILON, ALPHA, BETA, steps=3)
    assert np.array(found, dtype=float) == pytest.approx(np.array(simulated(optimizer, 3)))


@pytest.mark.parametrize(("rate", "shrinks"), [(rational(28, 100), True), (rational(3, 10), False)])
def test_the_largest_rate_separates_convergence_from_divergence(
    rate: Rational, shrinks: bool
) -> None:
    assert (rate < trajectory.largest_rate([rational(c) for c in CURVATURES])) == shrinks
    ends = trajectory.path("gradient descent", CURVATURES, START, rate, 0, 0, steps=40)[-1]
    assert (abs(ends[1]) < abs(START[1])) == shrinks


def test_contraction_is_the_ratio_of_neighbouring_points() -> None:
    (first,) = trajectory.path("gradient descent", CURVATURES, START, EPSILON, 0, 0, steps=1)
    ratios = tuple(rational(x) / x_0 for x, x_0 in zip(first, START, strict=True))
    assert trajectory.contraction(CURVATURES, EPSILON) == ratios
