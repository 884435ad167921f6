"""Layer norm and RMS norm, and how they differ from batch norm.

Trap: normalising over the batch, dividing by d - 1 or by the variance, centring in RMS norm.
Reference: Ba, Kiros and Hinton (2016), equation 4; Zhang and Sennrich (2019), equation 4.
Source: none
"""

from typing import NamedTuple

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Integer, Real
from partialcredit.numbers.exact import Number, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns
from partialcredit.problems._counting import entries
from partialcredit.problems._tape import tensor
from partialcredit.solvers import batchnorm, layer_norms

family = Family(
    conventions=[
        "{% if level != 'easy' %}rows are tokens and columns are features{% endif %}",
        "the variance divides by the number of features",
        r"{% if level == 'hard' %}$\epsilon$ stands inside the root{% endif %}",
    ]
)
OUTCOMES = ("both", "layer norm alone", "RMS norm alone", "neither")
CHANGES = {
    "both": ["every feature is multiplied by {k}", "every feature is divided by {k}"],
    "layer norm alone": [
        "{k} is added to every feature",
        "{k} is subtracted from every feature",
        "every feature is multiplied by {k}, and then {k} is added",
    ],
    "neither": [
        "every feature is multiplied by -{k}",
        "the first feature alone is multiplied by {k}",
        "{k} is added to the first feature alone",
    ],
}


@family.sample
def sample(draw):
    tokens, d = draw.by_level((1, 3), (2, 4), (2, 4))
    low, high = draw.by_level((-6, 9), (-4, 7), (-4, 7))
    halves = [rational(k, 2) for k in range(-4, 5) if k]
    drawn = {
        "x": draw.matrix(tokens, d, low, high),
        "gamma": draw.by_level((1,) * d, draw.sample(halves, d), draw.sample(halves, d)),
        "beta": draw.by_level((0,) * d, draw.integers(d, -2, 3), draw.integers(d, -2, 3)),
        "eps": draw.by_level(0, 0, 1),
        "B": draw.integer(2, 32),
        "t": draw.integer(10, 200),
        "f": 8 * draw.integer(2, 64),
    }
    if draw.level != "hard":
        return drawn
    outcome = draw.choice([*CHANGES])
    change = draw.choice(range(len(CHANGES[outcome])))
    return drawn | {"outcome": outcome, "change": change, "k": draw.integer(2, 9)}


@family.condition
def _(x, gamma, beta):
    """Rows that vary, whose mean is neither 0 nor their median; scales that are no shifts."""
    lively = all(len(set(row)) > 2 and sum(row) and mean_apart(row) for row in x)
    spread = len(x) == 1 or all(len(set(column)) > 1 for column in columns(x))
    return lively and spread and all(g != b for g, b in zip(gamma, beta, strict=True))


