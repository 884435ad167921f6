"""Marking every student who handed in a paper, in processes that can be killed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from partialcredit.errors import InputError
from partialcredit.marking.alike import identity
from partialcredit.marking.desk import Check, Done, Refused
from partialcredit.marking.hand_ins.collecting import Answers
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.policy import Policy
from partialcredit.marking.queue import Queue
from partialcredit.marking.restoring import place
from partialcredit.paper import Paper, PaperProblem
from partialcredit.workers import Pool

__all__ = ["Classroom", "mark_paper", "mark_papers"]

#: Below this many parts to mark, another process costs more than it saves.
WORTH_A_WORKER = 1000


class Classroom:
    """Worker processes that mark answers to some problems."""

    def __init__(
        self, problems: Sequence[PaperProblem], *, policy: Policy | None = None, size: int = 1
    ) -> None:
        self._problems = tuple(problems)
        self._pool = Pool(
            size, "partialcredit.marking.desk:desk", self._problems, policy or Policy()
        )

    def __enter__(self) -> Classroom:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()

    def check(self) -> None:
        """Restore every problem in a worker; raises InputError for one that cannot be marked."""
        for index in range(len(self._problems)):
            self._pool.submit(Check(index))
        for request, (kind, value) in self._pool.events():
            if kind == "reply" and isinstance(value, Refused):
                raise InputError(value.message)
            if kind == "end" and value is not None:
                where = place(self._problems[request.problem])
                raise InputError(f"{where} is damaged: when its key was computed, {value.why}")

    def mark(
        self, students: Sequence[Mapping[str, str]], asked: Sequence[Sequence[int]] | None = None
    ) -> Iterator[tuple[int, tuple[PartMark, ...]]]:
        """Every student's marks, with the place in ``students``, as they are finished.

        ``students`` are answers by part id, and ``asked`` the places of each one's problems, all of
        them when it is not given. Equal answers to a problem are marked once. Raises InputError
        for a damaged problem.
        """
        queue = Queue(self._problems, students, self._pool.submit, asked)
        yield from queue.finished()
        for request, (kind, value) in self._pool.events():
            if kind == "reply" and isinstance(value, Refused):
                raise InputError(value.message)
            if kind == "reply":
                queue.take(request, cast(Done, value))
            else:
                queue.end(request, value)
            yield from queue.finished()


def mark_paper(paper: Paper, answers: Answers, **options: Any) -> list[Result]:
    """Mark every student's answers to one paper; see :func:`mark_papers`."""
    return mark_papers(dict.fromkeys(answers, paper), answers, **options)


def mark_papers(
    papers: Mapping[str, Paper],
    answers: Answers,
    *,
    policy: Policy | None = None,
    done: Mapping[str, Result] | None = None,
    progress: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Mark every student's answers to their own paper; results stand in the order of the hand-in.

    ``done`` are results of an interrupted run, and ``progress`` hears of each new one.

    Raises InputError when the paper file is damaged, or the keys of an old one are missing.
    """
    different = {paper.id: paper for paper in papers.values()}
    for paper in different.values():
        ids = [part.id for problem in paper.problems for part in problem.parts]
        if len(set(ids)) < len(ids):
            raise InputError("the paper file is damaged: two of its parts have the same id")
    results = dict(done or {})
    students = [student for student in answers if student not in results]
    parts = sum(bool(text.strip()) for student in students for text in answers[student].values())
    size = min(os.cpu_count() or 1, 1 + parts // WORTH_A_WORKER)
    problems, places = _different_problems(different.values())
    with Classroom(problems, policy=policy, size=size) as room:
        if len(different) == 1:  # of a class, whoever is marked meets what is damaged
            room.check()
        asked = [places[papers[student].id] for student in students]
        for place_, marks in room.mark([answers[student] for student in students], asked):
            student = students[place_]
            results[student] = Result(student, marks, papers[student].id)
            progress(results[student])
    return [results[student] for student in answers]


def _different_problems(
    papers: Iterable[Paper],
) -> tuple[list[PaperProblem], dict[str, tuple[int, ...]]]:
    """The problems of all papers, equal ones once, and where those of each paper are."""
    found: dict[str, int] = {}
    problems: list[PaperProblem] = []
    places: dict[str, tuple[int, ...]] = {}
    for paper in papers:
        here = []
        for problem in paper.problems:
            name = identity(problem)
            if name not in found:
                found[name] = len(problems)
                problems.append(problem)
            here.append(found[name])
        places[paper.id] = tuple(here)
    return problems, places
