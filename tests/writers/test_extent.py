"""What the estimate keeps together fits on a page; what is longer may break."""

from __future__ import annotations

import re

import pytest

from partialcredit import writers
from partialcredit.figures import Grid
from partialcredit.paper import Head, Paper
from partialcredit.writers.extent import KEPT, keeps, lines
from tests.writers.sample import DENSE_GRAPH, PATHS, part, problem

PAGE = 48


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("word " * 220, 10),
        ("\n".join(["- item"] * 8), 8),
        ("$$\n\\begin{pmatrix} " + r"1 \\ " * 5 + "\\end{pmatrix}\n$$", 9),
        ("![a](figure:0)", 9),
    ],
)
def test_heights_are_about_right(text: str, height: float) -> None:
    assert height / 1.5 <= lines(text, (DENSE_GRAPH,)) <= height * 1.5


def test_a_tall_grid_counts_its_rows() -> None:
    assert lines("![a](figure:0)", (Grid("a", (("1",),) * 20),)) > KEPT


def test_a_plot_counts_its_frame() -> None:
    assert 9 <= lines("![a](figure:0)", (PATHS,)) <= 12


def test_what_is_kept_is_half_a_page_at_most() -> None:
    assert keeps(PAGE / 2) == "true"
    assert keeps(PAGE / 2 + 1) == "false"


def test_a_long_problem_breaks_across_pages() -> None:
    asked = part("1a", "real", "A prompt.\n\n" * 60, "1", "A line.\n\n" * 80)
    long = Paper(
        Head("t"), (problem(1, "p", "Words and words.\n\n" * 90, asked),), seed=1, level="easy"
    )
    pages = re.search(rb"/Type/Pages/Count (\d+)", writers.render(long, ".pdf", view="solutions"))
    assert pages is not None
    assert int(pages[1]) >= 4
