"""The students of a class, from a table as any system exports it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.files import read_bytes
from partialcredit.paper import LARGE, NORMAL
from partialcredit.tables import delimited, workbooks
from partialcredit.tables.students import names_student, plain_name, students_in

__all__ = ["Student", "read_roster", "versions"]

#: A larger roster is a mistake.
_LARGEST = 16 * 2**20
_LONGEST = 100

_FULL_NAMES = ("name", "fullname", "studentname", "displayname")
_FIRST, _LAST = ("firstname", "givenname"), ("lastname", "surname", "familyname")
_LARGE = ("large", "largetype", "largeprint", "typesize", "type", "points")
_YES, _NO = ("large", "yes", "y", "true", "x", "1"), ("", "no", "n", "false", "0", "normal", "-")

#: Smallest and largest type in points that a paper can be printed in.
_SIZES = (8, 24)


@dataclass(frozen=True, slots=True)
class Student:
    """Whom a paper is for, or a version for nobody in particular, which has no ``id``.

    ``points`` is the size of its type.
    """

    id: str
    name: str = ""
    points: float = NORMAL

    @property
    def key(self) -> str:
        """What tells the paper from the others of its class."""
        return self.id or self.name


def versions(count: int) -> list[Student]:
    """Papers for nobody in particular: versions A, B, C, ..., Z, AA, AB, ..."""
    return [Student("", f"Version {_letters(number)}") for number in range(count)]


def _letters(number: int) -> str:
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def read_roster(path: Path) -> list[Student]:
    """The students of a CSV, TSV or XLSX file, found by the names of its columns.

    Raises InputError, naming the row, for an id that is doubled, missing or none.
    """
    content, place = read_bytes(path, _LARGEST), str(path)
    if path.suffix.lower() == ".xlsx":
        rows, separator = workbooks.rows_of(content, place), ""
    else:
        rows, separator = delimited.rows_of(content, place)
    table = students_in(rows, place, separator)
    column = _id_column(table[0][1])
    seen: dict[str, str] = {}
    return [_student(fields, column, where, seen) for where, fields in table]


def _id_column(names: Iterable[str]) -> str:
    """The column that tells students apart: names do so only where there is nothing better."""
    ranked = [(rank, name) for name in names if (rank := names_student(name)) is not None]
    return min(ranked)[1]


def _student(fields: Mapping[str, str], column: str, where: str, seen: dict[str, str]) -> Student:
    student = " ".join(fields.get(column, "").split())
    if not student:
        raise InputError(f"{where}: the {column!r} column is empty")
    if not student.isprintable() or len(student) > _LONGEST:
        raise InputError(f"{where}: {student[:40]!r} is no id of a student")
    if first := seen.get(student.casefold()):
        raise InputError(f"{where}: {student!r} stands in {first}, too; every student needs one id")
    seen[student.casefold()] = where.rpartition(", ")[2]
    plain = {plain_name(name): " ".join(text.split()) for name, text in fields.items()}
    name = next((plain[n] for n in _FULL_NAMES if plain.get(n)), "") or " ".join(
        plain[n] for names in (_FIRST, _LAST) for n in names if plain.get(n)
    )
    shown = "".join(filter(str.isprintable, name))[:_LONGEST]
    return Student(student, "" if shown == student else shown, _points(plain, where))


def _points(plain: Mapping[str, str], where: str) -> float:
    """The size of type that a row asks for: a word or a number of points."""
    asked = next((plain[name] for name in _LARGE if plain.get(name)), "")
    word = asked.casefold().removesuffix("pt").strip()
    if word in _YES:
        return LARGE
    if word in _NO:
        return NORMAL
    try:
        points = float(word)
    except ValueError:
        points = 0.0
    if not _SIZES[0] <= points <= _SIZES[1]:
        raise InputError(
            f"{where}: the size of type is 'large' or {_SIZES[0]} to {_SIZES[1]} points, "
            f"not {asked[:40]!r}"
        )
    return points
