"""Tracing shapes and parameters through VGG.

Trap: flattening one channel only, parameters in pooling layers, most parameters in convolutions.
Reference: Simonyan and Zisserman (2015), Table 1 and section 2.1.
Source: S1-138.
"""

from functools import lru_cache
from math import prod

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import counted
from partialcredit.problems.architectures._networks import VGG, vgg
from partialcredit.solvers import networks

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        r"every convolution has filters of $3 \times 3$, stride 1 and padding 1; every block ends "
        r"with a pooling layer of $2 \times 2$ with stride 2, which rounds down",
        "parameters are weights and biases, one bias per filter or unit",
    ]
)


@family.sample
def sample(draw):
    blocks = VGG[draw.choice(sorted(VGG))]
    return {
        "n": draw.by_level(2 * draw.integer(8, 128), draw.integer(64, 256), draw.integer(64, 256)),
        "depth": draw.by_level(draw.choice([3, 16, 32, 64, 128]), 3, 3),
        "width": draw.by_level(8 * draw.integer(2, 32), *[4 * draw.integer(4, 24)] * 2),
        "blocks": draw.by_level((draw.integer(2, 4),), blocks, blocks),
        "heads": draw.by_level(
            (), (), (*[draw.choice([512, 1024, 2048, 4096])] * 2, draw.choice([10, 100, 1000]))
        ),
    }


@family.condition
def _(depth, width):
    return depth != width


@family.part(Shape())
def first_block_shape(n, depth, width, blocks):
    return networks.shapes(vgg(blocks[:1], width, ()), (n, n, depth))[-1]


def padding_ignored(n, width, blocks):
    size = (n - 2 * blocks[0]) // 2
    return (size, size, width)


first_block_shape.slips = rows(
    ("padding ignored", "With padding 1 the convolutions keep the size.", padding_ignored),
    ("not pooled", "The block ends with a pooling layer.", lambda n, width: (n, n, width)),
    ("depth of the input", "The filters of the last convolution decide.",
     lambda first_block_shape, depth: (*first_block_shape[:2], depth)),
)  # fmt: skip
first_block_shape.witness(
    lambda n, depth, width, blocks: measured(n, depth, width, blocks)[blocks[0]][0]
)


@family.part(Integer())
def first_block_parameters(n, depth, width, blocks):
    return networks.total_parameters(vgg(blocks[:1], width, ()), (n, n, depth))


first_block_parameters.slips = rows(
    ("depth of the input throughout", "The second convolution reads the channels of the first.",
     lambda depth, width, blocks: blocks[0] * (9 * depth + 1) * width if blocks[0] > 1 else None),
    ("biases left out", "Every filter has one bias, too.",
     lambda first_block_parameters, width, blocks: first_block_parameters - blocks[0] * width),
    ("pooling counted", "Taking a maximum has no parameters.",
     lambda first_block_parameters, width: first_block_parameters + (4 * width + 1) * width),
)  # fmt: skip
first_block_parameters.witness(
    lambda n, depth, width, blocks: sum(
        found for _shape, found, _work in measured(n, depth, width, blocks)[: blocks[0]]
    )
)


@family.part(Shape(), levels=["medium", "hard"], marks=2)
def last_shape(n, depth, width, blocks):
    return networks.shapes(vgg(blocks, width, ()), (n, n, depth))[-1]


