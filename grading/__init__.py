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
    from partialcredit.grading.kinds.array import Array as Array
    from partialcredit.grading.kinds.choice import Choice as Choice
    from partialcredit.grading.kinds.choices import Choices as Choices
    from partialcredit.grading.kinds.expression import Expression as Expression
    from partialcredit.grading.kinds.integer import Integer as Integer
    from partialcredit.grading.kinds.interval import Interval as Interval
    from partialcredit.grading.kinds.order import Order as Order
    from partialcredit.grading.kinds.real import Real as Real
    from partialcredit.grading.kinds.relation import Relation as Relation
    from partialcredit.grading.kinds.set_ import Set as Set
    from partialcredit.grading.kinds.shape import Shape as Shape
    from partialcredit.grading.kinds.true_false import TrueFalse as TrueFalse
    from partialcredit.grading.slips.describe import describe_slip as describe_slip

_HOMES = {
    "Array": "kinds.array",
    "Choice": "kinds.choice",
    "Choices": "kinds.choices",
    "Expression": "kinds.expression",
    "Integer": "kinds.integer",
    "Interval": "kinds.interval",
    "Order": "kinds.order",
    "Real": "kinds.real",
    "Relation": "kinds.relation",
    "Set": "kinds.set_",
    "Shape": "kinds.shape",
    "TrueFalse": "kinds.true_false",
    "compare": "comparison",
    "describe_slip": "slips.describe",
    "evaluate_formula": "evaluation.formula",
    "understand": "comparison",
}

__all__ = [
    "Array",
    "Choice",
    "Choices",
    "Expression",
    "Integer",
    "Interval",
    "Order",
    "Real",
    "Relation",
    "Set",
    "Shape",
    "TrueFalse",
    "compare",
    "describe_slip",
    "evaluate_formula",
    "understand",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
