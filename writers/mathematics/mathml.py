"""Syntax tree to MathML Core, which browsers render without a library or a network."""

from __future__ import annotations

from html import escape

from partialcredit.writers.mathematics import nodes
from partialcredit.writers.mathematics.alphabets import in_alphabet
from partialcredit.writers.mathematics.printer import Printer

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
_WORDS = (
    nodes.Number, nodes.Operator, nodes.Fraction, nodes.Root, nodes.Accent, nodes.Styled,
    nodes.Row, nodes.Text,
)  # fmt: skip


def print_mathml(row: nodes.Row, source: str, *, display: bool = False) -> str:
    """A ``<math>`` element; its TeX source is the alternative text."""
    block = ' display="block"' if display else ""
    alt = escape(" ".join(source.split()))
    return f'<math{block} alttext="{alt}">{_MathML("").put(row)}</math>'


class _MathML(Printer):
    def __init__(self, style: str) -> None:
        self.style = style

    def _row(self, node: nodes.Row) -> str:
        parts = []
        padded = (None, *node.items, None)
        for before, item, after in zip(padded, node.items, padded[2:], strict=False):
            if isinstance(item, nodes.Symbol) and item.role == "binary" and _starts(before):
                parts.append(_mo(item.char, _TIGHT))
            elif _is_named(item):
                parts.append(_thin(before) + self.put(item) + _thin(after))
            else:
                parts.append(self.put(item))
        return parts[0] if len(parts) == 1 else _tag("mrow", "".join(parts))

    def _symbol(self, node: nodes.Symbol) -> str:
        if node.role in ("open", "close"):
            return _mo(node.char, _FORMS[node.role], _FIXED)
        if node.role not in ("letter", "ordinary"):
            return _mo(node.char)
        if self.style == "upright" or (node.role == "ordinary" and not self.style):
            return _tag("mi", escape(node.char), 'mathvariant="normal"')
        return _tag("mi", escape(in_alphabet(node.char, self.style)))

    def _number(self, node: nodes.Number) -> str:
        return _tag("mn", self._letters(node.text))

    def _text(self, node: nodes.Text) -> str:
        return _tag("mtext", escape(self._letters(node.text.replace(" ", "\u00a0"))))

    def _letters(self, text: str) -> str:
        return "".join(in_alphabet(char, self.style) for char in text)

    def _operator(self, node: nodes.Operator) -> str:
        movable = 'movablelimits="true"' if node.limits else ""
        return _mo(node.name, 'form="prefix"', _TIGHT, movable)

    def _space(self, node: nodes.Space) -> str:
        return f'<mspace width="{node.em:.4f}em"/>'

    def _delimiter(self, node: nodes.Delimiter) -> str:
        size = f'minsize="{node.size}em" maxsize="{node.size}em"' if node.size else ""
        return _mo(node.char, _FORMS.get(node.role, _TIGHT), _FENCE, size)

    def _group(self, node: nodes.Group) -> str:
        return _mo(node.sign.char, _TIGHT, _FIXED)

    def _fenced(self, node: nodes.Fenced) -> str:
        return _tag("mrow", _fences(node.open, self.put(node.body), node.close))

    def _scripts(self, node: nodes.Scripts) -> str:
        base = "<mrow></mrow>" if node.base is None else self.put(node.base)
        above = _mo("′" * node.primes, _TIGHT) if node.primes else ""
        above += self.put(node.sup) if node.sup else ""
        above = _tag("mrow", above) if node.primes and node.sup else above
        below = self.put(node.sub) if node.sub else ""
        if _has_limits(node):
            if node.limits:
                base = base.replace('movablelimits="true"', "").replace(
                    "<mo", '<mo movablelimits="false"'
                )
            return _attach("munderover", "munder", "mover", base, below, above)
        return _attach("msubsup", "msub", "msup", base, below, above)

    def _fraction(self, node: nodes.Fraction) -> str:
        body = self.put(node.numerator) + self.put(node.denominator)
        if not node.bar:
            return _tag("mrow", _fences("(", _tag("mfrac", body, 'linethickness="0"'), ")"))
        size = {"": "", "display": 'displaystyle="true"', "text": 'displaystyle="false"'}
        style = size[node.style]
        return _tag("mstyle", _tag("mfrac", body), style) if style else _tag("mfrac", body)

    def _root(self, node: nodes.Root) -> str:
        if node.index is None:
            return _tag("msqrt", self.put(node.radicand))
        return _tag("mroot", self.put(node.radicand) + self.put(node.index))

    def _accent(self, node: nodes.Accent) -> str:
        body = self.put(node.body)
        if node.name in _LINES:
            # A border, because browsers do not stretch a bar over several letters.
            side = _LINES[node.name]
            return _tag("mrow", body, f'style="border-{side}:.06em solid;padding-{side}:.14em"')
        mark = _mo(_MARKS[node.name], _FENCE if node.name.startswith("wide") else _FIXED)
        # Declared an accent, a mark would touch its letter in Chromium.
        return _tag("mover", body + mark)

    def _brace(self, node: nodes.Brace) -> str:
        name, char = ("mover", "⏞") if node.side == "over" else ("munder", "⏟")
        braced = _tag(name, self.put(node.body) + _mo(char, _FENCE))
        return braced if node.label is None else _tag(name, braced + self.put(node.label))

    def _stack(self, node: nodes.Stack) -> str:
        above = "" if node.above is None else self.put(node.above)
        below = "" if node.below is None else self.put(node.below)
        stacked = _attach("munderover", "munder", "mover", self.put(node.base), below, above)
        relation = isinstance(node.base, nodes.Symbol) and node.base.role == "relation"
        return f"{_THICK}{stacked}{_THICK}" if relation else stacked

    def _styled(self, node: nodes.Styled) -> str:
        if node.style == "display":
            return _tag("mstyle", self.put(node.body), 'displaystyle="true"')
        word = _word(node.body)
        if word and node.style == "upright":
            return _tag("mi", escape(word), 'mathvariant="normal"')
        return _MathML(node.style).put(node.body)

    def _table(self, node: nodes.Table) -> str:
        rows = "".join(_tag("mtr", self._cells(node, cells)) for cells in node.rows)
        table = _tag("mtable", rows, 'displaystyle="true"' if node.style == "display" else "")
        if not (node.open or node.close):
            return table
        return _tag("mrow", _fences(node.open, table, node.close))

    def _cells(self, table: nodes.Table, cells: tuple[nodes.Row, ...]) -> str:
        out = []
        for column, cell in enumerate(cells):
            side = _SIDES[table.align[column]]
            # Chromium aligns mathematics by the prefixed value alone.
            css = f"text-align:{side};text-align:-webkit-{side}"
            if table.style == "display":
                css += ";padding-left:0;padding-right:0"
            if column in table.rules:
                css += ";border-left:1px solid"
            body = self.put(cell)
            if table.style == "display" and table.align[column] == "l":
                body = _tag("mrow", "<mrow></mrow>" + body)
            out.append(_tag("mtd", body, f'style="{css}"'))
        return "".join(out)


