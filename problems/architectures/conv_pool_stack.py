"""A stack of equal blocks of convolution and pooling.

Trap: every layer reading the depth of the image, pooling with parameters, halving once too often.
Reference: Dumoulin and Visin (2016), relationship 6; LeCun et al. (1998), section II.B.
Source: S1-121.
"""

from math import prod

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Expression, Integer, Shape
from partialcredit.problems._counting import entries, filters, slid, units
from partialcredit.solvers import counts, letters, receptive, stacks

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        "every convolution has stride 1 and the padding that keeps height and width",
        r"every pooling layer takes the maximum of windows of $2 \times 2$ with stride 2 and "
        "rounds down",
        "parameters are weights and biases, one bias per filter or unit",
    ]
)


@family.sample
def sample(draw):
    N = draw.by_level(draw.integer(2, 4), draw.integer(3, 5), draw.integer(3, 5))
    power = 2 ** draw.integer(N + 1, 9)
    return {
        "n": draw.by_level(2**N * draw.integer(2, 24), *[draw.integer(power, 2 * power - 1)] * 2),
        "C": draw.choice([1, 3, 4]),
        "F": draw.choice([3, 5, 7]),
        "K": draw.integer(5, 32),
        "N": N,
        "classes": draw.by_level(1, 1, draw.choice([10, 20, 50, 100])),
    }


@family.condition
def _(C, K):
    return C != K


@family.run
def slid_size(n, N):
    """The size after N poolings, counted window by window."""
    for _block in range(N):
        n = slid(n, 2, 2)
    return n


@family.part(Integer())
def first_parameters(F, C, K):
    return counts.conv_parameters(F, C, K)


first_parameters.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda F, C, K: counts.conv_parameters(F, C, K, bias=False)),
    ("depth left out", "A filter spans all channels of the image.",
     lambda F, K: counts.conv_parameters(F, 1, K)),
    ("one bias only", "Every filter has a bias of its own.",
     lambda F, C, K: counts.conv_parameters(F, C, K, bias=False) + 1),
)  # fmt: skip
first_parameters.witness(lambda F, C, K: filters(F, C, K))


@family.part(Shape())
def last_shape(n, K, N):
    return (*[stacks.pooled_size(n, N)] * 2, K)


