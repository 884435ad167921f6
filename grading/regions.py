"""Pieces of the real line, from intervals, unions or inequalities in one unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from partialcredit.grading.exact_functions import divide
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, names_in, number, walk
from partialcredit.numbers.exact import Number
from partialcredit.numbers.values import Span

__all__ = ["INFINITY", "bounds_of", "is_line", "region"]

INFINITY = Node("constant", (), "infinity")
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NAMES = frozenset({"label", "symbol", "index", "apply"})
_STRAIGHT = frozenset({"symbol", "index", "number", "add", "neg", "mul", "div"})
#: Functions whose values a question may bound.
_VALUES = frozenset(
    {"sigma", "tanh", "relu", "softplus", "softmax", "logsumexp", "silu", "gelu", "Phi", "erf"}
)
_LINE = Span(None, None, False, False)


def region(tree: Node) -> tuple[Span, ...]:
    """Disjoint spans from left to right; raises ``NotANumber`` for anything else."""
    return _merged(_spans(tree))


def _spans(tree: Node) -> list[Span]:
    if tree.op == "union" or _is_enumeration(tree):
        return [span for part in tree.args for span in _spans(part)]
    if is_line(tree):
        return [_LINE]
    if tree.op == "minus":
        return _without(_spans(tree.args[0]), _merged(_spans(tree.args[1])))
    if tree.op == "interval":
        return _span(tree.args, *tree.value)
    if tree.op in ("tuple", "list") and len(tree.args) == 2 and not _is_conditions(tree):
        closed = tree.op == "list"
        return _span(tree.args, closed, closed)
    if tree.op == "set":
        points = [exact_number(arg) for arg in tree.args]
        return [Span(point, point, True, True) for point in points]
    if tree.op == "compare":
        return _from_relation(tree)
    if tree.op == "or":
        return [span for part in tree.args for span in _spans(part)]
    if tree.op in ("and", "intersection") or _is_conditions(tree):
        found = [_LINE]
        for part in tree.args:
            found = [both for a in found for b in _spans(part) if (both := _overlap(a, b))]
        return found
    raise NotANumber("an interval such as (0, 1] or 0 < x <= 1 was expected")


def is_line(tree: Node) -> bool:
    """Whether all real numbers are meant."""
    return tree.op in ("symbol", "reals") and tree.value in (None, "R", "Reals", "reals")


def _is_region(tree: Node) -> bool:
    return tree.op in ("interval", "tuple", "list", "union", "minus", "set") or is_line(tree)


def _is_named(tree: Node) -> bool:
    """``S = [1, 2]``."""
    return tree.value == ("=",) and tree.args[0].op in _NAMES and _is_region(tree.args[1])


def _is_enumeration(tree: Node) -> bool:
    """``(0, 1), (2, 3)`` and ``[1, 4] and (6, 7)``: pieces side by side."""
    return tree.op in ("list", "tuple", "and") and all(map(_is_region, tree.args))


def _is_conditions(tree: Node) -> bool:
    """``x in R, x != 0``."""
    return tree.op in ("list", "tuple") and all(arg.op == "compare" for arg in tree.args)


def _without(spans: list[Span], holes: tuple[Span, ...]) -> list[Span]:
    """What is left of the spans outside the holes."""
    for hole in holes:
        left = Span(None, hole.low, False, not hole.low_closed) if hole.low is not None else None
        right = (
            Span(hole.high, None, not hole.high_closed, False) if hole.high is not None else None
        )
        sides = [side for side in (left, right) if side is not None]
        spans = [both for span in spans for side in sides if (both := _overlap(span, side))]
    return spans


def bounds_of(tree: Node, names: Names) -> Node:
    """``0 < eta < 2/L`` or ``eta in (0, 2/L)`` as an interval; any other tree as it is."""
    if tree.op == "compare" and (tree.value == ("\\in",) or _is_named(tree)):
        return tree.args[1]
    parts = tree.args if tree.op in ("and", "list", "tuple") else (tree,)
    low, high = Node("neg", (INFINITY,)), INFINITY
    closed = [False, False]
    for part in parts:
        at = _lonely(part, names)
        if at is None:
            return tree
        for i, sign in enumerate(part.value):
            if at not in (i, i + 1):
                continue
            sign, other = (sign, part.args[i + 1]) if at == i else (_FLIPPED[sign], part.args[i])
            if sign in ("<", "<="):
                high, closed[1] = other, sign == "<="
            else:
                low, closed[0] = other, sign == ">="
    return Node("interval", (low, high), tuple(closed))


def _lonely(part: Node, names: Names) -> int | None:
    """Which side of an inequality is the unknown the question does not declare."""
    if part.op != "compare" or not set(part.value) <= _FLIPPED.keys():
        return None
    plain = ("symbol", "index", "apply")
    found = [i for i, a in enumerate(part.args) if a.op in plain and a.value not in names.symbols]
    return found[0] if len(found) == 1 else None


def _span(ends: Sequence[Node], low_closed: bool, high_closed: bool) -> list[Span]:
    """One piece, or none where the ends are in the wrong order."""
    low, high = _end(ends[0], -1), _end(ends[1], 1)
    span = _overlap(
        _LINE, Span(low, high, low_closed and low is not None, high_closed and high is not None)
    )
    return [span] if span else []


def _end(node: Node, side: int) -> Number | None:
    if node == INFINITY and side > 0:
        return None
    if node == Node("neg", (INFINITY,)) and side < 0:
        return None
    return exact_number(node)


def _from_relation(tree: Node) -> list[Span]:
    """``0 < x <= 1`` or ``x >= 2``; one unknown, alone on its side."""
    if tree.value == ("\\in",) or _is_named(tree):
        return _spans(tree.args[1])
    unknown = [i for i, arg in enumerate(tree.args) if names_in(arg) or arg.op == "label"]
    if len(tree.args) == 2 and len(unknown) == 1 and tree.args[unknown[0]].value == "abs":
        return _from_distance(tree, unknown[0])
    if len(unknown) != 1 or not _alone(tree.args[unknown[0]]):
        raise NotANumber("an interval or an inequality with the unknown alone was expected")
    if tree.value == ("!=",):
        point = exact_number(tree.args[1 - unknown[0]])
        return _without([_LINE], (Span(point, point, True, True),))
    found = _LINE
    at = unknown[0]
    for i, sign in enumerate(tree.value):
        if at not in (i, i + 1):
            continue
        other = tree.args[i + 1 if at == i else i]
        both = _overlap(found, _half_line(sign if at == i else _FLIPPED.get(sign, sign), other))
        if both is None:
            return []
        found = both
    return [found]


def _alone(side: Node) -> bool:
    """The unknown, or a value of a network that is asked about: ``0 < sigma(z) < 1``."""
    if side.op in ("symbol", "index", "apply", "label"):
        return True
    return side.op == "call" and side.value in _VALUES


def _from_distance(tree: Node, at: int) -> list[Span]:
    """``|x| < 1`` and ``|x| >= 1``."""
    sign = tree.value[0] if at == 0 else _FLIPPED.get(tree.value[0], "")
    bound, inside = exact_number(tree.args[1 - at]), tree.args[at].args[0]
    line = _line(inside)
    if line is None or sign not in _FLIPPED or bound < 0:
        raise NotANumber("an interval or an inequality with the unknown alone was expected")
    slope, start = line
    low, high = (divide(edge - start, slope) for edge in (-bound, bound))
    if low > high:
        low, high = high, low
    closed = sign in ("<=", ">=")
    if sign in ("<", "<="):
        span = _overlap(_LINE, Span(low, high, closed, closed))
        return [span] if span else []
    return [Span(None, low, False, closed), Span(high, None, closed, False)]


def _line(node: Node) -> tuple[Number, Number] | None:
    """Slope and start of a line in one unknown, such as ``2 x - 1``."""
    unknowns = names_in(node)
    if len(unknowns) != 1 or any(part.op not in _STRAIGHT for part in walk(node)):
        return None
    start, one, two = (exact_number(_at(node, x)) for x in (0, 1, 2))
    slope = one - start
    return (slope, start) if slope != 0 and two - one == slope else None


def _at(node: Node, x: int) -> Node:
    """The tree with a number for its unknown."""
    if node.op in ("symbol", "index"):
        return number(x)
    return node._replace(args=tuple(_at(arg, x) for arg in node.args))


def _half_line(sign: str, node: Node) -> Span:
    if node in (INFINITY, Node("neg", (INFINITY,))):
        return _LINE
    value = exact_number(node)
    if sign in ("<", "<="):
        return Span(None, value, False, sign == "<=")
    if sign in (">", ">="):
        return Span(value, None, sign == ">=", False)
    if sign == "=":
        return Span(value, value, True, True)
    raise NotANumber("an inequality was expected")


def _overlap(a: Span, b: Span) -> Span | None:
    low, low_closed = _tighter(a.low, a.low_closed, b.low, b.low_closed, lambda x, y: x > y)
    high, high_closed = _tighter(a.high, a.high_closed, b.high, b.high_closed, lambda x, y: x < y)
    if low is not None and high is not None and low >= high:
        point = low == high and low_closed and high_closed
        if not point:
            return None
    return Span(low, high, low_closed, high_closed)


def _tighter(
    a: Number | None,
    a_closed: bool,
    b: Number | None,
    b_closed: bool,
    within: Callable[[Any, Any], bool],
) -> tuple[Number | None, bool]:
    if a is None or (b is not None and within(b, a)):
        return b, b_closed
    if b is None or within(a, b):
        return a, a_closed
    return a, a_closed and b_closed


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Sorted, with touching pieces joined."""
    found: list[Span] = []
    for span in _sorted(spans):
        if found and _touch(found[-1], span):
            found[-1] = _joined(found[-1], span)
        else:
            found.append(span)
    return tuple(found)


def _sorted(spans: list[Span]) -> list[Span]:
    infinite = [span for span in spans if span.low is None]
    finite = [span for span in spans if span.low is not None]
    finite.sort(key=lambda span: (span.low, not span.low_closed))
    return infinite + finite


def _touch(a: Span, b: Span) -> bool:
    if a.high is None or b.low is None:
        return True
    return a.high > b.low or (a.high == b.low and (a.high_closed or b.low_closed))


def _joined(a: Span, b: Span) -> Span:
    if a.high is None or b.high is None:
        return Span(a.low, None, a.low_closed, False)
    if a.high == b.high:
        return Span(a.low, a.high, a.low_closed, a.high_closed or b.high_closed)
    last = a if a.high > b.high else b
    return Span(a.low, last.high, a.low_closed, last.high_closed)
