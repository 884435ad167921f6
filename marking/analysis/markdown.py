"""A report as Markdown with its figures beside it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from partialcredit.marking.analysis.tables import Block, Drawing, Heading, Say, Table
from partialcredit.marking.report.markdown import shown
from partialcredit.writers.drawing.svg import draw

__all__ = ["files"]


def files(title: str, blocks: Sequence[Block], name: str) -> dict[str, bytes]:
    """The text and its drawings, ``STEM-figures/N.svg``."""
    plots = [block.plot for block in blocks if isinstance(block, Drawing)]
    folder = f"{PurePath(name).stem}-figures"
    drawings = {f"{folder}/{n + 1}.svg": svg for n, svg in enumerate(draw(tuple(plots)))}
    links = iter(
        f"![{shown(plot.alt)}]({quote(path)})" for plot, path in zip(plots, drawings, strict=True)
    )
    told = [f"# {shown(title)}"]
    told += [next(links) if isinstance(block, Drawing) else _block(block) for block in blocks]
    text = "\n\n".join(told) + "\n"
    return {name: text.encode("utf-8", "replace"), **drawings}


def _block(block: Heading | Say | Table) -> str:
    match block:
        case Heading(text):
            return f"## {shown(text)}"
        case Say(text):
            return shown(text)
        case Table(columns, _):
            head = _row([column.head for column in columns])
            rule = "|".join("---:" if column.numeric else "---" for column in columns)
            return "\n".join([head, f"|{rule}|", *map(_row, block.texts())])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(shown, cells))} |"
