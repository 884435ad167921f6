"""What turns one number into another that a student is likely to give instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.precision import Precision
from partialcredit.grading.tree import Node, call, number
from partialcredit.grading.writing.exact_text import exact_tree
from partialcredit.numbers.exact import Exact
from partialcredit.numbers.rationals import Rational, rational

__all__ = ["CHANGES", "cancelling", "number_slip"]

Change = Callable[[Node], Node]

ONE, TWO = number(1), number(2)


def _times(factor: Node) -> Change:
    return lambda key: Node("mul", (factor, key))


def _over(factor: Node) -> Change:
    return lambda key: Node("div", (key, factor))


def _plus(term: int) -> Change:
    return lambda key: Node("add", (key, number(term)))


#: Sentences for a student, each with the change of the right answer that it speaks of.
CHANGES: tuple[tuple[str, Change], ...] = (
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


def number_slip(key: Any, value: Any, precision: Precision) -> str:
    """The slip that turns a number into another, at the precision asked for."""
    if not isinstance(key, int | Rational | Exact) or not isinstance(value, int | Rational | Exact):
        return ""
    tree = exact_tree(key)
    for sentence, change in CHANGES:
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
        if shift and precision.agrees(key * rational(10) ** shift, value):
            return "The digits are right, the decimal point is not: check the power of ten."
    return ""


def _near(key: Any, value: Any, precision: Precision) -> str:
    """Rounded too early, a divisor n - 1 for n, or a small part of a count forgotten."""
    if key == 0:
        return ""
    for n in range(3, 13):
        if precision.agrees(key * rational(n, n - 1), value):
            return f"Check the divisor: perhaps {n - 1} stands where {n} is meant."
        if precision.agrees(key * rational(n - 1, n), value):
            return f"Check the divisor: perhaps {n} stands where {n - 1} is meant."
    gap = abs(key - value)
    if not precision.exact and gap <= 20 * precision.margin(key):
        return "Close, but the last digits differ: round only once, at the end."
    if isinstance(key, int) and isinstance(value, int) and gap * 50 <= abs(key):
        return "Close: a small part is missing or counted twice, such as the biases."
    return ""


def cancelling(wrong: int) -> str:
    """The end of a sentence on a count of right answers, of which wrong ones take some away."""
    if wrong <= 1:
        return ", 1 is wrong and cancels one." if wrong else "."
    return f", {wrong} are wrong and cancel as many."
