"""Every form of report holds the marks, and no student's text does anything in it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.report import SUFFIXES, check_name, render
from partialcredit.marking.report.terminal import printable, to_table
from partialcredit.tables.cells import safe, unsafe

#: Names and answers as an attacker writes them.
NASTY = [
    "=cmd|' /C calc'!A0", "x\r=cmd|' /C calc'!A0", "x\n=1+1", "＝1+1", "\t=1", "@SUM(A1)", "-1+1",
    '"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "[a](http://evil.example)",
    "see http://evil.example and www.evil.example or me@evil.example", "a|b", "`x`",
    "\x1b[2J", "\u202egro.live", "\ud800", "\x00", "' OR 1=1", "&lt;b&gt;",
]  # fmt: skip

CLASS = [
    Result(
        name,
        (
            PartMark("1a", "partial", Fraction(4, 3), 2, name, name, "lost the sign", name),
            PartMark("1b", "invalid", Fraction(0), 1, name, feedback="what is this?\n  x\n  ^"),
        ),
        "K7Q2M4ZX",
    )
    for name in NASTY
]


#: Every formula that a workbook of ours holds.
OURS = (
    r"=SUM\([A-Z]+\d+:[A-Z]+\d+\)|=IF\(D\d+>0,C\d+/D\d+,\"\"\)"
    r"|=SUMIF\(Question_\d+!\$A\$2:\$A\$\d+,\$A\d+,Question_\d+!\$[A-Z]+\$2:\$[A-Z]+\$\d+\)"
)


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("name", [f"r{suffix}" for suffix in SUFFIXES if suffix.endswith("csv")])
def test_no_cell_of_a_table_begins_a_formula(name: str) -> None:
    content = render(CLASS, Path(name), "=T")
    text = content.decode()
    assert "\r" not in text
    for row in cells(content):
        assert len(row) == len(cells(content)[0])
        assert not [cell for cell in row if cell.lstrip().startswith(tuple("=+-@＝\t"))]
    assert all(ord(c) >= 32 or c == "\n" for c in text)


def test_a_workbook_holds_texts_and_numbers() -> None:
    from openpyxl import load_workbook

    content = render(CLASS, Path("r.xlsx"), "T")
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "f"}
    formulas = {cell.value for cell in cells if cell.data_type == "f"}
    assert all(re.fullmatch(OURS, formula) for formula in formulas)
    assert book["parts"].max_row == 1 + 2 * len(CLASS)


def test_a_workbook_calculates_from_the_questions() -> None:
    """Whoever does not calculate sees the values that were put beside the formulas."""
    from openpyxl import load_workbook

    formulas, values = (
        load_workbook(io.BytesIO(render(CLASS, Path("r.xlsx"), "T")), data_only=shown)
        for shown in (False, True)
    )
    assert [cell.value for cell in values["marks"][2]] == [
        1, safe(NASTY[0]), pytest.approx(4 / 3), 3, pytest.approx(4 / 9), "1b",
        pytest.approx(4 / 3),
    ]  # fmt: skip
    assert formulas["marks"]["C2"].value == "=SUM(G2:G2)"
    assert formulas["marks"]["G2"].value.startswith("=SUMIF(Question_1!$A$2:$A$20,$A2,")
    assert [cell.value for cell in values["Question_1"][1]] == [
        "no.",
        "student",
        "1a",
        "1b",
        "marks",
    ]
    assert values["Question_1"]["D2"].fill.fgColor.rgb == "FFFFE699"
    assert [cell.value for cell in values["slips"][2]][:4] == [19, 19, "1a", "lost the sign"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_program_calculates_the_same_totals(tmp_path: Path) -> None:
    """A mark that is changed there changes the totals, also after a sheet was sorted."""
    from openpyxl import load_workbook

    results = [
        Result(f"s{n}", tuple(PartMark(f"{q}{letter}", "partial", Fraction(n * q, 7), 9, "x")
                              for q in range(1, 13) for letter in "abc"))
        for n in range(5)
    ]  # fmt: skip
    book = load_workbook(io.BytesIO(render(results, Path("r.xlsx"), "T")))
    sheet = book["Question_12"]
    rows = [[cell.value for cell in row[:5]] for row in sheet["A2:E6"]]
    for row, values in zip(sheet["A2:E6"], reversed(rows), strict=True):
        for cell, value in zip(row, values, strict=True):
            cell.value = value
    sheet["C6"].value = 5  # the last row is now the first student's, who had 0
    book.save(tmp_path / "r.xlsx")  # which forgets the values beside the formulas
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "csv", "--outdir", str(tmp_path), str(tmp_path / "r.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip
    _, *lines = cells((tmp_path / "r.csv").read_bytes())
    assert [float(line[2]) for line in lines] == pytest.approx(
        [5.0, *(float(result.marks) for result in results[1:])], abs=0.005
    )


def test_the_records_are_what_was_promised() -> None:
    record = json.loads(render(CLASS, Path("r.json"), "T"))[0]
    assert list(record) == ["student", "paper", "marks", "out_of", "parts"]
    assert list(record["parts"][0]) == [
        "id", "verdict", "marks", "out_of", "answer", "understood", "evidence", "mistake",
        "feedback", "followed",
    ]  # fmt: skip


class Tags(HTMLParser):
    """All tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_a_page_has_no_tag_of_a_students() -> None:
    text = render(CLASS, Path("r.html"), "<T>").decode()
    tags = Tags()
    tags.feed(text)
    assert not {"script", "img", "a", "b", "t"} & tags.tags
    assert tags.attributes <= {"lang", "charset", "http-equiv", "content"}
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_markdown_makes_no_link_tag_or_cell_of_a_text() -> None:
    from markdown_it import MarkdownIt

    text = render(CLASS, Path("r.md"), "T").decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text)
    inner = [t for token in tokens for t in token.children or []]
    assert {t.type for t in inner} <= {"text", "html_inline", "text_special", "softbreak"}
    assert {t.content for t in inner if t.type == "html_inline"} <= {"<!-- -->"}
    assert "http://" not in text
    assert "www." not in text
    assert "e@" not in text


