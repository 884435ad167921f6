r"""Gradient descent: theta_(t+1) = theta_t - epsilon times the gradient.

Reference: Cauchy (1847), "Méthode générale pour la résolution des systèmes d'équations
simultanées"; Goodfellow, Bengio and Courville (2016), "Deep learning", section 4.3. Vectors are
tuples. Warning: notes differ in whether a batch's loss is a sum or a mean; here it is a mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from partialcredit.exact import Number

__all__ = ["half_mean_square", "line_gradient", "line_residuals", "step"]


def step(
    theta: Sequence[Number], gradient: Sequence[Number], epsilon: Number
) -> tuple[Number, ...]:
    """One step, theta - epsilon g, in all components at once.

    >>> step((1, 2), (10, -10), Fraction(1, 10))
    (Fraction(0, 1), Fraction(3, 1))
    """
    return tuple(x - epsilon * g for x, g in zip(theta, gradient, strict=True))


def line_residuals(
    x: Sequence[Number], y: Sequence[Number], theta: Sequence[Number]
) -> tuple[Number, ...]:
    """The errors w x_i + b - y_i of a line with theta = (w, b).

    >>> line_residuals((1, 2), (3, 3), (2, 1))
    (0, 2)
    """
    w, b = theta
    return tuple(w * x_i + b - y_i for x_i, y_i in zip(x, y, strict=True))


def line_gradient(x: Sequence[Number], residuals: Sequence[Number]) -> tuple[Number, ...]:
    r"""The gradient of the mean of the halved squared errors, by w and by b.

    .. math:: \left( \frac{1}{m} \sum_i r_i x_i, \; \frac{1}{m} \sum_i r_i \right)

    >>> line_gradient((1, 2), (0, 2))
    (Fraction(2, 1), Fraction(1, 1))
    """
    share = Fraction(1, len(x))
    by_w = sum(r * x_i for r, x_i in zip(residuals, x, strict=True))
    return share * by_w, share * sum(residuals)


def half_mean_square(residuals: Sequence[Number]) -> Number:
    r"""The loss, the mean of the halved squares.

    .. math:: \frac{1}{m} \sum_i \tfrac12 r_i^2

    >>> half_mean_square((0, 2))
    Fraction(1, 1)
    """
    return Fraction(1, 2 * len(residuals)) * sum(r**2 for r in residuals)
