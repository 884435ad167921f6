r"""Losses of a generative adversarial network, and the discriminator that is best.

Reference: Goodfellow et al. (2014), "Generative adversarial nets", equation 1, proposition 1 and
theorem 1. Warning: several code bases halve the discriminator's loss; here its two means are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "best_discriminator",
    "discriminator_loss",
    "logit_slopes",
    "mean_log",
    "non_saturating_loss",
    "optimal_value",
    "saturating_loss",
]


def mean_log(values: Sequence[Any]) -> Any:
    """The mean of the logarithms."""
    return sum(map(log, values)) / rational(len(values))


def discriminator_loss(real: Any, generated: Any) -> Any:
    """What the discriminator minimises, given its outputs: -mean ln D(x) - mean ln(1 - D(G(z)))."""
    return -mean_log(real) - mean_log(1 - generated)


def saturating_loss(generated: Any) -> Any:
    """The generator's loss of the game itself, mean ln(1 - D(G(z)))."""
    return mean_log(1 - generated)


def non_saturating_loss(generated: Any) -> Any:
    """The generator's loss in practice, -mean ln D(G(z))."""
    return -mean_log(generated)


def logit_slopes(output: Any) -> Vector:
    """Derivatives of the saturating and the non-saturating loss of one item by the logit of D."""
    return Vector((-output, output - 1))


def best_discriminator(p: Any, q: Any) -> Any:
    """The best output where the data have the density p and the generator has q, p / (p + q)."""
    return p / (p + q)


def optimal_value(divergence: Any) -> Any:
    """The value of the game for the best discriminator, 2 JS - ln 4, given the divergence.

    >>> round(float(optimal_value(rational(0))), 4)
    -1.3863
    """
    return 2 * divergence - log(4)
