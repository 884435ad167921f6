"""The engine's optimizers on a quadratic."""

import numpy as np

from partialcredit import engine

__all__ = ["NAMES", "driven"]

MAKERS = {
    "gradient descent": lambda p, lr, _alpha, _beta: engine.SGD(p, lr=lr),
    "momentum": lambda p, lr, alpha, _beta: engine.Momentum(p, lr=lr, momentum=alpha),
    "Adagrad": lambda p, lr, _alpha, _beta: engine.Adagrad(p, lr=lr, eps=0),
    "RMSprop": lambda p, lr, _alpha, beta: engine.RMSprop(p, lr=lr, alpha=beta, eps=0),
    "Adam": lambda p, lr, alpha, beta: engine.Adam(p, lr=lr, betas=(alpha, beta), eps=0),
}

NAMES = tuple(MAKERS)


def driven(name, curvatures, start, eta, alpha=0, beta=0, steps=2):
    """The points after each step of an optimizer, with gradients by automatic differentiation."""
    weights = engine.Tensor(np.array(curvatures, dtype=float) / 2)
    return engine.descent_path(
        lambda p: MAKERS[name](p, eta, alpha, beta),
        lambda x: (weights * x * x).sum(),
        np.array(start, dtype=float),
        steps,
    )[1:]
