"""A long run that is stopped keeps what it finished, and the same command goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from partialcredit.errors import InputError, Interrupted
from partialcredit.exam import Exam
from partialcredit.exams.planning import Plan
from partialcredit.leftovers import Leftover
from partialcredit.paper import Paper, PaperProblem
from partialcredit.paper_file import read_paper, write_paper
from partialcredit.registry import family_ids, load
from partialcredit.version import __version__

__all__ = ["ClassRun", "Run", "resumable", "resumable_class"]


@dataclass(slots=True)
class Run:
    """Problems taken over from an interrupted run, and those finished so far in this one."""

    done: tuple[PaperProblem, ...] = ()
    finished: list[PaperProblem] = field(default_factory=list)


@contextmanager
def resumable(target: Path | None, draft: Paper, total: int) -> Iterator[Run]:
    """Keep finished problems in a private place when the user interrupts.

    Only a run for the same ``target`` with an equal ``draft``, the paper without its problems,
    takes them over. Raises :class:`~partialcredit.errors.Interrupted`, which says what was kept.
    """
    left = Leftover("generate", str(target.absolute()), write_paper(draft)) if target else None
    run = Run(_kept_problems(left, draft) if left else ())
    try:
        yield run
    except KeyboardInterrupt:
        if left is None or not run.finished:
            raise Interrupted("interrupted; nothing was written") from None
        paper = replace(draft, problems=tuple(run.finished))
        try:
            left.save(write_paper(paper))
        except InputError as error:
            raise Interrupted(f"interrupted; nothing could be kept: {error}") from None
        raise Interrupted(
            f"interrupted after {len(run.finished)} of {total} problems, which are kept; "
            f"the same command with --seed {draft.seed} goes on from there"
        ) from None
    if left is not None:
        left.discard()


def _kept_problems(left: Leftover, draft: Paper) -> tuple[PaperProblem, ...]:
    """The problems that an equal run has kept, as they were: changed ones are written afresh."""
    try:
        kept = left.load()
        paper = read_paper(kept) if isinstance(kept, str) else draft
    except InputError:
        return ()
    if replace(paper, problems=()) != draft:
        return ()
    known = family_ids()
    return tuple(
        p for p in paper.problems if p.family in known and p.version == load(p.family).version
    )


@dataclass(slots=True)
class ClassRun:
    """A run on a class folder: its plan, exams to take problems from, and papers finished."""

    plan: Plan
    before: list[Exam]
    finished: list[Paper] = field(default_factory=list)


@contextmanager
def resumable_class(folder: Path, plan: Plan) -> Iterator[ClassRun]:
    """Keep finished papers of a class in a private place when the user interrupts.

    Only a run for the same folder and recipe takes them over, and with them their secret.
    """
    left = Leftover("class", str(folder.absolute()), plan.recipe.text, __version__)
    kept = _kept_exam(left, plan)
    if kept is not None and kept.secret != plan.secret:
        plan = plan.under(kept.secret)
    run = ClassRun(plan, [exam for exam in (kept, plan.exam) if exam is not None])
    try:
        yield run
    except KeyboardInterrupt:
        raise Interrupted(_kept_papers(left, run)) from None
    left.discard()


def _kept_exam(left: Leftover, plan: Plan) -> Exam | None:
    """What an equal run has kept; nothing where the secret that is asked for is another."""
    kept = left.load()
    try:
        exam = Exam.from_json(kept) if isinstance(kept, str) else None
    except InputError:
        return None
    free = plan.exam is None and not plan.secret_given
    return exam if exam is not None and (free or exam.secret == plan.secret) else None


def _kept_papers(left: Leftover, run: ClassRun) -> str:
    if not run.finished:
        return "interrupted; nothing was written"
    exam = Exam(run.plan.recipe.text, run.plan.secret, tuple(run.finished))
    try:
        left.save(exam.to_json())
    except InputError as error:
        return f"interrupted; nothing could be kept: {error}"
    return (
        f"interrupted after {len(run.finished)} of {len(run.plan.students)} papers, which are "
        "kept; the same command goes on from there"
    )
