"""What batch normalisation without stabiliser does not see: shifts and scales of its input.

The weights w of the layer before are replaced by k w. Reference: Ioffe and Szegedy (2015), "Batch
Normalization", section 3.3; van Laarhoven (2017), "L2 regularization versus batch and weight
normalization", section 2.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import Number

__all__ = ["gradient_factor", "normalized_factor", "turning_factor", "variance_factor"]


def variance_factor(k: Number) -> Number:
    """By what the batch variance is multiplied, k^2.

    >>> variance_factor(-3)
    9
    """
    return k**2


def normalized_factor(k: Number) -> int:
    """By what the normalised values are multiplied: 1, or -1 for a negative k.

    >>> normalized_factor(-3)
    -1
    """
    return 1 if k > 0 else -1


def gradient_factor(k: Any) -> Any:
    """By what the gradient by the weights is multiplied, 1/k for a positive k.

    >>> from partialcredit.numbers.rationals import rational
    >>> gradient_factor(rational(2))
    1/2
    """
    return 1 / k


def turning_factor(k: Any) -> Any:
    """By what the tangent of the angle is multiplied that a step of descent turns the weights.

    The gradient is orthogonal to the weights, so the tangent is the length of the step over that of
    the weights, and both change: 1/k^2.

    >>> from partialcredit.numbers.rationals import rational
    >>> turning_factor(rational(2))
    1/4
    """
    return 1 / k**2
