"""Reverse sweeps against finite differences, path sums and published numbers."""

from __future__ import annotations

from math import prod
from typing import Any

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import graph

#: f = (x + y) z, and a graph that uses every operation and some values twice.
SIMPLE = [("u", "add", "x", "y"), ("f", "multiply", "u", "z")]
RICH = [
    ("u", "multiply", "x", "y"),
    ("v", "subtract", "u", "z"),
    ("p", "maximum", "v", "x"),
    ("q", "minimum", "y", "z"),
    ("r", "divide", "p", "u"),
    ("s", "sigmoid", "r"),
    ("t", "exp", "s"),
    ("w", "square", "q"),
    ("a", "add", "t", "w"),
    ("f", "multiply", "a", "r"),
]
POINT = {"x": rational(2), "y": rational(-3, 2), "z": rational(1, 3)}


def value(nodes: Any, inputs: dict[str, Any]) -> float:
    return float(graph.forward(nodes, inputs)["f"])


def sweep(nodes: Any, inputs: dict[str, Any], **how: Any) -> dict[str, Any]:
    values = graph.forward(nodes, inputs)
    return graph.backward(nodes, graph.local_gradients(nodes, values), {"f": 1}, **how)


def test_the_graph_of_the_lecture() -> None:
    """At (2, 3, 1) f = (x + y) z is 5 and has the gradient (1, 1, 5)."""
    inputs = {"x": 2, "y": 3, "z": 1}
    assert graph.forward(SIMPLE, inputs)["f"] == 5
    found = sweep(SIMPLE, inputs)
    assert [found[name] for name in "xyz"] == [1, 1, 5]


@pytest.mark.parametrize("name", ["x", "y", "z"])
def test_the_sweep_is_the_slope(name: str) -> None:
    """Central differences on exact numbers, so that nothing is lost to rounding."""
    h = rational(1, 10**6)
    up, down = ({**POINT, name: POINT[name] + sign * h} for sign in (1, -1))
    slope = (value(RICH, up) - value(RICH, down)) / float(2 * h)
    assert float(sweep(RICH, POINT)[name]) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("name", ["x", "y", "z"])
def test_the_paths_add_up_to_the_gradient(name: str) -> None:
    local = graph.local_gradients(RICH, graph.forward(RICH, POINT))
    parts = [prod(graph.along(RICH, local, path)) for path in graph.paths(RICH, name, "f")]
    assert float(sum(parts)) == pytest.approx(float(sweep(RICH, POINT)[name]), rel=1e-12)


@pytest.mark.parametrize("operation", ["maximum", "minimum"])
def test_a_tie_halves_the_gradient_as_central_differences_do(operation: str) -> None:
    nodes = [("f", operation, "x", "y")]
    h = rational(1, 8)
    rises = [value(nodes, {"x": 3 + sign * h, "y": 3}) for sign in (1, -1)]
    found = sweep(nodes, {"x": 3, "y": 3})
    assert found["x"] == found["y"] == rational((rises[0] - rises[1]) / float(2 * h))


def test_gates_with_upstream_five() -> None:
    """Add (5, 5), multiply (-15, 10), maximum (5, 0) at (2, -3)."""
    for operation, expected in (("add", (5, 5)), ("multiply", (-15, 10)), ("maximum", (5, 0))):
        nodes = [("f", operation, "x", "y")]
        local = graph.local_gradients(nodes, graph.forward(nodes, {"x": 2, "y": -3}))
        found = graph.backward(nodes, local, {"f": 5})
        assert (found["x"], found["y"]) == expected


def test_letters_and_numbers_agree() -> None:
    sympy = pytest.importorskip("sympy")
    nodes = [("u", "multiply", "x", "y"), ("v", "exp", "u"), ("f", "divide", "v", "z")]
    letters = dict(zip("xyz", sympy.symbols("x y z"), strict=True))
    slope = sympy.diff(sympy.exp(letters["x"] * letters["y"]) / letters["z"], letters["x"])
    assert sympy.simplify(sweep(nodes, letters)["x"] - slope) == 0
