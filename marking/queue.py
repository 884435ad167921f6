"""Who waits for which marks.

Equal answers are marked once; what overran is marked again without the part that is to blame.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from partialcredit.marking.desk import PART_SECONDS, Done, Job
from partialcredit.marking.marks import PartMark, undecided
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.workers import Overrun

__all__ = ["Queue"]

#: Jobs that are handed over at a time, at least; a student's jobs stay together.
CHUNK = 40
#: How often a job is tried that ends for no reason that a part is to blame for.
TRIES = 3

#: A problem, and the answers to its parts.
Question = tuple[int, tuple[str, ...]]
Jobs = tuple[Job, ...]


class Queue:
    """The jobs of a class, and the marks that have come back.

    ``asked`` are the places of every student's problems; all of them when it is not given.
    """

    def __init__(
        self,
        problems: Sequence[PaperProblem],
        students: Sequence[Mapping[str, str]],
        submit: Callable[[Jobs], None],
        asked: Sequence[Sequence[int]] | None = None,
    ) -> None:
        self._problems, self._submit = problems, submit
        everything = range(len(problems))
        self._questions = [
            self._asked(answers, asked[student] if asked else everything)
            for student, answers in enumerate(students)
        ]
        self._marks: dict[Question, tuple[PartMark, ...]] = {}
        self._own: dict[tuple[int, Question], tuple[PartMark, ...]] = {}
        self._waiting: dict[Question, list[int]] = {}
        self._missing: Counter[int] = Counter()
        self._spent: defaultdict[int, float] = defaultdict(float)
        self._tries: Counter[Question] = Counter()
        self._replied: dict[int, set[int]] = {}
        self._finished: list[int] = []
        self._submit_all()

    def _asked(self, answers: Mapping[str, str], problems: Iterable[int]) -> list[Question]:
        return [
            (number, tuple(answers.get(part.id, "") for part in self._problems[number].parts))
            for number in problems
        ]

    def _submit_all(self) -> None:
        chunk: list[Job] = []
        for student, questions in enumerate(self._questions):
            for question in questions:
                number, answers = question
                if not any(map(str.strip, answers)):
                    self._marks[question] = tuple(_blank(self._problems[number], answers))
                    continue
                self._missing[student] += 1
                if question not in self._waiting:
                    chunk.append(Job(student, number, answers))
                self._waiting.setdefault(question, []).append(student)
            if not self._missing[student]:
                self._finished.append(student)
            if len(chunk) >= CHUNK:
                self._submit(tuple(chunk))
                chunk = []
        if chunk:
            self._submit(tuple(chunk))

    def finished(self) -> Iterator[tuple[int, tuple[PartMark, ...]]]:
        """Students whose marks are complete since the last call."""
        for student in self._finished:
            parts = (
                self._own.get((student, q)) or self._marks[q] for q in self._questions[student]
            )
            yield student, tuple(mark for marks in parts for mark in marks)
        self._finished = []

    def take(self, request: Jobs, done: Done) -> None:
        """Marks have come back for one job of a request."""
        job = request[done.job]
        self._replied.setdefault(id(request), set()).add(done.job)
        self._spent[job.student] += done.seconds
        question = (job.problem, job.answers)
        if not done.complete:
            self._give(job.student, question, done.marks)
            return
        self._marks[question] = done.marks
        for student in self._waiting.pop(question):
            self._one_less(student)

    def end(self, request: Jobs, overrun: Overrun | None) -> None:
        """A request is over; what is left of it is marked again, without the part to blame."""
        replied = self._replied.pop(id(request), set())
        if overrun is None:
            return
        blamed, _, part = overrun.step.partition(" ")
        again = []
        for index, job in enumerate(request):
            if index in replied:
                continue
            if part and index == int(blamed):
                self._spent[job.student] += PART_SECONDS
                job = replace(job, skipped={**job.skipped, int(part): overrun.why})
            elif not part and self._given_up(job, overrun.why):
                continue
            again.append(replace(job, spent=self._spent[job.student]))
        if again:
            self._submit(tuple(again))

    def _given_up(self, job: Job, why: str) -> bool:
        """Whether a job has been tried often enough; a person marks it then."""
        question = (job.problem, job.answers)
        self._tries[question] += 1
        if self._tries[question] < TRIES:
            return False
        parts = self._problems[job.problem].parts
        marks = [
            undecided(part.id, part.marks, text, why) if text.strip() else _blank_part(part, text)
            for part, text in zip(parts, job.answers, strict=True)
        ]
        self._give(job.student, question, tuple(marks))
        return True

    def _give(self, student: int, question: Question, marks: tuple[PartMark, ...]) -> None:
        """These marks are one student's alone; the next who waits has the question marked anew."""
        self._own[student, question] = marks
        self._one_less(student)
        others = self._waiting[question]
        others.remove(student)
        if others:
            self._submit((Job(others[0], *question, spent=self._spent[others[0]]),))
        else:
            del self._waiting[question]

    def _one_less(self, student: int) -> None:
        self._missing[student] -= 1
        if not self._missing[student]:
            self._finished.append(student)


def _blank(problem: PaperProblem, answers: tuple[str, ...]) -> Iterator[PartMark]:
    return map(_blank_part, problem.parts, answers)


def _blank_part(part: PaperPart, text: str) -> PartMark:
    return PartMark(part.id, "blank", Fraction(0), part.marks, text)
