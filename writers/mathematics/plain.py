"""Syntax tree to one line of Unicode, for terminals: readable, and typed much like an answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from partialcredit.writers.mathematics.nodes import (
    Accent,
    Brace,
    Delimiter,
    Fenced,
    Fraction,
    Group,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Styled,
    Symbol,
    Table,
    Text,
)

__all__ = ["print_plain"]

_RAISED = dict(
    zip("0123456789+-−=()nit∗⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵗ*ᵀ", strict=True)
)  # fmt: skip
_LOWERED = dict(zip("0123456789+-−=()aeioxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢₒₓₕₖₗₘₙₚₛₜ", strict=True))
_MARKS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304",
    "tilde": "\u0303", "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307",
    "ddot": "\u0308", "check": "\u030c", "underline": "\u0332",
}  # fmt: skip


def print_plain(row: Row) -> str:
    """The mathematics on one line."""
    return " ".join(_put(row).split())


@singledispatch
def _put(node: Node) -> str:
    raise NotImplementedError(type(node).__name__)


@_put.register
def _row(node: Row) -> str:
    return "".join(_spaced(node.items))


def _spaced(items: tuple[Node, ...]) -> Iterator[str]:
    """Binary signs between operands and relations stand apart; a function from its argument."""
    previous: Node | None = None
    for item in items:
        if isinstance(item, Symbol) and (item.role == "relation" or _joins(item, previous)):
            yield f" {item.char} "
        elif isinstance(item, Symbol) and item.role == "punct":
            yield f"{item.char} "
        else:
            apart = (_is_name(previous) and not _opens(item)) or (
                _is_name(item) and previous is not None and not _is_sign(previous)
            )
            yield (" " if apart else "") + _put(item)
        previous = item


def _joins(sign: Symbol, previous: Node | None) -> bool:
    return sign.role == "binary" and previous is not None and not _is_sign(previous)


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.role in ("binary", "relation", "open", "punct")


def _is_name(node: Node | None) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return isinstance(base, Operator) or (isinstance(base, Symbol) and base.role == "big")


def _opens(node: Node) -> bool:
    return isinstance(node, Fenced) or (isinstance(node, Symbol) and node.role == "open")


@_put.register
def _symbol(node: Symbol) -> str:
    return node.char


@_put.register
def _number(node: Number) -> str:
    return node.text


@_put.register
def _text(node: Text) -> str:
    return node.text


@_put.register
def _operator(node: Operator) -> str:
    return node.name


@_put.register
def _space(node: Space) -> str:
    return " " if node.em > 0 else ""


@_put.register
def _delimiter(node: Delimiter) -> str:
    return node.char


@_put.register
def _group(node: Group) -> str:
    return node.sign.char


@_put.register
def _fenced(node: Fenced) -> str:
    return f"{node.open}{_put(node.body)}{node.close}"


@_put.register
def _scripts(node: Scripts) -> str:
    base = "" if node.base is None else _grouped(node.base)
    sub = "" if node.sub is None else _script(_put(node.sub), _LOWERED, "_")
    sup = "" if node.sup is None else _script(_put(node.sup), _RAISED, "^")
    return f"{base}{'′' * node.primes}{sub}{sup}"


def _script(text: str, alphabet: dict[str, str], sign: str) -> str:
    tight = text.replace(" ", "")
    if all(char in alphabet for char in tight):
        return "".join(alphabet[char] for char in tight)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


@_put.register
def _fraction(node: Fraction) -> str:
    over, under = _grouped(node.numerator), _grouped(node.denominator, tight=True)
    return f"{over}/{under}" if node.bar else f"binom({over}, {under})"


def _grouped(node: Node, *, tight: bool = False) -> str:
    """A sum or product in brackets; ``tight`` brackets everything but one letter or number."""
    text = _put(node)
    if isinstance(node, Row) and len(node.items) == 1:
        return _grouped(node.items[0], tight=tight)
    differential = text.startswith("∂") and text[1:2] != "²"
    loose = isinstance(node, Row) and (
        (tight and not differential) or any(c in text for c in "+-−=<>≤≥ /")
    )
    return f"({text})" if loose or isinstance(node, Fraction) else text


@_put.register
def _root(node: Root) -> str:
    index = "" if node.index is None else _script(_put(node.index), _RAISED, "^")
    body = _put(node.radicand)
    return f"{index}√{body}" if len(body) == 1 else f"{index}√({body})"


@_put.register
def _accent(node: Accent) -> str:
    return f"{_put(node.body)}{_MARKS[node.name]}"


@_put.register
def _brace(node: Brace) -> str:
    label = "" if node.label is None else f" [{_put(node.label)}]"
    return f"{_grouped(node.body)}{label}"


@_put.register
def _stack(node: Stack) -> str:
    marks = [_put(mark) for mark in (node.above, node.below) if mark is not None]
    return f"{_put(node.base)}[{', '.join(marks)}]"


@_put.register
def _styled(node: Styled) -> str:
    return _put(node.body)


@_put.register
def _table(node: Table) -> str:
    lines = [" ".join(_put(cell).strip() for cell in cells) for cells in node.rows]
    if node.style == "display":
        return "\n".join(lines)
    return f"{node.open or '['}{'; '.join(lines)}{node.close or ('' if node.open == '{' else ']')}"
