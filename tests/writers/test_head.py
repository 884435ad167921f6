"""What stands before the questions: the same facts in every format, and nothing made up."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit import writers
from partialcredit.marking.hand_ins.markdown import read
from partialcredit.paper import Head, Paper, Section
from partialcredit.writers.head import asked, facts, fields, marks_table
from tests.writers.sample import paper, part, problem

HEAD = Head(
    "Midterm", course="Deep learning", date="2026-12-03", minutes=90, allowed="a calculator",
    instructions="Round to *four* digits, as in $\\pi \\approx 3.142$.",
)  # fmt: skip
MIDTERM = replace(paper, head=HEAD, id="K7Q2MX4P")


def words_of(paper: Paper, suffix: str, folder: Path, view: writers.View = "paper") -> str:
    content = writers.render(paper, suffix, view=view)
    if suffix != ".pdf":
        return content.decode()
    path = folder / "paper.pdf"
    path.write_bytes(content)
    run = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(run, capture_output=True, check=True, text=True).stdout


needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")


@needs_poppler
@pytest.mark.parametrize("suffix", [".pdf", ".html", ".md"])
def test_every_format_says_the_same(suffix: str, tmp_path: Path) -> None:
    text = words_of(MIDTERM, suffix, tmp_path)
    for told in (
        "Midterm", "Deep learning", "2026-12-03", "90 minutes", "25 marks", "Paper K7Q2MX4P",
        "a calculator", "Name", "Student number", "Question", "All", "digits, as in",
    ):  # fmt: skip
        assert told in text, told


@needs_poppler
@pytest.mark.parametrize("suffix", [".pdf", ".html", ".md"])
def test_a_students_own_paper_has_the_name_on_it(suffix: str, tmp_path: Path) -> None:
    text = words_of(replace(MIDTERM, name="Ada Lovelace", student="2031"), suffix, tmp_path)
    assert "Ada Lovelace" in text
    assert "2031" in text


@needs_poppler
def test_a_cover_is_a_page_of_its_own(tmp_path: Path) -> None:
    covered = replace(MIDTERM, head=replace(HEAD, cover=True))
    first, second, *_ = words_of(covered, ".pdf", tmp_path).split("\f")
    assert "All" in first
    assert "Output size" not in first
    assert "1 Output size of a convolution" in second


def test_a_filled_in_markdown_paper_says_whose_it_is() -> None:
    text = writers.render(MIDTERM, ".md").decode()
    blank = read(text.encode(), "paper.md")[0].fields
    assert blank["paper"] == "K7Q2MX4P"
    assert not {name.casefold() for name in blank} & {"name", "student number"}
    signed = text.replace("**Student number:** ", "**Student number:** 2031")
    assert read(signed.encode(), "paper.md")[0].fields["Student number"] == "2031"


@needs_poppler
@pytest.mark.parametrize("suffix", [".pdf", ".html", ".md"])
def test_the_answer_sheet_has_fields_and_labels_and_no_question(
    suffix: str, tmp_path: Path
) -> None:
    text = words_of(MIDTERM, suffix, tmp_path, "sheet")
    for told in ("Midterm: answers", "K7Q2MX4P", "Student number", "Log-sum-exp"):
        assert told in text
    assert "How many parameters" not in text


@needs_poppler
@pytest.mark.parametrize("suffix", [".pdf", ".html", ".md"])
def test_sections_have_a_title_and_a_text(suffix: str, tmp_path: Path) -> None:
    parted = replace(paper.problems[1], section=Section("Part B", "Give *reasons*."), new_page=True)
    text = words_of(replace(MIDTERM, problems=(paper.problems[0], parted)), suffix, tmp_path)
    before, after = text.split("Part B")
    assert "reasons" in after
    assert "Output size" in before
    if suffix == ".pdf":
        assert "\f" in before


def test_no_fact_is_told_that_nobody_gave() -> None:
    assert facts(Paper(Head("t"), ())) == ["0 marks"]


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (("Name", "Student number"), [("Name", "Ada"), ("Student number", "7")]),
        (("name", "Seat"), [("Student number", "7"), ("name", "Ada"), ("Seat", "")]),
        ((), [("Name", "Ada"), ("Student number", "7")]),
    ],
)
def test_fields_hold_what_is_known(labels: tuple[str, ...], shown: list[tuple[str, str]]) -> None:
    assert fields(Paper(Head(fields=labels), (), name="Ada", student="7")) == shown


def test_the_table_adds_up_marks_and_minutes() -> None:
    asked = [replace(problem(n, "p", "s", part(f"{n}a", "real", "p", "1", "s", marks=n)), minutes=n)
             for n in (1, 2, 3, 4)]  # fmt: skip
    assert marks_table(Paper(Head(), tuple(asked)))[-1] == ("All", "10", "10", "")
    assert marks_table(Paper(Head(), tuple(asked[:3]))) == []
    assert len(marks_table(Paper(Head(cover=True), tuple(asked[:3])))) == 5
    unknown = [replace(problem, minutes=0) for problem in asked]
    assert marks_table(Paper(Head(), tuple(unknown)))[-1] == ("All", "10", "")


def test_what_wrong_answers_cost_is_said_where_the_policy_has_it_so() -> None:
    several = replace(part("1a", "truefalse", "True?", "T F", "s"), count=2)
    ticked = replace(part("1a", "choices", "Which?", "A", "s"), options=("x", "y"))
    for asked_of in (several, ticked):
        assert "cancels a right one" in asked(asked_of)
        assert asked(asked_of, {"wrong_cancels_right": False}) == asked_of.prompt
    for alone in (replace(several, count=1), part("1a", "real", "Find x.", "1", "s")):
        assert asked(alone) == alone.prompt
