"""Rows of a few problems of many kinds."""

from __future__ import annotations

from typing import Any

import pytest

from partialcredit.environments.rows import row
from partialcredit.environments.sets import Plan
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import load

#: Numbers, arrays, formulas, shapes, choices, orders, statements and a sentence for a person.
FAMILIES = (
    "cnn_shapes/conv_output_size", "losses/softmax_cross_entropy", "optimizers/adam_step",
    "log_sum_exp/lse_bounds", "concepts/concept_true_false", "concepts/algorithm_ordering",
    "backprop/autodiff_mode_cost", "activations/sigmoid_tanh_identity",
)  # fmt: skip


@pytest.fixture(scope="session")
def rows() -> list[dict[str, Any]]:
    plan = Plan.of(FAMILIES, len(FAMILIES), "medium", 11)
    found = []
    for number in plan.numbers:
        family, level, seed = plan.task(number)
        problem = generate(load(family), level, seed)
        found.append(row(problem, printed(problem)))
    return found
