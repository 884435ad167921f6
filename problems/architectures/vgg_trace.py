"""Tracing shapes and parameters through VGG.

Trap: flattening one channel only, parameters in pooling layers, most parameters in convolutions.
Reference: Simonyan and Zisserman (2015), Table 1 and section 2.1.
Source: S1-138.
"""

from math import prod

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._counting import counted, entries
from partialcredit.problems.architectures._networks import VGG, vgg
from partialcredit.solvers import networks

family = Family(
    version=3,
    conventions=[
        "shapes are written height × width × depth",
        r"every convolution has filters of $3 \times 3$, stride 1 and padding 1; every block ends "
        r"with a pooling layer of $2 \times 2$ with stride 2, which rounds down",
        "parameters are weights and biases, one bias per filter or unit",
    ],
)


@family.sample
def sample(draw):
    blocks = VGG[draw.choice(sorted(VGG))]
    return {
        "n": draw.by_level(2 * draw.integer(8, 128), draw.integer(64, 256), draw.integer(32, 128)),
        "depth": draw.by_level(draw.choice([3, 4, 5, 8, 10]), 3, 3),
        "width": draw.by_level(
            2 * draw.integer(2, 12), 2 * draw.integer(2, 16), draw.integer(4, 10)
        ),
        "blocks": draw.by_level((draw.integer(2, 4),), blocks, blocks),
        "heads": draw.by_level(
            (), (), (*[draw.choice([32, 64, 100, 128])] * 2, draw.choice([10, 20, 50, 100]))
        ),
    }


@family.condition
def _(depth, width):
    return depth != width


@family.derive
def image(n, depth):
    return (n, n, depth)


@family.derive
def first_block(blocks, width):
    return vgg(blocks[:1], width, ())


@family.derive
def layers(blocks, width):
    """All but the fully connected ones."""
    return vgg(blocks, width, ())


@family.derive
def head(heads):
    return [networks.dense(units) for units in heads]


@family.run
def measured(n, depth, width, blocks, heads):
    """(shape, entries, multiplications) after every layer."""
    return counted(vgg(blocks, width, heads), (n, n, depth))


@family.run
def last_volume(measured):
    return [shape for shape, *_counts in measured if shape[1:]][-1]


@family.run
def held(measured):
    """The entries of all convolutions, and of all fully connected layers."""
    found = [0, 0]
    for shape, entered, _work in measured:
        found[len(shape) == 1] += entered
    return found


@family.part(Shape())
def first_block_shape(image, first_block):
    return networks.shapes(first_block, image)[-1]


