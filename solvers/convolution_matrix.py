"""Cross-correlation written as a matrix.

Rows belong to outputs, columns to inputs. Reference: Goodfellow, Bengio and Courville (2016),
"Deep Learning", section 9.1; Dumoulin and Visin (2016), section 4.1. Warning: some notes print the
formula of windows without padding, sum_j theta_j x_(i+j), beside the square matrix of windows with
one zero on each end, whose row i is sum_j theta_j x_(i+j-1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = [
    "image_matrix",
    "image_nonzeros",
    "same_matrix",
    "same_nonzeros",
    "valid_matrix",
    "valid_nonzeros",
]

Matrix = tuple[tuple[Any, ...], ...]


def valid_matrix(theta: Sequence[Any], n: int) -> Matrix:
    """Matrix for n inputs and windows that lie on the signal: (n - m + 1) x n.

    >>> valid_matrix((1, 2), 3)
    ((1, 2, 0), (0, 1, 2))
    """
    m = len(theta)
    return tuple((0,) * i + tuple(theta) + (0,) * (n - m - i) for i in range(n - m + 1))


def same_matrix(theta: Sequence[Any], n: int) -> Matrix:
    """Matrix with as many outputs as inputs; a filter of odd length, with zeros on both ends.

    >>> same_matrix((1, 2, 3), 3)
    ((2, 3, 0), (1, 2, 3), (0, 1, 2))
    """
    half = (len(theta) - 1) // 2
    return tuple(row[half : half + n] for row in valid_matrix(theta, n + 2 * half))


def valid_nonzeros(n: int, m: int) -> int:
    """Entries other than 0 of the matrix without padding: m in each of n - m + 1 rows.

    >>> valid_nonzeros(5, 3)
    9
    """
    return m * (n - m + 1)


def same_nonzeros(n: int, m: int) -> int:
    """Entries other than 0 of the square matrix, n m - (m² - 1)/4 for a filter of odd length.

    >>> same_nonzeros(5, 3)
    13
    """
    return n * m - m * m // 4


def image_matrix(kernel: Sequence[Sequence[Any]], height: int, width: int) -> Matrix:
    """Matrix for images read row by row, a square kernel and no padding.

    >>> image_matrix(((1, 2), (3, 4)), 2, 3)
    ((1, 2, 0, 3, 4, 0), (0, 1, 2, 0, 3, 4))
    """
    rows = []
    for i in range(height - len(kernel) + 1):
        for j in range(width - len(kernel) + 1):
            row = [0] * (height * width)
            for m, weights in enumerate(kernel):
                start = (i + m) * width + j
                row[start : start + len(weights)] = weights
            rows.append(tuple(row))
    return tuple(rows)


def image_nonzeros(height: int, width: int, size: int) -> int:
    """Entries other than 0 for a square kernel: k² in each row.

    >>> image_nonzeros(3, 3, 2)
    16
    """
    return valid_nonzeros(height, size) * valid_nonzeros(width, size)
