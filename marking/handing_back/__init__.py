"""Papers handed back: a page for every student, and the list of who gets which."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Literal

from partialcredit.errors import InputError
from partialcredit.files import read_bytes
from partialcredit.marking.handing_back.names import file_names
from partialcredit.marking.marks import Result, plain
from partialcredit.paper import Paper
from partialcredit.tables.cells import safe, to_csv

__all__ = ["LIST", "Form", "pages"]

Form = Literal["html", "pdf"]

#: The list in the folder: for a mail merge, and by it a later run knows its own pages.
LIST = "pages.csv"

_COLUMNS = ["student", "page", "marks", "out_of", "exam"]

_LARGEST = 64 * 2**20

#: Characters that tell one exam from another.
_TOLD = 500


def pages(folder: Path, marked: Iterable[tuple[Paper, Result]], form: Form) -> dict[Path, bytes]:
    """Everyone's page, and the list, by path.

    Raises InputError rather than take the place of a file that is no page of this exam's.
    """
    marked = list(marked)
    module = import_module(f"partialcredit.marking.handing_back.{form}")
    names = file_names([result.student for _, result in marked], form)
    known = _listed(folder)
    for (paper, result), name in zip(marked, names, strict=True):
        _refuse_foreign(folder / name, known.get(name), _exam(paper))
        known[name] = [
            result.student, name, str(plain(result.marks)), str(result.out_of), _exam(paper),
        ]  # fmt: skip
    written = {
        folder / name: module.render(paper, result)
        for (paper, result), name in zip(marked, names, strict=True)
    }
    return {**written, folder / LIST: to_csv([_COLUMNS, *known.values()])}


def _exam(paper: Paper) -> str:
    """What tells one exam's pages from another's, as it stands in a cell."""
    told = f"{paper.head.title} {paper.head.course} {paper.head.date}"
    return safe(" ".join(told.split())[:_TOLD])


def _listed(folder: Path) -> dict[str, list[str]]:
    """The pages of earlier runs, by file name."""
    path = folder / LIST
    if not path.exists():
        return {}
    try:
        text = read_bytes(path, _LARGEST).decode("utf-8")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
    except (ValueError, csv.Error):
        header, rows = [], []
    if header != _COLUMNS or any(len(row) != len(_COLUMNS) for row in rows):
        raise InputError(f"{path} is no list of feedback pages; name another folder")
    return {row[1]: row for row in rows}


def _refuse_foreign(path: Path, listed: list[str] | None, exam: str) -> None:
    if path.exists() and (listed is None or listed[-1] != exam):
        raise InputError(f"{path} is there and no page of this exam's; name another folder")
