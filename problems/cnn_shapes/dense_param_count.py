"""Parameters of a fully connected network.

Trap: forgetting to flatten the channels, adding the widths, biases for the input.
Reference: Goodfellow, Bengio and Courville (2016), section 6.1.
Source: S3-06, S3-07, S4-17, S0-38.
"""

from itertools import pairwise
from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.solvers import counts, letters

family = Family(
    conventions=[
        "every unit is connected to all values of the layer before it and has one bias",
        "the input is not counted as a layer",
    ]
)


@family.sample
def sample(draw):
    side = draw.integer(*draw.by_level((8, 16), (8, 32), (8, 28)))
    image = (side, side, draw.choice(draw.by_level([1], [3], [1, 3])))
    hidden = draw.integer(16, 100)
    code = draw.integer(2, 15)
    return draw.by_level(
        {"image": (draw.integer(4, 60),), "widths": (draw.integer(5, 64), draw.integer(2, 10))},
        {"image": image, "widths": (hidden, draw.integer(2, 20))},
        {"image": image, "widths": (hidden, code, hidden, prod(image))},
    )


@family.condition
def _(widths):
    return widths[0] != widths[1]


@family.derive
def sizes(image, widths):
    """The widths of all layers, the flattened input first."""
    return (prod(image), *widths)


@family.run
def network(image, widths):
    return arrays((inputs(image), *widths))


@family.part(Integer(), marks=2)
def weights(sizes):
    return counts.dense_weights(sizes)


weights.slips = rows(
    ("channels not flattened", "Every channel of the image is an input of its own.",
     lambda image, widths:
         counts.dense_weights((prod(image[:2]), *widths)) if image[-1] == 3 else None),
    ("widths added", "Between two layers, multiply the widths: all pairs are connected.",
     lambda sizes: sum(sizes)),
    ("last layer left out", "The output layer has weights, too.",
     lambda sizes: counts.dense_weights(sizes[:-1])),
    ("biases included", "This counts the biases as well; here only the weights are asked.",
     lambda weights, widths: weights + sum(widths)),
    ("first layer only", "Every layer has weights.",
     lambda sizes: sizes[0] * sizes[1] if len(sizes) > 2 else None),
    ("first layer left out", "Every layer has weights.",
     lambda sizes: counts.dense_weights(sizes[1:]) if len(sizes) > 2 else None),
)  # fmt: skip
weights.witness(lambda network: network[0])


@family.part(Integer())
def biases(sizes):
    return counts.dense_biases(sizes)


biases.slips = rows(
    ("biases for the input", "The input is given, not computed: it has no biases.",
     lambda sizes: sum(sizes)),
    ("output left out", "The units of the output layer have biases, too.",
     lambda widths: sum(widths[:-1])),
    ("one bias per layer", "Every unit has a bias of its own.", lambda widths: len(widths)),
)  # fmt: skip
biases.witness(lambda network: network[1])


@family.part(Integer())
def total(weights, biases):
    return weights + biases


total.slips = rows(
    ("weights only", "Add the biases.", lambda weights: weights),
)  # fmt: skip
total.witness(lambda network: sum(network))


@family.part(Integer(), levels=["hard"])
def collapsed(sizes):
    return counts.collapsed_parameters(sizes)


collapsed.slips = rows(
    ("bias lost", "The product of the layers is affine: it still has a bias per output.",
     lambda sizes: sizes[0] * sizes[-1]),
    ("all layers counted", "Without activations the matrices multiply to a single one.",
     lambda total: total),
)  # fmt: skip
collapsed.witness(lambda image, widths: widths[-1] * sum(arrays((inputs(image), 1))))


@family.part(
    Expression(symbols={"L": "positive integer", "d": "positive integer"}), levels=["hard"]
)
def formula():
    return letters.formula(lambda L, d: counts.uniform_weights(L, d))


formula.slips = rows(
    ("linear in the width", "Each layer connects d values with d units: d squared weights.",
     lambda: letters.formula(lambda L, d: L * d)),
    ("exponential in the depth", "The layers' weights are added, not multiplied.",
     lambda: letters.formula(lambda L, d: d**L)),
    ("one layer lost", "The input is not among the L layers: there are L matrices.",
     lambda: letters.formula(lambda L, d: (L - 1) * d**2)),
)  # fmt: skip
formula.witness(lambda point: arrays((int(point["d"]),) * (int(point["L"]) + 1))[0])


def arrays(widths):
    """Weights and biases of a network that has been run on an input."""
    pairs = [(np.zeros((out, n)), np.zeros(out)) for n, out in pairwise(widths)]
    x = engine.Tensor(np.zeros(widths[0]))
    for weight, bias in pairs:
        x = engine.functional.linear(x, engine.Tensor(weight), engine.Tensor(bias))
    return [sum(array.size for array in column) for column in zip(*pairs, strict=True)]


def inputs(image):
    return np.zeros(image, np.int8).ravel().size


@family.working
def _(sizes):
    return {"n": sizes[0], "steps": tuple(pairwise(sizes))}
