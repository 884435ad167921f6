"""Residual blocks: what the shortcut adds to a gradient, and the paths it opens.

Reference: He, Zhang, Ren and Sun (2016), "Deep residual learning for image recognition", equation
1, and "Identity mappings in deep residual networks", equation 5; Veit, Wilber and Belongie (2016),
"Residual networks behave like ensembles of relatively shallow networks", section 3. Warning: some
notes apply the activation after the sum; here the shortcut is added last.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import Any

from partialcredit.numbers.rationals import Rational
from partialcredit.solvers.backprop import leaky_relu_slope
from partialcredit.solvers.conv_gradients import signal_gradient
from partialcredit.solvers.convolution import Vector, correlate, padded

__all__ = [
    "block_input_gradient",
    "conv_block",
    "gradient_share",
    "input_gradient",
    "jacobian",
    "paths",
    "paths_of_length",
    "plain_slope",
    "preactivation_gradient",
    "residual_slope",
]


def jacobian(W: Sequence[Sequence[Any]], slope: Sequence[Any]) -> tuple[tuple[Any, ...], ...]:
    r"""Jacobian of h' = sigma(W h) + h, the unit matrix plus the one of the layer.

    .. math:: \partial h'/\partial h = I + \mathrm{diag}(\sigma'(z)) W

    ``slope`` holds sigma'(z) of every unit.

    >>> jacobian([[1, 2], [3, 4]], [1, 0])
    ((2, 2), (0, 1))
    """
    return tuple(
        tuple(int(i == j) + s * w for j, w in enumerate(row))
        for i, (row, s) in enumerate(zip(W, slope, strict=True))
    )


def input_gradient(J: Sequence[Sequence[Any]], upstream: Sequence[Any]) -> tuple[Any, ...]:
    """The gradient by the block's input: upstream times Jacobian, J^T g.

    >>> input_gradient([[2, 2], [0, 1]], [1, -1])
    (2, 1)
    """
    return tuple(sum(g * v for g, v in zip(upstream, c, strict=True)) for c in zip(*J, strict=True))


def conv_block(x: Vector, first: Vector, second: Vector) -> tuple[Vector, Vector, Vector]:
    """Padded first convolution, its ReLU, and the second convolution plus the input.

    Both filters have 3 entries, and one zero stands on each end, so lengths stay.

    >>> conv_block((1, 2), (0, 1, 0), (1, 0, 0))
    ((1, 2), (1, 2), (1, 3))
    """
    z = correlate(padded(x, 1, 1), first)
    a = tuple(max(v, 0) for v in z)
    y = correlate(padded(a, 1, 1), second)
    return z, a, tuple(u + v for u, v in zip(y, x, strict=True))


def preactivation_gradient(z: Vector, second: Vector, upstream: Vector) -> Vector:
    """Gradient by the first pre-activation z of :func:`conv_block`.

    >>> preactivation_gradient((1, -2), (1, 0, 0), (3, 5))
    (5, 0)
    """
    back = signal_gradient(second, upstream, len(z) + 2)[1:-1]
    return tuple(d * leaky_relu_slope(v) for d, v in zip(back, z, strict=True))


def block_input_gradient(first: Vector, delta: Vector, upstream: Vector) -> Vector:
    """Gradient by the input of :func:`conv_block`: through the filters, plus the shortcut's.

    ``delta`` is the gradient by the first pre-activation.

    >>> block_input_gradient((0, 1, 0), (5, 0), (3, 5))
    (8, 5)
    """
    through = signal_gradient(first, delta, len(delta) + 2)[1:-1]
    return tuple(t + g for t, g in zip(through, upstream, strict=True))


def paths(blocks: int) -> int:
    """Paths through a stack of residual blocks: each block is entered or bypassed, 2^n.

    >>> paths(3)
    8
    """
    return 2**blocks  # type: ignore[no-any-return]


def paths_of_length(blocks: int, length: int) -> int:
    """Paths that enter exactly ``length`` of the blocks, the binomial coefficient.

    >>> [paths_of_length(3, k) for k in range(4)]
    [1, 3, 3, 1]
    """
    return comb(blocks, length)


def residual_slope(a: Any, n: Any) -> Any:
    """Slope of n blocks h' = h + f(h) with f' = a: (1 + a)^n.

    >>> residual_slope(2, 3)
    27
    """
    return (1 + a) ** n


def plain_slope(a: Any, n: Any) -> Any:
    """Slope of n layers h' = f(h) with f' = a: a^n, the longest path of the residual stack.

    >>> plain_slope(2, 3)
    8
    """
    return a**n


def gradient_share(a: Rational, blocks: int, length: int) -> Rational:
    r"""Share of the slope of a residual stack that paths of one length carry.

    .. math:: \binom{n}{k} a^k / (1 + a)^n

    >>> gradient_share(rational(1, 2), 2, 1)
    4/9
    """
    carried: Rational = paths_of_length(blocks, length) * a**length
    return carried / residual_slope(a, blocks)  # type: ignore[no-any-return]
