"""Questions about the sigmoid and tanh: values and slopes."""

from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Real
from partialcredit.numbers.exact import exp, tanh
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations
from partialcredit.solvers.backprop import logistic

__all__ = ["questions"]

questions = Family()


@questions.part(Real(digits=4), levels=["easy"])
def sigmoid(x):
    return logistic(x)


@questions.part(Real(digits=4), levels=["easy"])
def sigmoid_slope(sigmoid):
    return sigmoid * (1 - sigmoid)


@questions.part(Real(digits=4), levels=["easy"])
def tangent(u):
    return tanh(u)


@questions.part(Real(digits=4), levels=["easy"])
def tangent_slope(u):
    return activations.tanh_slope(u)


@sigmoid.mistake("sign of the exponent", "The exponent is -x.")
def _(x):
    return logistic(-x)


@sigmoid.mistake("hyperbolic tangent", "This is tanh x; the sigmoid is 1/(1 + e^(-x)).")
def _(x):
    return tanh(x)


@sigmoid.mistake("one left out below", "The denominator is 1 + e^(-x).")
def _(x):
    return exp(x)


@sigmoid_slope.mistake("the value", "That is the function itself.")
def _(sigmoid):
    return sigmoid


@sigmoid_slope.mistake("rule of tanh", "One minus the square of the value is the slope of tanh.")
def _(sigmoid):
    return 1 - sigmoid * sigmoid


@sigmoid_slope.mistake("squared", "The slope is σ(1 - σ), not the square of σ.")
def _(sigmoid):
    return sigmoid * sigmoid


@sigmoid_slope.mistake("wrong sign", "The function grows everywhere.")
def _(sigmoid_slope):
    return -sigmoid_slope


@sigmoid_slope.mistake("one factor only", "The slope σ(1 - σ) has two factors.")
def _(sigmoid):
    return 1 - sigmoid


@tangent.mistake("sigmoid", "This is the sigmoid of u; tanh is (e^u - e^(-u))/(e^u + e^(-u)).")
def _(u):
    return logistic(u)


@tangent.mistake("half the argument", "It is 2 σ(2u) - 1, not 2 σ(u) - 1.")
def _(u):
    return 2 * logistic(u) - 1


@tangent_slope.mistake(
    "rule of the sigmoid", "The value times one minus the value is the slope of the sigmoid."
)
def _(tangent):
    return tangent * (1 - tangent)


@tangent_slope.mistake("not squared", "The slope is 1 - tanh^2 u: subtract the square.")
def _(tangent):
    return 1 - tangent


@tangent_slope.mistake("the value", "That is the function itself.")
def _(tangent):
    return tangent


@sigmoid.witness
def _(x):
    return derivatives(functional.sigmoid, x)[0]


@sigmoid_slope.witness
def _(x):
    return derivatives(functional.sigmoid, x)[1]


@tangent.witness
def _(u):
    return derivatives(functional.tanh, u)[0]


@tangent_slope.witness
def _(u):
    return derivatives(functional.tanh, u)[1]
