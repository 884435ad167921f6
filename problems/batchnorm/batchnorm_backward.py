"""Batch normalisation of one feature, backward pass.

Trap: treating mean and variance as constants, or summing x instead of its normalised values.
Reference: Ioffe and Szegedy (2015), section 3.
Source: S0-70, S0-71, S0-72, S0-73, S0-75, S0-80.
"""

from functools import cache, lru_cache
from math import sqrt as root

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real, TrueFalse
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import batchnorm

family = Family(
    conventions=[
        r"$\hat{x}_i = (x_i - \mu) / \sqrt{\sigma^2 + \epsilon}$ and $y_i = \gamma \hat{x}_i + "
        r"\beta$, where $\mu$ and $\sigma^2$ are the mean and the variance of the batch",
        "the variance divides by $m$",
    ]
)


@family.sample
def sample(draw):
    m = draw.by_level(3, 4, draw.integer(4, 5))
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


@family.condition
def _(x, g):
    slope = sum(v * w for v, w in zip(batchnorm.deviations(x), g, strict=True))
    return sum(g) != 0 and slope != 0


@family.condition
def _(normalized, g, d_beta, d_gamma):
    """No gradient of an input is so small a difference that rounded values could not give it."""
    slope, parts = float(d_gamma), zip(normalized, g, strict=True)
    return all(abs(len(g) * w - d_beta - float(v) * slope) > 0.1 for v, w in parts)


@lru_cache(maxsize=16)
def spread(x):
    """The variance of the batch."""
    return batchnorm.variance(x, batchnorm.mean(x))


def per_example(x):
    return Array(shape=(len(x),), digits=4)


@family.part(per_example)
def normalized(x, eps):
    mean = batchnorm.mean(x)
    return batchnorm.normalize(x, mean, spread(x), eps)


def divided_by_the_variance(x, eps):
    variance = spread(x) + eps
    return tuple(v / variance for v in batchnorm.deviations(x))


def divided_by_m_1(x, eps):
    variance = spread(x) * rational(len(x), len(x) - 1)
    return batchnorm.normalize(x, batchnorm.mean(x), variance, eps)


normalized.slips = rows(
    ("divided by the variance", "Divide by the root of the variance.", divided_by_the_variance),
    ("divided by m - 1", "The variance of batch normalisation divides by m.", divided_by_m_1),
)  # fmt: skip

normalized.witness(lambda x, eps: layer(x, eps))


@family.part(Real(digits=4))
def d_beta(g):
    return batchnorm.beta_gradient(g)


d_beta.slips = rows(
    ("mean instead of sum", "Beta enters every output, so the gradients are summed.",
     lambda g, d_beta: d_beta * rational(1, len(g))),
    ("multiplied by gamma", "Beta is added after the scaling by gamma.",
     lambda d_beta, gamma: d_beta * gamma),
)  # fmt: skip


@family.part(Real(digits=4))
def d_gamma(normalized, g):
    return batchnorm.gamma_gradient(normalized, g)


d_gamma.slips = rows(
    ("inputs not normalised", "Gamma multiplies the normalised values, not x itself.",
     lambda x, g: batchnorm.gamma_gradient(x, g)),
    ("mean instead of sum", "Gamma enters every output, so the gradients are summed.",
     lambda g, d_gamma: d_gamma * rational(1, len(g))),
)  # fmt: skip


@family.part(per_example, levels=["hard"])
def d_normalized(g, gamma):
    return batchnorm.normalized_gradient(g, gamma)


d_normalized.slips = rows(
    ("gamma left out", "The output is gamma times the normalised value.", lambda g: g),
)  # fmt: skip


@family.part(Real(digits=4), marks=2, levels=["hard"])
def d_variance(x, d_normalized, eps):
    variance = spread(x)
    return batchnorm.variance_gradient(x, d_normalized, variance, eps)


def mean_not_subtracted(x, d_normalized, d_variance):
    ours = batchnorm.gamma_gradient(batchnorm.deviations(x), d_normalized)
    return d_variance / ours * batchnorm.gamma_gradient(x, d_normalized)


d_variance.slips = rows(
    ("sign lost", "A larger variance makes the normalised values smaller: minus.",
     lambda d_variance: -d_variance),
    ("power -1/2", "The derivative of the power -1/2 has the power -3/2.",
     lambda x, d_variance, eps: d_variance * (spread(x) + eps)),
    ("mean not subtracted", "Multiply by the distance from the mean.", mean_not_subtracted),
)  # fmt: skip


@family.part(Real(digits=4), levels=["hard"])
def d_mean(x, d_normalized, eps):
    variance = spread(x)
    return batchnorm.mean_gradient(d_normalized, variance, eps)


d_mean.slips = rows(
    ("sign lost", "The mean is subtracted: minus.", lambda d_mean: -d_mean),
    ("divided by the variance", "Divide by the root of the variance.",
     lambda x, d_mean, eps: d_mean / sqrt(rational(1) * (spread(x) + eps))),
)  # fmt: skip


def scale(x, gamma, eps):
    return gamma / sqrt(spread(x) + eps)


@family.part(per_example, marks=3, levels=["medium", "hard"])
def d_input(x, normalized, g, d_beta, d_gamma, gamma, eps):
    return batchnorm.input_gradient(normalized, g, d_beta, d_gamma, scale(x, gamma, eps))


def statistics_constant(x, g, gamma, eps):
    factor = scale(x, gamma, eps)
    return tuple(factor * v for v in g)


