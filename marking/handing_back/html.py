"""A student's page as HTML, which loads nothing and runs nothing."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from partialcredit.marking.handing_back import words
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.pages import page
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.drawing.svg import draw
from partialcredit.writers.html import picture
from partialcredit.writers.prose.html import print_html
from partialcredit.writers.views import letter, one_line

__all__ = ["render"]

#: Texts that are printed once: those of one paper, or of all questions that a class shares.
_KEPT = 4096

_print = lru_cache(maxsize=_KEPT)(print_html)


def render(paper: Paper, result: Result) -> bytes:
    """The page of one student."""
    marks = {mark.id: mark for mark in result.parts}
    pictures = iter(_pictures(paper))
    body = "".join(
        _problem(problem, tuple(next(pictures) for _ in problem.figures), marks, result.dropped)
        for problem in paper.problems
    )
    inside = f"{_totals(paper, marks, result)}<main>\n{body}</main>\n"
    return page(words.title(paper), words.facts(paper, result), inside)


def _pictures(paper: Paper) -> tuple[str, ...]:
    """All drawings of a paper: the compiler runs once for them."""
    figures = tuple(figure for problem in paper.problems for figure in problem.figures)
    return tuple(map(picture, figures, draw(figures)))


def _totals(paper: Paper, marks: dict[str, PartMark], result: Result) -> str:
    rows = "".join(
        f"<tr><td>{problem.number}</td><td>{escape(one_line(problem.title))}</td>"
        f'<td class="number">{escape(words.earned(problem, marks, result.dropped))}</td></tr>\n'
        for problem in paper.problems
    )
    total = f'<tr><th></th><th>Total</th><th class="number">{words.of(result.marks, result.out_of)}'
    return f"<table>\n{rows}{total}</th></tr>\n</table>\n"


def _problem(
    problem: PaperProblem,
    figures: tuple[str, ...],
    marks: dict[str, PartMark],
    dropped: frozenset[str],
) -> str:
    parts = "".join(
        _part(part, figures, marks[part.id], part.id in dropped) for part in problem.parts
    )
    return (
        f'<section class="problem">\n<h2><span>{problem.number}. '
        f"{escape(one_line(problem.title))}</span> "
        f'<span class="marks">{words.earned(problem, marks, dropped)}</span></h2>\n'
        f"{_print(problem.statement, figures)}\n{parts}</section>\n"
    )


def _part(part: PaperPart, figures: tuple[str, ...], mark: PartMark, dropped: bool) -> str:
    earned = "not counted" if dropped else words.of(mark.marks, mark.out_of)
    lost = "" if dropped or mark.marks == mark.out_of else " lost"
    return (
        f'<div class="part{lost}">\n<div class="label">({escape(letter(part))})</div>\n'
        f'<div class="body">\n{_asked(part, figures)}{_said(mark, part)}'
        f"{_solution(part, figures, shown=bool(lost))}"
        f'</div>\n<div class="marks">{earned}</div>\n</div>\n'
    )


def _asked(part: PaperPart, figures: tuple[str, ...]) -> str:
    options = "".join(f"<li>{_print(option, figures)}</li>\n" for option in part.options)
    listed = f'<ol class="options">\n{options}</ol>\n' if options else ""
    return f"{_print(part.prompt, figures)}\n{listed}"


def _said(mark: PartMark, part: PaperPart) -> str:
    rows = "".join(
        f"<dt>{name}</dt><dd>{_shown(text)}</dd>\n" for name, text in words.said(mark, part)
    )
    return f'<div class="said"><dl>\n{rows}</dl></div>\n'


def _shown(text: str) -> str:
    """A text as it was typed; one of several lines, such as a caret's, in letters of one width."""
    return f"<pre>{escape(text)}</pre>" if "\n" in text else escape(text)


def _solution(part: PaperPart, figures: tuple[str, ...], *, shown: bool) -> str:
    """The worked solution, closed where there is nothing to learn from it."""
    if not part.solution:
        return ""
    worked = _print(part.solution, figures)
    state = " open" if shown else ""
    return f"<details{state}>\n<summary>Solution</summary>\n{worked}\n</details>\n"
