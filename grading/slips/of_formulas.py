"""What turns one formula into another that a student is likely to give instead."""

from __future__ import annotations

from collections.abc import Iterator

from partialcredit.grading.equality import same_function
from partialcredit.grading.evaluation.arithmetic import Value, overlaps
from partialcredit.grading.evaluation.evaluate import evaluate
from partialcredit.grading.evaluation.matrices import Undefined
from partialcredit.grading.evaluation.points import Point, generic_points
from partialcredit.grading.reader.names import Names
from partialcredit.grading.slips.of_numbers import CHANGES
from partialcredit.grading.tree import Node, names_in, number, symbol, walk

__all__ = ["formula_slip"]


def formula_slip(key: Node, answer: Node, names: Names) -> str:
    """The slip that turns a formula into another."""
    point, value = _first_value(answer, names)
    for sentence, changed in _formula_changes(key, names) if point is not None else ():
        if _meets(changed, value, point) and _same(changed, answer, names):
            return sentence
    for sentence, reading in _other_readings(answer):
        if _same(key, reading, names):
            return sentence
    return ""


def _same(a: Node, b: Node, names: Names) -> bool:
    return same_function(a, b, names).outcome == "equivalent"


def _first_value(tree: Node, names: Names) -> tuple[Point | None, Value]:
    """A point where the tree has a value: most candidates already fail there."""
    for point in generic_points(names.symbols, 1, complex_=names.complex):
        if point.number > 8:
            break
        try:
            return point, evaluate(tree, point)
        except Undefined:
            continue
    return None, None


def _meets(tree: Node, value: Value, point: Point | None) -> bool:
    try:
        return point is not None and overlaps(evaluate(tree, point), value)
    except Undefined:
        return False


def _formula_changes(key: Node, names: Names) -> Iterator[tuple[str, Node]]:
    if names.has_matrices:
        yield "Your answer is the transpose of the right one.", Node("transpose", (key,))
        yield "The sign is wrong.", Node("neg", (key,))
        yield CHANGES[1][0], CHANGES[1][1](key)
        yield CHANGES[2][0], CHANGES[2][1](key)
        return
    for sentence, change in CHANGES:
        yield sentence, change(key)
    counters = [n for n in names_in(key) if names.symbols.get(n, "").endswith("integer")]
    for name in sorted(counters)[:3]:
        for step, word in ((1, "too far"), (-1, "short")):
            yield f"{name} runs one step {word}.", _shifted(key, name, step)
    for a, b in _pairs(sorted(names_in(key))[:5]):
        yield f"{a} and {b} are exchanged.", _exchanged(key, a, b)


def _pairs(names: list[str]) -> Iterator[tuple[str, str]]:
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            yield a, b


def _shifted(node: Node, name: str, step: int) -> Node:
    moved = Node("add", (symbol(name), number(step)))
    return _replaced(node, {name: moved})


def _exchanged(node: Node, a: str, b: str) -> Node:
    return _replaced(node, {a: symbol(b), b: symbol(a)})


def _replaced(node: Node, new: dict[str, Node]) -> Node:
    if node.op == "symbol":
        return new.get(node.value, node)
    return node._replace(args=tuple(_replaced(arg, new) for arg in node.args))


def _other_readings(answer: Node) -> Iterator[tuple[str, Node]]:
    """``1/2x`` read as 1/(2x): right if brackets had been written."""
    if any(node.op == "mul" and node.args[0].op == "div" for node in walk(answer)):
        yield (
            "Read from left to right, a/b*c is (a/b)*c; if a/(b*c) was meant, write the brackets.",
            _product_below(answer),
        )


def _product_below(node: Node) -> Node:
    args = tuple(map(_product_below, node.args))
    if node.op == "mul" and args[0].op == "div":
        top, bottom = args[0].args
        return Node("div", (top, Node("mul", (bottom, args[1]))))
    return node._replace(args=args)
