"""Questions about the slope of the parametric ReLU, which is learned."""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.solvers import piecewise

__all__ = ["questions"]

questions = Family()

HARD, THREE = ["hard"], Array(shape=(3,), digits=4)


@questions.part(Real(digits=4), levels=HARD, marks=2)
def slope_gradient(v, t, a):
    return piecewise.prelu_gradient(v, t, a)


slope_gradient.slips = rows(
    ("all entries", "Positive entries do not depend on the slope.",
     lambda v, t, a: sum((a * u - s) * u for u, s in zip(v, t, strict=True))),
    ("inputs left out", "The derivative of a x with respect to a is x.",
     lambda v, t, a: sum(a * u - s for u, s in zip(v, t, strict=True) if u < 0)),
    ("factor 2", "The one half cancels the 2.", lambda slope_gradient: 2 * slope_gradient),
    ("wrong sign", "The error is f(x) - t.", lambda slope_gradient: -slope_gradient),
)  # fmt: skip

slope_gradient.witness(lambda v, t, a: trained(v, t, a)[0])


@questions.part(Real(digits=4), levels=HARD)
def new_slope(a, slope_gradient, eta):
    return a - eta * slope_gradient


new_slope.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda a, slope_gradient, eta: a + eta * slope_gradient),
    ("not learned", "The slope of the parametric ReLU is a parameter.", lambda a: a),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda a, slope_gradient: a - slope_gradient),
)  # fmt: skip

new_slope.witness(lambda v, t, a, eta: trained(v, t, a, eta)[2])


@questions.part(THREE, levels=HARD)
def input_gradient(v, t, a):
    return piecewise.prelu_input_gradient(v, t, a)


input_gradient.slips = rows(
    ("slope left out", "Negative entries have the factor a.",
     lambda v, t, a: tuple((u if u > 0 else a * u) - s for u, s in zip(v, t, strict=True))),
    ("plain ReLU",
     "Negative entries have the slope a, not 0.",
     lambda input_gradient, v: tuple(g if u > 0 else 0 for g, u in zip(input_gradient, v, strict=True))),
    ("wrong sign", "The error is f(x) - t.",
     lambda input_gradient: tuple(-g for g in input_gradient)),
)  # fmt: skip

input_gradient.witness(lambda v, t, a: trained(v, t, a)[1])


@lru_cache(maxsize=4)
def trained(v, t, a, eta=0):
    """Gradients by the slope and the inputs from the engine's layer, and the slope after a step."""
    x = engine.Tensor(np.array(v, dtype=float), requires_grad=True)
    layer = engine.PReLU(init=float(a))
    loss = ((layer(x) - np.array(t, dtype=float)) ** 2).sum() * 0.5
    loss.backward()
    gradient = float(layer.weight.grad[0])
    engine.SGD([layer.weight], lr=float(eta)).step() if eta else None
    return gradient, x.grad, float(layer.weight.data[0])
