"""Every key has a witness that agrees, objects to wrong ones, and knows no solver."""

from __future__ import annotations

import inspect
import re

import pytest

from partialcredit.errors import Disagreement
from partialcredit.grading import Text
from partialcredit.problem import Problem
from partialcredit.registry import family_ids, load
from partialcredit.solvers import networks
from tests.problems.instances import Instances
from tests.problems.reach import SOLVERS, named, reached

#: What only names the layers of a network, as its table in a paper does, and computes nothing.
DESCRIPTIONS = (
    networks.conv, networks.pool, networks.dense,
    networks.norm, networks.flatten, networks.global_pool,
)  # fmt: skip


def test_witnesses_agree(instances: Instances) -> None:
    for problem in instances.problems:
        problem.verify()


def test_a_key_off_by_five_tolerances_is_caught(instances: Instances) -> None:
    for problem in instances.problems:
        for part in (p for p in problem.parts if not problem.kinds[p.name].by_person):
            wrong = Problem(problem.family, problem.level, problem.seed, problem.parameters)
            wrong.testimony = problem.testimony
            wrong.keys[part.name] = problem.kinds[part.name].nudged(problem.keys[part.name])
            with pytest.raises(Disagreement, match=re.escape(repr(part.name))):
                wrong.verify()


@pytest.mark.parametrize("family_id", family_ids())
def test_witnesses_know_no_solver(family_id: str) -> None:
    """The second computation, its runs included, stands on the engine alone."""
    family = load(family_id)
    for part in (p for p in family.parts.values() if not isinstance(p.kind, Text)):
        assert part.testimony is not None, f"{part.name} has no witness"
        for value in (v for f in reached([part.testimony], family.runs) for v in named(f)):
            home = value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", "")
            solver = str(home).startswith(SOLVERS) and value not in DESCRIPTIONS
            assert not solver, (part.name, value)
