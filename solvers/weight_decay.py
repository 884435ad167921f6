r"""Weight decay: gradient descent on J + (alpha / 2) w^T w.

Reference: Goodfellow, Bengio and Courville (2016), "Deep learning", equations 7.3 to 7.5. Warning:
some notes lose a letter and print the factor 1 - alpha or 1 - eta; it is 1 - eta alpha.
The functions take numbers or SymPy symbols, one weight at a time.
"""

from __future__ import annotations

from typing import Any

__all__ = ["factor", "penalised_gradient", "shrunk", "step"]


def penalised_gradient(w: Any, g: Any, alpha: Any) -> Any:
    r"""The gradient of the penalised loss, for the loss's gradient g (equation 7.3).

    .. math:: g + \alpha w

    >>> from partialcredit.numbers.rationals import rational
    >>> penalised_gradient(2, rational(1, 2), rational(1, 5))
    9/10
    """
    return g + alpha * w


def factor(eta: Any, alpha: Any) -> Any:
    r"""By what a step multiplies the weight before it subtracts the loss's gradient.

    .. math:: 1 - \eta \alpha

    >>> from partialcredit.numbers.rationals import rational
    >>> factor(rational(1, 10), rational(1, 5))
    49/50
    """
    return 1 - eta * alpha


def step(w: Any, gradient: Any, eta: Any) -> Any:
    r"""The new weight, for the gradient of the penalised loss (equation 7.4).

    .. math:: w - \eta (g + \alpha w) = (1 - \eta \alpha) w - \eta g

    >>> from partialcredit.numbers.rationals import rational
    >>> step(2, rational(9, 10), rational(1, 10))
    191/100
    """
    return w - eta * gradient


def shrunk(w_0: Any, eta: Any, alpha: Any, k: Any) -> Any:
    r"""The weight after k steps in which the loss has no gradient.

    .. math:: (1 - \eta \alpha)^k w_0

    >>> from partialcredit.numbers.rationals import rational
    >>> shrunk(8, rational(1, 2), 1, 3)
    1
    """
    return factor(eta, alpha) ** k * w_0
