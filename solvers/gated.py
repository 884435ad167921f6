r"""Gated recurrent cells: long short-term memory and the gated recurrent unit.

An LSTM computes, from the sums of its four gates,

.. math:: c_t = f \odot c_{t-1} + i \odot g, \qquad h_t = o \odot \tanh(c_t)

with i, f, o through the logistic function and g through tanh. Reference: Hochreiter and
Schmidhuber (1997), with the forget gate of Gers, Schmidhuber and Cummins (2000) and without
peepholes. The order i, f, g, o is torch's; TensorFlow 1 has i, g, f, o.

A GRU keeps the share z of its old state,

.. math:: h_t = (1 - z) \odot n + z \odot h_{t-1}

as torch and Cho et al. (2014) have it; Chung et al. (2014) exchange z and 1 - z. Its reset gate
acts after the product with the recurrent weights (torch, cuDNN) or before it (Cho et al. 2014,
equation 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import tanh
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers.backprop import affine, logistic
from partialcredit.solvers.matrices import Matrix

__all__ = [
    "carried",
    "gru_candidate",
    "gru_candidate_reset_before",
    "gru_gate",
    "gru_state",
    "lstm_cell",
    "lstm_gates",
    "lstm_state",
    "lstm_sums",
]


def lstm_sums(w: Vector, u: Vector, b: Vector, x: Any, h: Any) -> Vector:
    """What enters the gates of one unit, w x + u h + b gate by gate.

    >>> lstm_sums(Vector((1, 2)), Vector((3, 0)), Vector((0, 1)), 2, 1)
    (5, 5)
    """
    sums: Vector = w * x + u * h + b
    return sums


def lstm_gates(sums: Sequence[Any]) -> Vector:
    """The values of i, f, g and o; g is no gate but the candidate, and passes tanh.

    >>> lstm_gates((0, 0, 0, 0))
    (1/2, 1/2, 0, 1/2)
    """
    i, f, g, o = sums
    return Vector((logistic(i), logistic(f), tanh(g), logistic(o)))


def lstm_cell(gates: Sequence[Any], c: Any) -> Any:
    """The new memory f c + i g.

    >>> lstm_cell((1, 2, 3, 4), 5)
    13
    """
    i, f, g, _ = gates
    return f * c + i * g


def lstm_state(o: Any, c: Any) -> Any:
    """The new state o tanh(c), of the new memory c."""
    return o * tanh(c)


def carried(value: Any, kept: Any, steps: Any) -> Any:
    """What is left of a value of which every step keeps a share and to which nothing is added.

    >>> carried(5, 2, 3)
    40
    """
    return value * kept**steps


def gru_gate(W: Matrix, U: Matrix, b: Vector, x: Vector, h: Vector) -> Vector:
    """The reset or update gate, the logistic function of W x + U h + b.

    >>> gru_gate(((1,),), ((2,),), Vector((0,)), (2,), (-1,))
    (1/2,)
    """
    return Vector(map(logistic, Vector(affine(W, x, b)) + Vector(affine(U, h))))


def gru_candidate(W: Matrix, U: Matrix, b: Vector, x: Vector, h: Vector, r: Vector) -> Vector:
    """The candidate tanh(W x + b + r (U h)): the reset gate acts after the product.

    >>> gru_candidate(((1,),), ((2,),), Vector((0,)), (2,), (-1,), Vector((1,)))
    (0,)
    """
    return Vector(map(tanh, Vector(affine(W, x, b)) + r * Vector(affine(U, h))))


def gru_candidate_reset_before(
    W: Matrix, U: Matrix, b: Vector, x: Vector, h: Vector, r: Vector
) -> Vector:
    """The candidate tanh(W x + b + U (r h)): the reset gate acts before the product.

    >>> one, h = Vector((1,)), Vector((-1,))
    >>> gru_candidate_reset_before(((1,),), ((2,),), (0,), (2,), h, one)
    (0,)
    """
    return Vector(map(tanh, Vector(affine(W, x, b)) + Vector(affine(U, r * h))))


def gru_state(z: Any, n: Any, h: Any) -> Any:
    """The new state (1 - z) n + z h: z keeps the old one.

    >>> gru_state(0, 3, 5), gru_state(1, 3, 5)
    (3, 5)
    """
    return (1 - z) * n + z * h
