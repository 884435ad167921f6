"""What a report is made of: headings, sentences, tables and figures, in no format yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from partialcredit.figures import Plot
from partialcredit.writers.views import one_line

__all__ = ["Block", "Cell", "Column", "Drawing", "Heading", "Say", "Table", "shown"]

#: Characters of a cell that are printed.
LONGEST = 500

#: None is what could not be computed.
Cell: TypeAlias = str | int | float | None

Form: TypeAlias = Literal["text", "prose", "number", "share", "index"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level; also the name of the sheet for a table below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """A paragraph of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and what its cells are.

    ``prose`` is text that may take several lines, and ``text`` on one. A ``number`` has up to two
    decimals, a ``share`` is printed in per cent, an ``index``,
    such as a correlation, has two decimals.
    """

    head: str
    form: Form = "text"

    @property
    def numeric(self) -> bool:
        """Whether the cells are numbers, which stand on the right."""
        return self.form in ("number", "share", "index")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of as many cells."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def texts(self) -> list[list[str]]:
        """The rows as they are printed."""
        return [self._texts(row) for row in self.rows]

    def _texts(self, row: Sequence[Cell]) -> list[str]:
        return [shown(cell, column.form) for cell, column in zip(row, self.columns, strict=True)]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure."""

    plot: Plot


Block: TypeAlias = Heading | Say | Table | Drawing


def shown(cell: Cell, form: Form) -> str:
    """A cell as it is printed.

    >>> shown(1.5, "number"), shown(0.625, "share"), shown(-0.004, "index"), shown(None, "share")
    ('1.5', '62 %', '0.00', '–')
    """
    if cell is None:
        return "–"
    if isinstance(cell, str):
        line = one_line(cell)
        return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"
    match form:
        case "share":
            return f"{100 * cell:.0f} %"
        case "index":
            return f"{cell + 0.0:.2f}".replace("-0.00", "0.00")
        case _:
            return f"{cell:.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
