"""Witnesses over many seeds, family by family, on all cores."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat

from partialcredit.draw import Level
from partialcredit.errors import FamilyError, Interrupted
from partialcredit.problem import authoring, generate
from partialcredit.registry import load
from partialcredit.workers import begin_work

__all__ = ["Outcome", "verify_all"]

#: Seeds a worker checks at a time; small enough that a progress bar moves.
CHUNK = 250

#: Fewer checks than this are done before worker processes would have started.
WORTH_WORKERS = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often the witnesses of one family and level agreed; ``dispute`` quotes a failure."""

    family: str
    level: Level
    checked: int
    agreed: int
    max_error: float
    seconds: float
    dispute: str = ""


def _check(family_id: str, level: Level, seeds: range) -> Outcome:
    family, agreed, worst, dispute = load(family_id), 0, 0.0, ""
    start = time.process_time()
    for seed in seeds:
        try:
            with authoring(family, level, seed):
                worst = max(worst, generate(family, level, seed).verify())
            agreed += 1
        except FamilyError as error:
            dispute = dispute or str(error)
    seconds = time.process_time() - start
    return Outcome(family_id, level, len(seeds), agreed, worst, round(seconds, 4), dispute)


def verify_all(
    tasks: Sequence[tuple[str, Level]], count: int, seed: int, advance: Callable[[object], None]
) -> Iterator[Outcome]:
    """One outcome per family and level, as soon as it is complete; seconds are CPU seconds.

    Raises :class:`~partialcredit.errors.Interrupted` when the user stops it.
    """
    chunks = [range(a, min(a + CHUNK, seed + count)) for a in range(seed, seed + count, CHUNK)]
    jobs = [(family, level, chunk) for family, level in tasks for chunk in chunks]
    finished = 0
    parallel = len(tasks) * count >= WORTH_WORKERS
    pool = ProcessPoolExecutor(os.cpu_count(), initializer=begin_work) if parallel else None
    try:
        results = (pool.map if pool else map)(_check, *zip(*jobs, strict=True))
        for _ in tasks:
            yield _merged([_noted(next(results), advance) for _ in chunks])
            finished += 1
    except KeyboardInterrupt:
        raise Interrupted(
            f"interrupted after {finished} of {len(tasks)} families and levels, printed above"
        ) from None
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _noted(outcome: Outcome, advance: Callable[[object], None]) -> Outcome:
    for _ in repeat(None, outcome.checked):
        advance(outcome)
    return outcome


def _merged(outcomes: Sequence[Outcome]) -> Outcome:
    first = outcomes[0]
    return Outcome(
        first.family,
        first.level,
        sum(outcome.checked for outcome in outcomes),
        sum(outcome.agreed for outcome in outcomes),
        max(outcome.max_error for outcome in outcomes),
        round(sum(outcome.seconds for outcome in outcomes), 4),
        next((outcome.dispute for outcome in outcomes if outcome.dispute), ""),
    )
