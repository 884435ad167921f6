"""What a page says of a mark, the same in every form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from partialcredit.errors import MathError
from partialcredit.marking.marks import PartMark, Result, plain
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.mathematics import to_plain
from partialcredit.writers.views import one_line

__all__ = ["earned", "facts", "of", "said", "title"]

#: Characters of an answer that a page shows; what follows is seldom an answer.
_LONGEST = 500

#: Mathematics in an option, by which an answer is told that names it.
_MATHEMATICS = re.compile(r"\$([^$]+)\$")

_VERDICTS = {
    "correct": "Right",
    "follow-through": "Right with your earlier answer",
    "partial": "Partly right",
    "incorrect": "Not right",
    "invalid": "Could not be read; a person looks at it",
    "undecided": "A person looks at it",
    "blank": "No answer",
    "decided": "Marked by a person",
}


def title(paper: Paper) -> str:
    """The heading of the page."""
    return f"{one_line(paper.title) or 'Paper'}: feedback"


def facts(paper: Paper, result: Result) -> str:
    """Whose page it is, and the marks."""
    who = [result.student, paper.name if paper.student == result.student else ""]
    named = [f"Paper {paper.id}"] if paper.id else []
    known = [one_line(text)[:200] for text in who if text.strip()]
    return " · ".join([*known, *named, f"{of(result.marks, result.out_of)} marks"])


def of(marks: Fraction, out_of: int) -> str:
    """``1.5 of 2``."""
    return f"{plain(marks)} of {out_of}"


def earned(problem: PaperProblem, marks: Mapping[str, PartMark], dropped: Collection[str]) -> str:
    """The marks of a question, of those that count."""
    counted = [marks[part.id] for part in problem.parts if part.id not in dropped]
    return of(
        sum((mark.marks for mark in counted), Fraction(0)), sum(mark.out_of for mark in counted)
    )


def said(mark: PartMark, part: PaperPart) -> Iterator[tuple[str, str]]:
    """What was handed in, how it was read, and what is said of it, each under its name."""
    answer = _short(mark.answer)
    if answer:
        yield "Your answer", answer
    understood = _MATHEMATICS.sub(_plain, mark.understood) if part.options else mark.understood
    if understood and understood.strip() != mark.answer.strip():
        yield "Read as", _short(understood)
    yield "Verdict", _VERDICTS[mark.verdict]
    if mark.feedback:
        yield "Why", _short(mark.feedback)


def _plain(mathematics: re.Match[str]) -> str:
    """An option's mathematics in letters; where it is a student's after all, as it is."""
    try:
        return to_plain(mathematics[1])
    except MathError:
        return mathematics[0]


def _short(text: str) -> str:
    """A text without what steers a page, and no longer than a page wants it."""
    clean = "".join(c if c.isprintable() or c == "\n" else " " for c in text.strip())
    return clean if len(clean) <= _LONGEST else f"{clean[:_LONGEST]} …"
