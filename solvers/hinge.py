r"""The hinge loss of linear classifiers, and its subgradients away from the kink.

Two classes: labels y of -1 and 1, margins y (w^T x + b), loss max(0, 1 - margin). More classes: the
scores are W x + b, and every class that comes within 1 of the true one adds 1 - s_y + s_j. All
losses are means over the examples. Reference: Cortes and Vapnik (1995), "Support-vector networks";
Weston and Watkins (1999), "Support vector machines for multi-class pattern recognition". Warning:
some notes leave y out of the indicator; PyTorch's MultiMarginLoss divides by the number of classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, freeze
from partialcredit.solvers import backprop

__all__ = [
    "binary_pulls",
    "class_loss",
    "class_pulls",
    "loss",
    "margins",
    "mean_bias_gradient",
]

Matrix = Sequence[Sequence[Number]]


def margins(w: Sequence[Number], b: Number, X: Matrix, y: Sequence[int]) -> Vector:
    """The margins y_i (w^T x_i + b) of all examples.

    >>> margins((1, 2), -1, ((1, 1), (2, 0)), (1, -1))
    (2, -1)
    """
    return Vector(y) * (Vector(backprop.affine(X, w)) + b)


def loss(margins: Sequence[Number]) -> Number:
    r"""The mean hinge loss.

    .. math:: \frac{1}{n} \sum_i \max(0, 1 - m_i)

    >>> loss((2, -1))
    1
    """
    return sum(max(0, 1 - m) for m in margins) * rational(1, len(margins))


def binary_pulls(margins: Sequence[Number], y: Sequence[int]) -> tuple[int, ...]:
    """Each example's derivative of its loss by w^T x + b: -y below the margin 1, else 0.

    >>> binary_pulls((2, -1), (1, -1))
    (0, 1)
    """
    return tuple(-label if m < 1 else 0 for m, label in zip(margins, y, strict=True))


def mean_bias_gradient(pulls: Sequence[Any]) -> Any:
    """The gradient of the mean loss by the bias, or by the biases of all classes.

    >>> mean_bias_gradient((0, 1))
    1/2
    """
    return sum(pulls) * rational(1, len(pulls))


def class_loss(scores: Matrix, y: Sequence[int]) -> Number:
    r"""The mean loss of several classes, counted from 0.

    .. math:: \frac{1}{n} \sum_i \sum_{j \ne y_i} \max(0, 1 - s_{i y_i} + s_{ij})

    >>> class_loss(((3, 1, rational(5, 2)),), (0,))
    1/2
    """
    total = sum(
        sum(max(0, 1 - row[label] + s) for j, s in enumerate(row) if j != label)
        for row, label in zip(scores, y, strict=True)
    )
    return total * rational(1, len(scores))


def class_pulls(scores: Matrix, y: Sequence[int]) -> Any:
    """Each example's derivatives of its loss by its scores.

    A class within 1 of the true one has 1; the true class has minus the number of those.

    >>> class_pulls(((3, 1, rational(5, 2)),), (0,))
    ((-1, 0, 1),)
    """
    found = []
    for row, label in zip(scores, y, strict=True):
        near = [int(row[label] - s < 1) for s in row]
        near[label] -= sum(near)
        found.append(near)
    return freeze(found)
