"""A paper as Typst markup: its head, then the pieces that its questions are set in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.drawing.typst import picture
from partialcredit.writers.head import asked, facts, fields, marks_table
from partialcredit.writers.page_breaks import Piece
from partialcredit.writers.prose.typst import print_typst
from partialcredit.writers.spaces import box_height, has_box, working_room
from partialcredit.writers.typst_answers import answer_space, em, ems, sheet_space
from partialcredit.writers.typst_text import markup, page_size, string
from partialcredit.writers.views import View, heading, letter, one_line

__all__ = ["Draft", "draft"]

# What it costs to end a page before a piece, where a page costs 1 (page_breaks.py):
# a stem never stands alone, a question is parted only where it is longer than a page, and where
# solutions stand between the questions, pages rather fill than keep questions whole.
_ALONE, _PARTED, _PARTED_FROM_FIGURE, _BEFORE_SOLUTION, _BETWEEN_SOLUTIONS = 50, 10, 14, 0.4, 0.1


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper's markup, to follow the templates, before it is known where its pages end.

    Without pieces it is an answer sheet, whose pages end by themselves.
    """

    page: str
    body: str
    pieces: tuple[Piece, ...]

    def markup(self, codes: Iterable[Sequence[str]] = (), places: str = "", blank: int = 0) -> str:
        """The document with a code for each page, its pieces at their places, and blank pages."""
        rows = string(" ".join("/".join(rows) for rows in codes))
        return (
            f"#show: printed.with({self.page}, codes: {rows})\n"
            f"#let places = {string(places)}\n{self.body}\n#blank-pages({blank})"
        )


def draft(paper: Paper, view: View) -> Draft:
    """What is printed of a paper."""
    page = (
        f"title: {string(heading(paper, view))}, id: {string(one_line(paper.id))}, "
        f"paper: {page_size(paper.head.paper)}, points: {paper.points:g}"
    )
    head = _head(paper, view)
    if view == "sheet":
        return Draft(page, f"{head}\n{_sheet(paper)}", ())
    level = 2
    set_pieces: list[tuple[str, Piece]] = []
    for problem in paper.problems:
        level = 3 if problem.section else level
        set_pieces += _pieces(problem, paper, view, level)
    bodies = " ".join(f"room => {{ {body} }}," for body, _ in set_pieces)
    return Draft(page, f"{head}\n#flow(places, ({bodies}))", tuple(p for _, p in set_pieces))


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


def _pieces(
    problem: PaperProblem, paper: Paper, view: View, level: int
) -> Iterator[tuple[str, Piece]]:
    """The pieces of a question: the body of each as a function of the room on its page."""
    size = paper.points
    figures = tuple(map(picture, problem.figures))
    text = "" if view == "key" else print_typst(problem.statement, figures)
    title = markup(one_line(problem.title))
    stem = f"stem({level}, {problem.number}, [{title}], {problem.marks}, [{text}])"
    if problem.section:
        words = "" if view == "key" else print_typst(problem.section.text)
        stem = f"section([{markup(one_line(problem.section.title))}], [{words}]) + {stem}"
    yield stem, Piece(0, 1.9 * size, cost=0, forced=problem.new_page and view == "paper")
    cost: float = _ALONE
    for part in problem.parts:
        box = ems(box_height(part, problem)) if has_box(part) and view == "paper" else 0
        yield _part(part, problem, paper, view, figures), Piece(box * size, 0.8 * size, cost)
        if view == "paper":
            cost = _PARTED_FROM_FIGURE if problem.figures else _PARTED
        elif part.solution:
            worked = print_typst(part.solution, figures, lead="#solution-label;")
            yield f"solution[{worked}]", Piece(0, 0.4 * size, _BEFORE_SOLUTION)
            cost = _BETWEEN_SOLUTIONS


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
