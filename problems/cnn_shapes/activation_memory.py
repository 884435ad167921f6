"""Memory for the activations of a network.

Trap: one image instead of a batch, bits for bytes, one layer for all, keeping all at inference.
Reference: Chen, Xu, Zhang and Guestrin (2016), "Training deep nets with sublinear memory cost",
section 3.
Source: S1-138.
"""

from itertools import pairwise

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import costs

family = Family(
    version=3,
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
        h, w = draw.integers(2, 6, 32)
        return drawn | {"volumes": [(h, w, draw.integer(4, 32))], "batch": draw.integer(2, 16)}
    n, K, K2 = 4 * draw.integer(4, 24), 4 * draw.integer(1, 8), 8 * draw.integer(1, 8)
    outputs = [(n, n, K), (n // 2, n // 2, K), (n // 2, n // 2, K2), (n // 4, n // 4, K2)]
    image = [(n, n, draw.choice([1, 3]))]
    return drawn | {
        "volumes": draw.by_level([], outputs, image + outputs),
        "batch": draw.choice([8, 16, 32, 64, 128]),
    }


@family.run
def arrays(volumes, batch, dtype):
    """Arrays of these shapes that take no memory."""
    return [np.broadcast_to(np.zeros((), dtype), (batch, *shape)) for shape in volumes]


@family.run
def held(arrays):
    return sum(array.nbytes for array in arrays)


@family.run
def peak(arrays):
    """Run the layers in turn: make room for the output, then give up the input."""
    kept, most = [arrays[0]], 0
    for array in arrays[1:]:
        kept.append(array)
        most = max(most, sum(volume.nbytes for volume in kept))
        del kept[0]
    return most


@family.part(Integer())
def activations(volumes, batch):
    return costs.values(volumes, batch)


activations.slips = rows(
    ("batch ignored", "Every example of the batch has activations of its own.",
     lambda volumes: costs.values(volumes, 1)),
    ("first volume only", "Add the values of all volumes.",
     lambda volumes, batch: costs.values(volumes[:1], batch) if len(volumes) > 1 else None),
    ("last volume only", "The earlier volumes are kept, too.",
     lambda volumes, batch: costs.values(volumes[-1:], batch) if len(volumes) > 1 else None),
    ("one channel only", "A volume has height times width times depth values.",
     lambda volumes, batch: costs.values([(h, w, 1) for h, w, _depth in volumes], batch)),
    ("added up", "Multiply height, width and depth.",
     lambda volumes, batch: batch * sum(map(sum, volumes))),
    ("last volume left out", "The outputs of all layers are stored.",
     lambda volumes, batch: costs.values(volumes[:-1], batch) if len(volumes) > 1 else None),
    ("first volume left out", "Each of the volumes is stored.",
     lambda volumes, batch: costs.values(volumes[1:], batch) if len(volumes) > 1 else None),
)  # fmt: skip
activations.witness(lambda arrays: sum(array.size for array in arrays))


@family.part(Integer(), levels=["easy"], after="activations")
def memory(activations, size):
    return activations * size


memory.slips = rows(
    ("bits", "The question asks for bytes: 8 bits each.", lambda memory: 8 * memory),
    ("values", "Each value takes several bytes.", lambda activations: activations),
    ("one byte too many", "This type of number takes fewer bytes.", lambda memory: 2 * memory),
)  # fmt: skip
memory.witness(lambda held: held)


@family.part(Real(digits=3), levels=["medium", "hard"], after="activations")
def megabytes(activations, size):
    return costs.megabytes(activations, size)


megabytes.slips = rows(
    ("bits", "A megabyte counts bytes, of 8 bits each.", lambda megabytes: 8 * megabytes),
    ("values", "Each value takes several bytes.", lambda activations: rational(activations, 10**6)),
    ("2 to the 20", "Here a megabyte has a million bytes.",
     lambda activations, size: rational(activations * size, 2**20)),
    ("divided by the bytes", "Every value takes several bytes: multiply.",
     lambda activations, size: rational(activations, size * 10**6)),
    ("kilobytes", "A megabyte has a million bytes.", lambda megabytes: 1000 * megabytes),
)  # fmt: skip
megabytes.witness(lambda held: held / 1e6)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def inference(volumes, batch, size):
    return costs.megabytes(costs.peak_values(volumes, batch), size)


inference.slips = rows(
    ("everything kept", "At inference a layer needs its input and output only.",
     lambda megabytes: megabytes),
    ("largest volume only", "A layer's input is needed while its output is made.",
     lambda volumes, batch, size:
         costs.megabytes(max(costs.values([v], batch) for v in volumes), size)),
    ("last layer", "Look for the layer whose input and output are largest together.",
     lambda volumes, batch, size: costs.megabytes(costs.values(volumes[-2:], batch), size)),
    ("batch ignored", "A whole batch goes through the network.",
     lambda volumes, size: costs.megabytes(costs.peak_values(volumes, 1), size)),
)  # fmt: skip
inference.witness(lambda peak: peak / 1e6)


@family.part(Real(digits=3), levels=["hard"])
def ratio(megabytes, inference):
    return megabytes / inference


ratio.slips = rows(
    ("difference", "A ratio is asked for: divide, do not subtract.",
     lambda megabytes, inference: megabytes - inference),
    ("number of volumes", "The volumes differ in size: compare the memory.",
     lambda volumes: len(volumes)),
    ("upside down", "Divide the memory of training by that of inference.", lambda ratio: 1 / ratio),
)  # fmt: skip
ratio.witness(lambda held, peak: held / peak)


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
