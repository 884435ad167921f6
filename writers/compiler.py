"""The Typst compiler: bundled fonts only, kept between documents, no file and no network."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from partialcredit.errors import InputError

if TYPE_CHECKING:
    from typst import Compiler

__all__ = ["compile_document"]

_LACKING = re.compile(r"the text `(.*?)` could not be displayed")
_TEMPLATES = (
    "figures.typ", "tables.typ", "page.typ", "head.typ", "answers.typ", "paper.typ", "breaks.typ",
    "sheet.typ", "keys.typ",
)  # fmt: skip


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
    """Compile Typst markup that follows the templates: one PDF file, or an SVG file a page.

    Raises:
        InputError: a character that the bundled fonts lack, in a title for example.

    """
    from typst import TypstError

    source = (_preamble() + body).encode("utf-8")
    standard: Literal["ua-1"] | None = "ua-1" if form == "pdf" else None
    try:
        compiled = _compiler().compile(source, format=form, pdf_standards=standard, timestamp=0)
    except TypstError as error:
        lacking = _LACKING.search(str(error))
        if lacking is None:
            raise
        raise InputError(
            f"the fonts of the PDF lack {lacking[1]}; leave it out, or write .html or .md"
        ) from None
    return compiled if isinstance(compiled, list) else [compiled or b""]
