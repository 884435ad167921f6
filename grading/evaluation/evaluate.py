"""The value of a tree at one point."""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb, fmpq

from partialcredit.grading.evaluation.arithmetic import (
    ONE,
    ZERO,
    Value,
    ball,
    compare,
    exp,
    plus,
    power,
    reciprocal,
    times,
)
from partialcredit.grading.evaluation.array_functions import OF_SEVERAL
from partialcredit.grading.evaluation.functions import UNARY, elementwise
from partialcredit.grading.evaluation.matrices import (
    Identity,
    Matrix,
    Pole,
    SizeMismatch,
    Undefined,
    bounded,
)
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.limits import MAX_TERMS
from partialcredit.grading.tree import RELATIONS, Node, names_in, walk

__all__ = ["evaluate", "holds", "is_function", "scalar"]


def evaluate(node: Node, point: Point) -> Value:
    """The value at a point; raises :class:`Undefined` where there is none."""
    return _OPERATIONS[node.op](node, point)


def scalar(node: Node, point: Point) -> Value:
    """A value that must be a number."""
    value = evaluate(node, point)
    if isinstance(value, Matrix | Identity):
        raise SizeMismatch("a number is needed where a vector or matrix stands")
    return value


def _number(node: Node, _point: Point) -> Value:
    return node.value


def _constant(node: Node, _point: Point) -> Value:
    if node.value == "pi":
        return arb.pi()
    if node.value == "e":
        return arb(1).exp()
    if node.value == "i":
        return acb(0, 1)
    raise Undefined("infinity is not a number")


def _symbol(node: Node, point: Point) -> Value:
    return point.symbol(node.value)


def _index(node: Node, point: Point) -> Value:
    indices = []
    for arg in node.args:
        try:
            indices.append(evaluate(arg, point))
        except Undefined:
            indices.append(ZERO)
    return point.indexed(node.value, indices)


def _neg(node: Node, point: Point) -> Value:
    return times(fmpq(-1), evaluate(node.args[0], point))


def _add(node: Node, point: Point) -> Value:
    return plus(evaluate(node.args[0], point), evaluate(node.args[1], point), point)


def _mul(node: Node, point: Point) -> Value:
    return times(evaluate(node.args[0], point), evaluate(node.args[1], point))


def _div(node: Node, point: Point) -> Value:
    a, b = evaluate(node.args[0], point), evaluate(node.args[1], point)
    return times(a, reciprocal(b))


def _pow(node: Node, point: Point) -> Value:
    base, exponent = node.args
    if base.op == "constant" and base.value == "e":
        return elementwise(exp, evaluate(exponent, point), point)
    return bounded(power(evaluate(base, point), scalar(exponent, point), point))


def _percent(node: Node, point: Point) -> Value:
    return times(scalar(node.args[0], point), fmpq(1, 100))


def _call(node: Node, point: Point) -> Value:
    name, args = node.value, node.args
    unary = UNARY.get(name)
    if unary is not None and len(args) == 1:
        return elementwise(unary, evaluate(args[0], point), point)
    function = OF_SEVERAL.get(name)
    if function is None:
        raise Undefined(f"{name} of these values")
    return function([evaluate(arg, point) for arg in args], point)


def _apply(node: Node, point: Point) -> Value:
    return point.applied(node.value, [ball(scalar(arg, point)) for arg in node.args])


def _transpose(node: Node, point: Point) -> Value:
    value = evaluate(node.args[0], point)
    return value.transposed() if isinstance(value, Matrix) else value


def _norm(node: Node, point: Point) -> Value:
    value = evaluate(node.args[0], point)
    return value.norm(node.value) if isinstance(value, Matrix) else abs(value)


def holds(node: Node, point: Point) -> bool:
    """Whether a condition holds at a point."""
    if node.op == "and":
        return all(holds(arg, point) for arg in node.args)
    if node.op == "or":
        return any(holds(arg, point) for arg in node.args)
    if node.op == "not":
        return not holds(node.args[0], point)
    if node.op == "indicator":
        return holds(node.args[0], point)
    if node.op != "compare":
        raise Undefined("a condition")
    values = [scalar(arg, point) for arg in node.args]
    for relation, a, b in zip(node.value, values, values[1:], strict=False):
        if relation not in RELATIONS:
            raise Undefined(f"the relation {relation}")
        order = compare(a, b)
        if order and point.slack is not None and abs(a - b) < point.slack:
            order = 0
        if not RELATIONS[relation](order):
            return False
    return True


