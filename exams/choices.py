"""The multiple-choice form of a part: its key among the values that named slips give."""

from __future__ import annotations

from dataclasses import replace

from partialcredit.draw import Draw
from partialcredit.grading import Choice
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
    slips = problem.slips[part.name][: MOST_OPTIONS - 1]
    if part.options or len(slips) < 2:
        return part
    kind = problem.kinds[part.name]
    key = f"${kind.tex(problem.keys[part.name])}$"
    wrong = [f"${kind.tex(value)}$" for _, value in slips]
    draw = Draw(f"{problem.family.id}:{part.name}:options", problem.level, problem.seed)
    options = draw.shuffle([key, *wrong])
    choice = Choice(options)
    prompt = problem.wording.prompt(part.name, choice)
    answer = choice.write(options.index(key))
    return replace(part, kind=choice.name, prompt=prompt, options=options, key=answer)
