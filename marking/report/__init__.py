"""The marks of one student or a class, in every form: a registry by suffix, one file per form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.marking.marks import Result

__all__ = ["SUFFIXES", "check_name", "render"]

#: What a file's name ends with, to the module that writes it; the longest match counts.
SUFFIXES: Mapping[str, str] = {
    ".csv": "table",
    ".xlsx": "workbook",
    ".json": "records",
    ".md": "markdown",
    ".html": "html",
    ".canvas.csv": "canvas",
    ".moodle.csv": "moodle",
}


def check_name(path: Path) -> str:
    """The suffix of a report's name; raises InputError for one that nothing writes."""
    ends = [suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)]
    if not ends:
        raise InputError(f"a report is a {', '.join(SUFFIXES)} file, not {path.name!r}")
    return max(ends, key=len)


def render(results: Sequence[Result], path: Path, title: str) -> bytes:
    """The report that belongs into a file of this name; the same results give the same bytes."""
    module = import_module(f"partialcredit.marking.report.{SUFFIXES[check_name(path)]}")
    content: bytes = module.render(results, title)
    return content
