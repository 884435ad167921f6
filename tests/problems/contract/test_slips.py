"""A slip earns less and is named, in its own part and, carried on, in later ones."""

from __future__ import annotations

from typing import Any

import pytest

from partialcredit.draw import LEVELS
from partialcredit.grading.nested import flatten
from partialcredit.injection import arguments
from partialcredit.numbers.plausible import plausible
from partialcredit.paper import PaperProblem
from partialcredit.problem import Problem, generate
from partialcredit.registry import family_ids, load
from tests.problems.instances import Instances, mark
from tests.problems.older import older

#: Seeds of every level among which each slip shows at least once.
SHOWN = 2000


def test_slips_earn_less_and_are_named(instances: Instances) -> None:
    for printed, problem in instances:
        for part in problem.parts:
            kind = problem.kinds[part.name]
            for slip, value in problem.slips[part.name]:
                marked = mark(printed, problem, {part.name: kind.write(value)})[part.name]
                assert marked.marks < part.marks, (problem.seed, part.name, slip.name)
                assert marked.mistake == slip.name, (problem.seed, part.name, marked)
                assert marked.feedback.endswith(slip.sentence)


def test_a_slip_carried_on_is_named_where_only_the_end_is_handed_in(instances: Instances) -> None:
    for printed, problem in instances:
        for part in problem.parts:
            kind = problem.kinds[part.name]
            for slip, value in problem.carried[part.name]:
                marked = mark(printed, problem, {part.name: kind.write(value)})[part.name]
                assert marked.marks < part.marks, (problem.seed, part.name, slip.name)
                assert marked.mistake == slip.name, (problem.seed, part.name, marked)
                assert marked.feedback.endswith(slip.sentence)


def test_wrong_earlier_answers_are_followed_through(instances: Instances) -> None:
    for printed, problem in instances:
        for earlier in problem.parts:
            for _slip, wrong in problem.slips[earlier.name][:2]:
                _check_followed(printed, problem, earlier.name, wrong)


def _check_followed(printed: PaperProblem, problem: Problem, earlier: str, wrong: Any) -> None:
    kind = problem.kinds[earlier]
    wrong = kind.read(kind.write(wrong)).value  # rounded, as a student would hand it in
    if not plausible(wrong, problem.keys[earlier]):
        return  # out of all proportion: not computed with
    try:
        keys = problem.keys_given({earlier: wrong})
    except (ArithmeticError, ValueError, IndexError):
        return  # the slip leaves nothing to compute with
    for part in problem.parts:
        if earlier not in arguments(part.function):
            continue
        kind, key = problem.kinds[part.name], problem.keys[part.name]
        theirs = keys[part.name]
        stock = all(set(flatten(value)) in ({0}, {1}) for value in (wrong, theirs))
        if stock or not kind.separated(key, theirs, {}):
            continue
        answers = {earlier: problem.kinds[earlier].write(wrong), part.name: kind.write(theirs)}
        marked = mark(printed, problem, answers)[part.name]
        assert marked.verdict == "follow-through", (problem.seed, part.name, answers, marked)


def test_slips_of_a_part_have_names_of_their_own(instances: Instances) -> None:
    for problem in instances.problems:
        for part, told in problem.slips.items():
            names = [slip.name for slip, _ in told]
            assert len(set(names)) == len(names), (problem.seed, part)


@pytest.mark.slow
@pytest.mark.parametrize("family_id", family_ids())
def test_every_slip_shows_in_some_instance(family_id: str) -> None:
    """Those of parts that no level asks any more, in instances of older papers."""
    family = load(family_id)
    unseen = {(part.name, slip) for part in family.parts.values() for slip in part.slips}
    for problem in older(family_id):
        for part in problem.parts:
            if not part.levels:
                unseen -= {(part.name, slip) for slip, _ in problem.slips[part.name]}
    for seed in range(SHOWN):
        for level in LEVELS:
            for name, told in generate(family, level, seed).slips.items():
                unseen -= {(name, slip) for slip, _ in told}
        if not unseen:
            break
    assert {(name, slip.name, slip.sentence) for name, slip in unseen} == set()
