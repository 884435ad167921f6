"""Affine layers without activations collapse into one.

Trap: the matrices in the wrong order, biases added up, the widest layer taken for the rank.
Reference: Goodfellow, Bengio and Courville (2016), sections 2.7 and 6.1.
Source: S1-42, S3-05.
"""

from itertools import chain, pairwise

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Text
from partialcredit.numbers.vectors import columns
from partialcredit.problems._tape import tensor
from partialcredit.solvers import counts, linear_networks, matrices

family = Family(
    version=2,
    conventions=[
        r"layer $l$ computes $h_l = W_l h_{l-1} + b_l$ with $h_0 = x$, and there are no activations"
    ],
)


@family.sample
def sample(draw):
    widths = draw.by_level((2, 2, 2), draw.choice([(2, 3, 2, 2), (3, 2, 2, 2)]), (3, 2, 2, 3))
    layers = list(pairwise(widths))
    return {
        "weights": [draw.matrix(rows, columns, -2, 3) for columns, rows in layers],
        "biases": [draw.integers(rows, -4, 5) for _columns, rows in layers],
    } | draw.by_level({}, *[{"widths": draw.sample(range(5, 25), draw.integer(3, 4))}] * 2)


@family.condition
def _(weights, biases):
    return all(map(any, chain(*weights))) and all(map(any, biases))


@family.run
def outputs(weights, biases):
    """What the engine's layers make of 0 and of every unit vector, as columns."""
    inputs = len(weights[0][0])
    h = tensor(np.vstack([np.zeros(inputs), np.eye(inputs)]))
    for W, b in zip(weights, biases, strict=True):
        h = linear(h, tensor(W), tensor(b))
    return h.data.T


@family.part(lambda weights: Array(shape=(len(weights[-1]), len(weights[0][0]))), marks=2)
def weight(weights):
    return linear_networks.collapsed_weights(weights)


weight.slips = rows(
    ("wrong order", "The first layer acts first, so its matrix stands on the right.",
     lambda weights:
         linear_networks.collapsed_weights(weights[::-1]) if len(weights) == 2 else None),
    ("transposed", "Rows belong to outputs.", lambda weight: columns(weight)),
    ("matrices added", "Layers in a row multiply their matrices.",
     lambda weights: sum(weights) if len(weights) == 2 else None),
    ("last layer left out", "All layers act, the last one too.",
     lambda weights, weight:
         linear_networks.collapsed_weights(weights[:-1])
         if len(weights[-2]) == len(weight) else None),
    ("first layer left out", "All layers act, the first one too.",
     lambda weights, weight:
         linear_networks.collapsed_weights(weights[1:])
         if len(weights[1][0]) == len(weight[0]) else None),
)  # fmt: skip
weight.witness(lambda outputs: outputs[:, 1:] - outputs[:, :1])


@family.part(lambda weights: Array(shape=(len(weights[-1]),)), marks=2)
def bias(weights, biases):
    return linear_networks.collapsed_bias(weights, biases)


bias.slips = rows(
    ("biases added", "A bias passes through the matrices of the layers above it.",
     lambda biases: sum(biases) if len({*map(len, biases)}) == 1 else None),
    ("last bias only", "The earlier biases pass through the layers above them.",
     lambda biases: biases[-1]),
    ("last bias left out", "The bias of the last layer is added, too.",
     lambda bias, biases: bias - biases[-1]),
    ("first bias left out", "The bias of the first layer passes through the other layers.",
     lambda weights, biases: linear_networks.collapsed_bias(weights[1:], biases[1:])),
)  # fmt: skip
bias.witness(lambda outputs: outputs[:, 0])


@family.part(Integer(), levels=["medium", "hard"])
def parameters(widths):
    return counts.dense_weights(widths) + counts.dense_biases(widths)


parameters.slips = rows(
    ("weights only", "A layer has biases, too.", lambda widths: counts.dense_weights(widths)),
    ("bias per input", "A layer has one bias per output, and the input has none.",
     lambda widths: counts.dense_weights(widths) + counts.dense_biases(widths[::-1])),
    ("one bias per layer", "Every unit has a bias of its own.",
     lambda widths: counts.dense_weights(widths) + len(widths) - 1),
    ("biases of the inputs, too", "The input has no biases.",
     lambda widths: counts.dense_weights(widths) + sum(widths)),
)  # fmt: skip
parameters.witness(lambda widths: learned(*widths))


@family.part(Integer(), levels=["medium", "hard"], after="parameters")
def collapsed(widths):
    return counts.collapsed_parameters(widths)


collapsed.slips = rows(
    ("weights only", "A layer has biases, too.", lambda widths: widths[0] * widths[-1]),
    ("inputs and outputs added", "Every output has a weight for every input.",
     lambda widths: widths[0] + widths[-1]),
    ("all layers", "The product is one matrix, with one vector of biases.",
     lambda parameters: parameters),
    ("bias per input", "A layer has one bias per output, and the input has none.",
     lambda widths: widths[0] * widths[-1] + widths[0]),
)  # fmt: skip
collapsed.witness(lambda widths: learned(widths[0], widths[-1]))


@family.part(Text(), levels=["medium", "hard"])
def reason():
    return (
        "The ReLU is not linear: units switch off for some inputs and not for others, so the "
        "network is not the same affine function everywhere."
    )


@family.part(Integer(), levels=["hard"])
def rank(widths):
    return linear_networks.rank_bound(widths)


rank.slips = rows(
    ("widest layer", "A product has at most the rank of each of its factors.",
     lambda widths: max(widths)),
    ("input and output only", "The layers between are bottlenecks, too.",
     lambda widths: min(widths[0], widths[-1])),
    ("widths added", "A product has at most the rank of each of its factors.",
     lambda widths: sum(widths)),
)  # fmt: skip


@rank.witness
def _(widths):
    """The rank of a product of random matrices, which almost surely is as large as it can be."""
    generator = np.random.default_rng(1)
    drawn = [generator.normal(size=(m, n)) for n, m in pairwise(widths)]
    return int(np.linalg.matrix_rank(np.linalg.multi_dot(drawn[::-1])))


def learned(*widths):
    """The entries of the arrays that the engine's layers learn."""
    layers = [engine.Linear(n, m, generator=1) for n, m in pairwise(widths)]
    return engine.count_parameters(engine.Sequential(*layers))


@family.working
def _(weights, biases):
    so_far = [linear_networks.collapsed_weights(weights[:n]) for n in range(1, len(weights))]
    steps = [(l, W, found) for l, (W, found) in enumerate(zip(weights[1:], so_far, strict=True), 2)]
    return {
        "steps": [(l, W, found, matrices.product(W, found)) for l, W, found in steps],
        "carried": [
            linear_networks.collapsed_bias(weights[:n], biases[:n])
            for n in range(1, len(weights) + 1)
        ],
    }
