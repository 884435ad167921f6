"""What a text earns, whoever asks and however it is written."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import partialcredit
from partialcredit.environments.rewards import reward, score
from partialcredit.environments.rows import problem_of
from partialcredit.errors import InputError
from tests.environments.models import babbler, blank, oracle, slip_maker, slip_of


def test_a_slip_costs_its_part_and_is_named(rows: list[dict[str, Any]]) -> None:
    named = 0
    for row in rows:
        assert reward(row, oracle(row)) == 1
        slip = slip_of(row)
        if slip is None:
            continue
        found = score(row, slip_maker(row))
        (at,) = [mark for mark in found.parts if mark.id.endswith(slip["label"])]
        assert at.marks < at.out_of
        assert found.share < 1
        named += at.mistake == slip["name"]
    assert named >= 5


def test_a_later_part_follows_an_earlier_answer() -> None:
    """A wrong variance that is gone on with rightly costs the variance alone."""
    from partialcredit.exams.compose import written

    problem = written(("batchnorm/batchnorm_forward", "easy", 3))
    keys = {part.id[-1]: part.key or "" for part in problem.parts}
    full = score(problem, "\n".join(f"({label}) {key}" for label, key in keys.items()))
    assert full.share == 1
    wrong = score(problem, "\n".join(f"({la}) {k}" for la, k in (keys | {"a": "17"}).items()))
    assert 0 < wrong.share < 1


@pytest.mark.parametrize(
    "text", ["", "\x00\ud800", "(" * 200_000, "\\boxed{" * 10_000, "9^" * 5000]
)
def test_any_text_has_a_reward(rows: list[dict[str, Any]], text: str) -> None:
    assert reward(rows[0], text) == 0


def test_an_answer_that_takes_for_ever_ends_alone(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert reward(row, babbler(row)) == 0
    assert reward(rows[0], oracle(rows[0])) == 1


def test_threads_share_the_workers(rows: list[dict[str, Any]]) -> None:
    tasks = [(row, model(row)) for row in rows for model in (oracle, blank, oracle)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda task: reward(*task), tasks))
    assert found == [1.0, 0.0, 1.0] * len(rows)


def ask(row: dict[str, Any]) -> float:
    return reward(row, oracle(row))


@pytest.mark.slow
@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_forked_process_has_workers_of_its_own(rows: list[dict[str, Any]]) -> None:
    assert ask(rows[0]) == 1
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(ask, rows) == [1.0] * len(rows)


@pytest.mark.parametrize("given", ["{", "[1]", "{}", '{"problem": 3}', "null"])
def test_what_is_no_problem_is_said(given: str) -> None:
    with pytest.raises(InputError):
        reward(given, "1")


def test_a_row_holds_its_problem(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        problem = problem_of(row)
        assert problem == problem_of(row["problem"])
        assert (problem.family, problem.level) == (row["family"], row["level"])


def test_the_names_stand_at_the_top() -> None:
    assert partialcredit.reward is reward
    assert partialcredit.extract("The answer is **42**.") == {"a": "42"}
    with pytest.raises(AttributeError):
        _ = partialcredit.nothing
