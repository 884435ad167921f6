"""Batch normalisation of one feature, backward pass.

Trap: treating mean and variance as constants, or summing x instead of its normalised values.
Reference: Ioffe and Szegedy (2015), section 3.
Source: S0-70, S0-71, S0-72, S0-73, S0-75, S0-80.
"""

from fractions import Fraction
from math import sqrt as root

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real, TrueFalse
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import batchnorm, letters

family = Family(
    version=3,
    conventions=[
        r"$\hat{x}_i = (x_i - \mu) / \sqrt{\sigma^2 + \epsilon}$ and $y_i = \gamma \hat{x}_i + "
        r"\beta$, where $\mu$ and $\sigma^2$ are the mean and the variance of the batch",
        "the variance divides by $m$",
    ],
)


@family.sample
def sample(draw):
    m = draw.by_level(3, 4, 4)
    return {
        "x": draw.integers(m, *draw.by_level((-4, 9), (-5, 9), (-8, 12)), distinct=True),
        "g": draw.integers(m, -3, 4, distinct=True),
        "gamma": draw.choice([-3, -2, -1, 2, 3, 4]),
        "eps": draw.by_level(0, draw.choice([0, 1]), draw.decimal("0", "0", "0", "0.1", "1", "2")),
    } | draw.by_level(
        {},
        {},
        {
            "summed": draw.choice(["x", r"\hat{x}"]),
            "shifted": draw.choice(["changes", "does not change"]),
        },
    )


@family.derive
def deviations(x):
    return batchnorm.deviations(x)


@family.condition
def _(deviations, g):
    return sum(g) != 0 and dot(deviations, g) != 0


@family.condition
def _(normalized, g, d_beta, d_gamma):
    """No gradient of an input is so small a difference that rounded values could not give it."""
    slope, parts = float(d_gamma), zip(normalized, g, strict=True)
    return all(abs(len(g) * w - d_beta - float(v) * slope) > 0.1 for v, w in parts)


@family.derive
def m(x):
    return len(x)


@family.derive
def variance(x):
    return batchnorm.variance(x, batchnorm.mean(x))


@family.derive
def deviation(variance, eps):
    """What the distances from the mean are divided by."""
    return sqrt(variance + eps)


@family.derive
def scale(gamma, deviation):
    return gamma / deviation


@family.run
def slopes(x, g, gamma, eps):
    return differentiated(x, g, gamma, eps)


def per_example(x):
    return Array(shape=(len(x),), digits=3)


@family.part(per_example)
def normalized(deviations, deviation):
    return deviations / deviation


normalized.slips = rows(
    ("divided by the variance", "Divide by the root of the variance.",
     lambda deviations, variance, eps: deviations / (variance + eps)),
    ("divided by m - 1", "The variance of batch normalisation divides by m.",
     lambda deviations, variance, m, eps: deviations / sqrt(variance * rational(m, m - 1) + eps)),
    ("mean not subtracted", "Subtract the mean of the batch.", lambda x, deviation: x / deviation),
    ("scaled already", "Gamma comes after the normalisation.",
     lambda normalized, gamma: normalized * gamma),
)  # fmt: skip
normalized.witness(lambda x, eps: layer(x, eps))


@family.part(Real())
def d_beta(g):
    return batchnorm.beta_gradient(g)


d_beta.slips = rows(
    ("mean instead of sum", "Beta and gamma enter every output, so the gradients are summed.",
     lambda d_beta, m: rational(d_beta, m)),
    ("multiplied by gamma", "Beta is added after the scaling by gamma.",
     lambda d_beta, gamma: d_beta * gamma),
    ("signs ignored", "Add the gradients with their signs.", lambda g: sum(abs(g))),
)  # fmt: skip
d_beta.witness(lambda slopes: slopes["beta"])


@family.part(Real(digits=3))
def d_gamma(normalized, g):
    return batchnorm.gamma_gradient(normalized, g)


d_gamma.slips = rows(
    ("inputs not normalised", "Gamma multiplies the normalised values, not x itself.",
     lambda x, g: batchnorm.gamma_gradient(x, g)),
    ("mean instead of sum", "Beta and gamma enter every output, so the gradients are summed.",
     lambda d_gamma, m: d_gamma * rational(1, m)),
    ("deviations not divided", "Gamma multiplies the normalised values.",
     lambda deviations, g: batchnorm.gamma_gradient(deviations, g)),
    ("multiplied by gamma",
     "The derivative of the output with respect to gamma is the normalised value.",
     lambda d_gamma, gamma: d_gamma * gamma),
)  # fmt: skip
d_gamma.witness(lambda slopes: slopes["gamma"])


@family.part(lambda x: Array(shape=(len(x),)), levels=["hard"])
def d_normalized(g, gamma):
    return batchnorm.normalized_gradient(g, gamma)


d_normalized.slips = rows(
    ("gamma left out", "The output is gamma times the normalised value.", lambda g: g),
)  # fmt: skip
d_normalized.witness(lambda slopes: slopes["normal"])


@family.part(Real(digits=3), marks=2, levels=["hard"])
def d_variance(x, d_normalized, variance, eps):
    return batchnorm.variance_gradient(x, d_normalized, variance, eps)


d_variance.slips = rows(
    ("sign lost", "A larger variance makes the normalised values smaller: minus.",
     lambda d_variance: -d_variance, Fraction(1, 2)),
    ("power -1/2", "The derivative of the power -1/2 has the power -3/2.",
     lambda d_variance, variance, eps: d_variance * (variance + eps)),
    ("mean not subtracted", "Multiply by the distance from the mean.",
     lambda x, deviations, d_normalized, d_variance:
         d_variance / dot(deviations, d_normalized) * dot(x, d_normalized)),
)  # fmt: skip
d_variance.witness(lambda slopes: slopes["variance"])


