r"""TeX mathematics: one strict parser of an allow-list, one printer for each output format.

>>> to_typst(r"\frac{1}{2}")
'frac(1, 2)'
"""

from __future__ import annotations

from functools import lru_cache

from partialcredit.writers.mathematics.latex import print_latex
from partialcredit.writers.mathematics.mathml import print_mathml
from partialcredit.writers.mathematics.parser import parse
from partialcredit.writers.mathematics.plain import print_plain
from partialcredit.writers.mathematics.typst import print_typst

__all__ = ["parse", "to_latex", "to_mathml", "to_plain", "to_typst"]


@lru_cache(maxsize=4096)
def to_typst(source: str, *, display: bool = False) -> str:
    """TeX mathematics as the inside of a Typst equation.

    Raises:
        MathError: see :func:`parse`.

    """
    return print_typst(parse(source), display=display)


@lru_cache(maxsize=4096)
def to_mathml(source: str, *, display: bool = False) -> str:
    """TeX mathematics as a ``<math>`` element that carries its source as ``alttext``.

    Raises:
        MathError: see :func:`parse`.

    """
    return print_mathml(parse(source), source, display=display)


def to_latex(source: str) -> str:
    """TeX mathematics as amsmath takes it.

    Raises:
        MathError: see :func:`parse`.

    """
    return print_latex(source)


def to_plain(source: str) -> str:
    """TeX mathematics as Unicode, on one line where it is one formula.

    Raises:
        MathError: see :func:`parse`.

    """
    return print_plain(parse(source))
