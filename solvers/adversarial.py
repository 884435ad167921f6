r"""Perturbations of an input that raise the loss of a logistic model, p = sigma(w^T x + b).

Reference: Goodfellow, Shlens and Szegedy (2015), "Explaining and harnessing adversarial examples",
sections 3 and 5. Warning: an attack on a target class goes down the loss of that class.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.vectors import dot, each

__all__ = ["input_gradient", "logit", "one_norm", "sign_step", "smallest_step", "worst_loss"]


def input_gradient(weight: Any, error: Any) -> Any:
    """The gradient of the cross-entropy by the input, (p - y) w; ``error`` is p - y.

    >>> from partialcredit.numbers.vectors import Vector
    >>> input_gradient(Vector((2, -1)), -3)
    (-6, 3)
    """
    return error * weight


def sign_step(x: Any, gradient: Any, size: Any) -> Any:
    """The fast gradient sign method, x + size sign(gradient).

    >>> from partialcredit.numbers.vectors import Vector
    >>> sign_step(Vector((1, 1, 1)), Vector((-5, 0, 2)), 3)
    (-2, 1, 4)
    """
    return x + size * each(lambda g: (g > 0) - (g < 0), gradient)


def one_norm(weight: Any) -> Any:
    """The sum of absolute values: what a step of size 1 in every feature can add to the logit."""
    return sum(map(abs, weight))


def smallest_step(logit: Any, weight: Any) -> Any:
    """The smallest size of a sign step that brings the logit to 0, |z| over the 1-norm of w.

    >>> from partialcredit.numbers.rationals import rational
    >>> smallest_step(rational(2), (2, -1, rational("1/2")))
    4/7
    """
    return abs(logit) / one_norm(weight)


def worst_loss(margin: Any, norm: Any, size: Any) -> Any:
    r"""The largest loss in a box of half-width ``size`` around x, whose signed margin is given.

    .. math:: \ln(1 + e^{-m + r \|w\|_1})
    """
    return log(1 + exp(size * norm - margin))


def logit(weight: Any, x: Any, bias: Any) -> Any:
    """The logit w^T x + b."""
    return dot(weight, x) + bias
