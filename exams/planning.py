"""What a run on a class folder has to make, and what it goes on from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.exam import EXAM, Exam, read_papers
from partialcredit.exams.class_papers import Before, resolved
from partialcredit.exams.identity import new_secret, paper_id
from partialcredit.exams.recipe import Question, Recipe
from partialcredit.exams.roster import Student

__all__ = ["PAPERS", "Plan", "plan_class"]

#: The folder of everyone's paper inside a class folder.
PAPERS = "papers"


@dataclass(frozen=True)
class Plan:
    """The papers to make, and the exam that stands in the folder already."""

    recipe: Recipe
    secret: str
    students: tuple[Student, ...]
    exam: Exam | None = None
    questions: tuple[Question, ...] = ()
    notices: list[str] = field(default_factory=list)
    secret_given: bool = False

    def under(self, secret: str) -> Plan:
        """The same plan under another secret, which chooses its topics' families anew."""
        return replace(self, secret=secret, questions=resolved(self.recipe, secret))


def plan_class(
    folder: Path, recipe: Recipe, students: Sequence[Student], secret: str | None
) -> Plan:
    """Plan a fresh folder, or to go on with the exam that it holds.

    Whoever has a paper keeps it. Raises InputError for a folder that holds another exam, or the
    papers of one whose keys and secret are lost.
    """
    exam = _exam_in(folder)
    if exam is not None and secret not in (None, exam.secret):
        raise InputError(
            f"{folder} holds papers of another secret; leave --secret out, or name another folder"
        )
    own = exam.secret if exam is not None else secret or new_secret()
    questions = resolved(recipe, own)
    if exam is not None and not _goes_on(exam, recipe, questions):
        raise InputError(
            f"{folder} holds another exam, {exam.head.title!r:.80}; name another folder for "
            f"{recipe.head.title!r:.80}"
        )
    everyone = (*students, *_left(exam, students))
    _check_ids(own, everyone)
    plan = Plan(recipe, own, everyone, exam, questions, secret_given=secret is not None)
    if gone := everyone[len(students) :]:
        named = ", ".join(student.key for student in gone[:8])
        more = f" and {len(gone) - 8} more" if len(gone) > 8 else ""
        plan.notices.append(f"{named}{more}: no longer on the roster, but the papers are kept")
    return plan


def _exam_in(folder: Path) -> Exam | None:
    if (folder / EXAM).exists():
        found = read_papers(folder)
        assert isinstance(found, Exam)
        return found
    if (folder / PAPERS).exists():
        raise InputError(
            f"{folder} holds papers but no {EXAM}, which is their key and cannot be made again; "
            "put it back from a copy, or name another folder"
        )
    return None


def _goes_on(exam: Exam, recipe: Recipe, questions: Iterable[Question]) -> bool:
    """Whether a recipe is an edited one of an exam: most of the questions, or the title, stay."""
    before, now = Before.of(exam).questions, {question.identity for question in questions}
    return recipe.head.title == exam.head.title or 2 * len(now & before.keys()) >= len(before)


def _left(exam: Exam | None, students: Iterable[Student]) -> tuple[Student, ...]:
    """Those who have a paper and are no longer on the roster."""
    keys = {student.key for student in students}
    papers = exam.papers if exam is not None else ()
    had = (Student(paper.student, paper.name, paper.points) for paper in papers)
    return tuple(student for student in had if student.key not in keys)


def _check_ids(secret: str, students: Iterable[Student]) -> None:
    seen: dict[str, str] = {}
    for student in students:
        first = seen.setdefault(paper_id(secret, student.key), student.key)
        if first != student.key:  # one class of a thousand in two million
            raise InputError(
                f"the papers of {first} and {student.key} would have the same id; make the exam "
                "with another secret"
            )
