"""A tree without symbols as an exact number.

Rationals stay rationals; anything else becomes an :class:`~partialcredit.numbers.exact.Exact`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partialcredit.grading.exact_functions import FUNCTIONS, NotANumber, divide, held, power
from partialcredit.grading.limits import MAX_TERMS
from partialcredit.grading.tree import RELATIONS, Node
from partialcredit.numbers.exact import Exact, Number, exp, sign
from partialcredit.numbers.rationals import simplest

__all__ = ["NotANumber", "exact_number"]


class _Scope:
    """The indices of the sums around a term, and how many terms may still be added up."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}
        self.terms_left = MAX_TERMS


def exact_number(node: Node, scope: _Scope | None = None) -> Number:
    """The exact value of a tree; raises :class:`NotANumber`."""
    op, args, value = node
    if op == "number":
        return simplest(value)  # type: ignore[no-any-return]
    if op == "symbol" and scope and value in scope.values:
        return scope.values[value]
    if op in ("sum", "prod"):
        return _series(node, scope or _Scope())
    if op == "cases":
        return _cases(args, scope)
    if op == "indicator":
        return int(_holds(args[0], scope))
    if op == "constant":
        return _constant(value)
    if op not in _OPERATIONS and op != "call":
        raise NotANumber(_WHY.get(op, "a number was expected here"))
    numbers = [exact_number(arg, scope) for arg in args]
    if op == "call":
        function = FUNCTIONS.get(value)
        if function is None:
            raise NotANumber(f"{value} gives no number")
        return held(_call(function, numbers))
    return held(_OPERATIONS[op](*numbers))


_WHY = {
    "symbol": "a number was expected, not a name",
    "index": "a number was expected, not a name",
    "apply": "a number was expected, not an unknown function",
    "list": "one number was expected, not a list",
    "tuple": "one number was expected, not a list",
    "set": "one number was expected, not a set",
    "compare": "one number was expected, not a relation",
}


def _call(function: Callable[..., Number], numbers: list[Number]) -> Number:
    try:
        return function(*numbers)
    except ValueError as error:
        raise NotANumber(str(error)) from None


def _constant(name: str) -> Number:
    if name == "e":
        return exp(1)  # type: ignore[no-any-return]
    if name == "pi":
        return Exact("pi")
    raise NotANumber("a finite real number was expected")


_OPERATIONS: dict[str, Callable[..., Number]] = {
    "neg": lambda a: -a,
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "div": divide,
    "pow": power,
    "percent": lambda a: divide(a, 100),
}


def _holds(node: Node, scope: _Scope | None) -> bool:
    if node.op in ("and", "or"):
        each = (_holds(arg, scope) for arg in node.args)
        return all(each) if node.op == "and" else any(each)
    if node.op != "compare":
        raise NotANumber("a condition was expected")
    for relation in set(node.value) - RELATIONS.keys():
        raise NotANumber(f"whether {relation} holds is open")
    numbers = [exact_number(arg, scope) for arg in node.args]
    pairs = zip(node.value, numbers, numbers[1:], strict=False)
    return all(RELATIONS[relation](sign(a - b)) for relation, a, b in pairs)


def _cases(args: tuple[Node, ...], scope: _Scope | None) -> Number:
    for i in range(0, len(args) - 1, 2):
        if _holds(args[i + 1], scope):
            return exact_number(args[i], scope)
    if len(args) % 2 == 0:
        raise NotANumber("no case applies")
    return exact_number(args[-1], scope)


def _series(node: Node, scope: _Scope) -> Number:
    if len(node.args) != 3:
        raise NotANumber("this sum needs both bounds")
    body, *ends = node.args
    low, high = (exact_number(end, scope) for end in ends)
    if not isinstance(low, int) or not isinstance(high, int):
        raise NotANumber("the bounds of a sum must be whole numbers")
    scope.terms_left -= max(high - low + 1, 0)
    if scope.terms_left < 0:
        raise NotANumber(f"this sum has more than {MAX_TERMS} terms: give its value")
    total: Any = 0 if node.op == "sum" else 1
    outer = scope.values.get(node.value)
    for i in range(low, high + 1):
        scope.values[node.value] = i
        term = exact_number(body, scope)
        total = held(total + term if node.op == "sum" else total * term)
    if outer is None:
        scope.values.pop(node.value, None)
    else:
        scope.values[node.value] = outer
    return total  # type: ignore[no-any-return]
