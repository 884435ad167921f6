"""Problem text to HTML with MathML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from partialcredit.writers.mathematics import to_mathml
from partialcredit.writers.prose.reader import figure_number, read, refuse

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["print_html"]


def print_html(text: str, figures: tuple[str, ...] = ()) -> str:
    """Problem text as HTML; ``figures`` are the drawings that ``figure:N`` refers to.

    Raises:
        FamilyError: a construct outside the subset, or an unknown figure.
        MathError: mathematics outside the allow-list.

    """
    return _Printer(figures).children(read(text)).strip()


class _Printer:
    def __init__(self, figures: tuple[str, ...]) -> None:
        self.figures = figures

    def children(self, node: SyntaxTreeNode) -> str:
        return "".join(self.put(child) for child in node.children)

    def put(self, node: SyntaxTreeNode) -> str:
        if node.type == "inline":
            return self.children(node)
        if node.type in _TAGS:
            tag = _TAGS[node.type]
            return f"<{tag}>{self.children(node)}</{tag}>\n"[: None if node.block else -1]
        if node.type in _PRINTERS:
            return _PRINTERS[node.type](self, node)
        raise refuse(node)

    def paragraph(self, node: SyntaxTreeNode) -> str:
        inside = self.children(node)
        return f"{inside}\n" if node.hidden or _is_figure(node) else f"<p>{inside}</p>\n"

    def ordered(self, node: SyntaxTreeNode) -> str:
        start = int(node.attrs.get("start", 1))
        return f'<ol start="{start}">\n{self.children(node)}</ol>\n'

    def table(self, node: SyntaxTreeNode) -> str:
        return f'<div class="wide"><table>{self.children(node)}</table></div>\n'

    def cell(self, node: SyntaxTreeNode) -> str:
        style = f' style="{escape(str(node.attrs["style"]))}"' if "style" in node.attrs else ""
        return f"<{node.type}{style}>{self.children(node)}</{node.type}>"

    def image(self, node: SyntaxTreeNode) -> str:
        return self.figures[figure_number(node, len(self.figures))]


def _is_figure(node: SyntaxTreeNode) -> bool:
    inline = node.children[0].children if node.children else []
    return len(inline) == 1 and inline[0].type == "image"


_TAGS = {
    "strong": "strong",
    "em": "em",
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "list_item": "li",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
}

_PRINTERS: dict[str, Callable[[_Printer, SyntaxTreeNode], str]] = {
    "text": lambda _, node: escape(node.content, quote=False),
    "text_special": lambda _, node: escape(node.content, quote=False),
    "softbreak": lambda _, __: "\n",
    "hardbreak": lambda _, __: "<br>\n",
    "code_inline": lambda _, node: f"<code>{escape(node.content)}</code>",
    "fence": lambda _, node: f"<pre><code>{escape(node.content)}</code></pre>\n",
    "math_inline": lambda _, node: to_mathml(node.content),
    "math_inline_double": lambda _, node: to_mathml(node.content, display=True),
    "math_block": lambda _, node: to_mathml(node.content, display=True) + "\n",
    "paragraph": _Printer.paragraph,
    "ordered_list": _Printer.ordered,
    "table": _Printer.table,
    "image": _Printer.image,
    "th": _Printer.cell,
    "td": _Printer.cell,
}
