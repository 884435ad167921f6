"""What stands around an answer without being part of it: delimiters, fonts, module names, stops.

Everything removed is replaced by as many spaces, so that a fault is still shown at its column.
Every pattern takes time linear in the text, which may be hostile.
"""

from __future__ import annotations

import re

__all__ = ["kept", "spaces", "undressed"]

_BLANK = re.compile(
    r"""
    (?<!\\)\\[()\[\]]                                                   # \( \) \[ \]
  | \\(?:begin|end)\{(?:align|aligned|equation|gather|gathered|split|multline|math|displaymath)\*?\}
  | \\(?:[hv]?phantom|[hv]space\*?|label|tag|color|textcolor|mspace)\s*\{[^{}]*\}
  | \\(?:tiny|small|normalsize|large|Large|LARGE|huge|Huge|bfseries|boldmath|nonumber|notag
        |mathstrut|strut|bf|it|rm)(?![A-Za-z])
  | \\\\(?=\s*(?:&\s*)?(?:=|<|>|\\le|\\ge|\\approx))                     # a line that goes on
  | \\\\(?=\s*$) | ^\s*& | &(?=\s*(?:=|:=|<|>|\\leq?\b|\\geq?\b|\\approx)) | (?<==)\s*&
    """,
    re.VERBOSE,
)
_TEXT = re.compile(
    r"(?<![_^{])\\(?:text|textnormal|mbox|textrm|textbf|textit|mathrm)\s*\{([^{}$\\]*)\}"
)
_MODULE = re.compile(
    r"(?<![A-Za-z.])(?:np|numpy|torch|math|tf|jnp|F|nn)\."
    r"(?=[a-zA-Z]+\s*\()(?!array|tensor|Tensor|matrix)"
)
_NUMPY = re.compile(r"(?<=[A-Za-z\d)\]])\.T(?![A-Za-z])|@")
_GROUPED_SIGN = re.compile(r"(?<![\^_])\{([-+=])\}")
_MARKS = ("**", "__", "```", "`", "_", '"', "'")
_STOP = re.compile(r"(?<=[^.])(?<!\\)\.(?=[\s$]*$)")
_DOTS = re.compile(r"(?<=\d)(?:\.{2,3}|…|\\l?dots)(?=[\s$]*$)")


def undressed(text: str) -> str:
    r"""The text with spaces for its dressing; never longer or shorter.

    >>> undressed("**42**"), undressed(r"\(x^2\).")
    ('  42  ', '  x^2   ')
    """
    text = _plain_marks(_MODULE.sub(spaces, text))
    text = _NUMPY.sub(lambda match: "^T" if match[0] == ".T" else "*", text)
    text = _BLANK.sub(spaces, text)
    text = _TEXT.sub(_plain, text)
    text = _GROUPED_SIGN.sub(lambda match: f" {match[1]} ", text)
    text = _STOP.sub(" ", text)
    return _DOTS.sub(spaces, text)


def spaces(match: re.Match[str]) -> str:
    """As many spaces as were matched."""
    return " " * len(match[0])


def kept(match: re.Match[str], group: int) -> str:
    """Spaces for everything but one group."""
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return " " * start + match[0][start:end] + " " * (len(match[0]) - end)


def _plain_marks(text: str) -> str:
    """``**42**`` and `` `42` `` without the marks."""
    start = len(text) - len(text.lstrip())
    inside = text.strip().removesuffix(".").rstrip()
    for mark in _MARKS:
        n = len(mark)
        if len(inside) > 2 * n and inside.startswith(mark) and inside.endswith(mark):
            return " " * (start + n) + inside[n:-n] + " " * (len(text) - start - len(inside) + n)
    return text


def _plain(match: re.Match[str]) -> str:
    r"""``\text{13}`` and ``\text{ and }`` are what they hold; ``\text{ReLU}`` is a name."""
    inside = match[1]
    loose = inside != inside.strip() or " " in inside.strip() or inside.strip().endswith(":")
    number = re.fullmatch(r"\s*[-+]?\d[\d.,]*\s*", inside)
    return kept(match, 1) if loose or number else match[0]
