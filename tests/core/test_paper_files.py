"""Damaged and forged paper files are one sentence, before a value is built of what they hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from partialcredit.errors import InputError
from partialcredit.exams.compose import compose, plan
from partialcredit.marking.classroom import mark_paper
from partialcredit.paper_file import read_paper, write_paper


@pytest.fixture(scope="module")
def text() -> str:
    names = ["cnn_shapes/conv_hyperparameter_inverse", "activations/activation_value_derivative"]
    tasks = plan([*names, "regularization/bootstrap_sampling"], 3, "hard", 1)
    return write_paper(compose(tasks, title="T", level="hard", seed=1))


def edited(text: str, edit: Callable[[dict[str, Any]], None]) -> str:
    data = json.loads(text)
    edit(data["problems"][0])
    return json.dumps(data)


def parameter(value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda problem: problem["parameters"].update(x=value)


@pytest.mark.parametrize(
    "edit",
    [
        parameter({"fraction": "1e99999999"}),
        parameter({"fraction": "1e400000"}),
        parameter({"fraction": "1/0"}),
        parameter({"fraction": 3}),
        parameter({"fraction": "9" * 500}),
        parameter(10**30),
        parameter(float("inf")),
        parameter(float("nan")),
        parameter([[0] * 400] * 400),
        parameter("x" * 20_000),
        lambda problem: problem.update(parameters=3),
        lambda problem: problem.update(number=True),
        lambda problem: problem["parts"][0].update(marks=-1),
        lambda problem: problem["parts"][0].update(marks=10**9),
        lambda problem: problem["parts"][0].update(options=[3]),
        lambda problem: problem["parts"][0].pop("name"),
        lambda problem: problem.update(parts=3),
        lambda problem: problem.update(figures=[{"type": "plot", "alt": "x", "marks": [],
                                                 "curves": [{"points": [[1e999, 0]]}]}]),
        lambda problem: problem.update(figures=[[]]),
    ],
)  # fmt: skip
def test_a_damaged_file_is_one_sentence(text: str, edit: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(InputError, match="the paper file is damaged") as caught:
        read_paper(edited(text, edit))
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": 1, "problems": ' + "[" * 100_000])
def test_deep_data_are_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        read_paper(text)


def test_a_field_of_a_later_version_is_passed_over(text: str) -> None:
    later = edited(text, lambda problem: problem.update(difficulty="high"))
    assert read_paper(later) == read_paper(text)


def test_the_id_of_a_paper_is_kept(text: str) -> None:
    paper = read_paper(text.replace('{\n "format"', '{\n "id": "K7Q2M4ZX",\n "format"', 1))
    assert paper.id == "K7Q2M4ZX"
    assert read_paper(write_paper(paper)) == paper


@pytest.mark.parametrize("scale", [10**6, 10**8])
def test_parameters_out_of_all_proportion_end_in_one_sentence(text: str, scale: int) -> None:
    """They pass for numbers, and cost more time or memory than any problem: a worker's end."""

    def enlarge(problem: dict[str, Any]) -> None:
        values = problem["parameters"]
        for name, value in values.items():
            if isinstance(value, int):
                values[name] = value * scale

    data = json.loads(text)
    for problem in data["problems"]:
        enlarge(problem)
    with pytest.raises(InputError, match="of the paper file is damaged"):
        mark_paper(read_paper(json.dumps(data)), {"": {"1a": "1"}})


@pytest.mark.parametrize("value", [-0.0, 0.5, "x", None, [1], {}])
def test_a_parameter_of_another_type_is_one_sentence(text: str, value: Any) -> None:
    data = json.loads(text)
    for problem in data["problems"]:
        first = next(iter(problem["parameters"]))
        problem["parameters"][first] = value
    with pytest.raises(InputError, match="of the paper file is damaged"):
        mark_paper(read_paper(json.dumps(data)), {"": {"1a": "1"}})
