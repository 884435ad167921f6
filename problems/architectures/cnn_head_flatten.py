"""The head of a convolutional network.

Trap: flattening one channel only, taking averaging for flattening, counting frozen parameters.
Reference: Lin, Chen and Yan (2014), "Network in network", section 3.2; Yosinski et al. (2014), "How
transferable are features in deep neural networks?"
Source: S4-37, S4-38, S4-42, S4-43, S0-83, S1-85.
"""

from math import prod

import numpy as np

from partialcredit.engine.functional import adaptive_avg_pool2d
from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Real, Shape, Text
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, filters, slid, units
from partialcredit.problems._tape import tensor
from partialcredit.solvers import networks

family = Family(
    version=3,
    conventions=[
        "shapes are written height × width × depth",
        r"pooling takes the maximum of windows of $2 \times 2$ with stride 2 and rounds down",
        "parameters are weights and biases, one bias per filter or unit",
    ],
)


@family.sample
def sample(draw):
    depth = 4 * draw.integer(4, 64)
    return {
        "height": draw.integer(8, 31),
        "width": draw.integer(8, 31),
        "depth": depth,
        "classes": draw.choice([2, 5, 10, 20, 50, 100]),
        "backbone": draw.by_level(
            (),
            (),
            ((3, 4 * draw.integer(2, 16), draw.choice([5, 7])), (4 * draw.integer(8, 64), 3)),
        ),
    }


@family.condition
def _(height, width):
    return height % 2 == 1 or width % 2 == 1


@family.derive
def layers(depth, backbone):
    """The backbone's convolutions as (filter size, channels read, filters)."""
    if not backbone:
        return ()
    (channels, first, size), (second, small) = backbone
    return ((size, channels, first), (small, first, second), (small, second, depth))


@family.run
def windowed(height, width, depth):
    return (slid(height, 2, 2), slid(width, 2, 2), depth)


@family.run
def flat_head(windowed, classes):
    return units(entries(*windowed), classes)


@family.run
def small_head(depth, classes):
    """The head that reads what global average pooling leaves of a small volume."""
    volume = tensor(np.zeros((1, depth, 2, 2)))
    return units(adaptive_avg_pool2d(volume, 1).data.size, classes)


@family.run
def held(depth, backbone):
    """The array entries of the three convolutions."""
    return [filters(*layer) for layer in layers(depth, backbone)]


@family.part(Shape())
def pooled(height, width, depth):
    return networks.output_shape(networks.pool(2, 2), (height, width, depth))


