"""The syntax tree of TeX mathematics: what is meant, free of any output format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = [
    "Accent",
    "Brace",
    "Delimiter",
    "Fenced",
    "Fraction",
    "Group",
    "Node",
    "Number",
    "Operator",
    "Role",
    "Root",
    "Row",
    "Scripts",
    "Space",
    "Stack",
    "Styled",
    "Symbol",
    "Table",
    "Text",
]

Role: TypeAlias = Literal[
    "letter", "ordinary", "binary", "relation", "open", "close", "punct", "big"
]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One Unicode character and how it is spaced; ``big`` is a large operator such as a sum."""

    char: str
    role: Role


@dataclass(frozen=True, slots=True)
class Number:
    """Digits kept together, such as ``3.14``."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the text's own upright letters; spaces count."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A named function; with ``limits`` its scripts stand below and above in a display."""

    name: str
    limits: bool


@dataclass(frozen=True, slots=True)
class Space:
    """A horizontal space in em; negative pulls together."""

    em: float


@dataclass(frozen=True, slots=True)
class Delimiter:
    r"""One delimiter of a fixed ``size`` in em, or 0 for ``\middle``: as tall as its fence."""

    char: str
    role: Role
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A sign in braces: it is spaced like a letter."""

    sign: Symbol


@dataclass(frozen=True, slots=True)
class Fenced:
    r"""``\left`` to ``\right``: delimiters as tall as the body; empty stands for a full stop."""

    open: str
    body: Row
    close: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with primes, a subscript and a superscript; ``limits`` sets them below and above."""

    base: Node | None
    primes: int
    sub: Node | None
    sup: Node | None
    limits: bool | None = None


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction; ``style`` forces display or text size. ``bar`` is false for a binomial."""

    numerator: Node
    denominator: Node
    style: Literal["", "display", "text"]
    bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A square root, or the root of an ``index``."""

    radicand: Node
    index: Node | None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over or under a body, by its name in :data:`symbols.ACCENTS`."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Brace:
    """A horizontal brace ``over`` or ``under`` a body, with its label."""

    side: Literal["over", "under"]
    body: Node
    label: Node | None


@dataclass(frozen=True, slots=True)
class Stack:
    """A base with something smaller above or below it."""

    base: Node
    above: Node | None
    below: Node | None


@dataclass(frozen=True, slots=True)
class Styled:
    """A body in another alphabet or size, by its name in :data:`symbols.STYLES`."""

    style: str
    body: Node


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells between delimiters.

    ``align`` has l, c or r for each column, ``rules`` the columns with a vertical rule before
    them. Cells of style ``display`` are of full size and touch, as equations need; those of style
    ``script`` are as small as what stands around them.
    """

    open: str
    close: str
    align: str
    rules: tuple[int, ...]
    rows: tuple[tuple[Row, ...], ...]
    style: Literal["text", "display", "script"] = "text"


Node: TypeAlias = (
    Symbol
    | Number
    | Text
    | Operator
    | Space
    | Delimiter
    | Row
    | Group
    | Fenced
    | Scripts
    | Fraction
    | Root
    | Accent
    | Brace
    | Stack
    | Styled
    | Table
)
