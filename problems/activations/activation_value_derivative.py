"""Values and derivatives of activation functions.

Trap: the value for the slope, the rule of tanh on the sigmoid, the slope on the wrong side.
Reference: Goodfellow, Bengio and Courville (2016), section 6.3; Clevert et al. (2016), equation 15.
Source: S0-40, S0-43, S0-45, S0-47, S0-48, S1-39, S1-43, S1-46, S4-03.
"""

from fractions import Fraction
from functools import lru_cache, partial

import numpy as np

from partialcredit.engine import functional
from partialcredit.exact import exp, tanh
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Real
from partialcredit.problems.activations._derivatives import derivatives
from partialcredit.solvers import activations, letters
from partialcredit.solvers.backprop import leaky_relu, leaky_relu_slope, logistic

family = Family(
    conventions=[
        "{% if level != 'medium' %}$\\sigma(x) = 1/(1 + e^{-x})${% endif %}",
        "{% if level == 'medium' %}the leaky ReLU is $x$ for $x > 0$ and $a x$ for $x < 0$, ELU is "
        "$x$ for $x > 0$ and $\\alpha (e^x - 1)$ for $x < 0$, and softplus is $\\ln(1 + e^x)$"
        "{% endif %}",
    ]
)

EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]
THREE = Array(shape=(3,), digits=4)


@family.sample
def sample(draw):
    if draw.level == "easy":
        x, u = (Fraction(draw.nonzero(-250, 250), 100) for _ in range(2))
        return {"x": x, "u": u, "w": 1, "b": 0}
    if draw.level == "medium":
        v = [Fraction(draw.integer(1, 30) * sign, 10) for sign in (-1, -1, 1)]
        return {
            "v": draw.shuffle(v),
            "a": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2"),
            "alpha": draw.decimal("0.2", "0.25", "0.5", "0.8", "1.5"),
            "x": Fraction(draw.nonzero(-30, 30), 10),
            "w": 1,
            "b": 0,
        }
    return {
        "w": Fraction(draw.choice([n for n in range(-14, 15) if abs(n) > 2]), 2),
        "b": Fraction(draw.nonzero(-30, 30), 10),
        "x": Fraction(draw.nonzero(-20, 20), 10),
    }


@family.part(Real(digits=4), levels=EASY)
def sigmoid(x):
    return logistic(x)


@family.part(Real(digits=4), levels=EASY)
def sigmoid_slope(sigmoid):
    return sigmoid * (1 - sigmoid)


@family.part(Real(digits=4), levels=EASY)
def tangent(u):
    return tanh(u)


@family.part(Real(digits=4), levels=EASY)
def tangent_slope(u):
    return activations.tanh_slope(u)


@family.part(THREE, levels=MEDIUM)
def leaky(v, a):
    return tuple(leaky_relu(t, a) for t in v)


@family.part(THREE, levels=MEDIUM)
def leaky_slope(v, a):
    return tuple(leaky_relu_slope(t, a) for t in v)


@family.part(THREE, levels=MEDIUM)
def elu(v, alpha):
    return tuple(activations.elu(t, alpha) for t in v)


@family.part(THREE, levels=MEDIUM)
def elu_slope(v, alpha):
    return tuple(activations.elu_slope(t, alpha) for t in v)


@family.part(Real(digits=4), levels=MEDIUM)
def softplus(x):
    return activations.softplus(x)


@family.part(Real(digits=4), levels=MEDIUM)
def softplus_slope(x):
    return logistic(x)


@family.part(Real(digits=4), levels=HARD)
def composite_slope(w, b, x):
    return w * activations.sigmoid_slope(w * x + b)


@family.part(Real(digits=4), levels=HARD, marks=2)
def composite_curvature(w, b, x):
    return w**2 * activations.sigmoid_curvature(w * x + b)


@family.part(Real(digits=4), levels=HARD)
def steepest(w, b):
    return activations.steepest_point(w, b)


@family.part(Real(digits=4), levels=HARD)
def largest_slope(w):
    return activations.steepest_slope(w)


@family.part(Real(digits=4), levels=HARD)
def swish_slope(x):
    return activations.swish_slope(x)


@family.part(Expression(symbols={"x": "real"}), levels=HARD, marks=2)
def formula():
    return letters.formula(activations.swish_slope)


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


@sigmoid_slope.mistake("rule of tanh", "The rule 1 - y^2 belongs to tanh.")
def _(sigmoid):
    return 1 - sigmoid * sigmoid


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


