"""Questions about the slope of the parametric ReLU, which is learned."""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.vectors import dot, each
from partialcredit.solvers import backprop, piecewise

__all__ = ["questions"]

questions = Family()

HARD, THREE = ["hard"], Array(shape=(3,), digits=3)


@questions.run
def layer(v, t, a):
    """The engine's layer after a backward pass, and its inputs."""
    x = engine.Tensor(np.array(v), requires_grad=True)
    layer = engine.PReLU(init=a)
    (((layer(x) - np.array(t)) ** 2).sum() * 0.5).backward()
    return layer, x


@questions.part(Real(digits=3), levels=HARD, marks=2)
def slope_gradient(v, t, a):
    return piecewise.prelu_gradient(v, t, a)


slope_gradient.slips = rows(
    ("all entries", "Positive entries do not depend on the slope.",
     lambda v, t, a: dot(a * v - t, v)),
    ("inputs left out", "The derivative of a x with respect to a is x.",
     lambda v, t, a: sum(a * u - s for u, s in zip(v, t, strict=True) if u < 0)),
    ("factor 2", "The one half cancels the 2.", lambda slope_gradient: 2 * slope_gradient),
    ("wrong sign", "The error is f(x) - t.", lambda slope_gradient: -slope_gradient),
)  # fmt: skip
slope_gradient.witness(lambda layer: layer[0].weight.grad[0])


@questions.part(Real(digits=3), levels=HARD)
def new_slope(a, slope_gradient, eta):
    return a - eta * slope_gradient


new_slope.slips = rows(
    ("not learned", "The slope of the parametric ReLU is a parameter.", lambda a: a),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda a, slope_gradient: a - slope_gradient),
)  # fmt: skip


@new_slope.witness
def _(layer, a, eta):
    weight = engine.Tensor(np.array([a]), requires_grad=True)
    weight.grad = layer[0].weight.grad
    engine.SGD([weight], lr=eta).step()
    return weight.data[0]


@questions.part(THREE, levels=HARD)
def input_gradient(v, t, a):
    return piecewise.prelu_input_gradient(v, t, a)


input_gradient.slips = rows(
    ("slope left out", "Negative entries have the factor a.",
     lambda v, t, a: each(backprop.leaky_relu, v, a) - t),
    ("plain ReLU", "Negative entries have the slope a, not 0.",
     lambda input_gradient, v: each(lambda g, u: g if u > 0 else 0, input_gradient, v)),
    ("wrong sign", "The error is f(x) - t.", lambda input_gradient: -input_gradient),
)  # fmt: skip
input_gradient.witness(lambda layer: layer[1].grad)
