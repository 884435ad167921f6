"""HTML: one file for screen and printer, with MathML and inline drawings, and no network."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from partialcredit.figures import Figure
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.writers.drawing.svg import draw
from partialcredit.writers.prose.html import print_html
from partialcredit.writers.views import View, facts, heading, letter, one_line, plural

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["picture", "render"]


def render(paper: Paper, view: View) -> bytes:
    """The paper as one HTML file."""
    page = _template().render(
        title=heading(paper, view),
        facts=facts(paper),
        view=view,
        style=_style(),
        problems=[_problem(problem, view) for problem in paper.problems],
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


def _problem(problem: PaperProblem, view: View) -> dict[str, Any]:
    figures = tuple(map(picture, problem.figures, draw(problem.figures)))
    return {
        "number": problem.number,
        "title": one_line(problem.title),
        "marks": plural(problem.marks, "mark"),
        "statement": "" if view == "key" else print_html(problem.statement, figures),
        "parts": [_part(part, view, figures) for part in problem.parts],
    }


def _part(part: PaperPart, view: View, figures: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": part.id,
        "letter": letter(part),
        "kind": "".join(filter(str.isalpha, part.kind.lower())),
        "marks": plural(part.marks, "mark"),
        "prompt": print_html(part.prompt, figures),
        "options": [print_html(option, figures) for option in part.options],
        "key": part.key,
        "solution": print_html(part.solution, figures) if part.solution and view != "paper" else "",
    }


def picture(figure: Figure, svg: bytes) -> str:
    """A drawing in a page, with its alternative text."""
    drawing = re.sub(r"^<svg ", '<svg role="presentation" ', svg.decode("utf-8"))
    return f'<figure role="img" aria-label="{escape(figure.alt)}">{drawing}</figure>'
