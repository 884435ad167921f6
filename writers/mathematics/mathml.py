"""Syntax tree to MathML Core, which browsers render without a library or a network."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from partialcredit.writers.mathematics.alphabets import in_alphabet
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

__all__ = ["print_mathml"]

_FENCE = 'stretchy="true"'
_FIXED = 'stretchy="false"'
_TIGHT = 'lspace="0" rspace="0"'
_THIN = '<mspace width="0.1667em"/>'
_FORMS = {"open": 'form="prefix"', "close": 'form="postfix"', "relation": 'form="infix"'}
_THICK = '<mspace width="0.2778em"/>'
_LINES = {"overline": "top", "underline": "bottom"}
_MARKS = {
    "hat": "ˆ", "widehat": "ˆ", "bar": "¯", "tilde": "˜", "widetilde": "˜", "vec": "→",
    "dot": "˙", "ddot": "¨", "check": "ˇ",
}  # fmt: skip
_SIDES = {"l": "left", "c": "center", "r": "right"}
_WORDS = (Number, Operator, Fraction, Root, Accent, Styled, Row, Text)


def print_mathml(row: Row, source: str, *, display: bool = False) -> str:
    """A ``<math>`` element; its TeX source is the alternative text."""
    block = ' display="block"' if display else ""
    alt = escape(" ".join(source.split()))
    return f'<math{block} alttext="{alt}">{_put(row, "")}</math>'


def _tag(name: str, body: str, attributes: str = "") -> str:
    return f"<{name}{' ' * bool(attributes)}{attributes}>{body}</{name}>"


def _mo(char: str, *attributes: str) -> str:
    return _tag("mo", escape(char), " ".join(filter(None, attributes)))


@singledispatch
def _put(node: Node, style: str) -> str:
    raise NotImplementedError(type(node).__name__)


@_put.register
def _row(node: Row, style: str) -> str:
    parts = []
    padded = (None, *node.items, None)
    for before, item, after in zip(padded, node.items, padded[2:], strict=False):
        if isinstance(item, Symbol) and item.role == "binary" and _starts(before):
            parts.append(_mo(item.char, _TIGHT))
        elif _is_named(item):
            parts.append(_thin(before) + _put(item, style) + _thin(after))
        else:
            parts.append(_put(item, style))
    return parts[0] if len(parts) == 1 else _tag("mrow", "".join(parts))


def _starts(before: Node | None) -> bool:
    """Whether a sign after ``before`` belongs to what follows, as in ``= -3``."""
    if isinstance(before, Scripts):
        return _starts(before.base)
    return before is None or (
        isinstance(before, Symbol) and before.role not in ("letter", "ordinary", "close")
    )


def _is_named(node: Node | None) -> bool:
    return isinstance(node, Operator) or (isinstance(node, Scripts) and _is_named(node.base))


def _thin(neighbour: Node | None) -> str:
    """The space between a function's name and a neighbour that is not a bracket or a sign."""
    if isinstance(neighbour, Scripts):
        return _thin(neighbour.base)
    letter = isinstance(neighbour, Symbol) and neighbour.role in ("letter", "ordinary", "big")
    return _THIN if letter or isinstance(neighbour, _WORDS) else ""


@_put.register
def _symbol(node: Symbol, style: str) -> str:
    if node.role not in ("letter", "ordinary"):
        return _mo(
            node.char, *([_FORMS[node.role], _FIXED] if node.role in ("open", "close") else [])
        )
    if style == "upright" or (node.role == "ordinary" and not style):
        return _tag("mi", escape(node.char), 'mathvariant="normal"')
    return _tag("mi", escape(in_alphabet(node.char, style)))


@_put.register
def _number(node: Number, style: str) -> str:
    return _tag("mn", "".join(in_alphabet(char, style) for char in node.text))


@_put.register
def _text(node: Text, style: str) -> str:
    text = "".join(in_alphabet(char, style) for char in node.text.replace(" ", "\u00a0"))
    return _tag("mtext", escape(text))


@_put.register
def _operator(node: Operator, style: str) -> str:  # noqa: ARG001 - the signature of every printer
    movable = 'movablelimits="true"' if node.limits else ""
    return _mo(node.name, 'form="prefix"', _TIGHT, movable)


@_put.register
def _space(node: Space, style: str) -> str:  # noqa: ARG001 - the signature of every printer
    return f'<mspace width="{node.em:.4f}em"/>'


@_put.register
def _delimiter(node: Delimiter, style: str) -> str:  # noqa: ARG001 - the signature of every printer
    size = f'minsize="{node.size}em" maxsize="{node.size}em"' if node.size else ""
    return _mo(node.char, _FORMS.get(node.role, _TIGHT), _FENCE, size)


@_put.register
def _group(node: Group, style: str) -> str:  # noqa: ARG001
    return _mo(node.sign.char, _TIGHT, _FIXED)


@_put.register
def _fenced(node: Fenced, style: str) -> str:
    return _tag("mrow", _fences(node.open, _put(node.body, style), node.close))


