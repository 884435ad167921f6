r"""What training keeps in memory, in bytes a parameter, and what recomputation saves.

Weights and gradients take 4 bytes each in 32-bit numbers, and so does every moment. In mixed
precision they take 2, and a 32-bit copy of the weights and two moments take 12 more.
Reference: Rajbhandari et al. (2020), "ZeRO", sections 3.1 and 5; Micikevicius et al. (2018), "Mixed
precision training", section 3; Chen, Xu, Zhang and Guestrin (2016), "Training deep nets with
sublinear memory cost", section 4. Warning: some libraries keep 32-bit gradients in mixed precision,
which makes 18 bytes of 16.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.rationals import Rational, floor, rational

__all__ = [
    "MIXED",
    "checkpointed",
    "frozen",
    "largest_batch",
    "recomputed",
    "sharded",
    "single_precision",
]

#: Bytes of weights, of gradients, and of the optimizer's state with Adam in mixed precision.
MIXED = (2, 2, 12)


def single_precision(parameters: Any, moments: int) -> Any:
    """Bytes for weights, gradients and as many moments in 32-bit numbers.

    >>> single_precision(3, 2)
    48
    """
    return 4 * parameters * (2 + moments)


def frozen(trained: Any, still: Any, moments: int) -> Any:
    """The same when some parameters are frozen: they have neither gradient nor moments.

    >>> frozen(1, 2, 2)
    24
    """
    return single_precision(trained, moments) + 4 * still


def largest_batch(memory: Rational, states: Rational, each: Rational) -> int:
    """The examples whose activations fit beside the states.

    >>> largest_batch(rational(24), rational(12), rational("0.5"))
    24
    """
    return floor((memory - states) / each)


def sharded(parameters: Rational, devices: int, stage: int) -> Rational:
    """Bytes on each device when Adam's state (stage 1), gradients (2) and weights (3) are shared.

    >>> [float(sharded(rational("7.5"), 64, stage)) for stage in (1, 2, 3)]
    [31.40625, 16.640625, 1.875]
    """
    weights, gradients, state = MIXED
    kept = weights * (stage < 3) + gradients * (stage < 2)
    shared = weights + gradients + state - kept
    return parameters * (kept + rational(shared, devices))


def checkpointed(layers: int, segments: int) -> int:
    """Layer outputs held at the peak: the inputs of the segments, and one segment in full.

    >>> checkpointed(64, 4)
    20
    """
    return segments + layers // segments


def recomputed(backward: Rational) -> Rational:
    """By which factor one more forward pass makes a step dearer, if backward costs b forwards.

    >>> recomputed(rational(2))
    4/3
    """
    return (2 + backward) / (1 + backward)
