r"""Gradient descent: theta_(t+1) = theta_t - eta times the gradient.

Reference: Cauchy (1847), "Méthode générale pour la résolution des systèmes d'équations
simultanées"; Goodfellow, Bengio and Courville (2016), "Deep learning", section 4.3. Warning: notes
differ in whether a batch's loss is a sum or a mean; here it is a mean.

On a quadratic loss a component along an eigenvector of the Hessian with eigenvalue lambda is
multiplied by 1 - eta lambda at every step (Polyak 1964, "Some methods of speeding up the
convergence of iteration methods", section 1, also for the best momentum).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, log, sign, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = [
    "after_steps",
    "best_momentum",
    "best_rate",
    "contraction",
    "half_mean_square",
    "largest_rate",
    "line_gradient",
    "line_residuals",
    "step",
    "steps_to_reach",
]

#: After so many steps a factor is taken not to shrink at all.
MOST_STEPS = 400


def step(theta: Any, gradient: Any, eta: Number) -> Any:
    """One step, theta - eta g, of a number or in all components of a Vector at once.

    >>> step(1, 10, rational(1, 10)), step(Vector((1, 2)), Vector((10, -10)), rational(1, 10))
    (0, (0, 3))
    """
    return theta - eta * gradient


def line_residuals(x: Sequence[Any], y: Sequence[Any], theta: Sequence[Any]) -> Any:
    """The errors w x_i + b - y_i of a line with theta = (w, b).

    >>> line_residuals((1, 2), (3, 3), (2, 1))
    (0, 2)
    """
    w, b = theta
    return w * Vector(x) + b - Vector(y)


def line_gradient(x: Sequence[Number], residuals: Sequence[Number]) -> tuple[Number, Number]:
    r"""The gradient of the mean of the halved squared errors, by w and by b.

    .. math:: \left( \frac{1}{m} \sum_i r_i x_i, \; \frac{1}{m} \sum_i r_i \right)

    >>> line_gradient((1, 2), (0, 2))
    (2, 1)
    """
    share = rational(1, len(x))
    return share * dot(residuals, x), share * sum(residuals)


def half_mean_square(residuals: Sequence[Number]) -> Any:
    r"""The loss, the mean of the halved squares.

    .. math:: \frac{1}{m} \sum_i \tfrac12 r_i^2

    >>> half_mean_square((0, 2))
    1
    """
    return rational(1, 2 * len(residuals)) * dot(residuals, residuals)


def largest_rate(eigenvalue: Number) -> Number:
    """The learning rate below which a component does not grow, 2 / lambda.

    Warning: 1 / lambda is the rate that reaches the minimum in one step, not the limit.

    >>> largest_rate(4)
    1/2
    """
    return rational(2) / eigenvalue


def contraction(eta: Number, eigenvalue: Any) -> Any:
    """The factor by which one step shortens a component, |1 - eta lambda|; also of a Vector.

    >>> contraction(rational(1, 10), 15)
    1/2
    """
    return abs(1 - eta * eigenvalue)


def after_steps(theta_0: Number, eta: Number, eigenvalue: Number, n: int) -> Number:
    r"""A component after n steps.

    .. math:: (1 - \eta \lambda)^n \theta_0

    >>> after_steps(8, rational(1, 10), 15, 3)
    -1
    """
    return (1 - eta * eigenvalue) ** n * theta_0


def best_rate(lambda_1: Any, lambda_2: Any) -> Any:
    r"""The learning rate whose worst contraction is least, for extreme eigenvalues of the Hessian.

    .. math:: 2 / (\lambda_1 + \lambda_2)

    >>> best_rate(rational(1), 9)
    1/5
    """
    return 2 / (lambda_1 + lambda_2)


def best_momentum(condition: Number) -> Number:
    r"""The best momentum coefficient, with its own best rate (Polyak 1964, theorem 9).

    .. math:: \left( \frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1} \right)^2

    >>> best_momentum(9)
    1/4
    """
    root = sqrt(condition)
    ratio: Number = (root - 1) / (root + 1)
    return ratio**2


def steps_to_reach(factor: Number, share: Number) -> int:
    """The smallest number of steps after which factor^t is below ``share``.

    Raises ValueError when the factor does not shrink, or takes more than ``MOST_STEPS``.

    >>> steps_to_reach(rational(1, 2), rational(1, 10))
    4
    """
    if not 0 < factor < 1:
        raise ValueError("the powers of a factor that is not between 0 and 1 do not shrink")
    rate, goal = log(factor), log(share)  # the power of a long factor is long
    steps = bisect_left(range(MOST_STEPS), True, key=lambda t: sign(t * rate - goal) < 0)
    if steps == MOST_STEPS:
        raise ValueError(f"after {MOST_STEPS} steps the share is not yet reached")
    return steps
