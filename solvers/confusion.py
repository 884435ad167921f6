"""Rates of a classifier from its confusion matrix: rows are true classes, columns predicted ones.

Reference: Sokolova and Lapalme (2009), "A systematic analysis of performance measures for
classification tasks", tables 2 and 3. Warning: many textbooks have the predicted classes in the
rows. The macro F1 is the mean of the classes' F1, as in scikit-learn; some papers take the F1 of
the mean precision and the mean recall (Opitz and Burst, 2019, "Macro F1 and macro F1").
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot

__all__ = ["accuracy", "f1", "mean", "precisions", "recalls", "weighted_mean"]

Table = Any


def _diagonal(table: Table) -> Vector:
    return Vector(rational(table[k][k]) for k in range(len(table)))


def recalls(table: Table) -> Vector:
    """For every class, the share of its items that are found: its diagonal entry over its row.

    >>> recalls(((9, 1), (71, 19)))
    (9/10, 19/90)
    """
    return _diagonal(table) / Vector(map(sum, table))


def precisions(table: Table) -> Vector:
    """For every class, the share of what is predicted as it that is right.

    >>> precisions(((9, 1), (71, 19)))
    (9/80, 19/20)
    """
    return _diagonal(table) / Vector(map(sum, columns(table)))


def accuracy(table: Table) -> Any:
    """The share of all items on the diagonal; with one label an item, also the micro F1.

    >>> accuracy(((9, 1), (71, 19)))
    7/25
    """
    return sum(_diagonal(table)) / sum(map(sum, table))


def f1(precision: Any, recall: Any) -> Any:
    """The harmonic mean of precision and recall, 2 P R / (P + R).

    >>> f1(rational("9/80"), rational("9/10"))
    1/5
    """
    return 2 * precision * recall / (precision + recall)


def mean(values: Any) -> Any:
    """The mean in which every class counts the same."""
    return sum(values) / rational(len(values))


def weighted_mean(values: Any, table: Table) -> Any:
    """The mean in which a class counts as often as it has items."""
    sizes = Vector(map(sum, table))
    return dot(values, sizes) / sum(sizes)