def mean_apart(row):
    middle = sorted(row)
    return sum(row) * 2 != len(row) * (middle[(len(row) - 1) // 2] + middle[len(row) // 2])


def per_token(x):
    return Array(shape=(len(x),), digits=3) if len(x) > 1 else Real(digits=3)


def per_value(x):
    shape = len(x), len(x[0])
    return Array(shape=shape if len(x) > 1 else shape[1:], digits=3)


def listed(found):
    """What each token has; of a single token that alone."""
    return found if len(found) > 1 else found[0]


def tokenwise(x, mean, variance):
    """Token, mean and variance together."""
    alone = len(x) == 1
    return list(zip(x, [mean] if alone else mean, [variance] if alone else variance, strict=True))


@family.part(per_token)
def mean(x):
    return listed([batchnorm.mean(row) for row in x])


mean.slips = rows(
    ("over the tokens", "Every token has its own mean, over its features.",
     lambda x: [batchnorm.mean(column) for column in columns(x)][: len(x)] if len(x) > 1 else None),
    ("divided by one less", "The mean divides by the number of features.",
     lambda x: listed([sum(row) * rational(1, len(row) - 1) for row in x])),
    ("sum", "Divide by the number of features.", lambda x: listed(list(map(sum, x)))),
)  # fmt: skip


@family.run
def transposed(x):
    """Batch normalisation of the transposed matrix: its channels are the tokens."""
    layer = engine.BatchNorm1d(len(x), eps=0, momentum=1.0)
    return layer, layer(tensor(columns(x))).data


mean.witness(lambda transposed: listed(transposed[0].running_mean))


@family.part(per_token)
def variance(x, mean):
    return listed([batchnorm.variance(row, m) for row, m, _ in tokenwise(x, mean, mean)])


variance.slips = rows(
    ("divided by one less", "This variance divides by the number of features.",
     lambda variance, x: variance * rational(len(x[0]), len(x[0]) - 1)),
    ("root taken", "The variance is the mean square, without a root.",
     lambda variance: sqrt(variance)),
    ("not divided", "The squares are averaged.", lambda variance, x: len(x[0]) * variance),
    ("mean of the squares", "Subtract the mean before squaring.",
     lambda x: listed([batchnorm.mean(row**2) for row in x])),
)  # fmt: skip
variance.witness(
    lambda transposed, x: listed((np.ptp(x, axis=1) / np.ptp(transposed[1], axis=0)) ** 2)
)


@family.part(per_value, marks=2)
def output(x, mean, variance, gamma, beta, eps):
    together = tokenwise(x, mean, variance)
    return listed([layer_norms.layer_norm(*one, gamma, beta, eps) for one in together])


def over_the_batch(x, gamma, beta, eps):
    if len(x) == 1:
        return None
    found = []
    for column, g, b in zip(columns(x), gamma, beta, strict=True):
        m = batchnorm.mean(column)
        v = batchnorm.variance(column, m)
        found.append(g * batchnorm.normalize(column, m, v, eps) + b)
    return columns(found)


class Token(NamedTuple):
    """What a norm of one token may use."""

    x: Vector
    mean: Number
    variance: Number
    gamma: Vector
    beta: Vector
    eps: Number


def each_token(wrong):
    """A slip of both norms, given for one token."""
    return lambda x, mean, variance, gamma, beta, eps: listed(
        [wrong(Token(*one, gamma, beta, eps)) for one in tokenwise(x, mean, variance)]
    )


output.slips = rows(
    ("divided by the variance", "Divide by the root of the variance.",
     each_token(lambda t: t.gamma * (t.x - t.mean) / (t.variance + t.eps) + t.beta)),
    ("not centred", "Layer norm subtracts the mean first.",
     each_token(lambda t: layer_norms.layer_norm(**t._asdict() | {"mean": 0}))),
    ("over the batch", "Each token is normalised by its own features.", over_the_batch),
    ("scale and shift exchanged", "Gamma scales and beta shifts.",
     each_token(lambda t: layer_norms.layer_norm(t.x, t.mean, t.variance, t.beta, t.gamma, t.eps))),
    ("scale and shift left out", "Scale and shift every feature at the end.",
     each_token(lambda t: batchnorm.normalize(t.x, t.mean, t.variance, t.eps))),
    ("eps outside the root", "The stabiliser is added before the root is taken.",
     each_token(lambda t: t.gamma * (t.x - t.mean) / (sqrt(t.variance) + t.eps) + t.beta)),
)  # fmt: skip


@output.witness
def _(x, gamma, beta, eps):
    layer = engine.LayerNorm(len(gamma), eps=eps)
    layer.weight.data[:], layer.bias.data[:] = gamma, beta
    return listed(layer(tensor(x)).data)


@family.part(per_value, marks=2)
def rms_output(x, gamma, eps):
    return listed([layer_norms.rms_norm(row, gamma, eps) for row in x])


rms_output.slips = rows(
    ("centred", "RMS norm does not subtract the mean.",
     each_token(lambda t: layer_norms.layer_norm(**t._asdict() | {"beta": 0 * t.beta}))),
    ("root left out", "Divide by the root of the mean square.",
     each_token(lambda t: t.gamma * t.x / (batchnorm.mean(t.x**2) + t.eps))),
    ("sum in place of the mean", "The squares are averaged.",
     each_token(lambda t: t.gamma * t.x / sqrt(sum(t.x**2) + t.eps))),
    ("shift added", "RMS norm has no shift.",
     each_token(lambda t: layer_norms.rms_norm(t.x, t.gamma, t.eps) + t.beta)),
    ("root of the variance", "RMS norm divides by the root of the mean square.",
     each_token(lambda t: t.gamma * t.x / sqrt(t.variance + t.eps))),
)  # fmt: skip


@rms_output.witness
def _(x, gamma, eps):
    layer = engine.RMSNorm(len(gamma), eps=eps)
    layer.weight.data[:] = gamma
    return listed(layer(tensor(x)).data)


@family.part(Integer())
def statistics(B, t):
    return layer_norms.layer_statistics(B, t)


statistics.slips = rows(
    ("a pair for each feature", "Batch norm has a pair for each feature.", lambda f: 2 * f),
    ("a pair for each text", "Every token is normalised by itself.", lambda B: 2 * B),
    ("means alone", "Every token has a mean and a variance.", lambda B, t: B * t),
    ("a pair for each position", "The tokens of every text have their own.", lambda t: 2 * t),
    ("a pair for each number", "All features of a token share one pair.",
     lambda B, t, f: 2 * B * t * f),
)  # fmt: skip
statistics.witness(lambda B, t: entries(B, t) + entries(B, t))


@family.part(lambda x: Array(shape=(len(x[0]),), digits=3), levels=["medium", "hard"])
def batch_mean(x):
    return [batchnorm.mean(column) for column in columns(x)]


batch_mean.slips = rows(
    ("one mean for all", "Batch norm has a mean for every feature.",
     lambda x: [batchnorm.mean([v for row in x for v in row])] * len(x[0])),
    ("sum", "Divide by the number of tokens.", lambda x: list(map(sum, columns(x)))),
    ("first token", "All tokens of the batch are averaged.", lambda x: x[0]),
)  # fmt: skip


@batch_mean.witness
def _(x):
    layer = engine.BatchNorm1d(len(x[0]), eps=1, momentum=1.0)
    layer(tensor(x))
    return layer.running_mean


@family.part(Choice(OUTCOMES), levels=["hard"])
def unchanged(outcome):
    return OUTCOMES.index(outcome)


unchanged.slips = rows(
    ("nothing changes anything", "A factor below 0 and a change of one feature do show.",
     lambda: 0),
    ("RMS norm centres", "RMS norm subtracts no mean, so it sees a shift.", lambda: 2),
    ("everything shows", "Both norms divide a common factor out again.", lambda: 3),
)  # fmt: skip


@unchanged.witness
def _(x, outcome, change, k):
    """Both layers of the engine before and after the change."""
    moved = {
        "both": [lambda v: v * k, lambda v: v / k],
        "layer norm alone": [lambda v: v + k, lambda v: v - k, lambda v: v * k + k],
        "neither": [
            lambda v: v * -k,
            lambda v: v * ([k] + [1] * (v.shape[1] - 1)),
            lambda v: v + ([k] + [0] * (v.shape[1] - 1)),
        ],
    }[outcome][change]
    before, layers = (
        tensor(x),
        (engine.LayerNorm(len(x[0]), eps=0), engine.RMSNorm(len(x[0]), eps=0)),
    )
    after = tensor(moved(before.data))
    same = [np.allclose(layer(before).data, layer(after).data) for layer in layers]
    return {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[tuple(same)]


@family.working
def _(x, mean, variance, eps):
    squares = [batchnorm.mean(row**2) for row in x]
    together = tokenwise(x, mean, variance)
    return {
        "means": [m for _, m, _ in together],
        "variances": [v for _, _, v in together],
        "distances": [(row - m) ** 2 for row, m, _ in together],
        "roots": [sqrt(v + eps) for _, _, v in together],
        "squares": squares,
        "rms": [sqrt(s + eps) for s in squares],
        "options": OUTCOMES,
        "changes": CHANGES,
    }
