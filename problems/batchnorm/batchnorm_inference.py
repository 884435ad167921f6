"""Batch normalisation at test time.

Trap: statistics of the batch at test time, the weights of the running average exchanged.
Reference: Ioffe and Szegedy (2015), Algorithm 2; Jacob et al. (2018), equations 14 and 15.
Source: S1-88, S1-111.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Text
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import batchnorm_inference as inference

family = Family(
    version=3,
    conventions=[
        "vectors have one entry per feature",
        r"a running statistic $r$ is updated with that of a new batch, $s$, by "
        r"$r \leftarrow {{ keep|tex }} \, r + {{ (1 - keep)|tex }} \, s$",
        r"$\epsilon$ is added to the variance inside the root",
    ],
)

PAIR = Array(shape=(2,), digits=3)


@family.sample
def sample(draw):
    count = draw.by_level(1, 3, 2)
    return {
        "start_mean": draw.by_level(draw.integers(2, -4, 6), (0, 0), draw.integers(2, -4, 6)),
        "start_variance": draw.by_level(draw.integers(2, 1, 9), (1, 1), draw.integers(2, 1, 9)),
        "means": [draw.integers(2, -6, 9) for _ in range(count)],
        "variances": [draw.integers(2, 1, 12) for _ in range(count)],
        "keep": draw.decimal("0.9", "0.8", "0.75", "0.6"),
        "gamma": draw.sample([-3, -2, 2, 3, 4], 2),
        "beta": draw.sample([-4, -1, 1, 5], 2),
        "eps": draw.decimal("0.001", "0.01", "0.1", "1"),
    } | draw.by_level(
        *[{"x": draw.integers(2, -6, 9)}] * 2,
        {
            "W": [[draw.nonzero(-4, 5) for _ in range(2)] for _ in range(2)],
            "b": draw.integers(2, -5, 6),
        },
    )


@family.condition
def _(start_mean, means, start_variance, variances):
    """The last batch differs from what came before it."""
    moved = zip((start_mean, *means)[-2], means[-1], strict=True)
    spread = zip((start_variance, *variances)[-2], variances[-1], strict=True)
    return all(a != b for a, b in (*moved, *spread)) and all(means[-1])


@family.run
def tested(start_mean, start_variance, means, variances, keep, gamma, beta, eps):
    """The engine's layer after the batches, each of two examples, ready for the test."""
    bn = engine.BatchNorm1d(2, eps=eps, momentum=1 - keep, dtype="float64")
    bn.running_mean[:], bn.running_var[:] = start_mean, start_variance
    bn.weight.data[:], bn.bias.data[:] = gamma, beta
    for mean, variance in zip(means, variances, strict=True):
        away = np.sqrt(np.array(variance) / 2)  # the running variance divides by m - 1
        bn(engine.Tensor(np.array([mean - away, mean + away])))
    return bn.eval()


@family.run
def whole(tested, W, b):
    """What the linear layer and the normalisation make of 0 and of the unit vectors."""
    inputs = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    return tested(linear(*(engine.Tensor(a, dtype="float64") for a in (inputs, W, b)))).data


def batch_mean(batches):
    return rational(1, len(batches)) * sum(batches)


@family.part(PAIR)
def running_mean(start_mean, means, keep):
    return inference.running_average(start_mean, means, keep)


running_mean.slips = rows(
    ("weights exchanged", "The old value keeps the larger weight.",
     lambda start_mean, means, keep: inference.running_average(start_mean, means, 1 - keep)),
    ("last batch", "A running average still remembers the earlier values.",
     lambda means: means[-1]),
    ("plain mean", "A running average weights its terms.",
     lambda means, start_mean: batch_mean((start_mean, *means))),
    ("mean of the batches", "A running average weights its terms.",
     lambda means: batch_mean(means)),
    ("oldest batch first", "The batches come in the order given.",
     lambda start_mean, means, keep: inference.running_average(start_mean, means[::-1], keep)),
    ("first batch only", "Every batch updates the average.",
     lambda start_mean, means, keep: inference.running_average(start_mean, means[:1], keep)),
)  # fmt: skip
running_mean.witness(lambda tested: tested.running_mean)


@family.part(PAIR)
def running_variance(start_variance, variances, keep):
    return inference.running_average(start_variance, variances, keep)


running_variance.slips = rows(
    ("weights exchanged", "The old value keeps the larger weight.",
     lambda start_variance, variances, keep:
         inference.running_average(start_variance, variances, 1 - keep)),
    ("last batch", "A running average still remembers the earlier values.",
     lambda variances: variances[-1]),
    ("mean of the batches", "A running average weights its terms.",
     lambda variances: batch_mean(variances)),
    ("begins at 0", "The average begins at the value it had before.",
     lambda variances, keep: inference.running_average((0, 0), variances, keep)),
    ("first batch only", "Every batch updates the average.",
     lambda start_variance, variances, keep:
         inference.running_average(start_variance, variances[:1], keep)),
)  # fmt: skip
running_variance.witness(lambda tested: tested.running_var)


