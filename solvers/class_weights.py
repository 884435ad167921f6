r"""Weights that let rare classes count as much as common ones: w_i = N / (C N_i).

N_i is the number of examples of class i, N = N_1 + ... + N_C. Then every class has the same total
weight N / C, and all weights together are N. Reference: King and Zeng (2001), "Logistic regression
in rare events data". Warning: some notes print the ratio of weight and count, which is not what
makes the classes equal: the product of both has to be the same in all classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import softmax_regression

__all__ = ["balanced", "weight", "weighted_gradient", "weighted_mean"]


def weight(N: Any, C: Any, N_i: Any) -> Any:
    r"""The weight of a class with N_i of the N examples, among C classes.

    .. math:: N / (C N_i)

    >>> weight(1000, 2, rational(900))
    5/9
    """
    return N / (C * N_i)


def balanced(counts: Sequence[int]) -> Vector:
    """The weights of all classes.

    >>> balanced((900, 100))
    (5/9, 5)
    """
    balance: Vector = weight(rational(sum(counts)), len(counts), Vector(counts))
    return balance


def weighted_mean(losses: Sequence[Number], weights: Sequence[Number]) -> Number:
    r"""The weighted mean of losses, which divides by the sum of the weights.

    .. math:: \sum_j w_j \ell_j / \sum_j w_j

    Warning: dividing by the number of examples is another convention.

    >>> weighted_mean((1, 4), (2, 1))
    2
    """
    mean: Number = dot(weights, losses) * (rational(1) / sum(weights))
    return mean


def weighted_gradient(p: Sequence[Number], label: int, weight: Number, total: Any) -> Any:
    """The gradient of the weighted mean by the logits of one example: (w / total) (p - y).

    ``label`` counts from 0, and ``total`` is the sum of the weights of all examples.

    >>> weighted_gradient((rational(1, 4), rational(3, 4)), 0, 2, 4)
    (-3/8, 3/8)
    """
    return weight * softmax_regression.one_error(p, label) / total
