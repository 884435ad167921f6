"""A printed problem in the letters of the lecture notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from partialcredit.figures import Figure, figure_from_json, figure_to_json
from partialcredit.numbers.letters import in_notes, in_notes_plain
from partialcredit.paper import PaperPart, PaperProblem

__all__ = ["in_notation"]


def in_notation(problem: PaperProblem, notation: str) -> PaperProblem:
    """The problem in ``common`` letters as the bank writes them, or in those of the ``notes``."""
    if notation != "notes":
        return problem
    return replace(
        problem,
        title=in_notes(problem.title),
        statement=in_notes(problem.statement),
        parts=tuple(map(_part, problem.parts)),
        figures=tuple(map(_figure, problem.figures)),
    )


def _part(part: PaperPart) -> PaperPart:
    text = f"{part.prompt} {part.solution}"
    return replace(
        part,
        prompt=in_notes(part.prompt),
        options=tuple(map(in_notes, part.options)),
        key=None if part.key is None else in_notes_plain(part.key, text),
        solution=None if part.solution is None else in_notes(part.solution),
    )


def _figure(figure: Figure) -> Figure:
    return figure_from_json(_everywhere(figure_to_json(figure), in_notes))


def _everywhere(data: Any, change: Callable[[str], str]) -> Any:
    """Nested plain data with every text changed."""
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {name: _everywhere(value, change) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return tuple(_everywhere(value, change) for value in data)
    return data
