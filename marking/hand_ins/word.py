"""DOCX papers, filled in: their text, line by line, with simple equations written out."""

from __future__ import annotations

from xml.parsers import expat

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.markdown import sheet_of
from partialcredit.marking.hand_ins.sheets import Sheet
from partialcredit.tables.archives import members

__all__ = ["read"]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

#: What is written before and after an element.
_AROUND = {
    f"{_WORD} p": ("", "\n"), f"{_WORD} br": ("\n", ""), f"{_WORD} tab": (" ", ""),
    f"{_MATH} num": ("((", ")"), f"{_MATH} den": ("/(", "))"),
    f"{_MATH} sup": ("^(", ")"), f"{_MATH} sub": ("_{", "}"),
    f"{_MATH} rad": ("sqrt(", ")"), f"{_MATH} d": ("(", ")"),
    f"{_MATH} mr": ("", ";"),
}  # fmt: skip

#: Equations that are more than their text in a row, and are not written out: a person reads them.
_STRANGE = {
    f"{_MATH} {name}"
    for name in ("nary", "limLow", "limUpp", "eqArr", "acc", "bar", "groupChr", "sPre", "deg", "m")
}
_TEXT = {f"{_WORD} t", f"{_MATH} t"}
_DEPTH = 200


def read(content: bytes, place: str) -> list[Sheet]:
    """The answers typed into a Word document."""
    body = members(content, place).get("word/document.xml")
    if body is None:
        raise InputError(f"{place} is not a Word document")
    return [sheet_of(_text(body, place), place)]


def _text(body: bytes, place: str) -> str:
    parser = expat.ParserCreate(namespace_separator=" ")
    written: list[str] = []
    open_elements: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        open_elements.append(name)
        if len(open_elements) > _DEPTH:
            raise InputError(f"{place} is nested too deeply for a hand-in")
        if name in _STRANGE:
            written.append("\ufffd")
        written.append(_AROUND.get(name, ("", ""))[0])

    def end(name: str) -> None:
        written.append(_AROUND.get(name, ("", ""))[1])
        open_elements.pop()

    def characters(data: str) -> None:
        if open_elements[-1] in _TEXT:
            written.append(data)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise InputError(f"{place} is a damaged Word document: {error}") from None
    return "".join(written)
