"""A formula's value at given numbers, fast: how witnesses check symbolic keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flint import arb, ctx, fmpq

from partialcredit.errors import InputError
from partialcredit.grading.entries import entry_tree
from partialcredit.grading.evaluation.evaluate import evaluate
from partialcredit.grading.evaluation.matrices import Identity, Matrix, Undefined
from partialcredit.grading.evaluation.points import Point
from partialcredit.grading.reader.names import names_for
from partialcredit.grading.tree import Node, names_in

__all__ = ["evaluate_formula"]


@lru_cache(maxsize=4096)
def _tree(formula: Any, names: tuple[str, ...]) -> tuple[Node, frozenset[str]]:
    tree = entry_tree(formula, names_for(dict.fromkeys(names, "real")))
    if tree.op == "compare":
        tree = tree.args[-1]
    return tree, frozenset(names_in(tree))


def evaluate_formula(formula: Any, values: Mapping[str, float]) -> float:
    """The value of a formula (text or a SymPy expression) where its symbols have these values.

    Raises :class:`~partialcredit.errors.InputError` where it has none or a symbol lacks a value.

    >>> evaluate_formula("alpha^t*(1 - alpha)", {"alpha": 0.5, "t": 2})
    0.125
    """
    tree, needed = _tree(formula, tuple(values))
    for name in needed:
        if name not in values:
            raise InputError(f"the formula needs a value for {name}: give one")
    before, ctx.prec = ctx.prec, 64
    try:
        point = Point({}, 0, 0, {name: _exact(value) for name, value in values.items()})
        result = evaluate(tree, point)
    except Undefined as error:
        raise InputError(f"the formula has no value here ({error}): choose other numbers") from None
    finally:
        ctx.prec = before
    if isinstance(result, Matrix | Identity):
        raise InputError("the formula is an array: evaluate its entries one by one")
    return float(result) if isinstance(result, arb) else int(result.p) / int(result.q)


def _exact(value: Any) -> fmpq:
    numerator, denominator = value.as_integer_ratio()
    return fmpq(numerator, denominator)
