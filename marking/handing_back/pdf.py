"""A student's page as PDF."""

from __future__ import annotations

import re
from functools import lru_cache

from partialcredit.marking.handing_back import words
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.pages import known, typeset
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.drawing.typst import picture
from partialcredit.writers.prose.typst import print_typst
from partialcredit.writers.typst_text import markup, string
from partialcredit.writers.views import letter, one_line

__all__ = ["render"]

_KEPT = 4096

#: A run of letters that no line holds, and where it may be broken.
_UNBROKEN, _BREAK = re.compile(r"\S{40}"), "\\g<0>\u200b"

_print = lru_cache(maxsize=_KEPT)(print_typst)
_picture = lru_cache(maxsize=_KEPT)(picture)


def render(paper: Paper, result: Result) -> bytes:
    """The page of one student."""
    marks = {mark.id: mark for mark in result.parts}
    body = "\n".join(_problem(problem, marks, result.dropped) for problem in paper.problems)
    about = known(words.facts(paper, result))
    totals = _totals(paper, marks, result)
    return typeset(words.title(paper), about, f"{totals}\n{body}", paper.head.paper)


def _totals(paper: Paper, marks: dict[str, PartMark], result: Result) -> str:
    rows = "".join(
        f"[{problem.number}], [{markup(one_line(problem.title))}], "
        f"[{words.earned(problem, marks, result.dropped)}], "
        for problem in paper.problems
    )
    return f"#totals({rows}[], strong[Total], strong[{words.of(result.marks, result.out_of)}])"


def _problem(problem: PaperProblem, marks: dict[str, PartMark], dropped: frozenset[str]) -> str:
    figures = tuple(map(_picture, problem.figures))
    earned = words.earned(problem, marks, dropped)
    parts = "\n".join(
        _part(part, figures, marks[part.id], part.id in dropped) for part in problem.parts
    )
    return (
        f"#marked-question({problem.number}, [{markup(one_line(problem.title))}], [{earned}])["
        f"\n{_print(problem.statement, figures)}\n][\n{parts}\n]"
    )


def _part(part: PaperPart, figures: tuple[str, ...], mark: PartMark, dropped: bool) -> str:
    earned = "not counted" if dropped else words.of(mark.marks, mark.out_of)
    options = "".join(f"[{_print(option, figures)}], " for option in part.options)
    rows = "".join(f"({string(name)}, {_shown(text)}), " for name, text in words.said(mark, part))
    worked = f"[{_print(part.solution, figures)}]" if part.solution else "none"
    return (
        f"#marked-part([{markup(letter(part))}], [{earned}], [{_print(part.prompt, figures)}], "
        f"({options}), said({rows}), {worked})"
    )


def _shown(text: str) -> str:
    """A text as it was typed; one of several lines, such as a caret's, in letters of one width."""
    printable = known(text)
    if "\n" in printable:
        return f"raw({string(printable)})"
    return f"[{markup(_UNBROKEN.sub(_BREAK, printable))}]"
