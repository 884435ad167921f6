"""A report as PDF."""

from __future__ import annotations

from collections.abc import Sequence

from partialcredit.marking.analysis.tables import Block, Drawing, Heading, Say, Table
from partialcredit.marking.pages import known, typeset
from partialcredit.writers.drawing.typst import picture
from partialcredit.writers.typst_text import markup
from partialcredit.writers.views import one_line

__all__ = ["files"]


def files(title: str, blocks: Sequence[Block], name: str) -> dict[str, bytes]:
    """The file."""
    return {name: typeset(title, "", "\n".join(map(_block, blocks)))}


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"#heading(level: 1)[{markup(one_line(text))}]\n"
        case Say(text):
            return f"{markup(known(one_line(text)))}\n"
        case Table(columns, _):
            align = "".join("right, " if c.numeric else "left, " for c in columns)
            wide = "".join("1fr, " if c.form == "prose" else "auto, " for c in columns)
            head = _cells([column.head for column in columns])
            rows = "".join(map(_cells, block.texts()))
            return f"#wide-table(({wide}), ({align}), ({head}), ({rows}))\n"
        case Drawing(plot):
            return picture(plot)


def _cells(texts: Sequence[str]) -> str:
    return "".join(f"[{markup(known(one_line(text)))}], " for text in texts)
