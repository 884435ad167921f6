"""A relation's witness: places where it was found true and places where it was found false."""

from __future__ import annotations

from math import inf, log
from typing import Any

import pytest

from partialcredit.grading import Relation

KIND = Relation({"p": "real", "n": "positive integer", "x": "real"}, ("LSE",))
KEY = "p <= LSE(x) <= p + ln(n)"


def place(value: float) -> dict[str, Any]:
    return {"p": 2, "n": 3, "LSE(x)": value}


@pytest.mark.parametrize(
    ("value", "holds"), [(2.0, True), (2.5, True), (2 + log(3), True), (1.999, False), (3.2, False)]
)
def test_a_function_stands_in_the_point_as_the_relation_writes_it(
    value: float, holds: bool
) -> None:
    assert KIND.deviation(KEY, ((place(value), holds),), 0, {}) == 0
    assert KIND.deviation(KEY, ((place(value), not holds),), 0, {}) == inf


def test_strictness_shows_at_the_ends() -> None:
    ends = ((place(2.0), True), (place(2 + log(3)), True))
    assert KIND.deviation(KEY, ends, 0, {}) == 0
    assert KIND.deviation("p < LSE(x) <= p + ln(n)", ends, 0, {}) == inf
    assert KIND.deviation("p <= LSE(x) < p + ln(n)", ends, 0, {}) == inf


def test_a_witness_that_saw_nothing_proves_nothing() -> None:
    assert KIND.deviation(KEY, (), 0, {}) == inf
