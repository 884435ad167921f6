r"""How gradients change on the way through time.

.. math:: \frac{\partial h_T}{\partial h_0} = D_T W \cdots D_1 W, \qquad
          D_t = \mathrm{diag}(1 - h_t^2)

for :math:`h_t = \tanh(W h_{t-1} + \dots)`; without tanh the D are left out. Reference: Bengio,
Simard and Frasconi (1994); Pascanu, Mikolov and Bengio (2013), section 2.1; Hochreiter and
Schmidhuber (1997) for the cell, whose direct way is multiplied by the forget gates.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from partialcredit.numbers.exact import log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers.matrices import Matrix, diagonal, product

__all__ = [
    "cell_path",
    "growth_bound",
    "jacobian",
    "scalar_gradient",
    "spectral_radius",
    "steps_below",
]


def scalar_gradient(w: Any, states: Sequence[Any]) -> Any:
    """The derivative through tanh steps of one unit, the product of w (1 - h_t^2).

    >>> scalar_gradient(2, (0, 0))
    4
    """
    return prod(w * (1 - h**2) for h in states)


def jacobian(W: Matrix, states: Sequence[Vector]) -> Any:
    """The Jacobian through tanh steps that lead to these states, the first one first.

    >>> jacobian(((1, 2), (3, 4)), (Vector((0, 0)),))
    ((1, 2), (3, 4))
    """
    found: Any = None
    for h in states:
        step = product(diagonal(1 - h**2), W)
        found = step if found is None else product(step, found)
    return found


def spectral_radius(W: Matrix) -> Any:
    """The largest absolute eigenvalue of a 2 by 2 matrix with real eigenvalues.

    >>> spectral_radius(((rational(1, 2), rational(1, 4)), (1, rational(-1, 4))))
    3/4
    """
    (a, b), (c, d) = W
    half = (a + d) * rational(1, 2)
    root = sqrt(half**2 - a * d + b * c)
    return max(abs(half + root), abs(half - root))


def steps_below(factor: Any, power: int) -> int:
    """The least number of steps after which a factor between 0 and 1 has made 10^-power of 1.

    >>> steps_below(rational(4, 5), 3)
    31
    """
    return int(float(power * log(10) / -log(factor))) + 1


def growth_bound(W: Matrix, steps: int) -> Any:
    """The largest factor by which tanh steps can stretch a gradient, the spectral norm's power.

    The squared norm is the larger eigenvalue of W^T W.

    >>> growth_bound(((3, 0), (0, 2)), 2)
    9
    """
    (a, b), (c, d) = W
    half = (a * a + b * b + c * c + d * d) * rational(1, 2)
    square = half + sqrt(half**2 - (a * d - b * c) ** 2)
    return sqrt(square) ** steps


def cell_path(gates: Sequence[Any]) -> Any:
    """The direct way through an LSTM's cell, the product of its forget gates."""
    return prod(gates)
