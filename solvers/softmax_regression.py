r"""Gradients of softmax regression: a linear classifier with the mean cross-entropy as its loss.

W has one row per class, X one row per example; classes are counted from 0, and m is the number of
examples. Reference: Bishop (2006), "Pattern recognition and machine learning", equation 4.109.
Warning: some notes leave the input out of the gradient by W, or write the gradient of the
log-likelihood, which has the other sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import backprop, cross_entropy, softmax

__all__ = [
    "bias_gradient",
    "errors",
    "input_gradient",
    "predictions",
    "same_input_bias_gradient",
    "weight_gradient",
]

Vector = Sequence[Number]
Matrix = Sequence[Vector]
Rows = tuple[tuple[Number, ...], ...]


def predictions(W: Matrix, b: Vector, X: Matrix) -> Rows:
    """The probabilities of all classes, one row per example.

    >>> predictions(((0, 0), (0, 0)), (0, 0), ((1, 2),))
    ((1/2, 1/2),)
    """
    return tuple(softmax.probabilities(cross_entropy.logits(W, b, x)) for x in X)


def errors(P: Matrix, y: Sequence[int]) -> Rows:
    """P - Y, where Y has a one at each label: the gradient of each example's loss by its logits.

    >>> errors(((rational(1, 4), rational(3, 4)),), (1,))
    ((1/4, -1/4),)
    """
    return tuple(
        tuple(p - (c == label) for c, p in enumerate(row)) for row, label in zip(P, y, strict=True)
    )


def bias_gradient(errors: Matrix) -> tuple[Number, ...]:
    r"""The gradient of the loss by the biases.

    .. math:: \partial L / \partial b_i = \frac{1}{m} \left( \sum_j p_i(x_j) - c_i \right)

    Here c_i counts the examples of class i.

    >>> bias_gradient(((1, -1), (3, -3)))
    (2, -2)
    """
    return tuple(sum(column) * rational(1, len(errors)) for column in zip(*errors, strict=True))


def weight_gradient(errors: Matrix, X: Matrix) -> Rows:
    r"""The gradient of the loss by the weights.

    .. math:: \nabla_W L = \frac{1}{m} (P - Y)^\top X

    >>> weight_gradient(((1, -1), (3, -3)), ((1, 0), (1, 2)))
    ((2, 3), (-2, -3))
    """
    return backprop.mean_outer(errors, X)


def input_gradient(W: Matrix, error: Vector) -> tuple[Number, ...]:
    """The gradient of one example's loss by its input, W^T (p - y).

    >>> input_gradient(((1, 2), (3, 4)), (1, -1))
    (-2, -2)
    """
    return backprop.through_weights(W, error)


def same_input_bias_gradient(p: Any, c: Any, m: Any) -> Any:
    """The gradient by one bias when all m examples have the same input, c of them in the class.

    >>> same_input_bias_gradient(rational(1, 2), 1, rational(4))
    1/4
    """
    return p - c / m
