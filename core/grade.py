"""Marking a whole paper for every student who handed one in."""

from __future__ import annotations

from collections.abc import Mapping

from partialcredit.answers import Answers
from partialcredit.draw import LEVELS
from partialcredit.errors import InputError
from partialcredit.marking import SENSELESS, PartMark, mark_problem
from partialcredit.paper import Paper, PaperProblem
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load
from partialcredit.report import Result
from partialcredit.values import from_json

__all__ = ["mark_paper", "restored"]


def restored(printed: PaperProblem) -> Problem:
    """The problem behind a printed one, computed again from its parameters.

    Raises InputError when the paper file is foreign, damaged, or written by another version of
    the family and without its keys.
    """
    place = f"problem {printed.number} of the paper file"
    if printed.family not in family_ids():
        raise InputError(f"{place} is of the family {printed.family!r}, which is not installed")
    if printed.level not in LEVELS:
        raise InputError(f"{place} has the level {printed.level!r}; levels are {', '.join(LEVELS)}")
    family = load(printed.family)
    problem = Problem(family, printed.level, printed.seed, from_json(printed.parameters))
    try:
        names = list(problem.kinds)
    except SENSELESS as error:
        raise InputError(f"{place} is damaged: its parameters do not fit ({error!r})") from None
    if [part.name for part in printed.parts] != names:
        raise InputError(f"{place} is damaged: {printed.family} asks {', '.join(names)}")
    if family.version != printed.version:
        _take_printed_keys(problem, printed, place)
    return problem


def _take_printed_keys(problem: Problem, printed: PaperProblem, place: str) -> None:
    """Let the keys printed by another version of the family stand."""
    for part in printed.parts:
        if part.key is None:
            raise InputError(
                f"{place} was written by version {printed.version} of {printed.family}, installed "
                f"is {problem.family.version}; grade with the paper file that holds the keys"
            )
        if not part.options or part.kind == problem.kinds[part.name].name:
            problem.keys[part.name] = problem.kinds[part.name].read(part.key).value


def mark_paper(paper: Paper, answers: Answers, *, follow_through: bool = True) -> list[Result]:
    """Mark every student's answers; the results stand in the order of the hand-in."""
    problems = [(printed, restored(printed)) for printed in paper.problems]

    def mark(given: Mapping[str, str]) -> tuple[PartMark, ...]:
        marked = (
            mark_problem(printed, problem, given, follow_through=follow_through)
            for printed, problem in problems
        )
        return tuple(part for parts in marked for part in parts)

    return [Result(student, mark(given)) for student, given in answers.items()]
