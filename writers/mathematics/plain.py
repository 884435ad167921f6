"""Syntax tree to one line of Unicode, for terminals: readable, and typed much like an answer."""

from __future__ import annotations

from collections.abc import Iterator

from partialcredit.writers.mathematics import nodes
from partialcredit.writers.mathematics.printer import Printer

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


def print_plain(row: nodes.Row) -> str:
    """The mathematics on one line; equations below each other keep a line each."""
    return "\n".join(" ".join(line.split()) for line in _Plain().put(row).strip().splitlines())


class _Plain(Printer):
    def _row(self, node: nodes.Row) -> str:
        return "".join(self._spaced(node.items))

    def _spaced(self, items: tuple[nodes.Node, ...]) -> Iterator[str]:
        """Binary signs between operands and relations stand apart; a function from its argument."""
        previous: nodes.Node | None = None
        for item in items:
            if isinstance(item, nodes.Symbol) and (
                item.role == "relation" or _joins(item, previous)
            ):
                yield f" {item.char} "
            elif isinstance(item, nodes.Symbol) and item.role == "punct":
                yield f"{item.char} "
            else:
                apart = (_is_name(previous) and not _opens(item)) or (
                    _is_name(item) and previous is not None and not _is_sign(previous)
                )
                yield (" " if apart else "") + self.put(item)
            previous = item

    def _symbol(self, node: nodes.Symbol) -> str:
        return node.char

    def _number(self, node: nodes.Number) -> str:
        return node.text

    def _text(self, node: nodes.Text) -> str:
        return node.text

    def _operator(self, node: nodes.Operator) -> str:
        return node.name

    def _space(self, node: nodes.Space) -> str:
        return " " if node.em > 0 else ""

    def _delimiter(self, node: nodes.Delimiter) -> str:
        return node.char

    def _group(self, node: nodes.Group) -> str:
        return node.sign.char

    def _fenced(self, node: nodes.Fenced) -> str:
        return f"{node.open}{self.put(node.body)}{node.close}"

    def _scripts(self, node: nodes.Scripts) -> str:
        base = "" if node.base is None else self._grouped(node.base)
        sub = "" if node.sub is None else _script(self.put(node.sub), _LOWERED, "_")
        sup = "" if node.sup is None else _script(self.put(node.sup), _RAISED, "^")
        return f"{base}{'′' * node.primes}{sub}{sup}"

    def _fraction(self, node: nodes.Fraction) -> str:
        over = self._grouped(node.numerator)
        under = self._grouped(node.denominator, tight=True)
        return f"{over}/{under}" if node.bar else f"binom({over}, {under})"

    def _grouped(self, node: nodes.Node, *, tight: bool = False) -> str:
        """A sum or product in brackets; ``tight`` brackets all but one letter or number."""
        text = self.put(node)
        if isinstance(node, nodes.Row) and len(node.items) == 1:
            return self._grouped(node.items[0], tight=tight)
        differential = text.startswith("∂") and text[1:2] != "²"
        loose = isinstance(node, nodes.Row) and (
            (tight and not differential) or any(c in text for c in "+-−=<>≤≥ /")
        )
        return f"({text})" if loose or isinstance(node, nodes.Fraction) else text

    def _root(self, node: nodes.Root) -> str:
        index = "" if node.index is None else _script(self.put(node.index), _RAISED, "^")
        body = self.put(node.radicand)
        return f"{index}√{body}" if len(body) == 1 else f"{index}√({body})"

    def _accent(self, node: nodes.Accent) -> str:
        return f"{self.put(node.body)}{_MARKS[node.name]}"

    def _brace(self, node: nodes.Brace) -> str:
        label = "" if node.label is None else f" [{self.put(node.label)}]"
        return f"{self._grouped(node.body)}{label}"

    def _stack(self, node: nodes.Stack) -> str:
        marks = [self.put(mark) for mark in (node.above, node.below) if mark is not None]
        return f"{self.put(node.base)}[{', '.join(marks)}]"

    def _styled(self, node: nodes.Styled) -> str:
        return self.put(node.body)

    def _table(self, node: nodes.Table) -> str:
        lines = [" ".join(self.put(cell).strip() for cell in cells) for cells in node.rows]
        if node.style == "display":
            return "\n".join(lines)
        closing = node.close or ("" if node.open == "{" else "]")
        return f"{node.open or '['}{'; '.join(lines)}{closing}"


def _joins(sign: nodes.Symbol, previous: nodes.Node | None) -> bool:
    return sign.role == "binary" and previous is not None and not _is_sign(previous)


def _is_sign(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Symbol) and node.role in ("binary", "relation", "open", "punct")


def _is_name(node: nodes.Node | None) -> bool:
    base = node.base if isinstance(node, nodes.Scripts) else node
    return isinstance(base, nodes.Operator) or (
        isinstance(base, nodes.Symbol) and base.role == "big"
    )


def _opens(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Fenced) or (
        isinstance(node, nodes.Symbol) and node.role == "open"
    )


def _script(text: str, alphabet: dict[str, str], sign: str) -> str:
    tight = text.replace(" ", "")
    if all(char in alphabet for char in tight):
        return "".join(alphabet[char] for char in tight)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"
