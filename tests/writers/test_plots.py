"""Plots: the same bytes everywhere, round ticks, labels in the frame, drawn in every format."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partialcredit import writers
from partialcredit.figures import Curve, Mark, Plot, figure_from_json, figure_to_json
from partialcredit.paper import Head, Paper
from partialcredit.writers.drawing.axes import HEIGHT, WIDTH, axes
from partialcredit.writers.drawing.svg import draw, sheet
from tests.writers.sample import PATHS, part, problem

numbers = st.floats(-1e3, 1e3)


def test_a_plot_comes_back_from_json() -> None:
    assert figure_from_json(json.loads(json.dumps(figure_to_json(PATHS)))) == PATHS


def test_coordinates_are_rounded() -> None:
    assert Curve(((1 / 3, -1e-9),)).points == ((0.3333, 0.0),)
    assert str(Mark((-1e-9, 2)).at) == "(0.0, 2.0)"


@pytest.mark.parametrize("name", ["p.pdf", "p.html", "p.md"])
def test_every_format_draws_it(name: str) -> None:
    asked = problem(1, "p", "![it](figure:0)", part("1a", "real", "p", "1", ""), figures=[PATHS])
    paper = Paper(Head("t"), (asked,), seed=1, level="easy")
    files = writers.files(paper, name)
    assert files == writers.files(paper, name)
    assert len(files) == (2 if name == "p.md" else 1)


def test_an_area_is_filled() -> None:
    """The same outline as a line has no fill."""
    corners = ((0, 0), (0, 2), (1, 2), (1, 0))
    area, line = (
        draw((Plot("bars", (Curve(corners, style=style),), window=((0, 0), (2, 3))),))[0]
        for style in ("area", "solid")
    )
    assert area.count(b'fill="none"') == line.count(b'fill="none"') - 1


def test_an_unlabelled_point_is_a_plot() -> None:
    asked = problem(
        1,
        "p",
        "![it](figure:0)",
        part("1a", "real", "p", "1", ""),
        figures=[Plot("a point", (), (Mark((0, 0)),))],
    )
    assert writers.render(Paper(Head("t"), (asked,)), ".html")


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=9))
def test_everything_stands_in_the_frame(places: list[tuple[float, float]]) -> None:
    for values in zip(*places, strict=True):
        assume(max(values) - min(values) > 0.01)
    placed = axes(Plot("a", (Curve(tuple(places)),), (Mark(places[0], "P"),)))
    for x, y in (*placed.curves[0], *placed.marks, *placed.names):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    for ticks in (placed.x_ticks, placed.y_ticks):
        texts = [text for _, text in ticks]
        assert 2 <= len(texts) <= 7
        assert len({*texts}) == len(texts)


def test_ticks_are_round() -> None:
    assert [text for _, text in axes(PATHS).x_ticks] == ["-10", "-5", "0", "5", "10"]


def test_a_label_keeps_off_the_curve() -> None:
    below = tuple((i / 10, min(0.0, i / 10)) for i in range(-20, 21))
    plot = Plot("a", (Curve(below),), (Mark((0, 0), r"\theta_0"),), window=((-2, -2), (2, 2)))
    placed = axes(plot)
    assert placed.names[0][1] < placed.marks[0][1]


def test_a_sheet_holds_figures_side_by_side() -> None:
    """One image, as wide as both and with the title; any title is text."""
    one, two = (sheet(title, [PATHS] * count) for title, count in (("a < #b & $c", 1), ("", 2)))
    widths = [ElementTree.fromstring(page).get("width") for page in (draw((PATHS,))[0], one, two)]
    alone, single, double = (float(str(width).removesuffix("pt")) for width in widths)
    assert alone < single < 2 * alone < double
    assert sheet("", [PATHS] * 2) == two