def _tag(name: str, body: str, attributes: str = "") -> str:
    return f"<{name}{' ' * bool(attributes)}{attributes}>{body}</{name}>"


def _mo(char: str, *attributes: str) -> str:
    return _tag("mo", escape(char), " ".join(filter(None, attributes)))


def _fences(opening: str, body: str, closing: str) -> str:
    before = _mo(opening, _FORMS["open"], _FENCE) if opening else ""
    return before + body + (_mo(closing, _FORMS["close"], _FENCE) if closing else "")


def _attach(both: str, low: str, high: str, base: str, below: str, above: str) -> str:
    name = both if below and above else low if below else high
    return _tag(name, base + below + above)


def _starts(before: nodes.Node | None) -> bool:
    """Whether a sign after ``before`` belongs to what follows, as in ``= -3``."""
    if isinstance(before, nodes.Scripts):
        return _starts(before.base)
    return before is None or (
        isinstance(before, nodes.Symbol) and before.role not in ("letter", "ordinary", "close")
    )


def _is_named(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.Operator) or (
        isinstance(node, nodes.Scripts) and _is_named(node.base)
    )


def _thin(neighbour: nodes.Node | None) -> str:
    """The space between a function's name and a neighbour that is not a bracket or a sign."""
    if isinstance(neighbour, nodes.Scripts):
        return _thin(neighbour.base)
    letter = isinstance(neighbour, nodes.Symbol) and neighbour.role in (
        "letter", "ordinary", "big",
    )  # fmt: skip
    return _THIN if letter or isinstance(neighbour, _WORDS) else ""


def _has_limits(node: nodes.Scripts) -> bool:
    if node.limits is not None:
        return node.limits
    base = node.base
    if isinstance(base, nodes.Operator):
        return base.limits
    return isinstance(base, nodes.Symbol) and base.role == "big" and base.char not in "∫∬∭∮"


def _word(node: nodes.Node) -> str:
    """The letters of a body that is nothing else, to be set as one word."""
    items = node.items if isinstance(node, nodes.Row) else (node,)
    letters = [
        item.char for item in items if isinstance(item, nodes.Symbol) and item.role == "letter"
    ]
    return "".join(letters) if len(letters) == len(items) else ""