last_shape.slips = rows(
    ("one halving too few", "Every block pools, the first one included.",
     lambda n, K, N: (*[stacks.pooled_size(n, N - 1)] * 2, K)),
    ("halved once", "Every block halves the size again.", lambda n, K: (n // 2, n // 2, K)),
    ("depth multiplied", "The output of a block has as many channels as the block has filters.",
     lambda last_shape, N: (*last_shape[:2], last_shape[2] * N)),
    ("rounded up", "Halving rounds down: a window that does not fit is left out.",
     lambda n, K, N: (*[-(-n // 2**N)] * 2, K)),
    ("depth of the image", "The filters of the last block decide on the depth.",
     lambda last_shape, C: (*last_shape[:2], C)),
    ("not pooled", "Every block ends with a pooling layer.", lambda n, K: (n, n, K)),
    ("one halving too many", "There are as many halvings as blocks.",
     lambda n, K, N: (*[stacks.pooled_size(n, N + 1)] * 2, K)),
)  # fmt: skip


@last_shape.witness
def _(n, F, K, N):
    for _block in range(N):
        n = slid(slid(n, F, padding=F // 2), 2, 2)
    return (n, n, K)


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def total(first_parameters, F, K, N):
    return first_parameters + (N - 1) * counts.conv_parameters(F, K, K)


total.slips = rows(
    ("every layer reads the image",
     "From the second block on, a filter spans the K channels before.",
     lambda first_parameters, N: N * first_parameters),
    ("first layer like the others", "The first layer reads the image's channels.",
     lambda F, K, N: N * counts.conv_parameters(F, K, K)),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda total, K, N: total - K * N),
    ("pooling counted", "Taking a maximum has no parameters.", lambda total, N: total + N),
    ("first layer left out", "The first layer has parameters, too.",
     lambda F, K, N: (N - 1) * counts.conv_parameters(F, K, K)),
    ("first layer only", "All N layers have parameters.",
     lambda first_parameters: first_parameters),
)  # fmt: skip
total.witness(lambda F, C, K, N: stacked(F, C, K, N))


def stacked(F, C, K, N):
    return filters(F, C, K) + sum(filters(F, K, K) for _block in range(N - 1))


@family.part(
    Expression(symbols=dict.fromkeys(("F", "C", "K", "N"), "positive integer")),
    levels=["hard"],
    marks=2,
    after="total",
)
def formula():
    return letters.formula(lambda F, C, K, N: stacks.stack_parameters(F, C, K, N))


formula.slips = rows(
    ("every layer reads the image",
     "From the second block on, a filter spans the K channels before.",
     lambda: letters.formula(lambda F, C, K, N: N * (F**2 * C + 1) * K)),
    ("first layer like the others", "The first layer reads the image's channels.",
     lambda: letters.formula(lambda F, K, N: N * (F**2 * K + 1) * K)),
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda: letters.formula(lambda F, C, K, N: F**2 * C * K + (N - 1) * F**2 * K**2)),
    ("one layer too many", "The first of the N layers has been counted already.",
     lambda: letters.formula(lambda F, C, K, N: stacks.stack_parameters(F, C, K, N + 1))),
)  # fmt: skip
formula.witness(lambda point: stacked(*(point[name] for name in "FCKN")))


@family.part(Integer(), levels=["medium", "hard"])
def largest(n):
    return stacks.halvings(n)


largest.slips = rows(
    ("one too many", "Then nothing would be left.", lambda largest: largest + 1),
    ("one too few", "A size of 2 or 3 can still be pooled.", lambda largest: largest - 1),
)  # fmt: skip


@largest.witness
def _(n):
    blocks = 0
    while n > 1:
        n, blocks = slid(n, 2, 2), blocks + 1
    return blocks


@family.part(Integer(), levels=["hard"])
def field(F, N):
    return receptive.receptive_field([(F, 1, F // 2, 1), (2, 2, 0, 1)] * N)


field.slips = rows(
    ("pooling ignored", "Every pooling layer doubles the steps of the layers after it.",
     lambda F, N: receptive.receptive_field([(F, 1, 0, 1)] * N)),
    ("pooling windows forgotten", "A pooling window sees two neighbours, too.",
     lambda F, N: receptive.receptive_field([(F, 1, 0, 1), (1, 2, 0, 1)] * N)),
    ("one block only", "A unit sees through all blocks back to the image.",
     lambda F: receptive.receptive_field([(F, 1, 0, 1), (2, 2, 0, 1)])),
)  # fmt: skip


@field.witness
def _(F, N):
    block = [engine.MaxPool2d(F, 1, F // 2), engine.MaxPool2d(2)]
    return engine.receptive_field(block * N).size


@family.part(Integer(), levels=["hard"])
def head(last_shape, classes):
    return counts.dense_weights((prod(last_shape), classes)) + classes


head.slips = rows(
    ("biases left out", "Every filter has a bias, and so has every unit.",
     lambda head, classes: head - classes),
    ("one channel flattened", "Every channel is flattened, too.",
     lambda last_shape, classes: counts.dense_weights((prod(last_shape[:2]), classes)) + classes),
)  # fmt: skip
head.witness(lambda slid_size, K, classes: units(entries(slid_size, slid_size, K), classes))


@family.working
def _(n, F, N):
    return {
        "halved": [stacks.pooled_size(n, block) for block in range(N + 1)],
        "all_halved": [stacks.pooled_size(n, block) for block in range(stacks.halvings(n) + 1)],
        "steps": receptive.steps([(F, 1, F // 2, 1), (2, 2, 0, 1)] * N),
    }


@family.figure
def _(n, C, K, N):
    blocks = [(n, C), *((stacks.pooled_size(n, i), K) for i in range(1, N + 1))]
    return Layers(
        alt=f"An image of {n} by {n} by {C}, followed by {N} smaller and smaller volumes.",
        layers=tuple(
            Layer(rf"{size} \times {size} \times {depth}" if i == 0 else "?", size, size, depth)
            for i, (size, depth) in enumerate(blocks)
        ),
        steps=tuple(rf"\text{{block {i + 1}}}" for i in range(N)),
    )