def the_1_m_left_out_on_the_variance_path(x, normalized, g, d_beta, d_gamma, gamma, eps):
    whole = len(x) * d_gamma
    return batchnorm.input_gradient(normalized, g, d_beta, whole, scale(x, gamma, eps))


d_input.slips = rows(
    ("statistics constant", "The mean and the variance depend on every input as well.",
     statistics_constant),
    ("variance path missing",
     "The variance depends on every input as well.",
     lambda x, normalized, g, d_beta, gamma, eps: batchnorm.input_gradient(normalized, g, d_beta, 0, scale(x, gamma, eps))),
    ("mean path missing",
     "The mean depends on every input as well.",
     lambda x, normalized, g, d_gamma, gamma, eps: batchnorm.input_gradient(normalized, g, 0, d_gamma, scale(x, gamma, eps))),
    ("1/m left out on the variance path", "The variance is a mean: divide by m.",
     the_1_m_left_out_on_the_variance_path),
    ("gamma left out", "The gradient passes the scaling by gamma first.",
     lambda d_input, gamma: tuple(v * rational(1, gamma) for v in d_input)),
)  # fmt: skip


@cache
def letters():
    from sympy import symbols  # the hard level alone pays for it

    return symbols("gamma s u g b c")


@cache
def formula_of():
    gamma, s, u, g, b, c = letters()
    return batchnorm.input_gradient([u], [g], b, c, gamma / s)[0]


@family.part(
    Expression(symbols=dict.fromkeys(("gamma", "u", "g", "b", "c"), "real") | {"s": "positive"}),
    marks=3,
    levels=["hard"],
)
def closed_form():
    return formula_of()


def statistics_constant_2():
    gamma, s, _u, g, _b, _c = letters()
    return gamma * g / s


def variance_path_missing():
    gamma, s, _u, g, b, _c = letters()
    return gamma * (g - b) / s


closed_form.slips = rows(
    ("statistics constant", "The mean and the variance depend on x as well.",
     statistics_constant_2),
    ("variance path missing", "The variance depends on every input as well.",
     variance_path_missing),
    ("gamma left out", "The gradient passes the scaling by gamma first.",
     lambda closed_form: closed_form / letters()[0]),
)  # fmt: skip


@closed_form.witness
def _(point):
    """A batch of six with these numbers: its first example is the one asked about."""
    s, u, g, b, c = (point[name] for name in "sugbc")
    t = root((6 - 1.2 * u * u) / 2)
    normal = [u, t - u / 5, -t - u / 5, -u / 5, -u / 5, -u / 5]
    a = (6 * b - g) / 2
    d = (6 * c - g * u + 2 * a * u / 5) / (2 * t)
    batch = tuple(s * v for v in normal)
    return differentiated(batch, (g, a + d, a - d, 0, 0, 0), point["gamma"], 0)["x"][0]


@family.part(TrueFalse(statements=3), levels=["hard"])
def invariants(eps, summed, shifted):
    return (summed == "x", eps == 0, shifted == "does not change")


@invariants.witness
def _(x, g, gamma, eps, summed, shifted):
    found = differentiated(x, g, gamma, eps)
    moved = differentiated(tuple(v + 1 for v in x), g, gamma, eps)["x"]
    sums = (found["x" if summed == "x" else "normal"].sum(), found["x"] @ layer(x, eps))
    same = bool(abs(moved - found["x"]).max() < 1e-9)
    return (*(bool(abs(v) < 1e-9) for v in sums), same == (shifted == "does not change"))


def layer(x, eps):
    """What the engine's layer makes of one feature."""
    bn = engine.BatchNorm1d(1, eps=float(eps), dtype="float64")
    return bn(engine.Tensor([[float(v)] for v in x])).data[:, 0]


@lru_cache(maxsize=8)
def differentiated(x, g, gamma, eps):
    """Gradients by name, from elementary operations on the tape: nothing here knows a formula."""
    leaf, upstream = (engine.Tensor([float(v) for v in values]) for values in (x, g))
    scale, shift = engine.Tensor(float(gamma)), engine.Tensor(0.0)
    for t in (leaf, scale, shift):
        t.requires_grad = True
    mean = leaf.mean()
    variance = ((leaf - mean) ** 2).mean()
    normal = (leaf - mean) / (variance + float(eps)).sqrt()
    loss = ((normal * scale + shift) * upstream).sum()
    nodes = {"x": leaf, "gamma": scale, "beta": shift, "normal": normal}
    nodes |= {"variance": variance, "mean": mean}
    slopes = engine.grad(loss, list(nodes.values()))
    return {name: slope.data for name, slope in zip(nodes, slopes, strict=True)}


def slope_at(node):
    """The witness of a gradient: the tape, read at one node."""
    return lambda x, g, gamma, eps: differentiated(x, g, gamma, eps)[node]


d_beta.witness(slope_at("beta"))

d_gamma.witness(slope_at("gamma"))

d_normalized.witness(slope_at("normal"))

d_variance.witness(slope_at("variance"))

d_mean.witness(slope_at("mean"))

d_input.witness(slope_at("x"))


@family.working
def _(x, g, eps):
    mean = batchnorm.mean(x)
    variance = batchnorm.variance(x, mean)
    return {
        "m": len(x),
        "mean": mean,
        "variance": variance,
        "deviations": batchnorm.deviations(x),
        "deviation": sqrt(variance + eps),
        "weighted": batchnorm.gamma_gradient(batchnorm.deviations(x), g),
    }
