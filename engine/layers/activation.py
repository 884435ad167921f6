"""Activations and dropout as layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from partialcredit.engine.functional import activation
from partialcredit.engine.functional.dropout import dropout
from partialcredit.engine.init import generator_of
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor

__all__ = [
    "ELU", "Dropout", "LeakyReLU", "LogSoftmax", "Maxout", "PReLU", "ReLU", "Sigmoid", "Softmax",
    "Softplus", "Tanh",
]  # fmt: skip


class _Elementwise(Module):
    """A function and its constants, as a layer."""

    function: Callable[..., Tensor]

    def __init__(self, **constants: Any) -> None:
        self.constants = constants

    def forward(self, input: Tensor) -> Tensor:
        """Apply the function."""
        return type(self).function(input, **self.constants)

    def extra_repr(self) -> str:
        """The constants."""
        return ", ".join(f"{name}={value}" for name, value in self.constants.items())


class ReLU(_Elementwise):
    """max(x, 0); the derivative at 0 is 0."""

    function = staticmethod(activation.relu)


class Sigmoid(_Elementwise):
    """1 / (1 + e⁻ˣ)."""

    function = staticmethod(activation.sigmoid)


class Tanh(_Elementwise):
    """The hyperbolic tangent."""

    function = staticmethod(activation.tanh)


class LeakyReLU(_Elementwise):
    """x where x > 0, else ``negative_slope`` · x."""

    function = staticmethod(activation.leaky_relu)

    def __init__(self, negative_slope: float = 0.01) -> None:
        super().__init__(negative_slope=negative_slope)


class ELU(_Elementwise):
    """x where x > 0, else ``alpha`` (eˣ - 1)."""

    function = staticmethod(activation.elu)

    def __init__(self, alpha: float = 1.0) -> None:
        super().__init__(alpha=alpha)


class Softplus(_Elementwise):
    """ln(1 + e^(beta x)) / beta."""

    function = staticmethod(activation.softplus)

    def __init__(self, beta: float = 1.0) -> None:
        super().__init__(beta=beta)


class Softmax(_Elementwise):
    """e^(xᵢ) / Σ e^(xⱼ) along ``dim``."""

    function = staticmethod(activation.softmax)

    def __init__(self, dim: int = -1) -> None:
        super().__init__(dim=dim)


class LogSoftmax(_Elementwise):
    """The logarithm of :class:`Softmax`."""

    function = staticmethod(activation.log_softmax)

    def __init__(self, dim: int = -1) -> None:
        super().__init__(dim=dim)


class Maxout(_Elementwise):
    """The maximum of every ``pieces`` neighbouring features. Not in torch."""

    function = staticmethod(activation.maxout)

    def __init__(self, pieces: int = 2) -> None:
        super().__init__(pieces=pieces)


class PReLU(Module):
    """Leaky ReLU whose slopes, one or one per channel, are learned from ``init``."""

    def __init__(
        self, num_parameters: int = 1, init: float = 0.25, dtype: Any = np.float64
    ) -> None:
        self.weight = Parameter(np.full(num_parameters, init, dtype))

    def forward(self, input: Tensor) -> Tensor:
        """The same shape."""
        return activation.prelu(input, self.weight)


class Dropout(Module):
    """In training, drop with probability ``p`` and divide the rest by 1 - ``p``.

    ``p`` is the probability to drop; the notes often mean the probability to keep. Set ``mask``
    (1 keep, 0 drop) to replace the draw.
    """

    def __init__(self, p: float = 0.5, generator: np.random.Generator | int | None = None) -> None:
        self.p = p
        self.generator = generator_of(generator)
        self.mask: Any = None

    def forward(self, input: Tensor) -> Tensor:
        """The same shape."""
        return dropout(input, self.p, self.training, self.mask, self.generator)

    def extra_repr(self) -> str:
        """As torch prints it."""
        return f"p={self.p}"
