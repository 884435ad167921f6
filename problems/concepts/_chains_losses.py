"""Derivations about losses, activations and their derivatives.

References: Goodfellow, Bengio and Courville (2016), sections 3.10 and 6.2; LeCun et al. (1998),
section II.B.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.problems.concepts._chain import REAL, Chain, line

__all__ = ["DIFFERENCE", "LOGISTIC", "LOG_SUM_EXP", "SOFTMAX", "TANH"]

COUNT = ("2", "3", "4", "5", "6")


def taped(function, *numbers):
    """A function's value at some numbers and its derivatives there, from the tape."""
    places = [engine.Tensor(float(x), requires_grad=True) for x in numbers]
    value = function(*places)
    value.backward()
    return float(value.data), [float(x.grad) for x in places]


def logistic(a, y, w=1.0, x=1.0):
    """Loss of a logistic unit whose output is ``a``, and its derivatives by z and by the weight.

    The bias is what makes the output ``a``.
    """
    bias = np.log(float(a) / (1 - float(a))) - w * float(x)
    weight, b = (engine.Tensor([[n]], requires_grad=True) for n in (float(w), bias))
    z = weight * float(x) + b
    loss = functional.binary_cross_entropy_with_logits(z, np.array([[float(y)]]))
    loss.backward()
    return float(loss.data), float(b.grad[0, 0]), float(weight.grad[0, 0])


LOGISTIC = Chain(
    "cross-entropy of a logistic unit",
    r"A logistic unit has the output $a = \sigma(z)$ with $z = w x + b$; its target is $y$ and its loss the "
    r"cross-entropy $L$. Recall $\sigma'(z) = a (1 - a)$.",
    {"a": "unit", "y": "unit", "x": "real"},
    {"a": ("0.1", "0.2", "0.3", "0.4", "0.6", "0.7", "0.8", "0.9"),
     "y": ("1", "0.95", "0.05", "0.85", "0", "0.15", "0.25"), "x": REAL},
    (
        r"The probability of $y = 1$ is $a$, that of $y = 0$ is $1 - a$.",
        r"Differentiate both logarithms; the inner derivative of $1 - a$ is $-1$.",
        r"$a (1 - a)$ cancels the denominators: $(1 - y) a - y (1 - a)$ remains.",
        r"The derivative of $z$ with respect to $w$ is $x$.",
    ),
    (
        line("L", r"-\ln p(y \mid x)", lambda a, y: -y * log(a) - (1 - y) * log(1 - a),
             lambda a, y: logistic(a, y)[0],
             ("sign", "The logarithms are negative, but a loss is positive.", lambda a, y: y * log(a) + (1 - y) * log(1 - a)),
             ("bracket forgotten", "The minus sign belongs to both logarithms.", lambda a, y: -y * log(a) + (1 - y) * log(1 - a))),
        line(r"\frac{\partial L}{\partial a}", r"\frac{\partial}{\partial a} L",
             lambda a, y: (1 - y) / (1 - a) - y / a,
             lambda a, y: logistic(a, y)[1] / taped(lambda z: z.sigmoid(), np.log(float(a) / (1 - float(a))))[1][0],
             ("sign of the whole", "The loss falls when a moves towards y.", lambda a, y: y / a - (1 - y) / (1 - a)),
             ("inner derivative", "The derivative of 1 - a is -1.", lambda a, y: -y / a - (1 - y) / (1 - a))),
        line(r"\delta", r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \, a (1 - a)",
             lambda a, y: a - y, lambda a, y: logistic(a, y)[1],
             ("sign", "Output minus target for a loss; target minus output for a likelihood.", lambda a, y: y - a),
             ("slope kept", "a (1 - a) cancels the denominators.", lambda a, y: (a - y) * a * (1 - a))),
        line(r"\frac{\partial L}{\partial w}", r"\delta x", lambda a, y, x: (a - y) * x,
             lambda a, y, x: logistic(a, y, x=x)[2],
             ("input forgotten", "The derivative of z with respect to w is x.", lambda a, y: a - y),
             ("sign", "Output minus target for a loss; target minus output for a likelihood.", lambda a, y, x: (y - a) * x)),
    ),
)  # fmt: skip


