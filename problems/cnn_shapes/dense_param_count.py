"""Parameters of a fully connected network.

Trap: forgetting to flatten the channels, adding the widths, biases for the input.
Reference: Goodfellow, Bengio and Courville (2016), section 6.1.
Source: S3-06, S3-07, S4-17, S0-38.
"""

from functools import cache, lru_cache
from itertools import pairwise
from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.solvers import counts

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


@family.part(Integer(), marks=2)
def weights(image, widths):
    return counts.dense_weights((prod(image), *widths))


weights.slips = rows(
    ("channels not flattened",
     "Every channel of the image is an input of its own.",
     lambda image, widths: counts.dense_weights((image[0] * image[1], *widths)) if image[-1] == 3 else None),
    ("widths added", "Between two layers, multiply the widths: all pairs are connected.",
     lambda image, widths: prod(image) + sum(widths)),
    ("last layer left out", "The output layer has weights, too.",
     lambda image, widths: counts.dense_weights((prod(image), *widths[:-1]))),
    ("biases included", "This counts the biases as well; here only the weights are asked.",
     lambda weights, widths: weights + sum(widths)),
)  # fmt: skip
weights.witness(lambda image, widths: arrays((inputs(image), *widths))[0])


@family.part(Integer())
def biases(widths):
    return counts.dense_biases((0, *widths))


biases.slips = rows(
    ("biases for the input", "The input is given, not computed: it has no biases.",
     lambda image, biases: biases + prod(image)),
    ("output left out", "The units of the output layer have biases, too.",
     lambda widths: sum(widths[:-1])),
    ("one bias per layer", "Every unit has a bias of its own.", lambda widths: len(widths)),
)  # fmt: skip
biases.witness(lambda image, widths: arrays((inputs(image), *widths))[1])


@family.part(Integer())
def total(weights, biases):
    return weights + biases


total.slips = rows(
    ("weights only", "Add the biases.", lambda weights: weights),
    ("one bias per layer", "Every unit has a bias of its own.",
     lambda weights, widths: weights + len(widths)),
)  # fmt: skip
total.witness(lambda image, widths: sum(arrays((inputs(image), *widths))))


@family.part(Integer(), levels=["hard"])
def collapsed(image, widths):
    return counts.collapsed_parameters((prod(image), *widths))


collapsed.slips = rows(
    ("bias lost", "The product of the layers is affine: it still has a bias per output.",
     lambda image, widths: prod(image) * widths[-1]),
    ("all layers counted", "Without activations the matrices multiply to a single one.",
     lambda total: total),
)  # fmt: skip
collapsed.witness(lambda image, widths: widths[-1] * sum(arrays((inputs(image), 1))))


@cache
def letters():
    from sympy import symbols

    return symbols("L d")


@family.part(
    Expression(symbols={"L": "positive integer", "d": "positive integer"}), levels=["hard"]
)
def formula():
    return counts.uniform_weights(*letters())


def linear_in_the_width():
    L, d = letters()
    return L * d


def exponential_in_the_depth():
    L, d = letters()
    return d**L


def one_layer_lost():
    L, d = letters()
    return (L - 1) * d**2


formula.slips = rows(
    ("linear in the width", "Each layer connects d values with d units: d squared weights.",
     linear_in_the_width),
    ("exponential in the depth", "The layers' weights are added, not multiplied.",
     exponential_in_the_depth),
    ("one layer lost", "The input is not among the L layers: there are L matrices.",
     one_layer_lost),
)  # fmt: skip
formula.witness(lambda point: arrays((int(point["d"]),) * (int(point["L"]) + 1))[0])


@lru_cache(maxsize=64)
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
def _(image, widths):
    sizes = (prod(image), *widths)
    return {"n": sizes[0], "steps": tuple(pairwise(sizes))}
