"""TeX mathematics for TeX itself: checked, in ASCII, with names that amsmath knows."""

from __future__ import annotations

import re

from partialcredit.writers.mathematics.parser import parse
from partialcredit.writers.mathematics.symbols import SYMBOLS, UNICODE

__all__ = ["PREAMBLE", "print_latex"]

#: What the allow-list has beyond the packages of the American Mathematical Society.
PREAMBLE = r"""\usepackage{amsmath,amssymb,bm,mathrsfs,mathtools}
\DeclareMathOperator*{\argmax}{arg\,max}
\DeclareMathOperator*{\argmin}{arg\,min}
\providecommand{\lt}{<}
\providecommand{\gt}{>}
\providecommand{\omicron}{o}
\providecommand{\degree}{^{\circ}}
\providecommand{\bigodot}{\mathop{\odot}}"""

#: Environments that TeX has for whole displays only -> those that stand inside of one.
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(align|gather)\*?\}")

#: Character -> its command, of several the first.
_COMMANDS = {symbol.char: name for name, symbol in reversed(SYMBOLS.items()) if name.isalpha()}


def print_latex(source: str) -> str:
    r"""The source as amsmath takes it between ``\[`` and ``\]``; raises MathError."""
    parse(source)
    inside = _ENVIRONMENT.sub(r"\\\1{\2ed}", source)
    return "".join(char if char.isascii() else _command(char) for char in inside)


def _command(char: str) -> str:
    return (
        "-" if char == "−" else f"\\{_COMMANDS[UNICODE[char].char]} " if char in UNICODE else char
    )
