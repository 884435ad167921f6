"""Costs of Jacobian products: against loops that multiply, and every order tried."""

from __future__ import annotations

from itertools import permutations

import pytest

from partialcredit.solvers import autodiff

CHAINS = [(3, 5, 2, 4), (6, 1, 7, 2, 5), (2, 9, 9, 1)]


def multiplied(p: int, q: int, r: int) -> int:
    return sum(1 for _i in range(p) for _j in range(q) for _k in range(r))


def formed(widths: tuple[int, ...], order: tuple[int, ...]) -> int:
    """Remove the inner sizes one after the other, as products do."""
    left, total = list(enumerate(widths)), 0
    for removed in order:
        place = next(i for i, (name, _size) in enumerate(left) if name == removed)
        total += multiplied(*(size for _name, size in left[place - 1 : place + 2]))
        del left[place]
    return total


@pytest.mark.parametrize("widths", CHAINS)
def test_the_modes_form_the_product_from_one_side(widths: tuple[int, ...]) -> None:
    inner = tuple(range(1, len(widths) - 1))
    assert autodiff.forward_cost(widths) == formed(widths, inner)
    assert autodiff.reverse_cost(widths) == formed(widths, inner[::-1])


@pytest.mark.parametrize("widths", CHAINS)
def test_no_order_is_cheaper_than_the_best(widths: tuple[int, ...]) -> None:
    names = [f"J{i}" for i in range(1, len(widths))]
    cost, written, sizes = autodiff.best_order(widths, names)
    assert cost == min(formed(widths, order) for order in permutations(range(1, len(widths) - 1)))
    assert cost == sum(multiplied(*size) for size in sizes)
    assert [written.count(name) for name in names] == [1] * len(names)
