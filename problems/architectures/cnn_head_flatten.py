"""The head of a convolutional network.

Trap: flattening one channel only, taking averaging for flattening, counting frozen parameters.
Reference: Lin, Chen and Yan (2014), "Network in network", section 3.2; Yosinski et al. (2014), "How
transferable are features in deep neural networks?"
Source: S4-37, S4-38, S4-42, S4-43, S0-83, S1-85.
"""

from fractions import Fraction
from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import adaptive_avg_pool2d
from partialcredit.family import Family
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Real, Shape
from partialcredit.problems.architectures._counting import entries, filters, slid, units
from partialcredit.solvers import networks

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        r"pooling takes the maximum of windows of $2 \times 2$ with stride 2 and rounds down",
        "parameters are weights and biases, one bias per filter or unit",
    ]
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


def convolutions(backbone, depth):
    """The backbone's layers as (filter size, channels read, filters)."""
    (channels, first, size), (second, small) = backbone
    return ((size, channels, first), (small, first, second), (small, second, depth))


@family.condition
def _(height, width):
    return height % 2 == 1 or width % 2 == 1


@family.part(Shape())
def pooled(height, width, depth):
    return networks.output_shape(networks.pool(2, 2), (height, width, depth))


@family.part(Integer())
def flattened(pooled):
    return prod(pooled)


@family.part(Integer())
def head(pooled, classes):
    return networks.parameters(networks.dense(classes), pooled)


@family.part(Integer(), levels=["medium", "hard"])
def averaged_head(pooled, classes):
    return networks.parameters(networks.dense(classes), pooled[2:])


@family.part(Real(digits=4), levels=["medium", "hard"])
def saved(head, averaged_head):
    return 1 - Fraction(averaged_head, head)


@family.part(Integer(), levels=["hard"], marks=2)
def frozen(depth, backbone):
    layers = convolutions(backbone, depth)
    return sum(
        networks.parameters(networks.conv(filters, size), (1, 1, channels))
        for size, channels, filters in layers
    )


@family.part(Integer(), levels=["hard"])
def trainable(averaged_head):
    return averaged_head


@family.part(Real(digits=4), levels=["hard"])
def share(trainable, frozen):
    return Fraction(trainable, trainable + frozen)


@family.part(Integer(), levels=["hard"])
def unfrozen(trainable, depth, backbone):
    size, channels, filters = convolutions(backbone, depth)[-1]
    last = networks.conv(filters, size)
    return trainable + networks.parameters(last, (1, 1, channels))


@pooled.mistake("rounded up", "A window that reaches over the edge is left out: round down.")
def _(height, width, depth):
    return (-(-height // 2), -(-width // 2), depth)


@pooled.mistake("depth pooled, too", "Each channel is pooled by itself: the depth stays.")
def _(pooled, depth):
    return (*pooled[:2], depth // 2)


@pooled.mistake("stride 1", "The windows start two apart.")
def _(height, width, depth):
    return (height - 1, width - 1, depth)


@flattened.mistake("one channel only", "Every channel is flattened, too.")
def _(pooled):
    return pooled[0] * pooled[1]


@flattened.mistake("sizes added", "Height, width and depth are multiplied.")
def _(pooled):
    return sum(pooled)


@flattened.mistake("rounded up", "A window that reaches over the edge is left out: round down.")
def _(height, width, depth):
    return -(-height // 2) * -(-width // 2) * depth


@flattened.mistake("averaged", "Flattening keeps every value.")
def _(depth):
    return depth


@head.mistake("biases left out", "Every unit has one bias, too.")
def _(head, classes):
    return head - classes


@head.mistake("one channel only", "Every channel is flattened, too.")
def _(pooled, classes):
    return networks.parameters(networks.dense(classes), pooled[:2])


@head.mistake("one bias for all", "Every unit has its own bias.")
def _(head, classes):
    return head - classes + 1


@averaged_head.mistake("flattened", "Averaging leaves one number for each channel.")
def _(head):
    return head


@averaged_head.mistake("biases left out", "Every unit has one bias, too.")
def _(averaged_head, classes):
    return averaged_head - classes


@averaged_head.mistake("averaging counted", "Averaging has no parameters.")
def _(averaged_head, depth):
    return averaged_head + depth


@saved.mistake("what is left", "The share that is saved is asked for.")
def _(saved):
    return 1 - saved


@saved.mistake("divided by the smaller", "Compare with the head that flattens.")
def _(head, averaged_head):
    return Fraction(head - averaged_head, averaged_head)


@frozen.mistake("biases left out", "Every filter has one bias, too.")
def _(frozen, depth, backbone):
    return frozen - sum(filters for _size, _channels, filters in convolutions(backbone, depth))


@frozen.mistake("depth of the image throughout", "Each layer reads the channels of the one before.")
def _(depth, backbone):
    layers = [(size, filters) for size, _channels, filters in convolutions(backbone, depth)]
    conv, image = networks.conv, (1, 1, backbone[0][0])
    return sum(networks.parameters(conv(filters, size), image) for size, filters in layers)


@trainable.mistake("all parameters", "Frozen parameters are not trained.")
def _(trainable, frozen):
    return trainable + frozen


@trainable.mistake("the frozen ones", "These are the ones that stay as they are.")
def _(frozen):
    return frozen


@share.mistake("share of the frozen", "The trainable ones are asked for.")
def _(share):
    return 1 - share


@share.mistake("ratio instead of share", "Divide by all parameters.")
def _(trainable, frozen):
    return Fraction(trainable, frozen)


@unfrozen.mistake("head forgotten", "The head is still trained.")
def _(unfrozen, trainable):
    return unfrozen - trainable


@unfrozen.mistake("all layers", "The first two convolutions stay frozen.")
def _(trainable, frozen):
    return trainable + frozen


def windowed(height, width, depth):
    return (slid(height, 2, 2), slid(width, 2, 2), depth)


def averaged(depth):
    """How many numbers global average pooling leaves of a small volume."""
    volume = engine.Tensor(np.zeros((1, depth, 2, 2)))
    return adaptive_avg_pool2d(volume, 1).data.size


@pooled.witness
def _(height, width, depth):
    return windowed(height, width, depth)


@flattened.witness
def _(height, width, depth):
    return entries(*windowed(height, width, depth))


@head.witness
def _(height, width, depth, classes):
    return units(entries(*windowed(height, width, depth)), classes)


@averaged_head.witness
def _(depth, classes):
    return units(averaged(depth), classes)


@saved.witness
def _(height, width, depth, classes):
    full = units(entries(*windowed(height, width, depth)), classes)
    return (full - units(averaged(depth), classes)) / full


def held(depth, backbone):
    """The array entries of the three convolutions."""
    return [filters(size, channels, made) for size, channels, made in convolutions(backbone, depth)]


@frozen.witness
def _(depth, backbone):
    return sum(held(depth, backbone))


@trainable.witness
def _(depth, classes):
    return units(averaged(depth), classes)


@share.witness
def _(depth, classes, backbone):
    trained = units(averaged(depth), classes)
    return trained / (sum(held(depth, backbone)) + trained)


@unfrozen.witness
def _(depth, classes, backbone):
    return held(depth, backbone)[-1] + units(averaged(depth), classes)


@family.working
def _(depth, backbone):
    return {"layers": convolutions(backbone, depth) if backbone else ()}


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
