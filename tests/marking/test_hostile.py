"""Hostile answers to every kind of question, and hostile earlier answers to every family."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from partialcredit.draw import LEVELS, Draw
from partialcredit.exams.compose import compose, plan
from partialcredit.marking.classroom import mark_paper
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.marks import PartMark
from partialcredit.marking.restoring import restored
from partialcredit.paper import Paper, PaperProblem
from partialcredit.problem import Problem
from partialcredit.registry import family_ids
from partialcredit.workers import Worker
from tests.grading.test_hostile import HOSTILE, LONGEST

#: Between them they ask for answers of every kind.
FAMILIES = (
    "log_sum_exp/lse_bounds", "optimizers/adagrad_step", "architectures/alexnet_trace",
    "activations/activation_properties",
)  # fmt: skip
KINDS = {
    "integer", "real", "expression", "array", "shape", "interval", "set", "relation", "choice",
    "choices", "truefalse", "order", "satisfies",
}  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> Paper:
    tasks = plan(FAMILIES, len(FAMILIES), "hard", 1)
    tasks += plan(["ml_basics/perceptron_linear_separability"], 1, "medium", 1)
    return compose(tasks, title="T", level="hard", seed=1)


@pytest.fixture(scope="module")
def problems(paper: Paper) -> list[tuple[PaperProblem, Problem]]:
    return [(printed, restored(printed)) for printed in paper.problems]


def test_the_paper_asks_for_every_kind(paper: Paper) -> None:
    assert {part.kind for problem in paper.problems for part in problem.parts} == KINDS


def harmless(mark: PartMark) -> bool:
    """No marks by accident, and no fault of ours behind an undecided part."""
    verdicts = ("invalid", "incorrect", "undecided", "blank")
    return mark.verdict in verdicts and "failed" not in mark.feedback


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_kind_gives_in(
    text: str,
    problems: list[tuple[PaperProblem, Problem]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    for printed, problem in problems:
        for part in printed.parts:
            start = time.process_time()
            marks = mark_problem(printed, problem, {part.id: text})
            assert time.process_time() - start < LONGEST
            assert all(harmless(mark) for mark in marks if mark.answer)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_class_of_attackers_is_marked_to_the_end(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each gives one hostile text to every question; the report of them all can be written."""
    monkeypatch.chdir(tmp_path)
    ids = [part.id for problem in paper.problems for part in problem.parts]
    results = mark_paper(paper, {name: dict.fromkeys(ids, text) for name, text in HOSTILE.items()})
    assert [result.student for result in results] == list(HOSTILE)
    assert all(harmless(mark) for result in results for mark in result.parts)
    assert list(tmp_path.iterdir()) == []


SAMPLE = Draw("hostile earlier answers", "hard", 1).sample(list(family_ids()), 24)


@pytest.mark.slow
@pytest.mark.parametrize("family", [*SAMPLE, "backprop/scalar_graph_backprop"])
def test_later_parts_survive_hostile_earlier_answers(family: str) -> None:
    """Counts of ten millions, zeros, fractions of hundreds of digits where a count is meant."""
    with Worker("tests.marking.attackers:markers") as worker:
        for level in LEVELS:
            replies, overrun = worker.ask((family, level, 1, 0))
            assert overrun is None
            assert replies
            for _, given, verdicts, feedback in replies:
                assert len(verdicts) >= len(given)
                assert "failed" not in json.dumps(feedback)
