"""A class folder: the exam with all keys, the roster, everyone's paper, and all papers to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import count, zip_longest
from pathlib import Path

from partialcredit.exam import EXAM, Exam
from partialcredit.exams.class_papers import Before, ClassPapers
from partialcredit.exams.merging import merge
from partialcredit.exams.planning import PAPERS, Plan
from partialcredit.exams.printing import print_class, workers
from partialcredit.files import read_bytes, write_files
from partialcredit.paper import Paper, PaperProblem
from partialcredit.staging import replacing
from partialcredit.tables.cells import to_csv
from partialcredit.writers.keys import render_keys
from partialcredit.writers.pdf import count_pages

__all__ = ["changed", "write_class"]


def write_class(
    folder: Path, plan: Plan, before: Sequence[Exam], finished: Callable[[Paper], None]
) -> Exam:
    """Write the folder anew, all of it or nothing; ``finished`` hears of each paper.

    ``before`` are exams whose problems are taken over where their questions are the same. When
    problems of papers that exist are replaced, the exam file with their keys is kept beside.
    """
    writer = ClassPapers(plan.recipe, plan.questions, plan.secret, tuple(map(Before.of, before)))
    with replacing(folder) as new:
        (new / PAPERS).mkdir()
        with workers(writer) as pool:
            printed = partial(_printed, folder, plan.exam)
            papers = print_class(pool, plan.students, new / PAPERS, printed, finished)
        exam = Exam(plan.recipe.text, plan.secret, tuple(papers))
        with workers() as pool:  # beside those that have printed it would need as much again
            keys = pool.submit(render_keys, papers).result()
        private = {new / EXAM: exam.to_json().encode(), new / "key.pdf": keys}
        if plan.exam is not None and changed(plan.exam, exam):
            private[new / _free_name(folder)] = read_bytes(folder / EXAM)
        write_files(private, private=True)
        write_files({new / "roster.csv": roster_of(papers)})
        merge([new / PAPERS / f"{paper.id}.pdf" for paper in papers], new / "print.pdf")
    return exam


def _printed(folder: Path, exam: Exam | None, paper: Paper) -> bytes | None:
    """The file of a paper that stands in the folder just so; None for another, or a damaged one."""
    if exam is None or exam.by_id.get(paper.id) != paper:
        return None
    with suppress(OSError, ValueError):
        document = (folder / PAPERS / f"{paper.id}.pdf").read_bytes()
        count_pages(document)
        return document if document.endswith(b"%%EOF") else None
    return None


def roster_of(papers: Sequence[Paper]) -> bytes:
    """Who has which paper."""
    rows = [[paper.student, paper.name, paper.id] for paper in papers]
    return to_csv([["student", "name", "paper"], *rows])


def changed(old: Exam, new: Exam) -> list[int]:
    """The numbers of the questions that are no longer as they stood on somebody's paper."""
    numbers = set()
    for paper in old.papers:
        now = new.by_id[paper.id].problems
        pairs = zip_longest(map(_asked, paper.problems), map(_asked, now))
        numbers |= {number for number, (was, is_) in enumerate(pairs, 1) if was != is_}
    return sorted(numbers)


def _asked(problem: PaperProblem) -> tuple[object, ...]:
    """What a student sees of a problem, and its keys."""
    return problem.statement, *((part.prompt, part.key) for part in problem.parts)


def _free_name(folder: Path) -> str:
    names = (f"exam.{number}.json" for number in count(1))
    return next(name for name in names if not (folder / name).exists())
