"""The Typst compiler: bundled fonts only, kept between documents, no file and no network."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from typst import Compiler

__all__ = ["compile_document"]

_TEMPLATES = ("figures.typ", "paper.typ")


@cache
def _compiler() -> Compiler:
    from typst import Compiler

    # A fresh compiler reads its fonts and its own library again: most of a short paper's time.
    return Compiler(ignore_system_fonts=True)


@cache
def _preamble() -> str:
    folder = files("partialcredit.templates") / "documents"
    return "".join((folder / name).read_text(encoding="utf-8") for name in _TEMPLATES)


def compile_document(body: str, form: Literal["pdf", "svg"]) -> list[bytes]:
    """Compile Typst markup that follows the templates: one PDF file, or an SVG file a page."""
    source = (_preamble() + body).encode("utf-8")
    compiled = _compiler().compile(
        source, format=form, pdf_standards="ua-1" if form == "pdf" else None, timestamp=0
    )
    return compiled if isinstance(compiled, list) else [compiled or b""]
