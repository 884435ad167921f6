r"""Geometric series and their relatives, as they appear when a recursion is unrolled.

Reference: Graham, Knuth and Patashnik (1994), "Concrete mathematics", section 2.3. The ratio is not
1. The functions take numbers or SymPy symbols.
"""

from __future__ import annotations

from typing import Any

__all__ = ["backwards", "between", "infinite", "ramp", "terms"]


def between(a: Any, r: Any, m: Any, n: Any) -> Any:
    r"""The sum of a r^k for k from m to n, both included.

    .. math:: a \frac{r^m - r^{n+1}}{1 - r}

    Warning: the upper power is n + 1, because the sum holds the term n.

    >>> from partialcredit.numbers.rationals import rational
    >>> between(2, rational(1, 2), 1, 4)
    15/8
    """
    return a * (r**m - r ** (n + 1)) / (1 - r)


def infinite(a: Any, r: Any, m: Any) -> Any:
    r"""The sum of a r^k for all k from m on, for |r| < 1.

    .. math:: a \frac{r^m}{1 - r}

    >>> from partialcredit.numbers.rationals import rational
    >>> infinite(2, rational(1, 2), 1)
    2
    """
    return a * r**m / (1 - r)


def terms(a: Any, r: Any, n: Any) -> Any:
    r"""The sum of the first n terms a, a r, a r^2, ...

    .. math:: a \frac{1 - r^n}{1 - r}

    >>> from partialcredit.numbers.rationals import rational
    >>> terms(2, rational(1, 2), 3)
    7/2
    """
    return a * (1 - r**n) / (1 - r)


def backwards(alpha: Any, s: Any, t: Any) -> Any:
    r"""The sum of alpha^(t - i) for i from s to t: the newest term has the power 0.

    .. math:: \frac{1 - \alpha^{t-s+1}}{1 - \alpha}

    >>> from partialcredit.numbers.rationals import rational
    >>> backwards(rational(1, 2), 2, 4)
    7/4
    """
    return (1 - alpha ** (t - s + 1)) / (1 - alpha)


def ramp(r: Any, n: Any) -> Any:
    r"""The arithmetic-geometric sum of k r^k for k from 1 to n.

    .. math:: \frac{r \left(1 - (n + 1) r^n + n r^{n+1}\right)}{(1 - r)^2}

    >>> from partialcredit.numbers.rationals import rational
    >>> ramp(rational(1, 2), 3)
    11/8
    """
    return r * (1 - (n + 1) * r**n + n * r ** (n + 1)) / (1 - r) ** 2
