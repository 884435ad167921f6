r"""Softmax cross-entropy, -ln p_y, of a classifier with C classes; all logarithms are natural.

Reference: Goodfellow, Bengio and Courville (2016), "Deep learning", section 6.2.2.3. Warning: some
notes subtract the log-sum from a log-softmax, which already contains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import log_sum_exp

__all__ = ["binary_loss", "logits", "loss", "mean", "squared_norm", "uniform_loss"]


def logits(
    weight: Sequence[Sequence[Number]], bias: Sequence[Number], x: Sequence[Number]
) -> Vector:
    """W x + b, with W of shape (C, d).

    >>> logits(((1, 2), (0, -1)), (5, 0), (3, 1))
    (10, -1)
    """
    return Vector(dot(row, x) for row in weight) + Vector(bias)


def loss(logits: Sequence[Number], label: int) -> Number:
    r"""The loss of one example whose class is ``label``, counted from 0.

    .. math:: \mathrm{LSE}(z) - z_y

    >>> round(float(loss((2, 0, -1), 0)), 6)
    0.169846
    """
    return log_sum_exp.value(logits) - logits[label]


def mean(losses: Sequence[Number]) -> Number:
    """The mean over a batch."""
    return sum(losses) * rational(1, len(losses))


def uniform_loss(classes: Any) -> Any:
    """The loss ln C when all logits are equal, as with zero weights.

    >>> round(float(uniform_loss(10)), 4)
    2.3026
    """
    return log(classes)


def binary_loss(margin: Any) -> Any:
    r"""The loss for two classes when the right logit is larger by ``margin``.

    .. math:: \ln(1 + e^{-d})

    >>> round(float(binary_loss(2)), 6) == round(float(loss((2, 0), 0)), 6)
    True
    """
    return log(1 + exp(-margin))


def squared_norm(weight: Sequence[Sequence[Number]]) -> Any:
    """The sum of the squared entries; biases are not part of it.

    >>> squared_norm(((1, -2), (0, 3)))
    14
    """
    return sum(dot(row, row) for row in weight)
