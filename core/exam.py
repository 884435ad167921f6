"""The exam of a class: its recipe, its secret, everyone's paper; ``exam.json`` in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.files import read_text
from partialcredit.paper import Head, Paper
from partialcredit.paper_file import FORMAT, as_data, from_data, read_data, read_paper, write_data
from partialcredit.staging import settle

__all__ = ["EXAM", "Exam", "read_papers"]

#: The name of the file in a class folder. It holds every key, and its owner alone may read it.
EXAM = "exam.json"


@dataclass(frozen=True)
class Exam:
    """Papers of one recipe, by student or by version.

    ``recipe`` is the text that the papers were made from, ``secret`` 64 hexadecimal digits.
    """

    recipe: str
    secret: str
    papers: tuple[Paper, ...]

    @property
    def head(self) -> Head:
        """The head that all papers share."""
        return self.papers[0].head

    @cached_property
    def by_student(self) -> Mapping[str, Paper]:
        """Every student's paper."""
        return {paper.student: paper for paper in self.papers if paper.student}

    @cached_property
    def by_id(self) -> Mapping[str, Paper]:
        """Every paper by the id that stands on it."""
        return {paper.id: paper for paper in self.papers}

    def to_json(self) -> str:
        """The exam file."""
        papers = [as_data(paper) for paper in self.papers]
        return write_data(
            {"format": FORMAT, "recipe": self.recipe, "secret": self.secret, "papers": papers}
        )

    @classmethod
    def from_json(cls, text: str) -> Exam:
        """Read an exam file; raises InputError when it is broken or foreign."""
        data = read_data(text)
        recipe, secret, papers = (data.get(name) for name in ("recipe", "secret", "papers"))
        if not (isinstance(recipe, str) and isinstance(secret, str) and isinstance(papers, list)):
            raise InputError(f"{EXAM} is damaged: it holds no recipe, no secret or no papers")
        if not papers or not all(isinstance(paper, dict) for paper in papers):
            raise InputError(f"{EXAM} is damaged: it holds no papers")
        exam = cls(recipe, secret, tuple(map(from_data, papers)))
        if len(exam.by_id) < len(exam.papers):
            raise InputError(f"{EXAM} is damaged: two of its papers have the same id")
        return exam


def read_papers(path: Path) -> Paper | Exam:
    """The paper in a paper file, or the exam in a class folder; raises InputError."""
    if not path.is_dir():
        return read_paper(read_text(path))
    with suppress(OSError):  # a folder that cannot be written
        settle(path)
    if not (path / EXAM).is_file():
        raise InputError(f"{path} is no class folder: it holds no {EXAM}")
    return Exam.from_json(read_text(path / EXAM))
