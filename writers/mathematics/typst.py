"""Syntax tree to Typst mathematics. Every character Typst could read as syntax is escaped."""

from __future__ import annotations

from collections.abc import Callable
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
from partialcredit.writers.typst_text import string

__all__ = ["print_typst"]

_ACCENTS = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "macron",
    "tilde": "tilde",
    "widetilde": "tilde",
    "vec": "arrow",
    "dot": "dot",
    "ddot": "dot.double",
    "check": "caron",
    "overline": "overline",
    "underline": "underline",
}

_STYLES = {
    "bold": "bold(upright({}))",
    "bold-italic": "bold({})",
    "upright": "upright({})",
    "italic": "italic({})",
    "blackboard": "bb({})",
    "calligraphic": "cal({})",
    "fraktur": "frak({})",
    "sans": "sans({})",
    "monospace": "mono({})",
    "display": "display({})",
}

_CLASSES = {
    "letter": "normal",
    "ordinary": "normal",
    "binary": "binary",
    "relation": "relation",
    "open": "opening",
    "close": "closing",
    "punct": "punctuation",
    "big": "large",
}

# Characters whose spacing in Typst differs from TeX's.
_OTHERWISE_SPACED = frozenset("|‖:?\\†⊥⊺")

# Brackets outside ASCII that Typst would pair and stretch.
_BRACKETS = frozenset("⌈⌉⌊⌋⟨⟩")


def print_typst(row: Row, *, display: bool = False) -> str:
    """The inside of an equation; lone aligned lines of a display become Typst's own lines."""
    if display and len(row.items) == 1:
        only = row.items[0]
        if isinstance(only, Table) and only.style == "display" and not (only.open or only.close):
            return " \\ ".join(" & ".join(map(_put, cells)) for cells in only.rows)
    return _put(row)


def _escape(char: str) -> str:
    syntax = char in _BRACKETS or (char.isascii() and not char.isalnum())
    return f"\\{char}" if char and syntax else char


def _call(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(arguments)})"


@singledispatch
def _put(node: Node) -> str:
    raise NotImplementedError(type(node).__name__)


@_put.register
def _row(node: Row) -> str:
    out = ""
    previous: Node | None = None
    for item in node.items:
        # A space beside a string literal would be printed, beside anything else it is not.
        tight = previous is None or _is_text(previous) or _is_text(item)
        out += ("" if tight else " ") + _put(item)
        previous = item
    return out or '""'


def _is_text(node: Node) -> bool:
    return isinstance(node, Text) or (isinstance(node, Styled) and _is_text(node.body))


@_put.register
def _symbol(node: Symbol) -> str:
    if node.char in _OTHERWISE_SPACED:
        return _call("class", f'"{_CLASSES[node.role]}"', _escape(node.char))
    return _escape(node.char)


@_put.register
def _number(node: Number) -> str:
    return node.text.replace(",", ' class("normal", \\,) ')


@_put.register
def _text(node: Text) -> str:
    return string(node.text.replace(" ", "\u00a0"))


@_put.register
def _operator(node: Operator) -> str:
    limits = ["limits: #true"] if node.limits else []
    return _call("op", string(node.name), *limits)


@_put.register
def _space(node: Space) -> str:
    return f"#h({node.em:.4f}em)"


@_put.register
def _delimiter(node: Delimiter) -> str:
    if not node.size:
        return _call("mid", _escape(node.char)) if node.char else '""'
    sized = _call("lr", f"size: #{node.size}em", _escape(node.char)) if node.char else '""'
    return _call("class", f'"{_CLASSES[node.role]}"', sized)


@_put.register
def _group(node: Group) -> str:
    return _call("class", '"normal"', _escape(node.sign.char))


@_put.register
def _fenced(node: Fenced) -> str:
    # lr stretches the outermost delimiters: beside a missing one the body's own are kept inside.
    before = _escape(node.open) or '""' * _is_delimiter(node.body.items[:1])
    after = _escape(node.close) or '""' * _is_delimiter(node.body.items[-1:])
    return _call("lr", " ".join(filter(None, (before, _put(node.body), after))))


def _is_delimiter(items: tuple[Node, ...]) -> bool:
    return bool(items) and isinstance(items[0], Symbol) and items[0].char in "()[]{}|‖⟨⟩⌊⌋⌈⌉"


@_put.register
def _scripts(node: Scripts) -> str:
    base = '""' if node.base is None else _put(node.base)
    if node.limits is not None:
        base = _call("limits" if node.limits else "scripts", base)
    above = [f"primes(#{node.primes})"] if node.primes else []
    above += [_put(node.sup)] if node.sup else []
    bottom = [f"b: {_put(node.sub)}"] if node.sub else []
    return _call("attach", base, *bottom, *([f"t: {' '.join(above)}"] if above else []))


@_put.register
def _fraction(node: Fraction) -> str:
    name = "frac" if node.bar else "binom"
    printed = _call(name, _put(node.numerator), _put(node.denominator))
    return {"": printed, "display": f"display({printed})", "text": f"inline({printed})"}[node.style]


@_put.register
def _root(node: Root) -> str:
    if node.index is None:
        return _call("sqrt", _put(node.radicand))
    return _call("root", _put(node.index), _put(node.radicand))


@_put.register
def _accent(node: Accent) -> str:
    return _call(_ACCENTS[node.name], _put(node.body))


@_put.register
def _brace(node: Brace) -> str:
    label = [] if node.label is None else [_put(node.label)]
    return _call(f"{node.side}brace", _put(node.body), *label)


@_put.register
def _stack(node: Stack) -> str:
    base = _call("limits", _put(node.base))
    above = [] if node.above is None else [f"t: {_put(node.above)}"]
    below = [] if node.below is None else [f"b: {_put(node.below)}"]
    return _call("attach", base, *below, *above)


@_put.register
def _styled(node: Styled) -> str:
    return _STYLES[node.style].format(_put(node.body))


@_put.register
def _table(node: Table) -> str:
    width = len(node.align)
    rows = [[*cells, *[Row(())] * (width - len(cells))] for cells in node.rows]
    lines = [", ".join(map(_cell(node), cells, node.align)) for cells in rows]
    delimiters = ", ".join(string(d) if d else "none" for d in (node.open, node.close))
    gaps = "row-gap: #0.5em, column-gap: #" + ("0pt" if node.style == "display" else "0.9em")
    rules = f"augment: #(vline: ({', '.join(map(str, node.rules))},)), " if node.rules else ""
    return f"mat(delim: #({delimiters}), {gaps}, {rules}{'; '.join(lines)})"


def _cell(table: Table) -> Callable[[Row, str], str]:
    wrapper = {"text": "inline({})", "display": "display({})", "script": "{}"}[table.style]

    def put(cell: Row, align: str) -> str:
        # In a column that touches its left neighbour a leading relation keeps its space.
        body = f'"" {_put(cell)}' if table.style == "display" and align == "l" else _put(cell)
        body = wrapper.format(body)
        return {"l": f"& {body}", "r": f"{body} &", "c": body}[align]

    return put
