"""Where an expression bends, jumps or names a number: points on both sides and at the spot."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from partialcredit.grading.evaluation.evaluate import scalar
from partialcredit.grading.evaluation.matrices import Undefined
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.tree import Node, names_in, walk

__all__ = ["kinks", "landmarks", "special_points"]

_BENDS = frozenset({"abs", "relu", "sign", "step", "floor", "ceil", "sqrt", "cbrt"})
_STEPS = tuple(fmpq(n, d) for n, d in ((0, 1), (-1, 1), (1, 1), (-1, 1 << 40), (1, 1 << 40)))
#: How far from an irrational root its rational stand-in may be.
_SLACK = fmpq(1, 1 << 32)
#: At most this many special points; each costs two evaluations.
_MOST = 48


def kinks(*trees: Node) -> list[Node]:
    """Expressions that vanish where a tree bends or jumps."""
    found: dict[Node, None] = {}
    for tree in trees:
        for node in walk(tree):
            for kink in _kinks_at(node):
                if names_in(kink):
                    found[kink] = None
    return list(found)


def _kinks_at(node: Node) -> Iterator[Node]:
    if node.op == "call" and node.value in _BENDS and len(node.args) == 1:
        yield _base(node.args[0])
    elif node.op == "call" and node.value in ("max", "min"):
        for i, a in enumerate(node.args):
            for b in node.args[i + 1 :]:
                yield _minus(a, b)
    elif node.op == "compare":
        for a, b in zip(node.args, node.args[1:], strict=False):
            yield _minus(a, b)


def _base(node: Node) -> Node:
    """The root of sqrt((x - 50)^2) is where x - 50 vanishes."""
    return node.args[0] if node.op == "pow" and node.args[1].op == "number" else node


def _minus(a: Node, b: Node) -> Node:
    return Node("add", (a, Node("neg", (b,))))


def landmarks(*trees: Node) -> list[fmpq]:
    """Zero, one and the numbers written in the trees: a condition may single them out."""
    found = {fmpq(0): None, fmpq(1): None}
    for tree in trees:
        for node in walk(tree):
            if node.op == "number" and node.value.height_bits() < 64:
                for value in (node.value, -node.value, *_small(node.value)):
                    found[value] = None
    return list(found)


def _small(value: fmpq) -> tuple[fmpq, ...]:
    """Near zero tanh(1000000 x) does not yet look like sign(x)."""
    return (1 / value,) if abs(value) > 30 else ()


def special_points(trees: tuple[Node, ...], symbols: list[str], point: Point) -> Iterator[Point]:
    """The point moved to each kink and landmark, and to both sides of each kink."""
    left = _MOST
    for kink in kinks(*trees):
        for name in sorted(names_in(kink) & set(symbols)):
            root = _linear_root(kink, name, point)
            slack = None
            if root is None:
                root, slack = _secant(kink, name, point), _SLACK
            if root is None:
                continue
            for step in _STEPS:
                if _belongs(root + step, point.domains.get(name, "real")):
                    left -= 1
                    moved = point.moved(name, root + step)
                    moved.slack = None if step else slack
                    yield moved
            if left < 0:
                return
    for value in landmarks(*trees)[:12]:
        for name in symbols[:4]:
            if left > 0 and _belongs(value, point.domains.get(name, "real")):
                left -= 1
                yield point.moved(name, value)


def _belongs(value: fmpq, domain: str) -> bool:
    if domain == "positive":
        return bool(value > 0)
    if domain == "unit":
        return bool(0 < value < 1)
    if domain in ("integer", "positive integer"):
        return bool(value.q == 1 and (domain == "integer" or value > 0) and abs(value) < 300)
    return domain == "real"


def _linear_root(kink: Node, name: str, point: Point) -> fmpq | None:
    """Where the kink vanishes along one symbol, exactly, if it is linear there."""
    try:
        x0, x1 = fmpq(0), fmpq(1)
        y0, y1 = (scalar(kink, point.moved(name, x)) for x in (x0, x1))
        if isinstance(y0, fmpq) and isinstance(y1, fmpq) and y0 != y1:
            root = y0 / (y0 - y1)
            if scalar(kink, point.moved(name, root)) == 0:
                return root
    except Undefined:
        pass
    return None


def _secant(kink: Node, name: str, point: Point) -> fmpq | None:
    """A rational next to a root: a student's boundary need not be a rational number."""
    try:
        x0, x1 = 0.9, 1.1
        y0, y1 = (_float(kink, name, x, point) for x in (x0, x1))
        for _ in range(12):
            if y1 == y0:
                return None
            x0, x1, y0 = x1, x1 - y1 * (x1 - x0) / (y1 - y0), y1
            if not abs(x1) < 1e6:
                return None
            y1 = _float(kink, name, x1, point)
            if abs(y1) < 1e-12:
                return _nice(x1)
    except (Undefined, OverflowError):
        pass
    return None


def _float(kink: Node, name: str, x: float, point: Point) -> float:
    return float(scalar(kink, point.moved(name, fmpq(int(x * 2**40), 2**40))))


def _nice(x: float) -> fmpq:
    """The simplest rational close by."""
    from fractions import Fraction

    simple = Fraction(x).limit_denominator(1000)
    close = simple if abs(float(simple) - x) < 1e-9 else Fraction(x).limit_denominator(10**9)
    return fmpq(close.numerator, close.denominator)
