"""The report on a class: what it says, in every form, and which files are no marks."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from partialcredit.errors import InputError
from partialcredit.marking.analysis import SUFFIXES, check_name, render
from partialcredit.marking.analysis.marks_file import read_marks
from partialcredit.marking.analysis.story import story
from partialcredit.marking.analysis.tables import Block, Drawing, Heading, Say, Table
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.report.records import render as to_json
from partialcredit.paper import Head, Paper
from tests.marking.test_report import NASTY
from tests.writers.sample import part, problem

PAPER = Paper(
    Head("Midterm"),
    (
        problem(1, "Output size", "?", part("1a", "integer", "?", "3", "", marks=3)),
        problem(2, "Steps", "?", *(part(f"2{x}", "real", "?", "1", "") for x in "abc")),
    ),
    "K7Q2M4ZX",
)
PAPERS = {PAPER.id: PAPER}


def class_of(size: int) -> list[Result]:
    """Students of rising marks: the weaker half forgot the + 1."""
    results = []
    for n in range(size):
        strong = 2 * n >= size
        slip = PartMark("1a", "incorrect", Fraction(0), 3, "2", "2", "forgot the + 1", "Add 1.")
        right = PartMark("1a", "correct", Fraction(3), 3, "3")
        others = [
            PartMark(f"2{x}", "partial", Fraction((n + k) % 4, 3), 1, "x")
            for k, x in enumerate("abc")
        ]
        results.append(Result(f"s{n}", (right if strong else slip, *others), PAPER.id))
    return results


def said(blocks: tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Say))


def under(blocks: tuple[Block, ...], heading: str) -> list[Block]:
    """The blocks from a heading to the next."""
    start = next(i for i, block in enumerate(blocks) if block == Heading(heading)) + 1
    rest = blocks[start:]
    end = next((i for i, b in enumerate(rest) if isinstance(b, Heading)), len(rest))
    return list(rest[:end])


def table(blocks: tuple[Block, ...], heading: str) -> Table:
    return next(block for block in under(blocks, heading) if isinstance(block, Table))


def test_a_report_says_what_a_class_did() -> None:
    blocks = story(class_of(20), PAPERS)
    assert "20 papers, 6 marks." in said(blocks)
    assert "Cronbach's alpha over the 2 questions is" in said(blocks)
    assert table(blocks, "Slips").texts() == [["10 of 20", "1a", "forgot the + 1", "Add 1."]]
    question = table(blocks, "Questions").texts()[0]
    assert question[:5] == ["1", "Output size", "3", "1.50", "50 %"]
    assert [row[0] for row in table(blocks, "Parts").texts()] == ["1a", "2a", "2b", "2c"]
    assert sum(isinstance(block, Drawing) for block in blocks) == 2
    assert Heading("Versions") not in blocks


def test_what_waits_for_a_person_is_listed() -> None:
    invalid = PartMark("1a", "invalid", Fraction(0), 3, "3x(")
    results = [*class_of(3), Result("t", (invalid,), PAPER.id)]
    assert table(story(results, PAPERS), "For a person").rows == (("1a", 1, 0, 0),)


@pytest.mark.parametrize(
    ("better", "told"),
    [(lambda n: n < 6, True), (lambda n: n % 2, True), (lambda n: n >= 6, False)],
)
def test_a_question_that_does_not_tell_papers_apart_is_pointed_out(
    better: Callable[[int], int], told: bool
) -> None:
    """Worse where others did better; hardly better, a correlation of 0.14; and better."""
    results = []
    for n in range(12):
        first = PartMark("1a", "correct", Fraction(3 * better(n)), 3, "x")
        others = (PartMark(f"2{x}", "correct", Fraction(n, 12), 1, "x") for x in "abc")
        results.append(Result(f"s{n}", (first, *others), PAPER.id))
    assert ("hardly better, or worse, in 1, 2 (" in said(story(results, PAPERS))) == told


@pytest.mark.parametrize("size", [1, 2])
def test_a_small_class_is_told_so(size: int) -> None:
    blocks = story(class_of(size), PAPERS)
    told = "1 paper cannot" if size == 1 else "2 papers cannot"
    assert f"{told} show how questions hang together; 3 are the fewest." in said(blocks)
    assert "nan" not in repr(blocks)
    assert table(blocks, "Questions").texts()[0][5] == "–"


def test_dropped_parts_are_named() -> None:
    results = read_marks(to_json([dropping(r, "2b") for r in class_of(5)]).decode(), PAPERS, "m")
    assert "Nobody has marks for 2b: dropped" in said(story(results, PAPERS))


def dropping(result: Result, *parts: str) -> Result:
    return Result(result.student, result.parts, result.paper, frozenset(parts))


def test_a_paper_of_which_everything_is_dropped_has_a_report(tmp_path: Path) -> None:
    results = [dropping(result, "1a", "2a", "2b", "2c") for result in class_of(4)]
    for suffix in SUFFIXES:
        assert render("t", story(results, PAPERS), tmp_path / f"r{suffix}")


def test_versions_are_reported_where_there_are_some() -> None:
    papers = {name: Paper(PAPER.head, PAPER.problems, name) for name in "AB"}
    results = [Result(r.student, r.parts, "AB"[2 * n >= 20]) for n, r in enumerate(class_of(20))]
    blocks = story(results, papers)
    assert "Not equally hard: the paper, question 1." in said(blocks)
    rows = table(blocks, "Versions").texts()
    assert rows[2] == ["question 1", "A", "10", "0 %", "0.00"]
    assert rows[3] == ["question 1", "B", "10", "100 %", "0.00"]


class Tags(HTMLParser):
    """All tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)


