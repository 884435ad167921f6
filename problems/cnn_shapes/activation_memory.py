"""Memory for the activations of a network.

Trap: one image instead of a batch, bits for bytes, one layer for all, keeping all at inference.
Reference: Chen, Xu, Zhang and Guestrin (2016), "Training deep nets with sublinear memory cost",
section 3.
Source: S1-138.
"""

from fractions import Fraction
from itertools import pairwise

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Integer, Real
from partialcredit.solvers import costs

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        "a value of type {{ dtype }} takes {{ size }} bytes",
        "{% if level != 'easy' %}a megabyte (MB) has $10^6$ bytes{% endif %}",
    ],
)

TYPES = {"float16": 2, "float32": 4, "float64": 8}


@family.sample
def sample(draw):
    dtype = draw.choice(list(TYPES))
    drawn = {"dtype": dtype, "size": TYPES[dtype]}
    if draw.level == "easy":
        h, w = draw.integers(2, 7, 64)
        return drawn | {"volumes": [(h, w, draw.integer(4, 64))], "batch": draw.integer(2, 16)}
    n, K, K2 = 4 * draw.integer(7, 56), 4 * draw.integer(2, 16), 8 * draw.integer(2, 16)
    outputs = [(n, n, K), (n // 2, n // 2, K), (n // 2, n // 2, K2), (n // 4, n // 4, K2)]
    image = [(n, n, draw.choice([1, 3]))]
    return drawn | {
        "volumes": draw.by_level([], outputs, image + outputs),
        "batch": draw.choice([8, 16, 32, 64, 128]),
    }


@family.part(Integer())
def activations(volumes, batch):
    return costs.values(volumes, batch)


@family.part(Integer(), levels=["easy"])
def memory(activations, size):
    return activations * size


@family.part(Real(digits=4), levels=["medium", "hard"])
def megabytes(activations, size):
    return costs.megabytes(activations, size)


@family.part(Real(digits=4), marks=2, levels=["hard"])
def inference(volumes, batch, size):
    return costs.megabytes(costs.peak_values(volumes, batch), size)


@family.part(Real(digits=4), levels=["hard"])
def ratio(megabytes, inference):
    return megabytes / inference


@activations.mistake("batch ignored", "Every example of the batch has activations of its own.")
def _(volumes):
    return costs.values(volumes, 1)


@activations.mistake("first volume only", "Add the values of all volumes.")
def _(volumes, batch):
    return costs.values(volumes[:1], batch) if len(volumes) > 1 else None


@activations.mistake("last volume only", "The earlier volumes are kept, too.")
def _(volumes, batch):
    return costs.values(volumes[-1:], batch) if len(volumes) > 1 else None


@activations.mistake("one channel only", "A volume has height times width times depth values.")
def _(volumes, batch):
    return costs.values([(h, w, 1) for h, w, _depth in volumes], batch)


@activations.mistake("added up", "Multiply height, width and depth.")
def _(volumes, batch):
    return batch * sum(map(sum, volumes))


@memory.mistake("bits", "The question asks for bytes: 8 bits each.")
def _(memory):
    return 8 * memory


@memory.mistake("values", "Each value takes several bytes.")
def _(activations):
    return activations


@memory.mistake("one byte too many", "This type of number takes fewer bytes.")
def _(memory):
    return 2 * memory


@megabytes.mistake("bits", "A megabyte counts bytes, of 8 bits each.")
def _(megabytes):
    return 8 * megabytes


@megabytes.mistake("values", "Each value takes several bytes.")
def _(activations):
    return Fraction(activations, 10**6)


@megabytes.mistake("batch ignored", "Every example of the batch has activations of its own.")
def _(volumes, size):
    return costs.megabytes(costs.values(volumes, 1), size)


@megabytes.mistake("first volume only", "Add the values of all volumes.")
def _(volumes, batch, size):
    return costs.megabytes(costs.values(volumes[:1], batch), size)


@megabytes.mistake("2 to the 20", "Here a megabyte has a million bytes.")
def _(activations, size):
    return Fraction(activations * size, 2**20)


@inference.mistake("everything kept", "At inference a layer needs its input and output only.")
def _(megabytes):
    return megabytes


@inference.mistake("largest volume only", "A layer's input is needed while its output is made.")
def _(volumes, batch, size):
    return costs.megabytes(max(costs.values([v], batch) for v in volumes), size)


@inference.mistake("last layer", "Look for the layer whose input and output are largest together.")
def _(volumes, batch, size):
    return costs.megabytes(costs.values(volumes[-2:], batch), size)


@inference.mistake("batch ignored", "A whole batch goes through the network.")
def _(volumes, size):
    return costs.megabytes(costs.peak_values(volumes, 1), size)


@ratio.mistake("difference", "How many times as much: divide, do not subtract.")
def _(megabytes, inference):
    return megabytes - inference


@ratio.mistake("number of volumes", "The volumes differ in size: compare the memory.")
def _(volumes):
    return len(volumes)


@ratio.mistake("upside down", "Divide the memory of training by that of inference.")
def _(ratio):
    return 1 / ratio


def arrays(volumes, batch, dtype="float32"):
    """Arrays of these shapes that take no memory."""
    return [np.broadcast_to(np.zeros((), dtype), (batch, *shape)) for shape in volumes]


@activations.witness
def _(volumes, batch):
    return sum(array.size for array in arrays(volumes, batch))


@memory.witness
def _(volumes, batch, dtype):
    return sum(array.nbytes for array in arrays(volumes, batch, dtype))


@megabytes.witness
def _(volumes, batch, dtype):
    return sum(array.nbytes for array in arrays(volumes, batch, dtype)) / 1e6


def peak(volumes, batch, dtype):
    """Run the layers in turn: make room for the output, then give up the input."""
    first, *others = arrays(volumes, batch, dtype)
    held, most = [first], 0
    for array in others:
        held.append(array)
        most = max(most, sum(kept.nbytes for kept in held))
        del held[0]
    return most / 1e6


@inference.witness
def _(volumes, batch, dtype):
    return peak(volumes, batch, dtype)


@ratio.witness
def _(volumes, batch, dtype):
    total = sum(array.nbytes for array in arrays(volumes, batch, dtype))
    return total / 1e6 / peak(volumes, batch, dtype)


@family.working
def _(volumes):
    products = [h * w * d for h, w, d in volumes]
    pairs = [a + b for a, b in pairwise(products)]
    return {
        "products": products,
        "total": sum(products),
        "best": max(pairs, default=0),
        "place": pairs.index(max(pairs)) + 1 if pairs else 0,
    }
