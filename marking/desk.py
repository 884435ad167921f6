"""A marker's desk: what runs inside the worker processes that mark answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from partialcredit.errors import InputError
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.marking.policy import Policy
from partialcredit.marking.restoring import restored
from partialcredit.paper import PaperProblem
from partialcredit.problem import Problem
from partialcredit.workers.inside import Answer, Step

__all__ = [
    "PART_SECONDS", "STUDENT_SECONDS", "Check", "Done", "Job", "Refused", "desk",
]  # fmt: skip

#: CPU seconds for marking one part, all parts of one student, and restoring one problem. An
#: ordinary part takes a thousandth of that.
PART_SECONDS, STUDENT_SECONDS, PROBLEM_SECONDS = 0.5, 5.0, 5.0

#: Restored problems that are kept; one paper has fewer, a class with a paper each has more.
KNOWN = 400


@dataclass(frozen=True, slots=True)
class Job:
    """One student's answers to one problem, by part.

    ``skipped`` says why some parts, by their place, are not marked any more; ``spent`` are the CPU
    seconds that earlier attempts at this student took.
    """

    student: int
    problem: int
    answers: tuple[str, ...]
    skipped: Mapping[int, str] = field(default_factory=dict)
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """A request to restore one problem, so that a damaged paper file is known before marking."""

    problem: int


@dataclass(frozen=True, slots=True)
class Done:
    """The marks of a job, ``seconds`` of CPU after it began.

    They are ``complete`` unless the student's time was over, which is no other student's fault.
    """

    job: int
    marks: tuple[PartMark, ...]
    seconds: float
    complete: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The sentence that says what is wrong with a problem of the paper file."""

    message: str


def desk(problems: Sequence[PaperProblem], policy: Policy) -> Answer:
    """Answer a :class:`Check`, or a sequence of jobs with a :class:`Done` for each."""
    known: dict[int, Problem] = {}
    ids = [[part.id for part in printed.parts] for printed in problems]

    def find(index: int, step: Step) -> Problem:
        if index not in known:
            step("problem", PROBLEM_SECONDS)
            if len(known) >= KNOWN:
                del known[next(iter(known))]
            known[index] = restored(problems[index])
        return known[index]

    def answer(request: Check | Sequence[Job], step: Step) -> Iterator[Done | Refused]:
        if isinstance(request, Check):
            try:
                find(request.problem, step)
            except InputError as error:
                yield Refused(str(error))
            return
        spent: dict[int, float] = {}
        for index, job in enumerate(request):
            try:
                problem = find(job.problem, step)
            except InputError as error:
                yield Refused(str(error))
                return
            start = time.process_time()
            clock = _Clock(step, index, start + STUDENT_SECONDS - spent.get(job.student, job.spent))
            marks = mark_problem(
                problems[job.problem],
                problem,
                dict(zip(ids[job.problem], job.answers, strict=True)),
                policy=policy,
                skipped=job.skipped,
                begin=clock.begin,
            )
            seconds = time.process_time() - start
            spent[job.student] = spent.get(job.student, job.spent) + seconds
            yield Done(index, tuple(marks), seconds, not clock.over)

    return answer


class _Clock:
    """A student's time for one job; it is over at ``end``."""

    def __init__(self, step: Step, job: int, end: float) -> None:
        self.over = False
        self._step, self._job, self._end = step, job, end

    def begin(self, part: int) -> str:
        """Say which part is begun, or why it is not."""
        if time.process_time() >= self._end:
            self.over = True
            return f"the student's answers needed more than {STUDENT_SECONDS:g} s together"
        self._step(f"{self._job} {part}", PART_SECONDS)
        return ""
