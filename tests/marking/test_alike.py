"""Which papers of a class ask the same, and what is decided for whom."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from partialcredit.marking.alike import Alike, identity, most_marks
from partialcredit.marking.decisions import Decisions, Ruling, decide
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.review import PAPER, open_rows, render
from partialcredit.paper import Head, Paper, PaperPart, PaperProblem


def problem(number: int, key: str, marks: int = 2) -> PaperProblem:
    part = PaperPart(f"{number}a", "x", "integer", marks, f"Find {key}.", key, None)
    return PaperProblem(number, "T", "", (part,), family="a/b", parameters={"x": key})


#: Problem 1 is the same on A and C; problem 2 on all of them.
PAPERS = [
    Paper(Head("T"), (problem(1, key, marks), problem(2, "9")), id=name)
    for name, key, marks in (("A", "1", 2), ("B", "2", 3), ("C", "1", 2))
]
RESULTS = [
    Result(
        paper.id.lower(),
        tuple(PartMark(i, "undecided", Fraction(0), 2, "?") for i in ("1a", "2a")),
        paper.id,
    )
    for paper in PAPERS
]


def test_the_first_paper_stands_for_a_question_and_none_for_one_that_all_have() -> None:
    alike = Alike(PAPERS)
    assert [alike(paper.id, "1a") for paper in PAPERS] == ["A", "B", "A"]
    assert {alike(paper.id, "2a") for paper in PAPERS} == {""}
    assert most_marks(PAPERS) == {"1a": 3, "2a": 2}


def test_space_and_sections_do_not_change_what_is_marked() -> None:
    one = problem(1, "1")
    assert identity(replace(one, space=30.0, new_page=True, title="U")) == identity(one)
    assert identity(replace(one, parameters={"x": "2"})) != identity(one)


def test_equal_answers_to_the_same_question_are_one_row() -> None:
    rows = open_rows(RESULTS, Alike(PAPERS))
    found = [(row.part, row.paper, row.students) for row in rows.values()]
    assert found == [("1a", "A", ["a", "c"]), ("1a", "B", ["b"]), ("2a", "", ["a", "b", "c"])]
    assert len(open_rows(RESULTS)) == 2


def test_what_cannot_be_read_is_one_row_whatever_the_numbers_are() -> None:
    unread = [
        replace(result, parts=tuple(replace(mark, verdict="invalid") for mark in result.parts))
        for result in RESULTS
    ]
    rows = open_rows(unread, Alike(PAPERS))
    assert [(row.part, row.paper, len(row.students)) for row in rows.values()] == [
        ("1a", "", 3), ("2a", "", 3),
    ]  # fmt: skip


def test_the_column_of_papers_stands_only_where_papers_differ() -> None:
    path = Path("r.csv")
    assert PAPER in render(RESULTS, {}, [], path, Alike(PAPERS)).decode().splitlines()[0]
    assert PAPER not in render(RESULTS, {}, [], path).decode().splitlines()[0]


def ruled(*places: tuple[str, str, str]) -> list[tuple[Fraction, Fraction]]:
    decisions = Decisions(answers={place: Ruling(Fraction(n)) for n, place in enumerate(places, 1)})
    results, _, _ = decide(RESULTS, decisions, Alike(PAPERS))
    return [(result.parts[0].marks, result.parts[1].marks) for result in results]


def test_a_ruling_is_for_its_question_or_for_all_and_the_nearer_one_counts() -> None:
    assert ruled(("1a", "?", "A")) == [(1, 0), (0, 0), (1, 0)]
    assert ruled(("1a", "?", "")) == [(1, 0), (1, 0), (1, 0)]
    assert ruled(("1a", "?", ""), ("1a", "?", "B")) == [(1, 0), (2, 0), (1, 0)]


def test_no_ruling_gives_more_than_the_part_has() -> None:
    decisions = Decisions(everyone={"1a": Ruling(Fraction(3))})
    results, _, _ = decide(RESULTS, decisions, Alike(PAPERS))
    assert {result.parts[0].marks for result in results} == {2}
