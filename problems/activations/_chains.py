"""Chains of units as the engine differentiates them."""

from functools import cache

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional

__all__ = ["CHAINS", "differentiated", "first_below", "survives"]

#: Chains of L units, each with one step of it, and where it starts; the first two do not vanish.
CHAINS = {
    "ReLU units with weights 1 and a positive input": (lambda x: x.relu(), 1.0),
    "blocks that compute $x + \\sigma(x)$": (lambda x: x + functional.sigmoid(x), 1.0),
    "sigmoid units with weights 1": (functional.sigmoid, 1.0),
    "sigmoid units with weights 2": (lambda x: functional.sigmoid(x * 2.0), 1.0),
    "sigmoid units with weights 3": (lambda x: functional.sigmoid(x * 3.0), 1.0),
    "tanh units with weights 0.5": (lambda x: functional.tanh(x * 0.5), 1.0),
    "ReLU units with weights 0.5 and a positive input": (lambda x: (x * 0.5).relu(), 1.0),
    "leaky ReLU units of slope 0.1 with weights 1 and a negative input":
        (lambda x: functional.leaky_relu(x, 0.1), -1.0),
}  # fmt: skip


@cache
def survives(chain):
    """Whether the derivative of sixty steps of the engine is still there."""
    step, at = CHAINS[chain]
    start = engine.Tensor(at, requires_grad=True)
    x = start
    for _step in range(60):
        x = step(x)
    x.backward()
    return abs(float(start.grad)) > 1e-3


def differentiated(z, weights):
    """The derivative of the engine's chain, with biases that lead to the pre-activations z."""
    start = engine.Tensor(0.3, requires_grad=True)
    a = start
    for target, w in zip(z, weights, strict=True):
        a = functional.sigmoid(a * w + (target - w * a.item()))
    a.backward()
    return float(start.grad)


def first_below(factor, threshold):
    """How many factors it takes until their product is below the threshold."""
    return int(np.argmax(np.cumprod(np.full(400, factor)) < threshold)) + 1
