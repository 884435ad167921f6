"""What the rounding of a written answer leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partialcredit.grading.kind import Answer, Kind
from partialcredit.grading.nested import flatten
from partialcredit.grading.written import written_units
from partialcredit.numbers.rationals import Rational, rational

__all__ = ["half_units"]

#: Digits from which a decimal counts as rounded where the question asks for none.
_MANY = 1000


def half_units(kind: Kind, key: Any, answer: Answer) -> list[Any]:
    """Half a unit of the last digit of every number of an answer; 0 for those that are exact.

    A number with fewer digits than asked for may be short because it ends there, so no more than
    the rounding asked for is granted.
    """
    keys, values = flatten(key), flatten(answer.value)
    if len(keys) != len(values):
        return [0] * len(values)
    units = written_units(answer.text)
    return [_half(kind, k, value, units) for k, value in zip(keys, values, strict=True)]


def _half(kind: Kind, key: Any, value: Any, units: Mapping[Rational, Rational]) -> Any:
    if key == value or not isinstance(value, int | Rational):
        return 0
    unit = units.get(rational(abs(value)))
    if unit is None:
        return 0
    granted = kind.granted(value)
    if granted:
        return min(unit / 2, granted)
    return unit / 2 if unit < 1 and rational(abs(value)) >= unit * _MANY else 0
