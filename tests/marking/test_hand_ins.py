"""Every form of hand-in is read; every broken one is one clear sentence and stops nobody else."""

from __future__ import annotations

import io
import json
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins import SUFFIXES, HandIns, read_hand_ins
from partialcredit.paper import Head, Paper, PaperPart, PaperProblem


def problem(number: int, letters: str) -> PaperProblem:
    parts = tuple(
        PaperPart(f"{number}{letter}", letter, "real", 1, "?", "1", None) for letter in letters
    )
    return PaperProblem(number, "T", "S", parts, family="a/b", version=1, level="easy", seed=1)


PAPER = Paper(Head("T"), (problem(1, "ab"), problem(2, "a")), seed=5, level="easy")
NAMED = Paper(Head("T"), PAPER.problems, id="K7Q2M4ZX", seed=5, level="easy")


def read(folder: Path, name: str, content: str | bytes, paper: Paper = PAPER) -> HandIns:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_hand_ins([path], paper)


def word(*paragraphs: str, name: str = "word/document.xml", head: str = "") -> bytes:
    """A Word document of these paragraphs' inner XML."""
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    body = "".join(f"<w:p>{p}</w:p>" for p in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f"{head}<w:document {spaces}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def workbook(*rows: list[Any]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FRACTION = (
    "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", '{"1a": "28x28x6", "1b": 3}', {"1a": "28x28x6", "1b": "3"}),
        ("a.json", '{"1a": 0.10, "1b": 1e-3}', {"1a": "0.10", "1b": "1e-3"}),
        ("a.json", '\ufeff{"1a": [[1, 2.50], [3, 4]]}', {"1a": "[[1, 2.50], [3, 4]]"}),
        ("a.json", '{"1a": true, "1b": null}', {"1a": "true", "1b": ""}),
        ("a.json", '{"Question 1 (a)": "7", "name": ""}', {"1a": "7"}),
        ("a.json", '{"1a": "\\ud800x\\u0000"}', {"1a": "\ufffdx\ufffd"}),
        ("a.yaml", "1a: 0.10\n1b: yes\n2a: 1_024\n", {"1a": "0.10", "1b": "yes", "2a": "1_024"}),
        ("a.yaml", "1a: [-0.75, 4.75]\n1b: [[1, 2], [3, 4]]\n",
         {"1a": "[-0.75, 4.75]", "1b": "[[1, 2], [3, 4]]"}),
        ("a.yaml", '1a: "\\uD800"\n', {"1a": "\ufffd"}),
        ("a.md", "**Answer 1a:** 7\n\n**(b)** how?\n\n**Answer 1b:** x\n", {"1a": "7", "1b": "x"}),
        ("a.md", "**Answer 1a:**\n\n[1 2;\n 3 4]\n\n## 2. Next\n", {"1a": "[1 2;\n 3 4]"}),
        ("a.md", "**Answer 1b**: 2\n", {"1b": "2"}),
        ("a.md", "Answer 1b: 2\n", {"1b": "2"}),
        ("a.md", "- **Answer 1b:** 2\n", {"1b": "2"}),
        ("a.md", "**answer 1b:** 2\n", {"1b": "2"}),
        ("a.md", "> __Answer 1 (b)__ : 2\n", {"1b": "2"}),
        ("a.md", "### Answer 1B: 2\n* Answer 2: 4\n", {"1b": "2", "2a": "4"}),
        ("a.docx", word(run("Answer 1a: 3"), run("Answer 1b:") + run("4")), {"1a": "3", "1b": "4"}),
        ("a.docx", word(run("Answer 1a: ") + FRACTION), {"1a": "((1)/(2))"}),
        ("a.docx", word(run("Answer 1a: ") + FRACTION.replace("m:f>", "m:nary>")),
         {"1a": "\ufffd((1)/(2))"}),
    ],
)  # fmt: skip
def test_one_students_answers(
    tmp_path: Path, name: str, content: str | bytes, expected: dict[str, str]
) -> None:
    found = read(tmp_path, name, content)
    assert found.answers == {"": expected}
    assert found.notices == [n for n in found.notices if n.startswith("these fields")]


