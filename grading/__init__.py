"""Reading answers, comparing them with keys, and naming slips.

Names are imported when they are first used, so ``import partialcredit.grading`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partialcredit.grading.comparison import compare as compare
    from partialcredit.grading.comparison import understand as understand
    from partialcredit.grading.evaluation.formula import evaluate_formula as evaluate_formula

    # One row for each file of kinds/, so that type checkers know the names.
    from partialcredit.grading.kinds.array import Array as Array
    from partialcredit.grading.kinds.choice import Choice as Choice
    from partialcredit.grading.kinds.choices import Choices as Choices
    from partialcredit.grading.kinds.expression import Expression as Expression
    from partialcredit.grading.kinds.integer import Integer as Integer
    from partialcredit.grading.kinds.interval import Interval as Interval
    from partialcredit.grading.kinds.order import Order as Order
    from partialcredit.grading.kinds.real import Real as Real
    from partialcredit.grading.kinds.relation import Relation as Relation
    from partialcredit.grading.kinds.satisfies import Satisfies as Satisfies
    from partialcredit.grading.kinds.set import Set as Set
    from partialcredit.grading.kinds.shape import Shape as Shape
    from partialcredit.grading.kinds.signs import Signs as Signs
    from partialcredit.grading.kinds.text import Text as Text
    from partialcredit.grading.kinds.true_false import TrueFalse as TrueFalse

_FUNCTIONS = {
    "compare": "comparison",
    "evaluate_formula": "evaluation.formula",
    "understand": "comparison",
}


def __getattr__(name: str) -> Any:
    from partialcredit.grading.kinds import home_of

    home = f"{__name__}.{_FUNCTIONS[name]}" if name in _FUNCTIONS else home_of(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