def cross_entropy(z_1, z_2):
    """The engine's loss of class 1 of two, and its derivative by the first logit."""
    logits = engine.Tensor([[float(z_1), float(z_2)]], requires_grad=True)
    loss = functional.cross_entropy(logits, np.array([0]))
    loss.backward()
    return float(loss.data), float(logits.grad[0, 0])


SOFTMAX = Chain(
    "softmax with two classes",
    r"A softmax layer has two classes with the logits $z_1 = w_1 x$ and $z_2$. The example belongs to "
    r"class 1, and the loss is $L = -\ln p_1$.",
    {"z_1": "real", "z_2": "real", "x": "real"},
    {"z_1": ("0", "1", "2", "-1", "-2", "2.5", "-0.5"), "z_2": ("3", "-3", "4", "0.5", "1.5", "-1.5", "3.5", "-4"), "x": REAL},
    (
        r"Divide numerator and denominator by $e^{z_1}$.",
        r"$-\ln \frac{1}{u} = \ln u$.",
        r"The derivative of $\ln u$ is $u' / u$ with $u' = -e^{z_2 - z_1}$; then multiply both by $e^{z_1 - z_2}$.",
        r"The derivative of $z_1$ with respect to $w_1$ is $x$.",
    ),
    (
        line("p_1", r"\frac{e^{z_1}}{e^{z_1} + e^{z_2}}", lambda z_1, z_2: 1 / (1 + exp(z_2 - z_1)),
             lambda z_1, z_2: functional.softmax(engine.Tensor([float(z_1), float(z_2)])).data[0],
             ("difference reversed", "Divide above and below by exp(z_1).", lambda z_1, z_2: 1 / (1 + exp(z_1 - z_2))),
             ("ratio of the logits", "The exponentials are divided, not the logits.", lambda z_1, z_2: 1 / (1 + z_2 - z_1)),
             ("sum of the logits", "Dividing exponentials subtracts the exponents.", lambda z_1, z_2: 1 / (rational(1) + exp(z_1 + z_2)))),
        line("L", r"-\ln p_1", lambda z_1, z_2: log(1 + exp(z_2 - z_1)),
             lambda z_1, z_2: cross_entropy(z_1, z_2)[0],
             ("sign", "The logarithm of a probability is negative, the loss is positive.", lambda z_1, z_2: -log(1 + exp(z_2 - z_1))),
             ("difference reversed", "A larger z_1 makes the loss smaller.", lambda z_1, z_2: log(1 + exp(z_1 - z_2)))),
        line(r"\frac{\partial L}{\partial z_1}", r"\frac{\partial}{\partial z_1} L",
             lambda z_1, z_2: -1 / (1 + exp(z_1 - z_2)),
             lambda z_1, z_2: cross_entropy(z_1, z_2)[1],
             ("target not subtracted", "The derivative is p_1 - 1, not p_1.", lambda z_1, z_2: 1 / (1 + exp(z_2 - z_1))),
             ("sign", "A larger z_1 makes the loss smaller.", lambda z_1, z_2: 1 / (1 + exp(z_1 - z_2)))),
        line(r"\frac{\partial L}{\partial w_1}", r"\frac{\partial L}{\partial z_1} \, x",
             lambda z_1, z_2, x: -x / (1 + exp(z_1 - z_2)),
             lambda z_1, z_2, x: cross_entropy(z_1, z_2)[1] * taped(lambda w: w * float(x), 1)[1][0],
             ("input forgotten", "The derivative of z_1 with respect to w_1 is x.", lambda z_1, z_2: -1 / (1 + exp(z_1 - z_2))),
             ("target not subtracted", "The derivative is (p_1 - 1) x, not p_1 x.", lambda z_1, z_2, x: x / (1 + exp(z_2 - z_1)))),
    ),
)  # fmt: skip

