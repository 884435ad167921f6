"""A class shares one structure and one amount of work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from partialcredit.draw import LEVELS, Level
from partialcredit.exams.equal import WITHIN, equal, spread, standard, structure
from partialcredit.exams.identity import question_seed
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.printed import laid_out
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load

PART = PaperPart("1a", "sum", "array", 1, "Add.", "[1, 2]", "")
PROBLEM = PaperProblem(
    1, "T", "", (PART,), family="a/b", parameters={"x": [1, [2, 3]], "bias": True}, minutes=10.0
)


def test_numbers_and_words_are_no_structure() -> None:
    other = replace(PROBLEM, parameters={"x": [7, [8, 9]], "bias": True}, seed=5, minutes=2.0)
    assert structure(other) == structure(PROBLEM)
    part = replace(PART, key="[7, 8]", prompt="Add them.")
    assert structure(replace(PROBLEM, parts=(part,))) == structure(PROBLEM)


@pytest.mark.parametrize(
    "change",
    [
        {"family": "a/c"},
        {"parameters": {"x": [1, [2, 3, 4]], "bias": True}},
        {"parameters": {"x": [1, [2, 3]], "bias": False}},
        {"parts": (replace(PART, kind="real"),)},
        {"parts": (replace(PART, key="[1, 2, 3]"),)},
        {"parts": (PART, PART)},
        {"parts": (replace(PART, options=("a", "b")),)},
    ],
)
def test_what_changes_the_work_is_structure(change: dict[str, object]) -> None:
    assert structure(replace(PROBLEM, **change)) != structure(PROBLEM)  # type: ignore[arg-type]


def drawn(times: list[float], long: set[int] = frozenset()) -> list[PaperProblem]:  # type: ignore[assignment]
    """Problems that take so long; those in ``long`` have another structure."""
    parameters = {"x": [1, [2, 3, 4]], "bias": True}
    return [
        replace(PROBLEM, minutes=t, **({"parameters": parameters} if i in long else {}))
        for i, t in enumerate(times)
    ]


def test_the_commonest_structure_and_the_usual_time_are_the_standard() -> None:
    drafts = drawn([10, 10.1, 30, 9.9, 50, 10, 10, 10, 20, 10, 10.2] * 6, long={2, 4})
    wanted = standard(drafts.__getitem__)
    assert wanted.structure == structure(PROBLEM)
    assert wanted.minutes == 10


def test_the_first_draw_that_fits_is_taken_else_the_nearest() -> None:
    wanted = standard(drawn([10] * 60).__getitem__)
    fitting = drawn([10, 12, 9.5, 10] + [10] * 200, long={0})
    assert equal(fitting.__getitem__, wanted) is fitting[2]
    never = drawn([10] * 7 + [13, 11.5, 14] + [20] * 200, long=set(range(7)))
    assert equal(never.__getitem__, wanted) is never[8]


def test_the_spread_is_the_largest_distance_from_the_median() -> None:
    assert spread([10, 9, 12]) == pytest.approx(0.2)


def worst(family: str, level: Level, students: int) -> float:
    """The spread of a class's question, as it is drawn for a class."""

    def draw(paper: str, attempt: int) -> PaperProblem:
        return laid_out(
            generate(load(family), level, question_seed("1f" * 32, paper, family, attempt))
        )

    wanted = standard(lambda draft: draw("", draft))
    problems = [equal(lambda n, s=s: draw(str(s), n), wanted) for s in range(students)]  # type: ignore[misc]
    assert {wanted.form(problem) for problem in problems} == {wanted.structure}
    assert len({str(problem.parameters) for problem in problems}) > students // 2
    return spread([problem.minutes for problem in problems])


@pytest.mark.parametrize("level", LEVELS)
def test_families_whose_work_varies_most_are_held(level: Level) -> None:
    for family in ("cnn_shapes/receptive_field", "losses/softmax_cross_entropy"):
        assert worst(family, level, 12) <= WITHIN


@pytest.mark.slow
def test_every_family_is_held() -> None:
    found = {(f, level): worst(f, level, 8) for f in family_ids() for level in LEVELS}
    assert {key: share for key, share in found.items() if share > WITHIN} == {}
