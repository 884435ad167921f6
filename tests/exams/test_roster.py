"""Rosters as any system exports them, and one sentence for what no roster holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.exams.roster import Student, read_roster, versions
from partialcredit.paper import LARGE, NORMAL


def roster(folder: Path, text: str, encoding: str = "utf-8") -> list[Student]:
    path = folder / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


@pytest.mark.parametrize(
    "text",
    [
        "student,name\n0071,Åsa Öhman\n",
        "sep=;\nName;Student ID\nÅsa Öhman;0071\n",
        "Student\tID\tSIS User ID\tFirst name\tLast name\nÖhman\t9\t0071\tÅsa\tÖhman\n",
        "Group,Full name,Student Number,Email\n1,Åsa Öhman,0071,a@x.edu\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_columns_are_found_by_name(tmp_path: Path, text: str, encoding: str) -> None:
    assert roster(tmp_path, text, encoding) == [Student("0071", "Åsa Öhman")]


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["name", "student", "type size"])
    book.active.append(["Ada", 17, "large"])
    book.save(tmp_path / "roster.xlsx")
    assert read_roster(tmp_path / "roster.xlsx") == [Student("17", "Ada", LARGE)]


@pytest.mark.parametrize(
    ("written", "points"),
    [("", NORMAL), ("no", NORMAL), ("large", LARGE), ("Yes", LARGE), ("18", 18.0), ("16 pt", 16.0)],
)
def test_the_size_of_type(tmp_path: Path, written: str, points: float) -> None:
    assert roster(tmp_path, f"student,large\nAda,{written}\n")[0].points == points


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "needs a header line with a 'student' column"),
        ("mark\n3\n", "needs a header line with a 'student' column"),
        ("student\n", "no student below its header"),
        ("student,name\n1,A\n,B\n", "row 3: the 'student' column is empty"),
        ("student id,name\n1,A\n,B\n", "row 3: the 'student id' column is empty"),
        ("student\nAda\nBen\nada\n", "row 4: 'ada' stands in row 2, too"),
        ("student\n" + 101 * "x" + "\n", "row 2: 'xxxx.*' is no id of a student"),
        ("student\na\u202eb\n", "row 2: .* is no id of a student"),
        ("student,large\nAda,huge\n", "row 2: the size of type is 'large' or 8 to 24 points"),
        ("student,large\nAda,99\n", "not '99'"),
        ("student,large\nAda,nan\n", "not 'nan'"),
        ("student,student\n1,2\n", "two columns called 'student'"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        roster(tmp_path, text)


def test_a_name_alone_tells_students_apart(tmp_path: Path) -> None:
    assert roster(tmp_path, "name\nAda\nBen\n") == [Student("Ada"), Student("Ben")]


def test_versions_are_lettered() -> None:
    names = [student.name.removeprefix("Version ") for student in versions(28)]
    assert names[:2] + names[25:] == ["A", "B", "Z", "AA", "AB"]
    assert {student.id for student in versions(3)} == {""}
    assert len({student.key for student in versions(800)}) == 800
