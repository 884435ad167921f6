r"""Gradients through layers, on vectors and matrices of exact numbers.

A vector is a tuple; a matrix is a tuple of rows; a weight matrix W has one row per unit, and the
layer computes W x + b. Reference: Rumelhart, Hinton and Williams (1986), "Learning representations
by back-propagating errors"; Nielsen (2015), "Neural Networks and Deep Learning", equations BP1 to
BP4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, tanh
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each, freeze

__all__ = [
    "activate",
    "affine",
    "cross_entropy_delta",
    "descend",
    "hidden_delta",
    "leaky_relu",
    "leaky_relu_slope",
    "logistic",
    "mean_outer",
    "mean_upstream",
    "network",
    "network_deltas",
    "outer",
    "regularised_entry",
    "regularised_gradient",
    "slopes",
    "squared_error",
    "squared_error_delta",
    "sum_outer",
    "through_weights",
    "transpose",
]

Vector = Sequence[Number]
Matrix = Sequence[Vector]


def affine(W: Matrix, x: Vector, b: Vector | None = None) -> tuple[Number, ...]:
    """W x + b; without ``b``, W x.

    >>> affine([[1, 1], [-2, 3]], [1, 2], [0, 1])
    (3, 5)
    """
    rows = tuple(sum(w * v for w, v in zip(row, x, strict=True)) for row in W)
    return rows if b is None else tuple(r + b_i for r, b_i in zip(rows, b, strict=True))


def transpose(W: Matrix) -> tuple[tuple[Number, ...], ...]:
    """Rows and columns exchanged."""
    return tuple(zip(*W, strict=True))


def logistic(z: Any) -> Any:
    """The logistic function, 1 / (1 + exp(-z)).

    >>> logistic(0)
    1/2
    """
    below = 1 + exp(-z)
    return rational(1, below) if isinstance(below, int) else 1 / below


def leaky_relu(a: Any, slope: Number = 0) -> Any:
    """The number a where it is positive, else ``slope`` times a; slope 0 is the plain ReLU.

    Vectors and matrices entry by entry.

    >>> leaky_relu(freeze([3, -2]), 2)
    (3, -4)
    """
    if isinstance(a, tuple):
        return each(leaky_relu, a, slope)
    return a if a > 0 else slope * a


def leaky_relu_slope(a: Any, slope: Number = 0) -> Any:
    """The derivative of the (leaky) ReLU, away from 0: 1 where a > 0, else ``slope``."""
    if isinstance(a, tuple):
        return each(leaky_relu_slope, a, slope)
    return 1 if a > 0 else slope


def slopes(activation: str, z: Vector, a: Vector) -> tuple[Number, ...]:
    """The derivative of an activation at every unit: sigmoid, tanh or relu.

    ``z`` are the pre-activations, ``a`` the activations; only relu needs ``z``.

    >>> slopes("sigmoid", [0], [rational(1, 2)]), slopes("relu", [-3, 2], [0, 2])
    ((1/4,), (0, 1))
    """
    if activation == "sigmoid":
        return tuple(v * (1 - v) for v in a)
    if activation == "tanh":
        return tuple(1 - v * v for v in a)
    return tuple(leaky_relu_slope(v) for v in z)


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sigmoid": logistic,
    "tanh": tanh,
    "relu": leaky_relu,
}


def activate(activation: str, z: Vector) -> tuple[Number, ...]:
    """An activation at every unit: sigmoid, tanh or relu."""
    function = FUNCTIONS[activation]
    return tuple(function(v) for v in z)


def squared_error(h: Vector, z: Vector) -> Number:
    """The squared distance, sum (h_i - z_i)^2, without a factor 1/2.

    >>> squared_error([3, 0], [0, 1])
    10
    """
    return sum((u - v) ** 2 for u, v in zip(h, z, strict=True))


def squared_error_delta(a: Any, z: Any, slope: Number = 0) -> Any:
    r"""The gradient of ||h - z||^2 by the pre-activation of h = ReLU(a), leaky or not.

    .. math:: \partial\ell/\partial a_i = 2 (h_i - z_i) \cdot \mathrm{ReLU}'(a_i)

    Warning: some notes drop the mask ReLU'(a) again when they go on to W and x.

    >>> squared_error_delta([3, -2], [1, 1])
    (4, 0)
    """
    a, z = freeze(a), freeze(z)
    return 2 * (leaky_relu(a, slope) - z) * leaky_relu_slope(a, slope)


def outer(delta: Vector, x: Vector) -> tuple[tuple[Number, ...], ...]:
    """The gradient with respect to W of one example, delta x^T: one row per unit.

    >>> outer([1, -1], [2, 3])
    ((2, 3), (-2, -3))
    """
    return tuple(tuple(d * v for v in x) for d in delta)


def sum_outer(deltas: Matrix, xs: Matrix) -> tuple[tuple[Number, ...], ...]:
    """The gradient with respect to W when the loss adds up the examples."""
    parts = [outer(delta, x) for delta, x in zip(deltas, xs, strict=True)]
    return tuple(
        tuple(sum(entries) for entries in zip(*rows, strict=True))
        for rows in zip(*parts, strict=True)
    )


def mean_outer(deltas: Matrix, xs: Matrix) -> tuple[tuple[Number, ...], ...]:
    """The gradient with respect to W when the loss is the mean over the examples."""
    return sum_outer(mean_upstream(deltas), xs)


def mean_upstream(deltas: Matrix) -> tuple[tuple[Number, ...], ...]:
    """Each example's upstream gradient for a loss that is the mean over the examples.

    >>> mean_upstream([[2, -4], [6, 0]])
    ((1, -2), (3, 0))
    """
    share = rational(1, len(deltas))
    return tuple(tuple(share * d for d in row) for row in deltas)


def through_weights(W: Matrix, delta: Vector) -> tuple[Number, ...]:
    """The gradient with respect to the input of a layer, W^T delta.

    >>> through_weights([[1, 2], [3, 4]], [1, -1])
    (-2, -2)
    """
    return affine(transpose(W), delta)


def cross_entropy_delta(a: Vector, y: Vector) -> tuple[Number, ...]:
    """The output error of logistic units with the cross-entropy loss, a - y.

    The derivative of the logistic function cancels. Warning: notes that write the log-likelihood
    (to be made large) have y - a.
    """
    return tuple(u - v for u, v in zip(a, y, strict=True))


def hidden_delta(W: Matrix, delta: Vector, slope: Vector) -> tuple[Number, ...]:
    r"""The error of a hidden layer from the error of the next one (Nielsen, BP2).

    .. math:: \delta^{(l)} = (\Theta^{(l)\top} \delta^{(l+1)}) \odot g'(z^{(l)})
    """
    return tuple(s * d for s, d in zip(slope, through_weights(W, delta), strict=True))


def descend(W: Matrix, gradient: Matrix, learning_rate: Number) -> tuple[tuple[Number, ...], ...]:
    """One step of gradient descent, W - learning_rate · gradient."""
    return tuple(
        tuple(w - learning_rate * g for w, g in zip(row, slope, strict=True))
        for row, slope in zip(W, gradient, strict=True)
    )


def network(weights: Sequence[Matrix], x: Vector, activation: str) -> list[tuple[Number, ...]]:
    """The activations of every layer after the input; no biases, and a logistic output.

    >>> network([[[2]], [[0]]], [1], "relu")
    [(2,), (1/2,)]
    """
    layers: list[tuple[Number, ...]] = []
    for i, W in enumerate(weights):
        z = affine(W, layers[-1] if layers else x)
        layers.append(activate("sigmoid" if i == len(weights) - 1 else activation, z))
    return layers


def network_deltas(
    weights: Sequence[Matrix], layers: Sequence[Vector], y: Vector, activation: str
) -> list[tuple[Number, ...]]:
    """The errors of every layer after the input, for logistic outputs and cross-entropy.

    ``layers`` are the activations as :func:`network` gives them; the errors stand in the same
    order.

    >>> network_deltas([[[2]], [[4]]], [(2,), (rational(1, 2),)], [1], "relu")
    [(-2,), (-1/2,)]
    """
    *hidden, out = layers
    deltas = [cross_entropy_delta(out, y)]
    for W, a in zip(reversed(weights[1:]), reversed(hidden), strict=True):
        deltas.insert(0, hidden_delta(W, deltas[0], slopes(activation, a, a)))
    return deltas


def regularised_entry(total: Any, examples: Any, penalty: Any, weight: Any) -> Any:
    r"""An entry of the gradient of a mean loss plus (penalty / 2) weight^2.

    .. math:: D = \frac{1}{n} \Delta + \lambda \Theta

    ``total`` is the gradient summed over the examples. Warning: where the penalty stands inside the
    mean, its share is lambda / n; notes differ.

    >>> regularised_entry(2, 4, rational(1, 10), rational(1, 2))
    11/20
    """
    return total / (rational(1) * examples) + penalty * weight


def regularised_gradient(
    totals: Matrix, examples: int, penalty: Number, W: Matrix
) -> tuple[tuple[Number, ...], ...]:
    """The gradient with respect to W of a regularised mean loss; column 0, the biases, is free.

    >>> regularised_gradient([[2, 2]], 4, 1, [[3, 3]])
    ((1/2, 7/2),)
    """
    return tuple(
        tuple(
            regularised_entry(total, examples, penalty if j else 0, weight)
            for j, (total, weight) in enumerate(zip(row, weights, strict=True))
        )
        for row, weights in zip(totals, W, strict=True)
    )
