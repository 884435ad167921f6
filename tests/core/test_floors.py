"""Nothing imports upwards; the two witnesses share no code."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE = {"errors", "draw", "numbers", "version", "figures", "workers"}
FAMILY = BASE | {
    "drawn",
    "family",
    "fixed",
    "injection",
    "wording",
    "problem",
    "rendering",
    "registry",
    "grading",
    "problems",
    "typed",
}
PAPER = FAMILY | {
    "effort",
    "exam",
    "files",
    "leftovers",
    "notation",
    "own",
    "paper",
    "paper_file",
    "printed",
    "staging",
    "tables",
    "writers",
    "yaml_text",
}

#: Where a file lies -> the floors it may stand on, as first words after ``partialcredit.``; the
#: longest match counts.
ALLOWED = {
    **{f"core/{name}.py": BASE for name in ("errors", "draw", "version", "figures")},
    "core/numbers": {"errors", "numbers"},
    "solvers": {"errors", "numbers", "solvers"},
    "engine": {"errors", "engine"},
    "core/workers": {"errors", "workers"},
    "grading": {"errors", "draw", "numbers", "workers", "grading"},
    **{
        f"core/{name}.py": FAMILY
        for name in (
            "family",
            "injection",
            "wording",
            "problem",
            "rendering",
            "registry",
            "drawn",
            "fixed",
            "typed",
        )
    },
    "core/own.py": FAMILY | {"effort", "own", "paper"},
    "problems": BASE | {"family", "injection", "solvers", "engine", "grading", "problems"},
    "core/plain.py": set(),
    "core/paper.py": {"figures"},
    "core/paper_file.py": {"errors", "figures", "paper", "plain"},
    "core/notation.py": {"figures", "numbers", "paper"},
    "core/exam.py": {"errors", "files", "paper", "paper_file", "staging"},
    "core/effort.py": {"paper"},
    "core/printed.py": PAPER,
    "core/files.py": {"errors"},
    "core/yaml_text.py": {"errors"},
    "core/leftovers.py": {"errors", "files"},
    "core/staging.py": {"errors"},
    "core/tables": {"errors", "tables"},
    "core/scaffold.py": PAPER,
    "writers": BASE | {"files", "paper", "paper_file", "templates", "writers"},
    "exams": PAPER | {"exams"},
    "marking": PAPER | {"marking"},
    "core/audit": PAPER | {"audit"},
    "practice": PAPER | {"exams", "marking", "practice"},
    "environments": PAPER | {"exams", "marking", "environments"},
}

#: What is no part of the program.
OTHERS = ("tests", "benchmarks", "docs", ".ci")


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


def floor(path: str) -> str | None:
    """The entry of :data:`ALLOWED` that a file falls under; the command line stands on all."""
    return max((place for place in ALLOWED if path.startswith(place)), key=len, default=None)


def tracked() -> list[str]:
    """The project's own Python files, whatever else lies in the folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return [path for path in listed.stdout.splitlines() if (ROOT / path).exists()]


@pytest.mark.parametrize("path", [path for path in tracked() if floor(path)])
def test_a_file_stands_only_on_lower_floors(path: str) -> None:
    allowed = ALLOWED[floor(path) or ""]
    assert imported(ROOT / path) <= allowed


def test_every_room_has_a_floor() -> None:
    """A new folder says what it stands on; only the command line stands on everything."""
    ours = {path for path in tracked() if path.split("/")[0] not in OTHERS}
    without = {path for path in ours if floor(path) is None}
    top = ("core/cli/", "core/__", "templates/")
    assert not {path for path in without if not path.startswith(top)}


def test_no_relative_imports() -> None:
    for path in tracked():
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path
