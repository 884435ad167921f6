"""Marking a whole paper for every student who handed one in."""

from __future__ import annotations

from collections.abc import Mapping

from partialcredit.draw import LEVELS
from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.marking.hand_ins import Answers
from partialcredit.marking.marker import SENSELESS, PartMark, choice_key, mark_problem
from partialcredit.marking.patience import patience
from partialcredit.marking.report import Result
from partialcredit.numbers.values import from_json
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load

__all__ = ["mark_paper", "restored"]

#: CPU seconds for one problem of a paper file; a sound one takes a thousandth of that.
PATIENCE = 5.0


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
    try:
        problem = Problem(family, printed.level, printed.seed, from_json(printed.parameters))
        with patience(PATIENCE):
            _try_out(problem)
    except (*SENSELESS, UnreadableAnswer) as error:
        raise InputError(f"{place} is damaged: its parameters do not fit ({error!r})") from None
    names = list(problem.kinds)
    if [part.name for part in printed.parts] != names:
        raise InputError(f"{place} is damaged: {printed.family} asks {', '.join(names)}")
    if family.version != printed.version:
        _take_printed_keys(problem, printed, place)
    for part in printed.parts:
        if not _fits(part, problem):
            raise InputError(f"{place} is damaged: part {part.id} is no {part.kind} with a key")
    return problem


def _try_out(problem: Problem) -> None:
    """Compute and compare whatever marking may need, while it is known whose fault a fault is."""
    for name, kind in problem.kinds.items():
        key = problem.keys[name]
        kind.compare(key, kind.read(kind.write(key)))
        kind.tex(key)
    _ = problem.slips


def _fits(part: PaperPart, problem: Problem) -> bool:
    """Whether a part is asked as its family asks it, or as a choice that holds the key."""
    own = problem.kinds[part.name]
    if part.kind == own.name:
        return True
    return part.kind == "choice" and choice_key(part, own, problem.keys[part.name]) is not None


def _take_printed_keys(problem: Problem, printed: PaperProblem, place: str) -> None:
    """Let the keys printed by another version of the family stand."""
    for part in printed.parts:
        if part.key is None:
            raise InputError(
                f"{place} was written by version {printed.version} of {printed.family}, installed "
                f"is {problem.family.version}; grade with the paper file that holds the keys"
            )
        own = problem.kinds[part.name]
        if part.kind == own.name:
            try:
                problem.keys[part.name] = own.read(part.key).value
            except UnreadableAnswer as error:
                raise InputError(f"{place} is damaged: the key of {part.id}: {error}") from None


def mark_paper(paper: Paper, answers: Answers, *, follow_through: bool = True) -> list[Result]:
    """Mark every student's answers; the results stand in the order of the hand-in."""
    ids = [part.id for problem in paper.problems for part in problem.parts]
    if len(set(ids)) < len(ids):
        raise InputError("the paper file is damaged: two of its parts have the same id")
    problems = [(printed, restored(printed)) for printed in paper.problems]

    def mark(given: Mapping[str, str]) -> tuple[PartMark, ...]:
        marked = (
            mark_problem(printed, problem, given, follow_through=follow_through)
            for printed, problem in problems
        )
        return tuple(part for parts in marked for part in parts)

    return [Result(student, mark(given)) for student, given in answers.items()]
