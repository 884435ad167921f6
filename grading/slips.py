"""Common slips, named to the student once an answer is known to be wrong.

Each row of a table says what would turn the key into the answer; the first that does is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from partialcredit.exact import Exact
from partialcredit.grading.equality import same_function
from partialcredit.grading.evaluate import evaluate
from partialcredit.grading.exact_text import exact_tree
from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.kind import Answer, Kind
from partialcredit.grading.kinds.array import flatten, shape_of
from partialcredit.grading.matrices import Undefined
from partialcredit.grading.names import Names
from partialcredit.grading.points import Point, generic_points
from partialcredit.grading.precision import Precision
from partialcredit.grading.tree import Node, call, names_in, number, symbol, walk
from partialcredit.grading.values import Value, overlaps

__all__ = ["describe_slip", "formula_slip", "number_slip"]

Change = Callable[[Node], Node]

ONE, TWO = number(1), number(2)


def _times(factor: Node) -> Change:
    return lambda key: Node("mul", (factor, key))


def _over(factor: Node) -> Change:
    return lambda key: Node("div", (key, factor))


def _plus(term: int) -> Change:
    return lambda key: Node("add", (key, number(term)))


_SCALAR: tuple[tuple[str, Change], ...] = (
    ("The sign is wrong.", lambda key: Node("neg", (key,))),
    ("Your answer is twice the right one: look for a missing factor 1/2.", _times(TWO)),
    ("Your answer is half the right one: look for a missing factor 2.", _over(TWO)),
    ("Your answer is a hundred times the right one: is it a percentage?", _times(number(100))),
    ("Your answer is a hundredth of the right one: is it a percentage?", _over(number(100))),
    ("Your answer is the reciprocal of the right one.", lambda key: Node("div", (ONE, key))),
    (
        "Your answer is the square of the right one: take the root.",
        lambda key: Node("pow", (key, TWO)),
    ),
    ("Your answer is the square root of the right one.", lambda key: call("sqrt", key)),
    ("Your answer is one too many.", _plus(1)),
    ("Your answer is one too few: look for a missing + 1.", _plus(-1)),
    (
        "Your answer is one minus the right one.",
        lambda key: Node("add", (ONE, Node("neg", (key,)))),
    ),
    ("The logarithm has base 2 where the natural one is meant.", _over(call("log", TWO))),
    ("The logarithm is natural where base 2 is meant.", _times(call("log", TWO))),
    ("The logarithm has base 10 where the natural one is meant.", _over(call("log", number(10)))),
)


def describe_slip(kind: Kind, key: Any, answer: Answer) -> str:
    """One sentence about what probably went wrong; empty when nothing fits."""
    describe = _BY_KIND.get(kind.name)
    return describe(kind, key, answer) if describe is not None else ""


# -- numbers ------------------------------------------------------------------------------------


def number_slip(key: Any, value: Any, precision: Precision) -> str:
    """The slip that turns a number into another, at the precision asked for."""
    if not isinstance(key, int | Fraction | Exact) or not isinstance(value, int | Fraction | Exact):
        return ""
    tree = exact_tree(key)
    for sentence, change in _SCALAR:
        try:
            if key != 0 and precision.agrees(exact_number(change(tree)), value):
                return sentence
        except NotANumber:
            continue
    return _power_of_ten(key, value, precision) or _near(key, value, precision)


def _power_of_ten(key: Any, value: Any, precision: Precision) -> str:
    if key == 0 or value == 0:
        return ""
    for shift in range(-9, 10):
        if shift and precision.agrees(key * Fraction(10) ** shift, value):
            return "The digits are right, the decimal point is not: check the power of ten."
    return ""


def _near(key: Any, value: Any, precision: Precision) -> str:
    """Rounded too early, a divisor n - 1 for n, or a small part of a count forgotten."""
    if key == 0:
        return ""
    for n in range(3, 13):
        if precision.agrees(key * Fraction(n, n - 1), value):
            return f"Check the divisor: perhaps {n - 1} stands where {n} is meant."
        if precision.agrees(key * Fraction(n - 1, n), value):
            return f"Check the divisor: perhaps {n} stands where {n - 1} is meant."
    gap = abs(key - value)
    if not precision.exact and gap <= 20 * precision.margin(key):
        return "Close, but the last digits differ: round only once, at the end."
    if isinstance(key, int) and isinstance(value, int) and gap * 50 <= abs(key):
        return "Close: a small part is missing or counted twice, such as the biases."
    return ""


# -- formulas -----------------------------------------------------------------------------------


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
        yield _SCALAR[1][0], _SCALAR[1][1](key)
        yield _SCALAR[2][0], _SCALAR[2][1](key)
        return
    for sentence, change in _SCALAR:
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


# -- arrays and the rest ------------------------------------------------------------------------


def array_slip(key: Any, value: Any, precision: Precision) -> str:
    """Transposed, reversed, reordered or scaled as a whole."""
    ours, theirs = shape_of(key), shape_of(value)
    if len(ours) == 2 and ours == theirs[::-1]:
        flipped = tuple(zip(*value, strict=True))
        if _all_agree(key, flipped, precision):
            return "Your array is the transpose of the right one."
    if ours != theirs:
        return ""
    a, b = flatten(key), flatten(value)
    if _all_agree(tuple(a), tuple(reversed(b)), precision):
        return "The entries are right but in reverse order."
    if len(a) > 1 and all(
        precision.agrees(x, y) for x, y in zip(sorted(a), sorted(b), strict=True)
    ):
        return "The entries are right but in another order."
    for sentence, factor in (
        ("The sign of every entry is wrong.", Fraction(-1)),
        ("Every entry is twice the right one: look for a missing factor 1/2.", Fraction(2)),
        ("Every entry is half the right one: look for a missing factor 2.", Fraction(1, 2)),
    ):
        if all(precision.agrees(x * factor, y) for x, y in zip(a, b, strict=True)):
            return sentence
    wrong = sum(not precision.agrees(x, y) for x, y in zip(a, b, strict=True))
    return f"{wrong} of {len(a)} entries {'is' if wrong == 1 else 'are'} wrong."


def _all_agree(key: Any, value: Any, precision: Precision) -> bool:
    pairs = zip(flatten(key), flatten(value), strict=True)
    return all(precision.agrees(a, b) for a, b in pairs)


def shape_slip(key: tuple[int, ...], value: tuple[int, ...]) -> str:
    """Axes swapped, missing, or one of them off."""
    if sorted(key) == sorted(value):
        return "The sizes are right but the axes are in another order."
    if len(key) != len(value):
        return f"The shape has {len(key)} axes, yours has {len(value)}."
    wrong = [i + 1 for i, (a, b) in enumerate(zip(key, value, strict=True)) if a != b]
    return f"The size of axis {', '.join(map(str, wrong))} is wrong."


def _interval_slip(_kind: Kind, key: Any, answer: Answer) -> str:
    if len(key) != len(answer.value):
        return f"The answer has {len(key)} {'piece' if len(key) == 1 else 'pieces'}."
    return ""


def _set_slip(_kind: Kind, key: Any, answer: Answer) -> str:
    missing, extra = len(key - answer.value), len(answer.value - key)
    if not extra and missing:
        return f"{missing} of the {len(key)} elements {'is' if missing == 1 else 'are'} missing."
    if not missing and extra:
        return f"{extra} of your elements {'does' if extra == 1 else 'do'} not belong."
    if key == frozenset(-x for x in answer.value):
        return "The sign of every element is wrong."
    return ""


def _expression_slip(kind: Kind, key: Any, answer: Answer) -> str:
    from partialcredit.grading.kinds.expression import formula_sides, key_tree

    names = kind.names  # type: ignore[attr-defined]
    sides = formula_sides(getattr(answer, "tree", None) or key_tree(answer.value, names), names)
    return formula_slip(key_tree(key, names), sides[-1], names) if sides else ""


def _order_slip(kind: Kind, key: Any, answer: Answer) -> str:
    share = kind.compare(key, answer).share
    steps = len(answer.value)
    return f"{int(share * steps)} of {steps} are in their place."


def _statements_slip(_kind: Kind, key: Any, answer: Answer) -> str:
    if len(key) == 1:
        return ""
    right = sum(a == b for a, b in zip(key, answer.value, strict=True))
    wrong = len(key) - right - answer.value.count(None)
    return f"{right} of {len(key)} are right" + _cancelling(wrong)


def _choices_slip(_kind: Kind, key: Any, answer: Answer) -> str:
    found, wrong = len(key & answer.value), len(answer.value - key)
    return f"{found} of {len(key)} are found" + _cancelling(wrong) if key else ""


def _cancelling(wrong: int) -> str:
    """The end of a sentence on a count of right answers, of which wrong ones take some away."""
    if wrong <= 1:
        return ", 1 is wrong and cancels one." if wrong else "."
    return f", {wrong} are wrong and cancel as many."


_BY_KIND: dict[str, Callable[[Any, Any, Answer], str]] = {
    "integer": lambda _kind, key, answer: number_slip(key, answer.value, Precision()),
    "real": lambda kind, key, answer: number_slip(key, answer.value, kind.precision),
    "array": lambda kind, key, answer: array_slip(key, answer.value, kind.precision),
    "shape": lambda _kind, key, answer: shape_slip(key, answer.value),
    "interval": _interval_slip,
    "set": _set_slip,
    "expression": _expression_slip,
    "order": _order_slip,
    "truefalse": _statements_slip,
    "choices": _choices_slip,
}
