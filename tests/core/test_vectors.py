"""Vectors compute like NumPy's arrays, exactly, and refuse what does not fit together."""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, dot, each, freeze

WHOLE = st.integers(-9, 9)


def lists(size: int, entries: st.SearchStrategy[Any] = WHOLE) -> st.SearchStrategy[Any]:
    return st.lists(entries, min_size=size, max_size=size)


PAIRS = st.integers(1, 4).flatmap(lambda n: st.tuples(lists(n), lists(n)))
MATRICES = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: lists(size[0], lists(size[1]))
)
OPERATIONS = [operator.add, operator.sub, operator.mul]


class Pair(NamedTuple):
    low: int
    high: int


@pytest.mark.parametrize("operation", OPERATIONS)
@given(PAIRS, WHOLE)
def test_arithmetic_is_entry_by_entry(operation: Any, pair: Any, number: int) -> None:
    a, b = map(freeze, pair)
    x, y = map(np.array, pair)
    assert operation(a, b) == freeze(operation(x, y).tolist())
    assert operation(a, number) == freeze(operation(x, number).tolist())
    assert operation(number, a) == freeze(operation(number, x).tolist())
    assert all(type(v) is Vector for v in (operation(a, b), operation(a, 2), operation(2, a)))


@given(MATRICES, WHOLE)
def test_a_matrix_is_a_vector_of_its_rows(matrix: Any, number: int) -> None:
    A = freeze(matrix)
    assert number * A - A == freeze((number * np.array(matrix) - np.array(matrix)).tolist())
    assert -abs(A) == freeze((-abs(np.array(matrix))).tolist())
    assert columns(A) == freeze(np.array(matrix).T.tolist())
    assert columns(columns(A)) == A


@given(MATRICES)
def test_rows_are_frozen_whatever_holds_them(matrix: Any) -> None:
    for held in (matrix, tuple(map(tuple, matrix)), Vector(map(tuple, matrix))):
        frozen = freeze(held)
        assert {type(frozen), *map(type, frozen)} == {Vector}
        assert freeze(frozen[0]) is frozen[0]


@given(PAIRS)
def test_the_inner_product_is_numpys(pair: Any) -> None:
    assert dot(*pair) == np.dot(*pair)
    assert sum(freeze(pair[0]) * freeze(pair[1])) == np.dot(*pair)


def test_quotients_and_powers_are_exact() -> None:
    third, quarter = rational(1, 3), rational(1, 4)
    assert Vector((1, 2)) * third == (third, 2 * third)
    assert Vector((1, 3)) / Vector((rational(3), rational(12))) == (third, quarter)
    assert 1 / Vector((rational(3), rational(4))) == (third, quarter)
    assert Vector((2, 3)) ** 2 == (4, 9)
    assert 2 ** Vector((2, 3)) == (4, 8)
    assert (Vector((7, 8)) // 3, Vector((7, 8)) % 3) == ((2, 2), (1, 2))


def test_vectors_add_up_from_zero() -> None:
    assert sum([Vector((1, 2)), Vector((3, 4))]) == (4, 6)


def test_a_piece_of_a_vector_is_a_vector() -> None:
    v = Vector((1, 2, 3))
    assert (v[0], v[-1]) == (1, 3)
    assert v[1:] * 2 == (4, 6)


def test_a_vector_is_the_tuple_of_its_entries() -> None:
    v = Vector((1, 2))
    assert v == (1, 2)
    assert {v: "found"}[(1, 2)] == "found"


@pytest.mark.parametrize("operation", [*OPERATIONS, dot, lambda a, b: each(max, a, b)])
def test_different_lengths_are_refused(operation: Any) -> None:
    for a, b in (((1, 2), (1, 2, 3)), ((1, 2, 3), (1, 2))):
        for c in (b, Vector(b)):
            with pytest.raises(ValueError, match="different lengths: "):
                operation(Vector(a), c)
    with pytest.raises(ValueError, match="different lengths: "):
        operation((1, 2), Vector((1,)))


def test_columns_of_a_ragged_matrix_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        columns(((1, 2), (3,)))


def test_a_function_of_each_entry() -> None:
    assert each(lambda a, b, c: a + b * c, Vector((1, 2)), 10, (3, 4)) == (31, 42)
    assert type(each(abs, (1, -2))) is Vector


def test_numbers_alone_have_no_entries() -> None:
    """They would go with one another for ever."""
    with pytest.raises(TypeError, match="no vector among 1, 2"):
        each(max, 1, 2)


@pytest.mark.parametrize("order", [1, -1])
def test_an_array_takes_a_vector_into_its_arithmetic(order: int) -> None:
    pair = (Vector((1.0, 2.0)), np.array([3.0, 4.0]))[::order]
    for operation in OPERATIONS:
        found = operation(*pair)
        assert isinstance(found, np.ndarray)
        assert found.tolist() == operation(*map(np.array, pair)).tolist()


def test_freezing_makes_vectors_of_lists_however_nested() -> None:
    frozen = freeze([[1, (2, [3])], "ab", {4: [5]}])
    assert frozen == ((1, (2, (3,))), "ab", {4: [5]})
    assert [type(v) for v in (frozen, frozen[0], frozen[0][1], frozen[0][1][1])] == [Vector] * 4


def test_freezing_leaves_named_fields_alone() -> None:
    pair = Pair(1, 2)
    assert freeze(pair) is pair
    assert freeze([pair])[0] == pair
