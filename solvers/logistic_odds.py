r"""Reading a logistic model: odds, the boundary, other priors, and softmax with two classes.

Reference: Bishop (2006), "Pattern recognition and machine learning", section 4.2; Hastie,
Tibshirani and Friedman (2009), "The elements of statistical learning", section 4.4; King and Zeng
(2001), "Logistic regression in rare events data", section 4.1. Warning: a step of a feature
multiplies the odds by a constant, never the probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "boundary",
    "factor",
    "for_prior",
    "free_parameters",
    "odds",
    "of_softmax",
    "probability",
]


def of_softmax(W: Sequence[Vector], b: Sequence[Number]) -> Vector:
    """Weights and bias of the sigmoid for class 1 that softmax with the classes 0 and 1 is.

    >>> of_softmax([Vector((1, -1)), Vector((2, 1))], (3, 1))
    (1, 2, -2)
    """
    return Vector((*(W[1] - W[0]), b[1] - b[0]))


def odds(w: Sequence[Any], b: Any, x: Sequence[Number]) -> Any:
    """How many times as likely class 1 is as class 0: e^(w·x + b).

    >>> odds((1, 2), -3, (1, 1))
    1
    """
    return exp(dot(w, x) + b)


def probability(odds: Any) -> Any:
    """The probability of class 1 for given odds.

    >>> probability(rational(3))
    3/4
    """
    return rational(1) * odds / (1 + odds)


def factor(weight: Any, step: Number) -> Any:
    """By what the odds are multiplied when a feature grows by a step: e^(w Δ).

    >>> factor(0, 5)
    1
    """
    return exp(weight * step)


def boundary(weight: Any, rest: Any) -> Any:
    """Where w x + rest is 0, the probability one half.

    >>> boundary(2, 6)
    -3
    """
    return rational(-1) * rest / weight


def for_prior(b: Any, old: Rational, new: Rational) -> Any:
    r"""The bias when class 1 is of another frequency than in training.

    .. math:: b + \ln \frac{\pi' (1 - \pi)}{\pi (1 - \pi')}

    >>> for_prior(2, rational(1, 2), rational(1, 2))
    2
    """
    return b + log(new * (1 - old) / (old * (1 - new)))


def free_parameters(classes: int, features: int) -> int:
    """What softmax regression can really choose, because one class can be fixed at 0.

    >>> free_parameters(4, 5)
    18
    """
    return (classes - 1) * (features + 1)