pooled.slips = rows(
    ("rounded up", "A window that reaches over the edge is left out: round down.",
     lambda height, width, depth: (-(-height // 2), -(-width // 2), depth)),
    ("depth pooled, too", "Each channel is pooled by itself: the depth stays.",
     lambda pooled, depth: (*pooled[:2], depth // 2)),
    ("stride 1", "The windows start two apart.",
     lambda height, width, depth: (height - 1, width - 1, depth)),
    ("not pooled", "Pooling with stride 2 halves height and width.",
     lambda height, width, depth: (height, width, depth)),
    ("halved twice", "One pooling halves height and width once.",
     lambda height, width, depth: (height // 4, width // 4, depth)),
)  # fmt: skip
pooled.witness(lambda windowed: windowed)


@family.part(Integer(), levels=["easy", "medium"])
def flattened(pooled):
    return prod(pooled)


flattened.slips = rows(
    ("one channel only", "Every channel is flattened, too.", lambda pooled: prod(pooled[:2])),
    ("sizes added", "Height, width and depth are multiplied.", lambda pooled: sum(pooled)),
    ("averaged", "Flattening keeps every value.", lambda depth: depth),
    ("not pooled", "The pooled volume is flattened.",
     lambda height, width, depth: height * width * depth),
)  # fmt: skip
flattened.witness(lambda windowed: entries(*windowed))


@family.part(Integer(), levels=["easy", "medium"])
def head(flattened, classes):
    return (flattened + 1) * classes


head.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda head, classes: head - classes),
    ("one channel only", "Every channel is flattened, too.",
     lambda pooled, classes: networks.parameters(networks.dense(classes), pooled[:2])),
    ("one bias for all", "Every unit has its own bias.", lambda head, classes: head - classes + 1),
    ("bias per input", "There is one bias for every unit.",
     lambda flattened, classes: flattened * classes + flattened),
    ("sizes added", "Every unit has a weight for every value.",
     lambda flattened, classes: flattened + classes),
)  # fmt: skip
head.witness(lambda flat_head: flat_head)


@family.part(Integer(), levels=["medium", "hard"], after="flattened")
def averaged_head(pooled, classes):
    return networks.parameters(networks.dense(classes), pooled[2:])


averaged_head.slips = rows(
    ("flattened", "Averaging leaves one number for each channel.",
     lambda pooled, classes: networks.parameters(networks.dense(classes), pooled)),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda averaged_head, classes: averaged_head - classes),
    ("averaging counted", "Averaging has no parameters.",
     lambda averaged_head, depth: averaged_head + depth),
    ("one weight per unit", "Every unit has a weight for every channel.",
     lambda classes: 2 * classes),
    ("one bias for all", "Every unit has its own bias.",
     lambda averaged_head, classes: averaged_head - classes + 1),
)  # fmt: skip
averaged_head.witness(lambda small_head: small_head)


@family.part(Real(digits=3), levels=["medium"], after="averaged_head")
def saved(head, averaged_head):
    return 1 - rational(averaged_head, head)


saved.slips = rows(
    ("what is left", "The share that is saved is asked for.", lambda saved: 1 - saved),
    ("divided by the smaller", "Compare with the head that flattens.",
     lambda head, averaged_head: rational(head - averaged_head, averaged_head)),
    ("the ratio upside down", "Divide by the parameters of the head that flattens.",
     lambda head, averaged_head: rational(head, averaged_head)),
    ("the difference", "A share is asked for: divide by the head that flattens.",
     lambda head, averaged_head: head - averaged_head),
)  # fmt: skip
saved.witness(lambda flat_head, small_head: (flat_head - small_head) / flat_head)


@family.part(Integer(), levels=["hard"], marks=2)
def frozen(layers):
    return sum(convolution(*layer) for layer in layers)


def convolution(size, channels, filters):
    return networks.parameters(networks.conv(filters, size), (1, 1, channels))


frozen.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda frozen, layers: frozen - sum(filters for _size, _channels, filters in layers)),
    ("depth of the image throughout", "Each layer reads the channels of the one before.",
     lambda layers, backbone:
         sum(convolution(size, backbone[0][0], filters) for size, _read, filters in layers)),
)  # fmt: skip
frozen.witness(lambda held: sum(held))


@family.part(Integer(), levels=[])  # asked by older papers
def trainable(averaged_head):
    return averaged_head


trainable.slips = rows(
    ("all parameters", "Frozen parameters are not trained.",
     lambda trainable, frozen: trainable + frozen),
    ("the frozen ones", "These are the ones that stay as they are.", lambda frozen: frozen),
)  # fmt: skip
trainable.witness(lambda small_head: small_head)


@family.part(Real(digits=3), levels=["hard"])
def share(averaged_head, frozen):
    return rational(averaged_head, averaged_head + frozen)


share.slips = rows(
    ("share of the frozen", "The trainable ones are asked for.", lambda share: 1 - share),
    ("ratio instead of share", "Divide by all parameters.",
     lambda averaged_head, frozen: rational(averaged_head, frozen)),
)  # fmt: skip
share.witness(lambda held, small_head: small_head / (sum(held) + small_head))


@family.part(Integer(), levels=["hard"])
def unfrozen(averaged_head, layers):
    return averaged_head + convolution(*layers[-1])


unfrozen.slips = rows(
    ("head forgotten", "The head is still trained.",
     lambda unfrozen, averaged_head: unfrozen - averaged_head),
    ("all layers", "The first two convolutions stay frozen.",
     lambda averaged_head, frozen: averaged_head + frozen),
)  # fmt: skip
unfrozen.witness(lambda held, small_head: held[-1] + small_head)


@family.part(Text(), levels=["hard"], marks=2)
def reason():
    return (
        "The features that the convolutions learned from many images serve the new task, too, "
        "while training so many parameters on few images would overfit."
    )


@family.figure
def _(height, width, depth, classes):
    return Layers(
        alt=f"A volume of {height} by {width} by {depth}, the pooled volume, the flattened values "
        f"and {classes} outputs.",
        layers=(
            Layer(rf"{height} \times {width} \times {depth}", height, width, depth),
            Layer("?", height // 2, width // 2, depth),
            Layer("?", 1, 1, depth),
            Layer(f"{classes}", 1, 1, classes),
        ),
        steps=(r"\text{pool}", r"\text{flatten}", r"\text{fully connected}"),
    )
