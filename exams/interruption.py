"""A long run that is stopped keeps what it finished, and the same command goes on from there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from partialcredit.errors import InputError, Interrupted
from partialcredit.files import read_text, write_files
from partialcredit.paper import Paper, PaperProblem
from partialcredit.registry import family_ids, load

__all__ = ["Run", "resumable"]


@dataclass(slots=True)
class Run:
    """Problems taken over from an interrupted run, and those finished so far in this one."""

    done: tuple[PaperProblem, ...] = ()
    finished: list[PaperProblem] = field(default_factory=list)


@contextmanager
def resumable(target: Path | None, draft: Paper, total: int) -> Iterator[Run]:
    """Keep finished problems in ``STEM.partial.json`` when the user interrupts.

    Only a run with an equal ``draft``, the paper without its problems, takes them over. Raises
    :class:`~partialcredit.errors.Interrupted` with the place they are kept in.
    """
    kept = target.with_name(f"{target.stem}.partial.json") if target else None
    run = Run(_kept_problems(kept, draft))
    try:
        yield run
    except KeyboardInterrupt:
        if kept is None or not run.finished:
            raise Interrupted("interrupted; nothing was written") from None
        paper = replace(draft, problems=tuple(run.finished))
        write_files({kept: paper.to_json().encode()})
        raise Interrupted(
            f"interrupted after {len(run.finished)} of {total} problems, which are kept in {kept}; "
            f"the same command with --seed {draft.seed} goes on from there"
        ) from None
    if kept is not None and run.done:
        kept.unlink(missing_ok=True)


def _kept_problems(kept: Path | None, draft: Paper) -> tuple[PaperProblem, ...]:
    if kept is None or not kept.exists():
        return ()
    try:
        paper = Paper.from_json(read_text(kept))
    except InputError:
        return ()  # a damaged leftover costs time, not correctness: everything is written afresh
    if replace(paper, problems=()) != draft:
        return ()
    known = family_ids()
    return tuple(
        p for p in paper.problems if p.family in known and p.version == load(p.family).version
    )
