r"""Weight decay: gradient descent on J + (alpha / 2) w^T w.

Reference: Goodfellow, Bengio and Courville (2016), "Deep learning", equations 7.3 to 7.5. Warning:
some notes lose a letter and print the factor 1 - alpha or 1 - epsilon; it is 1 - epsilon alpha.
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


def factor(epsilon: Any, alpha: Any) -> Any:
    r"""By what a step multiplies the weight before it subtracts the loss's gradient.

    .. math:: 1 - \varepsilon \alpha

    >>> from partialcredit.numbers.rationals import rational
    >>> factor(rational(1, 10), rational(1, 5))
    49/50
    """
    return 1 - epsilon * alpha


def step(w: Any, gradient: Any, epsilon: Any) -> Any:
    r"""The new weight, for the gradient of the penalised loss (equation 7.4).

    .. math:: w - \varepsilon (g + \alpha w) = (1 - \varepsilon \alpha) w - \varepsilon g

    >>> from partialcredit.numbers.rationals import rational
    >>> step(2, rational(9, 10), rational(1, 10))
    191/100
    """
    return w - epsilon * gradient


def shrunk(w_0: Any, epsilon: Any, alpha: Any, k: Any) -> Any:
    r"""The weight after k steps in which the loss has no gradient.

    .. math:: (1 - \varepsilon \alpha)^k w_0

    >>> from partialcredit.numbers.rationals import rational
    >>> shrunk(8, rational(1, 2), 1, 3)
    1
    """
    return factor(epsilon, alpha) ** k * w_0
