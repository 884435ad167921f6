"""The engine's run of a small network: what the witnesses look at."""

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import linear, relu, sigmoid, tanh
from partialcredit.problems._tape import tensor

__all__ = ["tape"]

GATES = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu}


def beside(arrays):
    """All units of an example in a row; a single example as a vector."""
    return np.squeeze(np.concatenate([array.data for array in arrays], axis=1))


def tape(x, weights, activation, y):
    """Activations, errors and first gradient: one run for all parts."""
    thetas = [tensor(W, requires_grad=True) for W in weights]
    zs, layers = [], [tensor(x)]
    for theta, gate in zip(thetas, [*[activation] * (len(thetas) - 1), "sigmoid"], strict=True):
        zs.append(linear(layers[-1], theta))
        layers.append(GATES[gate](zs[-1]))
    target, output = tensor(y).reshape(-1, 1), layers[-1]
    losses = -(target * output.log() + (1 - target) * (1 - output).log())
    deltas = engine.grad(losses.sum(), zs)
    losses.mean().backward()
    return beside(layers[1:]), beside(deltas), thetas[0].grad
