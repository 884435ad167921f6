"""Singular values against NumPy's decomposition."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest

from partialcredit.solvers import orthogonal, singular

MATRICES = [((3, 0), (4, 5)), ((1, 2), (-3, 4), (0, 5)), ((2, -1), (1, 2)), ((7, 1), (1, 1))]


@pytest.mark.parametrize("A", MATRICES)
def test_values_and_errors_are_numpys(A: tuple[tuple[int, ...], ...]) -> None:
    eigenvalues = singular.eigenvalues(orthogonal.gram(A))
    values = singular.singular_values(eigenvalues)
    u, s, vt = np.linalg.svd(np.array(A, dtype=float), full_matrices=False)
    assert np.allclose([float(v) for v in values], s)
    closest = s[0] * np.outer(u[:, 0], vt[0])
    assert np.isclose(float(singular.rank_one_error(values)), np.linalg.norm(A - closest))
    share = np.linalg.norm(closest) ** 2 / np.linalg.norm(A) ** 2
    assert np.isclose(float(singular.captured_share(eigenvalues)), share)


@pytest.mark.parametrize("word", ["A", "a", "Aa", "aA", "AaA", "aAa"])
def test_reduced_products_are_equal_matrices(word: str) -> None:
    A = np.array(MATRICES[1], dtype=float)
    u, s, vt = np.linalg.svd(A)
    known = {"A": A, "U": u, "S": np.vstack([np.diag(s), [[0, 0]]]), "V": vt.T}
    known |= {name.lower(): matrix.T for name, matrix in known.items()}
    plain, short = (
        reduce(np.matmul, [known[c] for c in w]) for w in (word, singular.reduced(word))
    )
    assert np.allclose(plain, short)
