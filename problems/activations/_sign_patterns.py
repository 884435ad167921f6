"""Signs of gradients as the engine and NumPy find them: what the witnesses look at."""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional

__all__ = ["crossings", "every_direction", "layer_patterns", "learned", "patterns"]


def learned(w, b, x, g):
    """The engine's gradient by the weights of a sigmoid unit whose output has the derivative g."""
    weight = engine.Tensor(np.array([w], dtype=float), requires_grad=True)
    inputs = engine.Tensor(np.array([x], dtype=float))
    output = functional.sigmoid(functional.linear(inputs, weight, engine.Tensor([b * 1.0])))
    output.backward(np.array([[g]]))
    return weight.grad[0]


def patterns(deltas, inputs):
    """All sign patterns of the gradients deltas · inputs, as bytes; a row of deltas per outcome."""
    return {row.tobytes() for row in np.sign(deltas @ inputs).astype(np.int8)}


def layer_patterns(k, n):
    """The patterns of all weights of a layer for every choice of the signs of its deltas."""
    deltas = engine.sign_sequences(k).T
    return {np.sign(np.outer(row, np.arange(1.0, n + 1))).tobytes() for row in deltas}


def every_direction():
    """Two deltas in all directions, between which some entry of a gradient changes its sign."""
    turns = np.linspace(0, 2 * np.pi, 2000, endpoint=False) + 1e-4
    return np.column_stack([np.cos(turns), np.sin(turns)])


def crossings(x, u):
    """The first and the last place where an entry of r x - u crosses 0.

    Nothing if the signs do not differ in between, or do differ outside.
    """
    a, c = np.array(x, dtype=float), np.array(u, dtype=float)
    zeros = np.sort([np.roots([p, -q])[0].real for p, q in zip(a, c, strict=True)])
    inside = [len(set(np.sign(r * a - c))) for r in (zeros[:-1] + zeros[1:]) / 2]
    outside = [len(set(np.sign(r * a - c))) for r in (zeros[0] / 2, zeros[-1] * 2)]
    return zeros[[0, -1]] if inside == [2, 2] and outside == [1, 1] else (None, None)
