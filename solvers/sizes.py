"""Sizes of what windows slide over: convolution and pooling.

Sizes in pixels: of one axis, or a vector of several axes. Reference: Dumoulin and Visin (2016), "A
guide to convolution arithmetic for deep learning", relationships 5, 6 and 15.
"""

from __future__ import annotations

from typing import Any

__all__ = ["fits", "full_size", "left_over", "output_size", "output_size_rounded_up", "repeated"]


def output_size(
    size: Any, kernel_size: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Any:
    r"""Output size of a window sliding along one axis.

    .. math:: \lfloor (W + 2P - D(F - 1) - 1) / S \rfloor + 1

    Warning: some notes print (W - F + 1 + 2P)/S, which is another number whenever S > 1.

    >>> from partialcredit.numbers.vectors import Vector
    >>> output_size(227, 11, stride=4), output_size(Vector((227, 115)), 11, stride=4)
    (55, (55, 27))
    """
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def padding_for(size: int, kernel_size: int, output: int, *, stride: int = 1) -> int:
    """The smallest padding on both sides with which windows have at least ``output`` places.

    The windows must not have that many places without padding.

    >>> padding_for(28, 5, 28), padding_for(28, 3, 15, stride=2)
    (2, 2)
    """
    return -((size - kernel_size - (output - 1) * stride) // 2)


def output_size_rounded_up(size: Any, kernel_size: int, *, stride: int = 1) -> Any:
    r"""Output size when a last window may reach over the edge: ``ceil_mode`` in PyTorch.

    .. math:: \lceil (W - F) / S \rceil + 1

    For pooling without padding and with F >= S; then the last window starts inside the input.
    Warning: some notes shrink 27 to 14 by 2 x 2 pooling with stride 2 while printing the rule that
    rounds down, which gives 13.

    >>> output_size_rounded_up(27, 2, stride=2), output_size(27, 2, stride=2)
    (14, 13)
    """
    return -((kernel_size - size) // stride) + 1


def repeated(size: Any, kernel_size: int, *, stride: int, times: int) -> Any:
    """The size after ``times`` equal layers without padding.

    >>> repeated(32, 2, stride=2, times=3)
    4
    """
    for _ in range(times):
        size = output_size(size, kernel_size, stride=stride)
    return size


def full_size(size: int, kernel_size: int) -> int:
    """Output size when every overlap counts, even of one entry: W + F - 1, with stride 1.

    >>> full_size(5, 3)
    7
    """
    return size + kernel_size - 1


def fits(size: int, kernel_size: int, *, stride: int = 1, padding: int = 0) -> bool:
    """Whether the windows end exactly at the padded edge.

    >>> fits(227, 11, stride=4), fits(224, 11, stride=4)
    (True, False)
    """
    return left_over(size, kernel_size, stride=stride, padding=padding) == 0


def left_over(size: int, kernel_size: int, *, stride: int = 1, padding: int = 0) -> int:
    """How many entries of the padded input lie behind the last window.

    >>> left_over(227, 11, stride=4), left_over(224, 11, stride=4)
    (0, 1)
    """
    return (size + 2 * padding - kernel_size) % stride
