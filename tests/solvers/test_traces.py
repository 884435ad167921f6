"""Derivatives of traces against SymPy."""

from __future__ import annotations

import numpy as np
import sympy

from partialcredit.solvers import traces

X = sympy.Matrix([[1, 2, 0], [-1, 3, 4]])
Y = sympy.Matrix([[2, 0, 1], [5, -1, 1], [0, 1, 3]])
W = sympy.Matrix(3, 2, sympy.symbols("w:6"))
AT = ((1, 2), (3, -1), (0, 4))


def rows(matrix: sympy.Matrix) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


def test_derivatives_of_the_linear_and_the_quadratic_trace() -> None:
    linear = (W * X * Y.T).trace().diff(W)
    assert traces.linear_gradient(rows(X * Y.T)) == rows(linear)
    quadratic = (W * X * X.T * W.T).trace().diff(W)
    at = dict(zip(W, sympy.Matrix(AT), strict=True))
    assert traces.quadratic_gradient(AT, rows(X * X.T)) == rows(quadratic.subs(at))


def test_the_stationary_point_is_where_the_derivative_vanishes() -> None:
    loss = (W * X * X.T * W.T - 2 * W * X * Y.T).trace()
    found = traces.stationary(rows(X * X.T), rows(X * Y.T))
    solution = sympy.solve([loss.diff(w) for w in W], list(W))
    assert [solution[w] for w in W] == [entry for row in found for entry in row]


def test_same_trace_agrees_with_random_matrices() -> None:
    generator = np.random.default_rng(1)
    known = {name: generator.normal(size=(3, 3)) for name in "ABC"}
    known |= {name.lower(): matrix.T for name, matrix in known.items()}
    for word in ("ABC", "CAB", "BAC", "CBA", "cba", "acb", "bca", "abc", "cab"):
        left, middle, right = (known[letter] for letter in word)
        same = np.isclose(
            np.trace(left @ middle @ right), np.trace(known["A"] @ known["B"] @ known["C"])
        )
        assert traces.same_trace(word) == same
