"""The documentation says what the program does."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from partialcredit import registry
from partialcredit.draw import LEVELS, Level
from partialcredit.printed import printed
from partialcredit.problem import generate

DOCS = Path(__file__).parents[2] / "docs"


def test_the_commands_page_is_generated() -> None:
    """After a change of options: ``python docs/commands.py``."""
    page = runpy.run_path(str(DOCS / "commands.py"))["page"]
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == page()


def test_the_coverage_page_is_generated() -> None:
    """After a new family: ``python docs/coverage.py``."""
    page = runpy.run_path(str(DOCS / "coverage.py"))["page"]
    assert (DOCS / "coverage.md").read_text(encoding="utf-8") == page()


def test_the_page_of_solvers_is_generated() -> None:
    """After a new solver or exact function: ``python docs/solvers.py``."""
    page = runpy.run_path(str(DOCS / "solvers.py"))["page"]
    assert (DOCS / "solvers.md").read_text(encoding="utf-8") == page()


@pytest.mark.slow
def test_the_gallery_is_generated() -> None:
    """After a change of a family: ``python docs/gallery.py``; its drawings are not compared."""
    pages = runpy.run_path(str(DOCS / "gallery.py"))["pages"]()
    for path, content in pages.items():
        if path.suffix == ".md":
            assert path.read_bytes() == content, path.name


def test_the_drawing_of_the_engine_page_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "engine.md").read_text(encoding="utf-8")
    code = next(c for c in re.findall("```python\n(.*?)```", page, re.DOTALL) if "sheet(" in c)
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert b"</svg>" in Path("paths.svg").read_bytes()


@pytest.mark.parametrize("level", LEVELS)
def test_the_family_of_the_guide_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: Level
) -> None:
    guide = (DOCS / "authoring.md").read_text(encoding="utf-8")
    package = tmp_path / f"guide_{level}"
    package.mkdir()
    for name, language in (("dropout.py", "python"), ("dropout.md.j2", "jinja")):
        code = re.search(f"```{language}\n(.*?)```", guide, re.DOTALL)
        assert code is not None
        (package / name).write_text(code[1], encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    family_id = f"guide/{level}"  # families and templates are kept by their ids
    monkeypatch.setattr(registry, "family_ids", lambda: {family_id: f"{package.name}.dropout"})
    for seed in range(50):
        assert printed(generate(registry.load(family_id), level, seed)).parts[0].solution
