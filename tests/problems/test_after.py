"""A part may say which earlier one its prompt speaks of; a paper of some parts then asks both."""

from __future__ import annotations

import re

import pytest

from partialcredit.draw import LEVELS
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load

#: Words at the start of a prompt that stand for what an earlier one has named.
SPEAKS = re.compile(
    r"(?:Find (?:these|those|this fraction)\b|How (?:long|many) (?:is|of) (?:this|these|them)\b"
    r"|.{0,60}\b(?:of these slopes|at this point|than before is this|is this\?|for which this)\b)"
)


@pytest.mark.parametrize("family_id", family_ids())
def test_a_part_speaks_of_an_earlier_one(family_id: str) -> None:
    family = load(family_id)
    names = list(family.parts)
    for part in family.parts.values():
        if part.after:
            assert part.after in names[: names.index(part.name)]
            assert set(part.levels) & set(family.parts[part.after].levels)


@pytest.mark.slow
def test_prompts_that_speak_of_earlier_parts_say_so() -> None:
    silent = set()
    for family_id in family_ids():
        for level in LEVELS:
            problem = generate(load(family_id), level, 1)
            for part in problem.parts[1:]:
                if not part.after and SPEAKS.match(problem.wording.prompt(part.name)):
                    silent.add(f"{family_id}: {part.name}")
    assert not silent