@tangent_slope.mistake("rule of the sigmoid", "The rule y(1 - y) belongs to the sigmoid.")
def _(tangent):
    return tangent * (1 - tangent)


@tangent_slope.mistake("not squared", "The slope is 1 - tanh^2 u: subtract the square.")
def _(tangent):
    return 1 - tangent


@tangent_slope.mistake("the value", "That is the function itself.")
def _(tangent):
    return tangent


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


@composite_slope.mistake("inner derivative left out", "The chain rule brings a factor w.")
def _(w, b, x):
    return activations.sigmoid_slope(w * x + b)


@composite_slope.mistake("times x", "The derivative of w x + b by x is w, not x.")
def _(w, b, x):
    return x * activations.sigmoid_slope(w * x + b)


@composite_slope.mistake("the value", "That is the function itself.")
def _(w, b, x):
    return logistic(w * x + b)


@composite_curvature.mistake("factor w once", "Each derivative brings a factor w.")
def _(composite_curvature, w):
    return composite_curvature / w


@composite_curvature.mistake(
    "slope squared", "The second derivative is not the square of the first."
)
def _(composite_slope):
    return composite_slope * composite_slope


@composite_curvature.mistake("wrong sign", "The curve bends up where the argument is negative.")
def _(composite_curvature):
    return -composite_curvature


@steepest.mistake("at 0", "The argument of the sigmoid is 0 there, not x.")
def _():
    return 0


@steepest.mistake("wrong sign", "Solve w x + b = 0 for x.")
def _(steepest):
    return -steepest


@steepest.mistake("bias alone", "Divide by w.")
def _(b):
    return -b


@largest_slope.mistake("inner derivative left out", "The chain rule brings a factor w.")
def _():
    return Fraction(1, 4)


@largest_slope.mistake("value instead of slope", "σ(0) is 1/2, its slope there 1/4.")
def _(w):
    return w / 2


@largest_slope.mistake("the weight", "The sigmoid's own slope is a factor.")
def _(w):
    return w


@swish_slope.mistake("first term only", "The product rule has two terms.")
def _(x):
    return logistic(x)


@swish_slope.mistake("second term only", "The product rule has two terms.")
def _(x):
    return x * activations.sigmoid_slope(x)


@swish_slope.mistake("slope of the sigmoid", "The factor x belongs to the function, too.")
def _(x):
    return activations.sigmoid_slope(x)


@formula.mistake("first term only", "The product rule has two terms.")
def _():
    return letters.formula(logistic, z=letters.symbols("x"))


@formula.mistake("second term only", "The product rule has two terms.")
def _():
    return letters.formula(activations.swish_slope) - letters.formula(
        logistic, z=letters.symbols("x")
    )


@formula.mistake("the function", "This is the function; its derivative is asked for.")
def _():
    return letters.formula(swish)


def swish(x):
    return x * logistic(x)


def affine_sigmoid(w, b):
    return lambda x: functional.sigmoid(x * float(w) + float(b))


def swished(x):
    return x * functional.sigmoid(x)


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


@composite_slope.witness
def _(w, b, x):
    return derivatives(affine_sigmoid(w, b), x)[1]


@composite_curvature.witness
def _(w, b, x):
    return derivatives(affine_sigmoid(w, b), x, order=2)[2]


@lru_cache(maxsize=4)
def turning(w, b):
    """Where the engine's slope is steepest: a grid around the change of its sign, made finer."""
    low, high = -2.2, 2.2
    while high - low > 1e-10:
        grid = np.linspace(low, high, 65)
        bends = np.sign(derivatives(affine_sigmoid(w, b), grid, order=2)[2])
        place = int(np.argmax(bends[1:] != bends[0])) + 1
        low, high = grid[place - 1], grid[place]
    return (low + high) / 2


@steepest.witness
def _(w, b):
    return turning(w, b)


@largest_slope.witness
def _(w, b):
    return derivatives(affine_sigmoid(w, b), turning(w, b))[1]


@swish_slope.witness
def _(x):
    return derivatives(swished, x)[1]


@formula.witness
def _(point):
    return derivatives(swished, point["x"])[1]


@family.working
def _(x, w, b):
    return {
        "s": logistic(x),
        "slope": activations.sigmoid_slope(x),
        "inner": logistic(w * x + b),
        "rest": logistic(-(w * x + b)),
    }
