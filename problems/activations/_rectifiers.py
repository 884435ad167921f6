"""Questions about the leaky ReLU, ELU and softplus: values and slopes."""

from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import exp
from partialcredit.numbers.vectors import each
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations
from partialcredit.solvers.backprop import leaky_relu, leaky_relu_slope, logistic

__all__ = ["questions"]

questions = Family()

MEDIUM = ["medium"]

THREE = Array(shape=(3,), digits=3)


@questions.part(THREE, levels=MEDIUM)
def leaky(v, a):
    return each(leaky_relu, v, a)


leaky.slips = rows(
    ("wrong side", "The small slope belongs to the negative side.",
     lambda v, a: -each(leaky_relu, -v, a)),
    ("plain ReLU", "The negative side is not cut off: it has a slope above 0.",
     lambda v: each(max, v, 0)),
    ("lost the sign", "A negative input stays negative.", lambda v, a: abs(each(leaky_relu, v, a))),
    ("slope on both sides", "Positive entries stay as they are.", lambda v, a: a * v),
)  # fmt: skip


@questions.run
def leaky_run(v, a):
    return derivatives(lambda x: functional.leaky_relu(x, a), v)


leaky.witness(lambda leaky_run: leaky_run[0])


@questions.part(THREE, levels=MEDIUM)
def leaky_slope(v, a):
    return each(leaky_relu_slope, v, a)


leaky_slope.slips = rows(
    ("wrong side", "The small slope belongs to the negative side.",
     lambda v, a: each(leaky_relu_slope, -v, a)),
    ("plain ReLU", "The negative side is not cut off: it has a slope above 0.",
     lambda v: each(leaky_relu_slope, v, 0)),
    ("the values", "Those are the values of the function.", lambda leaky: leaky),
    ("value at the small slope", "The slope is a, whatever the entry.",
     lambda v, a: each(lambda t: 1 if t > 0 else a * t, v)),
)  # fmt: skip
leaky_slope.witness(lambda leaky_run: leaky_run[1])


@questions.part(THREE, levels=MEDIUM)
def elu(v, alpha):
    return each(activations.elu, v, alpha)


elu.slips = rows(
    ("wrong side", "The exponential belongs to the negative side.",
     lambda v, alpha: each(lambda t: t if t < 0 else alpha * (exp(t) - 1), v)),
    ("1 not subtracted", "Subtract 1, so that the branches meet at 0.",
     lambda v, alpha: each(lambda t: t if t > 0 else alpha * exp(t), v)),
    ("alpha left out", "The negative side has the factor alpha.",
     lambda v: each(activations.elu, v, 1)),
)  # fmt: skip


@questions.run
def elu_run(v, alpha):
    return derivatives(lambda x: functional.elu(x, alpha), v)


elu.witness(lambda elu_run: elu_run[0])


@questions.part(THREE, levels=MEDIUM)
def elu_slope(v, alpha):
    return each(activations.elu_slope, v, alpha)


elu_slope.slips = rows(
    ("1 subtracted", "The constant -1 has the derivative 0: the slope is alpha e^x.",
     lambda v, alpha: each(lambda t: 1 if t > 0 else alpha * (exp(t) - 1), v)),
    ("alpha left out", "The negative side has the factor alpha.",
     lambda v: each(activations.elu_slope, v, 1)),
    ("constant slope", "The negative side is not straight.",
     lambda v, alpha: each(leaky_relu_slope, v, alpha)),
)  # fmt: skip
elu_slope.witness(lambda elu_run: elu_run[1])


@questions.part(Real(digits=3), levels=MEDIUM)
def softplus(x):
    return activations.softplus(x)


softplus.slips = rows(
    ("ReLU", "Softplus is smooth and above the ReLU.", lambda x: max(x, 0)),
    ("1 left out", "The logarithm is of 1 + e^x.", lambda x: x),
    ("sign of the exponent", "The exponent is x.", lambda x: activations.softplus(-x)),
)  # fmt: skip
softplus.witness(lambda x: derivatives(functional.softplus, x)[0])


@questions.part(Real(digits=3), levels=MEDIUM)
def softplus_slope(x):
    return logistic(x)


softplus_slope.slips = rows(
    ("inner derivative left out", "The derivative of e^x is a factor.", lambda x: 1 / (1 + exp(x))),
    ("slope of the sigmoid", "The derivative is the sigmoid itself.",
     lambda x: activations.sigmoid_slope(x)),
    ("slope of ReLU", "Softplus is smooth.", lambda x: int(x > 0)),
    ("rule of the sigmoid", "The derivative is the sigmoid itself.",
     lambda softplus: softplus * (1 - softplus)),
)  # fmt: skip
softplus_slope.witness(lambda x: derivatives(functional.softplus, x)[1])
