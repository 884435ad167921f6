"""The keys of many papers in one PDF: a few lines for each paper, to mark a class by hand."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.typst_text import markup, page_size, string
from partialcredit.writers.views import heading, letter, one_line, require_keys

__all__ = ["render_keys"]

#: A key of so many characters, about half a column, is not broken into lines.
_WHOLE = 24


def render_keys(papers: Sequence[Paper]) -> bytes:
    """One PDF with every paper's id, student and keys, a line for each question.

    Raises InputError for a paper that was written without keys.
    """
    for paper in papers:
        require_keys(paper, "key")
    first = papers[0]
    page = f"{string(heading(first, 'key'))}, paper: {page_size(first.head.paper)}"
    return compile_document("\n".join([f"#show: keys.with({page})", *map(_keys, papers)]), "pdf")[0]


def _keys(paper: Paper) -> str:
    about = one_line(f"{paper.student} {paper.name}")
    lines = "".join(f"[{problem.number}], [{_line(problem)}], " for problem in paper.problems)
    return f"#keys-of({string(one_line(paper.id))}, {string(about)}, ({lines}))"


def _line(problem: PaperProblem) -> str:
    return " ".join(_key(part) for part in problem.parts)


def _key(part: PaperPart) -> str:
    text = one_line(part.key or "")
    whole = "box" if len(text) <= _WHOLE else ""
    return f"#key-of([{markup(letter(part))}], {whole}(raw({string(text)})));"