@pytest.fixture(scope="module")
def nasty() -> tuple[Block, ...]:
    """A report on slips as an attacker writes them into the file of marks."""
    results = [
        Result(text, (PartMark("1a", "incorrect", Fraction(0), 3, text, text, text, text),), "K")
        for text in NASTY
    ]
    return story(results, {"K": PAPER})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_form_is_written_and_the_same_again(
    suffix: str, nasty: tuple[Block, ...], tmp_path: Path
) -> None:
    for blocks in (story(class_of(20), PAPERS), nasty):
        one, two = (render("<T>", blocks, tmp_path / f"r{suffix}") for _ in range(2))
        assert one == two
        assert all(one.values())
        drawings = sum(isinstance(block, Drawing) for block in blocks)
        assert len(one) == 1 + drawings * (suffix == ".md")


def test_no_text_does_anything(nasty: tuple[Block, ...]) -> None:
    from markdown_it import MarkdownIt
    from openpyxl import load_workbook

    page = render("<T>", nasty, Path("r.html"))[Path("r.html")].decode()
    assert not {"script", "img", "a", "b", "t"} & Tags(page).tags
    assert not set("\u202e\x1b\x00") & set(page)
    text = render("<T>", nasty, Path("r.md"))[Path("r.md")].decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text)
    inner = [t for token in tokens for t in token.children or []]
    assert {t.content for t in inner if t.type == "html_inline"} <= {"<!-- -->"}
    assert "http://" not in text
    book = load_workbook(io.BytesIO(render("T", nasty, Path("r.xlsx"))[Path("r.xlsx")]))
    assert {c.data_type for sheet in book for row in sheet for c in row} == {"s", "n"}


def test_a_workbook_holds_numbers() -> None:
    from openpyxl import load_workbook

    content = render("T", story(class_of(20), PAPERS), Path("r.xlsx"))[Path("r.xlsx")]
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Marks", "Questions", "Parts", "Slips", "For a person"]
    assert [cell.value for cell in book["Questions"][2]][2:5] == [3, 1.5, 0.5]


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(InputError, match=r"a report is a \.html, .*not 'r.docx'"):
        check_name(Path("r.docx"))


class TestMarksFile:
    """The file of marks is a user's text: what is no such file is refused in one sentence."""

    def records(self) -> Any:
        return json.loads(to_json(class_of(3)))

    def test_it_holds_what_grade_wrote(self) -> None:
        read = read_marks(to_json(class_of(7)).decode(), PAPERS, "m.json")
        assert [(r.student, r.marks, r.paper) for r in read] == [
            (r.student, r.marks, r.paper) for r in class_of(7)
        ]  # thirds are thirds again

    @pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "3", "{}", "[1]", '{"format": 2}'])
    def test_something_else(self, text: str) -> None:
        with pytest.raises(InputError, match=r"m.json holds no marks: .*partialcredit grade"):
            read_marks(text, PAPERS, "m.json")

    def test_nobody(self) -> None:
        with pytest.raises(InputError, match="holds the marks of nobody"):
            read_marks("[]", PAPERS, "m.json")

    @pytest.mark.parametrize(
        "damage",
        [
            lambda r: r[0].pop("student"),
            lambda r: r[0].update(student=3),
            lambda r: r[0].update(parts={}),
            lambda r: r[0]["parts"].append(1),
            lambda r: r[0]["parts"].append(r[0]["parts"][0]),
            lambda r: r[0]["parts"][0].update(marks=-1),
            lambda r: r[0]["parts"][0].update(marks=3.5),
            lambda r: r[0]["parts"][0].update(marks=float("nan")),
            lambda r: r[0]["parts"][0].update(marks="1"),
            lambda r: r[0]["parts"][0].update(marks=True),
            lambda r: r[0]["parts"][0].update(out_of=10**9),
            lambda r: r[0]["parts"][0].update(out_of=float("inf")),
            lambda r: r[0]["parts"][0].update(verdict="fine"),
            lambda r: r[0]["parts"][0].update(mistake=None),
            lambda r: r[0]["parts"][0].pop("feedback"),
        ],
    )
    def test_damage(self, damage: Callable[[Any], object]) -> None:
        records = self.records()
        damage(records)
        with pytest.raises(InputError, match="holds no marks: a student") as caught:
            read_marks(json.dumps(records), PAPERS, "m.json")
        assert "\n" not in str(caught.value)

    def test_another_papers_marks(self) -> None:
        with pytest.raises(InputError, match="marks of the paper 'K7Q2M4ZX', this is AAAA"):
            read_marks(json.dumps(self.records()), {"AAAA": PAPER}, "m.json")

    def test_a_part_that_the_paper_has_not(self) -> None:
        records = self.records()
        records[0]["parts"][0]["id"] = "9z"
        with pytest.raises(InputError, match="has marks for '9z', which the paper does not ask"):
            read_marks(json.dumps(records), PAPERS, "m.json")

    def test_a_student_twice(self) -> None:
        records = self.records()
        with pytest.raises(InputError, match="holds a student twice"):
            read_marks(json.dumps([*records, records[0]]), PAPERS, "m.json")
