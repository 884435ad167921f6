"""Every kind has every verb, and a file in its folder is all that it takes to be one."""

from __future__ import annotations

import ast
import re
from math import inf
from pathlib import Path

import pytest
import sympy

from partialcredit import grading
from partialcredit.draw import Draw
from partialcredit.errors import InputError
from partialcredit.grading import (
    Array,
    Choice,
    Choices,
    Expression,
    Integer,
    Interval,
    Order,
    Real,
    Relation,
    Satisfies,
    Set,
    Shape,
    Signs,
    Text,
    TrueFalse,
)
from partialcredit.grading.declared import Declared
from partialcredit.grading.kinds import kinds, typed_kinds
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span

ROOT = Path(__file__).parents[2]
N, D = sympy.symbols("N d")
COUNTS = {"N": "positive integer", "d": "positive integer"}
AT = {"N": 3, "d": 5}

#: A kind, a key, what a witness says of it, and where.
CASES = [
    (Integer(), 12, 12, {}),
    (Real(digits=4), rational(1, 3), 1 / 3, {}),
    (Real(tolerance=rational(1, 100)), 2, 2.0, {}),
    (Real(relative=rational(1, 100)), 200, 200.0, {}),
    (Array(shape=(2, 2), places=2), ((1, 2), (3, rational(1, 7))), ((1, 2), (3, 1 / 7)), {}),
    (Array(symbols=COUNTS), (2 * N, D), (6.0, 5.0), AT),
    (Set(digits=3), frozenset({rational(-1, 3), 2}), (-1 / 3, 2.0), {}),
    (Set(symbols=COUNTS), frozenset({N, 2 * D}), (3.0, 10.0), AT),
    (
        Interval(digits=3),
        (Span(rational(1, 3), None, True, False),),
        (Span(1 / 3, None, 1, 0),),
        {},
    ),
    (Interval(symbols=COUNTS), (Span(-N, 2 * D, False, True),), (Span(-3.0, 10.0, 0, 1),), AT),
    (Shape(), (28, 28, 6), (28, 28, 6), {}),
    (Shape(COUNTS), (N, 2 * D, 7), (3, 10, 7), AT),
    (Expression(COUNTS), N * D + 1, 16.0, AT),
    (Relation({"x": "real"}), "x > 1", (({"x": 2}, True), ({"x": 0}, False)), {}),
    (Choice(("p", "q")), 0, 0, {}),
    (Choices(("p", "q")), frozenset({1}), frozenset({1}), {}),
    (TrueFalse(2), (True, False), (True, False), {}),
    (Signs(shape=(3,)), (1, -1, 1), (1.0, -1.0, 1.0), {}),
    (Order(3), (2, 0, 1), (2, 0, 1), {}),
    (Satisfies(Array(), lambda v: v[0] == v[1]), (2, 2), lambda v: v[0] - v[1] == 0, {}),
]


@pytest.mark.parametrize(("kind", "key", "witness", "point"), CASES)
def test_a_witness_agrees_with_the_key_and_with_no_nudged_one(kind, key, witness, point):
    assert kind.deviation(key, witness, 0.0, point) < 1e-9
    assert kind.deviation(kind.nudged(key), witness, 0.0, point) == inf


def test_a_nudged_key_is_another_one():
    for kind, key, _, point in CASES:
        assert kind.nudged(key) != key
        assert not kind.separated(key, key, point)


def test_the_written_key_is_right_and_says_so():
    for kind, key, _, _ in CASES:
        answer = kind.read(kind.write(key))
        assert kind.compare(key, answer).outcome == "equivalent", kind
        if kind.typeset:
            assert kind.compare(key, kind.read(kind.tex(key))).outcome == "equivalent", kind


def test_every_kind_is_tried():
    assert {type(kind).name for kind, *_ in CASES} | {Text.name} == kinds().keys()


def test_a_symbol_is_drawn_from_its_domain():
    """Whole and different, since too many formulas agree where all are 1."""
    for kind in (Array(symbols=COUNTS), Shape(COUNTS), Expression(COUNTS)):
        one, other = kind.points(Draw("points", "easy", 1))
        assert one.keys() == other.keys() == COUNTS.keys()
        assert one["N"] != other["N"]
        assert all(
            isinstance(value, int) and value > 0 for value in (*one.values(), *other.values())
        )
    assert Real().points(Draw("points", "easy", 1)) == [{}]
    assert not Real().symbolic


def test_a_formula_is_told_where_it_differs():
    kind = Shape(COUNTS)
    assert kind.separated((N, D), (N, 2 * D), AT)
    assert not kind.separated((N, D), (N, D + N - 3), AT)
    assert kind.separated((N,), (N, D), AT)
    assert kind.separated((N,), (N + rational(1, 10**5) * N,), AT)
    assert Set(symbols=COUNTS).separated(frozenset({N, D}), frozenset({N, 2 * D}), AT)
    ends = Interval(symbols=COUNTS)
    assert ends.separated((Span(N, None),), (Span(N, D),), AT)
    assert ends.separated((Span(N, D, True),), (Span(N, D, False),), AT)
    assert not ends.separated((Span(N, D),), (Span(N, 2 * D - 5),), AT)


def test_keys_are_apart_from_six_tolerances_on():
    """At five an answer halfway between them would be off by two and a half from each."""
    kind = Real(digits=3)
    assert not kind.separated(rational(1), rational(1) + 5 * rational("0.005"), {})
    assert kind.separated(rational(1), rational(1) + 6 * rational("0.005"), {})
    assert kind.separated((1, 2), (1, 2, 3), {})


def test_every_file_of_kinds_has_its_row():
    """So that type checkers know the names; everything else follows from the file."""
    files = {path.stem for path in (ROOT / "grading" / "kinds").glob("[!_]*.py")}
    tree = ast.parse((ROOT / "grading" / "__init__.py").read_text(encoding="utf-8"))
    rows = {
        node.module.rpartition(".")[2]: [alias.name for alias in node.names]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and str(node.module).startswith("partialcredit.grading.kinds.")
    }
    assert rows.keys() == files
    for names in rows.values():
        assert all(issubclass(getattr(grading, name), grading.kind.Kind) for name in names)
    assert len(kinds()) == len(files)


def test_nobody_compares_the_names_of_kinds():
    asks = re.compile(
        r"kind\.name\s*(?:==|!=|in\b|not in\b)|(?:==|!=)\s*\w*kind\.name|match \w*kind\.name"
    )
    for folder in ("core", "exams", "marking", "practice", "grading", "writers"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.parent.name != "kinds" and path != Path(__file__):
                assert not asks.search(path.read_text(encoding="utf-8")), path


def test_only_what_can_be_typed_is_made_from_text():
    assert typed_kinds()["number"] is Real
    with pytest.raises(InputError, match="Order answers are not compared on the command line"):
        Order.made("A B", Declared())


def test_an_unknown_name_is_no_kind():
    with pytest.raises(AttributeError, match="no attribute 'Color'"):
        grading.Color  # noqa: B018
