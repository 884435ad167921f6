"""The ways to print a paper, and what each shows."""

from __future__ import annotations

from typing import Literal, TypeAlias

from partialcredit.errors import InputError
from partialcredit.paper import Paper, PaperPart

__all__ = ["View", "heading", "letter", "one_line", "plural", "require_keys"]

#: ``paper``: questions only; ``solutions``: with each part's worked solution; ``key``: per part
#: the key answer and the worked solution, without the questions' answer space; ``sheet``: room for
#: the answers without the questions.
View: TypeAlias = Literal["paper", "solutions", "key", "sheet"]


def require_keys(paper: Paper, view: View) -> None:
    """Refuse to print solutions or a key from a paper file that was written without them."""
    lacking = view in ("solutions", "key") and any(
        part.key is None for problem in paper.problems for part in problem.parts
    )
    if lacking:
        raise InputError(
            "this paper was written without keys and solutions; "
            "print them from the one that was written without --public"
        )


def one_line(text: str) -> str:
    """Text a user typed, such as a title, without line breaks and invisible characters."""
    return "".join(filter(str.isprintable, " ".join(text.split())))


def heading(paper: Paper, view: View) -> str:
    """The title of the document, never empty."""
    title = one_line(paper.title) or "Paper"
    return title + {"key": ": key", "sheet": ": answers"}.get(view, "")


def letter(part: PaperPart) -> str:
    """The letter of a part within its problem: ``b`` of ``12b``."""
    return part.id.lstrip("0123456789")


def plural(number: int, word: str) -> str:
    """``1 mark``, ``2 marks``."""
    return f"{number} {word}{'' if number == 1 else 's'}"
