"""Hyperparameters of a window that give an output size asked for, along one axis.

Reference: Dumoulin and Visin (2016), relationships 3 and 6, solved for one of their letters.
Warning: notes that print P = (F - 1)/2 mean stride 1 and an odd window.
"""

from __future__ import annotations

from collections.abc import Iterable

from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "exact_strides",
    "kernel_for",
    "padding_for",
    "same_padding",
    "smallest_input",
    "strides_for",
]


def same_padding(kernel_size: int, *, dilation: int = 1) -> Rational:
    """Zeros on every side that keep the size with stride 1, D(F - 1)/2; a half is impossible.

    >>> same_padding(7), same_padding(4)
    (3, 3/2)
    """
    return rational(dilation * (kernel_size - 1), 2)


def padding_for(size: int, kernel_size: int, target: int) -> Rational:
    """Zeros on every side for an output of ``target`` with stride 1.

    >>> padding_for(28, 5, 28)
    2
    """
    return rational(target - size + kernel_size - 1, 2)


def kernel_for(size: int, target: int, *, padding: int) -> int:
    """The window for an output of ``target`` with stride 1.

    >>> kernel_for(32, 28, padding=0)
    5
    """
    return size + 2 * padding - target + 1


def strides_for(size: int, kernel_size: int, target: int, *, padding: int) -> frozenset[int]:
    r"""All strides that give an output of ``target`` (at least 2), what is left over dropped.

    The spare n = W + 2P - F must satisfy :math:`\lfloor n / S \rfloor = O - 1`.

    >>> strides_for(32, 3, 4, padding=1)
    frozenset({8, 9, 10})
    """
    spare = size + 2 * padding - kernel_size
    return frozenset(range(spare // target + 1, spare // (target - 1) + 1))


def exact_strides(size: int, kernel_size: int, strides: Iterable[int]) -> frozenset[int]:
    """Those of some strides with which the windows end at the edge, without padding.

    >>> sorted(exact_strides(227, 11, [1, 2, 4, 5, 7]))
    [1, 2, 4]
    """
    spare = size - kernel_size
    return frozenset(s for s in strides if spare % s == 0)


def smallest_input(target: int, kernel_size: int, *, stride: int, padding: int) -> int:
    """The smallest input with an output of ``target``; the S - 1 next ones give the same.

    >>> smallest_input(55, 11, stride=4, padding=0)
    227
    """
    return (target - 1) * stride + kernel_size - 2 * padding