def test_gradebooks() -> None:
    students = [Result("ada@x.org", CLASS[0].parts), Result("ben@x.org", CLASS[0].parts)]
    canvas = cells(render(students, Path("r.canvas.csv"), "Midterm"))
    assert canvas[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Midterm"]
    assert canvas[1] == ["Points Possible", "", "", "", "", "3"]
    assert canvas[2][2:] == ["ada@x.org", "ada@x.org", "", "1.33"]
    moodle = cells(render(students, Path("r.MOODLE.csv"), "Midterm"))
    assert moodle[0] == ["Email address", "Midterm", "Midterm (feedback)"]
    assert moodle[1] == [
        "ada@x.org", "1.33", "1a: 1.33 of 2 (lost the sign), 1b: 0 of 1 (invalid)",
    ]  # fmt: skip
    assert cells(render(CLASS, Path("r.moodle.csv"), "M"))[0][0] == "ID number"


def test_a_single_student_without_a_name_has_an_empty_cell() -> None:
    content = render([Result("", CLASS[0].parts)], Path("r.csv"), "T")
    assert cells(content)[1] == ["", "1.33", "3", "1.33", "0", "1b"]


def test_invalid_is_not_zero_by_stealth() -> None:
    assert CLASS[0].open == ["1b"]
    assert "a person looks at 1b" in to_table(CLASS)
    assert "a person decides 1b" in to_table(CLASS[:1])


@pytest.mark.parametrize("text", NASTY)
def test_a_safe_cell_is_known_again(text: str) -> None:
    cell = safe(" ".join(printable(text).split()))
    assert unsafe(cell) == " ".join(printable(text).split())


def test_a_terminal_is_not_steered() -> None:
    shown = to_table(CLASS) + "".join(to_table([result]) for result in CLASS)
    assert all(c.isprintable() or c == "\n" for c in shown)


def test_the_same_results_give_the_same_bytes() -> None:
    for suffix in SUFFIXES:
        one, two = (render(CLASS, Path(f"r{suffix}"), "T") for _ in range(2))
        assert one == two


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(InputError, match=r"a report is a \.csv.*not 'r.pdf'"):
        check_name(Path("r.pdf"))
