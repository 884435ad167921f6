"""Sizes of what windows slide over: convolution and pooling.

One axis at a time, sizes in pixels. Reference: Dumoulin and Visin (2016), "A guide to convolution
arithmetic for deep learning", relationships 5 and 6.
"""

from __future__ import annotations

__all__ = ["fits", "output_size"]


def output_size(
    size: int, kernel_size: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    r"""Output size of a window sliding along one axis.

    .. math:: \lfloor (W + 2P - D(F - 1) - 1) / S \rfloor + 1

    Warning: some notes print (W - F + 1 + 2P)/S, which is another number whenever S > 1.

    >>> output_size(227, 11, stride=4)
    55
    """
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def fits(size: int, kernel_size: int, *, stride: int = 1, padding: int = 0) -> bool:
    """Whether the windows end exactly at the padded edge.

    >>> fits(227, 11, stride=4), fits(224, 11, stride=4)
    (True, False)
    """
    return (size + 2 * padding - kernel_size) % stride == 0
