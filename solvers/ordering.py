"""Orders of steps under dependencies: the linear extensions of a partial order.

Reference: Kahn (1962), "Topological sorting of large networks".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

__all__ = ["covers", "orders", "restricted", "with_one_reversed"]

Pairs = frozenset[tuple[int, int]]


def restricted(needs: Mapping[int, Collection[int]], kept: Sequence[int]) -> Pairs:
    """What must come before what among the steps kept, as pairs of places in ``kept``.

    ``needs`` maps a step to the steps it needs directly; what they need in turn counts, too.

    >>> sorted(restricted({0: (), 1: (0,), 2: (1,)}, (2, 0)))
    [(1, 0)]
    """

    def all_needed(step: int) -> set[int]:
        return set(needs[step]).union(*(all_needed(before) for before in needs[step]))

    place = {step: i for i, step in enumerate(kept)}
    return frozenset(
        (place[before], place[step])
        for step in kept
        for before in all_needed(step)
        if before in place
    )


def orders(steps: int, before: Pairs) -> frozenset[tuple[int, ...]]:
    """All orders of steps 0 to ``steps`` - 1 in which a stands before b for each pair (a, b).

    A step may come next when nothing left has to come before it.

    >>> sorted(orders(3, frozenset({(0, 2), (1, 2)})))
    [(0, 1, 2), (1, 0, 2)]
    """

    def extended(done: tuple[int, ...], left: frozenset[int]) -> list[tuple[int, ...]]:
        if not left:
            return [done]
        blocked = {b for a, b in before if a in left}
        return [
            order
            for step in sorted(left - blocked)
            for order in extended((*done, step), left - {step})
        ]

    return frozenset(extended((), frozenset(range(steps))))


def covers(before: Pairs) -> Pairs:
    """The pairs of a transitive relation that no third step lies between.

    >>> sorted(covers(frozenset({(0, 1), (1, 2), (0, 2)})))
    [(0, 1), (1, 2)]
    """
    return frozenset(
        (a, b)
        for a, b in before
        if not any((a, c) in before and (c, b) in before for _, c in before)
    )


def with_one_reversed(
    steps: int, before: Pairs, faults: Collection[tuple[int, int]]
) -> frozenset[tuple[int, ...]]:
    """The orders that break exactly one pair, and that one is among ``faults``.

    Only a pair with nothing between it can be broken alone.

    >>> sorted(with_one_reversed(3, frozenset({(0, 1), (0, 2)}), [(0, 1)]))
    [(1, 0, 2)]
    """
    found: frozenset[tuple[int, ...]] = frozenset()
    for a, b in covers(before) & frozenset(faults):
        found |= orders(steps, before ^ {(a, b), (b, a)})
    return found
