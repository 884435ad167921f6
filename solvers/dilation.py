"""Dilated convolution: what it spans, and how fast its receptive field grows.

Reference: Yu and Koltun (2016), "Multi-scale context aggregation by dilated convolutions", section
2; van den Oord et al. (2016), "WaveNet", section 2.1. Warning: some notes count D F entries for a
dilated kernel; its last weight has no gap behind it.
"""

from __future__ import annotations

from typing import Any

from partialcredit.solvers.receptive import layers_needed

__all__ = ["doubling_field", "doubling_layers", "span"]


def span(kernel_size: int, dilation: int) -> int:
    """Entries from the first to the last weight of a dilated kernel, D(F - 1) + 1.

    >>> span(3, 2)
    5
    """
    return dilation * (kernel_size - 1) + 1


def doubling_field(k: Any, n: Any) -> Any:
    r"""Receptive field of n layers with dilations 1, 2, 4, ..., :math:`1 + (k - 1)(2^n - 1)`.

    Stride 1; takes symbols, too.

    >>> doubling_field(2, 10)
    1024
    """
    return 1 + (k - 1) * (2**n - 1)


def doubling_layers(target: int, kernel_size: int) -> int:
    """Layers until this receptive field is at least ``target`` wide.

    Without dilation q layers would be needed; the dilations must add up to q at least.

    >>> doubling_layers(1000, 2)
    10
    """
    return layers_needed(target, kernel_size).bit_length()
