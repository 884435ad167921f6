"""PDF: tagged (PDF/UA-1), fonts embedded, figures as vectors, the same bytes for the same paper."""

from __future__ import annotations

import re

from partialcredit.figures import Figure
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.drawing.typst import picture
from partialcredit.writers.extent import keeps, lines
from partialcredit.writers.prose.typst import print_typst
from partialcredit.writers.typst_text import markup, string
from partialcredit.writers.views import View, facts, heading, letter, one_line

__all__ = ["count_pages", "pages", "render", "source"]

_LINE, _LINES, _SPACE = "9mm", "20mm", "32mm"

# Heights of the answer boxes by kind; other kinds get a line.
_HEIGHTS = {
    "array": _LINES,
    "expression": _LINES,
    "relation": _LINES,
    "derivation": _SPACE,
}


def render(paper: Paper, view: View) -> bytes:
    """The paper as a PDF file."""
    return compile_document(source(paper, view), "pdf")[0]


def pages(paper: Paper, least: int = 0, *, even: bool = False) -> bytes:
    """The question paper with blank pages at its end, so that it has at least so many pages.

    With ``even`` the number of pages is even, so that the next paper begins on a right-hand page.
    """
    written = render(paper, "paper")
    count = count_pages(written)
    wanted = max(count, least)
    wanted += wanted % 2 if even else 0
    if wanted == count:
        return written
    blank = "\n#blank-page()" * (wanted - count)
    return compile_document(source(paper, "paper") + blank, "pdf")[0]


def count_pages(document: bytes) -> int:
    """How many pages a PDF of this writer has."""
    tree = re.search(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)", document)
    if tree is None:
        raise ValueError("these bytes are no PDF of this writer")
    return int(tree[1])


def source(paper: Paper, view: View) -> str:
    """The paper as Typst markup, to follow the document templates."""
    about = "".join(f"[{markup(fact)}], " for fact in facts(paper))
    name_line = "true" if view == "paper" else "false"
    title = string(heading(paper, view))
    head = f"#show: exam.with(title: {title}, facts: ({about}), name-line: {name_line})"
    return "\n".join([head, *(_problem(problem, view) for problem in paper.problems)])


def _problem(problem: PaperProblem, view: View) -> str:
    figures = tuple(map(picture, problem.figures))
    text = "" if view == "key" else problem.statement
    statement = lines(text, problem.figures)
    worked = [_worked(part, view, problem.figures) for part in problem.parts]
    whole = statement + sum(worked) + sum(_asked(part, view) for part in problem.parts)
    parts = "\n".join(
        _part(part, view, figures, keeps(height))
        for part, height in zip(problem.parts, worked, strict=True)
    )
    title = markup(one_line(problem.title))
    # A question stays whole if it can; with solutions that would leave pages half empty.
    kept = keeps(whole if view == "paper" else 2 * whole)
    about = f"{problem.number}, [{title}], {problem.marks}, {kept}, {keeps(statement)}"
    return f"#problem({about})[\n{print_typst(text, figures)}\n][\n{parts}\n]"


def _part(part: PaperPart, view: View, figures: tuple[str, ...], kept: str) -> str:
    if view == "key":
        prompt, answer = f"#key-answer(raw({string(part.key or '')}))", "none"
    else:
        prompt, answer = print_typst(part.prompt, figures), _answer(part, view == "paper")
    worked = "none"
    if view != "paper" and part.solution:
        text = print_typst(part.solution, figures, lead="#solution-label;")
        worked = f"solution({kept})[{text}]"
    about = f"[{markup(letter(part))}], {part.marks}, {keeps(_asked(part, view))}"
    return f"#part({about}, [{prompt}], {answer}, {worked})"


def _asked(part: PaperPart, view: View) -> float:
    """The height of a prompt with its options and answer box, in lines."""
    if view == "key":
        return 2
    return 2 + lines(part.prompt) + sum(1 + lines(o) for o in part.options) + 4 * (view == "paper")


def _worked(part: PaperPart, view: View, figures: tuple[Figure, ...]) -> float:
    return 1 + lines(part.solution or "", figures) if view != "paper" else 0


def _answer(part: PaperPart, empty: bool) -> str:
    """The room for the answer; with solutions only the options are of use."""
    kind = "".join(filter(str.isalpha, part.kind.lower()))
    options = "".join(f"[{print_typst(option)}], " for option in part.options)
    box = f"answer-box({_HEIGHTS.get(kind, _LINE)})"
    if kind == "truefalse":
        return f"true-false-options(({options}))" if options else f"true-false({part.count})"
    if kind in ("choice", "choices"):
        return f"check-options(({options}))"
    if options:
        listed = f"listed-options(({options}))"
        return f"stack(spacing: 0.6em, {listed}, {box})" if empty else listed
    return box if empty else "none"
