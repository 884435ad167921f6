"""Whose hand-in a sheet is, and which paper it answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from partialcredit.exam import Exam
from partialcredit.marking.hand_ins.labels import is_paper
from partialcredit.marking.hand_ins.sheets import Sheet, clean
from partialcredit.paper import Paper
from partialcredit.tables.students import names_student

__all__ = ["Class", "Foreign", "OnePaper", "Papers"]


class Foreign(Exception):
    """A sheet that answers no paper here; the sentence says why it is not marked."""


@dataclass(frozen=True)
class OnePaper:
    """Everybody has the same paper, on which students may call themselves as they like."""

    paper: Paper

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The one paper."""
        return (self.paper,)

    def paper_of(self, sheet: Sheet) -> tuple[str, Paper, str]:
        """The student, the paper and a notice, or none; raises :class:`Foreign`."""
        named = _paper_named(sheet)
        if named and self.paper.id and named.upper() != self.paper.id.upper():
            raise Foreign(
                f"{_whose(sheet)} is not marked: it names the paper {clean(named)[:40]}, this is "
                f"the paper {self.paper.id}"
            )
        return _student(sheet), self.paper, ""


class Class:
    """Everybody has a paper of their own, or a version."""

    def __init__(self, exam: Exam) -> None:
        self.papers = exam.papers
        self._by_id = {paper.id: paper for paper in exam.papers}
        versions = [paper for paper in exam.papers if not paper.student]
        self._versions = {paper.name.removeprefix("Version ").upper(): paper for paper in versions}
        students = [paper for paper in exam.papers if paper.student]
        names = Counter(paper.name.casefold() for paper in students)
        self._by_student = {
            **{p.name.casefold(): p for p in students if names[p.name.casefold()] == 1},
            **{p.student.casefold(): p for p in students},
        }

    def paper_of(self, sheet: Sheet) -> tuple[str, Paper, str]:
        """The student, the paper and a notice, or none; raises :class:`Foreign`.

        A paper's id counts; without one the student's place on the roster.
        """
        named = _paper_named(sheet)
        paper = self._named(sheet, named)
        theirs = self._theirs(sheet)
        if paper is None and theirs is None:
            raise Foreign(
                f"{_whose(sheet)} is not marked: nobody of that name is on the roster, and it "
                "names no paper's id"
            )
        if paper is not None and theirs is not None and paper is not theirs:
            raise Foreign(
                f"{_whose(sheet)} is not marked: it names the paper {paper.id}, but the paper of "
                f"{theirs.student} is {theirs.id}"
            )
        if theirs is not None:
            return theirs.student, theirs, ""
        assert paper is not None
        student = _student(sheet)
        if not student or student.upper() == paper.id:
            return paper.student or paper.id, paper, ""
        unknown = f"{student} is not on the roster; marked as the paper {paper.id}"
        return student, paper, unknown if paper.student else ""

    def _named(self, sheet: Sheet, named: str) -> Paper | None:
        """The paper that a sheet names; a file may be called by it."""
        if not named:
            return self._by_id.get(sheet.author.upper())
        paper = self._by_id.get(named.upper()) or self._versions.get(
            named.upper().removeprefix("VERSION ")
        )
        if paper is None:
            raise Foreign(
                f"{_whose(sheet)} is not marked: it names the paper {clean(named)[:40]}, which is "
                "none of this exam"
            )
        return paper

    def _theirs(self, sheet: Sheet) -> Paper | None:
        """The paper of the first of a sheet's names that the roster knows."""
        found = (self._by_student.get(name.casefold()) for name in _names(sheet))
        return next(filter(None, found), None)


#: What there is to answer.
Papers = OnePaper | Class


def _paper_named(sheet: Sheet) -> str:
    return next((text for name, text in sheet.fields.items() if is_paper(name)), "").strip()


def _names(sheet: Sheet) -> list[str]:
    """The names that a sheet gives its student, the best first."""
    ranked = sorted(
        (rank, text)
        for name, text in sheet.fields.items()
        if (rank := names_student(name)) is not None and text.strip()
    )
    names = [text for _, text in ranked] or [sheet.author]
    return [" ".join(clean(name).split())[:200] for name in names if name.strip()]


def _student(sheet: Sheet) -> str:
    return next(iter(_names(sheet)), "")


def _whose(sheet: Sheet) -> str:
    student = _student(sheet)
    return f"the hand-in of {student} ({sheet.place})" if student else sheet.place
