"""Questions about the sigmoid and tanh: values and slopes."""

from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Real
from partialcredit.numbers.exact import exp, tanh
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations
from partialcredit.solvers.backprop import logistic

__all__ = ["questions"]

questions = Family()


@questions.part(Real(digits=3), levels=["easy", "hard"])
def sigmoid(x):
    return logistic(x)


sigmoid.slips = rows(
    ("sign of the exponent", "The exponent is -x.", lambda x: logistic(-x)),
    ("hyperbolic tangent", "This is tanh x; the sigmoid is 1/(1 + e^(-x)).", lambda x: tanh(x)),
    ("one left out below", "The denominator is 1 + e^(-x).", lambda x: exp(x)),
)  # fmt: skip
sigmoid.witness(lambda x: derivatives(functional.sigmoid, x)[0])


@questions.part(Real(digits=3), levels=["easy", "hard"])
def sigmoid_slope(sigmoid):
    return sigmoid * (1 - sigmoid)


sigmoid_slope.slips = rows(
    ("the value", "That is the function itself.", lambda sigmoid: sigmoid),
    ("rule of tanh", "One minus the square of the value is the slope of tanh.",
     lambda sigmoid: 1 - sigmoid * sigmoid),
    ("squared", "The slope is σ(1 - σ), not the square of σ.", lambda sigmoid: sigmoid * sigmoid),
    ("wrong sign", "The function grows everywhere.", lambda sigmoid_slope: -sigmoid_slope),
    ("one factor only", "The slope σ(1 - σ) has two factors.", lambda sigmoid: 1 - sigmoid),
)  # fmt: skip
sigmoid_slope.witness(lambda x: derivatives(functional.sigmoid, x)[1])


@questions.part(Real(digits=3), levels=["easy"])
def tangent(u):
    return tanh(u)


tangent.slips = rows(
    ("sigmoid", "This is the sigmoid of u; tanh is (e^u - e^(-u))/(e^u + e^(-u)).",
     lambda u: logistic(u)),
    ("half the argument", "It is 2 σ(2u) - 1, not 2 σ(u) - 1.", lambda u: 2 * logistic(u) - 1),
)  # fmt: skip
tangent.witness(lambda u: derivatives(functional.tanh, u)[0])


@questions.part(Real(digits=3), levels=["easy"])
def tangent_slope(u):
    return activations.tanh_slope(u)


tangent_slope.slips = rows(
    ("rule of the sigmoid", "The value times one minus the value is the slope of the sigmoid.",
     lambda tangent: tangent * (1 - tangent)),
    ("not squared", "The slope is 1 - tanh^2 u: subtract the square.", lambda tangent: 1 - tangent),
    ("the value", "That is the function itself.", lambda tangent: tangent),
)  # fmt: skip
tangent_slope.witness(lambda u: derivatives(functional.tanh, u)[1])
