r"""Nesterov's momentum: the gradient is taken where the old velocity alone would lead.

v_t = alpha v_(t-1) - eta grad J(theta_(t-1) + alpha v_(t-1)), theta_t = theta_(t-1) + v_t.
Reference: Nesterov (1983), "A method of solving a convex programming problem with convergence rate
O(1/k^2)"; Sutskever et al. (2013), "On the importance of initialization and momentum in deep
learning", equations 3 and 4. Warning: some notes print + eta, which runs uphill and diverges;
PyTorch's ``nesterov=True`` follows the look-ahead points theta + alpha v instead of theta.

The functions take numbers or SymPy symbols.
"""

from __future__ import annotations

from typing import Any

__all__ = ["look_ahead", "shifted_change", "slope", "velocity"]


def slope(h: Any, c: Any, theta: Any) -> Any:
    r"""The derivative of the loss h (theta - c)^2, that is 2 h (theta - c).

    >>> slope(3, 1, 2)
    6
    """
    return 2 * h * (theta - c)


def look_ahead(theta: Any, v: Any, alpha: Any) -> Any:
    r"""Where the gradient is taken (Sutskever et al. 2013, equation 3).

    .. math:: \theta_{t-1} + \alpha v_{t-1}

    >>> from partialcredit.numbers.rationals import rational
    >>> look_ahead(1, rational(-1, 5), rational(9, 10))
    41/50
    """
    return theta + alpha * v


def velocity(v: Any, gradient: Any, alpha: Any, eta: Any) -> Any:
    r"""The new velocity, for the gradient at the look-ahead point.

    .. math:: v_t = \alpha v_{t-1} - \eta g

    >>> from partialcredit.numbers.rationals import rational
    >>> velocity(rational(-1, 5), rational(41, 25), rational(9, 10), rational(1, 10))
    -43/125
    """
    return alpha * v - eta * gradient


def shifted_change(alpha: Any, v_0: Any, v_1: Any) -> Any:
    r"""How far the look-ahead point theta + alpha v moves while v_0 becomes v_1.

    .. math:: v_1 + \alpha (v_1 - v_0)

    >>> from partialcredit.numbers.rationals import rational
    >>> shifted_change(rational(1, 2), 2, 3)
    7/2
    """
    return v_1 + alpha * (v_1 - v_0)
