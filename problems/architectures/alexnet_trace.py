"""Tracing shapes and parameters through AlexNet.

Trap: 224 pixels instead of 227, a padding with which the windows do not fit, groups ignored.
Reference: Krizhevsky, Sutskever and Hinton (2012), section 3.5.
Source: S1-142, S1-143.
"""

from math import prod

from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Set, Shape
from partialcredit.problems._counting import counted, slid
from partialcredit.problems.architectures._networks import alexnet
from partialcredit.solvers import networks, sizes

family = Family(
    version=2,
    conventions=[
        "shapes are written height × width × depth",
        r"every pooling layer takes the maximum of windows of $3 \times 3$ with stride 2, and "
        "windows that do not fit are left out",
        "parameters are weights and biases, one bias per filter or unit"
        "{% if level == 'hard' %}; nothing is grouped unless it is said{% endif %}",
    ],
)

PADDINGS = (0, 1, 2, 3, 4, 5)


@family.sample
def sample(draw):
    size, stride = draw.choice([11, 11, 9, 7]), draw.choice([4, 4, 3, 2])
    first = (2 * draw.integer(6, 48), size, stride)
    n = size + stride * draw.integer(*draw.by_level((20, 70), (24, 56), (31, 56)))
    second = 8 * draw.integer(2, 10)
    third = draw.choice([32, 48, 64, 80, 96])
    deep = (second, third, third, draw.choice([16, 24, 32, 48]))
    heads = (*[draw.choice([64, 100, 128, 200])] * 2, draw.choice([10, 20, 50, 100]))
    return {
        "n": n,
        "first": first,
        "widths": draw.by_level((), (second,), deep),
        "heads": draw.by_level((), (), heads),
        "small": draw.by_level(n, n, n - draw.choice([2, 3, 4, 5])),
    }


@family.derive
def layers(first, widths, heads, *, groups=1):
    """Those that the level asks about."""
    known = (*widths, 1, 1, 1, 1)[:4]
    every = alexnet(first, known, heads, groups)
    return every if heads else every[: 4 if widths else 2]


@family.derive
def image(n):
    return (n, n, 3)


@family.derive
def convolutional(layers, image):
    """Parameters of all convolutions."""
    return networks.total_parameters(layers[:8], image)


@family.derive
def fitting(small, first):
    _filters, size, stride = first
    return frozenset(P for P in PADDINGS if sizes.fits(small, size, stride=stride, padding=P))


@family.run
def measured(n, first, widths, heads):
    """(shape, entries, multiplications) after every layer."""
    return counted(layers(first, widths, heads), (n, n, 3))


@family.condition
def _(n, small, fitting):
    """Some paddings of the smaller image fit and some do not."""
    return n == small or 0 < len(fitting) < len(PADDINGS)


@family.part(Shape())
def conv1_shape(layers, image):
    return networks.output_shape(layers[0], image)


def padded(n, first):
    filters, kernel, stride = first
    size = sizes.output_size(n, kernel, stride=stride, padding=kernel // 2)
    return (size, size, filters)


conv1_shape.slips = rows(
    ("stride ignored", "The windows start further apart than one pixel.",
     lambda n, first: (n - first[1] + 1, n - first[1] + 1, first[0])),
    ("forgot the + 1", "There is one more window than there are steps.",
     lambda conv1_shape: conv1_shape - (1, 1, 0)),
    ("padded", "The first convolution has no padding.", padded),
    ("depth of the image", "Every filter makes one channel.",
     lambda conv1_shape: (*conv1_shape[:2], 3)),
)  # fmt: skip
conv1_shape.witness(lambda measured: measured[0][0])


@family.part(Integer())
def conv1_parameters(layers, image):
    return networks.parameters(layers[0], image)


conv1_parameters.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda conv1_parameters, first: conv1_parameters - first[0]),
    ("depth left out", "A filter spans all channels that it reads.",
     lambda first: (first[1] ** 2 + 1) * first[0]),
    ("one bias only", "Every filter has a bias of its own.",
     lambda conv1_parameters, first: conv1_parameters - first[0] + 1),
)  # fmt: skip
conv1_parameters.witness(lambda measured: measured[0][1])


@family.part(Shape())
def pool1_shape(layers, conv1_shape):
    return networks.output_shape(layers[1], conv1_shape)


