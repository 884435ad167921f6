"""Parameters of batch normalisation.

Trap: a scale per pixel, running statistics counted as learned, biases kept before the layer.
Reference: Ioffe and Szegedy (2015), sections 3.1 and 3.2.
Source: S0-69, S1-111.
"""

from itertools import pairwise

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer
from partialcredit.solvers import counts

family = Family(
    version=3,
    conventions=[
        r"a batch normalisation learns a scale $\gamma$ and a shift $\beta$, and stores a running "
        r"mean and a running variance, for each {% if k > 1 %}channel{% else %}output{% endif %}"
    ],
)


@family.sample
def sample(draw):
    """Layers of k x k kernels (1 for dense layers), each followed by a normalisation."""
    side = draw.choice([7, 8, 10, 14, 16, 20, 28, 32])
    return {
        "k": draw.by_level(1, draw.choice([3, 5, 7]), 3),
        "channels": draw.by_level(
            draw.sample(range(20, 200), 2),
            (draw.choice([3, 8, 16, 32]), draw.integer(6, 64)),
            (draw.choice([1, 3]), *draw.sample(range(6, 49), 3)),
        ),
        "places": draw.by_level(
            (1, 1), (side, side), (side, draw.choice([7, 8, 10, 14, 16, 20, 28, 32]))
        ),
        "batch": draw.choice([n for n in range(10, 130) if n % 10 == 0 or n in (16, 32, 64)]),
    }


@family.condition
def _(channels, batch, places):
    return batch not in (2, *channels, *places)


@family.run
def norms(channels):
    return [engine.BatchNorm2d(n) for n in channels[1:]]


@family.part(Integer())
def learnable(channels):
    return sum(map(counts.batchnorm_parameters, channels[1:]))


learnable.slips = rows(
    ("scale per pixel", "All places of a channel share one scale and one shift.",
     lambda learnable, places: learnable * places[0] * places[1]),
    ("with running statistics", "Running statistics are stored, but not learned.",
     lambda learnable: 2 * learnable),
    ("scale only", "There is a shift as well.", lambda learnable: learnable // 2),
    ("for every example", "All examples of a batch share the parameters.",
     lambda learnable, batch: learnable * batch),
)  # fmt: skip
learnable.witness(lambda norms: sum(p.numel() for bn in norms for p in bn.parameters()))


@family.part(Integer(), levels=["easy", "medium"], after="learnable")
def buffers(channels):
    return sum(map(counts.batchnorm_buffers, channels[1:]))


buffers.slips = rows(
    ("mean only", "The running variance is stored as well.", lambda buffers: buffers // 2),
    ("for every example", "The statistics are those of the batch, not of an example.",
     lambda buffers, batch: buffers * batch),
    ("scale and shift as well", "Scale and shift are learned parameters.",
     lambda buffers: 2 * buffers),
)  # fmt: skip
buffers.witness(lambda norms: sum(bn.running_mean.size + bn.running_var.size for bn in norms))


@family.part(Integer(), levels=["medium", "hard"])
def values(batch, places):
    return counts.batchnorm_values(batch, *places)


values.slips = rows(
    ("one image", "The average runs over all examples of the batch.",
     lambda places: places[0] * places[1]),
    ("batch only", "All places of the image belong to the average.", lambda batch: batch),
    ("all channels", "Every channel has its own mean.",
     lambda values, channels: values * channels[1]),
)  # fmt: skip


@values.witness
def _(batch, places):
    """The entries of one channel of a batch."""
    return np.empty((batch, 2, *places))[:, 0].size


@family.part(Integer(), levels=["hard"])
def saved(channels):
    return counts.dense_biases(channels)


saved.slips = rows(
    ("inputs counted", "There is one bias for each output.", lambda channels: sum(channels[:-1])),
    ("scale and shift", "A layer has one bias for each output.", lambda learnable: learnable),
    ("none", "The normalisation subtracts the mean, and with it any bias before it.", lambda: 0),
)  # fmt: skip


# Biases are shifts, and every normalisation has just one shift for each of them.
saved.witness(lambda norms: sum(bn.bias.numel() for bn in norms))


@family.part(Array(shape=(3, 3)), marks=3, levels=["hard"])
def table(k, channels):
    return [
        (
            counts.conv_parameters(k, n, m, bias=False),
            counts.batchnorm_parameters(m),
            counts.batchnorm_buffers(m),
        )
        for n, m in pairwise(channels)
    ]


table.slips = rows(
    ("biases kept", "A bias before the normalisation has no effect, and is left out.",
     lambda table, channels: [(row[0] + m, *row[1:])
                              for row, m in zip(table, channels[1:], strict=True)]),
    ("input channels normalised", "The outputs of the convolution are normalised.",
     lambda table, channels: [(row[0], 2 * n, 2 * n)
                              for row, n in zip(table, channels[:-1], strict=True)]),
    ("one channel read", "Every kernel spans all channels that it reads.",
     lambda table, k, channels: [(k * k * m, *row[1:])
                                 for row, m in zip(table, channels[1:], strict=True)]),
)  # fmt: skip


@table.witness
def _(k, channels, norms):
    return [
        (
            np.empty((m, n, k, k)).size,
            sum(p.numel() for p in bn.parameters()),
            bn.running_mean.size + bn.running_var.size,
        )
        for (n, m), bn in zip(pairwise(channels), norms, strict=True)
    ]


@family.part(Integer(), marks=2)
def total(k, channels, learnable):
    layers = pairwise(channels)
    return learnable + sum(counts.conv_parameters(k, n, m, bias=False) for n, m in layers)


total.slips = rows(
    ("biases kept", "These biases are removed.",
     lambda total, channels: total + counts.dense_biases(channels)),
    ("normalisation left out", "Scale and shift are learned, too.",
     lambda total, learnable: total - learnable),
)  # fmt: skip


@total.witness
def _(k, channels, norms):
    weights = sum(np.empty((m, n, k, k)).size for n, m in pairwise(channels))
    return weights + sum(p.numel() for bn in norms for p in bn.parameters())


@family.working
def _(channels):
    return {"pairs": list(pairwise(channels)), "outputs": sum(channels[1:])}
