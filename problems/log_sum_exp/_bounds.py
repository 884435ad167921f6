"""Bounds of a (scaled) log-sum-exp function, and the engine's function at the extreme vectors."""

import numpy as np

from partialcredit import engine
from partialcredit.numbers.values import Span

__all__ = ["above", "cases", "extremes", "smooth"]


def above(low, gap):
    """Everything from ``low`` to ``gap`` above it."""
    return (Span(low, low + gap),)


def smooth(x, t=1.0):
    """The engine's log-sum-exp of scaled numbers, scaled back."""
    return float(engine.Tensor(t * np.array(x, dtype=np.float64)).logsumexp().data) / t


def extremes(top, n, t=1.0):
    """Its values where the others of n numbers are as small, and as large, as they can be."""
    return smooth([top] + [-1e9] * (n - 1), t), smooth([top] * n, t)


def cases(name, top, sizes, t=1.0):
    """Values of the function ``name`` that its bounds allow: up to the extremes, none beyond."""
    found = []
    for n in sizes:
        place = {"p": top, "n": n, "t": t}
        low, high = extremes(top, n, t)
        found += [({**place, name: v}, True) for v in (low, high, (low + high) / 2)]
        found += [({**place, name: v}, False) for v in (low - 1e-3, high + 1e-3)]
    return found
