"""Instances as papers printed before hold them, with the parts that no level asks any more."""

from __future__ import annotations

from typing import Any

from partialcredit.draw import Level
from partialcredit.problem import Problem
from partialcredit.registry import load

#: Level and parameters, by family; every slip of the parts that are no longer asked shows in one.
INSTANCES: dict[str, list[tuple[Level, dict[str, Any]]]] = {
    "architectures/cnn_head_flatten": [
        (
            "hard",
            {
                **{"height": 28, "width": 29, "depth": 64, "classes": 10},
                "backbone": ((3, 64, 7), (64, 3)),
            },
        ),
    ],
    "backprop/autodiff_mode_cost": [
        ("easy", {"widths": (12, 5, 7, 1)}),
        ("easy", {"widths": (1, 5, 7, 12)}),
        ("medium", {"widths": (6, 9, 9, 6)}),  # the same both ways
    ],
    "backprop/autoencoder_gradient": [
        (
            "easy",
            {
                **{"W": ((2, -1),), "V": ((1,), (2,)), "x": (3, 1), "tied": False},
                **{"image": (24, 24, 3), "size": 50},
            },
        ),
    ],
}


def older(family_id: str) -> list[Problem]:
    """Problems of a family that ask what their level asks, and what no level asks any more."""
    problems = []
    for level, parameters in INSTANCES.get(family_id, ()):
        problem = Problem(load(family_id), level, 0, parameters)
        parts = problem.family.parts.values()
        problem.parts = [part for part in parts if not part.levels or level in part.levels]
        problems.append(problem)
    return problems
