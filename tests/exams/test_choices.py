"""Options of a multiple-choice part: the key among values of slips, and nothing given away."""

from __future__ import annotations

from collections import Counter

import pytest

from partialcredit.draw import LEVELS
from partialcredit.exams.choices import MOST_OPTIONS, with_options
from partialcredit.grading.option_letters import letters_in
from partialcredit.paper import PaperProblem
from partialcredit.printed import printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import family_ids, load
from tests.core.toy import toy_family


def as_choices(problem: Problem) -> tuple[PaperProblem, PaperProblem]:
    paper = printed(problem)
    return paper, with_options(problem, paper)


def test_an_option_that_is_the_key_of_another_part_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A cost of 20 must not stand among the areas, and one wrong area alone makes no choice."""
    problem = Problem(toy_family(monkeypatch), "easy", 0, {"w": 4, "h": 6, "price": 3})
    paper, choices = as_choices(problem)
    assert set(choices.parts[0].options) == {"$24$", "$10$", "$20$"}
    problem.keys["cost"] = 20
    assert with_options(problem, paper).parts[0] == paper.parts[0]


@pytest.mark.slow
def test_no_option_of_the_bank_is_another_parts_key() -> None:
    """By the printed keys themselves: whoever copies them from option to box finds none."""
    places: Counter[tuple[int, int]] = Counter()
    for family_id in family_ids():
        for level in LEVELS:
            problem = generate(load(family_id), level, 5)
            paper, choices = as_choices(problem)
            shown = {
                part.name: f"${problem.kinds[part.name].tex(problem.keys[part.name])}$"
                for part in paper.parts
            }
            for before, part in zip(paper.parts, choices.parts, strict=True):
                if part.options == before.options:
                    continue
                assert 3 <= len(set(part.options)) == len(part.options) <= MOST_OPTIONS
                (key,) = letters_in(part.key or "", len(part.options)) or []
                assert part.options[key] == shown[part.name]
                places[key, len(part.options)] += 1
                given_away = set(part.options) & set(shown.values()) - {shown[part.name]}
                assert not given_away, (family_id, level, part.name)
    for size in range(3, MOST_OPTIONS + 1):  # the key is as often in one place as in another
        counts = [places[place, size] for place in range(size)]
        assert min(counts) > 0.6 * sum(counts) / size
