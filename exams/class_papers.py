"""Everyone's paper: what the class shares is settled once, numbers are drawn for each student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from partialcredit.exam import EXAM, Exam
from partialcredit.exams.compose import renumbered
from partialcredit.exams.equal import Standard, equal, standard
from partialcredit.exams.identity import paper_id, question_seed
from partialcredit.exams.questions import chosen, resolve, written
from partialcredit.exams.recipe import Question, Recipe, read_recipe
from partialcredit.exams.roster import Student
from partialcredit.paper import Paper, PaperProblem

__all__ = ["Before", "ClassPapers", "resolved"]

#: The paper of questions that are the same for everyone, and of drafts: nobody's.
_NOBODY = ""


def resolved(recipe: Recipe, secret: str) -> tuple[Question, ...]:
    """The questions that all papers share, the families of every topic chosen."""
    return resolve(recipe, question_seed(secret, _NOBODY, "topics"))


@dataclass(frozen=True)
class Before:
    """Papers as they were before the recipe was edited, or before a run was interrupted."""

    questions: Mapping[str, tuple[int, Question]]
    papers: Mapping[str, Paper]

    @classmethod
    def of(cls, exam: Exam) -> Before:
        """The papers of an exam, by student or version, and its questions, by identity."""
        questions = resolved(read_recipe(exam.recipe, f"the recipe in {EXAM}"), exam.secret)
        places = {question.identity: (i, question) for i, question in enumerate(questions)}
        return cls(places, {paper.student or paper.name: paper for paper in exam.papers})

    def problem(self, question: Question, student: str) -> PaperProblem | None:
        """A student's problem if its question has not changed since, as it stood on the paper."""
        place, old = self.questions.get(question.identity, (0, None))
        paper = self.papers.get(student)
        if paper is None or old is None or _bare(old) != _bare(question):
            return None
        return paper.problems[place] if place < len(paper.problems) else None


def _bare(question: Question) -> Question:
    """A question without where it stands and what stands around it."""
    return replace(question, line="", section=None, new_page=False, space=0.0)


class ClassPapers:
    """Writes the papers of a recipe under a secret, taking over what is as it was ``before``."""

    def __init__(
        self,
        recipe: Recipe,
        questions: Sequence[Question],
        secret: str,
        before: Sequence[Before] = (),
    ) -> None:
        self._recipe, self._questions, self._secret = recipe, questions, secret
        self._before = before
        self._standards: dict[tuple[str, str], Standard] = {}
        self._shared: dict[str, PaperProblem] = {}

    def paper(self, student: Student) -> Paper:
        """One student's paper; raises what printing a question raises."""
        name = paper_id(self._secret, student.key)
        problems = tuple(
            replace(
                renumbered(self._problem(question, name, student.key), number),
                section=question.section, new_page=question.new_page, space=question.space,
            )
            for number, question in enumerate(self._questions, 1)
        )  # fmt: skip
        return Paper(
            self._recipe.head, problems, id=name, student=student.id, name=student.name,
            points=student.points,
        )  # fmt: skip

    def _problem(self, question: Question, paper: str, student: str) -> PaperProblem:
        for before in self._before:
            if kept := before.problem(question, student):
                return kept
        if question.fixed:
            if question.identity not in self._shared:
                self._shared[question.identity] = self._draw(question, _NOBODY, 0)
            return self._shared[question.identity]
        first = question_seed(self._secret, paper, question.identity)
        one = chosen(question, first)
        return equal(lambda attempt: self._draw(one, paper, attempt), self._standard(one))

    def _standard(self, question: Question) -> Standard:
        """What a question of one family is like for the whole class."""
        key = (question.identity, question.families[0])
        if key not in self._standards:
            self._standards[key] = standard(lambda draft: self._draw(question, _NOBODY, draft))
        return self._standards[key]

    def _draw(self, question: Question, paper: str, attempt: int) -> PaperProblem:
        return written(question, 1, question_seed(self._secret, paper, question.identity, attempt))
