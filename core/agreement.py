"""When two values of one kind agree, and when they are far enough apart to be told apart.

Agreement is the witness's question: floats with an error bound against an exact key. Separation
is the marker's: two keys that differ by several times the tolerance a student is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import floor, inf, isfinite, log10
from typing import Any

from partialcredit.draw import Draw
from partialcredit.grading.kind import Kind

__all__ = ["deviation", "flatten", "points", "separated", "tolerance"]

#: Relative error granted to a witness that computes in floats.
FLOAT_ERROR = 1e-9

#: Keys closer than this many tolerances count as one answer.
SEPARATION = 5

#: Draws that many numbers; whole ones differ, because too many formulas agree where all are 1.
DOMAINS: dict[str, Callable[[Draw, int], Sequence[float]]] = {
    "real": lambda draw, count: [draw.real(-2.0, 2.0) for _ in range(count)],
    "positive": lambda draw, count: [draw.real(0.3, 3.0) for _ in range(count)],
    "unit": lambda draw, count: [draw.real(0.1, 0.9) for _ in range(count)],
    "integer": lambda draw, count: draw.integers(count, -4, 6, distinct=True),
    "positive integer": lambda draw, count: draw.integers(count, 1, 6, distinct=True),
}


def points(kind: Kind, draw: Draw, count: int = 2) -> list[dict[str, float]]:
    """Numbers for the symbols of a formula, drawn from their domains."""
    symbols: Mapping[str, str] = kind.symbols if kind.name == "expression" else {}  # type: ignore[attr-defined]
    drawn = {name: DOMAINS[domain](draw, count) for name, domain in symbols.items()}
    return [{name: numbers[i] for name, numbers in drawn.items()} for i in range(count)]


@lru_cache(maxsize=4096)
def _compiled(expression: Any) -> Callable[..., Any]:
    from sympy import lambdify

    symbols = sorted(expression.free_symbols, key=str)
    function = lambdify(symbols, expression, modules=["math"])
    names = [str(symbol) for symbol in symbols]
    return lambda point: function(*[point[name] for name in names])


def flatten(value: Any) -> list[Any]:
    """The entries of nested tuples, spans and sets, in order; a scalar is its own only entry."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [entry for item in value for entry in flatten(item)]
    return [value]


def shape(value: Any) -> tuple[int, ...]:
    """The shape of nested tuples."""
    return (len(value), *shape(value[0])) if isinstance(value, tuple) and value else ()


def deviation(
    kind: Kind, key: Any, witness: Any, error: float, point: Mapping[str, float]
) -> float:
    """How far the witness is from the key: 0 for agreement, ``inf`` for any disagreement.

    In between stands the relative error of numbers that agree within ``error``.
    """
    if kind.name == "expression":
        key = _compiled(key)(point)
    if kind.name in ("real", "array", "set", "interval", "expression"):
        return _numeric(key, witness, error)
    if kind.name == "relation":
        right = [_holds(kind, key, place) == holds for place, holds in witness]
        return 0.0 if right and all(right) else inf
    return 0.0 if key == witness else inf


def _holds(kind: Kind, key: str, place: Mapping[str, float]) -> bool:
    """Whether a relation holds where its names have these values.

    The value of a function the question leaves undefined stands under its application as the
    relation writes it: ``{"p": 3, "n": 2, "LSE(x)": 3.13}``. Integers are exact; floats stand for
    all numbers within the error granted to a witness, and numbers that may be equal count as equal.
    """
    from partialcredit.grading.evaluation.evaluate import holds
    from partialcredit.grading.evaluation.points import Point

    values = {name: _ball(value) for name, value in place.items()}
    return holds(_relation(key, kind.names), Point({}, 0, 0, values))  # type: ignore[attr-defined]


def _ball(value: float) -> Any:
    from flint import arb, fmpq

    if isinstance(value, int):
        return fmpq(value)
    return arb(float(value), FLOAT_ERROR * max(1.0, abs(value)))


@lru_cache(maxsize=1024)
def _relation(key: str, names: Any) -> Any:
    """A relation as a tree, with each application of an undefined function as one name."""
    from partialcredit.grading.reader.reading import read_tree
    from partialcredit.grading.tree import Node, symbol
    from partialcredit.grading.writing.show import show

    def named(node: Node) -> Node:
        if node.op == "apply":
            return symbol(show(node))
        return node._replace(args=tuple(map(named, node.args)))

    return named(read_tree(key, names))


def _numeric(key: Any, witness: Any, error: float) -> float:
    ours, theirs = flatten(key), flatten(witness)
    if len(ours) != len(theirs) or (shape(key) != shape(witness) and isinstance(key, tuple)):
        return inf
    worst = 0.0
    for a, b in zip(ours, theirs, strict=True):
        if a is None or b is None or isinstance(a, bool):  # an interval's open or infinite end
            if a is not b and a != b:
                return inf
            continue
        x, y = float(a), float(b)
        gap = abs(x - y)
        scale = max(1.0, abs(x))
        if not isfinite(gap) or gap > error + FLOAT_ERROR * scale:
            return inf
        worst = max(worst, gap / scale)
    return worst


def tolerance(kind: Kind, key: float) -> float:
    """Half a unit of the rounding that the question asks for; 0 for an exact answer."""
    allowed = getattr(kind, "tolerance", None)
    if allowed is not None:
        return float(allowed)
    places, digits = getattr(kind, "places", None), getattr(kind, "digits", None)
    if places is None and digits is not None and key != 0:
        places = digits - 1 - floor(log10(abs(key)))
    return 0.0 if places is None else 0.5 * 10.0**-places


def separated(kind: Kind, a: Any, b: Any, point: Mapping[str, float]) -> bool:
    """Whether no answer can be taken for both ``a`` and ``b``; formulas are told at ``point``."""
    if kind.name == "expression":
        x, y = _compiled(a)(point), _compiled(b)(point)
        return bool(abs(x - y) > 1e-6 * max(1.0, abs(x)))
    if kind.name not in ("real", "array", "set", "interval") or _is_exact(kind):
        return bool(a != b)
    ours, theirs = flatten(a), flatten(b)
    if len(ours) != len(theirs) or (isinstance(a, tuple) and shape(a) != shape(b)):
        return True
    return any(_apart(kind, x, y) for x, y in zip(ours, theirs, strict=True))


def _is_exact(kind: Kind) -> bool:
    """Whether the question asks for the number itself, not for a rounding of it."""
    return all(getattr(kind, name, None) is None for name in ("digits", "places", "tolerance"))


def _apart(kind: Kind, a: Any, b: Any) -> bool:
    if a is None or b is None or isinstance(a, bool):
        return bool(a is not b and a != b)
    x, y = float(a), float(b)
    return abs(x - y) > max(SEPARATION * tolerance(kind, x), FLOAT_ERROR * max(1.0, abs(x)))
