"""A question gives away neither its own answer nor another part's."""

from __future__ import annotations

import re

from partialcredit.paper import PaperPart, PaperProblem
from tests.problems.instances import Instances

NUMBER = re.compile(r"(?<![\w.])-? ?\d+(?:\.\d+)?(?![\w.])")


def numbers(text: str) -> set[str]:
    return {match.replace(" ", "") for match in NUMBER.findall(text)}


def telling(part: PaperPart) -> set[str]:
    """The numbers of a key that can hardly stand in a text by chance.

    Where an interval ends is often given; which side of it is asked.
    """
    found = numbers(part.key or "")
    long = all(len(re.sub(r"[-.]", "", number).strip("0")) >= 3 for number in found)
    return found if long and not part.options and part.kind != "interval" else set()


def asked(part: PaperPart) -> set[str]:
    return numbers(" ".join((part.prompt, *part.options)))


def given_away(problem: PaperProblem) -> list[tuple[str, str]]:
    """Parts whose key stands in a question: in their own or the stem, or in another part's."""
    stem = numbers(problem.statement)
    return [
        (part.name, place)
        for part in problem.parts
        for place, said in [("the stem", stem), *((p.name, asked(p)) for p in problem.parts)]
        if telling(part) and telling(part) <= said
    ]


def test_no_answer_stands_in_a_question(instances: Instances) -> None:
    for problem in instances.printed:
        assert not given_away(problem), problem.seed
