"""Questions about the leaky ReLU, ELU and softplus: values and slopes."""

from functools import partial

from partialcredit.engine import functional
from partialcredit.family import Family
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


@questions.part(THREE, levels=MEDIUM)
def leaky_slope(v, a):
    return tuple(leaky_relu_slope(t, a) for t in v)


@questions.part(THREE, levels=MEDIUM)
def elu(v, alpha):
    return tuple(activations.elu(t, alpha) for t in v)


@questions.part(THREE, levels=MEDIUM)
def elu_slope(v, alpha):
    return tuple(activations.elu_slope(t, alpha) for t in v)


@questions.part(Real(digits=4), levels=MEDIUM)
def softplus(x):
    return activations.softplus(x)


@questions.part(Real(digits=4), levels=MEDIUM)
def softplus_slope(x):
    return logistic(x)


@leaky.mistake("wrong side", "The small slope belongs to the negative side.")
def _(v, a):
    return tuple(-leaky_relu(-t, a) for t in v)


@leaky.mistake("plain ReLU", "The negative side is not cut off.")
def _(v):
    return tuple(max(t, 0) for t in v)


@leaky.mistake("lost the sign", "A negative input stays negative.")
def _(v, a):
    return tuple(abs(leaky_relu(t, a)) for t in v)


@leaky_slope.mistake("wrong side", "The small slope belongs to the negative side.")
def _(v, a):
    return tuple(leaky_relu_slope(-t, a) for t in v)


@leaky_slope.mistake("plain ReLU", "The negative side has a slope above 0.")
def _(v):
    return tuple(int(t > 0) for t in v)


@leaky_slope.mistake("the values", "Those are the values of the function.")
def _(leaky):
    return leaky


@elu.mistake("wrong side", "The exponential belongs to the negative side.")
def _(v, alpha):
    return tuple(t if t < 0 else alpha * (exp(t) - 1) for t in v)


@elu.mistake("1 not subtracted", "Subtract 1, so that the branches meet at 0.")
def _(v, alpha):
    return tuple(t if t > 0 else alpha * exp(t) for t in v)


@elu.mistake("alpha left out", "The negative side has the factor alpha.")
def _(v):
    return tuple(activations.elu(t, 1) for t in v)


@elu_slope.mistake("1 subtracted", "The constant -1 has the derivative 0: the slope is alpha e^x.")
def _(v, alpha):
    return tuple(1 if t > 0 else alpha * (exp(t) - 1) for t in v)


@elu_slope.mistake("alpha left out", "The negative side has the factor alpha.")
def _(v):
    return tuple(activations.elu_slope(t, 1) for t in v)


@elu_slope.mistake("constant slope", "The negative side is not straight.")
def _(v, alpha):
    return tuple(leaky_relu_slope(t, alpha) for t in v)


@softplus.mistake("ReLU", "Softplus is smooth and above the ReLU.")
def _(x):
    return max(x, 0)


@softplus.mistake("1 left out", "The logarithm is of 1 + e^x.")
def _(x):
    return x


@softplus.mistake("sign of the exponent", "The exponent is x.")
def _(x):
    return activations.softplus(-x)


@softplus_slope.mistake("inner derivative left out", "The derivative of e^x is a factor.")
def _(x):
    return 1 / (1 + exp(x))


@softplus_slope.mistake("slope of the sigmoid", "The derivative is the sigmoid itself.")
def _(x):
    return activations.sigmoid_slope(x)


@softplus_slope.mistake("slope of ReLU", "Softplus is smooth.")
def _(x):
    return int(x > 0)


@leaky.witness
def _(v, a):
    return derivatives(partial(functional.leaky_relu, negative_slope=float(a)), v)[0]


@leaky_slope.witness
def _(v, a):
    return derivatives(partial(functional.leaky_relu, negative_slope=float(a)), v)[1]


@elu.witness
def _(v, alpha):
    return derivatives(partial(functional.elu, alpha=float(alpha)), v)[0]


@elu_slope.witness
def _(v, alpha):
    return derivatives(partial(functional.elu, alpha=float(alpha)), v)[1]


@softplus.witness
def _(x):
    return derivatives(functional.softplus, x)[0]


@softplus_slope.witness
def _(x):
    return derivatives(functional.softplus, x)[1]
