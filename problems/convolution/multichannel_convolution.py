"""Convolutional layer with several channels, filters and biases.

Trap: keeping the channels apart, adding the bias once per channel, leaving out the ReLU.
Reference: Dumoulin and Visin (2016), section 2; Lin, Chen and Yan (2014), section 3, on 1 x 1.
Source: S1-125, S1-132, S4-35.
"""

from partialcredit.engine.functional import conv2d
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Shape
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import backprop, sizes
from partialcredit.solvers import convolution as conv

family = Family(
    conventions=[
        "the kernels are not rotated",
        "shapes are written height × width × depth",
        "{% if P %}padding puts one row or column of zeros on each side of every channel"
        "{% endif %}",
        r"{% if level == 'hard' %}$\mathrm{ReLU}(z) = \max(0, z)$ acts on every entry{% endif %}",
    ]
)


@family.sample
def sample(draw):
    channels, K, S, P = draw.by_level((2, 1, 1, 0), (3, 2, 1, 0), (2, 2, 2, 1))
    height, width = draw.choice([(3, 3), (3, 4), (4, 3)])
    drawn = {
        "image": [draw.matrix(height, width, -2, 3) for _ in range(channels)],
        "filters": [[draw.matrix(2, 2, -2, 2) for _ in range(channels)] for _ in range(K)],
        "biases": [draw.nonzero(-4, 4) for _ in range(K)],
        "S": S,
        "P": P,
    }
    if draw.level != "hard":
        return drawn
    row, column = draw.choice(lit(**drawn) or [(1, 1)])
    pointwise = {"V": draw.matrix(2, 2, -3, 3), "c": draw.integers(2, -3, 3)}
    return drawn | pointwise | {"row": row, "column": column}


@family.condition
def _(image, filters):
    kernels = [kernel for kernels in filters for kernel in kernels]
    return all(any(map(any, k)) and k != conv.flip2d(k) for k in kernels) and all(
        any(map(any, channel)) for channel in image
    )


@family.condition
def _(image, filters, biases, S, P):
    """A ReLU leaves something of every map, and of all maps at one place."""
    found = zip(filters, biases, strict=True)
    seen = all(any(map(any, maps(image, w, b, S, P, P > 0))) for w, b in found)
    return seen and (not P or bool(lit(image, filters, biases, S, P)))


def maps(image, kernels, bias, S, P, relu):
    """One feature map: a filter's cross-correlation plus its bias, and its ReLU if asked."""
    rows = conv.correlate2d(image, kernels, stride=S, padding=P)
    return tuple(tuple(max(v + bias, 0) if relu else v + bias for v in row) for row in rows)


def lit(image, filters, biases, S, P):
    """Rows and columns, 1 or 2, in which no map is 0."""
    found = [maps(image, w, b, S, P, P > 0) for w, b in zip(filters, biases, strict=True)]
    places = [(i, j) for i in (1, 2) for j in (1, 2)]
    return [(i, j) for i, j in places if all(rows[i - 1][j - 1] for rows in found)]


@family.derive
def size(image):
    """Height and width of every channel."""
    return len(image[0]), len(image[0][0])


@family.derive
def padded(image, P):
    return [conv.padded2d(channel, P) for channel in image]


@family.derive
def mapped(image, S, P):
    """The feature map that a filter makes of the image, after the ReLU if there is one."""
    return lambda kernels, bias: maps(image, kernels, bias, S, P, P > 0)


@family.run
def layer(image, filters, biases, S, P):
    """The engine's feature maps (1, filters, rows, columns)."""
    y = conv2d(*map(tensor, ([image], filters, biases)), stride=S, padding=P)
    return y.relu() if P else y


@family.part(Shape())
def shape(size, filters, S, P):
    return (*sizes.output_size(size, 2, stride=S, padding=P), len(filters))


shape.slips = rows(
    ("depth of the input", "Each filter makes one map, so the depth is their number.",
     lambda shape, image: (*shape[:2], len(image))),
    ("one map per filter and channel", "A filter adds up its channels to one map.",
     lambda shape, image: (*shape[:2], shape[2] * len(image))),
    ("as large as the input", "The kernels stand only where they fit.",
     lambda size, shape: (*size, shape[2])),
)  # fmt: skip
shape.witness(lambda layer: (*layer.shape[2:], layer.shape[1]))


