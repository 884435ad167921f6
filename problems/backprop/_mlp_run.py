"""The engine's run of a small network: what the witnesses look at."""

from functools import lru_cache
from itertools import chain

from partialcredit import engine
from partialcredit.engine.functional import linear, relu, sigmoid, tanh
from partialcredit.problems.backprop._examples import flat, floats

__all__ = ["testified"]

GATES = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu}


def tape(x, weights, activation, y):
    """The engine's network: weights, pre-activations, activations, and the examples' losses."""
    thetas = [engine.Tensor(floats(W), requires_grad=True) for W in weights]
    a, zs, layers = engine.Tensor(floats(x)), [], []
    for i, theta in enumerate(thetas):
        zs.append(linear(a, theta))
        a = GATES["sigmoid" if i == len(thetas) - 1 else activation](zs[-1])
        layers.append(a)
    target = engine.Tensor([[float(t)] for t in y])
    return thetas, zs, layers, -(target * a.log() + (1 - target) * (1 - a).log())


def beside(arrays):
    return flat(
        [tuple(chain(*parts)) for parts in zip(*(t.data.tolist() for t in arrays), strict=True)]
    )


@lru_cache(maxsize=4)
def testified(x, weights, activation, y, eta):
    """Activations, errors, first gradient and first weights after a step: one run for all parts."""
    thetas, zs, layers, losses = tape(x, weights, activation, y)
    deltas = engine.grad(losses.sum(), zs)
    losses.mean().backward()
    engine.SGD(thetas, lr=float(eta)).step()
    return beside(layers), beside(deltas), thetas[0].grad, thetas[0].data
