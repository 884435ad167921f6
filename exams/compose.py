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
from partialcredit.numbers.values import to_json
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.problem import Problem, authoring, generate
from partialcredit.registry import load, select

__all__ = ["Task", "compose", "plan", "printed", "written"]

#: (family id, level, seed): all that a problem needs to be written.
Task = tuple[str, Level, int]

#: Below this many problems, starting worker processes costs more than it saves.
WORTH_WORKERS = 400


def printed(problem: Problem, number: int = 1, *, choices: bool = False) -> PaperProblem:
    """A problem as it stands in a paper; its witnesses have testified first.

    Raises :class:`~partialcredit.errors.Disagreement` rather than print an unverified key.
    """
    with authoring(problem.family, problem.level, problem.seed):
        problem.verify()
        parts = tuple(_part(problem, name, number, letter) for letter, name in _letters(problem))
        if choices:
            parts = tuple(with_options(problem, part) for part in parts)
        return PaperProblem(
            number=number,
            title=problem.family.title,
            family=problem.family.id,
            version=problem.family.version,
            level=problem.level,
            seed=problem.seed,
            parameters=to_json(problem.parameters),
            statement=problem.statement,
            parts=parts,
            figures=problem.figures,
        )


def _letters(problem: Problem) -> Iterator[tuple[str, str]]:
    return ((chr(ord("a") + i), part.name) for i, part in enumerate(problem.parts))


def _part(problem: Problem, name: str, number: int, letter: str) -> PaperPart:
    kind = problem.kinds[name]
    return PaperPart(
        id=f"{number}{letter}",
        name=name,
        kind=kind.name,
        marks=problem.family.parts[name].marks,
        prompt=problem.prompt(name),
        key=kind.write(problem.keys[name]),
        solution=problem.solution(name),
        options=getattr(kind, "options", ()),
        count=getattr(kind, "statements", 1),
    )


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
    return printed(generate(load(family_id), level, seed), choices=choices)


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
    numbered = tuple(_renumbered(problem, i) for i, problem in enumerate(unique, 1))
    return Paper(title, seed, level, numbered)


def _written_all(tasks: Sequence[Task], choices: bool) -> Iterator[PaperProblem]:
    if len(tasks) < WORTH_WORKERS:
        yield from (written(task, choices) for task in tasks)
        return
    with ProcessPoolExecutor(os.cpu_count()) as pool:
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


def _renumbered(problem: PaperProblem, number: int) -> PaperProblem:
    if problem.number == number:
        return problem
    parts = tuple(
        replace(part, id=f"{number}{part.id.lstrip('0123456789')}") for part in problem.parts
    )
    return replace(problem, number=number, parts=parts)
