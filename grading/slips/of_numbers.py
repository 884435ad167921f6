"""What turns one number into another that a student is likely to give instead.

A sentence says what is so, never why: the reason would be a guess. It is said only where chance is
out of the question, which is when the numbers have digits enough and one sentence alone fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from partialcredit.grading.exact_value import NotANumber, exact_number
from partialcredit.grading.precision import Precision
from partialcredit.grading.tree import Node, call, number
from partialcredit.grading.writing.exact_text import exact_tree
from partialcredit.numbers.exact import Exact
from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "CHANGES",
    "SIGN",
    "nearly",
    "number_remark",
    "number_slip",
]

Change = Callable[[Node], Node]

SIGN = "The sign is wrong."

ONE, TWO = number(1), number(2)

#: Significant digits of an answer from which a change of the key fits hardly by chance.
_TELLING, _TELLING_POINT = 3, 2

#: Half units of the last digit asked for within which only the last digits differ.
_NEAR = 50


def _times(factor: Node) -> Change:
    return lambda key: Node("mul", (factor, key))


def _over(factor: Node) -> Change:
    return lambda key: Node("div", (key, factor))


def _plus(term: int) -> Change:
    return lambda key: Node("add", (key, number(term)))


#: Sentences for a student, each with the change of the right answer that it speaks of.
CHANGES: tuple[tuple[str, Change], ...] = (
    (SIGN, lambda key: Node("neg", (key,))),
    ("Your answer is twice the right one.", _times(TWO)),
    ("Your answer is half the right one.", _over(TWO)),
    ("Your answer is a hundred times the right one.", _times(number(100))),
    ("Your answer is a hundredth of the right one.", _over(number(100))),
    ("Your answer is the reciprocal of the right one.", lambda key: Node("div", (ONE, key))),
    ("Your answer is the square of the right one.", lambda key: Node("pow", (key, TWO))),
    ("Your answer is the square root of the right one.", lambda key: call("sqrt", key)),
    ("Your answer is one more than the right one.", _plus(1)),
    ("Your answer is one less than the right one.", _plus(-1)),
    (
        "Your answer is one minus the right one.",
        lambda key: Node("add", (ONE, Node("neg", (key,)))),
    ),
    ("The logarithm has base 2 where the natural one is meant.", _over(call("log", TWO))),
    ("The logarithm is natural where base 2 is meant.", _times(call("log", TWO))),
    ("The logarithm has base 10 where the natural one is meant.", _over(call("log", number(10)))),
)


def number_slip(
    key: Any, value: Any, precision: Precision, units: Mapping[Rational, Rational]
) -> str:
    """What turns a number into another; empty where it may be chance.

    ``units`` tell how finely the answer is written, as
    :func:`~partialcredit.grading.written.written_units` finds them.
    """
    if not isinstance(key, int | Rational | Exact) or not isinstance(value, int | Rational | Exact):
        return ""
    digits = _digits(value, units)
    if key == -value:
        return SIGN
    if key != 0 and digits >= _TELLING:
        found = [told for told, change in CHANGES if _fits(change, key, value, precision)]
        if len(found) == 1:
            return found[0]
    if digits >= _TELLING_POINT and _power_of_ten(key, value, precision):
        return "The digits are right, but the decimal point is in another place."
    return ""


def number_remark(key: Any, value: Any, precision: Precision) -> str:
    """How a wrong number lies beside the right one."""
    if not isinstance(key, int | Rational | Exact) or not isinstance(value, int | Rational | Exact):
        return ""
    if nearly(key, value, precision):
        return "Close, but the last digits differ."
    if key * value < 0:
        return "Your answer has the wrong sign, and its size differs, too."
    return f"Your answer is too {'large' if value > key else 'small'}."


def nearly(key: Any, value: Any, precision: Precision) -> bool:
    """Whether a number differs from the key by a few units of the last digit asked for."""
    return not precision.exact and bool(abs(key - value) <= _NEAR * precision.margin(key))


def _digits(value: Any, units: Mapping[Rational, Rational]) -> int:
    """The significant digits that an answer shows; many for an exact form."""
    if not isinstance(value, int | Rational) or value == 0:
        return 99
    unit = units.get(rational(abs(value)))
    if unit is None:
        return 99
    shown = str((rational(abs(value)) / unit).p)
    return len(shown.rstrip("0") if unit >= 1 else shown)


def _fits(change: Change, key: Any, value: Any, precision: Precision) -> bool:
    try:
        return precision.agrees(exact_number(change(exact_tree(key))), value)
    except NotANumber:
        return False


def _power_of_ten(key: Any, value: Any, precision: Precision) -> bool:
    if key == 0 or value == 0:
        return False
    return any(
        precision.agrees(key * rational(10) ** shift, value) for shift in range(-9, 10) if shift
    )
