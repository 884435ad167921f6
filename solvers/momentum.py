r"""Gradient descent with momentum: v_t = alpha v_(t-1) - eta g_t, theta_t = theta_(t-1) + v_t.

v_0 = 0 and the first gradient is g_1. Reference: Sutskever et al. (2013), "On the importance of
initialization and momentum in deep learning", equations 1 and 2. Warning: PyTorch keeps
b_t = alpha b_(t-1) + g_t and subtracts eta b_t, which is the same path while eta is
constant: v_t = -eta b_t.

The functions without sequences take numbers or SymPy symbols. In the moments the gradients are
independent, with mean mu and, per component, variance sigma^2.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.vectors import Vector

__all__ = [
    "expected_position",
    "expected_position_lag",
    "expected_velocity",
    "expected_velocity_limit",
    "position",
    "position_variance",
    "second_moment_matrix",
    "velocities",
    "velocity_variance",
]


def velocities(gradients: Sequence[Any], alphas: Sequence[Any], eta: Any) -> Vector:
    r"""The velocities v_1, ..., v_t, for gradients that are numbers or ``Vector``s.

    .. math:: v_t = \alpha_t v_{t-1} - \eta g_t

    ``alphas`` has one momentum coefficient per step, so it may follow a schedule. Warning: some
    notes print v_2 = -eta (g_1 + alpha g_2); the older gradient carries the power of alpha.

    >>> from partialcredit.numbers.rationals import rational
    >>> velocities((1, 2, -1), (rational(9, 10),) * 3, rational(1, 10))
    (-1/10, -29/100, -161/1000)
    """
    v: Any = 0
    path = []
    for alpha, g in zip(alphas, gradients, strict=True):
        v = alpha * v - eta * g
        path.append(v)
    return Vector(path)


def position(start: Any, velocities: Sequence[Any]) -> Any:
    """theta_t = theta_0 + v_1 + ... + v_t, for numbers or ``Vector``s.

    >>> position(5, (-1, 2, -3))
    3
    """
    return sum(velocities, start)


def expected_velocity(alpha: Any, eta: Any, mu: Any, t: Any) -> Any:
    r"""E[v_t] when every gradient has mean mu: a geometric sum with t terms.

    .. math:: -\eta \mu \frac{1 - \alpha^t}{1 - \alpha}

    >>> from partialcredit.numbers.rationals import rational
    >>> expected_velocity(rational(9, 10), rational(1, 10), 2, 3)
    -271/500
    """
    return -eta * mu * (1 - alpha**t) / (1 - alpha)


def expected_velocity_limit(alpha: Any, eta: Any, mu: Any) -> Any:
    r"""The limit of E[v_t] for large t: the terminal velocity.

    .. math:: -\eta \mu / (1 - \alpha)

    >>> from partialcredit.numbers.rationals import rational
    >>> expected_velocity_limit(rational(9, 10), rational(1, 10), 2)
    -2
    """
    return -eta * mu / (1 - alpha)


def expected_position(theta_0: Any, alpha: Any, eta: Any, mu: Any, t: Any) -> Any:
    r"""E[theta_t] when every gradient has mean mu: the start and the sum of the E[v_j].

    .. math::
        \theta_0 - \frac{\eta \mu}{1 - \alpha}
        \left( t - \frac{\alpha (1 - \alpha^t)}{1 - \alpha} \right)

    Warning: some notes lose the alpha before (1 - alpha^t), the minus sign or theta_0.

    >>> from partialcredit.numbers.rationals import rational
    >>> expected_position(0, rational(9, 10), rational(1, 10), 2, 3)
    -561/500
    """
    return theta_0 - eta * mu / (1 - alpha) * (t - alpha * (1 - alpha**t) / (1 - alpha))


def expected_position_lag(alpha: Any) -> Any:
    r"""How many steps E[theta_t] ends up behind a run at the terminal velocity from the start.

    .. math:: \alpha / (1 - \alpha)

    >>> from partialcredit.numbers.rationals import rational
    >>> expected_position_lag(rational(9, 10))
    9
    """
    return alpha / (1 - alpha)


def velocity_variance(alpha: Any, eta: Any, sigma: Any, t: Any) -> Any:
    r"""Var[v_t] per component: the squared weights of t independent gradients, summed.

    .. math:: \eta^2 \sigma^2 \frac{1 - \alpha^{2t}}{1 - \alpha^2}

    Warning: some notes print (1 - alpha^2) / (1 - alpha) for the fraction.

    >>> from partialcredit.numbers.rationals import rational
    >>> velocity_variance(rational(9, 10), rational(1, 10), 2, 2)
    181/2500
    """
    return eta**2 * sigma**2 * (1 - alpha ** (2 * t)) / (1 - alpha**2)


def position_variance(alpha: Number, eta: Number, sigma: Number, t: int) -> Number:
    r"""Var[theta_t] per component; the gradient k steps before the end enters 1 + ... + alpha^k.

    .. math:: \eta^2 \sigma^2 \sum_{k=0}^{t-1} \left( \sum_{i=0}^{k} \alpha^i \right)^2

    >>> from partialcredit.numbers.rationals import rational
    >>> position_variance(rational(1, 2), 1, 1, 2)
    13/4
    """
    weights = accumulate(alpha**k for k in range(t))
    return eta**2 * sigma**2 * sum(weight**2 for weight in weights)


def second_moment_matrix(
    variance: Number, mean: Sequence[Number]
) -> tuple[tuple[Number, ...], ...]:
    r"""E[v v^T] = variance I + mean mean^T, for components that are uncorrelated.

    With ``mean`` zero it is the covariance matrix.

    >>> second_moment_matrix(5, (1, -2))
    ((6, -2), (-2, 9))
    """
    return tuple(
        tuple(a * b + (variance if i == j else 0) for j, b in enumerate(mean))
        for i, a in enumerate(mean)
    )
