"""Room for answers as Typst calls; templates/documents/answers.typ draws it."""

from __future__ import annotations

from partialcredit.paper import NORMAL, PaperPart, PaperProblem
from partialcredit.writers.prose.typst import print_typst
from partialcredit.writers.spaces import box_height, has_box, is_wide, kind_of
from partialcredit.writers.typst_text import markup
from partialcredit.writers.views import letter

__all__ = ["answer_space", "em", "ems", "sheet_space"]

_POINT = 25.4 / 72


def em(millimetres: float) -> str:
    """A length that is so long in type of the usual size, and grows with the type."""
    return f"{ems(millimetres):.3f}em"


def ems(millimetres: float) -> float:
    """The same as a multiple of the size of type."""
    return millimetres / (NORMAL * _POINT)


def answer_space(
    part: PaperPart, problem: PaperProblem, figures: tuple[str, ...], *, empty: bool
) -> str:
    """The room for the answer; with solutions only the options are of use."""
    options = "".join(f"[{print_typst(option, figures)}], " for option in part.options)
    box = f"answer-box(room * {em(box_height(part, problem))})"
    if kind_of(part) == "truefalse":
        return f"true-false-options(({options}))" if options else f"true-false({part.count})"
    if not has_box(part):
        return f"check-options(({options}))"
    if options:
        listed = f"listed-options(({options}))"
        return f"stack(spacing: 0.6em, {listed}, {box})" if empty else listed
    return box if empty else "none"


def sheet_space(part: PaperPart, problem: PaperProblem) -> str:
    """The room for the answer without the question, as an argument of ``sheet-question``."""
    if kind_of(part) == "truefalse":
        first = "A" if part.options else "1"
        space = f'true-false({len(part.options) or part.count}, pattern: "{first}.")'
    elif not has_box(part):
        space = f"check-options(({'[], ' * len(part.options)}))"
    else:
        space = f"answer-box({em(box_height(part, problem))})"
    wide = str(is_wide(part, problem)).lower()
    return f"sheet-part([{markup(letter(part))}], {wide}, {space}), "
