"""What a layer with two modes does in training and in evaluation.

References: Ioffe and Szegedy (2015), "Batch Normalization", Algorithms 1 and 2; Srivastava et al.
(2014), "Dropout", section 10 for the form that scales in training. Warning: the form of section 4
of that paper scales at test time instead, and some texts call the probability of dropping p.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import Rational, rational

__all__ = ["dropped", "kept_scale", "normalised", "weighted_sum"]


def normalised(x: Number, mean: Number, variance: Number, gamma: Number, beta: Number) -> Number:
    r"""One value through batch normalisation without stabiliser, whatever statistics it uses.

    .. math:: \gamma \frac{x - \mu}{\sqrt{\sigma^2}} + \beta

    >>> normalised(7, 3, 4, 5, 1)
    11
    """
    scaled: Number = gamma * (x - mean) / sqrt(variance)
    return scaled + beta


def kept_scale(keep: Rational, *, training: bool) -> Rational:
    """What inverted dropout multiplies a kept activation by: 1/keep in training, else 1.

    >>> kept_scale(rational(4, 5), training=True), kept_scale(rational(4, 5), training=False)
    (5/4, 1)
    """
    return 1 / keep if training else rational(1)


def dropped(h: Sequence[Number], mask: Sequence[int], keep: Rational) -> tuple[Number, ...]:
    """Activations after inverted dropout in training; ``mask`` has 1 where they are kept.

    >>> dropped((3, -2), (1, 0), rational(1, 2))
    (6, 0)
    """
    scale = kept_scale(keep, training=True)
    return tuple(value * kept * scale for value, kept in zip(h, mask, strict=True))


def weighted_sum(w: Sequence[Number], h: Sequence[Number]) -> Number:
    """Input of the next unit, sum of w_i h_i.

    >>> weighted_sum((2, -1), (3, 4))
    2
    """
    return sum(a * b for a, b in zip(w, h, strict=True))