TANH = Chain(
    "hyperbolic tangent and sigmoid",
    r"Let $\sigma(x) = \frac{1}{1 + e^{-x}}$; the lines are written in exponentials of $x$.",
    {"x": "real"},
    {"x": tuple(str(n / 10) for n in range(-25, 26) if n % 10)},
    (
        r"Put $2x$ in for $x$.",
        r"Bring both terms over the denominator $1 + e^{-2x}$ and multiply above and below by $e^{2x}$.",
        r"$(q + 1)^2 - (q - 1)^2 = 4q$ with $q = e^{2x}$.",
        r"Put in the two earlier lines and multiply.",
    ),
    (
        line(r"\sigma(2x)", r"\sigma(x + x)", lambda x: 1 / (1 + exp(-2 * x)),
             lambda x: engine.Tensor(2 * float(x)).sigmoid().data,
             ("sign of the exponent", "The sigmoid rises: its exponent is negative.", lambda x: 1 / (1 + exp(2 * x))),
             ("argument not doubled", "The argument is 2x.", lambda x: 1 / (1 + exp(-x)))),
        line(r"\tanh x", r"2 \sigma(2x) - 1", lambda x: (exp(2 * x) - 1) / (exp(2 * x) + 1),
             lambda x: engine.Tensor(float(x)).tanh().data,
             ("argument not doubled", "2 sigma(x) - 1 is tanh(x/2).", lambda x: (exp(x) - 1) / (exp(x) + 1)),
             ("1 not subtracted", "tanh passes through 0.", lambda x: 2 * exp(2 * x) / (exp(2 * x) + 1))),
        line(r"\frac{d}{dx} \tanh x", r"1 - (\tanh x)^2",
             lambda x: 4 * exp(2 * x) / (exp(2 * x) + 1) ** 2,
             lambda x: taped(lambda place: place.tanh(), x)[1][0],
             ("that of the sigmoid", "The slope of tanh at 0 is 1, that of the sigmoid 1/4.", lambda x: exp(2 * x) / (exp(2 * x) + 1) ** 2),
             ("inner derivative forgotten", "The argument 2x gives one factor 2, the 2 before sigma another.",
              lambda x: 2 * exp(2 * x) / (exp(2 * x) + 1) ** 2)),
        line(r"\frac{d^2}{dx^2} \tanh x", r"-2 \, (\tanh x) \, \frac{d}{dx} \tanh x",
             lambda x: -8 * exp(2 * x) * (exp(2 * x) - 1) / (exp(2 * x) + 1) ** 3,
             lambda x: taped(lambda place: 1 - place.tanh() * place.tanh(), x)[1][0],
             ("sign", "The slope falls where x is positive.", lambda x: 8 * exp(2 * x) * (exp(2 * x) - 1) / (exp(2 * x) + 1) ** 3),
             ("factor 2 lost", "The derivative of the square has a factor 2.",
              lambda x: -4 * exp(2 * x) * (exp(2 * x) - 1) / (exp(2 * x) + 1) ** 3)),
    ),
    form="exponentials",
)  # fmt: skip

