"""Whether two relations hold at the same points.

Equations are compared by their solutions: each is solved for one unknown after another and the
other must hold there. Inequalities are compared on both sides of every boundary and on it.
Applications such as ``LSE(x)`` count as unknowns of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from zlib import crc32

from flint import ctx, fmpq

from partialcredit.grading.evaluation.arithmetic import Value, overlaps
from partialcredit.grading.evaluation.evaluate import evaluate, holds
from partialcredit.grading.evaluation.kinks import special_points
from partialcredit.grading.evaluation.matrices import SizeMismatch, Undefined
from partialcredit.grading.evaluation.points import Point, generic_points
from partialcredit.grading.kind import Verdict
from partialcredit.grading.reader.names import Names
from partialcredit.grading.regions import INFINITY, is_line
from partialcredit.grading.tree import Node, names_in, symbol, walk
from partialcredit.grading.writing.show import show

__all__ = ["listed", "same_relation", "with_plain_names"]

_BITS = 128
_BASES = 12
_EQUIVALENT = Verdict("equivalent", "numeric", share=Fraction(1))
_UNDECIDED = Verdict("undecided", "", "The relations have no common points to compare at.")


def same_relation(key: Node, answer: Node, names: Names) -> Verdict:
    """Compare two relations, chains of relations or conditions joined by and/or."""
    key, answer = listed(key), listed(answer)
    if answer.op not in ("compare", "and", "or", "not"):
        return Verdict("different", "exact", "The answer is a relation: an equation or inequality.")
    key, answer = _unknowns(key), _unknowns(answer)
    if key == answer:
        return Verdict("equivalent", "exact", share=Fraction(1))
    with ctx.workprec(_BITS):
        return _compared(key, answer, names)


def listed(node: Node) -> Node:
    """``[1 < x, x < 3]``: a list of conditions holds where all hold."""
    conditions = ("compare", "and", "or", "not")
    if node.op in ("list", "tuple", "set") and all(arg.op in conditions for arg in node.args):
        return Node("and", node.args)
    return node


def with_plain_names(node: Node) -> Node:
    """Each application of an unknown function becomes a symbol."""
    if node.op == "apply":
        return symbol(show(node))
    return node._replace(args=tuple(map(with_plain_names, node.args))) if node.args else node


def _unknowns(node: Node) -> Node:
    """Applications as symbols, and a region on the right as inequalities."""
    if node.op == "apply":
        return symbol(show(node))
    if node.op == "compare" and node.value == ("\\in",):
        return _inside(node.args[0], node.args[1])
    return node._replace(args=tuple(map(_unknowns, node.args))) if node.args else node


def _inside(unknown: Node, region: Node) -> Node:
    """``p in (0, 1]`` as inequalities."""
    if is_line(region):
        return Node("compare", (unknown, unknown), ("=",))
    if region.op == "minus":
        inside, outside = (_inside(unknown, part) for part in region.args)
        return Node("and", (inside, Node("not", (outside,))))
    if region.op == "union":
        return Node("or", tuple(_inside(unknown, part) for part in region.args))
    if region.op == "set":
        return Node("or", tuple(Node("compare", (unknown, x), ("=",)) for x in region.args))
    if region.op not in ("interval", "tuple", "list") or len(region.args) != 2:
        return Node("compare", (unknown, region), ("\\in",))
    closed = region.value if region.op == "interval" else (region.op == "list",) * 2
    low, high = region.args
    signs = ["<=" if included else "<" for included in closed]
    sides = [low, unknown, high]
    if high == INFINITY:
        sides.pop()
        signs.pop()
    if low == Node("neg", (INFINITY,)):
        sides.pop(0)
        signs.pop(0)
    return Node("compare", tuple(sides) if signs else (unknown, unknown), tuple(signs) or ("=",))


def _compared(key: Node, answer: Node, names: Names) -> Verdict:
    seed = crc32(repr(key).encode()) ^ crc32(repr(answer).encode())
    symbols = sorted(names_in(key) | names_in(answer))
    proportional = _proportional(key, answer, names, seed)
    if proportional is not None:
        return proportional
    seen, hits = 0, 0
    try:
        for point in _points(key, answer, names, symbols, seed):
            try:
                ours, theirs = holds(key, point), holds(answer, point)
            except SizeMismatch:
                raise
            except Undefined:
                continue
            if ours != theirs:
                return Verdict("different", "proved", _where(ours))
            seen, hits = seen + 1, hits + ours
    except SizeMismatch as error:
        return Verdict("different", "exact", f"The sizes do not fit: {error}.")
    if not symbols:
        return _EQUIVALENT if seen else _UNDECIDED
    if seen < 6 or hits == 0 or (hits == seen and _is_equation(key)):
        return _UNDECIDED
    return _EQUIVALENT


def _where(ours: bool) -> str:
    if ours:
        return "Some values that should be allowed are not allowed by your relation."
    return "Your relation allows values that should not be allowed."


def _points(
    key: Node, answer: Node, names: Names, symbols: list[str], seed: int
) -> Iterator[Point]:
    if not symbols:
        yield Point(names.symbols, 0, seed)
    for point in generic_points(names.symbols, seed, complex_=names.complex):
        if point.number >= _BASES:
            return
        for name in symbols:
            point.symbol(name)
        yield point
        if point.number < _BASES - 4:
            yield from special_points((key, answer), names.scalars(symbols), point)


def _is_equation(node: Node) -> bool:
    return any(part.op == "compare" and "=" in part.value for part in walk(node))


def _proportional(key: Node, answer: Node, names: Names, seed: int) -> Verdict | None:
    """Two single equations whose sides differ by a constant factor have the same solutions."""
    if not (_single_equation(key) and _single_equation(answer)):
        return None
    ratios: list[Value] = []
    for point in generic_points(names.symbols, seed, complex_=names.complex):
        if point.number > 24 or len(ratios) == 6:
            break
        try:
            ours, theirs = _difference(key, point), _difference(answer, point)
            if overlaps(ours, fmpq(0)) or overlaps(theirs, fmpq(0)):
                continue
            ratios.append(ours / theirs)
        except SizeMismatch as error:
            return Verdict("different", "exact", f"The sizes do not fit: {error}.")
        except (Undefined, TypeError):
            continue
    if len(ratios) >= 4 and all(overlaps(ratio, ratios[0]) for ratio in ratios):
        return _EQUIVALENT
    return None


def _single_equation(node: Node) -> bool:
    return node.op == "compare" and node.value == ("=",)


def _difference(equation: Node, point: Point) -> Value:
    left, right = equation.args
    return evaluate(Node("add", (left, Node("neg", (right,)))), point)
