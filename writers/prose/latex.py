"""Problem text to LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from partialcredit.writers.latex_text import escaped, verbatim
from partialcredit.writers.mathematics import to_latex
from partialcredit.writers.prose.reader import figure_number, read, refuse

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["print_latex"]


def print_latex(text: str, figures: tuple[str, ...] = ()) -> str:
    """Problem text as LaTeX; ``figures`` is the source of what ``figure:N`` refers to.

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
        if node.type in _AROUND:
            before, after = _AROUND[node.type]
            return f"{before}{self.children(node)}{after}"
        if node.type in _PRINTERS:
            return _PRINTERS[node.type](self, node)
        raise refuse(node)

    def list(self, node: SyntaxTreeNode) -> str:
        items = "".join(f"\\item {self.children(item).strip()}\n" for item in node.children)
        if node.type == "bullet_list":
            return f"\\begin{{itemize}}\n{items}\\end{{itemize}}\n\n"
        first = int(node.attrs.get("start", 1)) - 1
        return (
            f"\\begin{{enumerate}}\n\\setcounter{{\\csname @enumctr\\endcsname}}{{{first}}}\n"
            f"{items}\\end{{enumerate}}\n\n"
        )

    def table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        columns = "".join(map(_alignment, rows[0].children))
        head, *body = (" & ".join(map(self.children, row.children)) + r" \\" for row in rows)
        lines = "\n".join([r"\hline", head, r"\hline", *body, r"\hline"])
        inside = f"\\begin{{tabular}}{{{columns}}}\n{lines}\n\\end{{tabular}}"
        return f"\\begin{{center}}\n{inside}\n\\end{{center}}\n\n"

    def image(self, node: SyntaxTreeNode) -> str:
        return self.figures[figure_number(node, len(self.figures))]

    def code(self, node: SyntaxTreeNode) -> str:
        lines = (verbatim(line) + r"\\" for line in node.content.rstrip("\n").split("\n"))
        inside = "\n".join(lines).removesuffix(r"\\")
        return f"\\begin{{quote}}\\ttfamily\n{inside}\n\\end{{quote}}\n\n"


def _alignment(cell: SyntaxTreeNode) -> str:
    return str(cell.attrs.get("style", "text-align:left")).removeprefix("text-align:")[0]


def _display(_: _Printer, node: SyntaxTreeNode) -> str:
    return f"\\[ {to_latex(node.content).strip()} \\]\n"


_AROUND = {
    "inline": ("", ""),
    "paragraph": ("", "\n\n"),
    "strong": (r"\textbf{", "}"),
    "em": (r"\emph{", "}"),
    "blockquote": ("\\begin{quote}\n", "\\end{quote}\n\n"),
}

_PRINTERS: dict[str, Callable[[_Printer, SyntaxTreeNode], str]] = {
    "text": lambda _, node: escaped(node.content),
    "text_special": lambda _, node: escaped(node.content),
    "softbreak": lambda _, __: "\n",
    "hardbreak": lambda _, __: "\\\\\n",
    "code_inline": lambda _, node: verbatim(node.content),
    "fence": _Printer.code,
    "math_inline": lambda _, node: f"\\({to_latex(node.content)}\\)",
    "math_inline_double": _display,
    "math_block": _display,
    "image": _Printer.image,
    "bullet_list": _Printer.list,
    "ordered_list": _Printer.list,
    "table": _Printer.table,
}