LOG_SUM_EXP = Chain(
    "log-sum-exp of equal entries",
    r"All $n$ entries of $x$ have the absolute value $p$, and $t > 0$.",
    {"n": "positive integer", "p": "positive", "t": "positive"},
    {"n": (*COUNT, "8", "12", "20"), "p": ("1", "3", "2", "0.5", "1.5", "2.5"), "t": ("2", "0.1", "0.2", "3", "0.25", "0.4")},
    (
        r"All $n$ terms are equal.",
        r"The logarithm of a product is the sum of the logarithms.",
        r"Divide both terms by $t$.",
        r"$p$ cancels.",
    ),
    (
        line("S", r"\sum_{i=1}^{n} e^{t |x_i|}", lambda n, p, t: n * exp(t * p),
             lambda n, p, t: np.sum(np.exp(float(t) * np.full(n, float(p)))),
             ("factor t lost", "Every entry is multiplied by t.", lambda n, p: n * exp(p)),
             ("count in the exponent", "n equal terms are added, not multiplied.", lambda n, p, t: exp(n * t * p))),
        line(r"\Lambda", r"\ln S", lambda n, p, t: t * p + log(n),
             lambda n, p, t: engine.Tensor(np.full(n, float(t) * float(p))).logsumexp(0).data,
             ("factor t lost", "The largest entry of t x is t p.", lambda n, p: p + log(n)),
             ("logarithms multiplied", "The logarithm of a product is a sum.", lambda n, p, t: t * p * log(n))),
        line(r"M", r"\frac{1}{t} \Lambda", lambda n, p, t: p + log(n) / t,
             lambda n, p, t: engine.Tensor(np.full(n, float(t) * float(p))).logsumexp(0).data / float(t),
             ("second term not divided", "Both terms are divided by t.", lambda n, p: p + log(n)),
             ("first term kept", "Both terms are divided by t.", lambda n, p, t: t * p + log(n) / t)),
        line(r"\Delta", r"M - p", lambda n, t: log(n) / t,
             lambda n, t: engine.Tensor(np.full(n, float(t))).logsumexp(0).data / float(t) - 1,
             ("multiplied by t", "The gap closes when t grows.", lambda n, t: t * log(n)),
             ("t lost", "The gap closes when t grows.", lambda n: log(n))),
    ),
)  # fmt: skip


def cube(k, x):
    return float(k) * float(x) ** 3


DIFFERENCE = Chain(
    "error of a central difference",
    r"The derivative of $f(x) = k x^3$, which is $3 k x^2$, is checked by a central difference with step $h$.",
    {"k": "positive", "x": "real", "h": "positive"},
    {"k": ("4", "5", "6", "7"), "x": ("1", "-2", "2", "-1", "3", "-3"), "h": ("0.1", "0.2", "0.5", "0.01", "0.02", "0.05", "0.25", "0.4")},
    (
        r"In $(x + h)^3 - (x - h)^3$ the even powers of $h$ cancel and the odd ones double.",
        r"Divide both terms.",
        r"The derivative cancels.",
        r"$f(h) = k h^3$.",
    ),
    (
        line("S", r"f(x + h) - f(x - h)", lambda k, x, h: 6 * k * x**2 * h + 2 * k * h**3,
             lambda k, x, h: cube(k, x + h) - cube(k, x - h),
             ("even terms kept", "The even powers of h cancel, the odd ones double.",
              lambda k, x, h: 6 * k * x**2 * h + 6 * k * x * h**2 + 2 * k * h**3),
             ("cubic term lost", "The h cubed terms add up to 2 k h^3.", lambda k, x, h: 6 * k * x**2 * h)),
        line(r"\Delta_h", r"\frac{S}{2 h}", lambda k, x, h: 3 * k * x**2 + k * h**2,
             lambda k, x, h: (cube(k, x + h) - cube(k, x - h)) / (2 * float(h)),
             ("divided by h", "The two points are 2h apart.", lambda k, x, h: 6 * k * x**2 + 2 * k * h**2),
             ("error linear in h", "Dividing h cubed by h leaves h squared.", lambda k, x, h: 3 * k * x**2 + k * h)),
        line("E", r"\Delta_h - 3 k x^2", lambda k, h: k * h**2,
             lambda k, h: (cube(k, 1 + h) - cube(k, 1 - h)) / (2 * float(h)) - taped(lambda x: x * x * x * float(k), 1)[1][0],
             ("error linear in h", "The central difference has an error of second order.", lambda k, h: k * h),
             ("exact", "For a cubic the difference is not exact.", lambda h: h - h)),
        line("Q", r"\frac{E}{f(h)}", lambda h: 1 / h,
             lambda h: ((cube(1, 1 + h) - cube(1, 1 - h)) / (2 * float(h)) - 3) / cube(1, h),
             ("upside down", "E has one power of h less than f(h).", lambda h: h + 0),
             ("powers subtracted twice", "h squared over h cubed is 1/h.", lambda h: 1 / h**2)),
    ),
)  # fmt: skip
