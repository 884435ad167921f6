r"""Whole steps of training a network with one hidden layer of ReLU units and one linear output.

The parameters are a matrix W with one row (weights, bias) per hidden unit and a row u (weights,
bias) of the output, so the layers compute W (x, 1) and u (h, 1). ``scales`` has one factor per
hidden unit: 1, or with inverted dropout 0 and 1 / (1 - p). The loss is one half of the squared
error, averaged over the examples. Reference: Rumelhart, Hinton and Williams (1986); Srivastava et
al. (2014), section 10, for dropout. Warning: some notes drop the mask of the ReLU from the gradient
of its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import backprop

__all__ = [
    "Pass",
    "forward",
    "gradients",
    "half_squared_loss",
    "loss",
    "outputs",
    "passes",
    "scales",
]

Vector = Sequence[Number]
Matrix = Sequence[Vector]
Rows = tuple[tuple[Number, ...], ...]


def scales(mask: Sequence[int], p: Rational) -> tuple[Number, ...]:
    """The factors of inverted dropout: mask / (1 - p), with p the probability of dropping.

    >>> scales((1, 0), rational(1, 4))
    (4/3, 0)
    """
    return tuple(kept / (1 - p) for kept in mask)


def forward(
    W: Matrix, u: Vector, x: Vector, scales: Vector
) -> tuple[tuple[Number, ...], tuple[Number, ...], Number]:
    """Pre-activations W (x, 1), hidden activations after dropout, and the output u (h, 1).

    >>> forward([[1, 1, 0], [-1, 0, 1]], [2, 3, -1], [1, 2], [1, 1])
    ((3, 0), (3, 0), 5)
    """
    a = backprop.affine(W, (*x, 1))
    h = tuple(s * backprop.leaky_relu(v) for s, v in zip(scales, a, strict=True))
    (output,) = backprop.affine([u], (*h, 1))
    return a, h, output


def outputs(W: Matrix, u: Vector, xs: Matrix, scales: Vector) -> Any:
    """The outputs of a batch, a vector.

    >>> outputs([[1, 1, 0], [-1, 0, 1]], [2, 3, -1], [[1, 2], [0, 0]], [1, 1])
    (5, 2)
    """
    return freeze([forward(W, u, x, scales)[2] for x in xs])


def half_squared_loss(outputs: Vector, y: Vector) -> Number:
    r"""The loss of a batch.

    .. math:: \frac{1}{2m} \sum_j (\hat{y}_j - y_j)^2

    >>> half_squared_loss((3, 1), (1, 1))
    1
    """
    return backprop.squared_error(outputs, y) * rational(1, 2 * len(y))


def loss(W: Matrix, u: Vector, xs: Matrix, y: Vector, scales: Vector) -> Number:
    """The loss of a batch, forward from its examples.

    >>> loss([[1, 1, 0], [-1, 0, 1]], [2, 3, -1], [[1, 2]], [1], [1, 1])
    8
    """
    return half_squared_loss(outputs(W, u, xs, scales), y)


class Pass(NamedTuple):
    """What one example leaves in the network; ``x`` ends with the 1 of the bias."""

    x: Vector
    y: Number
    a: Vector
    h: Vector
    output: Number
    delta: Vector


def passes(W: Matrix, u: Vector, xs: Matrix, y: Vector, scales: Vector) -> list[Pass]:
    r"""Forward passes of a batch, and the errors behind the hidden units of every example.

    .. math:: \delta_i = (\hat{y} - y) u_i s_i \mathrm{ReLU}'(a_i)

    >>> passes([[1, 1, 0]], [2, 1], [[1, 2]], [4], [1])
    [Pass(x=(1, 2, 1), y=4, a=(3,), h=(3,), output=7, delta=(6,))]
    """
    seen = []
    for x, target in zip(xs, y, strict=True):
        a, h, output = forward(W, u, x, scales)
        back = backprop.through_weights([u[:-1]], [output - target])
        slopes = backprop.slopes("relu", a, h)
        delta = tuple(b * s * d for b, s, d in zip(back, slopes, scales, strict=True))
        seen.append(Pass((*x, 1), target, a, h, output, delta))
    return seen


def gradients(
    W: Matrix, u: Vector, xs: Matrix, y: Vector, scales: Vector
) -> tuple[Rows, tuple[Number, ...]]:
    r"""The gradients of the loss by W and by u.

    .. math:: \nabla_W = \delta (x, 1)^\top, \quad \nabla_u = (\hat{y} - y) (h, 1)^\top

    >>> by_W, by_u = gradients([[1, 1, 0]], [2, 1], [[1, 2]], [4], [1])
    >>> by_u
    (9, 3)
    """
    seen = passes(W, u, xs, y, scales)
    (by_u,) = backprop.mean_outer([[p.output - p.y] for p in seen], [(*p.h, 1) for p in seen])
    return backprop.mean_outer([p.delta for p in seen], [p.x for p in seen]), by_u