@family.part(lambda first_map: shaped(first_map), marks=2)
def first_map(mapped, filters, biases):
    return mapped(filters[0], biases[0])


first_map.slips = rows(
    ("first channel only", "The results of all channels are added.",
     lambda image, filters, biases, S, P: maps(image[:1], filters[0][:1], biases[0], S, P, P > 0)),
    ("bias left out", "Every filter adds its bias to each output.",
     lambda mapped, filters: mapped(filters[0], 0)),
    ("bias per channel", "The bias is added once, after the channels are summed.",
     lambda mapped, image, filters, biases: mapped(filters[0], len(image) * biases[0])),
    ("ReLU left out", "Negative results become 0.",
     lambda image, filters, biases, S, P:
         maps(image, filters[0], biases[0], S, P, False) if P else None),
    ("kernels turned", "The kernels are used as they are written.",
     lambda mapped, filters, biases: mapped([*map(conv.flip2d, filters[0])], biases[0])),
)  # fmt: skip
first_map.witness(lambda layer: layer.data[0, 0])


@family.part(lambda second_map: shaped(second_map), marks=2, levels=["medium", "hard"])
def second_map(mapped, filters, biases):
    return mapped(filters[1], biases[1])


second_map.slips = rows(
    ("bias of the first filter", "Every filter has a bias of its own.",
     lambda mapped, filters, biases: mapped(filters[1], biases[0])),
    ("bias left out", "Every filter adds its bias to each output.",
     lambda mapped, filters: mapped(filters[1], 0)),
    ("ReLU left out", "Negative results become 0.",
     lambda image, filters, biases, S, P:
         maps(image, filters[1], biases[1], S, P, False) if P else None),
    ("the first map's result", "The second filter reads the image, not the first map.",
     lambda first_map: first_map),
    ("first channel only", "The results of all channels are added.",
     lambda image, filters, biases, S, P: maps(image[:1], filters[1][:1], biases[1], S, P, P > 0)),
    ("bias per channel", "The bias is added once, after the channels are summed.",
     lambda mapped, image, filters, biases: mapped(filters[1], len(image) * biases[1])),
    ("kernels turned", "The kernels are used as they are written.",
     lambda mapped, filters, biases: mapped([*map(conv.flip2d, filters[1])], biases[1])),
)  # fmt: skip
second_map.witness(lambda layer: layer.data[0, 1])


def at(row, column, *found):
    """What stands in this row and column of every map."""
    return [rows[row - 1][column - 1] for rows in found]


@family.part(Array(shape=(2,)), marks=2, levels=["hard"], after="second_map")
def pixel(V, c, row, column, first_map, second_map):
    return backprop.affine(V, at(row, column, first_map, second_map), c)


pixel.slips = rows(
    ("transposed", "Row i of V makes channel i of the result.",
     lambda V, c, row, column, first_map, second_map:
         backprop.affine(columns(V), at(row, column, first_map, second_map), c)),
    ("bias left out", "Add the bias of each channel.", lambda pixel, c: pixel - c),
    ("bias per channel", "The bias is added once, after the channels are summed.",
     lambda pixel, c: pixel + c),
    ("first channel only", "The results of all channels are added.",
     lambda V, c, row, column, first_map: backprop.affine(V, [*at(row, column, first_map), 0], c)),
    ("row and column exchanged", "The first number counts rows, the second columns.",
     lambda V, c, row, column, first_map, second_map:
         backprop.affine(V, at(column, row, first_map, second_map), c)),
)  # fmt: skip


@pixel.witness
def _(layer, V, c, row, column):
    y = conv2d(layer, tensor(V).reshape(2, 2, 1, 1), tensor(c))
    return y.data[0, :, row - 1, column - 1]


@family.working
def _(image, filters, S, P):
    def result(channel, kernel):
        return conv.correlate2d([channel], [kernel], stride=S, padding=P)

    return {"sums": [[*map(result, image, kernels)] for kernels in filters]}
