"""Syntax tree to Typst mathematics. Every character Typst could read as syntax is escaped."""

from __future__ import annotations

from functools import partial

from partialcredit.writers.mathematics import nodes
from partialcredit.writers.mathematics.printer import Printer
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


def print_typst(row: nodes.Row, *, display: bool = False) -> str:
    """The inside of an equation; lone aligned lines of a display become Typst's own lines."""
    put = _Typst().put
    match row.items:
        case (nodes.Table(open="", close="", style="display", rows=lines),) if display:
            return " \\ ".join(" & ".join(map(put, cells)) for cells in lines)
    return put(row)


class _Typst(Printer):
    def _row(self, node: nodes.Row) -> str:
        out = ""
        previous: nodes.Node | None = None
        for item in node.items:
            # A space beside a string literal would be printed, beside anything else it is not.
            tight = previous is None or _is_text(previous) or _is_text(item)
            out += ("" if tight else " ") + self.put(item)
            previous = item
        return out or '""'

    def _symbol(self, node: nodes.Symbol) -> str:
        if node.char in _OTHERWISE_SPACED:
            return _call("class", f'"{_CLASSES[node.role]}"', _escape(node.char))
        return _escape(node.char)

    def _number(self, node: nodes.Number) -> str:
        return node.text.replace(",", ' class("normal", \\,) ')

    def _text(self, node: nodes.Text) -> str:
        return string(node.text.replace(" ", "\u00a0"))

    def _operator(self, node: nodes.Operator) -> str:
        limits = ["limits: #true"] if node.limits else []
        return _call("op", string(node.name), *limits)

    def _space(self, node: nodes.Space) -> str:
        return f"#h({node.em:.4f}em)"

    def _delimiter(self, node: nodes.Delimiter) -> str:
        if not node.size:
            return _call("mid", _escape(node.char)) if node.char else '""'
        sized = _call("lr", f"size: #{node.size}em", _escape(node.char)) if node.char else '""'
        return _call("class", f'"{_CLASSES[node.role]}"', sized)

    def _group(self, node: nodes.Group) -> str:
        return _call("class", '"normal"', _escape(node.sign.char))

    def _fenced(self, node: nodes.Fenced) -> str:
        # lr stretches the outermost delimiters: beside a missing one the body's own stay inside.
        before = _escape(node.open) or '""' * _is_delimiter(node.body.items[:1])
        after = _escape(node.close) or '""' * _is_delimiter(node.body.items[-1:])
        return _call("lr", " ".join(filter(None, (before, self.put(node.body), after))))

    def _scripts(self, node: nodes.Scripts) -> str:
        base = '""' if node.base is None else self.put(node.base)
        if node.limits is not None:
            base = _call("limits" if node.limits else "scripts", base)
        above = [f"primes(#{node.primes})"] if node.primes else []
        above += [self.put(node.sup)] if node.sup else []
        bottom = [f"b: {self.put(node.sub)}"] if node.sub else []
        return _call("attach", base, *bottom, *([f"t: {' '.join(above)}"] if above else []))

    def _fraction(self, node: nodes.Fraction) -> str:
        name, sizes = "frac" if node.bar else "binom", {"display": "display", "text": "inline"}
        printed = _call(name, self.put(node.numerator), self.put(node.denominator))
        return _call(sizes[node.style], printed) if node.style else printed

    def _root(self, node: nodes.Root) -> str:
        if node.index is None:
            return _call("sqrt", self.put(node.radicand))
        return _call("root", self.put(node.index), self.put(node.radicand))

    def _accent(self, node: nodes.Accent) -> str:
        return _call(_ACCENTS[node.name], self.put(node.body))

    def _brace(self, node: nodes.Brace) -> str:
        label = [] if node.label is None else [self.put(node.label)]
        return _call(f"{node.side}brace", self.put(node.body), *label)

    def _stack(self, node: nodes.Stack) -> str:
        base = _call("limits", self.put(node.base))
        above = [] if node.above is None else [f"t: {self.put(node.above)}"]
        below = [] if node.below is None else [f"b: {self.put(node.below)}"]
        return _call("attach", base, *below, *above)

    def _styled(self, node: nodes.Styled) -> str:
        return _STYLES[node.style].format(self.put(node.body))

    def _table(self, node: nodes.Table) -> str:
        width = len(node.align)
        rows = [[*cells, *[nodes.Row(())] * (width - len(cells))] for cells in node.rows]
        lines = [
            ", ".join(map(partial(self._cell, node.style), cells, node.align)) for cells in rows
        ]
        if node.open and node.close and set(node.align) == {"c"}:  # entries would touch brackets
            lines = [f"thin {line} thin" for line in lines]
        delimiters = ", ".join(string(d) if d else "none" for d in (node.open, node.close))
        gaps = "row-gap: #0.5em, column-gap: #" + ("0pt" if node.style == "display" else "0.9em")
        rules = f"augment: #(vline: ({', '.join(map(str, node.rules))},)), " if node.rules else ""
        return f"mat(delim: #({delimiters}), {gaps}, {rules}{'; '.join(lines)})"

    def _cell(self, style: str, cell: nodes.Row, align: str) -> str:
        # In a column that touches its left neighbour a leading relation keeps its space.
        body = ('"" ' if style == "display" and align == "l" else "") + self.put(cell)
        body = {"text": "inline({})", "display": "display({})", "script": "{}"}[style].format(body)
        return {"l": f"& {body}", "r": f"{body} &", "c": body}[align]


def _call(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(arguments)})"


def _escape(char: str) -> str:
    syntax = char in _BRACKETS or (char.isascii() and not char.isalnum())
    return f"\\{char}" if char and syntax else char


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text) or (isinstance(node, nodes.Styled) and _is_text(node.body))


def _is_delimiter(items: tuple[nodes.Node, ...]) -> bool:
    return bool(items) and isinstance(items[0], nodes.Symbol) and items[0].char in "()[]{}|‖⟨⟩⌊⌋⌈⌉"
