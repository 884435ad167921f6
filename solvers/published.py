"""Totals of published networks, from the tables of their papers.

References: LeCun et al. (1998), section II.B; Krizhevsky, Sutskever and Hinton (2012), section
3.5; Simonyan and Zisserman (2015), Table 1; Szegedy et al. (2015), Table 1; He et al. (2016), Table
1. Warning: AlexNet has 60,965,224 parameters with its two groups and 62,378,344 without.
"""

from __future__ import annotations

from collections.abc import Iterable

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import counts

__all__ = ["megabytes", "total", "with_classes"]

#: kernel_size, channels read, filters, groups
Convolution = tuple[int, int, int, int]


def total(
    convolutions: Iterable[Convolution], dense: Iterable[tuple[int, int]], *, normalised: bool
) -> int:
    """Parameters of all layers; normalised convolutions have a scale and a shift but no bias.

    >>> total([(5, 1, 6, 1), (5, 6, 16, 1)], [(400, 120), (120, 84), (84, 10)], normalised=False)
    61706
    """
    found = sum(counts.dense_weights(pair) + counts.dense_biases(pair) for pair in dense)
    for kernel_size, channels, filters, groups in convolutions:
        found += counts.conv_parameters(
            kernel_size, channels, filters, bias=not normalised, groups=groups
        )
        found += counts.batchnorm_parameters(filters) if normalised else 0
    return found


def with_classes(known: int, inputs: int, before: int, after: int) -> int:
    """The total when the last layer, which reads ``inputs`` values, gets another number of units.

    >>> with_classes(61706, 84, 10, 20)
    62556
    """
    return known + (inputs + 1) * (after - before)


def megabytes(parameters: int, each: int) -> Rational:
    """Memory in units of a million bytes, for so many bytes per parameter.

    >>> megabytes(61706, 4)
    30853/125000
    """
    return rational(parameters * each, 10**6)
