"""What it costs to multiply the Jacobians of a chain of functions.

``widths`` are the sizes n_0, ..., n_L of the chain's values, the input first; the Jacobian of step
l is n_l x n_(l-1), and a product of p x q and q x r matrices takes p q r multiplications.
Reference: Griewank and Walther (2008), "Evaluating Derivatives", sections 3.2 and 10.2; Baydin et
al. (2018), "Automatic differentiation in machine learning: a survey", section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod

__all__ = ["best_order", "forward_cost", "reverse_cost"]


def reverse_cost(widths: Sequence[int]) -> int:
    """Multiplications when the products are formed from the output's side.

    The row block on the left always has n_L rows. Warning: in the order of the formula,
    J_L ... J_1, this is from left to right.

    >>> reverse_cost([100, 100, 100, 100, 100, 1])
    40000
    """
    return widths[-1] * sum(n * m for n, m in pairwise(widths[:-1]))


def forward_cost(widths: Sequence[int]) -> int:
    """Multiplications when the products are formed from the input's side.

    >>> forward_cost([100, 100, 100, 100, 100, 1])
    3010000
    """
    return widths[0] * sum(n * m for n, m in pairwise(widths[1:]))


def best_order(
    widths: Sequence[int], names: Sequence[str]
) -> tuple[int, str, tuple[tuple[int, int, int], ...]]:
    """The cheapest order: its multiplications, how it is written, and the sizes of its products.

    ``names`` are those of the Jacobians, the one at the input first.

    >>> best_order([10, 1, 10, 1], ["A", "B", "C"])
    (20, '((C B) A)', ((1, 10, 1), (10, 1, 1)))
    """
    if len(names) < 2:
        return 0, names[0], ()
    found = []
    for k in range(1, len(names)):
        above, left, after = best_order(widths[k:], names[k:])
        below, right, before = best_order(widths[: k + 1], names[:k])
        sizes = widths[0], widths[k], widths[-1]
        found.append((above + below + prod(sizes), f"({left} {right})", (*before, *after, sizes)))
    return min(found)