last_shape.slips = rows(
    ("one pooling too few", "There are five blocks, and each of them pools.",
     lambda n, last_shape: (n // 16, n // 16, last_shape[2])),
    ("depth doubled once more", "The last block keeps the depth of the one before.",
     lambda last_shape: (*last_shape[:2], 2 * last_shape[2])),
    ("depth of the first block", "The filters double in three of the blocks.",
     lambda last_shape, width: (*last_shape[:2], width)),
)  # fmt: skip
last_shape.witness(lambda n, depth, width, blocks: measured(n, depth, width, blocks)[-1][0])


@family.part(Integer(), levels=["medium"])
def flattened(last_shape):
    return prod(last_shape)


flattened.slips = rows(
    ("one channel only", "Every channel is flattened, too.",
     lambda last_shape: last_shape[0] * last_shape[1]),
    ("averaged", "Averaging each channel would leave this; flattening keeps all.",
     lambda last_shape: last_shape[2]),
)  # fmt: skip


@flattened.witness
def _(n, depth, width, blocks):
    height, across, channels = measured(n, depth, width, blocks)[-1][0]
    return len([0 for _row in range(height) for _column in range(across)] * channels)


@family.part(Integer(), levels=["medium"])
def second_block_parameters(first_block_shape, width, blocks):
    layers = vgg(blocks[:2], width, ())[blocks[0] + 1 :]
    return networks.total_parameters(layers, first_block_shape)


second_block_parameters.slips = rows(
    ("filters not doubled", "The second block has twice the filters.",
     lambda width, blocks: blocks[1] * (9 * width + 1) * width),
    ("biases left out",
     "Every filter has one bias, too.",
     lambda second_block_parameters, width, blocks: second_block_parameters - blocks[1] * 2 * width),
)  # fmt: skip


@second_block_parameters.witness
def _(n, depth, width, blocks):
    second = measured(n, depth, width, blocks)[blocks[0] + 1 : blocks[0] + 1 + blocks[1]]
    return sum(found for _shape, found, _work in second)


@family.part(Integer(), levels=["hard"], marks=3)
def convolutions(n, depth, width, blocks):
    return networks.total_parameters(vgg(blocks, width, ()), (n, n, depth))


def one_convolution_per_block(n, depth, width, blocks):
    layers = vgg((1,) * len(blocks), width, ())
    return networks.total_parameters(layers, (n, n, depth)) if max(blocks) > 1 else None


convolutions.slips = rows(
    ("biases left out",
     "Every filter has one bias, too.",
     lambda convolutions, width, blocks: convolutions - sum(m * width * 2 ** min(i, 3) for i, m in enumerate(blocks))),
    ("one convolution per block", "Most blocks have several convolutions.",
     one_convolution_per_block),
)  # fmt: skip
convolutions.witness(
    lambda n, depth, width, blocks: sum(
        found for _shape, found, _work in measured(n, depth, width, blocks)
    )
)


@family.part(Integer(), levels=["hard"], marks=2)
def dense(last_shape, heads):
    return networks.total_parameters([networks.dense(units) for units in heads], last_shape)


def one_channel_flattened(last_shape, heads):
    layers = [networks.dense(units) for units in heads]
    return networks.total_parameters(layers, last_shape[:2])


def averaged(last_shape, heads):
    layers = [networks.dense(units) for units in heads]
    return networks.total_parameters(layers, last_shape[2:])


def one_pooling_too_few(n, last_shape, heads):
    layers = [networks.dense(units) for units in heads]
    return networks.total_parameters(layers, (n // 16, n // 16, last_shape[2]))


dense.slips = rows(
    ("biases left out", "Every unit has one bias, too.", lambda dense, heads: dense - sum(heads)),
    ("one channel flattened", "Every channel is flattened, too.", one_channel_flattened),
    ("averaged", "Flattening keeps every place of every channel.", averaged),
    ("convolutions", "Count the fully connected layers here.", lambda convolutions: convolutions),
    ("one pooling too few", "The last pooling layer comes before the flattening.",
     one_pooling_too_few),
)  # fmt: skip


@dense.witness
def _(n, depth, width, blocks, heads):
    layers = measured(n, depth, width, blocks, heads)
    return sum(found for shape, found, _work in layers if not shape[1:])


@family.part(Real(digits=4), levels=["hard"])
def share(convolutions, dense):
    return rational(dense, convolutions + dense)


share.slips = rows(
    ("share of the convolutions", "The fully connected layers are asked for.",
     lambda share: 1 - share),
    ("ratio instead of share", "Divide by all parameters, not by the others.",
     lambda convolutions, dense: rational(dense, convolutions)),
)  # fmt: skip


@share.witness
def _(n, depth, width, blocks, heads):
    layers = measured(n, depth, width, blocks, heads)
    held = {True: 0, False: 0}
    for shape, found, _work in layers:
        held[len(shape) == 1] += found
    return held[True] / sum(held.values())


@family.part(Integer(), levels=["hard"])
def multiplications(n, depth, width, blocks):
    return networks.total_multiply_adds(vgg(blocks[:1], width, ()), (n, n, depth))


multiplications.slips = rows(
    ("parameters instead", "Every weight is used at every position.",
     lambda first_block_parameters: first_block_parameters),
    ("positions after pooling",
     "The convolutions come before the pooling.",
     lambda first_block_shape, first_block_parameters, width, blocks: (first_block_parameters - blocks[0] * width) * prod(first_block_shape[:2])),
)  # fmt: skip
multiplications.witness(
    lambda n, depth, width, blocks: sum(
        work for _shape, _found, work in measured(n, depth, width, blocks)[: blocks[0]]
    )
)


@lru_cache(maxsize=8)
def measured(n, depth, width, blocks, heads=()):
    """(shape, entries, multiplications) after every layer."""
    return counted(vgg(blocks, width, heads), (n, n, depth))


@family.working
def _(n, depth, width, blocks):
    widths = [width * 2 ** min(i, 3) for i in range(len(blocks))]
    halved = [n]
    for _block in blocks:
        halved.append(halved[-1] // 2)
    return {
        "widths": widths,
        "halved": halved,
        "rows": [
            (read, filters, repeats)
            for read, filters, repeats in zip([depth, *widths], widths, blocks, strict=False)
        ],
    }