CLASS = {"Ada": {"1a": "(1, 2)", "1b": "3"}, "José": {"1a": "", "1b": "x"}}
TABLE = 'student,1a,1b\r\nAda,"(1, 2)",3\r\nJosé,,x\r\n\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_class_in_the_usual_encodings_and_separators(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    text = TABLE.replace('"(1, 2)"', "\0").replace(",", separator).replace("\0", '"(1, 2)"')
    name = "class.tsv" if separator == "\t" else "class.csv"
    assert read(tmp_path, name, text.encode(encoding)).answers == CLASS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", f"sep=,\n{TABLE}"),
        ("c.json", '{"Ada": {"1a": "(1, 2)", "1b": 3}, "José": {"1a": "", "1b": "x"}}'),
        ("c.json", '[{"student": "Ada", "1a": "(1, 2)", "1b": 3}, '
                   '{"Email": "José", "1a": null, "1b": "x"}]'),
        ("c.yaml", "Ada: {1a: '(1, 2)', 1b: 3}\nJosé: {1a: , 1b: x}\n"),
        ("c.yaml", "- {student: Ada, 1a: '(1, 2)', 1b: 3}\n- {student: José, 1a: , 1b: x}\n"),
        ("c.xlsx", workbook(["student", "1a", "1b"], ["Ada", "(1, 2)", 3], ["José", None, "x"])),
    ],
)  # fmt: skip
def test_a_class(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert read(tmp_path, name, content).answers == CLASS


def test_a_class_where_the_decimal_comma_is_written(tmp_path: Path) -> None:
    """Spreadsheets there put semicolons between the cells."""
    expected = {"Ada": {"1a": "0,5", "1b": "(1; 2)"}}
    assert read(tmp_path, "c.csv", 'student;1a;1b\nAda;0,5;"(1; 2)"\n').answers == expected


@pytest.mark.parametrize(
    "header",
    [
        "Student,1a,1b,2a", "Student ID,Question 1a,Q1 b,2. a", "SIS Login ID,1A,1 (b),Question 2",
        "Email address,1a [number],1b,Answer 2 a:", "id,question 1 a,1.b,Part 2a",
    ],
)  # fmt: skip
def test_columns_are_found_by_name(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, "c.csv", f"Timestamp,{header},Score\nnow,Ada,1,2,3,9\n")
    assert found.answers == {"Ada": {"1a": "1", "1b": "2", "2a": "3"}}
    assert found.notices == [
        "these fields are no part of the paper, and ignored: 'Timestamp', 'Score'"
    ]


def test_the_best_name_of_a_student_counts(tmp_path: Path) -> None:
    """A gradebook of Canvas names students twice, and has a line that is no student."""
    rows = 'Student,ID,SIS Login ID,1a\nPoints Possible,,,3\n"Lovelace, Ada",7,ada1,4\n'
    assert read(tmp_path, "c.csv", rows).answers == {"ada1": {"1a": "4"}}


def test_a_later_row_replaces_an_earlier_one(tmp_path: Path) -> None:
    found = read(tmp_path, "c.csv", "student,1a,1b\nAda,1,2\nBen,1,1\nAda,3,\n")
    assert found.answers == {"Ben": {"1a": "1", "1b": "1"}, "Ada": {"1a": "3", "1b": ""}}
    assert any("Ada handed in twice" in notice for notice in found.notices)


def test_an_answer_under_no_parts_label_is_reported(tmp_path: Path) -> None:
    found = read(tmp_path, "c.csv", "student,1a,9z\nAda,1,lost\nBen,2,\n")
    assert [(s.student, s.label, s.text) for s in found.strays] == [("Ada", "9z", "lost")]
    assert any("answer of Ada to '9z' is not marked" in notice for notice in found.notices)


def test_a_hand_in_to_another_paper_is_refused_by_name(tmp_path: Path) -> None:
    table = "student,paper,1a\nAda,K7Q2M4ZX,1\nBen,AAAABBBB,2\n"
    found = read(tmp_path, "c.csv", table, NAMED)
    assert list(found.answers) == ["Ada"]
    (notice,) = found.notices
    assert "Ben" in notice
    assert "AAAABBBB" in notice
    with pytest.raises(InputError, match="AAAABBBB"):
        read(tmp_path, "a.md", "# T\n\n3 marks · Paper AAAABBBB\n\n**Answer 1a:** 1\n", NAMED)
    text = "# T\n\n3 marks · Paper K7Q2M4ZX\n\n**Answer 1a:** 1\n"
    assert read(tmp_path, "a.md", text, NAMED).answers


def test_a_folder_of_hand_ins(tmp_path: Path) -> None:
    """One broken file is left out and named; a folder inside is a student's own."""
    (tmp_path / "h" / "Cy_123_file").mkdir(parents=True)
    (tmp_path / "h" / "ada.json").write_text('{"1a": 1}')
    (tmp_path / "h" / "ben.md").write_text("Name: Benjamin\n\n**Answer 1a:** 2\n")
    (tmp_path / "h" / "Cy_123_file" / "paper.docx").write_bytes(word(run("Answer 1a: 3")))
    (tmp_path / "h" / "dan.json").write_text("{")
    (tmp_path / "h" / "photo.png").write_bytes(b"")
    (tmp_path / "h" / ".hidden").write_bytes(b"")
    found = read_hand_ins([tmp_path / "h"], PAPER)
    assert {s: a["1a"] for s, a in found.answers.items()} == {
        "ada": "1", "Benjamin": "2", "Cy_123_file": "3",
    }  # fmt: skip
    assert len(found.notices) == 2
    assert "dan.json" in found.notices[0]
    assert "photo.png" in found.notices[1]


ALIASES = "1c: [" + ", ".join(f"&{n} [*{p}, *{p}]" for p, n in zip("abc", "bcd", strict=True)) + "]"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.dat", "1a: 3", "not from 'a.dat'"),
        ("a.json", "{", "is not JSON"),
        ("a.json", "[1, 2]", "not a list"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", '{"1a": ' + "[" * 20 + "]" * 20 + "}", "nested too deeply"),
        ("a.json", '{"1a": 1, "1a": 2}', "'1a' is answered twice"),
        ("a.json", '{"9z": 1}', "answers 9z, which the paper does not ask"),
        ("a.json", '{"1a": {"x": 1}, "1b": 3}', "is an object"),
        ("a.yaml", "1a: [", "is not YAML"),
        ("a.yaml", "just text", "not a text"),
        ("a.yaml", "1a: &a 3\n1b: *a\n", "line 2 is not YAML of answers: an alias"),
        ("a.yaml", f"1a: &a [1, 1]\n{ALIASES}\n", "an alias"),
        ("a.yaml", "1a: 3\n1a: 4\n", "line 2 is not YAML of answers: 1a is named twice"),
        ("a.yaml", "? [1]\n: 4\n", "a name is not a text"),
        ("a.yaml", "1a: 3\n1b: 4: 5\n", "line 2 is not YAML of answers: mapping values"),
        ("a.yaml", "1a: " + "[" * 5000, "is not YAML"),
        ("a.csv", "comment,1a\nAda,3\n", "'student' column"),
        ("a.csv", "", "'student' column"),
        ("a.csv", "student,1a\n", "no student below its header"),
        ("a.csv", "student,1a,1a\nAda,1,2\n", "two columns called '1a'"),
        ("a.csv", "student,1a\nAda,1,2\n", "3 cells under 2 columns"),
        ("a.csv", "student,1a\n,1\n", "row 2: the 'student' column is empty"),
        ("a.md", "nothing here", "has no '**Answer 1a:**' line"),
        ("a.docx", b"nothing", "is not an Office file"),
        ("a.docx", word(run("x"), name="other.xml"), "is not a Word document"),
        ("a.docx", word(run("&x;"), head='<!DOCTYPE d [<!ENTITY x "y">]>'), "no office program"),
        ("a.docx", word(run("Answer 1a: 3</w:t>")), "damaged Word document"),
        ("a.docx", word("<w:r>" * 300 + "</w:r>" * 300), "nested too deeply"),
        ("a.xlsx", word(run("x")), "is not a workbook"),
        ("a.xlsx", workbook(["a", "b"]), "'student' column"),
    ],
)
def test_broken_hand_ins(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, name, content)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", bytes(30 * 2**20))
    with pytest.raises(InputError, match="larger than 64 MiB when unpacked"):
        read(tmp_path, "a.docx", out.getvalue())


