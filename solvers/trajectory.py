r"""Paths of optimizers on the quadratic f(x) = 1/2 (lambda_1 x_1^2 + ... + lambda_n x_n^2).

Its gradient is lambda_i x_i in each coordinate, so every coordinate runs by itself, and points are
computed with entry by entry. All optimizers start from rest, with the stabiliser 0. Reference:
Goodfellow, Bengio and Courville (2016), "Deep learning", section 8.3 and 8.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import adam, adaptive, momentum

__all__ = ["OPTIMIZERS", "contraction", "largest_rate", "last_step", "path"]

OPTIMIZERS = ("gradient descent", "momentum", "Adagrad", "RMSprop", "Adam")


def last_step(
    optimizer: str, gradients: Sequence[Any], eta: Number, alpha: Number, beta: Number
) -> Any:
    """The step t that one of the optimizers makes, after the gradients g_1, ..., g_t.

    ``alpha`` is the coefficient of the velocity and of Adam's first moment, ``beta`` that of the
    squared gradients of RMSprop and Adam.

    >>> from partialcredit.numbers.rationals import rational
    >>> last_step("momentum", (2, 1), rational(1, 10), rational(1, 2), 0)
    -1/5
    """
    if optimizer == "gradient descent":
        return -eta * gradients[-1]
    if optimizer == "momentum":
        return momentum.velocities(gradients, [alpha] * len(gradients), eta)[-1]
    if optimizer == "Adam":
        moments = ((gradients, alpha), ([g * g for g in gradients], beta))
        m_hat, v_hat = (
            adam.corrected(adam.moving_average(values, coefficient), coefficient, len(gradients))
            for values, coefficient in moments
        )
        return adam.update(m_hat, v_hat, eta, 0)
    squares = (
        adaptive.running_sums(gradients)
        if optimizer == "Adagrad"
        else adaptive.running_means(gradients, beta)
    )
    return adaptive.steps(gradients, squares, eta, 0)[-1]


def path(
    optimizer: str,
    curvatures: Any,
    start: Any,
    eta: Number,
    alpha: Number = 0,
    beta: Number = 0,
    steps: int = 2,
) -> Any:
    """The points after each of ``steps`` steps.

    >>> from partialcredit.numbers.rationals import rational
    >>> path("gradient descent", (4, 1), (1, 2), rational(1, 2))
    ((-1, 1), (1, 1/2))
    """
    curvatures, x = freeze(curvatures), freeze(start)
    gradients, points = [], []
    for _ in range(steps):
        gradients.append(curvatures * x)
        x = x + last_step(optimizer, gradients, eta, alpha, beta)
        points.append(x)
    return freeze(points)


def contraction(curvatures: Any, eta: Number) -> Any:
    r"""What gradient descent multiplies every coordinate by: 1 - eta lambda_i.

    >>> contraction((4, 1), 1)
    (-3, 0)
    """
    return 1 - eta * freeze(curvatures)


def largest_rate(curvatures: Sequence[Any]) -> Any:
    r"""The learning rate below which gradient descent converges from everywhere.

    .. math:: 2 / \max_i \lambda_i

    Warning: 1 / lambda is the rate that reaches the minimum of a coordinate in one step; rates
    between it and the bound still converge, with alternating signs.

    >>> from partialcredit.numbers.rationals import rational
    >>> largest_rate((rational(4), rational(1)))
    1/2
    """
    return 2 / max(curvatures)
