"""Linear independence of columns."""

from partialcredit.solvers import orthogonal


def independent(X):
    """Whether no column is a combination of the others: then X^T X can be inverted."""
    return orthogonal.determinant(orthogonal.gram(X)) != 0
