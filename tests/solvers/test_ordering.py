"""Orders under dependencies, against a search through all permutations."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import ordering


def needs_of(size: int) -> st.SearchStrategy:
    """Direct needs that run from larger to smaller numbers, and so never in a circle."""
    return st.fixed_dictionaries(
        {
            i: st.frozensets(st.integers(0, i - 1)) if i else st.just(frozenset())
            for i in range(size)
        }
    )


def searched(size: int, pairs: frozenset) -> frozenset:
    return frozenset(
        order
        for order in permutations(range(size))
        if all(order.index(a) < order.index(b) for a, b in pairs)
    )


@given(needs_of(5))
def test_orders_are_all_permutations_that_obey(needs: dict) -> None:
    before = ordering.restricted(needs, range(5))
    direct = frozenset((a, b) for b, some in needs.items() for a in some)
    assert ordering.orders(5, before) == searched(5, direct)


@given(needs_of(5), st.permutations(range(5)), st.integers(1, 5))
def test_leaving_steps_out_keeps_the_order_of_the_rest(
    needs: dict, shuffled: list[int], count: int
) -> None:
    kept = shuffled[:count]
    direct = frozenset((a, b) for b, some in needs.items() for a in some)
    projected = frozenset(
        tuple(kept.index(step) for step in order if step in kept) for order in searched(5, direct)
    )
    assert ordering.orders(count, ordering.restricted(needs, kept)) == projected


@given(needs_of(5))
def test_one_fault_breaks_one_pair(needs: dict) -> None:
    before = ordering.restricted(needs, range(5))
    faulty = ordering.with_one_reversed(5, before, before)
    for order in permutations(range(5)):
        broken = [(a, b) for a, b in before if order.index(a) > order.index(b)]
        assert (order in faulty) == (len(broken) == 1)


@given(needs_of(5))
def test_covers_generate_the_same_orders(needs: dict) -> None:
    before = ordering.restricted(needs, range(5))
    assert searched(5, ordering.covers(before)) == searched(5, before)
