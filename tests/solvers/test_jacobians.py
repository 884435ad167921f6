"""Layouts against arrays of derivatives."""

from __future__ import annotations

from itertools import pairwise

import sympy

from partialcredit.solvers import jacobians

V = ((1, 2, 0), (4, -1, 3))
W = ((2, 1), (0, 5), (-3, 2))


def test_numerator_layout_is_sympys_jacobian_and_denominator_layout_its_transpose() -> None:
    x = sympy.Matrix(sympy.symbols("x:2"))
    jacobian = (sympy.Matrix(V) * sympy.Matrix(W) * x).jacobian(x)
    assert jacobian.shape == jacobians.numerator_shape((2,), (2,))
    assert sympy.Matrix(jacobians.chain_gradient(V, W)) == jacobian.T


def test_the_tensor_has_the_shape_and_the_entries_of_an_array_of_derivatives() -> None:
    w = sympy.Matrix(2, 3, sympy.symbols("w:6"))
    a = w * sympy.Matrix(sympy.symbols("x:3"))
    tensor = sympy.derive_by_array(sympy.Array(list(a)), sympy.Array(w.tolist()))
    assert tensor.shape == jacobians.denominator_shape((2,), (2, 3))
    assert sum(entry != 0 for entry in sympy.flatten(tensor)) == jacobians.tensor_nonzeros(2, 3)


def test_factors_are_ordered_from_the_input_on() -> None:
    shapes = [(4, 7), (2, 3), (3, 4)]
    order = jacobians.factor_order((2, 0, 1))
    chain = [shapes[i] for i in order]
    assert all(left[1] == right[0] for left, right in pairwise(chain))
