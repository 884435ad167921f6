"""The quadratic function against symbolic differentiation."""

from __future__ import annotations

import numpy as np
import sympy

from partialcredit.solvers import quadratic

A = ((2, -1, 3), (0, 1, -2), (5, 4, -3))
B = (1, 0, -4)
X = (2, -1, 3)


def test_the_derivatives_are_those_of_the_written_out_polynomial() -> None:
    x = sympy.symbols("x:3")
    f = sympy.expand(quadratic.value(A, x, B, 7))
    at = dict(zip(x, X, strict=True))
    assert quadratic.gradient(A, X, B) == tuple(f.diff(v).subs(at) for v in x)
    assert sympy.Matrix(quadratic.hessian(A)) == sympy.hessian(f, x)


def test_the_symmetric_part_has_the_same_form() -> None:
    S = np.array(quadratic.symmetric_part(A), dtype=float)
    assert (S == S.T).all()
    for x in np.random.default_rng(0).normal(size=(5, 3)):
        assert np.isclose(x @ S @ x, x @ np.array(A) @ x)
