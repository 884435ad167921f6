"""An unreadable answer explained: the text, a caret at the fault, what was expected, what to do."""

from __future__ import annotations

from partialcredit.errors import UnreadableAnswer

__all__ = ["excerpt", "explain"]

_BEFORE, _AFTER = 50, 20


def explain(error: UnreadableAnswer) -> str:
    """Three lines for a terminal; control characters are shown as what they are.

    >>> print(explain(UnreadableAnswer("2*(x+1", 6, "expected ')' to close '('", "count them")))
    2*(x+1
          ^
    expected ')' to close '('; count them
    """
    return f"{excerpt(error)}\n{error}"


def excerpt(error: UnreadableAnswer) -> str:
    """The line around the fault, and a caret below it."""
    start = max(0, error.column - _BEFORE)
    before = _printable(error.text[start : error.column])
    after = _printable(error.text[error.column : error.column + _AFTER])
    return f"{before}{after}\n{' ' * len(before)}^"


def _printable(text: str) -> str:
    shown = (" " if c in "\t\n" else c for c in text)
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in shown)
