"""How many marks a long text earns: a reward for a model, never wrong in its favour."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from queue import LifoQueue
from typing import Any

from partialcredit.environments.asking import labels
from partialcredit.environments.bench import Handed, Marked
from partialcredit.environments.rows import problem_of
from partialcredit.errors import InputError
from partialcredit.marking.desk import Refused
from partialcredit.marking.hand_ins.prose import extract
from partialcredit.marking.marks import PartMark, undecided
from partialcredit.paper import PaperProblem
from partialcredit.workers import Worker

__all__ = ["Score", "reward", "score"]


@dataclass(frozen=True, slots=True)
class Score:
    """``share`` of the marks that a program can give, from 0 to 1, and the marks of each part.

    ``counted`` are the parts that no person has to read.
    """

    share: float
    parts: tuple[PartMark, ...]
    counted: tuple[PartMark, ...]


def reward(problem: PaperProblem | Mapping[str, Any] | str, text: str) -> float:
    """The share of a problem's marks that the answers in a text earn, with follow-through.

    ``problem`` is a row of a set, its column ``problem``, or a printed problem. What cannot be
    read, decided or marked in time earns nothing. Any text has a reward; threads and processes may
    ask at once, and an answer that takes too long ends the process that marks it, not the caller.

    Raises InputError for what is no problem.
    """
    return score(problem, text).share


def score(problem: PaperProblem | Mapping[str, Any] | str, text: str) -> Score:
    """The reward, and how each part was marked; see :func:`reward`."""
    printed = problem_of(problem)
    found = extract(text, labels(printed))
    pairs = zip(labels(printed), printed.parts, strict=True)
    marked = _marked(printed, {part.id: found.get(label, "") for label, part in pairs})
    out_of = sum(mark.out_of for mark in marked.counted)
    earned = sum((mark.marks for mark in marked.counted), Fraction(0))
    share = float(earned / out_of) if out_of else 0.0
    return Score(share, marked.parts, marked.counted)


def _marked(printed: PaperProblem, answers: Mapping[str, str]) -> Marked:
    """The marks; a part at which a process had to be ended is undecided."""
    skipped: dict[int, str] = {}
    with _WORKERS.one() as worker:
        while True:
            replies, end = worker.ask(Handed(printed, answers, skipped))
            if replies and isinstance(replies[0], Refused):
                raise InputError(replies[0].message)
            if replies:
                marked: Marked = replies[0]
                return marked
            if end is None or not end.step.isdigit() or int(end.step) in skipped:
                why = end.why if end else "no marks came"
                marks = tuple(undecided(p.id, p.marks, answers[p.id], why) for p in printed.parts)
                return Marked(marks, marks)
            skipped[int(end.step)] = end.why


class _Workers:
    """Marking processes that threads share, one for each core, started when they are needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner, self._free = 0, LifoQueue[Worker]()

    @contextmanager
    def one(self) -> Iterator[Worker]:
        """A worker that nobody else uses meanwhile."""
        free = self._free_ones()
        worker = free.get()
        try:
            yield worker
        except BaseException:
            worker.stop()  # it may be in the middle of something
            raise
        finally:
            free.put(worker)

    def _free_ones(self) -> LifoQueue[Worker]:
        with self._lock:
            if self._owner != os.getpid():  # a forked process has no share in its parent's
                self._owner, self._free = os.getpid(), LifoQueue()
                for _ in range(os.cpu_count() or 1):
                    self._free.put(Worker("partialcredit.environments.bench:bench"))
            return self._free


_WORKERS = _Workers()
