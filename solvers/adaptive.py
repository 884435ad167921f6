r"""Step sizes per coordinate: a_t collects squared gradients, and the step divides by its root.

The step is -eta g_t / (sqrt(a_t) + eps), in each component; the first gradient is g_1 and
a_0 = 0. A gradient is a number or a ``Vector``. Reference: Duchi, Hazan and Singer (2011),
"Adaptive subgradient methods for online learning and stochastic optimization", figure 1; Hinton
(2012), "Neural networks for machine learning", lecture 6e, for RMSprop. Warning: some notes collect
the gradients themselves, leave out the root, leave out eps, which a gradient of 0 in the first step
needs, or give RMSprop two different coefficients where both are the same beta.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational, floor
from partialcredit.numbers.vectors import Vector

__all__ = [
    "averaged_constant_step",
    "constant_gradient_step",
    "running_means",
    "running_sums",
    "steps",
    "steps_until_shorter",
]


def running_sums(gradients: Sequence[Any]) -> Vector:
    r"""Adagrad's accumulators a_1, ..., a_t.

    .. math:: a_t = a_{t-1} + g_t^2

    >>> running_sums((2, 1))
    (4, 5)
    """
    return Vector(accumulate(g**2 for g in gradients))


def running_means(gradients: Sequence[Any], beta: Number, start: Number = 0) -> Any:
    r"""RMSprop's accumulators a_1, ..., a_t, from a_0 = ``start``.

    .. math:: a_t = \beta a_{t-1} + (1 - \beta) g_t^2

    >>> running_means((2, 2), rational(9, 10))
    (2/5, 19/25)
    """
    means = accumulate(gradients, lambda a, g: beta * a + (1 - beta) * g**2, initial=start)
    return Vector(means)[1:]


def steps(gradients: Sequence[Any], accumulators: Sequence[Any], eta: Number, eps: Number) -> Any:
    r"""The changes of the parameter; eps stands outside the root.

    .. math:: -\eta g_t / (\sqrt{a_t} + \epsilon)

    >>> steps((2, 1), (4, 9), rational(1, 2), 0)
    (-1/2, -1/6)
    """
    return -eta * Vector(gradients) / (sqrt(Vector(accumulators)) + eps)


def constant_gradient_step(eta: Any, t: Any) -> Any:
    r"""The size of Adagrad's step t when all gradients are equal, for eps = 0.

    .. math:: \eta / \sqrt{t}

    >>> constant_gradient_step(rational(1, 2), 25)
    1/10
    """
    return eta / sqrt(t)


def averaged_constant_step(beta: Any, t: Any) -> Any:
    r"""The size of RMSprop's step t on equal gradients, in learning rates, for eps = 0.

    .. math:: 1 / \sqrt{1 - \beta^t}

    >>> averaged_constant_step(rational(3, 4), 1)
    2
    """
    return 1 / sqrt(1 - beta**t)


def steps_until_shorter(share: Rational) -> int:
    """The first step of Adagrad on equal gradients that is shorter than ``share`` of the first.

    >>> steps_until_shorter(rational(3, 10))
    12
    """
    return floor(1 / share**2) + 1
