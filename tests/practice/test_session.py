"""A practice session says how it understood, marks, names the slip and can be left at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from partialcredit.practice.session import Session

Talk = tuple[bool, str, str]


@pytest.fixture
def talk() -> Callable[..., Talk]:
    """Ask one problem with these replies; returns (goes on, all that was said, the summary)."""

    def run(*replies: str) -> Talk:
        session = Session(["conv_output_size"], "easy", 3)
        said: list[str] = []
        waiting: Iterator[str] = iter(replies)
        goes_on = session.ask(said.append, lambda _: next(waiting))
        return goes_on, "\n".join(said), session.summary()

    return run


def key(index: int) -> str:
    from partialcredit.exams.compose import plan, written

    return written(plan(["conv_output_size"], 1, "easy", 3)[0]).parts[index].key or ""


def test_a_part_that_was_tried_counts(talk: Callable[..., Talk]) -> None:
    """Leaving by 'q' forgets no attempt."""
    assert talk("1", "q")[2].startswith("0 of ")
    assert talk("q")[2] == "Nothing asked, nothing lost."


def test_right_answers_earn_the_marks(talk: Callable[..., Talk]) -> None:
    goes_on, said, summary = talk(key(0), key(1))
    assert goes_on
    assert said.count("correct") == 2
    assert "understood as" in said
    assert summary == "3 of 3 marks."


def test_a_wrong_answer_may_be_mended(talk: Callable[..., Talk]) -> None:
    _, said, summary = talk("1x1x1", key(0), "s")
    assert "incorrect" in said
    assert summary == "2 of 3 marks."


def test_an_unreadable_answer_shows_where(talk: Callable[..., Talk]) -> None:
    _, said, _ = talk("3x(", "", "")
    assert "invalid" in said
    assert "^" in said


def test_an_unreadable_answer_costs_nothing_and_may_be_typed_again(
    talk: Callable[..., Talk],
) -> None:
    assert talk("3x(", "q")[2] == "Nothing asked, nothing lost."
    assert talk("3x(", key(0), "q")[2] == "2 of 2 marks."
    assert talk("1", "3x(", "q")[2] == "0 of 2 marks."


def test_an_answer_that_would_never_end_ends_no_session(talk: Callable[..., Talk]) -> None:
    deep = "det(" + "(" * 7 + "[[1,2],[3,4]]" + "^16)" * 7 + ")"
    _, said, summary = talk(f"{deep}x3", "*".join(["1e300"] * 15), "q")
    assert "correct" not in said
    assert summary in ("Nothing asked, nothing lost.", "0 of 2 marks.")


def test_leaving_and_skipping(talk: Callable[..., Talk]) -> None:
    assert talk("q")[0] is False
    assert talk("n")[0] is True
    assert talk("q")[2] == "Nothing asked, nothing lost."
