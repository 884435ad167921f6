r"""Singular values by the eigenvalues of A^T A, for matrices A with two columns.

Reference: Golub and Van Loan (2013), "Matrix computations", sections 2.4 and 8.6; Eckart and Young
(1936), "The approximation of one matrix by another of lower rank". Warning: some notes call A^T A
diagonal, though it is only made diagonal by V, and print U S^2 V^T for A A^T, which is
U S S^T U^T.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers.matrices import Matrix

__all__ = ["captured_share", "eigenvalues", "rank_one_error", "reduced", "singular_values"]


def eigenvalues(M: Matrix) -> tuple[Number, Number]:
    r"""The eigenvalues of a symmetric matrix of two rows, larger first.

    .. math:: \tfrac{1}{2} \left( t \pm \sqrt{t^2 - 4 d} \right), \quad t = \mathrm{tr} M,
              \; d = \det M

    >>> eigenvalues(((25, 20), (20, 25)))
    (45, 5)
    """
    (a, b), (_, c) = M
    half, root = rational(a + c, 2), sqrt((a - c) ** 2 + 4 * b**2) / 2
    return half + root, half - root


def singular_values(eigenvalues: tuple[Number, Number]) -> tuple[Number, Number]:
    """The roots of the eigenvalues of A^T A.

    >>> singular_values((49, 4))
    (7, 2)
    """
    first, second = eigenvalues
    return sqrt(first), sqrt(second)


def rank_one_error(singular_values: tuple[Number, Number]) -> Number:
    """The Frobenius norm of A minus the closest matrix of rank 1: the smaller singular value.

    >>> rank_one_error((7, 2))
    2
    """
    return min(singular_values)


def captured_share(eigenvalues: tuple[Any, Any]) -> Any:
    r"""How much of ||A||_F^2 the closest matrix of rank 1 has.

    .. math:: \sigma_1^2 / (\sigma_1^2 + \sigma_2^2)

    >>> captured_share((rational(45), rational(5)))
    9/10
    """
    return eigenvalues[0] / sum(eigenvalues, rational(0))


def reduced(word: str) -> str:
    """A product of A and A^T in terms of U, S and V, where A = U S V^T.

    Small letters are transposes; U^T U and V^T V cancel.

    >>> reduced("Aa"), reduced("aA"), reduced("a")
    ('USsu', 'VsSv', 'Vsu')
    """
    written = "".join({"A": "USv", "a": "Vsu"}[letter] for letter in word)
    return written.replace("vV", "").replace("uU", "")
