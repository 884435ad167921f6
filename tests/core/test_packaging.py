"""What is in the tree is in the installed package."""

from __future__ import annotations

import tomllib
from importlib.metadata import files
from importlib.resources import files as resources
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("core", "solvers", "engine", "grading", "problems", "templates", "writers")


def dotted(folder: Path) -> str:
    parts = folder.relative_to(ROOT).parts
    return ".".join(["partialcredit", *(parts if parts[0] != "core" else parts[1:])])


def test_every_folder_with_code_is_listed() -> None:
    """A sub-package that pyproject.toml forgets would be missing from the wheel."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    there = {
        dotted(path.parent)
        for name in FOLDERS
        for path in (ROOT / name).rglob("*.py")
    }  # fmt: skip
    assert set(listed) == there
    assert len(listed) == len(set(listed))


def test_every_template_is_installed() -> None:
    installed = resources("partialcredit.templates")
    for template in (ROOT / "templates").rglob("*.*"):
        if template.suffix in (".j2", ".typ"):
            assert installed.joinpath(*template.relative_to(ROOT / "templates").parts).is_file()


def test_generic_names_stay_out_of_site_packages() -> None:
    """`import engine` must not find ours."""
    tops = {str(path).split("/")[0] for path in files("partialcredit") or []}
    assert not tops & set(FOLDERS)
