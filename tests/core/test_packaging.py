"""What is in the tree is in the installed package."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.metadata import distribution
from importlib.resources import files as resources
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "core", "solvers", "engine", "grading", "problems", "templates", "exams", "marking", "writers",
    "practice", "environments",
)  # fmt: skip


def listed() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(project["tool"]["setuptools"]["packages"])


def dotted(folder: Path) -> str:
    parts = folder.relative_to(ROOT).parts
    return ".".join(["partialcredit", *(parts if parts[0] != "core" else parts[1:])])


def test_every_folder_with_code_is_listed() -> None:
    """A sub-package that pyproject.toml forgets would be missing from the wheel."""
    there = {
        dotted(path.parent)
        for name in FOLDERS
        for path in (ROOT / name).rglob("*.py")
    }  # fmt: skip
    assert sorted(listed()) == sorted(there)


def test_every_template_is_installed() -> None:
    installed = resources("partialcredit.templates")
    for template in (ROOT / "templates").rglob("*.*"):
        if template.suffix in (".j2", ".typ"):
            assert installed.joinpath(*template.relative_to(ROOT / "templates").parts).is_file()


def test_what_recipes_are_made_of_is_installed() -> None:
    for name in ("recipe.schema.json", "example.yaml"):
        assert resources("partialcredit.exams").joinpath(name).is_file()


def test_generic_names_stay_out_of_site_packages() -> None:
    """`import engine` must not find ours."""
    assert (distribution("partialcredit").read_text("top_level.txt") or "").split() == [
        "partialcredit"
    ]


def test_every_listed_package_is_installed() -> None:
    for name in listed():
        import_module(name)
