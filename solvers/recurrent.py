r"""Plain recurrent networks: states, outputs and gradients through time.

.. math:: h_t = f(W_h h_{t-1} + W_x x_t + b), \qquad y_t = W_o h_t

Reference: Elman (1990); Goodfellow, Bengio and Courville (2016), equations 10.8 to 10.10 (forward)
and section 10.2.2 (backward); Williams and Peng (1990) for truncation. There is one bias; cuDNN and
torch have two, which are added.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers.backprop import affine
from partialcredit.solvers.matrices import Matrix, product

__all__ = [
    "deltas",
    "lag_matrix",
    "scalar_states",
    "shared_gradient",
    "states",
    "truncated_gradient",
]

Function = Callable[[Any], Any]


def states(
    W_x: Matrix, W_h: Matrix, b: Vector, h: Vector, xs: Matrix, f: Function
) -> tuple[Vector, ...]:
    """The state after every step, from the state h before the first.

    >>> states(((5,), (6,)), ((1, 2), (3, 4)), (0, 0), (0, 0), ((1,), (-1,)), lambda a: a)
    ((5, 6), (12, 33))
    """
    found = []
    for x in xs:
        h = Vector(map(f, Vector(affine(W_h, h)) + Vector(affine(W_x, x, b))))
        found.append(h)
    return tuple(found)


def lag_matrix(W_x: Matrix, W_h: Matrix, w_o: Sequence[Any], steps: int) -> Vector:
    r"""The matrix from inputs to outputs of a linear network with scalar inputs and outputs.

    Its entry (i, j) is :math:`w_o W_h^{i-j} W_x` for i >= j and 0 above the diagonal.

    >>> lag_matrix(((5,), (6,)), ((1, 2), (3, 4)), (-3, -2), 2)
    ((-27, 0), (-129, -27))
    """
    reach, by_lag = W_x, []
    for _ in range(steps):
        by_lag.append(dot(w_o, [row[0] for row in reach]))
        reach = product(W_h, reach)
    size = range(steps)
    return Vector(Vector(by_lag[i - j] if i >= j else 0 for j in size) for i in size)


def scalar_states(w: Any, u: Any, h: Any, xs: Sequence[Any], f: Function) -> Vector:
    """The states f(w h + u x) of a network with one unit, from h before the first step.

    >>> scalar_states(2, 1, 3, (1, -5), lambda a: a)
    (7, 9)
    """
    found = []
    for x in xs:
        h = f(w * h + u * x)
        found.append(h)
    return Vector(found)


def deltas(direct: Sequence[Number], slopes: Sequence[Number], w: Number) -> Vector:
    r"""The total derivative of the loss by every state of one unit, first to last.

    .. math:: \delta_t = e_t + w f'(a_{t+1}) \, \delta_{t+1}

    ``direct`` are the derivatives e_t by h_t alone, ``slopes`` the f'(a_t).

    >>> deltas((0, 0, 3), (1, 1, 1), 2)
    (12, 6, 3)
    """
    found = [direct[-1]]
    for e, slope in zip(direct[-2::-1], slopes[:0:-1], strict=True):
        found.append(e + w * slope * found[-1])
    return Vector(found[::-1])


def shared_gradient(
    deltas: Sequence[Number], slopes: Sequence[Number], inputs: Sequence[Number]
) -> Any:
    """The derivative by a weight that multiplies ``inputs``, one number a step.

    The weight is the same at all steps: their terms add up.

    >>> shared_gradient((12, 6, 3), (1, 1, 1), (1, 0, -1))
    9
    """
    return sum(d * s * v for d, s, v in zip(deltas, slopes, inputs, strict=True))


def truncated_gradient(
    direct: Sequence[Number], slopes: Sequence[Number], w: Number, before: Sequence[Number]
) -> Number:
    """The derivative by w when every loss reaches its own step and the one before.

    ``before`` are the states that w multiplies, h_0 first; the one before those two steps is taken
    as a constant.

    >>> truncated_gradient((0, 0, 3), (1, 1, 1), 2, (5, 1, -1))
    3
    """
    total = direct[0] * slopes[0] * before[0]
    for t in range(1, len(direct)):
        reached = before[t] + w * slopes[t - 1] * before[t - 1]
        total = total + direct[t] * slopes[t] * reached
    return total
