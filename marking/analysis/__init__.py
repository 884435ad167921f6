"""The analysis of a marked paper, in every form: a registry by suffix, one file per form."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from partialcredit.errors import InputError
from partialcredit.marking.analysis.tables import Block

__all__ = ["SUFFIXES", "check_name", "render"]

#: Suffix to the module that writes it.
SUFFIXES: Mapping[str, str] = {
    ".html": "html",
    ".pdf": "pdf",
    ".md": "markdown",
    ".xlsx": "workbook",
}


def check_name(path: Path) -> None:
    """Raise InputError for a name that nothing writes."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"a report is a {', '.join(SUFFIXES)} file, not {path.name!r}")


def render(title: str, blocks: tuple[Block, ...], path: Path) -> dict[Path, bytes]:
    """The file of this name and its side files; the same marks give the same bytes."""
    name = SUFFIXES[path.suffix.lower()]
    module = import_module(f"partialcredit.marking.analysis.{name}")
    files: dict[str, bytes] = module.files(title, blocks, path.name)
    return {path.parent / name: content for name, content in files.items()}
