"""Which papers of a class ask the same question in the same place."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from partialcredit.paper import Paper, PaperProblem

__all__ = ["Alike", "identity", "most_marks"]


def identity(problem: PaperProblem) -> str:
    """A digest of all that a problem is marked by: equal ones are marked alike."""
    marked_by = (
        problem.number, problem.family, problem.version, problem.level, problem.parameters,
        [(p.id, p.name, p.kind, p.marks, p.key, p.options) for p in problem.parts],
    )  # fmt: skip
    return sha256(repr(marked_by).encode("utf-8", "replace")).hexdigest()


class Alike:
    """The first paper of a class that asks the same, by a paper's id and a part's.

    It is empty for a part that all papers ask alike.
    """

    def __init__(self, papers: Iterable[Paper]) -> None:
        papers = list(papers)
        first: dict[str, str] = {}
        asked: dict[tuple[str, str], str] = {}
        for paper in papers:
            for problem in paper.problems:
                name = identity(problem)
                first.setdefault(name, paper.id)
                asked |= {(paper.id, part.id): name for part in problem.parts}
        kinds: dict[str, set[str]] = {}
        for (_, part), name in asked.items():
            kinds.setdefault(part, set()).add(name)
        self._first = {
            place: first[name] if len(kinds[place[1]]) > 1 else "" for place, name in asked.items()
        }

    def __call__(self, paper: str, part: str) -> str:
        """The id of that paper."""
        return self._first.get((paper, part), "")


def most_marks(papers: Iterable[Paper]) -> dict[str, int]:
    """The marks of every part, of papers that give it different ones the most."""
    most: dict[str, int] = {}
    for paper in papers:
        for problem in paper.problems:
            for part in problem.parts:
                most[part.id] = max(part.marks, most.get(part.id, 0))
    return most