@family.part(Real(digits=3), levels=["hard"])
def d_mean(d_normalized, variance, eps):
    return batchnorm.mean_gradient(d_normalized, variance, eps)


d_mean.slips = rows(
    ("sign lost", "The mean is subtracted: minus.", lambda d_mean: -d_mean),
    ("divided by the variance", "Divide by the root of the variance.",
     lambda d_mean, deviation: d_mean / deviation),
)  # fmt: skip
d_mean.witness(lambda slopes: slopes["mean"])


@family.part(per_example, marks=2, levels=["medium", "hard"])
def d_input(normalized, g, d_beta, d_gamma, scale):
    return batchnorm.input_gradient(normalized, g, d_beta, d_gamma, scale)


d_input.slips = rows(
    ("statistics constant", "The mean and the variance depend on every input as well.",
     lambda g, scale: scale * g),
    ("variance path missing", "The variance depends on every input as well.",
     lambda normalized, g, d_beta, scale:
         batchnorm.input_gradient(normalized, g, d_beta, 0, scale)),
    ("mean path missing", "The mean depends on every input as well.",
     lambda normalized, g, d_gamma, scale:
         batchnorm.input_gradient(normalized, g, 0, d_gamma, scale)),
    ("1/m left out on the variance path", "The variance is a mean: divide by m.",
     lambda normalized, g, d_beta, d_gamma, m, scale:
         batchnorm.input_gradient(normalized, g, d_beta, m * d_gamma, scale)),
    ("gamma left out", "The gradient passes the scaling by gamma first.",
     lambda d_input, gamma: d_input * rational(1, gamma)),
    ("mean and variance paths added", "Both paths are subtracted from the direct one.",
     lambda normalized, g, d_beta, d_gamma, scale:
         batchnorm.input_gradient(normalized, g, -d_beta, -d_gamma, scale)),
    ("divided by the variance", "Divide by the root of the variance.",
     lambda d_input, deviation: d_input / deviation),
    ("not divided by the deviation",
     "The inputs are divided by the deviation, and so is the gradient.",
     lambda d_input, deviation: d_input * deviation),
)  # fmt: skip
d_input.witness(lambda slopes: slopes["x"])


def input_gradient(gamma, s, u, g, b, c):
    """The gradient of one example, where b and c are means over the batch: of g and of g u."""
    return batchnorm.input_gradient([u], [g], b, c, gamma / s)[0]


@family.part(
    Expression(symbols=dict.fromkeys(("gamma", "u", "g", "b", "c"), "real") | {"s": "positive"}),
    marks=2,
    levels=["hard"],
)
def closed_form():
    return letters.formula(input_gradient)


closed_form.slips = rows(
    ("statistics constant", "The mean and the variance depend on x as well.",
     lambda: letters.formula(lambda gamma, g, s: gamma * g / s)),
    ("variance path missing", "The variance depends on every input as well.",
     lambda: letters.formula(lambda gamma, g, b, s: gamma * (g - b) / s)),
    ("gamma left out", "The gradient passes the scaling by gamma first.",
     lambda closed_form: closed_form / letters.symbols("gamma")),
)  # fmt: skip


@closed_form.witness
def _(point):
    """A batch of six with these numbers: its first example is the one asked about."""
    s, u, g, b, c = (point[name] for name in "sugbc")
    t = root((6 - 1.2 * u * u) / 2)
    normal = np.array([u, t - u / 5, -t - u / 5, -u / 5, -u / 5, -u / 5])
    a = (6 * b - g) / 2
    d = (6 * c - g * u + 2 * a * u / 5) / (2 * t)
    return differentiated(s * normal, [g, a + d, a - d, 0, 0, 0], point["gamma"], 0)["x"][0]


@family.part(TrueFalse(statements=3), levels=["hard"])
def invariants(eps, summed, shifted):
    return (summed == "x", eps == 0, shifted == "does not change")


@invariants.witness
def _(x, g, gamma, eps, slopes, summed, shifted):
    moved = differentiated(x + 1, g, gamma, eps)["x"]
    sums = (slopes["x" if summed == "x" else "normal"].sum(), slopes["x"] @ layer(x, eps))
    same = bool(abs(moved - slopes["x"]).max() < 1e-9)
    return (*(bool(abs(v) < 1e-9) for v in sums), same == (shifted == "does not change"))


def layer(x, eps):
    """What the engine's layer makes of one feature."""
    bn = engine.BatchNorm1d(1, eps=eps, dtype="float64")
    return bn(engine.Tensor([[v] for v in x], dtype="float64")).data[:, 0]


def differentiated(x, g, gamma, eps):
    """Gradients by name, from elementary operations on the tape: nothing here knows a formula."""
    leaf, scale, shift = (
        engine.Tensor(value, dtype="float64", requires_grad=True) for value in (x, gamma, 0.0)
    )
    mean = leaf.mean()
    variance = ((leaf - mean) ** 2).mean()
    normal = (leaf - mean) / (variance + eps).sqrt()
    loss = ((normal * scale + shift) * np.array(g, dtype=float)).sum()
    nodes = {"x": leaf, "gamma": scale, "beta": shift, "normal": normal}
    nodes |= {"variance": variance, "mean": mean}
    slopes = engine.grad(loss, list(nodes.values()))
    return {name: slope.data for name, slope in zip(nodes, slopes, strict=True)}


@family.working
def _(x, g, deviations):
    return {"mean": batchnorm.mean(x), "weighted": batchnorm.gamma_gradient(deviations, g)}
