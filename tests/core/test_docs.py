"""The documentation says what the program does."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_commands_page_is_generated() -> None:
    """After a change of options: ``python docs/commands.py``."""
    page = runpy.run_path(str(DOCS / "commands.py"))["page"]
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == page()


def test_the_coverage_page_is_generated() -> None:
    """After a new family: ``python docs/coverage.py``."""
    page = runpy.run_path(str(DOCS / "coverage.py"))["page"]
    assert (DOCS / "coverage.md").read_text(encoding="utf-8") == page()


def test_the_gallery_is_generated() -> None:
    """After a change of a family: ``python docs/gallery.py``; its drawings are not compared."""
    pages = runpy.run_path(str(DOCS / "gallery.py"))["pages"]()
    for path, content in pages.items():
        if path.suffix == ".md":
            assert path.read_bytes() == content, path.name
