"""Slips that an answer shows by its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partialcredit.family import Slip
from partialcredit.grading.kind import Answer, Kind
from partialcredit.injection import call
from partialcredit.marking.follow_through import Earlier
from partialcredit.marking.printed_choice import shows
from partialcredit.numbers.plausible import SENSELESS
from partialcredit.problem import Problem

__all__ = ["Named", "named_slip"]


@dataclass(frozen=True, slots=True)
class Named:
    """A slip with the exact value it gives; ``origin`` is the earlier part where it happened."""

    slip: Slip
    value: Any
    origin: str = ""


def named_slip(
    problem: Problem, name: str, kind: Kind, answer: Answer, earlier: Earlier, *, follow: bool
) -> Named | None:
    """The slip behind an answer: the part's own, one carried on to it, one made on earlier answers.

    ``follow`` says whether earlier parts count at all.
    """
    own = problem.kinds[name]
    for named in _known(problem, name, follow=follow):
        if kind is own:
            if kind.compare(named.value, answer).outcome == "equivalent":
                return named
        elif shows(kind, answer, own, named.value):
            return named
    if kind is not own or not follow:
        return None
    for named in _on_earlier(problem, name, earlier):
        try:
            if kind.compare(named.value, answer).outcome == "equivalent":
                return named
        except SENSELESS:
            continue
    return None


def _known(problem: Problem, name: str, *, follow: bool) -> Iterator[Named]:
    """A part's own slips; only where none of them fits, what earlier ones lead to."""
    for slip, value in problem.slips[name]:
        yield Named(slip, value)
    if follow:
        for slip, value in problem.carried[name]:
            yield Named(slip, value, _origin(problem, slip))


def _origin(problem: Problem, slip: Slip) -> str:
    """The earlier part of the slip; none where the paper does not ask it."""
    return next((part.name for part in problem.asked if any(slip is s for s in part.slips)), "")


def _on_earlier(problem: Problem, name: str, earlier: Earlier) -> Iterator[Named]:
    """The part's slips, made on what the student answered before."""
    for given in earlier.scenarios():
        for slip in problem.family.parts[name].slips:
            try:
                values = problem.values.given(given)
                values[name] = problem.keys_given(given)[name]
                value = call(slip.function, values)
            except SENSELESS:
                continue
            if value is not None:
                yield Named(slip, value)
