"""An exam as a task of Inspect: ``inspect eval partialcredit/exam --model ...``."""

from __future__ import annotations

import json
from asyncio import to_thread
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState, generate

from partialcredit.draw import LEVELS
from partialcredit.environments.asking import question
from partialcredit.environments.problems import Problems
from partialcredit.environments.rewards import score
from partialcredit.environments.rows import problem_of
from partialcredit.errors import InputError
from partialcredit.files import read_text
from partialcredit.marking.marks import plain
from partialcredit.paper import PaperProblem
from partialcredit.paper_file import problem_as_data

__all__ = ["exam", "marks"]


@task  # type: ignore[untyped-decorator]
def exam(
    families: str = "", count: int = 100, level: str = "medium", seed: int = 0, file: str = ""
) -> Task:
    """Problems of some families or topics, separated by commas, or those of a .jsonl set.

    The mean of the scores is the share of the marks; ``stderr`` counts a family's problems as one
    cluster.
    """
    if level not in LEVELS:
        raise InputError(f"level is one of {', '.join(LEVELS)}, not {level!r}")
    if file:
        lines = filter(str.strip, read_text(Path(file)).splitlines())
        problems = [problem_of(line) for line in lines]
    else:
        named = tuple(filter(None, map(str.strip, families.split(","))))
        source = Problems(named, level, seed)
        problems = [source[number] for number in range(count)]
    samples = [_sample(number, problem) for number, problem in enumerate(problems)]
    return Task(dataset=MemoryDataset(samples), solver=generate(), scorer=marks())


def _sample(number: int, problem: PaperProblem) -> Sample:
    held = json.dumps(problem_as_data(problem), ensure_ascii=False)
    return Sample(
        input=question(problem),
        target=[part.key or "" for part in problem.parts],
        id=f"{number}:{problem.family}",
        metadata={"family": problem.family, "level": problem.level, "problem": held},
    )


@scorer(  # type: ignore[untyped-decorator]
    metrics=[mean(), stderr(cluster="family")]
)
def marks() -> Scorer:
    """The share of the marks that the completion earns, with follow-through."""

    async def given(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect's signature
        text = state.output.completion
        found = await to_thread(score, state.metadata["problem"], text)
        told = (
            f"{mark.id}: {mark.verdict}, {plain(mark.marks)} of {mark.out_of}"
            + (f" ({mark.mistake})" if mark.mistake else "")
            for mark in found.parts
        )
        answers = "; ".join(mark.answer for mark in found.parts)
        return Score(value=found.share, answer=answers, explanation="\n".join(told))

    return given
