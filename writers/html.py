"""HTML: one file for screen and printer, with MathML and inline drawings, and no network."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from partialcredit.figures import Figure
from partialcredit.paper import NORMAL, Paper, PaperPart, PaperProblem
from partialcredit.writers.drawing.svg import draw
from partialcredit.writers.head import asked, facts, fields, marks_table
from partialcredit.writers.prose.html import print_html
from partialcredit.writers.spaces import box_height, kind_of, working_room
from partialcredit.writers.views import View, heading, letter, one_line, plural

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["picture", "render"]

_SIZES = {"a4": "A4", "letter": "letter"}

#: A drawing is never scaled below this share of its size: its small letters then have 8.5 points.
_SMALLEST = 0.95


def render(paper: Paper, view: View) -> bytes:
    """The paper as one HTML file."""
    page = _template().render(
        title=heading(paper, view),
        facts=facts(paper),
        head=_head(paper, view),
        view=view,
        style=_style(),
        size=_SIZES.get(paper.head.paper, "A4"),
        scale=f"{paper.points / NORMAL:.3g}",
        problems=[_problem(problem, paper, view) for problem in paper.problems],
    )
    return page.encode("utf-8", "replace")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("partialcredit.templates", "documents"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("paper.html.j2")


@cache
def _style() -> str:
    folder = files("partialcredit.templates") / "documents"
    return (folder / "paper.css").read_text(encoding="utf-8")


def _head(paper: Paper, view: View) -> dict[str, Any]:
    head = paper.head
    whole = view == "paper"
    table = marks_table(paper) if whole else []
    return {
        "fields": fields(paper) if whole or view == "sheet" else [],
        "allowed": one_line(head.allowed) if whole else "",
        "instructions": print_html(head.instructions) if whole else "",
        "table": table if head.cover else list(zip(*table, strict=True)),
        "cover": head.cover and whole,
    }


def _problem(problem: PaperProblem, paper: Paper, view: View) -> dict[str, Any]:
    bare = view in ("key", "sheet")
    section = problem.section
    figures = tuple(map(picture, problem.figures, draw(problem.figures)))
    return {
        "number": problem.number,
        "title": one_line(problem.title),
        "marks": plural(problem.marks, "mark"),
        "section": one_line(section.title) if section else "",
        "section_text": print_html(section.text) if section and not bare else "",
        "new_page": problem.new_page and view == "paper",
        "statement": "" if bare else print_html(problem.statement, figures),
        "parts": [_part(part, problem, paper, view, figures) for part in problem.parts],
        "working": working_room(problem) if view == "paper" else 0,
    }


def _part(
    part: PaperPart, problem: PaperProblem, paper: Paper, view: View, figures: tuple[str, ...]
) -> dict[str, Any]:
    solved = part.solution and view in ("solutions", "key")
    return {
        "id": part.id,
        "letter": letter(part),
        "kind": kind_of(part),
        "box": box_height(part, problem),
        "marks": plural(part.marks, "mark"),
        "prompt": print_html(asked(part, paper.head.policy), figures),
        "options": [print_html(option, figures) for option in part.options],
        "key": part.key,
        "solution": print_html(part.solution or "", figures) if solved else "",
    }


def picture(figure: Figure, svg: bytes) -> str:
    """The drawing in a frame; where that is narrow, it scrolls before its letters get too small."""
    width = re.search(r'width="([\d.]+)pt"', svg.decode("utf-8"))
    least = f' style="min-width: {_SMALLEST * float(width[1]):.0f}pt"' if width else ""
    drawing = re.sub(r"^<svg ", f'<svg role="presentation"{least} ', svg.decode("utf-8"))
    return f'<figure role="img" aria-label="{escape(figure.alt)}">{drawing}</figure>'
