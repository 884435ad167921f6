"""Nothing imports upwards; the two witnesses share no code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE = {"errors", "draw", "exact", "rounding", "values", "version", "figures", "notation"}
FAMILY = {"family", "agreement", "problem", "rendering", "registry"}

#: folder of the source -> the floors it may stand on, as first words after ``partialcredit.``
ALLOWED = {
    "solvers": {"errors", "exact", "values", "solvers"},
    "engine": {"errors", "engine"},
    "grading": {"errors", "exact", "rounding", "values", "notation", "grading"},
    "problems": BASE | {"family", "solvers", "engine", "grading", "problems"},
    "writers": {"errors", "files", "paper", "figures", "templates", "writers"},
}


def imported(path: Path) -> set[str]:
    """The modules of this project that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "partialcredit":
            found |= {f"partialcredit.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.split(".")[1] for name in found if name.startswith("partialcredit.")}


SOURCES = [
    path for folder in ALLOWED for path in sorted((ROOT / folder).rglob("*.py"))
]  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_stands_only_on_lower_floors(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    assert imported(path) <= ALLOWED[folder]


@pytest.mark.parametrize("name", sorted(BASE | FAMILY))
def test_the_lower_core_knows_nothing_of_papers_and_commands(name: str) -> None:
    allowed = BASE if name in BASE else BASE | FAMILY | {"grading", "problems"}
    assert imported(ROOT / "core" / f"{name}.py") <= allowed


def test_no_relative_imports() -> None:
    for path in ROOT.rglob("*.py"):
        if ".venv" in path.parts or "build" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path
