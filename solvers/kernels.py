"""Properties of image kernels: sums, products, cascades, and the range of what they put out.

Reference: Gonzalez and Woods (2018), "Digital Image Processing", sections 3.4 to 3.6. Warning:
some notes call any kernel with a large centre an edge detector; only a coefficient sum of 0 makes
it blind to constant images.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers.convolution import Matrix, Rows, Vector, correlate, flip, padded
from partialcredit.solvers.sizes import full_size

__all__ = [
    "cascade",
    "coefficient_sum",
    "is_separable",
    "output_range",
    "product",
    "rescaled",
    "rescaled_unit",
    "saved_share",
    "sharpened",
]


def coefficient_sum(kernel: Rows, divisor: int) -> Rational:
    """The sum of the weights, which is the output on an image that is 1 everywhere.

    >>> coefficient_sum(((1, 2), (2, 1)), 6)
    1
    """
    return rational(sum(map(sum, kernel)), divisor)


def product(column: Sequence[Any], row: Sequence[Any]) -> Matrix:
    """The kernel of a row filter followed by a column filter, their outer product.

    >>> product((1, 2), (1, 0, -1))
    ((1, 0, -1), (2, 0, -2))
    """
    return tuple(tuple(c * r for r in row) for c in column)


def is_separable(kernel: Rows) -> bool:
    """Whether a kernel that is not all zeros is a column times a row: whether its rank is 1.

    >>> is_separable(((1, 2), (2, 4))), is_separable(((1, 2), (2, 5)))
    (True, False)
    """
    return all(
        a[i] * b[j] == a[j] * b[i]
        for a in kernel
        for b in kernel
        for i in range(len(a))
        for j in range(len(b))
    )


def sharpened(t: Any, blur: Rows, divisor: int) -> Matrix:
    r"""Kernel of unsharp masking, :math:`\delta + t (\delta - B)`, for a 3 x 3 blur B / divisor.

    >>> sharpened(1, ((0, 1, 0), (1, 0, 1), (0, 1, 0)), 4)[1]
    (-1/4, 2, -1/4)
    """
    return tuple(
        tuple((1 + t) * (i == j == 1) - t * rational(v, divisor) for j, v in enumerate(row))
        for i, row in enumerate(blur)
    )


def cascade(first: Vector, second: Vector) -> Vector:
    """The one filter that does what two cross-correlations one after the other do.

    It is the full convolution of the two filters, of length m + n - 1.

    >>> cascade((1, 1), (1, -1))
    (1, 0, -1)
    """
    reach = full_size(len(first), len(second)) - len(first)
    return correlate(padded(first, reach, reach), flip(second))


def saved_share(size: int) -> Rational:
    """Share of the multiplications per pixel that a separable k x k kernel saves, 1 - 2k/k².

    >>> saved_share(4)
    1/2
    """
    return 1 - rational(2 * size, size**2)


def output_range(
    weights: Sequence[int], low: Number, high: Number, bias: Number
) -> tuple[Number, Number]:
    """Least and greatest output when every input may be anything from ``low`` to ``high``.

    The least takes the lowest input at positive and the highest at negative weights.

    >>> output_range((1, 0, -1), 0, 1, 0)
    (-1, 1)
    """
    positive = sum(max(w, 0) for w in weights)
    negative = sum(min(w, 0) for w in weights)
    return (
        positive * low + negative * high + bias,
        positive * high + negative * low + bias,
    )


def rescaled(y: Any, least: Any, greatest: Any) -> Any:
    """The affine map that takes the range of outputs to the one from 0 to 1.

    >>> rescaled(rational(0), -1, 1)
    1/2
    """
    return (y - least) / (greatest - least)


def rescaled_unit(y: Any, p: Any, n: Any, b: Any) -> Any:
    """The same for pixels from 0 to 1, by the sums p of positive and -n of negative weights.

    >>> rescaled_unit(rational(3), 3, 1, 0)
    1
    """
    return rescaled(y, b - n, b + p)
