"""What students handed in, whatever they wrote it with: a registry by suffix, one file per form.

One hand-in never stops another: what cannot be used is left out, and a notice says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.exam import Exam
from partialcredit.files import read_bytes
from partialcredit.marking.hand_ins.collecting import HandIns, collect
from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.marking.hand_ins.whose import Class, OnePaper
from partialcredit.paper import Paper

__all__ = ["SUFFIXES", "HandIns", "read_hand_ins"]

#: Suffix to the module that reads it.
SUFFIXES: Mapping[str, str] = {
    ".json": "json_data",
    ".yaml": "yaml_data",
    ".yml": "yaml_data",
    ".csv": "tables",
    ".tsv": "tables",
    ".txt": "tables",
    ".xlsx": "workbooks",
    ".md": "markdown",
    ".docx": "word",
}

#: A larger hand-in is a mistake, not a class.
LARGEST = 32 * 2**20


def read_hand_ins(paths: Iterable[Path], papers: Paper | Exam) -> HandIns:
    """Read files, and folders of files, that answer a paper or the papers of a class.

    Raises InputError for a file named in ``paths`` that cannot be read, and when nothing at all
    in them answers them. A file that lies in a folder is left out instead, with a notice.
    """
    sheets: list[Sheet] = []
    notices: list[str] = []
    paths = list(paths)
    for path in paths:
        if path.is_dir():
            sheets += _from_folder(path, notices)
        else:
            sheets += _read(path, "" if len(paths) == 1 else path.stem)
    whose = OnePaper(papers) if isinstance(papers, Paper) else Class(papers)
    return collect(sheets, notices, whose, where=", ".join(map(str, paths)))


def _from_folder(folder: Path, notices: list[str]) -> Iterator[Sheet]:
    """The sheets of every file in a folder; a folder inside it is a student's own."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        if path.is_dir() or any(part.startswith((".", "~$")) for part in inner.parts):
            continue
        if path.suffix.lower() not in SUFFIXES:
            notices.append(f"{path} is left out: answers are read from {', '.join(SUFFIXES)} files")
            continue
        name = inner.parts[0] if len(inner.parts) > 1 else inner.stem
        try:
            yield from _read(path, name)
        except InputError as error:
            notices.append(f"left out: {error}")


def _read(path: Path, student: str) -> list[Sheet]:
    """The sheets of one file; ``student`` handed it in, where it names nobody."""
    module = SUFFIXES.get(path.suffix.lower())
    if module is None:
        kinds = ", ".join(SUFFIXES)
        raise InputError(f"answers are read from {kinds} files, not from {path.name!r}")
    content = read_bytes(path, LARGEST)
    reader = import_module(f"partialcredit.marking.hand_ins.{module}")
    found: list[Sheet] = reader.read(content, str(path))
    for sheet in found:
        sheet.author = student
    return found