first_block_shape.slips = rows(
    ("padding ignored", "With padding 1 the convolutions keep the size.",
     lambda n, width, blocks: (*[(n - 2 * blocks[0]) // 2] * 2, width)),
    ("not pooled", "The block ends with a pooling layer.", lambda n, width: (n, n, width)),
    ("depth of the input", "The filters of the last convolution decide.",
     lambda first_block_shape, depth: (*first_block_shape[:2], depth)),
)  # fmt: skip
first_block_shape.witness(lambda measured, blocks: measured[blocks[0]][0])


@family.part(Integer())
def first_block_parameters(image, first_block):
    return networks.total_parameters(first_block, image)


first_block_parameters.slips = rows(
    ("depth of the input throughout", "The second convolution reads the channels of the first.",
     lambda depth, width, blocks: blocks[0] * (9 * depth + 1) * width if blocks[0] > 1 else None),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda first_block_parameters, width, blocks: first_block_parameters - blocks[0] * width),
    ("pooling counted", "Taking a maximum has no parameters.",
     lambda first_block_parameters, width: first_block_parameters + (4 * width + 1) * width),
    ("one bias only", "Every filter has a bias of its own.",
     lambda first_block_parameters, width, blocks:
         first_block_parameters - blocks[0] * (width - 1)),
    ("one channel", "A filter spans all channels that it reads.",
     lambda width, blocks: 10 * width if blocks[0] == 1 else None),
)  # fmt: skip
first_block_parameters.witness(lambda measured, blocks: sum(columns(measured[: blocks[0]])[1]))


@family.part(Shape(), levels=["medium", "hard"], marks=2)
def last_shape(first_block_shape, layers, blocks):
    return networks.shapes(layers[blocks[0] + 1 :], first_block_shape)[-1]


last_shape.slips = rows(
    ("one pooling too few", "There are five blocks, and each of them pools.",
     lambda n, last_shape: (n // 16, n // 16, last_shape[2])),
    ("depth doubled once more", "The last block keeps the depth of the one before.",
     lambda last_shape: (*last_shape[:2], 2 * last_shape[2])),
    ("depth of the first block", "The filters double in three of the blocks.",
     lambda last_shape, width: (*last_shape[:2], width)),
    ("one pooling too many", "There are five blocks, and each of them pools once.",
     lambda n, last_shape: (n // 64, n // 64, last_shape[2]) if n > 63 else None),
    ("not doubled", "The filters double from block to block, up to the fourth.",
     lambda last_shape: (*last_shape[:2], last_shape[2] // 2)),
)  # fmt: skip
last_shape.witness(lambda last_volume: last_volume)


@family.part(Integer(), levels=["medium"], after="last_shape")
def flattened(last_shape):
    return prod(last_shape)


flattened.slips = rows(
    ("one channel only", "Every channel is flattened, too.",
     lambda last_shape: prod(last_shape[:2])),
    ("averaged", "Averaging each channel would leave this; flattening keeps all.",
     lambda last_shape: last_shape[2]),
)  # fmt: skip
flattened.witness(lambda last_volume: entries(*last_volume))


@family.part(Integer(), levels=["medium"])
def second_block_parameters(first_block_shape, width, blocks):
    second_block = vgg(blocks[:2], width, ())[blocks[0] + 1 :]
    return networks.total_parameters(second_block, first_block_shape)


second_block_parameters.slips = rows(
    ("filters not doubled", "The second block has twice the filters.",
     lambda width, blocks: blocks[1] * (9 * width + 1) * width),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda second_block_parameters, width, blocks:
         second_block_parameters - blocks[1] * 2 * width),
    ("depth of the image", "The second block reads the channels of the first.",
     lambda second_block_parameters, width: second_block_parameters - 9 * (width - 3) * 2 * width),
    ("depth of the first block throughout",
     "The second convolution of the block reads the doubled channels.",
     lambda width, blocks: blocks[1] * (9 * width + 1) * 2 * width if blocks[1] > 1 else None),
)  # fmt: skip
second_block_parameters.witness(
    lambda measured, blocks: sum(columns(measured[blocks[0] + 1 :][: blocks[1]])[1])
)


@family.part(Integer(), levels=["hard"], marks=3)
def convolutions(image, layers):
    return networks.total_parameters(layers, image)


convolutions.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda convolutions, layers: convolutions - sum(layer.outputs for layer in layers)),
    ("one convolution per block", "Most blocks have several convolutions.",
     lambda image, width, blocks:
         networks.total_parameters(vgg((1,) * len(blocks), width, ()), image)
         if max(blocks) > 1 else None),
)  # fmt: skip
convolutions.witness(lambda held: held[0])


@family.part(Integer(), levels=["hard"], marks=2)
def dense(last_shape, head):
    return networks.total_parameters(head, last_shape)


dense.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda dense, heads: dense - sum(heads)),
    ("one channel flattened", "Every channel is flattened, too.",
     lambda last_shape, head: networks.total_parameters(head, last_shape[:2])),
    ("averaged", "Flattening keeps every place of every channel.",
     lambda last_shape, head: networks.total_parameters(head, last_shape[2:])),
    ("convolutions", "Count the fully connected layers here.", lambda convolutions: convolutions),
)  # fmt: skip
dense.witness(lambda held: held[1])


@family.part(Real(digits=3), levels=["hard"])
def share(convolutions, dense):
    return rational(dense, convolutions + dense)


share.slips = rows(
    ("share of the convolutions", "The fully connected layers are asked for.",
     lambda share: 1 - share),
    ("ratio instead of share", "Divide by all parameters, not by the others.",
     lambda convolutions, dense: rational(dense, convolutions)),
)  # fmt: skip
share.witness(lambda held: held[1] / sum(held))


@family.part(Integer(), levels=["hard"], after="first_block_parameters")
def multiplications(image, first_block):
    return networks.total_multiply_adds(first_block, image)


multiplications.slips = rows(
    ("parameters instead", "Every weight is used at every position.",
     lambda first_block_parameters: first_block_parameters),
    ("positions after pooling", "The convolutions come before the pooling.",
     lambda first_block_shape, first_block_parameters, width, blocks:
         (first_block_parameters - blocks[0] * width) * prod(first_block_shape[:2])),
)  # fmt: skip
multiplications.witness(lambda measured, blocks: sum(columns(measured[: blocks[0]])[2]))


@family.working
def _(n, depth, width, blocks):
    widths = [width * 2 ** min(i, 3) for i in range(len(blocks))]
    return {
        "widths": widths,
        "halved": [n >> times for times in range(len(blocks) + 1)],
        "rows": [*zip([depth, *widths], widths, blocks, strict=False)],
    }
