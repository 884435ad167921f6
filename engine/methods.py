"""What a tensor can do besides arithmetic: functions, reductions and shapes, as methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from partialcredit.engine.tensor import Tensor

__all__ = ["Dims", "Methods"]

Dims = int | tuple[int, ...] | None


class Methods:
    """The named operations of :class:`partialcredit.engine.tensor.Tensor`."""

    __slots__ = ()

    data: Any

    def _apply(self, name: str, *constants: Any) -> Tensor:
        """Run one row of the derivative table on this tensor."""
        raise NotImplementedError

    def exp(self) -> Tensor:
        """eˣ."""
        return self._apply("exp")

    def log(self) -> Tensor:
        """The natural logarithm."""
        return self._apply("log")

    def log1p(self) -> Tensor:
        """ln(1 + x), exact near 0."""
        return self._apply("log1p")

    def expm1(self) -> Tensor:
        """eˣ - 1, exact near 0."""
        return self._apply("expm1")

    def sqrt(self) -> Tensor:
        """The square root."""
        return self._apply("sqrt")

    def sin(self) -> Tensor:
        """The sine."""
        return self._apply("sin")

    def cos(self) -> Tensor:
        """The cosine."""
        return self._apply("cos")

    def tanh(self) -> Tensor:
        """The hyperbolic tangent."""
        return self._apply("tanh")

    def sigmoid(self) -> Tensor:
        """1 / (1 + e⁻ˣ)."""
        return self._apply("sigmoid")

    def relu(self) -> Tensor:
        """max(x, 0), with derivative 0 at 0."""
        return self._apply("relu")

    def softplus(self) -> Tensor:
        """ln(1 + eˣ)."""
        return self._apply("softplus")

    def clamp(self, min: float, max: float) -> Tensor:
        """Limit to [min, max]; the derivative is 1 inside and on the limits."""
        return self._apply("clamp", min, max)

    def sum(self, dim: Dims = None, keepdim: bool = False) -> Tensor:
        """The sum over all elements, or over ``dim``."""
        return self._apply("sum", dim, keepdim)

    def mean(self, dim: Dims = None, keepdim: bool = False) -> Tensor:
        """The mean over all elements, or over ``dim``."""
        return self._apply("mean", dim, keepdim)

    def var(self, dim: Dims = None, correction: int = 1, keepdim: bool = False) -> Tensor:
        """The variance; divides by n - ``correction``, 1 by default as in torch (NumPy: 0)."""
        away: Tensor = self.mean(dim, True) - self
        squares: Tensor = (away * away).sum(dim, keepdim)
        count: int = self.data.size // squares.numel()
        return squares / (count - correction)

    def max(self, dim: int | None = None, keepdim: bool = False) -> Tensor:
        """The maximum over all elements or ``dim``; the first one takes the gradient."""
        return self._pick(np.argmax, dim, keepdim)

    def min(self, dim: int | None = None, keepdim: bool = False) -> Tensor:
        """The minimum over all elements or ``dim``; the first one takes the gradient."""
        return self._pick(np.argmin, dim, keepdim)

    def logsumexp(self, dim: int = -1, keepdim: bool = False) -> Tensor:
        """The logarithm of Σ eˣ along ``dim``, without overflow."""
        return self._apply("logsumexp", dim, keepdim)

    def reshape(self, *shape: Any) -> Tensor:
        """Another shape with as many elements; one length may be -1."""
        return self._apply("reshape", _flat(shape))

    view = reshape

    def flatten(self, start_dim: int = 0) -> Tensor:
        """Join all axes from ``start_dim`` on."""
        return self.reshape(*self.data.shape[:start_dim], -1)

    def permute(self, *dims: Any) -> Tensor:
        """The axes in the order ``dims``."""
        return self._apply("permute", _flat(dims))

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        """Exchange two axes."""
        dims = list(range(self.data.ndim))
        dims[dim0], dims[dim1] = dims[dim1], dims[dim0]
        return self.permute(tuple(dims))

    swapaxes = transpose

    def expand(self, *shape: Any) -> Tensor:
        """Broadcast to ``shape``."""
        return self._apply("expand", _flat(shape))

    def unsqueeze(self, dim: int) -> Tensor:
        """A new axis of length 1 at ``dim``."""
        return self.reshape(np.expand_dims(self.data, dim).shape)

    def squeeze(self, dim: int | None = None) -> Tensor:
        """Without the axes (or the axis ``dim``) of length 1."""
        return self.reshape(np.squeeze(self.data, dim).shape)

    def scatter(self, shape: tuple[int, ...], index: Any) -> Tensor:
        """Zeros of ``shape`` with these values added at ``index``: the opposite of indexing."""
        return self._apply("scatter", shape, index)

    def _pick(self, best: Callable[..., Any], dim: int | None, keepdim: bool) -> Tensor:
        if dim is None:
            return self.reshape(-1)[int(best(self.data))]
        places = np.expand_dims(best(self.data, axis=dim), dim)
        grid = list(np.ogrid[tuple(slice(n) for n in places.shape)])
        grid[dim] = places
        picked = self._apply("index", tuple(grid))
        return picked if keepdim else picked.squeeze(dim)


def _flat(lengths: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(lengths[0]) if len(lengths) == 1 and not isinstance(lengths[0], int) else lengths
