"""Plain text as Typst source that can only mean itself."""

from __future__ import annotations

__all__ = ["markup", "page_size", "string"]

_SIZES = {"letter": "us-letter"}

_SPECIAL = frozenset("\\#$%&*+-./:<=>@[]^_`{|}~")


def string(text: str) -> str:
    r"""A Typst string literal.

    >>> string('say "x"')
    '"say \\"x\\""'
    """
    return '"' + "".join(map(_in_string, text)) + '"'


def _in_string(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return _safe(char)


def markup(text: str) -> str:
    r"""Text in Typst markup; quotation marks stay free to become typographic ones.

    >>> markup("a_1 = #x")
    'a\\_1 \\= \\#x'
    """
    return "".join(f"\\{char}" if char in _SPECIAL else _safe(char) for char in text)


def page_size(name: str) -> str:
    """The string literal by which Typst knows a recipe's size of paper."""
    return string(_SIZES.get(name, "a4"))


def _safe(char: str) -> str:
    """Invisible characters by number; a control or half of a surrogate pair as the mark for it."""
    if char.isprintable() or char == "\n":
        return char
    unprintable = "\ud800" <= char <= "\udfff" or char < " " or "\x7f" <= char < "\xa0"
    return "\ufffd" if unprintable else f"\\u{{{ord(char):x}}}"
