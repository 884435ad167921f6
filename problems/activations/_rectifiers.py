"""Questions about the leaky ReLU, ELU and softplus: values and slopes."""

from functools import partial

from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import exp
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations
from partialcredit.solvers.backprop import leaky_relu, leaky_relu_slope, logistic

__all__ = ["questions"]

questions = Family()

MEDIUM = ["medium"]

THREE = Array(shape=(3,), digits=4)


@questions.part(THREE, levels=MEDIUM)
def leaky(v, a):
    return tuple(leaky_relu(t, a) for t in v)


leaky.slips = rows(
    ("wrong side", "The small slope belongs to the negative side.",
     lambda v, a: tuple(-leaky_relu(-t, a) for t in v)),
    ("plain ReLU", "The negative side is not cut off.", lambda v: tuple(max(t, 0) for t in v)),
    ("lost the sign", "A negative input stays negative.",
     lambda v, a: tuple(abs(leaky_relu(t, a)) for t in v)),
)  # fmt: skip

leaky.witness(
    lambda v, a: derivatives(partial(functional.leaky_relu, negative_slope=float(a)), v)[0]
)


@questions.part(THREE, levels=MEDIUM)
def leaky_slope(v, a):
    return tuple(leaky_relu_slope(t, a) for t in v)


leaky_slope.slips = rows(
    ("wrong side", "The small slope belongs to the negative side.",
     lambda v, a: tuple(leaky_relu_slope(-t, a) for t in v)),
    ("plain ReLU", "The negative side has a slope above 0.",
     lambda v: tuple(int(t > 0) for t in v)),
    ("the values", "Those are the values of the function.", lambda leaky: leaky),
)  # fmt: skip

leaky_slope.witness(
    lambda v, a: derivatives(partial(functional.leaky_relu, negative_slope=float(a)), v)[1]
)


@questions.part(THREE, levels=MEDIUM)
def elu(v, alpha):
    return tuple(activations.elu(t, alpha) for t in v)


elu.slips = rows(
    ("wrong side", "The exponential belongs to the negative side.",
     lambda v, alpha: tuple(t if t < 0 else alpha * (exp(t) - 1) for t in v)),
    ("1 not subtracted", "Subtract 1, so that the branches meet at 0.",
     lambda v, alpha: tuple(t if t > 0 else alpha * exp(t) for t in v)),
    ("alpha left out", "The negative side has the factor alpha.",
     lambda v: tuple(activations.elu(t, 1) for t in v)),
)  # fmt: skip

elu.witness(lambda v, alpha: derivatives(partial(functional.elu, alpha=float(alpha)), v)[0])


@questions.part(THREE, levels=MEDIUM)
def elu_slope(v, alpha):
    return tuple(activations.elu_slope(t, alpha) for t in v)


elu_slope.slips = rows(
    ("1 subtracted", "The constant -1 has the derivative 0: the slope is alpha e^x.",
     lambda v, alpha: tuple(1 if t > 0 else alpha * (exp(t) - 1) for t in v)),
    ("alpha left out", "The negative side has the factor alpha.",
     lambda v: tuple(activations.elu_slope(t, 1) for t in v)),
    ("constant slope", "The negative side is not straight.",
     lambda v, alpha: tuple(leaky_relu_slope(t, alpha) for t in v)),
)  # fmt: skip

elu_slope.witness(lambda v, alpha: derivatives(partial(functional.elu, alpha=float(alpha)), v)[1])


@questions.part(Real(digits=4), levels=MEDIUM)
def softplus(x):
    return activations.softplus(x)


softplus.slips = rows(
    ("ReLU", "Softplus is smooth and above the ReLU.", lambda x: max(x, 0)),
    ("1 left out", "The logarithm is of 1 + e^x.", lambda x: x),
    ("sign of the exponent", "The exponent is x.", lambda x: activations.softplus(-x)),
)  # fmt: skip

softplus.witness(lambda x: derivatives(functional.softplus, x)[0])


@questions.part(Real(digits=4), levels=MEDIUM)
def softplus_slope(x):
    return logistic(x)


softplus_slope.slips = rows(
    ("inner derivative left out", "The derivative of e^x is a factor.", lambda x: 1 / (1 + exp(x))),
    ("slope of the sigmoid", "The derivative is the sigmoid itself.",
     lambda x: activations.sigmoid_slope(x)),
    ("slope of ReLU", "Softplus is smooth.", lambda x: int(x > 0)),
)  # fmt: skip

softplus_slope.witness(lambda x: derivatives(functional.softplus, x)[1])
