"""From names, a count, a level and a seed to a verified paper."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import count as integers

from partialcredit.draw import Draw, Level, derive_seed
from partialcredit.exams.choices import with_options
from partialcredit.paper import Head, Paper, PaperProblem
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import load, select
from partialcredit.workers import begin_work

__all__ = ["Task", "compose", "plan", "renumbered", "written"]

#: (family id, level, seed): all that a problem needs to be written.
Task = tuple[str, Level, int]

#: Below this many problems, starting worker processes costs more than it saves.
WORTH_WORKERS = 400


def plan(names: Iterable[str], number: int, level: Level, seed: int) -> list[Task]:
    """Which problems a paper holds: families in turn, none twice before all have had theirs."""
    ids = select(names)
    draw = Draw("paper", level, seed)
    order = list(draw.shuffle(ids))
    chosen = sorted(order[i % len(order)] for i in range(number))
    seen: Counter[str] = Counter()
    tasks = []
    for family_id in chosen:
        tasks.append((family_id, level, derive_seed("paper", seed, family_id, seen[family_id])))
        seen[family_id] += 1
    return tasks


def written(task: Task, choices: bool = False) -> PaperProblem:
    """Generate, verify and print one task; the unit of work of a worker process."""
    family_id, level, seed = task
    problem = generate(load(family_id), level, seed)
    return with_options(problem, printed(problem)) if choices else printed(problem)


def compose(
    tasks: Sequence[Task],
    *,
    title: str,
    level: Level,
    seed: int,
    choices: bool = False,
    done: Sequence[PaperProblem] = (),
    progress: Callable[[PaperProblem], None] = lambda _: None,
) -> Paper:
    """Write every task, on all cores when there are many, and number the problems.

    ``done`` are problems from an interrupted run, taken over where they match their task;
    ``progress`` hears of each finished problem.
    """
    known = {(p.family, p.level, p.seed): p for p in done}
    missing = [task for task in tasks if task not in known]
    problems: dict[Task, PaperProblem] = {}
    fresh = _written_all(missing, choices)
    for task in tasks:
        problems[task] = known[task] if task in known else next(fresh)
        progress(problems[task])
    unique = _without_twins(problems, tasks, choices)
    numbered = tuple(renumbered(problem, i) for i, problem in enumerate(unique, 1))
    return Paper(Head(title), numbered, seed=seed, level=level)


def _written_all(tasks: Sequence[Task], choices: bool) -> Iterator[PaperProblem]:
    if len(tasks) < WORTH_WORKERS:
        yield from (written(task, choices) for task in tasks)
        return
    with ProcessPoolExecutor(os.cpu_count(), initializer=begin_work) as pool:
        try:
            yield from pool.map(written, tasks, [choices] * len(tasks), chunksize=32)
        except GeneratorExit:
            pool.shutdown(cancel_futures=True)
            raise


def _without_twins(
    problems: dict[Task, PaperProblem], tasks: Sequence[Task], choices: bool
) -> Iterator[PaperProblem]:
    """Replace a problem that repeats an earlier one's parameters, while the level has others."""
    seen: set[str] = set()
    for task in tasks:
        problem = problems[task]
        for attempt in integers():
            fingerprint = f"{problem.family}{problem.parameters}"
            if fingerprint not in seen or attempt == 20:
                break
            family_id, level, seed = task
            problem = written((family_id, level, derive_seed(seed, "twin", attempt)), choices)
        seen.add(fingerprint)
        yield problem


def renumbered(problem: PaperProblem, number: int) -> PaperProblem:
    """A problem under another number."""
    if problem.number == number:
        return problem
    parts = tuple(
        replace(part, id=f"{number}{part.id.lstrip('0123456789')}") for part in problem.parts
    )
    return replace(problem, number=number, parts=parts)
