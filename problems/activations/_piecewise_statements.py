"""Statements about activation functions in pieces, and what the engine shows of them."""

from functools import cache

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional

__all__ = ["AS_MAXIMUM", "LEARNED", "STATEMENTS", "tested"]

LEARNED = "The slope of the parametric ReLU (PReLU) is learned with the weights."
AS_MAXIMUM = "With $\\alpha = 1$ ELU is $\\max(e^x - 1, x)$ for all $x$."

GRID = np.linspace(-3, 3, 25)


def values(function, *args, **settings):
    return function(engine.Tensor(GRID), *args, **settings).data


def learned(layer):
    return bool(list(layer.parameters()))


def maxed(w, b):
    """The engine's maxout of linear functions."""
    return functional.maxout(engine.Tensor(np.outer(GRID, w) + b), len(w)).data[:, 0]


def midpoints(y):
    """Whether values are nowhere above their chords."""
    return bool(np.all(y[1:-1] <= (y[:-2] + y[2:]) / 2 + 1e-9))


def two_terms(a):
    sides = np.maximum(0, GRID) + np.minimum(0, a * np.expm1(GRID))
    return bool(np.allclose(values(functional.elu, a), sides))


def as_maximum(slope):
    return bool(np.allclose(values(functional.leaky_relu, slope), np.maximum(slope * GRID, GRID)))


#: Each with a test by the engine, the verdict and why.
STATEMENTS = {
    LEARNED: (lambda: learned(engine.PReLU()), True, "it gets a gradient of its own"),
    "The slope of the leaky ReLU is learned with the weights.":
        (lambda: learned(engine.LeakyReLU()), False, "it is fixed before training"),
    "The number $\\alpha$ of ELU is a hyperparameter, fixed before training.":
        (lambda: not learned(engine.ELU()), True, "ELU has nothing to learn"),
    "With a slope of 0.2 the leaky ReLU is $\\max(0.2 x, x)$ for all $x$.":
        (lambda: as_maximum(0.2), True,
         "a slope of at most 1 lies above $x$ on the negative side only"),
    "With a slope of 2 the leaky ReLU is $\\max(2x, x)$ for all $x$.":
        (lambda: as_maximum(2.0), False, "for $x > 0$ the maximum is $2x$"),
    AS_MAXIMUM:
        (lambda: bool(np.allclose(values(functional.elu), np.maximum(np.expm1(GRID), GRID))),
         False, "for $x > 0$ the maximum is $e^x - 1$"),
    "ELU is $\\max(0, x) + \\min(0, \\alpha (e^x - 1))$ for all $x$ and $\\alpha > 0$.":
        (lambda: two_terms(0.5) and two_terms(2.0), True,
         "one of the two terms is 0 on each side"),
    "Maxout, the largest of several linear functions of $x$, is convex in $x$.":
        (lambda: midpoints(maxed([1.0, -2.0, 0.5], [0.0, 1.0, 2.0])), True,
         "a maximum of convex functions is convex"),
    "Maxout with two linear pieces can compute $\\lvert x \\rvert$.":
        (lambda: bool(np.allclose(maxed([1, -1], [0, 0]), np.abs(GRID))), True,
         "$\\lvert x \\rvert = \\max(x, -x)$"),
    "ELU with $\\alpha = 2$ has the slope 1 on both sides of 0.":
        (lambda: bool(abs((values(functional.elu, 2.0)[11] / GRID[11]) - 1) < 0.2), False,
         "on the left of 0 its slope is $\\alpha e^0 = 2$"),
}  # fmt: skip


@cache
def tested(statement):
    return STATEMENTS[statement][0]()
