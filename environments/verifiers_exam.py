"""Our problems as a taskset of verifiers (its interface v1), without end."""

from __future__ import annotations

import json
from asyncio import to_thread
from collections.abc import Iterator
from itertools import count

import verifiers.v1 as vf

from partialcredit.draw import Level
from partialcredit.environments.asking import question
from partialcredit.environments.problems import Problems
from partialcredit.environments.rewards import reward
from partialcredit.paper_file import problem_as_data

__all__ = ["ExamConfig", "ExamData", "ExamTask", "ExamTaskset"]


class ExamData(vf.TaskData):  # type: ignore[misc]
    """A question, and the problem from which its answers are marked."""

    problem: str


class ExamTask(vf.Task[ExamData]):  # type: ignore[misc]
    """One problem; its reward is the share of the marks."""

    @vf.reward(weight=1.0)  # type: ignore[untyped-decorator]
    async def marks(self, trace: vf.Trace) -> float:
        """The marks that the last reply earns, from 0 to 1."""
        return await to_thread(reward, self.data.problem, trace.last_reply or "")


class ExamConfig(vf.TasksetConfig):  # type: ignore[misc]
    """Which families or topics (all of them for none), how hard, and from which seed."""

    families: tuple[str, ...] = ()
    level: Level = "medium"
    seed: int = 0


class ExamTaskset(vf.Taskset[ExamTask, ExamConfig]):  # type: ignore[misc]
    """Problem after problem, each family in turn."""

    INFINITE = True

    def load(self) -> Iterator[ExamTask]:
        """Write one problem after the other."""
        problems = Problems(self.config.families, self.config.level, self.config.seed)
        for number in count():
            problem = problems[number]
            held = json.dumps(problem_as_data(problem), ensure_ascii=False)
            data = ExamData(idx=number, prompt=question(problem), problem=held)
            yield ExamTask(data, self.config.task)
