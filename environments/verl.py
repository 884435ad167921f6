"""A reward function as veRL calls it; nothing of veRL is imported."""

from __future__ import annotations

from typing import Any

from partialcredit.environments.rewards import reward

__all__ = ["compute_score"]


def compute_score(
    data_source: str,  # noqa: ARG001 - veRL's signature
    solution_str: str,
    ground_truth: str,
    extra_info: object = None,  # noqa: ARG001
    **_: Any,
) -> float:
    """The share of the marks; ``ground_truth`` is the set's column ``problem``."""
    return reward(ground_truth, solution_str)
