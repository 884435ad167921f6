"""Plain text as LaTeX source that can only mean itself."""

from __future__ import annotations

__all__ = ["escaped", "verbatim"]

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "^": r"\textasciicircum{}", "_": r"\_", "~": r"\textasciitilde{}", "%": r"\%",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$", "≈": r"$\approx$", "→": r"$\to$", "−": "--",
    "∞": r"$\infty$", "·": r"$\cdot$", "×": r"$\times$", "σ": r"$\sigma$", "ε": r"$\varepsilon$",
}  # fmt: skip


def escaped(text: str) -> str:
    r"""Text in paragraphs; invisible characters are left out.

    >>> escaped("50 % of #1 & {x_1}")
    '50 \\% of \\#1 \\& \\{x\\_1\\}'
    """
    return "".join(_SPECIAL.get(char, char) for char in text if char.isprintable() or char == "\n")


def verbatim(text: str) -> str:
    r"""Code in letters of one width; its blanks and hyphens stay as they are.

    >>> verbatim("a  - b")
    '\\texttt{a~~{-}~b}'
    """
    shown = escaped(text).replace(" ", "~").replace("-", "{-}").replace("'", r"\textquotesingle{}")
    return rf"\texttt{{{shown}}}"