def _indicator(node: Node, point: Point) -> Value:
    return ONE if holds(node.args[0], point) else ZERO


def _cases(node: Node, point: Point) -> Value:
    args = node.args
    for i in range(0, len(args) - 1, 2):
        if holds(args[i + 1], point):
            return evaluate(args[i], point)
    if len(args) % 2 == 0:
        raise Undefined("a value where no case applies")
    return evaluate(args[-1], point)


def _series(node: Node, point: Point) -> Value:
    low, high = _bounds(node, point)
    if low > high + 1 and _lettered(node, point):
        raise Pole("a sum from above downwards")
    if high - low >= point.terms_left:
        raise Undefined(f"a sum of more than {MAX_TERMS} terms")
    point.terms_left -= max(high - low + 1, 0)
    total: Value = ZERO if node.op == "sum" else ONE
    outer = point.values.get(node.value)
    try:
        for i in range(low, high + 1):
            point.values[node.value] = fmpq(i)
            term = evaluate(node.args[0], point)
            if node.op == "prod":
                total = times(total, term)
            else:
                total = term if i == low else plus(total, term, point)
    finally:
        if outer is None:
            point.values.pop(node.value, None)
        else:
            point.values[node.value] = outer
    return total


def _bounds(node: Node, point: Point) -> tuple[int, int]:
    if len(node.args) == 1:
        return 1, _own_length(node, point) or point.size
    if node.args[2] == Node("constant", (), "infinity"):
        raise Undefined("a sum without end")
    low, high = scalar(node.args[1], point), scalar(node.args[2], point)
    for bound in (low, high):
        if not isinstance(bound, fmpq) or bound.q != 1:
            raise Undefined("a sum between whole numbers only")
    return int(low.p), int(high.p)


def _lettered(node: Node, point: Point) -> bool:
    """Whether the question's letters alone are the bounds: outside of other sums they are free.

    Authors disagree about a sum whose bounds have crossed. Where an outer index is a bound, as in
    a double sum over i < j - 1, it is empty.
    """
    free = {name for bound in node.args[1:] for name in names_in(bound)}
    return bool(free) and free <= point.domains.keys()


def _own_length(node: Node, point: Point) -> int:
    """How far ``sum_i |x_i|`` runs: over the entries of the vector that is indexed."""
    bound = Node("symbol", (), node.value)
    for part in walk(node.args[0]):
        array = point.domains.get(part.value, "") if part.op == "index" else ""
        if array.startswith(("vector", "matrix")) and bound in part.args:
            return int(point.symbol(part.value).shape[part.args.index(bound) and 1])
    return 0


def _no_value(_node: Node, _point: Point) -> Value:
    raise Undefined("one value where a list or relation stands")


def _list(node: Node, point: Point) -> Value:
    rows = [
        [scalar(entry, point) for entry in row.args] if row.op == "list" else [scalar(row, point)]
        for row in node.args
    ]
    if len({len(row) for row in rows}) != 1:
        raise SizeMismatch("all rows need the same number of entries")
    return Matrix(rows)


_OPERATIONS: dict[str, Callable[[Node, Point], Value]] = {
    "number": _number,
    "constant": _constant,
    "symbol": _symbol,
    "index": _index,
    "neg": _neg,
    "add": _add,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "percent": _percent,
    "call": _call,
    "apply": _apply,
    "transpose": _transpose,
    "norm": _norm,
    "indicator": _indicator,
    "compare": _no_value,
    "cases": _cases,
    "sum": _series,
    "prod": _series,
    "list": _list,
    "tuple": _no_value,
    "set": _no_value,
    "interval": _no_value,
    "union": _no_value,
    "and": _no_value,
    "or": _no_value,
    "not": _no_value,
    "text": _no_value,
    "label": _no_value,
    "minus": _no_value,
    "intersection": _no_value,
    "both": _no_value,
    "reals": _no_value,
    "transpose_mark": _no_value,
}


def is_function(name: str) -> bool:
    """Whether a function of this name can be evaluated."""
    return name in UNARY or name in OF_SEVERAL
