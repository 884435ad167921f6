"""A problem as it stands in a paper: its text, its keys as text, and what draws it again."""

from __future__ import annotations

from collections.abc import Iterator

from partialcredit.effort import minutes
from partialcredit.numbers.values import to_json
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.problem import Problem, authoring

__all__ = ["laid_out", "printed"]


def printed(problem: Problem, number: int = 1) -> PaperProblem:
    """A problem as it stands in a paper; its witnesses have testified first.

    Raises :class:`~partialcredit.errors.Disagreement` rather than print an unverified key.
    """
    with authoring(problem.family, problem.level, problem.seed):
        problem.verify()
        return laid_out(problem, number)


def laid_out(problem: Problem, number: int = 1) -> PaperProblem:
    """A problem as it would stand in a paper, to be looked at and never printed: see above."""
    parts = tuple(_part(problem, name, number, letter) for letter, name in _letters(problem))
    statement = problem.wording.statement
    return PaperProblem(
        number=number,
        title=problem.family.title,
        family=problem.family.id,
        version=problem.family.version,
        level=problem.level,
        seed=problem.seed,
        parameters=to_json(problem.parameters),
        statement=statement,
        parts=parts,
        figures=problem.wording.figures,
        minutes=round(minutes(statement, parts), 2),
    )


def _letters(problem: Problem) -> Iterator[tuple[str, str]]:
    return ((chr(ord("a") + i), part.name) for i, part in enumerate(problem.asked))


def _part(problem: Problem, name: str, number: int, letter: str) -> PaperPart:
    kind = problem.kinds[name]
    return PaperPart(
        id=f"{number}{letter}",
        name=name,
        kind=kind.name,
        marks=problem.family.parts[name].marks,
        prompt=problem.wording.prompt(name),
        key=kind.write(problem.keys[name]),
        solution=problem.wording.solution(name),
        options=getattr(kind, "options", ()),
        count=getattr(kind, "statements", 1),
        digits=getattr(kind, "digits", None) or 0,
    )
