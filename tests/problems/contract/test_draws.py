"""The same seed gives the same problem, and other seeds give others."""

from __future__ import annotations

import pytest

from partialcredit.draw import LEVELS, Level
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load
from tests.problems.instances import Instances

THOUSAND = range(1000)
VERIFIED = 200


def test_the_same_seed_gives_the_same_problem(instances: Instances) -> None:
    again = Instances(instances.family.id, instances.level, instances.seeds[:3])
    assert [printed(problem) for problem in again.problems] == instances.printed[:3]


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("family_id", family_ids())
def test_neighbouring_seeds_give_different_problems(family_id: str, level: Level) -> None:
    """And of the first of them, witnesses agree in all."""
    family, different = load(family_id), set()
    for seed in THOUSAND:
        problem = generate(family, level, seed)
        different.add(repr(problem.parameters))
        if seed < VERIFIED:
            problem.verify()
    assert len(different) >= 0.95 * len(THOUSAND)
