"""Tables with a line of column names and one line per student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from partialcredit.errors import InputError

__all__ = ["names_student", "plain_name", "students_in"]

#: Columns that name a student, the best first: what a course joins its marks with.
_STUDENT = (
    "sisloginid", "sisuserid", "studentid", "studentnumber", "matriculationnumber",
    "matrikelnummer", "idnumber", "student", "loginid", "userid", "username", "login", "email",
    "emailaddress", "mail", "id", "name", "fullname",
)  # fmt: skip


def plain_name(name: str) -> str:
    """A column's name without case, blanks and punctuation."""
    return "".join(c for c in name.casefold() if c.isalnum())


def names_student(name: str) -> int | None:
    """How good a column is to tell students apart, 0 the best; None when it names nobody."""
    plain = plain_name(name)
    return _STUDENT.index(plain) if plain in _STUDENT else None


def students_in(
    rows: Sequence[Sequence[str]], place: str, separator: str = "", needed: str = ""
) -> list[tuple[str, dict[str, str]]]:
    """Every student's cells by column, and where they stand.

    Raises InputError, naming the row, for a table without a student and a student without a name;
    ``needed`` is what it must have besides, in words.
    """
    numbered = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    header = [cell.strip() for cell in numbered[0][1]] if numbered else []
    while header and not header[-1]:
        header.pop()
    names = [column for column in header if names_student(column) is not None]
    if not names:
        raise InputError(
            f"{place} needs a header line with a 'student' column (or Student ID, Email, ...)"
            f"{needed}"
        )
    twin, times = Counter(filter(None, header)).most_common(1)[0]
    if times > 1:
        raise InputError(f"{place} has two columns called {twin[:40]!r}")
    found = []
    for number, row in numbered[1:]:
        if any(cell.strip() for cell in row[len(header) :]):
            quotes = f"; put cells that contain a {separator!r} in quotes" if separator else ""
            raise InputError(
                f"{place}, row {number}: {len(row)} cells under {len(header)} columns{quotes}"
            )
        fields = {name: cell for name, cell in zip(header, row, strict=False) if name}
        student = next((fields[name] for name in names if fields.get(name, "").strip()), "")
        if not student:
            raise InputError(f"{place}, row {number}: the {names[0]!r} column is empty")
        if student.strip().casefold() != "points possible":  # a line of Canvas's own
            found.append((f"{place}, row {number}", fields))
    if not found:
        raise InputError(f"{place} has no student below its header")
    return found
