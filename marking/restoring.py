"""From a printed problem back to the problem that computes its keys."""

from __future__ import annotations

from partialcredit.draw import LEVELS
from partialcredit.errors import FamilyError, InputError, UnreadableAnswer
from partialcredit.grading import Choice
from partialcredit.marking.printed_choice import choice_key
from partialcredit.numbers.plausible import SENSELESS
from partialcredit.numbers.values import from_json
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load

__all__ = ["place", "restored"]


def place(printed: PaperProblem) -> str:
    """Where in the paper file something is wrong."""
    return f"problem {printed.number} of the paper file"


def restored(printed: PaperProblem) -> Problem:
    """The problem behind a printed one, computed again from its parameters.

    It may take any time and memory when the file is forged: call it in a worker.

    Raises InputError when the paper file is foreign, damaged, or written by another version of
    the family and without its keys.
    """
    where = place(printed)
    if not printed.family:
        raise InputError(
            "this paper file was written without keys, to hand out; grade with the one that was "
            "written without --public"
        )
    if printed.family not in family_ids():
        raise InputError(f"{where} is of the family {printed.family!r:.80}, which is not installed")
    if printed.level not in LEVELS:
        levels = ", ".join(LEVELS)
        raise InputError(f"{where} has the level {printed.level!r:.80}; levels are {levels}")
    family, asked = load(printed.family), [part.name for part in printed.parts]
    try:
        problem = Problem(family, printed.level, printed.seed, from_json(printed.parameters))
        if family.version != printed.version:  # which may have asked less
            problem.parts = [part for part in problem.parts if part.name in asked]
        _try_out(problem)
    except (*SENSELESS, MemoryError, UnreadableAnswer, FamilyError) as error:
        raise InputError(
            f"{where} is damaged: its parameters do not fit ({type(error).__name__}); "
            "generate the paper again from its seed"
        ) from None
    names = list(problem.kinds)
    if asked != names:
        raise InputError(f"{where} is damaged: {printed.family} asks {', '.join(names)}")
    if family.version != printed.version:
        _take_printed_keys(problem, printed, where)
    for part in printed.parts:
        if not _fits(part, problem):
            raise InputError(
                f"{where} is damaged: part {part.id:.80} is no {part.kind:.80} with a key"
            )
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
    if own.called(part.kind):
        return True
    return Choice.called(part.kind) and choice_key(part, own, problem.keys[part.name]) is not None


def _take_printed_keys(problem: Problem, printed: PaperProblem, where: str) -> None:
    """Let the keys printed by another version of the family stand."""
    for part in printed.parts:
        if part.key is None:
            raise InputError(
                f"{where} was written by version {printed.version} of {printed.family}, installed "
                f"is {problem.family.version}; grade with the paper file that holds the keys"
            )
        own = problem.kinds[part.name]
        if own.called(part.kind):
            try:
                problem.keys[part.name] = own.read(part.key).value
            except UnreadableAnswer as error:
                raise InputError(f"{where} is damaged: the key of {part.id}: {error}") from None
