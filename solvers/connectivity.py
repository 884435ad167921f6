"""Weights and connections of layers: everything connected, neighbourhoods, shared weights.

No biases. Reference: Goodfellow, Bengio and Courville (2016), "Deep Learning", section 9.2;
LeCun et al. (1998), section II.A. Warning: some notes give the size of the neighbourhood for a
locally connected layer; that is the number of weights of one of its units.
"""

from __future__ import annotations

from partialcredit.solvers.sizes import output_size

__all__ = ["full_weights", "local_weights", "shared_weights", "units"]


def full_weights(inputs: int, outputs: int) -> int:
    """Every unit has a weight for every input.

    >>> full_weights(200 * 200, 400_000)
    16000000000
    """
    return inputs * outputs


def local_weights(outputs: int, window: int, channels: int) -> int:
    """Every unit has weights of its own for a window of its input, in all channels.

    >>> local_weights(400_000, 10 * 10, 1)
    40000000
    """
    return outputs * window * channels


def shared_weights(maps: int, window: int, channels: int) -> int:
    """All units of a map share the weights of one window.

    >>> shared_weights(1, 10 * 10, 1)
    100
    """
    return maps * window * channels


def units(side: int, kernel_size: int, maps: int, *, stride: int = 1, padding: int = 0) -> int:
    """Units of a layer whose maps hold one for every window of a square image.

    >>> units(32, 5, 6)
    4704
    """
    along: int = output_size(side, kernel_size, stride=stride, padding=padding)
    return maps * along**2
