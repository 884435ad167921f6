r"""Adam: two moving averages with bias correction.

m_t = beta_1 m_(t-1) + (1 - beta_1) g_t and v_t = beta_2 v_(t-1) + (1 - beta_2) g_t^2, both from
0; the first gradient is g_1. Reference: Kingma and Ba (2015), "Adam: a method for stochastic
optimization", Algorithm 1 and section 3. Warning: some notes correct by the constant
1 / (1 - beta), which is right at t = 1 only, and some leave out the root of the second moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from partialcredit.numbers.exact import Number, log, sqrt
from partialcredit.numbers.rationals import Rational

__all__ = [
    "corrected",
    "corrected_moment_variance",
    "effective_sample",
    "expected_first_moment",
    "expected_second_moment",
    "first_moment_variance",
    "moving_average",
    "positions",
    "steps_until_unbiased",
    "uncorrected_first_step_ratio",
    "update",
]


def moving_average(values: Sequence[Any], beta: Number) -> Any:
    r"""The exponential moving average after the last value, started at 0.

    .. math:: m_t = \beta m_{t-1} + (1 - \beta) x_t

    >>> moving_average((5, -3), rational(9, 10))
    3/20
    """
    m: Any = 0
    for x in values:
        m = beta * m + (1 - beta) * x
    return m


def corrected(moment: Any, beta: Any, t: Any) -> Any:
    r"""A moment without the bias of its start at 0.

    .. math:: \hat{m}_t = m_t / (1 - \beta^t)

    >>> corrected(rational(3, 20), rational(9, 10), 2)
    15/19
    """
    return moment / (1 - beta**t)


def update(m_hat: Any, v_hat: Any, eta: Number, eps: Number) -> Any:
    r"""The change of a parameter; the stabiliser ``eps`` stands outside the root.

    .. math:: -\eta \hat{m} / (\sqrt{\hat{v}} + \epsilon)

    >>> update(3, 9, rational(1, 10), 0)
    -1/10
    """
    return -eta * m_hat / (sqrt(v_hat) + eps)


def positions(
    start: Any, gradients: Sequence[Any], eta: Number, betas: tuple[Number, Number], eps: Number
) -> tuple[Any, ...]:
    """theta_1, ..., theta_t, for numbers or ``Vector``s.

    >>> [f"{float(x):.6f}" for x in positions(0, (5, -3), rational(1, 10),
    ...                                       (rational(9, 10), rational(999, 1000)), 0)]
    ['-0.100000', '-0.119150']
    """
    theta, path = start, []
    m: Any = 0
    v: Any = 0
    for t, g in enumerate(gradients, start=1):
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g * g
        hats = corrected(m, betas[0], t), corrected(v, betas[1], t)
        theta = theta + update(*hats, eta, eps)
        path.append(theta)
    return tuple(path)


def uncorrected_first_step_ratio(beta_1: Any, beta_2: Any) -> Any:
    r"""How many times as large Adam's first step is without bias correction, for eps = 0.

    .. math:: (1 - \beta_1) / \sqrt{1 - \beta_2}

    Warning: with the usual 0.9 and 0.999 this is 3.16: the first step is too large, not too small
    as some notes say.

    >>> uncorrected_first_step_ratio(rational(1, 2), rational(3, 4))
    1
    """
    return (1 - beta_1) / sqrt(1 - beta_2)


def expected_first_moment(beta: Any, mu: Any, t: Any) -> Any:
    r"""E[m_t] when every gradient has mean mu.

    .. math:: \mu (1 - \beta^t)

    Warning: some notes print the denominator 1 - (1 - beta) for the geometric sum; it is 1 - beta
    and cancels.

    >>> expected_first_moment(rational(9, 10), 2, 3)
    271/500
    """
    return mu * (1 - beta**t)


def expected_second_moment(beta: Any, mu: Any, sigma: Any, t: Any) -> Any:
    r"""E[v_t] when every gradient has mean mu and variance sigma^2.

    .. math:: (\mu^2 + \sigma^2) (1 - \beta^t)

    >>> expected_second_moment(rational(1, 2), 1, 2, 2)
    15/4
    """
    return (mu**2 + sigma**2) * (1 - beta**t)


def first_moment_variance(beta: Any, sigma: Any, t: Any) -> Any:
    r"""Var[m_t] when the gradients are independent with variance sigma^2.

    .. math:: \sigma^2 \frac{(1 - \beta) (1 - \beta^{2t})}{1 + \beta}

    Warning: some notes print the mean mu here, which is the mean of the corrected moment.

    >>> first_moment_variance(rational(1, 2), 3, 1)
    9/4
    """
    return sigma**2 * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta)


def corrected_moment_variance(beta: Any, sigma: Any, t: Any) -> Any:
    r"""The variance of the bias-corrected moment m_t / (1 - beta^t).

    .. math:: \sigma^2 \frac{(1 - \beta) (1 + \beta^t)}{(1 + \beta) (1 - \beta^t)}

    >>> corrected_moment_variance(rational(1, 2), 3, 1)
    9
    """
    return sigma**2 * (1 - beta) * (1 + beta**t) / ((1 + beta) * (1 - beta**t))


def effective_sample(beta: Any) -> Any:
    r"""How many gradients have a plain mean as noisy as m_t for large t.

    .. math:: (1 + \beta) / (1 - \beta)

    >>> effective_sample(rational(9, 10))
    19
    """
    return (1 + beta) / (1 - beta)


def steps_until_unbiased(beta: Rational, share: Rational) -> int:
    r"""The smallest t at which the relative bias of m_t, which is beta^t, is below ``share``.

    >>> steps_until_unbiased(rational(9, 10), rational(1, 100))
    44
    """
    shrinking, bound = log(beta), log(share)
    return next(t for t in count() if shrinking * t < bound)
