"""A person overrules the machine, once for all equal answers, and everybody sees where."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.marking.decisions import Decisions, decide, read_decisions
from partialcredit.marking.hand_ins.collecting import Stray
from partialcredit.marking.marks import PartMark, Result, Verdict
from partialcredit.marking.review import COLUMNS, check_name, render

OUT_OF = {"1a": 2, "1b": 1}


def mark(part: str, verdict: Verdict, answer: str, marks: int = 0, doubt: str = "") -> PartMark:
    said = "not to be read" if verdict == "invalid" else ""
    return PartMark(
        part, verdict, Fraction(marks), OUT_OF[part], answer, feedback=said, doubt=doubt
    )


CLASS = [
    Result("Ada", (mark("1a", "invalid", "13 px"), mark("1b", "correct", "7", 1))),
    Result("Ben", (mark("1a", "invalid", "13  px\n"), mark("1b", "incorrect", "8"))),
    Result("Cy", (mark("1a", "correct", "13", 2), mark("1b", "undecided", "=x+1"))),
    Result("Di", (mark("1a", "partial", "12.9", 1, "too few digits"), mark("1b", "blank", ""))),
]


def reviewed(folder: Path, written: Decisions | None = None, name: str = "r.csv") -> Path:
    path = folder / name
    path.write_bytes(render(CLASS, (written or Decisions()).written, [], path))
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text())))


def decisions(folder: Path, *lines: str) -> Decisions:
    path = folder / "d.csv"
    path.write_text("part,answer,marks,comment\n" + "".join(f"{line}\n" for line in lines))
    return read_decisions(path, OUT_OF)


def outcome(results: list[Result]) -> dict[str, list[tuple[str, Fraction]]]:
    return {r.student: [(p.verdict, p.marks) for p in r.parts] for r in results}


def test_equal_answers_stand_there_once_with_what_a_person_needs(tmp_path: Path) -> None:
    found = rows(reviewed(tmp_path))
    assert tuple(found[0]) == COLUMNS
    assert [(r["part"], r["answer"], r["count"], r["students"]) for r in found] == [
        ("1a", "13 px", "2", "Ada, Ben"),
        ("1a", "12.9", "1", "Di"),
        ("1b", "'=x+1", "1", "Cy"),
    ]
    assert found[0]["why"] == "invalid: not to be read"
    assert [r["proposed"] for r in found] == ["0", "1", "0"]


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx"])
def test_a_filled_in_review_decides_all_equal_answers(tmp_path: Path, name: str) -> None:
    path = reviewed(tmp_path, name=name)
    if name == "r.csv":
        text = path.read_text().replace('"0","",""', '"0","2","units are fine"', 1)
        path.write_text(text.replace('"0","",""', '"0","1",""', 1))
    else:
        from openpyxl import load_workbook

        book = load_workbook(path)
        sheet = book.active
        sheet["G2"], sheet["H2"], sheet["G4"] = 2, "units are fine", 1
        book.save(path)
    results, changes, notices = decide(CLASS, read_decisions(path, OUT_OF))
    assert notices == []
    assert outcome(results) == {
        "Ada": [("decided", 2), ("correct", 1)],
        "Ben": [("decided", 2), ("incorrect", 0)],
        "Cy": [("correct", 2), ("decided", 1)],
        "Di": [("partial", 1), ("blank", 0)],
    }
    assert results[0].parts[0].feedback == "A person decided: 2 of 2. units are fine"
    assert [(c.student, c.part, c.why) for c in changes] == [
        ("Ada", "1a", "units are fine"), ("Ben", "1a", "units are fine"), ("Cy", "1b", ""),
    ]  # fmt: skip


def test_everyone(tmp_path: Path) -> None:
    """A star sets everyone's marks, the blank ones' too; a row for an answer goes before it."""
    results, changes, _ = decide(CLASS, decisions(tmp_path, "1b,*,1,misprint", "1b,8,0,"))
    assert [r.parts[1].marks for r in results] == [1, 0, 1, 1]
    assert results[0].parts[1].verdict == "correct"
    assert {c.student for c in changes} == {"Cy", "Di"}


def test_a_dropped_part_counts_for_nobody(tmp_path: Path) -> None:
    results, _, _ = decide(CLASS, decisions(tmp_path, "1a,*,drop,"))
    assert [(r.marks, r.out_of) for r in results] == [(1, 1), (0, 1), (0, 1), (0, 1)]
    assert all("1a" not in r.open for r in results)


def test_a_decision_may_lower_a_mark_and_confirm_a_zero(tmp_path: Path) -> None:
    results, changes, _ = decide(CLASS, decisions(tmp_path, "1a,13,0,guessed", "1b,=x+1,0,"))
    assert outcome(results)["Cy"] == [("decided", 0), ("decided", 0)]
    assert [(c.student, c.before.marks, c.after.marks) for c in changes] == [("Cy", 2, 0)]
    assert results[2].open == []


def test_the_next_review_keeps_what_was_decided(tmp_path: Path) -> None:
    first = decisions(tmp_path, "1a,13 px,1/2,half", "1b,*,drop,misprint", "1b,7,,see me")
    again = rows(reviewed(tmp_path, first))
    kept = {(r["part"], r["answer"]): (r["marks"], r["comment"]) for r in again if r["comment"]}
    assert kept == {
        ("1a", "13 px"): ("1/2", "half"),
        ("1b", "*"): ("drop", "misprint"),
        ("1b", "7"): ("", "see me"),
    }
    second = read_decisions(tmp_path / "r.csv", OUT_OF)
    assert (second.answers, second.dropped) == (first.answers, first.dropped)


def test_a_decision_on_what_nobody_wrote_is_told(tmp_path: Path) -> None:
    _, _, notices = decide(CLASS, decisions(tmp_path, "1a,2-Jan,1,"))
    assert len(notices) == 1
    assert "'2-Jan' changes nothing" in notices[0]


def test_long_answers_that_begin_alike_are_two(tmp_path: Path) -> None:
    long = [Result(s, (mark("1a", "invalid", "x" * 5000 + s),)) for s in ("a", "b")]
    path = tmp_path / "r.csv"
    path.write_bytes(render(long, {}, [], path))
    first, second = rows(path)
    assert first["answer"] != second["answer"]
    assert len(first["answer"]) < 600
    path.write_text(path.read_text().replace('"0","",""', '"0","1",""', 1))
    results, _, _ = decide(long, read_decisions(path, OUT_OF))
    assert [r.marks for r in results] == [1, 0]


def test_an_answer_to_no_part_stands_in_the_review(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes(render([], {}, [Stray("Ada", "9z", "42")], path))
    (row,) = rows(path)
    assert (row["part"], row["answer"], row["students"]) == ("9z", "42", "Ada")
    assert read_decisions(path, OUT_OF) == Decisions()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("9z,x,1,", "row 2: the paper has no part '9z'"),
        ("1a,x,3,", "marks are a number from 0 to 2, or 'drop', not '3'"),
        ("1a,x,-1,", "not '-1'"),
        ("1a,x,1/0,", "not '1/0'"),
        ("1a,x,1e9,", "not '1e9'"),
        ("1a,x,drop,", "write * in the answer column"),
        ("1a,x,1,\n1a,x,2,", "row 3: 1a, 'x' is decided in an earlier row, too"),
    ],
)
def test_a_decision_that_cannot_be_is_one_sentence(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decisions(tmp_path, line)
    assert message in str(caught.value)


def test_files_that_are_no_reviews(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column 'part'"):
        read_decisions(tmp_path / "d.csv", OUT_OF)
    with pytest.raises(InputError, match=r"a \.csv or \.xlsx file"):
        check_name(Path("r.pdf"))
    with pytest.raises(InputError, match="would overwrite"):
        check_name(Path("r.csv"), [Path("r.csv")])
