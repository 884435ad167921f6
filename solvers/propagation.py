r"""Signals and gradients through many layers: variances, powers of a matrix, clipping.

Reference: Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward
neural networks", equation 5; Pascanu, Mikolov and Bengio (2013), "On the difficulty of training
recurrent neural networks", section 2 and Algorithm 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log, sqrt, tanh
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import backprop
from partialcredit.solvers.matrices import Matrix, Rows, product, solve

__all__ = [
    "clipping_factor",
    "diagonalised_power",
    "distinct_units",
    "eigenvalue",
    "layers_until_below",
    "norm",
    "tanh_slope",
    "variance_for_factor",
]


def layers_until_below(factor: Number, bound: Number) -> int:
    r"""The least number of layers k with factor^k < bound, for a factor between 0 and 1.

    .. math:: k > \frac{\ln \text{bound}}{\ln \text{factor}}

    For a factor above 1 the count is not positive: the layers before would have been that small.

    >>> layers_until_below(rational(1, 2), rational(1, 100))
    7
    """
    crossing: Number = log(bound) / log(factor)
    near = round(float(crossing))
    return near + 1 if crossing >= near else near


def variance_for_factor(total: Number, layers: int, fan_in: int) -> Number:
    r"""The variance of weights for which linear layers multiply the variance by ``total``.

    .. math:: \frac{R^{1/L}}{n}, \quad \text{from} \quad (n \, \mathrm{Var}(w))^L = R

    >>> round(float(variance_for_factor(1000, 3, 10)), 9)
    1.0
    """
    variance: Number = exp(rational(1, layers) * log(total)) / fan_in
    return variance


def tanh_slope(z: Number) -> Number:
    """The derivative of tanh, 1 - tanh(z)^2.

    >>> tanh_slope(0)
    1
    """
    slope: Number = 1 - tanh(z) ** 2
    return slope


def eigenvalue(W: Matrix, u: Sequence[Number]) -> Number:
    r"""The eigenvalue that belongs to an eigenvector: its Rayleigh quotient.

    .. math:: \frac{u^\top W u}{u^\top u}

    >>> eigenvalue(((2, 1), (0, 3)), (1, 1))
    3
    """
    image = backprop.affine(W, u)
    along = sum(a * b for a, b in zip(u, image, strict=True))
    square: Any = sum(a * a for a in u)
    quotient: Number = rational(1) * along / square
    return quotient


def diagonalised_power(U: Matrix, eigenvalues: Sequence[Number], t: int) -> Rows:
    r"""W^t from eigenvectors, the columns of U, and eigenvalues.

    .. math:: U \Lambda^t U^{-1}

    Warning: some notes print this with a transpose in place of the inverse or of the power; that
    is right for orthogonal U only.

    >>> diagonalised_power(((1, 1), (0, 1)), (2, 3), 2)
    ((4, 5), (0, 9))
    """
    identity = [[int(i == j) for j in range(len(U))] for i in range(len(U))]
    scaled = [[u * size**t for u, size in zip(row, eigenvalues, strict=True)] for row in U]
    return product(scaled, solve(U, identity))


def norm(entries: Sequence[Number]) -> Number:
    """The Euclidean norm.

    >>> norm((3, -4))
    5
    """
    length: Number = sqrt(sum(v * v for v in entries))
    return length


def clipping_factor(norm: Number, limit: Number) -> Number:
    """What all gradients are multiplied by, min(1, limit / norm) (Pascanu et al. 2013).

    ``norm`` is that of all gradients of the network taken as one vector. Warning: some notes divide
    by the 1-norm, or rescale gradients that are shorter than the limit as well.

    >>> clipping_factor(5, 2), clipping_factor(1, 2)
    (2/5, 1)
    """
    length: Any = rational(1) * norm
    factor: Number = min(1, limit / length)
    return factor


def distinct_units(rows: Sequence[Sequence[Number]], outputs: Sequence[Number]) -> int:
    """How many different hidden units training can ever tell apart, from their weights in and out.

    Units that agree in both receive the same gradients in every step, whatever the data and the
    learning rate. Reference: Goodfellow, Bengio and Courville (2016), section 8.4.

    >>> distinct_units(((1, 2), (1, 2), (1, 2)), (3, 3, 4))
    2
    """
    return len(set(zip(map(tuple, rows), outputs, strict=True)))
