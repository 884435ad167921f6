"""Tables with a line of column names and one line per student: CSV, TSV, rows of a sheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.labels import names_student
from partialcredit.marking.hand_ins.sheets import Sheet, decoded

__all__ = ["from_rows", "read", "rows_of"]

_SEPARATORS = "\t;,|"


def read(content: bytes, place: str) -> list[Sheet]:
    """The students of a CSV or TSV file."""
    return from_rows(*rows_of(content, place))


def rows_of(content: bytes, place: str) -> tuple[list[list[str]], str, str]:
    """The rows of a file in the encodings and with the separators people have.

    Returns rows, place and separator.
    """
    text = decoded(content, place)
    if text[:4].casefold() == "sep=":
        first, _, text = text.partition("\n")
        separator = first[4:].rstrip("\r")[:1] or ","
    else:
        separator = _separator(text.partition("\n")[0])
    longest = csv.field_size_limit(len(text) + 1)
    try:
        source = io.StringIO(text, newline="")
        rows = list(csv.reader(source, strict=True, delimiter=separator))
    except csv.Error as error:
        raise InputError(f"{place} is not a CSV file: {error}") from None
    finally:
        csv.field_size_limit(longest)
    return rows, place, separator


def _separator(header: str) -> str:
    """What stands most often between the names of the columns."""
    outside = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=outside.count) if any(map(outside.count, _SEPARATORS)) else ","


def from_rows(rows: Sequence[Sequence[str]], place: str, separator: str = "") -> list[Sheet]:
    """One sheet per student; columns that name a student are found wherever they stand."""
    numbered = [(n, row) for n, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    header = [cell.strip() for cell in numbered[0][1]] if numbered else []
    while header and not header[-1]:
        header.pop()
    names = [column for column in header if names_student(column) is not None]
    if not names:
        raise InputError(
            f"{place} needs a header line with a 'student' column (or Student ID, Email, ...) "
            "and one column per part"
        )
    twin, times = Counter(filter(None, header)).most_common(1)[0]
    if times > 1:
        raise InputError(f"{place} has two columns called {twin[:40]!r}")
    sheets = []
    for number, row in numbered[1:]:
        if any(cell.strip() for cell in row[len(header) :]):
            quotes = f"; put answers that contain a {separator!r} in quotes" if separator else ""
            raise InputError(
                f"{place}, row {number}: {len(row)} cells under {len(header)} columns{quotes}"
            )
        fields = {name: cell for name, cell in zip(header, row, strict=False) if name}
        student = next((fields[name] for name in names if fields.get(name, "").strip()), "")
        if not student:
            raise InputError(f"{place}, row {number}: the {names[0]!r} column is empty")
        if student.strip().casefold() != "points possible":  # a line of Canvas's own
            sheets.append(Sheet(f"{place}, row {number}", fields))
    if not sheets:
        raise InputError(f"{place} has no student below its header")
    return sheets
