"""When two keys agree, and when they are far enough apart to be told apart.

Agreement is the witness's question: floats with an error bound against an exact key. Separation
is the marker's: two keys that differ by several times the tolerance a student is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from partialcredit.grading.nested import flatten, is_row, mapped, shape_of
from partialcredit.grading.precision import Precision
from partialcredit.numbers.exact import NUMBERS
from partialcredit.numbers.rationals import rational

if TYPE_CHECKING:
    from partialcredit.draw import Draw

__all__ = [
    "FLOAT_ERROR", "apart", "at", "deviation", "drawn_points", "formulas_apart", "nudged_number",
]  # fmt: skip

#: Relative error granted to a witness that computes in floats.
FLOAT_ERROR = 1e-9

#: Keys closer than this many tolerances count as one answer; a key off by as many is wrong.
SEPARATION = 5

#: The smallest relative error that a witness has to catch in an exact key.
SMALLEST = rational(1, 10**6)

#: Formulas whose values differ by less at every point count as one.
FORMULA_ERROR = 1e-6

#: Draws that many numbers; whole ones differ, because too many formulas agree where all are 1.
DOMAINS: Mapping[str, Callable[[Draw, int], Sequence[float]]] = {
    "real": lambda draw, count: [draw.real(-2.0, 2.0) for _ in range(count)],
    "positive": lambda draw, count: [draw.real(0.3, 3.0) for _ in range(count)],
    "unit": lambda draw, count: [draw.real(0.1, 0.9) for _ in range(count)],
    "integer": lambda draw, count: draw.integers(count, -4, 6, distinct=True),
    "positive integer": lambda draw, count: draw.integers(count, 1, 6, distinct=True),
}


def drawn_points(symbols: Mapping[str, str], draw: Draw, count: int) -> list[dict[str, float]]:
    """Numbers for declared symbols, drawn from their domains."""
    drawn = {name: DOMAINS[domain](draw, count) for name, domain in symbols.items()}
    return [{name: numbers[i] for name, numbers in drawn.items()} for i in range(count)]


def at_point(value: Any, point: Mapping[str, float]) -> Any:
    """A SymPy expression's value where its symbols have these values; a number as it is."""
    formula = hasattr(type(value), "free_symbols")  # the symbols themselves take long to find
    return _compiled(value)(point) if formula else value


@lru_cache(maxsize=4096)
def _compiled(expression: Any) -> Callable[..., Any]:
    from sympy import lambdify

    symbols = sorted(expression.free_symbols, key=str)
    function = lambdify(symbols, expression, modules=["math"])
    names = [str(symbol) for symbol in symbols]
    return lambda point: function(*[point[name] for name in names])


_SEVERAL = (tuple, list, frozenset)
_FLOATS = (float, int)


def deviation(key: Any, witness: Any, error: float) -> float:
    """The largest relative error of a witness's numbers, ``inf`` where one is off by more.

    Truth values and missing ends of an interval must be the same.
    """
    if not isinstance(key, _SEVERAL) and isinstance(witness, _FLOATS):
        return _off(key, witness, error)
    ours, theirs = flatten(key), flatten(witness)
    if len(ours) != len(theirs) or (is_row(key) and shape_of(key) != shape_of(witness)):
        return inf
    return max(map(_off, ours, theirs, repeat(error)), default=0.0)


def _off(a: Any, b: Any, error: float) -> float:
    """The relative error of one entry, ``inf`` where it is off by more."""
    if a is None or b is None or isinstance(a, bool):  # an interval's open or infinite end
        return 0.0 if a is b or a == b else inf
    x, y = float(a), float(b)
    gap, scale = abs(x - y), max(1.0, abs(x))
    return gap / scale if isfinite(gap) and gap <= error + FLOAT_ERROR * scale else inf


def at(value: Any, point: Mapping[str, float]) -> Any:
    """Nested tuples or a set with every formula's value at a point."""
    if isinstance(value, frozenset):
        return frozenset(at_point(entry, point) for entry in value)
    return mapped(lambda entry: at_point(entry, point), value)


def apart(a: Any, b: Any, precision: Precision) -> bool:
    """Whether no answer at this precision can be taken for both keys."""
    if precision.exact:
        return bool(a != b)

    def allowed(x: float) -> float:
        return max(SEPARATION * precision.width(x), FLOAT_ERROR * max(1.0, abs(x)))

    if isinstance(a, NUMBERS) and isinstance(b, NUMBERS):
        x = float(a)
        return abs(x - float(b)) > allowed(x)
    return _entries_apart(a, b, allowed)


def formulas_apart(a: Any, b: Any, point: Mapping[str, float]) -> bool:
    """Whether values with formulas among their entries differ at a point."""
    return _entries_apart(at(a, point), at(b, point), lambda x: FORMULA_ERROR * max(1.0, abs(x)))


def _entries_apart(a: Any, b: Any, allowed: Callable[[float], float]) -> bool:
    """Whether shapes, truth values or missing ends differ, or a number by more than is allowed."""
    ours, theirs = flatten(a), flatten(b)
    if len(ours) != len(theirs) or (is_row(a) and shape_of(a) != shape_of(b)):
        return True
    for x, y in zip(ours, theirs, strict=True):
        if x is None or y is None or isinstance(x, bool):
            if x is not y and x != y:
                return True
        else:
            number = float(x)
            if abs(number - float(y)) > allowed(number):
                return True
    return False


def nudged_number(x: Any, precision: Precision) -> Any:
    """A number pushed off by as many tolerances as tell two keys apart; a formula a millionth."""
    if hasattr(x, "free_symbols"):
        return x * (1 + SMALLEST)
    size = float(x)
    step = rational(SEPARATION * precision.width(size))
    return x + max(step, SMALLEST * rational(max(1.0, abs(size))))
