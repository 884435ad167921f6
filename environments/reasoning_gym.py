"""Our problems as a data set of reasoning-gym, under the name ``partialcredit``.

Importing this module registers it; ``reasoning_gym.create_dataset("partialcredit", ...)`` then
makes one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from reasoning_gym.factory import ProceduralDataset, register_dataset

from partialcredit.draw import LEVELS, Level
from partialcredit.environments.asking import labels, question
from partialcredit.environments.problems import Problems
from partialcredit.environments.rewards import reward
from partialcredit.paper_file import problem_as_data

__all__ = ["NAME", "ExamConfig", "ExamDataset"]

NAME = "partialcredit"


@dataclass
class ExamConfig:
    """Which families or topics (all of them for none), how hard, and how many."""

    families: tuple[str, ...] = ()
    level: Level = "medium"
    seed: int | None = None
    size: int = 500

    def validate(self) -> None:
        """Raise AssertionError, as reasoning-gym's own configurations do."""
        assert self.level in LEVELS, f"level is one of {', '.join(LEVELS)}"
        assert self.size > 0, "size is positive"


class ExamDataset(ProceduralDataset):  # type: ignore[misc]
    """Entries whose answers earn marks from 0 to 1, with follow-through."""

    def __init__(self, config: ExamConfig) -> None:
        super().__init__(config=config, seed=config.seed, size=config.size)
        self._problems = Problems(tuple(config.families), config.level, self.seed)

    def __getitem__(self, idx: int) -> dict[str, Any]:
        problem = self._problems[idx]
        keys = {label: p.key for label, p in zip(labels(problem), problem.parts, strict=True)}
        return {
            "question": question(problem),
            "answer": json.dumps(keys, ensure_ascii=False),
            "metadata": {
                "source_dataset": NAME,
                "source_index": idx,
                "family": problem.family,
                "level": problem.level,
                "problem": json.dumps(problem_as_data(problem), ensure_ascii=False),
            },
        }

    def score_answer(self, answer: str | None, entry: dict[str, Any]) -> float:
        """The share of the marks that a text earns; 0 for none."""
        return reward(entry["metadata"]["problem"], answer or "")


register_dataset(NAME, ExamDataset, ExamConfig)
