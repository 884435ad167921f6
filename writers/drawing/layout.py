"""A layered layout of directed acyclic graphs: left to right, short edges, few crossings.

The steps are Sugiyama's (Sugiyama, Tagawa and Toda, 1981): ranks, places held free for long edges,
an order within each rank by barycentres, and heights that pull neighbours level.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from itertools import islice, pairwise, permutations

from partialcredit.errors import FamilyError
from partialcredit.figures import Graph

__all__ = ["Layout", "Point", "lay_out"]

Point = tuple[float, float]

# A node, or a place an edge passes through: (edge number, rank).
_Spot = str | tuple[int, int]

# The spots before each spot, and those after it.
_Neighbours = tuple[dict[_Spot, list[_Spot]], dict[_Spot, list[_Spot]]]

_STARTS = 24
_SWEEPS = 8
_APART = 1.0
_APART_FROM_EDGE = 0.7
_SPREAD = 0.32


@dataclass(frozen=True, slots=True)
class Layout:
    """Places as (rank, row); ``bends[i]`` are the points edge i passes on its way."""

    places: dict[str, Point]
    bends: tuple[tuple[Point, ...], ...]


@lru_cache(maxsize=256)
def lay_out(graph: Graph) -> Layout:
    """Place every node and route every edge.

    Raises:
        FamilyError: an edge to an unknown node, or a cycle.

    """
    ranks = _ranks(graph)
    links = _links(graph, ranks)
    columns = _ordered(_columns(graph, ranks), links)
    rows = _rows(columns, links)
    places = {node.id: (float(ranks[node.id]), rows[node.id]) for node in graph.nodes}
    return Layout(places, tuple(_bends(graph, ranks, rows, places)))


def _ranks(graph: Graph) -> dict[str, int]:
    before: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    after: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for source, target, _ in graph.edges:
        if source not in before or target not in before:
            raise FamilyError(f"the edge {source!r} to {target!r} joins a node the graph lacks")
        before[target].append(source)
        after[source].append(target)
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError:
        raise FamilyError("a computational graph cannot have a cycle") from None
    ranks: dict[str, int] = {}
    for node in order:
        ranks[node] = max((ranks[source] + 1 for source in before[node]), default=0)
    # An input stands just before its first use, which keeps its edge short.
    for node in order:
        if not before[node] and after[node]:
            ranks[node] = min(ranks[target] for target in after[node]) - 1
    return ranks


def _links(graph: Graph, ranks: dict[str, int]) -> list[tuple[_Spot, _Spot]]:
    links: list[tuple[_Spot, _Spot]] = []
    for number, (source, target, _) in enumerate(graph.edges):
        between = range(ranks[source] + 1, ranks[target])
        chain: list[_Spot] = [source, *((number, rank) for rank in between), target]
        links += pairwise(chain)
    return links


def _columns(graph: Graph, ranks: dict[str, int]) -> list[list[_Spot]]:
    columns: list[list[_Spot]] = [[] for _ in range(max(ranks.values(), default=0) + 1)]
    for node in graph.nodes:
        columns[ranks[node.id]].append(node.id)
    for number, (source, target, _) in enumerate(graph.edges):
        for rank in range(ranks[source] + 1, ranks[target]):
            columns[rank].append((number, rank))
    return columns


def _ordered(columns: list[list[_Spot]], links: list[tuple[_Spot, _Spot]]) -> list[list[_Spot]]:
    """The order with the fewest crossings met while sweeping, from several orders of the inputs."""
    best, fewest = columns, _crossings(columns, links)
    neighbours = _neighbours(links)
    for inputs in islice(permutations(columns[0]), _STARTS):
        order = [list(inputs), *map(list, columns[1:])]
        for sweep in range(_SWEEPS):
            _sweep(order, neighbours, forwards=sweep % 2 == 0)
            crossings = _crossings(order, links)
            if crossings < fewest:
                best, fewest = [list(column) for column in order], crossings
            if fewest == 0:
                return best
    return best


def _sweep(order: list[list[_Spot]], neighbours: _Neighbours, *, forwards: bool) -> None:
    """Sort every column by the mean place of its neighbours in the column before it."""
    side = neighbours[0 if forwards else 1]
    for column in order if forwards else reversed(order):
        place = {spot: i for other in order for i, spot in enumerate(other)}
        middle = {spot: _mean([place[n] for n in side[spot]], place[spot]) for spot in column}
        column.sort(key=middle.__getitem__)


def _neighbours(links: list[tuple[_Spot, _Spot]]) -> _Neighbours:
    before: dict[_Spot, list[_Spot]] = defaultdict(list)
    after: dict[_Spot, list[_Spot]] = defaultdict(list)
    for source, target in links:
        before[target].append(source)
        after[source].append(target)
    return before, after


def _mean(values: list[float] | list[int], default: float) -> float:
    return sum(values) / len(values) if values else default


def _crossings(columns: list[list[_Spot]], links: list[tuple[_Spot, _Spot]]) -> int:
    place = {
        spot: (rank, i) for rank, column in enumerate(columns) for i, spot in enumerate(column)
    }
    ends = sorted((place[source], place[target]) for source, target in links)
    return sum(
        first[0][0] == second[0][0] and first[0][1] < second[0][1] and first[1][1] > second[1][1]
        for i, first in enumerate(ends)
        for second in ends[i + 1 :]
    )


def _rows(columns: list[list[_Spot]], links: list[tuple[_Spot, _Spot]]) -> dict[_Spot, float]:
    """Heights: each spot drawn towards its neighbours' mean, never closer than it may be."""
    before, after = _neighbours(links)
    rows = {s: i - (len(c) - 1) / 2 for c in columns for i, s in enumerate(c)}
    for sweep in range(2 * _SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [_mean([rows[n] for n in before[s] + after[s]], rows[s]) for s in column]
            rows.update(zip(column, _separated(column, wanted), strict=True))
    top = min(rows.values(), default=0.0)
    return {spot: round(row - top, 3) for spot, row in rows.items()}


def _separated(column: list[_Spot], wanted: list[float]) -> list[float]:
    """The rows nearest to the wanted ones (least squares) that keep the order and the distances.

    With the distances taken off, this is isotonic regression: pool adjacent violators.
    """
    offsets = [0.0]
    for upper, lower in pairwise(column):
        both_nodes = isinstance(upper, str) and isinstance(lower, str)
        offsets.append(offsets[-1] + (_APART if both_nodes else _APART_FROM_EDGE))
    pools: list[list[float]] = []
    for row, offset in zip(wanted, offsets, strict=True):
        pools.append([row - offset])
        while len(pools) > 1 and _mean(pools[-2], 0) > _mean(pools[-1], 0):
            pools[-2:] = [pools[-2] + pools[-1]]
    level = [_mean(pool, 0) for pool in pools for _ in pool]
    return [base + offset for base, offset in zip(level, offsets, strict=True)]


def _bends(
    graph: Graph, ranks: dict[str, int], rows: dict[_Spot, float], places: dict[str, Point]
) -> list[tuple[Point, ...]]:
    twins = defaultdict(list)
    for number, (source, target, _) in enumerate(graph.edges):
        twins[source, target].append(number)
    bends = []
    for number, (source, target, _) in enumerate(graph.edges):
        between = range(ranks[source] + 1, ranks[target])
        points = [(float(rank), rows[number, rank]) for rank in between]
        same = twins[source, target]
        if len(same) > 1 and not points:
            # Edges between the same two nodes bow apart.
            middle = (places[source][0] + places[target][0]) / 2
            level = (places[source][1] + places[target][1]) / 2
            points = [(middle, level + (same.index(number) - (len(same) - 1) / 2) * 2 * _SPREAD)]
        bends.append(tuple(points))
    return bends
