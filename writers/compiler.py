"""The Typst compiler: bundled fonts only, kept between documents, no file and no network."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from partialcredit.errors import InputError

if TYPE_CHECKING:
    from typst import Compiler

__all__ = ["compile_document", "forget", "told"]

_LACKING = re.compile(r"the text `(.*?)` could not be displayed")
_TELLS = "panicked with: "
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

    try:
        return _compile(body, form)
    except TypstError as error:
        lacking = _LACKING.search(str(error))
        if lacking is None:
            raise
        raise InputError(
            f"the fonts of the PDF lack {lacking[1]}; leave it out, or write .html or .md"
        ) from None


def told(body: str) -> str:
    """What a document tells that ends in a panic: it is set, but not written.

    Nothing else tells of a layout at so little cost: a query would set it in a compiler of its own.
    """
    from typst import TypstError

    try:
        _compile(body, "pdf")
    except TypstError as error:
        if error.message.startswith(_TELLS):
            return error.message.removeprefix(_TELLS)
        raise
    raise ValueError("this document tells nothing")


def forget() -> None:
    """Let go of what the compiler keeps of the last documents: some 20 MB each.

    It keeps what the last ten have used, which nothing but ten others makes it forget.
    """
    for _ in range(10):
        _compiler().compile(b"", format="svg")


def _compile(body: str, form: Literal["pdf", "svg"]) -> list[bytes]:
    source = (_preamble() + body).encode("utf-8")
    standard: Literal["ua-1"] | None = "ua-1" if form == "pdf" else None
    compiled, warned = _compiler().compile_with_warnings(
        source, format=form, pdf_standards=standard, timestamp=0
    )
    for warning in warned:
        # Such as of a layout that does not settle: never passed over in silence.
        warnings.warn(f"Typst: {warning.message}", RuntimeWarning, stacklevel=3)
    return compiled if isinstance(compiled, list) else [compiled or b""]
