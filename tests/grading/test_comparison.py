"""Two texts are compared; whatever can be read gets a verdict."""

import pytest

from partialcredit.grading import compare


@pytest.mark.parametrize("answer", ["1[2 ≈ 3]", "{1 if 2 ≈ 3, 0 otherwise}", "1[2 in (0, 3)]"])
def test_a_condition_that_cannot_be_decided_is_a_verdict_too(answer: str) -> None:
    assert compare("1", answer, "number").outcome in ("different", "undecided")
