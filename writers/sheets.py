"""An answer sheet: a paper's id, the student's fields, and a box for every part."""

from __future__ import annotations

from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.typst_text import markup, string
from partialcredit.writers.views import heading, letter, one_line

__all__ = ["render_sheet"]

#: Heights of a box by kind of answer; other kinds need a line.
_HEIGHTS = {"array": "16mm", "expression": "13mm", "relation": "13mm", "text": "40mm"}
_LINE = "8mm"


def render_sheet(paper: Paper) -> bytes:
    """The sheet as a PDF file."""
    fields = "".join(f"[{markup(one_line(field))}], " for field in paper.head.fields)
    about = one_line(" ".join(filter(None, (paper.student, paper.name))))
    texts = (heading(paper, "paper"), one_line(paper.id), about)
    title, name, student = map(string, texts)
    size = string(paper.head.paper)
    head = f"#show: answer-sheet.with({title}, {name}, {student}, ({fields}), {size})"
    return compile_document("\n".join([head, *map(_problem, paper.problems)]), "pdf")[0]


def _problem(problem: PaperProblem) -> str:
    return f"#answer-boxes({problem.number}, ({''.join(map(_box, problem.parts))}))"


def _box(part: PaperPart) -> str:
    return f"([{markup(letter(part))}], {_HEIGHTS.get(part.kind, _LINE)}), "
