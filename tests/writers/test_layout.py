"""Graph layout: edges run forwards, nodes keep apart, few edges cross."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.errors import FamilyError
from partialcredit.figures import Graph, Node
from partialcredit.writers.drawing.layout import lay_out
from tests.writers.sample import DENSE_GRAPH, GRAPH, SQUARE


def graph(size: int, edges: list[tuple[int, int]]) -> Graph:
    nodes = tuple(Node(str(i), "x") for i in range(size))
    return Graph("a graph", nodes, tuple((str(a), str(b), "") for a, b in edges))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    size = draw(st.integers(1, 9))
    pairs = [(a, b) for b in range(size) for a in range(b)]
    return graph(size, draw(st.lists(st.sampled_from(pairs), max_size=14)) if pairs else [])


@given(graphs())
def test_edges_run_forwards_and_nodes_keep_apart(drawn: Graph) -> None:
    layout = lay_out(drawn)
    for (source, target, _), bends in zip(drawn.edges, layout.bends, strict=True):
        ranks = [layout.places[source][0], *(x for x, _ in bends), layout.places[target][0]]
        assert ranks == sorted(set(ranks))
    places = list(layout.places.values())
    for i, (x, y) in enumerate(places):
        assert y >= 0
        assert all(abs(y - v) > 0.99 for u, v in places[i + 1 :] if u == x)


@given(graphs())
def test_the_same_graph_lies_the_same(drawn: Graph) -> None:
    assert lay_out(drawn) == lay_out(drawn)


def test_an_avoidable_crossing_is_avoided() -> None:
    crossed = graph(4, [(0, 3), (1, 2)])
    layout = lay_out(crossed)
    upper = layout.places["0"][1] < layout.places["1"][1]
    assert (layout.places["3"][1] < layout.places["2"][1]) == upper


def test_an_input_stands_before_its_first_use() -> None:
    assert lay_out(GRAPH).places["z"][0] == lay_out(GRAPH).places["f"][0] - 1


def test_a_long_edge_passes_every_rank_on_its_way() -> None:
    layout = lay_out(DENSE_GRAPH)
    edge = [(s, t) for s, t, _ in DENSE_GRAPH.edges].index(("a", "m"))
    assert len(layout.bends[edge]) == layout.places["m"][0] - layout.places["a"][0] - 1


def test_two_edges_between_the_same_nodes_bow_apart() -> None:
    first, second, _ = lay_out(SQUARE).bends
    assert first[0][1] < second[0][1]


@pytest.mark.parametrize(
    ("edges", "words"), [([(0, 1), (1, 0)], "cycle"), ([(0, 7)], "joins a node the graph lacks")]
)
def test_a_broken_graph_is_an_error(edges: list[tuple[int, int]], words: str) -> None:
    with pytest.raises(FamilyError, match=words):
        lay_out(graph(2, edges))
