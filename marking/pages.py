"""Documents about marks: one HTML page or one PDF file, in the papers' type."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from partialcredit.writers.compiler import compile_document
from partialcredit.writers.typst_text import markup, page_size, string
from partialcredit.writers.views import one_line

__all__ = ["known", "page", "typeset"]

#: Blocks of which the fonts have every letter: Latin, Greek and Cyrillic, punctuation, arrows and
#: mathematics.
_BLOCKS = (
    (0x20, 0x250), (0x370, 0x500), (0x2010, 0x2040), (0x2070, 0x20C0), (0x2190, 0x2200),
    (0x2200, 0x2300),
)  # fmt: skip


@cache
def _template(name: str) -> str:
    folder = files("partialcredit.templates") / "documents"
    return (folder / name).read_text(encoding="utf-8")


def page(title: str, facts: str, body: str) -> bytes:
    """A page around a body of HTML, with the line ``facts`` under its title.

    It loads nothing and runs nothing.
    """
    style = f"{_template('paper.css')}{_template('marks.css')}"
    name = escape(one_line(title) or "Marks")
    about = f'<p class="facts">{escape(one_line(facts))}</p>\n' if facts else ""
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{name}</h1>\n{about}</header>\n{body}</body>\n</html>\n"
    )
    return text.encode("utf-8", "replace")


def typeset(title: str, facts: str, body: str, paper: str = "a4") -> bytes:
    """A PDF file around a body of Typst markup; the line ``facts`` stands under the title.

    ``paper`` is the size of its pages, as a recipe names it.
    """
    name = string(one_line(title) or "Marks")
    head = f"title: {name}, facts: [{markup(one_line(facts))}], paper: {page_size(paper)}"
    about = f"#show: marks-document.with({head})"
    return compile_document(f"{_template('marks.typ')}\n{about}\n{body}", "pdf")[0]


def known(text: str) -> str:
    """A student's text, with a mark in place of each letter that no font has.

    One such letter would stop the whole class, where a question's text may not hold one.
    """
    return "".join(c if c == "\n" or _has(c) else "\ufffd" for c in text)


def _has(char: str) -> bool:
    return char.isprintable() and any(first <= ord(char) < end for first, end in _BLOCKS)
