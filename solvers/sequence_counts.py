r"""Parameters, shapes and stored numbers of recurrent layers.

Reference: torch.nn.LSTM (``weight_ih`` (4h, l), ``weight_hh`` (4h, h) and two biases); textbooks
have one bias (Goodfellow, Bengio and Courville 2016, section 10.2). Greff et al. (2017) count
peepholes as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot

__all__ = [
    "dense",
    "padding",
    "recurrent",
    "token_mean",
    "windows",
]


def recurrent(inputs: Any, units: Any, gates: Any, biases: Any) -> Any:
    """Parameters of one recurrent layer: every gate of a unit reads inputs and states.

    ``gates`` is 1 for a plain network, 3 for a GRU and 4 for an LSTM; ``biases`` are those of a
    gate of a unit.

    >>> recurrent(3, 4, 1, 1), recurrent(10, 20, 4, 2)
    (32, 2560)
    """
    return gates * units * (inputs + units + biases)


def dense(inputs: int, outputs: int) -> int:
    """Parameters of a linear layer with biases.

    >>> dense(4, 2)
    10
    """
    return outputs * (inputs + 1)


def padding(lengths: Sequence[int]) -> int:
    """How many places of a batch are padding when all are as long as the longest.

    >>> padding((5, 3, 8, 4))
    12
    """
    return len(lengths) * max(lengths) - sum(lengths)


def token_mean(lengths: Sequence[int], means: Sequence[Number]) -> Number:
    """The mean over all tokens, from the mean of every sequence.

    >>> token_mean((1, 3), (5, 1))
    2
    """
    total: Number = rational(1, sum(lengths)) * dot(lengths, means)
    return total


def windows(steps: int, length: int) -> int:
    """How many windows of at most ``length`` steps a sequence is cut into.

    >>> windows(50, 8), windows(48, 8)
    (7, 6)
    """
    return -(-steps // length)
