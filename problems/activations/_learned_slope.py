"""Questions about the slope of the parametric ReLU, which is learned."""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Real
from partialcredit.solvers import piecewise

__all__ = ["questions"]

questions = Family()

HARD, THREE = ["hard"], Array(shape=(3,), digits=4)


@questions.part(Real(digits=4), levels=HARD, marks=2)
def slope_gradient(v, t, a):
    return piecewise.prelu_gradient(v, t, a)


@questions.part(Real(digits=4), levels=HARD)
def new_slope(a, slope_gradient, eta):
    return a - eta * slope_gradient


@questions.part(THREE, levels=HARD)
def input_gradient(v, t, a):
    return piecewise.prelu_input_gradient(v, t, a)


@slope_gradient.mistake("all entries", "Positive entries do not depend on the slope.")
def _(v, t, a):
    return sum((a * u - s) * u for u, s in zip(v, t, strict=True))


@slope_gradient.mistake("inputs left out", "The derivative of a x with respect to a is x.")
def _(v, t, a):
    return sum(a * u - s for u, s in zip(v, t, strict=True) if u < 0)


@slope_gradient.mistake("factor 2", "The one half cancels the 2.")
def _(slope_gradient):
    return 2 * slope_gradient


@slope_gradient.mistake("wrong sign", "The error is f(x) - t.")
def _(slope_gradient):
    return -slope_gradient


@new_slope.mistake("went up", "Descent subtracts the learning rate times the gradient.")
def _(a, slope_gradient, eta):
    return a + eta * slope_gradient


@new_slope.mistake("not learned", "The slope of the parametric ReLU is a parameter.")
def _(a):
    return a


@new_slope.mistake("learning rate left out", "Multiply the gradient by the learning rate.")
def _(a, slope_gradient):
    return a - slope_gradient


@input_gradient.mistake("slope left out", "Negative entries have the factor a.")
def _(v, t, a):
    return tuple((u if u > 0 else a * u) - s for u, s in zip(v, t, strict=True))


@input_gradient.mistake("plain ReLU", "Negative entries have the slope a, not 0.")
def _(input_gradient, v):
    return tuple(g if u > 0 else 0 for g, u in zip(input_gradient, v, strict=True))


@input_gradient.mistake("wrong sign", "The error is f(x) - t.")
def _(input_gradient):
    return tuple(-g for g in input_gradient)


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


@slope_gradient.witness
def _(v, t, a):
    return trained(v, t, a)[0]


@input_gradient.witness
def _(v, t, a):
    return trained(v, t, a)[1]


@new_slope.witness
def _(v, t, a, eta):
    return trained(v, t, a, eta)[2]
