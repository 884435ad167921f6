"""A problem as a question to a model: its text, and in which form the answers are wanted."""

from __future__ import annotations

from partialcredit.paper import Head, Paper, PaperProblem
from partialcredit.writers import render
from partialcredit.writers.views import letter

__all__ = ["labels", "question"]


def labels(problem: PaperProblem) -> list[str]:
    """The letters of the parts, in order."""
    return [letter(part) for part in problem.parts]


def question(problem: PaperProblem) -> str:
    """The problem in Markdown with TeX mathematics; figures are told in words."""
    text = render(Paper(Head(fields=()), (problem,)), ".md").decode()
    lines = text[text.index("\n## ") :].strip().splitlines()
    asked = "\n".join(line for line in lines if not line.startswith("**Answer "))
    form = ", then ".join(rf"`({label}) \boxed{{...}}`" for label in labels(problem))
    return f"{_without_doubled_blanks(asked)}\n\nEnd with one line for each part: {form}."


def _without_doubled_blanks(text: str) -> str:
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()
