"""An Excel workbook: totals that are calculated from a sheet per question, slips, and every part.

A mark that is changed in a question's sheet changes the totals. Rows are found by a number that
stands first in every sheet, so that each may be sorted by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.marks import PartMark, Result, plain
from partialcredit.marking.spreadsheet import Book, Formula, Sheet
from partialcredit.marking.statistics.scores import question_of
from partialcredit.marking.statistics.slips import count_slips
from partialcredit.tables.cells import Cell

__all__ = ["render", "workbook"]

_PARTS = ["student", "part", "verdict", "marks", "out_of", "answer", "understood", "mistake",
          "feedback"]  # fmt: skip
_SLIPS = ["count", "of", "part", "slip", "feedback"]

#: The colour of marks that wait for a person.
_OPEN = "#FFE699"

_MARKS, _PERCENT = "0.00", "0.0%"


def render(results: Sequence[Result], title: str) -> bytes:  # noqa: ARG001 - one for all forms
    """The workbook; texts are texts, whatever they begin with."""
    book = Book()
    overview = book.sheet("marks")
    questions: dict[str, list[str]] = {}
    for part in dict.fromkeys(part.id for result in results for part in result.counted):
        questions.setdefault(question_of(part), []).append(part)
    letters = {name: column_name(2 + len(parts)) for name, parts in questions.items()}
    _overview(overview, results, letters)
    for name, parts in questions.items():
        _question(book.sheet(_sheet(name)), results, parts)
    _rows(book.sheet("slips"), [_SLIPS, *_slips(results)])
    _rows(book.sheet("parts"), [_PARTS, *_every_part(results)])
    return book.content()


def workbook(sheets: dict[str, list[list[Cell]]]) -> bytes:
    """Sheets of rows as the bytes of a workbook."""
    book = Book()
    for name, rows in sheets.items():
        _rows(book.sheet(name), rows)
    return book.content()


def _rows(sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
    sheet.add(rows[0], bold=True)
    sheet.head(0)
    for row in rows[1:]:
        sheet.add(row)


def _sheet(question: str) -> str:
    """The name of a question's sheet, which a formula can name without quotes."""
    return f"Question_{question}"


def _overview(sheet: Sheet, results: Sequence[Result], totals: dict[str, str]) -> None:
    """Everyone's total; ``totals`` is the column of the total in each question's sheet."""
    sheet.add(["no.", "student", "marks", "out_of", "percent", "open", *totals], bold=True)
    sheet.head(2)
    sheet.widths([5, 24])
    last, end = len(results) + 1, column_name(5 + len(totals))
    for number, result in enumerate(results, 1):
        row = number + 1
        marks = float(result.marks)
        columns: list[Cell | Formula] = [
            Formula(
                f"=SUMIF({_sheet(name)}!$A$2:$A${last},$A{row},"
                f"{_sheet(name)}!${column}$2:${column}${last})",
                float(sum(p.marks for p in result.counted if question_of(p.id) == name)),
            )
            for name, column in totals.items()
        ]
        share = marks / result.out_of if result.out_of else ""
        sheet.add(
            [
                number, result.student, Formula(f"=SUM(G{row}:{end}{row})", marks), result.out_of,
                Formula(f'=IF(D{row}>0,C{row}/D{row},"")', share),
                " ".join(result.open), *columns,
            ],
            ["", "", _MARKS, "", _PERCENT, "", *[_MARKS] * len(columns)],
        )  # fmt: skip


def _question(sheet: Sheet, results: Sequence[Result], parts: Sequence[str]) -> None:
    """Everyone's marks for the parts of a question, and their sum."""
    sheet.add(["no.", "student", *parts, "marks"], bold=True)
    sheet.head(2)
    sheet.widths([5, 24])
    end = column_name(1 + len(parts))
    for number, result in enumerate(results, 1):
        row = number + 1
        marks = {part.id: part for part in result.counted}
        found = [marks.get(part) for part in parts]
        total = sum(float(mark.marks) for mark in found if mark)
        sheet.add(
            [
                number, result.student, *[float(mark.marks) if mark else "" for mark in found],
                Formula(f"=SUM(C{row}:{end}{row})", total),
            ],
            ["", "", *[_MARKS] * (len(parts) + 1)],
            fills=["", "", *map(_fill, found)],
        )  # fmt: skip


def _fill(mark: PartMark | None) -> str:
    return _OPEN if mark and mark.verdict in ("invalid", "undecided") else ""


def _slips(results: Sequence[Result]) -> list[list[Cell]]:
    return [[s.count, s.students, s.part, s.name, s.told] for s in count_slips(results)]


def _every_part(results: Sequence[Result]) -> list[list[Cell]]:
    return [
        [r.student, p.id, p.verdict, plain(p.marks), p.out_of, p.answer, p.understood, p.mistake,
         p.feedback]
        for r in results
        for p in r.counted
    ]  # fmt: skip


def column_name(number: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    name = ""
    while number >= 0:
        name = chr(ord("A") + number % 26) + name
        number = number // 26 - 1
    return name
