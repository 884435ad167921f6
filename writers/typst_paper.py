"""A paper as Typst markup: its head, then the pieces that its questions are set in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.codes import codes
from partialcredit.writers.drawing.typst import picture
from partialcredit.writers.head import asked, facts, fields, marks_table
from partialcredit.writers.prose.typst import print_typst
from partialcredit.writers.spaces import box_height, has_box, working_room
from partialcredit.writers.typst_answers import answer_space, em, sheet_space
from partialcredit.writers.typst_text import markup, string
from partialcredit.writers.views import View, heading, letter, one_line

__all__ = ["source"]

_PAPERS = {"a4": "a4", "letter": "us-letter"}

# What it costs to end a page before a piece, where a page costs 1 (templates/documents/breaks.typ):
# a stem never stands alone, a question is parted only where it is longer than a page, and where
# solutions stand between the questions, pages rather fill than keep questions whole.
_ALONE, _PARTED, _PARTED_FROM_FIGURE, _BEFORE_SOLUTION, _BETWEEN_SOLUTIONS = 50, 10, 14, 0.4, 0.1


def source(paper: Paper, view: View, coded: int, blank: int = 0) -> str:
    """The document to follow the templates: codes for so many pages, blank pages at its end."""
    handed_out = view in ("paper", "sheet")
    shown = codes(paper.id, coded) if paper.id and handed_out else ()
    rows = "".join(f"({', '.join(map(string, code))}), " for code in shown)
    title = string(heading(paper, view))
    page = (
        f"title: {title}, id: {string(one_line(paper.id))}, codes: ({rows}), "
        f"paper: {string(_PAPERS.get(paper.head.paper, 'a4'))}, points: {paper.points:g}"
    )
    body = _sheet(paper) if view == "sheet" else _flow(paper, view)
    return "\n".join(
        [f"#show: printed.with({page})", _head(paper, view), body, "#blank-page()\n" * blank]
    )


def _head(paper: Paper, view: View) -> str:
    about = [f"facts: ({_contents(map(markup, facts(paper)))})"]
    if view in ("paper", "sheet"):
        lines = "".join(f"([{markup(k)}], [{markup(v)}]), " for k, v in fields(paper))
        about += [f"fields: ({lines})"]
    if view == "paper":
        table = "".join(f"({_contents(map(markup, line))}), " for line in marks_table(paper))
        about += [f"marks: ({table})"]
        about += [f"cover: {str(paper.head.cover).lower()}"]
        if paper.head.allowed:
            about += [f"allowed: [{markup(one_line(paper.head.allowed))}]"]
        if paper.head.instructions:
            about += [f"instructions: [{print_typst(paper.head.instructions)}]"]
    return f"#head([{markup(heading(paper, view))}], {', '.join(about)})"


def _flow(paper: Paper, view: View) -> str:
    level = 2
    pieces: list[str] = []
    for problem in paper.problems:
        level = 3 if problem.section else level
        pieces += _pieces(problem, paper, view, level)
    return f"#flow(({' '.join(pieces)}))"


def _pieces(problem: PaperProblem, paper: Paper, view: View, level: int) -> Iterator[str]:
    figures = tuple(map(picture, problem.figures))
    text = "" if view == "key" else print_typst(problem.statement, figures)
    title = markup(one_line(problem.title))
    stem = f"stem({level}, {problem.number}, [{title}], {problem.marks}, [{text}])"
    if problem.section:
        words = "" if view == "key" else print_typst(problem.section.text)
        stem = f"section([{markup(one_line(problem.section.title))}], [{words}]) + {stem}"
    yield _piece(stem, above="1.9em", cost=0, forced=problem.new_page and view == "paper")
    cost: float = _ALONE
    for part in problem.parts:
        box = box_height(part, problem) if has_box(part) and view == "paper" else 0
        yield _piece(_part(part, problem, paper, view, figures), above="0.8em", cost=cost, box=box)
        if view == "paper":
            cost = _PARTED_FROM_FIGURE if problem.figures else _PARTED
        elif part.solution:
            worked = print_typst(part.solution, figures, lead="#solution-label;")
            yield _piece(f"solution[{worked}]", above="0.4em", cost=_BEFORE_SOLUTION)
            cost = _BETWEEN_SOLUTIONS


def _piece(body: str, *, above: str, cost: float, box: float = 0, forced: bool = False) -> str:
    """A piece for ``flow``: its body is a function of the room on its page."""
    return (
        f"(body: room => {{ {body} }}, above: {above}, box: {em(box)}, cost: {cost}, "
        f"forced: {str(forced).lower()}),"
    )


def _part(
    part: PaperPart, problem: PaperProblem, paper: Paper, view: View, figures: tuple[str, ...]
) -> str:
    if view == "key":
        prompt, answer = f"#key-answer(raw({string(part.key or '')}))", "none"
    else:
        prompt = print_typst(asked(part, paper.head.policy), figures)
        answer = answer_space(part, problem, figures, empty=view == "paper")
    last = part is problem.parts[-1] and view == "paper"
    working = em(working_room(problem) if last else 0)
    return f"part([{markup(letter(part))}], {part.marks}, [{prompt}], {answer}, {working})"


def _sheet(paper: Paper) -> str:
    return "\n".join(
        f"#sheet-question({problem.number}, [{markup(one_line(problem.title))}], "
        f"({''.join(sheet_space(part, problem) for part in problem.parts)}))"
        for problem in paper.problems
    )


def _contents(texts: Iterable[str]) -> str:
    return "".join(f"[{text}], " for text in texts)
