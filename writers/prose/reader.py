"""Problem text as a syntax tree; what the printers cannot print alike is an error."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from partialcredit.errors import FamilyError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

__all__ = ["figure_number", "read", "refuse"]

_SCHEME = "figure:"


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    # Raw HTML is recognised, to be refused: printed as text it would differ from GitHub's page.
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Escapes stay apart from text, so that a dollar without a partner can be told from "\\$".
    reader.disable("text_join")
    reader.use(dollarmath_plugin, allow_labels=False, double_inline=True)
    return reader


@lru_cache(maxsize=1024)
def read(text: str) -> SyntaxTreeNode:
    """Parse problem text: CommonMark with tables, ``$...$`` and ``$$...$$``."""
    from markdown_it.tree import SyntaxTreeNode

    tree = SyntaxTreeNode(_markdown().parse(text))
    for node in tree.walk():
        if node.type == "text" and "$" in node.content:
            raise FamilyError(
                f"a dollar sign opens no mathematics in {node.content!r}: write '\\$' for a "
                "dollar; mathematics has no space just inside its dollars, no digit after them, no "
                "line that starts like a list ('+ '), and no '|' in a table"
            )
    return tree


def refuse(node: SyntaxTreeNode) -> FamilyError:
    """The error for a construct that no printer knows."""
    shown = (node.content if node.type != "root" else "") or node.type
    return FamilyError(
        f"problem text cannot hold {node.type.replace('_', ' ')} ({shown[:60]!r}); "
        "use paragraphs, emphasis, lists, tables, code and mathematics"
    )


def figure_number(node: SyntaxTreeNode, count: int) -> int:
    """The figure an image refers to, as ``figure:N`` with N below ``count``."""
    target = str(node.attrs.get("src", ""))
    number = target.removeprefix(_SCHEME)
    if target.startswith(_SCHEME) and number.isdecimal() and int(number) < count:
        return int(number)
    raise FamilyError(f"an image is one of the problem's {count} figures, not {target!r}")
