"""A class whose marking is stopped keeps the students who are marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from hashlib import sha256
from typing import Any

from partialcredit.errors import InputError, Interrupted
from partialcredit.leftovers import Leftover
from partialcredit.marking.hand_ins.collecting import Answers
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.policy import Policy
from partialcredit.paper import Paper
from partialcredit.paper_file import write_paper
from partialcredit.version import __version__

__all__ = ["Run", "resumable"]


@dataclass(slots=True)
class Run:
    """Students taken over from an interrupted run, and those marked so far in this one."""

    done: dict[str, Result] = field(default_factory=dict)
    finished: list[Result] = field(default_factory=list)


@contextmanager
def resumable(papers: Mapping[str, Paper], answers: Answers, *, policy: Policy) -> Iterator[Run]:
    """Keep finished students when the user interrupts; the same papers and answers go on there.

    Raises :class:`~partialcredit.errors.Interrupted`, which says what was kept.
    """
    written = map(write_paper, {paper.id: paper for paper in papers.values()}.values())
    left = Leftover("grade", __version__, repr(policy), _digest("".join(written)))
    run = Run(_known(left.load(), papers, answers))
    try:
        yield run
    except KeyboardInterrupt:
        raise Interrupted(_kept(left, run, answers)) from None
    left.discard()


def _kept(left: Leftover, run: Run, answers: Answers) -> str:
    results = [*run.done.values(), *run.finished]
    if not results:
        return "interrupted; nobody was marked"
    try:
        left.save([_packed(result, answers[result.student]) for result in results])
    except InputError as error:
        return f"interrupted; nothing could be kept: {error}"
    return (
        f"interrupted after {len(results)} of {len(answers)} students, whose marks are kept; the "
        "same command goes on from there"
    )


def _packed(result: Result, answers: Mapping[str, str]) -> dict[str, Any]:
    parts = [{**asdict(part), "marks": str(part.marks)} for part in result.parts]
    return {"student": result.student, "answers": _digest(json.dumps(answers)), "parts": parts}


def _known(kept: Any, papers: Mapping[str, Paper], answers: Answers) -> dict[str, Result]:
    """The kept results of students whose answers are still the same."""
    found = {}
    for record in kept or []:
        student = record["student"]
        if student in answers and record["answers"] == _digest(json.dumps(answers[student])):
            parts = [PartMark(**{**p, "marks": Fraction(p["marks"])}) for p in record["parts"]]
            found[student] = Result(student, tuple(parts), papers[student].id)
    return found


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
