r"""Threshold neurons on binary inputs: what one of them computes, and what none can.

A neuron fires when w^T x + b > 0. Inputs run through 00, 01, 10, 11 and so on; a truth table is the
text of the outputs in that order. Reference: Rosenblatt (1958), "The perceptron"; Minsky and Papert
(1969), "Perceptrons"; Winder (1962), "Threshold logic", for the test of summability.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations_with_replacement, product
from operator import mul
from typing import Any

from partialcredit.solvers.backprop import affine, leaky_relu, transpose

__all__ = [
    "bias_interval", "computed", "firing", "inputs", "learned", "network_scores", "scores",
    "separable",
]  # fmt: skip

Vector = Sequence[Any]


def inputs(n: int) -> tuple[tuple[int, ...], ...]:
    """All binary inputs in the order of counting.

    >>> inputs(2)
    ((0, 0), (0, 1), (1, 0), (1, 1))
    """
    return tuple(product((0, 1), repeat=n))


def scores(w: Vector) -> tuple[Any, ...]:
    """The values w^T x at all binary inputs.

    >>> scores((1, 2))
    (0, 2, 1, 3)
    """
    return affine(inputs(len(w)), w)


def firing(scores: Vector, b: Any) -> tuple[int, ...]:
    """Where a neuron with bias b fires: 1 where the score plus b is above 0.

    >>> firing((0, 1, 1, 2), -1)
    (0, 0, 0, 1)
    """
    return tuple(int(score + b > 0) for score in scores)


def bias_interval(scores: Vector, table: Sequence[int]) -> tuple[Any, Any]:
    """The b for which a neuron fires exactly where the table has a 1: low < b <= high.

    Raises ValueError when there is none.

    >>> bias_interval((0, 1, 1, 2), (0, 0, 0, 1))
    (-2, -1)
    """
    on = [score for score, fires in zip(scores, table, strict=True) if fires]
    off = [score for score, fires in zip(scores, table, strict=True) if not fires]
    if min(on) <= max(off):
        raise ValueError(f"no bias parts the scores {on} from {off}")
    return -min(on), -max(off)


@cache
def separable(table: str) -> bool:
    """Whether one neuron can compute a Boolean function of at most three inputs.

    It can unless two inputs with output 1 have the same sum, component by component, as two with
    output 0: adding their inequalities would contradict itself.

    >>> separable("0001"), separable("0110")
    (True, False)
    """
    groups: dict[str, list[tuple[int, ...]]] = {"0": [], "1": []}
    for x, output in zip(inputs(len(table).bit_length() - 1), table, strict=True):
        groups[output].append(x)
    off, on = (
        {tuple(map(sum, zip(*pair, strict=True))) for pair in combinations_with_replacement(xs, 2)}
        for xs in groups.values()
    )
    return not off & on


def computed(neuron: Vector) -> str:
    """The truth table of a neuron, which is given by its weights and then its bias.

    >>> computed((1, 1, -1))
    '0001'
    """
    *w, b = neuron
    return "".join(map(str, firing(scores(w), b)))


@cache
def learned(table: str) -> tuple[int, ...]:
    """Weights and bias that Rosenblatt's rule finds for a table: from zero, whole numbers.

    At every input with a wrong output t' the rule adds (t - t') x to w and t - t' to b, over and
    over. Raises ValueError for a table that is not separable, where it would go on for ever.

    >>> learned("0001")
    (2, 1, -2)
    """
    if not separable(table):
        raise ValueError(f"no neuron computes {table}")
    n = len(table).bit_length() - 1
    neuron = [0] * (n + 1)
    while computed(neuron) != table:
        for x, wanted in zip(inputs(n), table, strict=True):
            extended = (*x, 1)
            error = int(wanted) - firing((sum(map(mul, neuron, extended)),), 0)[0]
            neuron = [
                weight + error * entry for weight, entry in zip(neuron, extended, strict=True)
            ]
    return tuple(neuron)


def network_scores(W: Sequence[Vector], c: Vector, v: Vector) -> tuple[Any, ...]:
    """The values v^T ReLU(W x + c) at all binary inputs.

    >>> network_scores(((1, 1), (1, 1)), (0, -1), (1, -2))
    (0, 1, 1, 0)
    """
    hidden = [tuple(map(leaky_relu, affine(W, x, c))) for x in inputs(len(transpose(W)))]
    return affine(hidden, v)
