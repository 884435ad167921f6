"""How much room an answer gets, in millimetres for type of the usual size."""

from __future__ import annotations

from partialcredit.paper import PaperPart, PaperProblem

__all__ = ["box_height", "has_box", "is_wide", "kind_of", "working_room"]

_LINE, _LINES, _SPACE = 9.0, 20.0, 32.0
_HEIGHTS = {"array": _LINES, "expression": _LINES, "relation": _LINES, "text": _SPACE}

_TICKED = ("choice", "choices", "truefalse")

#: The kind that a person reads.
_READ = "text"

#: More than this no page has room for.
_HIGHEST = 200.0


def kind_of(part: PaperPart) -> str:
    """The kind's name in small letters alone."""
    return "".join(filter(str.isalpha, part.kind.lower()))


def box_height(part: PaperPart, problem: PaperProblem) -> float:
    """The height of an answer box: a line, or more where answers are long."""
    if kind_of(part) == _READ and problem.space:
        return min(problem.space, _HIGHEST)
    return _HEIGHTS.get(kind_of(part), _LINE)


def has_box(part: PaperPart) -> bool:
    """Whether the answer is written into a box, and not ticked."""
    return kind_of(part) not in _TICKED


def working_room(problem: PaperProblem) -> float:
    """The blank room at the end of a question whose boxes hold the answers alone."""
    read = any(kind_of(part) == _READ for part in problem.parts)
    return 0.0 if read else min(problem.space, _HIGHEST)


def is_wide(part: PaperPart, problem: PaperProblem) -> bool:
    """Whether the answer needs the whole width of an answer sheet."""
    return box_height(part, problem) > _LINE or len(part.options) > 4 or part.count > 2
