"""Affine layers without activations collapse into one.

Trap: the matrices in the wrong order, biases added up, the widest layer taken for the rank.
Reference: Goodfellow, Bengio and Courville (2016), sections 2.7 and 6.1.
Source: S1-42, S3-05.
"""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer
from partialcredit.solvers import backprop, counts, linear_networks, matrices

family = Family(
    conventions=[
        r"layer $l$ computes $h_l = W_l h_{l-1} + b_l$ with $h_0 = x$, and there are no activations"
    ]
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
    return all(any(row) for W in weights for row in W) and all(map(any, biases))


def shape_of(weights):
    return Array(shape=(len(weights[-1]), len(weights[0][0])))


@family.part(shape_of, marks=2)
def weight(weights):
    return linear_networks.collapsed_weights(weights)


def matrices_added(weights):
    pairs = [zip(*rows, strict=True) for rows in zip(*weights, strict=False)]
    return tuple(tuple(a + b for a, b in p) for p in pairs) if len(weights) == 2 else None


def last_layer_left_out(weights, weight):
    found = linear_networks.collapsed_weights(weights[:-1])
    return found if len(found) == len(weight) else None


def first_layer_left_out(weights, weight):
    found = linear_networks.collapsed_weights(weights[1:])
    return found if len(found[0]) == len(weight[0]) else None


weight.slips = rows(
    ("wrong order",
     "The first layer acts first, so its matrix stands on the right.",
     lambda weights: linear_networks.collapsed_weights(weights[::-1]) if len(weights) == 2 else None),
    ("transposed", "Rows belong to outputs.", lambda weight: backprop.transpose(weight)),
    ("matrices added", "Layers in a row multiply their matrices.", matrices_added),
    ("last layer left out", "All layers act, the last one too.", last_layer_left_out),
    ("first layer left out", "All layers act, the first one too.", first_layer_left_out),
)  # fmt: skip


@weight.witness
def _(weights, biases):
    found = outputs(weights, biases)
    return found[:, 1:] - found[:, :1]


@family.part(lambda weights: Array(shape=(len(weights[-1]),)), marks=2)
def bias(weights, biases):
    return linear_networks.collapsed_bias(weights, biases)


def biases_added(biases):
    same = len({len(b) for b in biases}) == 1
    return tuple(map(sum, zip(*biases, strict=True))) if same else None


bias.slips = rows(
    ("biases added", "A bias passes through the matrices of the layers above it.", biases_added),
    ("last bias only", "The earlier biases pass through the layers above them.",
     lambda biases: biases[-1]),
    ("last bias left out",
     "The bias of the last layer is added, too.",
     lambda weights, biases: backprop.affine(weights[-1], linear_networks.collapsed_bias(weights[:-1], biases[:-1]))),
    ("first bias left out", "The bias of the first layer passes through the other layers.",
     lambda weights, biases: linear_networks.collapsed_bias(weights[1:], biases[1:])),
)  # fmt: skip
bias.witness(lambda weights, biases: outputs(weights, biases)[:, 0])


@family.part(Integer(), levels=["medium", "hard"])
def parameters(widths):
    return counts.dense_weights(widths) + counts.dense_biases(widths)


parameters.slips = rows(
    ("weights only", "Every layer has biases, too.", lambda widths: counts.dense_weights(widths)),
    ("bias per input", "A layer has one bias per output, and the input has none.",
     lambda widths: counts.dense_weights(widths) + counts.dense_biases(widths[::-1])),
)  # fmt: skip
parameters.witness(lambda widths: learned(*widths))


@family.part(Integer(), levels=["medium", "hard"])
def collapsed(widths):
    return counts.collapsed_parameters(widths)


collapsed.slips = rows(
    ("weights only", "The one layer has biases, too.", lambda widths: widths[0] * widths[-1]),
    ("inputs and outputs added", "Every output has a weight for every input.",
     lambda widths: widths[0] + widths[-1]),
)  # fmt: skip
collapsed.witness(lambda widths: learned(widths[0], widths[-1]))


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


@lru_cache(maxsize=4)
def outputs(weights, biases):
    """What the engine's layers make of 0 and of every unit vector, as columns."""
    inputs = len(weights[0][0])
    h = engine.Tensor(np.vstack([np.zeros(inputs), np.eye(inputs)]))
    for W, b in zip(weights, biases, strict=True):
        h = linear(h, *(engine.Tensor(np.array(a, dtype=float)) for a in (W, b)))
    return h.data.T


def learned(*widths):
    """The entries of the arrays that the engine's layers learn."""
    layers = [engine.Linear(n, m, generator=1) for n, m in pairwise(widths)]
    return engine.count_parameters(engine.Sequential(*layers))


@family.working
def _(weights, biases):
    steps = [
        (l, weights[l - 1], found, matrices.product(weights[l - 1], found))
        for l, found in enumerate(
            map(linear_networks.collapsed_weights, prefixes(weights[:-1])), start=2
        )
    ]
    carried = [biases[0]]
    for W, b in zip(weights[1:], biases[1:], strict=True):
        carried.append(backprop.affine(W, carried[-1], b))
    return {"steps": steps, "carried": carried}


def prefixes(items):
    return [items[:n] for n in range(1, len(items) + 1)]
