"""Tracing shapes and parameters through LeNet.

Trap: pooling where the network convolves, a depth of 1 in C3, parameters in pooling layers.
Reference: LeCun et al. (1998), section II.B.
Source: S1-134, S1-135, S1-136, S1-140, S1-141, S4-40.
"""

from itertools import pairwise
from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Array, Integer, Shape
from partialcredit.numbers.vectors import freeze
from partialcredit.problems._counting import entries, filters, slid, units
from partialcredit.solvers import counts, sizes

family = Family(
    version=2,
    conventions=[
        "shapes are written height × width × depth",
        "convolutions have stride 1 and no padding, and pooling takes the {{ kind }} of windows of "
        r"$2 \times 2$ with stride 2",
        "parameters are weights and biases; there is one bias per filter"
        "{% if level == 'hard' %} and one per unit of a fully connected layer{% endif %}",
    ],
)


@family.sample
def sample(draw):
    F, F2, q = draw.choice([3, 5, 7]), draw.choice([3, 5, 5]), draw.integer(4, 9)
    # sizes are chosen backwards, so that both pooling layers halve even sizes
    half = draw.by_level(draw.integer(8, 45), *[F2 - 1 + 2 * q] * 2)
    table = ((draw.integer(4, 8), 3), (draw.integer(4, 9), 4))
    network = {
        "kind": draw.choice(["maximum", "average"]),
        "n": F - 1 + 2 * half,
        "C": draw.choice([1, 3]),
        "F": F,
        "K": draw.integer(*draw.by_level((4, 40), (4, 20), (6, 12))),
    }
    deeper = {"F2": F2, "K2": draw.integer(12, 48)}
    full = {
        "F2": F2,
        "K2": sum(count for count, _read in table) + 1,
        "table": (*table, (1, network["K"])),
        "dense": (draw.choice([100, 120, 140]), draw.choice([64, 84, 96]), 10),
    }
    return network | draw.by_level({}, deeper, full)


@family.run
def first(n, F):
    """The sizes of C1 and S2, counted by sliding windows over one axis after the other."""
    return chained(n, F)


@family.run
def second(first, F2):
    """The sizes of C3 and S4."""
    return chained(first[1], F2)


def chained(n, F):
    convolved = slid(n, F)
    return convolved, slid(convolved, 2, 2)


@family.run
def head(second, K2, dense):
    """How many weights and biases the fully connected layers have that accept S4."""
    widths = (entries(second[1], second[1], K2), *dense)
    return sum(units(*pair) for pair in pairwise(widths))


def pooled(shape):
    return (*sizes.output_size(shape[:2], 2, stride=2), shape[2])


@family.part(Shape())
def c1_shape(n, F, K):
    size = sizes.output_size(n, F)
    return (size, size, K)


c1_shape.slips = rows(
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda n, F, K: (n - F, n - F, K)),
    ("size kept", "Without padding a convolution shrinks its input.", lambda n, K: (n, n, K)),
    ("depth of the input", "Every filter makes one channel.",
     lambda c1_shape, C: (*c1_shape[:2], C)),
)  # fmt: skip
c1_shape.witness(lambda first, K: (first[0], first[0], K))


@family.part(Integer())
def c1_parameters(F, C, K):
    return counts.conv_parameters(F, C, K)


c1_parameters.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda F, C, K: counts.conv_parameters(F, C, K, bias=False)),
    ("depth left out", "A filter spans all channels of its input.",
     lambda F, K: counts.conv_parameters(F, 1, K)),
    ("times the positions", "A filter is shared by all positions: count it once.",
     lambda c1_parameters, c1_shape: c1_parameters * prod(c1_shape[:2])),
    ("one bias only", "Every filter has a bias of its own.",
     lambda F, C, K: counts.conv_parameters(F, C, K, bias=False) + 1),
)  # fmt: skip
c1_parameters.witness(lambda C, F, K: filters(F, C, K))