def _fences(opening: str, body: str, closing: str) -> str:
    before = _mo(opening, _FORMS["open"], _FENCE) if opening else ""
    return before + body + (_mo(closing, _FORMS["close"], _FENCE) if closing else "")


@_put.register
def _scripts(node: Scripts, style: str) -> str:
    base = "<mrow></mrow>" if node.base is None else _put(node.base, style)
    above = _mo("′" * node.primes, _TIGHT) if node.primes else ""
    above += _put(node.sup, style) if node.sup else ""
    above = _tag("mrow", above) if node.primes and node.sup else above
    below = _put(node.sub, style) if node.sub else ""
    if _has_limits(node):
        if node.limits:
            base = base.replace('movablelimits="true"', "").replace(
                "<mo", '<mo movablelimits="false"'
            )
        return _attach("munderover", "munder", "mover", base, below, above)
    return _attach("msubsup", "msub", "msup", base, below, above)


def _has_limits(node: Scripts) -> bool:
    if node.limits is not None:
        return node.limits
    base = node.base
    if isinstance(base, Operator):
        return base.limits
    return isinstance(base, Symbol) and base.role == "big" and base.char not in "∫∬∭∮"


def _attach(both: str, low: str, high: str, base: str, below: str, above: str) -> str:
    name = both if below and above else low if below else high
    return _tag(name, base + below + above)


@_put.register
def _fraction(node: Fraction, style: str) -> str:
    body = _put(node.numerator, style) + _put(node.denominator, style)
    if not node.bar:
        return _tag("mrow", _fences("(", _tag("mfrac", body, 'linethickness="0"'), ")"))
    size = {"": "", "display": 'displaystyle="true"', "text": 'displaystyle="false"'}[node.style]
    return _tag("mstyle", _tag("mfrac", body), size) if size else _tag("mfrac", body)


@_put.register
def _root(node: Root, style: str) -> str:
    if node.index is None:
        return _tag("msqrt", _put(node.radicand, style))
    return _tag("mroot", _put(node.radicand, style) + _put(node.index, style))


@_put.register
def _accent(node: Accent, style: str) -> str:
    body = _put(node.body, style)
    if node.name in _LINES:
        # A border, because browsers do not stretch a bar over several letters.
        side = _LINES[node.name]
        return _tag("mrow", body, f'style="border-{side}:.06em solid;padding-{side}:.14em"')
    mark = _mo(_MARKS[node.name], _FENCE if node.name.startswith("wide") else _FIXED)
    # Declared an accent, a mark would touch its letter in Chromium.
    return _tag("mover", body + mark)


@_put.register
def _brace(node: Brace, style: str) -> str:
    name, char = ("mover", "⏞") if node.side == "over" else ("munder", "⏟")
    braced = _tag(name, _put(node.body, style) + _mo(char, _FENCE))
    return braced if node.label is None else _tag(name, braced + _put(node.label, style))


@_put.register
def _stack(node: Stack, style: str) -> str:
    above = "" if node.above is None else _put(node.above, style)
    below = "" if node.below is None else _put(node.below, style)
    stacked = _attach("munderover", "munder", "mover", _put(node.base, style), below, above)
    relation = isinstance(node.base, Symbol) and node.base.role == "relation"
    return f"{_THICK}{stacked}{_THICK}" if relation else stacked


@_put.register
def _styled(node: Styled, style: str) -> str:
    if node.style == "display":
        return _tag("mstyle", _put(node.body, style), 'displaystyle="true"')
    word = _word(node.body)
    if word and node.style == "upright":
        return _tag("mi", escape(word), 'mathvariant="normal"')
    return _put(node.body, node.style)


def _word(node: Node) -> str:
    """The letters of a body that is nothing else, to be set as one word."""
    items = node.items if isinstance(node, Row) else (node,)
    if all(isinstance(item, Symbol) and item.role == "letter" for item in items):
        return "".join(item.char for item in items if isinstance(item, Symbol))
    return ""


@_put.register
def _table(node: Table, style: str) -> str:
    rows = "".join(_tag("mtr", _cells(node, cells, style)) for cells in node.rows)
    table = _tag("mtable", rows, 'displaystyle="true"' if node.style == "display" else "")
    if not (node.open or node.close):
        return table
    return _tag("mrow", _fences(node.open, table, node.close))


def _cells(table: Table, cells: tuple[Row, ...], style: str) -> str:
    out = []
    for column, cell in enumerate(cells):
        side = _SIDES[table.align[column]]
        # Chromium aligns mathematics by the prefixed value alone.
        css = f"text-align:{side};text-align:-webkit-{side}"
        if table.style == "display":
            css += ";padding-left:0;padding-right:0"
        if column in table.rules:
            css += ";border-left:1px solid"
        body = _put(cell, style)
        if table.style == "display" and table.align[column] == "l":
            body = _tag("mrow", "<mrow></mrow>" + body)
        out.append(_tag("mtd", body, f'style="{css}"'))
    return "".join(out)
