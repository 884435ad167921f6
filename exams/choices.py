"""The multiple-choice form of a part: its key among the values that named slips give.

The options are shuffled by the seed. In order of size they would tell the key to whoever knows the
bank: most parts' slips lie mostly on one side of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from partialcredit.draw import Draw
from partialcredit.grading import Choice
from partialcredit.numbers.plausible import SENSELESS
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.problem import Problem

__all__ = ["MOST_OPTIONS", "with_options"]

MOST_OPTIONS = 5


def with_options(problem: Problem, printed: PaperProblem) -> PaperProblem:
    """A printed problem with every part as a choice for which named slips give enough options."""
    parts = tuple(_with_options(problem, part) for part in printed.parts)
    return replace(printed, parts=parts)


def _with_options(problem: Problem, part: PaperPart) -> PaperPart:
    """The part as a choice, when at least two slips can be told from the key; else unchanged."""
    wrong = list(_wrong(problem, part.name))[: MOST_OPTIONS - 1]
    if part.options or len(wrong) < 2:
        return part
    key = _shown(problem, part.name, problem.keys[part.name])
    draw = Draw(f"{problem.family.id}:{part.name}:options", problem.level, problem.seed)
    options = draw.shuffle([key, *wrong])
    choice = Choice(options)
    prompt = problem.wording.prompt(part.name, choice)
    answer = choice.write(options.index(key))
    return replace(part, kind=choice.name, prompt=prompt, options=options, key=answer)


def _wrong(problem: Problem, name: str) -> Iterator[str]:
    """Wrong options of a part, none of which shows the key of another part of the problem."""
    kinds = problem.kinds.items()
    others = [other for other, kind in kinds if other != name and not kind.by_person]
    taken = {_shown(problem, name, problem.keys[name])}
    for _, value in problem.slips[name]:
        option = _shown(problem, name, value)
        if option not in taken and not any(_gives_away(problem, name, value, o) for o in others):
            taken.add(option)
            yield option


def _shown(problem: Problem, name: str, value: Any) -> str:
    return f"${problem.kinds[name].tex(value)}$"


def _gives_away(problem: Problem, name: str, value: Any, other: str) -> bool:
    """Whether a value looks like the key of another part, as either of the two is written."""
    parts = (name, other)
    return not _looks(problem, parts, value).isdisjoint(_looks(problem, parts, problem.keys[other]))


def _looks(problem: Problem, parts: Iterable[str], value: Any) -> set[str]:
    """A value as the kinds of some parts show it; a formula is not shown as a matrix is."""
    looks = set()
    for name in parts:
        with suppress(*SENSELESS):
            looks.add(_shown(problem, name, value))
    return looks
