"""A number that is asked for after its formula: what the student's own formula gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose, isfinite
from typing import Any

from partialcredit.grading import evaluate_formula
from partialcredit.numbers.exact import Exact
from partialcredit.numbers.plausible import SENSELESS
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.problem import Problem

__all__ = ["values_of_formulas"]


def values_of_formulas(
    problem: Problem, name: str, wrong: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """The earlier parts, of those in ``wrong``, whose formula gives this part, and its value.

    Nobody declares that a part is the value of another: it is when the right formula, with the
    problem's numbers in it, is the right number.
    """
    kind, key = problem.kinds[name], problem.keys[name]
    if not kind.numeric or not isinstance(key, int | Rational | Exact) or not kind.granted(key):
        return
    for earlier, formula in wrong.items():
        if not problem.kinds[earlier].is_formula:
            continue
        try:
            right = _at(problem, earlier, problem.keys[earlier])
            if right is None or not isclose(right, float(key), rel_tol=1e-9):
                continue
            value = _at(problem, earlier, formula)
        except SENSELESS:
            continue
        if value is not None and isfinite(value):
            yield earlier, rational(value)


def _at(problem: Problem, part: str, formula: Any) -> float | None:
    """The formula with the problem's numbers for its letters; None where one has no number."""
    numbers = _numbers({name: problem.values[name] for name in _names(problem)})
    letters = getattr(problem.kinds[part], "symbols", {})
    found = {letter: numbers[letter] for letter in letters if letter in numbers}
    if len(found) < len(letters):
        return None
    return evaluate_formula(formula, found)


def _names(problem: Problem) -> list[str]:
    """All that is drawn or derived."""
    return [*problem.parameters, *problem.family.derived]


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    """All numbers by name, also those that a family keeps together."""
    found: dict[str, float] = {}
    for name, value in values.items():
        if isinstance(value, int | Rational | Exact) and not isinstance(value, bool):
            found[name] = float(value)
        elif isinstance(value, Mapping):
            found.update(_numbers({str(key): item for key, item in value.items()}))
    return found