pool1_shape.slips = rows(
    ("windows side by side", "The windows start 2 apart and overlap.",
     lambda pool1_shape, conv1_shape: (*(conv1_shape[:2] // 3), pool1_shape[2])),
    ("divided by the stride only", "The window's own size is taken off first.",
     lambda pool1_shape, conv1_shape: (*(conv1_shape[:2] // 2), pool1_shape[2])),
    ("depth pooled", "Each channel is pooled by itself: the depth stays.",
     lambda pool1_shape: (*pool1_shape[:2], pool1_shape[2] // 2)),
    ("forgot the + 1", "There is one more window than there are steps.",
     lambda pool1_shape: pool1_shape - (1, 1, 0)),
    ("not pooled", "The windows start 2 apart: the size is about halved.",
     lambda conv1_shape: conv1_shape),
)  # fmt: skip
pool1_shape.witness(lambda measured: measured[1][0])


@family.part(Integer(), levels=["medium", "hard"])
def conv2_parameters(layers, pool1_shape):
    return networks.parameters(layers[2], pool1_shape)


conv2_parameters.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda conv2_parameters, widths: conv2_parameters - widths[0]),
    ("two groups", "Here every filter reads all channels.",
     lambda conv2_parameters, widths: (conv2_parameters + widths[0]) // 2),
    ("depth of the image", "It reads the channels that the first convolution makes.",
     lambda widths: (25 * 3 + 1) * widths[0]),
    ("depth left out", "A filter spans all channels that it reads.",
     lambda widths: (25 + 1) * widths[0]),
    ("one bias only", "Every filter has a bias of its own.",
     lambda conv2_parameters, widths: conv2_parameters - widths[0] + 1),
)  # fmt: skip
conv2_parameters.witness(lambda measured: measured[2][1])


@family.part(Shape(), levels=["medium", "hard"], marks=2)
def last_shape(layers, pool1_shape):
    return networks.shapes(layers[2:8], pool1_shape)[-1]


last_shape.slips = rows(
    ("padding ignored", "The padding keeps the size in every one of these layers.",
     lambda pool1_shape, last_shape:
         (*sizes.output_size(pool1_shape[:2] - 4, 3, stride=2), last_shape[2])),
    ("not pooled", "A pooling layer stands at the end.",
     lambda pool1_shape, last_shape: (*pool1_shape[:2], last_shape[2])),
    ("depth of the first layer", "The last convolution decides on the depth.",
     lambda pool1_shape, last_shape: (*last_shape[:2], pool1_shape[2])),
)  # fmt: skip
last_shape.witness(lambda measured: [shape for shape, *_counts in measured if shape[1:]][-1])


@family.part(Integer(), levels=["medium"])
def conv2_multiplications(layers, pool1_shape):
    return networks.multiply_adds(layers[2], pool1_shape)


conv2_multiplications.slips = rows(
    ("parameters instead", "Every weight is used at every position.",
     lambda conv2_parameters: conv2_parameters),
    ("biases multiplied", "A bias is added, not multiplied.",
     lambda conv2_multiplications, pool1_shape, widths:
         conv2_multiplications + prod(pool1_shape[:2]) * widths[0]),
    ("one map only", "Every filter makes a map of its own.",
     lambda conv2_multiplications, widths: conv2_multiplications // widths[0]),
    ("one channel", "A filter multiplies in all channels that it reads.",
     lambda conv2_multiplications, pool1_shape: conv2_multiplications // pool1_shape[2]),
)  # fmt: skip
conv2_multiplications.witness(lambda measured: measured[2][2])


@family.part(Integer(), levels=["hard"], marks=2)
def dense_parameters(layers, last_shape):
    return networks.total_parameters(layers[8:], last_shape)


dense_parameters.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda dense_parameters, heads: dense_parameters - sum(heads)),
    ("depth not flattened", "Every channel is flattened, too.",
     lambda layers, last_shape: networks.total_parameters(layers[8:], last_shape[:2])),
)  # fmt: skip
dense_parameters.witness(
    lambda measured: sum(found for shape, found, _work in measured if not shape[1:])
)


@family.part(Integer(), levels=["hard"], marks=2)
def grouped(image, first, widths, heads):
    return networks.total_parameters(layers(first, widths, heads, groups=2)[:8], image)


grouped.slips = rows(
    ("groups ignored", "A filter in a group reads half of the channels.",
     lambda convolutional: convolutional),
    ("everything halved", "The first and the third convolution are not grouped.",
     lambda convolutional: convolutional // 2),
)  # fmt: skip


@grouped.witness
def _(n, first, widths, heads):
    found = counted(layers(first, widths, heads, groups=2), (n, n, 3))
    return sum(entered for shape, entered, _work in found if shape[1:])


@family.part(Set(), levels=["hard"])
def paddings(fitting):
    return fitting


paddings.slips = rows(
    ("padding counted once", "The padding stands on both sides: it adds 2P.",
     lambda small, first: frozenset(P for P in PADDINGS if (small + P - first[1]) % first[2] == 0)),
    ("all of them", "With some of them pixels are left over.", lambda: frozenset(PADDINGS)),
)  # fmt: skip


@paddings.witness
def _(small, first):
    """The paddings with which a window would be lost if one more pixel were cut off."""
    _filters, *window = first
    widths = {P: small + 2 * P for P in PADDINGS}
    return frozenset(P for P, n in widths.items() if slid(n, *window) > slid(n - 1, *window))


@family.working
def _(layers, image):
    read = (image, *networks.shapes(layers, image))
    pairs = [pair for pair in zip(layers, read, strict=False) if pair[0].kind == "conv"]
    groups = (1, 2, 1, 2, 2)
    return {
        "read": read,
        "convolutions": [(*pair, count) for pair, count in zip(pairs, groups, strict=False)],
    }


@family.figure
def _(n, first):
    return Layers(
        alt=f"An image of {n} by {n} by 3, the volume that the first convolution makes, and the "
        "volume after pooling.",
        layers=(
            Layer(rf"{n} \times {n} \times 3", n, n, 3),
            Layer("?", n // first[2], n // first[2], first[0]),
            Layer("?", n // first[2] // 2, n // first[2] // 2, first[0]),
        ),
        steps=(r"\text{CONV1}", r"\text{pool}"),
    )
