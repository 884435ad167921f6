"""Problem text to Typst markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from partialcredit.writers.mathematics import to_typst
from partialcredit.writers.prose.reader import figure_number, read, refuse
from partialcredit.writers.typst_text import markup, string

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["equation", "print_typst"]

# A formula in a line of text breaks after any sign, inside brackets, too: `5(x +` and `3)`. One of
# few symbols, which takes at most a third of a line, is moved to the next line whole instead.
_SYMBOL = re.compile(r"\\[a-zA-Z]+|[^\s{}^_\\]")
_FEW = 24

#: What the words before it belong to.
_LED_TO = ("math_block", "figure", "bullet_list", "ordered_list")


def print_typst(text: str, figures: tuple[str, ...] = (), lead: str = "") -> str:
    """Problem text as Typst markup; ``figures`` are the drawings that ``figure:N`` refers to.

    The markup ``lead`` begins the first paragraph, or stands above a text that begins otherwise.

    Raises:
        FamilyError: a construct outside the subset, or an unknown figure.
        MathError: mathematics outside the allow-list.

    """
    return _Printer(figures, lead).whole(read(text)).strip()


def equation(source: str, *, display: bool = False) -> str:
    """An equation whose alternative text is its TeX source."""
    body = to_typst(source, display=display)
    space = " " if display else ""
    alt = string(" ".join(source.split()) or "empty")
    return f"#equation({alt}, ${space}{body}{space}$);"


class _Printer:
    def __init__(self, figures: tuple[str, ...], lead: str) -> None:
        self.figures = figures
        self.lead = lead

    def whole(self, root: SyntaxTreeNode) -> str:
        """A text's own blocks; the words that lead to a display or a figure stay on its page."""
        printed = [self.put(node) for node in root.children]
        kinds = [
            "figure" if text.startswith("#picture(") else node.type
            for text, node in zip(printed, root.children, strict=True)
        ]
        if kinds[:1] == ["paragraph"]:
            printed[0] = self.lead + printed[0]
        elif self.lead:
            printed, kinds = [self.lead, *printed], ["paragraph", *kinds]
        for i, (kind, after) in enumerate(pairwise(kinds)):
            # The first words of a prompt stand on one line with its letter: they are no block.
            if kind == "paragraph" and after in _LED_TO and (i or self.lead):
                printed[i] = f"#block(width: 100%, sticky: true)[{printed[i].strip()}]\n\n"
        return "".join(printed)

    def children(self, node: SyntaxTreeNode) -> str:
        return "".join(self.put(child) for child in node.children)

    def put(self, node: SyntaxTreeNode) -> str:
        if node.type in _INLINE:
            before, after = _INLINE[node.type]
            return f"{before}{self.children(node)}{after}"
        if node.type in _PRINTERS:
            return _PRINTERS[node.type](self, node)
        raise refuse(node)

    def list(self, node: SyntaxTreeNode) -> str:
        items = "".join(f"[{self.children(item).strip()}]" for item in node.children)
        if node.type == "bullet_list":
            return f"#list{items}\n\n"
        return f"#enum(start: {int(node.attrs.get('start', 1))}){items}\n\n"

    def table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        head, *body = ("".join(f"[{self.children(c)}]" for c in row.children) for row in rows)
        align = ", ".join(map(_alignment, rows[0].children))
        cells = f"table.header{head}" + "".join(f", {row}" for row in body).replace("][", "], [")
        return f"#data-table({len(rows[0].children)}, align: ({align},), {cells})\n\n"

    def image(self, node: SyntaxTreeNode) -> str:
        return self.figures[figure_number(node, len(self.figures))]


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "text-align:left")).removeprefix("text-align:")


def _math(display: bool) -> Callable[[_Printer, SyntaxTreeNode], str]:
    def put(_: _Printer, node: SyntaxTreeNode) -> str:
        printed = equation(node.content, display=display)
        if not display and len(_SYMBOL.findall(node.content)) <= _FEW:
            return f"#box[{printed}];"
        return printed + ("\n\n" if node.type == "math_block" else "")

    return put


_INLINE = {
    "inline": ("", ""),
    "paragraph": ("", "\n\n"),
    "strong": ("#strong[", "];"),
    "em": ("#emph[", "];"),
    "blockquote": ("#quote(block: true)[", "]\n\n"),
}

_PRINTERS: dict[str, Callable[[_Printer, SyntaxTreeNode], str]] = {
    "text": lambda _, node: markup(node.content),
    "text_special": lambda _, node: markup(node.content),
    "softbreak": lambda _, __: "\n",
    "hardbreak": lambda _, __: "#linebreak();",
    "code_inline": lambda _, node: f"#raw({string(node.content)});",
    "fence": lambda _, node: f"#raw(block: true, {string(node.content)})\n\n",
    "math_inline": _math(display=False),
    "math_inline_double": _math(display=True),
    "math_block": _math(display=True),
    "image": _Printer.image,
    "bullet_list": _Printer.list,
    "ordered_list": _Printer.list,
    "table": _Printer.table,
}
