r"""Gradient descent with momentum: v_t = alpha v_(t-1) - epsilon g_t, theta_t = theta_(t-1) + v_t.

v_0 = 0 and the first gradient is g_1. Reference: Sutskever et al. (2013), "On the importance of
initialization and momentum in deep learning", equations 1 and 2. Warning: PyTorch keeps
b_t = alpha b_(t-1) + g_t and subtracts epsilon b_t, which is the same path while epsilon is
constant: v_t = -epsilon b_t.

Every function takes numbers or SymPy symbols.
"""

from __future__ import annotations

from typing import Any

__all__ = ["expected_velocity", "expected_velocity_limit", "symbols"]


def symbols(names: str) -> Any:
    """The SymPy symbols of formulas in this module; one name gives one symbol."""
    import sympy

    return sympy.symbols(names)



def expected_velocity(alpha: Any, epsilon: Any, mu: Any, t: Any) -> Any:
    r"""E[v_t] when every gradient has mean mu: a geometric sum with t terms.

    .. math:: -\varepsilon \mu \frac{1 - \alpha^t}{1 - \alpha}

    >>> from fractions import Fraction
    >>> expected_velocity(Fraction(9, 10), Fraction(1, 10), 2, 3)
    Fraction(-271, 500)
    """
    return -epsilon * mu * (1 - alpha**t) / (1 - alpha)


def expected_velocity_limit(alpha: Any, epsilon: Any, mu: Any) -> Any:
    r"""The limit of E[v_t] for large t: the terminal velocity.

    .. math:: -\varepsilon \mu / (1 - \alpha)
    """
    return -epsilon * mu / (1 - alpha)
