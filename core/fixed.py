"""Problems with parameters that somebody chose: the others are drawn to fit them.

A sampler knows more about its parameters than a family's conditions say. So draws that have the
chosen values by themselves come first; what is put into a draw must look as if it had been drawn;
and the witnesses testify to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from partialcredit.draw import LEVELS, Draw, Level
from partialcredit.drawn import Drawn
from partialcredit.errors import FamilyError, InputError, UnknownName
from partialcredit.family import Family
from partialcredit.numbers.vectors import freeze
from partialcredit.problem import Problem, generate

__all__ = ["generate_with"]

#: Draws of the level that are looked at, of each other level, and draws that are tried.
DRAWS, ELSEWHERE, TRIED = 2000, 200, 100

Parameters = Mapping[str, Any]


def generate_with(
    family: Family, level: Level, seed: int, chosen: Parameters, digits: int = 0
) -> Problem:
    """A verified problem with the parameters ``chosen``, by name; the others are drawn.

    Raises InputError, which names the parameter, where there is no such problem.
    """
    if not chosen:
        return generate(family, level, seed, digits)
    draws = list(_draws(family, level, seed, DRAWS))
    known = draws[0].keys()
    for name in chosen:
        if name not in known:
            listing = f"known are {', '.join(known)}"
            raise UnknownName(f"parameter of {family.id}", name, known, listing)
    seen = draws + [draw for each in LEVELS for draw in _draws(family, each, seed, ELSEWHERE)]
    cast = {
        name: Drawn(name, [draw[name] for draw in seen if name in draw]).cast(value)
        for name, value in chosen.items()
    }
    problem = _fitting(family, level, seed, draws, cast, digits)
    if problem is None:
        raise _impossible(family, level, seed, draws, cast)
    return problem


def _draws(family: Family, level: Level, seed: int, count: int) -> Iterator[dict[str, Any]]:
    if family.sampler is None:
        raise FamilyError(f"{family.id} has no sampler")
    draw = Draw(family.id, level, seed)
    for _ in range(count):
        yield {name: freeze(value) for name, value in family.sampler(draw).items()}


def _fitting(
    family: Family,
    level: Level,
    seed: int,
    draws: Sequence[Parameters],
    chosen: Parameters,
    digits: int = 0,
) -> Problem | None:
    """The problem of the first draw that the chosen values fit; draws most like them come first."""

    def unlike(draw: Parameters) -> int:
        return sum(draw[name] != value for name, value in chosen.items())

    given = dict.fromkeys(family.parts, digits) if digits else {}
    for draw in sorted(draws, key=unlike)[:TRIED]:
        problem = Problem(family, level, seed, {**draw, **chosen}, given)
        if _sound(problem):
            return problem
    return None


def _sound(problem: Problem) -> bool:
    """Whether the family's conditions hold, the witnesses agree, and there are words for it."""
    try:
        if not problem.acceptable():
            return False
        problem.verify()
        wording = problem.wording
        _ = wording.statement, wording.figures, problem.carried
        for part in problem.parts:
            _ = wording.prompt(part.name), wording.solution(part.name)
    except Exception:  # noqa: BLE001 - whatever a family does with values that it would not draw
        return False
    return True


def _impossible(
    family: Family, level: Level, seed: int, draws: Sequence[Parameters], chosen: Parameters
) -> InputError:
    """The error that names a value that fits nothing, or those that do not fit the others."""

    def fits(names: Iterable[str]) -> bool:
        some = {name: chosen[name] for name in names}
        return _fitting(family, level, seed, draws, some) is not None

    def told(names: Iterable[str]) -> str:
        return " and ".join(f"{name} = {chosen[name]!s:.60}" for name in names)

    lone = next((name for name in chosen if not fits([name])), None)
    guilty = [name for name in chosen if fits(chosen.keys() - {name})] or list(chosen)
    if lone is not None:
        sentence = f"{told([lone])} fits nothing that {family.id} draws at level {level}"
    elif len(guilty) == 1:
        sentence = f"{told(guilty)} does not fit the other values that are given for {family.id}"
    else:
        sentence = f"{told(guilty)} do not fit together in {family.id} at level {level}"
    return InputError(f"{sentence}; choose another value, or leave it to be drawn")
