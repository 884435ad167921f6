"""A reward function as TRL's trainers call it; nothing of TRL is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partialcredit.environments.rewards import reward

__all__ = ["trl_reward"]


def trl_reward(
    completions: Sequence[str | Sequence[Mapping[str, Any]]],
    problem: Sequence[str],
    **_: Any,
) -> list[float]:
    """The share of the marks of each completion, a text or a chat, for the set's rows.

    ``problem`` is the column of that name.
    """
    return [reward(row, _text(said)) for said, row in zip(completions, problem, strict=True)]


def _text(completion: str | Sequence[Mapping[str, Any]]) -> str:
    """What a completion says last."""
    if isinstance(completion, str):
        return completion
    return str(completion[-1].get("content") or "") if completion else ""
