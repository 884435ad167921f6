"""Gradient checking: the recorded derivatives against differences of the function itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["GradientCheck", "check_gradients", "numerical_gradient"]


class GradientCheck(NamedTuple):
    """The largest disagreement, the largest that rounding and curvature explain, and where.

    ``agrees`` is true when every entry is within its bound.
    """

    agrees: bool
    error: float
    bound: float
    where: tuple[int, tuple[int, ...]]


def numerical_gradient(
    f: Callable[..., Tensor], inputs: Sequence[Tensor], which: int = 0, step: float = 1e-3
) -> tuple[Array, Array]:
    """The gradient for inputs[which] by central differences, and a bound on each entry's error.

    Differences at h and 2h are combined to order h⁴ (Richardson); their disagreement bounds the
    truncation, and 2⁻⁵² |f| / h the rounding. ``f`` must return one element. h is relative to the
    size of each entry. float64 only.
    """
    x = np.asarray(inputs[which].data)
    if x.dtype != np.float64:
        raise EngineError(f"finite differences need float64, but received {x.dtype}")

    def at(place: tuple[int, ...], value: float) -> float:
        moved = x.copy()
        moved[place] = value
        arguments = [Tensor(moved) if i == which else t.detach() for i, t in enumerate(inputs)]
        return float(f(*arguments).data)

    gradient, bound = np.empty_like(x), np.empty_like(x)
    for place in np.ndindex(x.shape):
        h = step * max(1.0, abs(float(x[place])))
        centre = float(x[place])
        near, far = ((at(place, centre + k * h), at(place, centre - k * h)) for k in (1, 2))
        fine, coarse = (near[0] - near[1]) / (2 * h), (far[0] - far[1]) / (4 * h)
        gradient[place] = (4 * fine - coarse) / 3
        size = max(map(abs, near + far))
        bound[place] = abs(fine - coarse) * 0.1 + 64 * np.finfo(float).eps * (size + 1) / h
    return gradient, bound


def check_gradients(
    f: Callable[..., Tensor], inputs: Sequence[Tensor], step: float = 1e-3
) -> GradientCheck:
    """Compare ``backward`` through ``f(*inputs)`` with finite differences, entry by entry.

    Results with several elements are reduced by a fixed weighted sum, so that errors cannot cancel.
    Only inputs with ``requires_grad`` are checked. Stay away from kinks: at a kink the differences
    disagree and the bound grows.

    >>> x = Tensor([0.5, 1.0], requires_grad=True)
    >>> check_gradients(lambda x: (x * x).sum(), [x]).agrees
    True
    """

    def scalar(*arguments: Tensor) -> Tensor:
        y = f(*arguments)
        weights = np.cos(1 + np.arange(y.numel())).reshape(y.shape)
        return (y * Tensor(weights)).sum()

    fresh = [Tensor(t.data, requires_grad=t.requires_grad) for t in inputs]
    scalar(*fresh).backward()
    worst = GradientCheck(True, 0.0, 0.0, (0, ()))
    agrees, ratio = True, -1.0
    for i, t in enumerate(fresh):
        if not t.requires_grad:
            continue
        expected, bound = numerical_gradient(scalar, fresh, i, step)
        received = np.zeros(t.shape) if t.grad is None else np.asarray(t.grad)
        error = np.abs(received - expected)
        agrees = agrees and bool((error <= bound).all())
        if error.size and float((error / bound).max()) > ratio:
            place = np.unravel_index(int(np.argmax(error / bound)), error.shape)
            where = tuple(int(k) for k in place)
            ratio = float(error[where] / bound[where])
            worst = GradientCheck(agrees, float(error[where]), float(bound[where]), (i, where))
    return worst._replace(agrees=agrees)
