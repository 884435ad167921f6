"""What every optimizer is: one update rule, run over flat runs of parameters.

Small parameters of one dtype share an arena, so that a step is a handful of array operations
however many layers there are; a large parameter is a run of its own, updated in pieces that fit the
cache. The rule sees one-dimensional arrays and never knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError

__all__ = ["Optimizer", "soft_threshold"]

SMALL = 1 << 16  # elements up to which parameters share an arena
NONE = type(None)
PIECE = 1 << 16  # elements updated at a time


class _Run:
    """Parameters that lie one after another in one flat array, and their state."""

    def __init__(self, params: list[Tensor], slots: int, fill: float) -> None:
        self.params = params
        self.orders: list[Any] = [
            "F" if p.data.flags.fnc else "C" for p in params
        ]  # as they lie in memory
        self.ends = list(accumulate(p.data.size for p in params))
        self.values: Array = np.empty(self.ends[-1], params[0].data.dtype)
        self.state = [np.full(self.values.size, fill, self.values.dtype) for _ in range(slots)]
        self.steps, self.even = [0] * len(params), True
        self.views: list[Any] = [None] * len(params)
        self.scalars = [i for i, p in enumerate(params) if p.data.shape == ()]
        self.adopt()

    def adopt(self) -> None:
        """Let every parameter's data be a view of ``values``, taking over what was put there."""
        for i, p in enumerate(self.params):
            if p.data is not self.views[i]:
                last = self.ends[i]
                first = last - p.data.size
                self.values[first:last] = p.data.reshape(-1, order=self.orders[i])
                self.point(i)

    def flat(self, arrays: list[Array]) -> list[Array]:
        """One array per parameter, each in its parameter's memory order."""
        return [a.ravel(o) for a, o in zip(arrays, self.orders, strict=True)]

    def shaped(self, i: int, values: Array) -> Array:
        """The part of a flat array that belongs to one parameter, in its shape."""
        p = self.params[i]
        part = values[self.ends[i] - p.data.size : self.ends[i]]
        whole: Array = part.reshape(p.data.shape, order=self.orders[i])
        return whole[()]

    def refresh(self) -> None:
        """Hand new values to scalar parameters, which cannot be views."""
        for i in self.scalars:
            self.params[i].data = self.views[i] = self.values[self.ends[i] - 1]

    def point(self, i: int) -> None:
        """Bind one parameter's data to its place; a scalar parameter holds a copy."""
        p = self.params[i]
        p.data = self.views[i] = self.shaped(i, self.values)


class Optimizer:
    """Base class. ``lr`` may be changed between steps, as schedules do.

    ``weight_decay`` adds weight_decay · x to the gradient (an L2 penalty of weight_decay/2 · ‖x‖²).
    ``l1`` shrinks every value by lr · l1 after the step, stopping at 0: the proximal step of the
    penalty l1 · ‖x‖₁ (not in torch).
    """

    slots = 0
    fill = 0.0

    def __init__(
        self, params: Iterable[Tensor], lr: float, weight_decay: float = 0.0, l1: float = 0.0
    ) -> None:
        self.params = list(params)
        self.lr, self.weight_decay, self.l1 = lr, weight_decay, l1
        self.initial_lr: float | None = None  # what the first schedule starts from
        if not self.params or not all(isinstance(p, Tensor) for p in self.params):
            raise EngineError(f"{type(self).__name__} expects at least one parameter")
        self._require(lr >= 0 and weight_decay >= 0 and l1 >= 0, "lr, weight_decay and l1 >= 0")
        self._runs = [_Run(params, self.slots, self.fill) for params in _partition(self.params)]

    def update(self, x: Array, g: Array, state: list[Array], step: int) -> None:
        """Move flat ``x`` in place, given its gradient; ``step`` counts from 1."""
        raise NotImplementedError

    def step(self) -> None:
        """Apply the rule to every parameter that has a gradient."""
        for run in self._runs:
            run.adopt()
            grads = [p.grad for p in run.params]
            if run.even and NONE not in map(type, grads):
                run.steps = [run.steps[0] + 1] * len(grads)
                flat = run.flat(grads)
                self._advance(
                    run, flat[0] if len(flat) == 1 else np.concatenate(flat), 0, run.steps[0]
                )
            else:
                self._advance_some(run, grads)
            run.refresh()

    def _advance_some(self, run: _Run, grads: list[Any]) -> None:
        """Each parameter that has a gradient counts its own steps."""
        for i, g in enumerate(grads):
            if g is not None:
                run.steps[i] += 1
                flat = g.reshape(-1, order=run.orders[i])
                self._advance(run, flat, run.ends[i] - g.size, run.steps[i])
        run.even = len(set(run.steps)) == 1

    def zero_grad(self) -> None:
        """Forget all gradients, as torch's ``set_to_none=True``."""
        for p in self.params:
            p.grad = None

    def state_of(self, param: Tensor) -> list[Array]:
        """The optimizer's state for one parameter, in the parameter's shape."""
        for run in self._runs:
            for i, p in enumerate(run.params):
                if p is param:
                    return [run.shaped(i, s) for s in run.state]
        raise EngineError(f"{type(self).__name__} does not hold this parameter")

    def _advance(self, run: _Run, g: Array, first: int, step: int) -> None:
        if g.size == run.values.size <= PIECE:  # the whole run at once
            self._move(run.values, g, run.state, step)
            return
        for start in range(0, g.size, PIECE):
            piece = slice(first + start, first + min(start + PIECE, g.size))
            state = [s[piece] for s in run.state]
            self._move(run.values[piece], g[start : start + PIECE], state, step)

    def _move(self, x: Array, g: Array, state: list[Array], step: int) -> None:
        if self.weight_decay:
            g = self.decay(x, g)
        self.update(x, g, state, step)
        if self.l1:
            x[...] = soft_threshold(x, self.lr * self.l1)

    def decay(self, x: Array, g: Array) -> Array:
        """The gradient with weight decay."""
        return g + self.weight_decay * x

    def _require(self, holds: bool, what: str) -> None:
        if not holds:
            raise EngineError(f"{type(self).__name__} expects {what}")


def soft_threshold(x: Array, amount: float) -> Array:
    """sign(x) · max(|x| - amount, 0): the proximal operator of amount · ‖x‖₁."""
    shrunk: Array = np.sign(x) * np.maximum(np.abs(x) - x.dtype.type(amount), 0)
    return shrunk


def _partition(params: list[Tensor]) -> list[list[Tensor]]:
    """Small parameters by dtype, and every large one alone."""
    runs: list[list[Tensor]] = []
    arenas: dict[Any, list[Tensor]] = {}
    for p in params:
        if p.data.size > SMALL:
            runs.append([p])
        else:
            arenas.setdefault(p.data.dtype, []).append(p)
    return runs + list(arenas.values())
