"""A class's papers written and printed on all cores, all of them equally long."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.exams.class_papers import ClassPapers
from partialcredit.exams.roster import Student
from partialcredit.paper import Paper
from partialcredit.workers import begin_work
from partialcredit.writers.compiler import forget
from partialcredit.writers.pdf import count_pages, pages

__all__ = ["longest_of", "print_class", "workers"]

#: Papers that are printed before the others, to see how long papers are.
_FIRST = 8

_writer: ClassPapers


@contextmanager
def workers(writer: ClassPapers | None = None) -> Iterator[Executor]:
    """Processes on all cores; raises InputError when one of them is ended from outside.

    They are spawned: a copy of a process in which the compiler has run waits for ever for threads
    that were not copied.
    """
    with ProcessPoolExecutor(
        os.cpu_count(), get_context("spawn"), initializer=_begin, initargs=(writer,)
    ) as pool:
        try:
            yield pool
        except BrokenProcessPool:
            raise InputError(
                "a process that prints papers was ended from outside; is there enough memory?"
            ) from None
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _begin(writer: ClassPapers | None) -> None:
    global _writer
    begin_work()
    if writer is not None:
        _writer = writer


def print_class(
    pool: Executor,
    students: Sequence[Student],
    folder: Path,
    printed: Callable[[Paper], bytes | None],
    finished: Callable[[Paper], None],
) -> list[Paper]:
    """Every student's paper, written into ``folder`` under its id; ``finished`` hears of each.

    All have as many pages as the longest in the same size of type needs, and an even number.
    Papers that are ``printed`` already are taken over as they are, where they are long enough.
    """
    papers = list(pool.map(_drawn, students, chunksize=_FIRST))
    lengths: dict[str, int] = {}
    for paper in papers:
        if (document := printed(paper)) is not None:
            lengths[paper.id] = _save(folder, paper, document)
            finished(paper)
    new = [paper for paper in papers if paper.id not in lengths]
    for group in (new[:_FIRST], new[_FIRST:]):
        longest = longest_of(papers, lengths)
        least = [longest[paper.points] for paper in group]
        for paper, length in zip(
            group, pool.map(partial(_printed, folder), least, group), strict=True
        ):
            lengths[paper.id] = length
            finished(paper)
    longest = longest_of(papers, lengths)
    short = [paper for paper in papers if lengths[paper.id] < longest[paper.points]]
    least = [longest[paper.points] for paper in short]
    list(pool.map(partial(_printed, folder), least, short))
    return papers


def longest_of(papers: Iterable[Paper], lengths: Mapping[str, int]) -> Mapping[float, int]:
    """The most pages of a paper whose length is known, by the size of its type; 0 for no paper."""
    longest: Counter[float] = Counter()
    for paper in papers:
        longest[paper.points] = max(longest[paper.points], lengths.get(paper.id, 0))
    return longest


def _drawn(student: Student) -> Paper:
    return _writer.paper(student)


def _printed(folder: Path, least: int, paper: Paper) -> int:
    """Print a paper into a folder; how many pages it has."""
    document = pages(paper, least, even=True)
    forget()  # papers have little in common
    return _save(folder, paper, document)


def _save(folder: Path, paper: Paper, document: bytes) -> int:
    (folder / f"{paper.id}.pdf").write_bytes(document)
    return count_pages(document)