@family.part(Array(shape=(2,), digits=4))
def slope(gamma, running_variance, eps):
    return inference.affine_slope(gamma, running_variance, eps)


slope.slips = rows(
    ("divided by the variance", "Divide by the root of the variance.",
     lambda gamma, running_variance, eps: gamma / (running_variance + eps)),
    ("eps left out", "The stabiliser is added to the variance.",
     lambda gamma, running_variance: inference.affine_slope(gamma, running_variance, 0)),
    ("eps outside the root", "The stabiliser is added before the root is taken.",
     lambda gamma, running_variance, eps: gamma / (sqrt(running_variance) + eps)),
    ("batch variance", "At test time the running variance is used.",
     lambda gamma, variances, eps: inference.affine_slope(gamma, variances[-1], eps)),
    ("gamma left out", "The normalised value is multiplied by gamma.",
     lambda running_variance, eps: inference.affine_slope((1, 1), running_variance, eps)),
)  # fmt: skip


@slope.witness
def _(tested, gamma):
    return np.ptp(tested(engine.Tensor([[0.0, 0.0], [1.0, 1.0]])).data, axis=0) * np.sign(gamma)


@family.part(PAIR)
def shift(slope, running_mean, beta):
    return inference.affine_shift(slope, running_mean, beta)


shift.slips = rows(
    ("beta only", "The mean is subtracted before gamma multiplies: it shifts, too.",
     lambda beta: beta),
    ("sign of the mean", "The mean is subtracted.",
     lambda slope, running_mean, beta: inference.affine_shift(slope, -running_mean, beta)),
    ("batch mean", "At test time the running mean is used.",
     lambda slope, means, beta: inference.affine_shift(slope, means[-1], beta)),
    ("mean not scaled", "The mean is multiplied by the slope.",
     lambda running_mean, beta: beta - running_mean),
)  # fmt: skip
shift.witness(lambda tested: tested(engine.Tensor([[0.0, 0.0]])).data[0])


@family.part(PAIR, levels=["easy", "medium"])
def output(slope, shift, x):
    return inference.folded_bias(slope, shift, x)


def batch_statistics(x, means, variances, gamma, beta, eps):
    a = inference.affine_slope(gamma, variances[-1], eps)
    return inference.folded_bias(a, inference.affine_shift(a, means[-1], beta), x)


output.slips = rows(
    ("batch statistics", "At test time the running statistics are used.", batch_statistics),
    ("normalised only", "Gamma and beta still act on the normalised value.",
     lambda x, running_mean, running_variance, eps:
         (x - running_mean) / sqrt(running_variance + eps)),
    ("shift left out", "Add the shift.", lambda slope, x: slope * x),
    ("shift subtracted", "Add the shift.", lambda slope, shift, x: slope * x - shift),
)  # fmt: skip
output.witness(lambda tested, x: tested(engine.Tensor([x], dtype="float64")).data[0])


@family.part(Array(shape=(2, 2), digits=3), levels=["hard"])
def weights(slope, W):
    return inference.folded_weights(slope, W)


weights.slips = rows(
    ("columns scaled", "Feature i is made by row i.", lambda slope, W: [slope * row for row in W]),
    ("unchanged", "The slope of the normalisation multiplies the weights.", lambda W: W),
)  # fmt: skip
weights.witness(lambda whole: (whole[1:] - whole[0]).T)


@family.part(PAIR, levels=["hard"])
def bias(slope, shift, b):
    return inference.folded_bias(slope, shift, b)


bias.slips = rows(
    ("bias not folded", "The old bias is multiplied by the slope and added.", lambda shift: shift),
    ("bias not scaled", "The old bias passes through the normalisation, too.",
     lambda shift, b: shift + b),
    ("shift left out", "The normalisation shifts as well.", lambda slope, b: slope * b),
)  # fmt: skip
bias.witness(lambda whole: whole[0])


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "The output for a test example must not depend on which other examples are tested with "
        "it, and a batch may be as small as one example."
    )


def path(start, batches, keep):
    """The running statistic after every batch."""
    return [inference.running_average(start, batches[: i + 1], keep) for i in range(len(batches))]


@family.working
def _(start_mean, start_variance, means, variances, keep, running_variance, eps):
    return {
        "mean_path": path(start_mean, means, keep),
        "variance_path": path(start_variance, variances, keep),
        "deviations": sqrt(running_variance + eps),
    }
