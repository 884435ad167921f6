"""Common slips, named to the student once an answer is known to be wrong.

Each row of a table says what would turn the key into the answer; the first that does is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partialcredit.grading.kind import Answer, Kind
from partialcredit.grading.kinds.array import flatten, shape_of
from partialcredit.grading.precision import Precision
from partialcredit.grading.slips.of_formulas import formula_slip
from partialcredit.grading.slips.of_numbers import number_slip
from partialcredit.numbers.rationals import rational

__all__ = ["array_slip", "describe_slip", "shape_slip"]


def describe_slip(kind: Kind, key: Any, answer: Answer) -> str:
    """One sentence about what probably went wrong; empty when nothing fits."""
    describe = _BY_KIND.get(kind.name)
    return describe(kind, key, answer) if describe is not None else ""


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
        ("The sign of every entry is wrong.", rational(-1)),
        ("Every entry is twice the right one: look for a missing factor 1/2.", rational(2)),
        ("Every entry is half the right one: look for a missing factor 2.", rational(1, 2)),
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
    if len(wrong) == 1:
        return f"The size of axis {wrong[0]} is wrong."
    return f"The sizes of axes {', '.join(map(str, wrong[:-1]))} and {wrong[-1]} are wrong."


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
