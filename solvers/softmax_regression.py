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
from partialcredit.numbers.vectors import Vector, freeze
from partialcredit.solvers import backprop, cross_entropy, softmax

__all__ = [
    "bias_gradient",
    "errors",
    "input_gradient",
    "one_error",
    "predictions",
    "same_input_bias_gradient",
    "weight_gradient",
]

Matrix = Sequence[Sequence[Number]]


def predictions(W: Matrix, b: Sequence[Number], X: Matrix) -> Vector:
    """The probabilities of all classes, one row per example.

    >>> predictions(((0, 0), (0, 0)), (0, 0), ((1, 2),))
    ((1/2, 1/2),)
    """
    return Vector(softmax.probabilities(cross_entropy.logits(W, b, x)) for x in X)


def errors(P: Matrix, y: Sequence[int]) -> Any:
    """P - Y, where Y has a one at each label: the gradient of each example's loss by its logits.

    >>> errors(((rational(1, 4), rational(3, 4)),), (1,))
    ((1/4, -1/4),)
    """
    return freeze([one_error(row, label) for row, label in zip(P, y, strict=True)])


def one_error(p: Sequence[Number], label: int) -> Vector:
    """The gradient of one example's loss by its logits, the probabilities minus the label.

    >>> one_error((rational(1, 4), rational(3, 4)), 1)
    (1/4, -1/4)
    """
    return Vector(p_c - (c == label) for c, p_c in enumerate(p))


def bias_gradient(errors: Matrix) -> Any:
    r"""The gradient of the loss by the biases.

    .. math:: \partial L / \partial b_i = \frac{1}{m} \left( \sum_j p_i(x_j) - c_i \right)

    Here c_i counts the examples of class i.

    >>> bias_gradient(((1, -1), (3, -3)))
    (2, -2)
    """
    return rational(1, len(errors)) * sum(freeze(errors))


def weight_gradient(errors: Matrix, X: Matrix) -> Any:
    r"""The gradient of the loss by the weights.

    .. math:: \nabla_W L = \frac{1}{m} (P - Y)^\top X

    >>> weight_gradient(((1, -1), (3, -3)), ((1, 0), (1, 2)))
    ((2, 3), (-2, -3))
    """
    return freeze(backprop.mean_outer(errors, X))


def input_gradient(W: Matrix, error: Sequence[Number]) -> tuple[Number, ...]:
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
