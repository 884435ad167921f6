"""Problem text for a terminal: the mathematics as Unicode, figures as their words."""

from __future__ import annotations

import re
from textwrap import fill, indent

from partialcredit.writers.mathematics import to_plain

__all__ = ["to_terminal"]

_DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_INLINE = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$", re.DOTALL)
_FIGURE = re.compile(r"!\[(.*?)\]\(figure:\d+\)", re.DOTALL)
_EMPHASIS = re.compile(r"(\*\*?)(\S(?:.*?\S)?)\1", re.DOTALL)


def to_terminal(text: str, width: int = 88) -> str:
    r"""Markdown with TeX mathematics as plain lines of at most ``width`` characters.

    Raises :class:`~partialcredit.errors.MathError` for TeX outside the allow-list.

    >>> to_terminal(r"**Find** $\frac{\partial L}{\partial x_1}$.")
    'Find ∂L/∂x₁.'
    """
    text = _FIGURE.sub(r"[\1]", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _DISPLAY.sub(lambda math: f"\n\n{indent(to_plain(math[1]), ' ' * 4)}\n\n", text)
    text = _INLINE.sub(lambda math: to_plain(math[1]), text).replace("\\$", "$")
    return "\n\n".join(
        _wrapped(block, width) for block in re.split(r"\n{2,}", text) if block.strip()
    )


def _wrapped(block: str, width: int) -> str:
    """A paragraph filled; a list, a table or a display keeps its lines."""
    if re.match(r"\s*(?:[-*|]|\d+\.)\s|    ", block):
        return block.rstrip()
    return fill(" ".join(block.split()), width, break_long_words=False, break_on_hyphens=False)
