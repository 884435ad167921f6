"""HTML: well-formed, self-contained, escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from partialcredit import writers
from partialcredit.paper import Head
from tests.writers.sample import paper


class Balance(HTMLParser):
    """Raises where an element is closed out of turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.add(tag)
        if tag not in {"meta", "br", "input"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("view", ["paper", "solutions", "key"])
def test_it_is_well_formed_and_asks_nothing_of_a_network(view: writers.View) -> None:
    page = writers.render(paper, ".html", view=view).decode()
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert ("details" in balance.seen) == (view != "paper")
    without_namespaces = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert "http" not in without_namespaces
    assert "<script" not in page


def test_user_text_is_escaped() -> None:
    title = "<script>alert(1)</script> & co"
    problem = replace(paper.problems[2], title=title)
    page = writers.render(replace(paper, head=Head(title), problems=(problem,)), ".html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page


def test_figures_are_inline_and_described() -> None:
    page = writers.render(paper, ".html").decode()
    assert page.count("<svg ") == sum(len(problem.figures) for problem in paper.problems)
    assert 'aria-label="A graph: q = x + y' in page
