"""Rounding on the way, as the question asks for it, leads nobody to another answer."""

from __future__ import annotations

from partialcredit.injection import arguments
from partialcredit.problem import Problem
from tests.problems.instances import Instances


def through_text(problem: Problem, name: str) -> object:
    """An answer as it is written down."""
    kind = problem.kinds[name]
    return kind.read(kind.write(problem.keys[name])).value


def test_rounded_answers_lead_to_the_same_key(instances: Instances) -> None:
    for problem in instances.problems:
        numbers = [n for n, kind in problem.kinds.items() if kind.numeric and not kind.symbolic]
        for part in problem.parts:
            taken = [name for name in arguments(part.function) if name in numbers]
            if not taken or part.name not in numbers:
                continue
            led_to = problem.keys_given({name: through_text(problem, name) for name in taken})
            key, kind = problem.keys[part.name], problem.kinds[part.name]
            assert not kind.separated(key, led_to[part.name], {}), (problem.seed, part.name)