def test_a_cell_that_became_a_date_is_no_number(tmp_path: Path) -> None:
    from datetime import datetime

    found = read(tmp_path, "a.xlsx", workbook(["student", "1a"], ["Ada", datetime(2026, 2, 1)]))
    assert found.answers["Ada"]["1a"].startswith("(a date: 2026-02-01")


def test_a_very_long_answer_is_cut_and_stops_nobody(tmp_path: Path) -> None:
    long = "x" * 500_000
    found = read(tmp_path, "c.csv", f"student,1a\nAda,{long}\nBen,2\n")
    assert len(found.answers["Ada"]["1a"]) == 20_000
    assert found.answers["Ben"] == {"1a": "2"}


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        read_hand_ins([tmp_path / "none.json"], PAPER)


@given(content=st.binary(max_size=200), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_any_bytes_are_answers_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    with suppress(InputError):
        read(tmp_path_factory.getbasetemp(), f"any{suffix}", content)


@given(data=st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["1a", "student", "9z", "x", "2"]), inner, max_size=3),
    max_leaves=12,
))  # fmt: skip
def test_any_data_are_answers_or_an_input_error(
    tmp_path_factory: pytest.TempPathFactory, data: Any
) -> None:
    for suffix in (".json", ".yaml"):
        with suppress(InputError):
            read(tmp_path_factory.getbasetemp(), f"any{suffix}", json.dumps(data))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", " " * 10**6),
        ("a.md", "\n" * 10**6 + "Answer 1a: 3"),
        ("a.md", "Answer 1" + " " * 10**6),
        ("a.md", "*" * 10**6),
        ("a.csv", "student,1a,1" + " " * 10**6 + "!\nAda,1,2\n"),
        ("a.csv", "student," + ",".join(map(str, range(10**5))) + "\nAda,1\n"),
        ("a.csv", "student,1a," + "q" * 10**6 + "\nAda,1\n"),
        ("a.json", "{" + ",".join(f'"{n}": 1' for n in range(10**5)) + "}"),
        ("a.yaml", "{" + ",".join(f"{n}: 1" for n in range(10**4)) + "}"),
    ],
)
def test_nothing_takes_more_than_its_length(tmp_path: Path, name: str, content: str) -> None:
    start = time.process_time()
    with suppress(InputError):
        read(tmp_path, name, content)
    assert time.process_time() - start < 3
