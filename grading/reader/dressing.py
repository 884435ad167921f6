"""What stands around an answer without being part of it: delimiters, fonts, remarks, full stops.

Everything removed is replaced by as many spaces, so that a fault is still shown at its column.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["undressed"]

#: Words are looked for in short answers only, so that no text takes long.
_MOST_PROSE = 400

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
_TEXT = re.compile(r"(?<![_^{])\\(?:text|textnormal|mbox|textrm|textbf|textit|mathrm)\s*\{([^{}$\\]*)\}")
_MODULE = re.compile(r"(?<![A-Za-z.])(?:np|numpy|torch|math|tf|jnp|F|nn)\.(?=[a-zA-Z]+\s*\()(?!array|tensor|Tensor|matrix)")
_GROUPED_SIGN = re.compile(r"(?<![\^_])\{([-+=])\}")
_MARKS = ("**", "__", "```", "`", "_")
_STOP = re.compile(r"(?<=[^.\s])\.(?=[\s$]*$)")
_DOTS = re.compile(r"(?<=\d)(?:\.{2,3}|…|\\l?dots)(?=[\s$]*$)")
_SECOND_FORM = re.compile(r"(?<=[\w)}])\s*\((\s*(?:=|≈|\\approx|i\.e\.,?)[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_LEAD = re.compile(
    r"""^\s*(?:
    (?:so|thus|hence|therefore|finally|then)[,\s]+ | (?:my|the|our|your)\s+(?=final|answer|result|solution|value)
  | (?:final\s+)?(?:answer|result|solution|value|ans)\s*(?:is|equals|:|=)\s*(?:\$\s*)?
  | (?:\\therefore|\\Rightarrow|\\implies|\\Longrightarrow|⇒|⟹|∴|=>|->|→)\s*
  | (?:we|i|this|it|which|one)\s+(?:get|have|obtain|gives|yields|is|equals|gets)s?\s+
  | (?:approximately|approx\.?|about|roughly|around|exactly|ca\.|circa|∼|~)\s*(?=[-+\d.\\√$(]) | =
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(r"^\s*(?:[A-Za-z](?=\s*:\s)|[A-Za-z]{2,}|[A-Za-z]+(?:\s+[A-Za-z]{2,}){1,3})\s*:(?!=)")
_REMARK = re.compile(r"(?<=\S)\s+\(([A-Za-z ,'-]{3,})\)\s*[.]?\s*$|(?<=\d)\s*\(([A-Za-z ,'-]{5,})\)\s*[.]?\s*$")
_TAIL = re.compile(
    r"""[,\s]+(?:is\s+(?:the|my|our)\s+(?:final\s+)?(?:answer|result|solution)
    |(?:approximately|approx\.?|rounded|exactly|in\s+total|or\s+so)
    |for\s+(?:all|any|every|each|some)\s+[A-Za-z_]\w*(?:\s?,\s?[A-Za-z_]\w*){0,4}(?:\s?[<>=!]+\s?\d+)?)\s*[.]?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)


def undressed(text: str, known: Callable[[str], bool], *, prose: bool = True) -> str:
    """The text with spaces for what is not part of the answer; never longer or shorter.

    ``known`` says which words are names of the question or functions: they are never a remark.
    With ``prose`` words before and after the answer go, too.
    """
    text = _MODULE.sub(_spaces, text)
    text = _plain_marks(text)
    text = _BLANK.sub(_spaces, text)
    text = _TEXT.sub(_plain, text)
    text = _GROUPED_SIGN.sub(lambda match: f" {match[1]} ", text)
    text = _STOP.sub(" ", text)
    text = _DOTS.sub(_spaces, text)
    if not prose or len(text) > _MOST_PROSE:
        return text
    text = _SECOND_FORM.sub(_second, text)
    for _ in range(3):
        text = _LEAD.sub(_spaces, text)
    text = _NAMED.sub(_spaces, text)
    text = _TAIL.sub(_spaces, text)
    return _REMARK.sub(lambda match: _remark(match, known), text)


def _plain_marks(text: str) -> str:
    """``**42**`` and `` `42` `` without the marks."""
    start = len(text) - len(text.lstrip())
    inside = text.strip().removesuffix(".").rstrip()
    for mark in _MARKS:
        n = len(mark)
        if len(inside) > 2 * n and inside.startswith(mark) and inside.endswith(mark):
            return " " * (start + n) + inside[n:-n] + " " * (len(text) - start - len(inside) + n)
    return text


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _keep(match: re.Match[str], group: int) -> str:
    """Spaces for everything but one group."""
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    return " " * start + match[0][start:end] + " " * (len(match[0]) - end)


def _plain(match: re.Match[str]) -> str:
    r"""``\text{13}`` and ``\text{ and }`` are what they hold; ``\text{ReLU}`` is a name."""
    inside = match[1]
    loose = inside != inside.strip() or " " in inside.strip() or inside.strip().endswith(":")
    number = re.fullmatch(r"\s*[-+]?\d[\d.,]*\s*", inside)
    return _keep(match, 1) if loose or number else match[0]


def _second(match: re.Match[str]) -> str:
    """``1.386 (= ln 4)`` is ``1.386 = ln 4``."""
    kept = _keep(match, 1)
    return kept.replace("i.e.", "=   ", 1)


def _remark(match: re.Match[str], known: Callable[[str], bool]) -> str:
    """``(chain rule)`` goes, ``(alpha)`` stays."""
    words = re.findall(r"[A-Za-z]+", match[1] or match[2])
    strangers = [word for word in words if not known(word)]
    prose = strangers and max(map(len, strangers)) >= 4 and len(strangers) * 2 >= len(words)
    return " " * len(match[0]) if prose else match[0]