@family.part(Shape(), levels=["easy", "medium"])
def s2_shape(c1_shape):
    return pooled(c1_shape)


s2_shape.slips = rows(
    ("stride 1", "The windows start two apart, so the size is halved.",
     lambda c1_shape: c1_shape - (1, 1, 0)),
    ("depth halved too", "Each channel is pooled by itself: the depth stays.",
     lambda s2_shape: (*s2_shape[:2], s2_shape[2] // 2)),
    ("halved twice", "One pooling halves height and width once.",
     lambda c1_shape: (c1_shape[0] // 4, c1_shape[1] // 4, c1_shape[2])),
)  # fmt: skip
s2_shape.witness(lambda first, K: (first[1], first[1], K))


@family.part(Integer(), levels=["easy"])
def both_parameters(c1_parameters):
    return c1_parameters


both_parameters.slips = rows(
    ("a weight and a bias per channel",
     "So it was in the subsampling of 1998; a pooling layer today learns nothing.",
     lambda both_parameters, K: both_parameters + 2 * K),
    ("pooling counted as a convolution", "Pooling a window needs no weights.",
     lambda both_parameters, K: both_parameters + counts.conv_parameters(2, K, K)),
)  # fmt: skip


@both_parameters.witness
def _(kind, C, F, K):
    layer = engine.MaxPool2d(2) if kind == "maximum" else engine.AvgPool2d(2)
    return filters(F, C, K) + engine.count_parameters(layer)


@family.part(Shape(), levels=["medium"])
def c3_shape(s2_shape, F2, K2):
    return (*sizes.output_size(s2_shape[:2], F2), K2)


c3_shape.slips = rows(
    ("pooled instead", "C3 is a convolution with stride 1: it does not halve the size.",
     lambda s2_shape, K2: (*(s2_shape[:2] // 2), K2)),
    ("size kept", "Without padding a convolution shrinks its input.",
     lambda s2_shape, K2: (*s2_shape[:2], K2)),
    ("channels multiplied", "A filter sums over the channels: the depth is that of C3.",
     lambda c3_shape, K: (*c3_shape[:2], K * c3_shape[2])),
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda c3_shape: c3_shape - (1, 1, 0)),
)  # fmt: skip
c3_shape.witness(lambda second, K2: (second[0], second[0], K2))


@family.part(Integer(), levels=["medium"])
def c3_parameters(s2_shape, F2, K2):
    return counts.conv_parameters(F2, s2_shape[2], K2)


c3_parameters.slips = rows(
    ("depth left out", "A filter spans all channels of its input.",
     lambda F2, K2: counts.conv_parameters(F2, 1, K2)),
    ("always a depth of 3", "A depth of 3 is that of a colour image; C3 reads S2.",
     lambda F2, K2: counts.conv_parameters(F2, 3, K2)),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda F2, K, K2: counts.conv_parameters(F2, K, K2, bias=False)),
    ("filter size of C1", "The filters of C3 have a size of their own.",
     lambda F, K, K2: counts.conv_parameters(F, K, K2)),
    ("no parameters", "That is so for a pooling layer, but C3 is a convolution.", lambda: 0),
    ("one bias only", "Every filter has a bias of its own.",
     lambda F2, s2_shape, K2: counts.conv_parameters(F2, s2_shape[2], K2, bias=False) + 1),
)  # fmt: skip
c3_parameters.witness(lambda K, F2, K2: filters(F2, K, K2))


@family.part(Shape(), levels=["medium"])
def s4_shape(c3_shape):
    return pooled(c3_shape)


s4_shape.slips = rows(
    ("stride 1", "The windows start two apart, so the size is halved.",
     lambda c3_shape: c3_shape - (1, 1, 0)),
)  # fmt: skip
s4_shape.witness(lambda second, K2: (second[1], second[1], K2))


def connected(widths):
    return counts.dense_weights(widths) + counts.dense_biases(widths)


@family.part(Array(shape=(3, 3)), levels=["hard"], marks=4)
def layers(c1_shape, F2, K2):
    """Height, depth and parameters of S2, C3 and S4."""
    s2 = freeze(pooled(c1_shape))
    c3 = freeze((*sizes.output_size(s2[:2], F2), K2))
    learned = (0, counts.conv_parameters(F2, s2[2], K2), 0)
    volumes = (s2, c3, pooled(c3))
    return tuple((v[0], v[2], count) for v, count in zip(volumes, learned, strict=True))


def with_parameters(layers, *learned):
    return tuple((*row[:2], count) for row, count in zip(layers, learned, strict=True))


layers.slips = rows(
    ("a depth of 1", "A filter of C3 spans all channels of S2.",
     lambda layers, F2, K2: with_parameters(layers, 0, counts.conv_parameters(F2, 1, K2), 0)),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda layers, K2: with_parameters(layers, 0, layers[1][2] - K2, 0)),
    ("pooling with parameters", "Pooling layers learn nothing.",
     lambda layers, K, K2: with_parameters(layers, 2 * K, layers[1][2], 2 * K2)),
)  # fmt: skip


@layers.witness
def _(first, second, K, F2, K2):
    return [(first[1], K, 0), (second[0], K2, filters(F2, K, K2)), (second[1], K2, 0)]


@family.part(Integer(), levels=["hard"], marks=2)
def dense_parameters(layers, dense):
    return connected((layers[2][0] ** 2 * layers[2][1], *dense))


dense_parameters.slips = rows(
    ("channels not flattened", "Every channel of S4 is flattened, too.",
     lambda layers, dense: connected((layers[2][0] ** 2, *dense))),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda dense_parameters, dense: dense_parameters - sum(dense)),
)  # fmt: skip
dense_parameters.witness(lambda head: head)


@family.part(Integer(), levels=["hard"])
def total(c1_parameters, layers, dense_parameters):
    return c1_parameters + sum(row[2] for row in layers) + dense_parameters


total.slips = rows(
    ("convolutions only", "The fully connected layers have most of the parameters.",
     lambda total, dense_parameters: total - dense_parameters),
)  # fmt: skip
total.witness(lambda head, C, F, K, F2, K2: filters(F, C, K) + filters(F2, K, K2) + head)


@family.part(Integer(), levels=["medium"])
def connections(c1_shape, F, C, K):
    return counts.conv_connections(*c1_shape[:2], F, C, K)


connections.slips = rows(
    ("shared weights counted once", "A weight connects anew at every position.",
     lambda c1_parameters: c1_parameters),
    ("biases left out", "The bias is a connection of every unit, too.",
     lambda connections, c1_shape: connections - prod(c1_shape)),
)  # fmt: skip


@connections.witness
def _(n, C, F, K):
    # where all values and weights are 1, every connection of a filter adds 1 to its outputs
    ones = [engine.Tensor(np.ones(shape)) for shape in ((1, C, n, n), (1, C, F, F), (1,))]
    return K * int(functional.conv2d(*ones).sum().item())


@family.part(Integer(), levels=["hard"])
def sparse_parameters(F2, table):
    return counts.table_parameters(F2, table)


sparse_parameters.slips = rows(
    ("fully connected", "Here most maps read only some of the maps of S2.",
     lambda layers: layers[1][2]),
    ("biases left out", "Every map still has one bias.",
     lambda sparse_parameters, K2: sparse_parameters - K2),
)  # fmt: skip
sparse_parameters.witness(lambda F2, table: sum(filters(F2, read, count) for count, read in table))


@family.figure
def _(n, C, c1_shape):
    side, _width, depth = c1_shape
    return Layers(
        alt=f"The input, {n} by {n} by {C}, then the volumes of the layers C1 and S2.",
        layers=(
            Layer(rf"{n} \times {n} \times {C}", n, n, C),
            Layer("?", *c1_shape),
            Layer("?", side // 2, side // 2, depth),
        ),
        steps=(r"\text{C1}", r"\text{S2}"),
    )
