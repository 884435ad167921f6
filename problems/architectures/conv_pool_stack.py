"""A stack of equal blocks of convolution and pooling.

Trap: every layer reading the depth of the image, pooling with parameters, halving once too often.
Reference: Dumoulin and Visin (2016), relationship 6; LeCun et al. (1998), section II.B.
Source: S1-121.
"""

from math import prod

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Expression, Integer, Shape
from partialcredit.problems.architectures._counting import entries, filters, slid, units
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


@family.part(Integer())
def first_parameters(F, C, K):
    return counts.conv_parameters(F, C, K)


@family.part(Shape())
def last_shape(n, K, N):
    return (stacks.pooled_size(n, N), stacks.pooled_size(n, N), K)


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def total(F, C, K, N):
    return stacks.stack_parameters(F, C, K, N)


@family.part(
    Expression(symbols=dict.fromkeys(("F", "C", "K", "N"), "positive integer")),
    levels=["hard"],
    marks=2,
)
def formula():
    return letters.formula(in_letters)


def in_letters(F, C, K, N):
    return stacks.stack_parameters(F, C, K, N)


@family.part(Integer(), levels=["medium", "hard"])
def largest(n):
    return stacks.halvings(n)


@family.part(Integer(), levels=["hard"])
def field(F, N):
    return receptive.receptive_field([(F, 1, F // 2, 1), (2, 2, 0, 1)] * N)


@family.part(Integer(), levels=["hard"])
def head(last_shape, classes):
    return counts.dense_weights((prod(last_shape), classes)) + classes


@first_parameters.mistake("biases left out", "Every filter has one bias, too.")
def _(F, C, K):
    return counts.conv_parameters(F, C, K, bias=False)


@first_parameters.mistake("depth left out", "A filter spans all channels of the image.")
def _(F, K):
    return counts.conv_parameters(F, 1, K)


@first_parameters.mistake("one bias only", "Every filter has a bias of its own.")
def _(F, C, K):
    return counts.conv_parameters(F, C, K, bias=False) + 1


@last_shape.mistake("one halving too few", "Every block pools, the first one included.")
def _(n, K, N):
    return (stacks.pooled_size(n, N - 1), stacks.pooled_size(n, N - 1), K)


@last_shape.mistake("halved once", "Every block halves the size again.")
def _(n, K):
    return (n // 2, n // 2, K)


@last_shape.mistake("depth multiplied", "Each block puts out as many channels as it has filters.")
def _(last_shape, N):
    return (*last_shape[:2], last_shape[2] * N)


@total.mistake(
    "every layer reads the image", "From the second block on, a filter spans the K channels before."
)
def _(first_parameters, N):
    return N * first_parameters


@total.mistake("first layer like the others", "The first layer reads the image's channels.")
def _(F, K, N):
    return N * counts.conv_parameters(F, K, K)


@total.mistake("biases left out", "Every filter has one bias, too.")
def _(total, K, N):
    return total - K * N


@total.mistake("pooling counted", "Taking a maximum has no parameters.")
def _(total, N):
    return total + N


def every_layer_reads_the_image(F, C, K, N):
    return N * (F**2 * C + 1) * K


def first_like_the_others(F, K, N):
    return N * (F**2 * K + 1) * K


def biases_left_out(F, C, K, N):
    return F**2 * C * K + (N - 1) * F**2 * K**2


def one_layer_too_many(F, C, K, N):
    return stacks.stack_parameters(F, C, K, N + 1)


@formula.mistake(
    "every layer reads the image", "From the second block on, a filter spans the K channels before."
)
def _():
    return letters.formula(every_layer_reads_the_image)


@formula.mistake("first layer like the others", "The first layer reads the image's channels.")
def _():
    return letters.formula(first_like_the_others)


@formula.mistake("biases left out", "Every filter has one bias, too.")
def _():
    return letters.formula(biases_left_out)


@formula.mistake("one layer too many", "The first of the N layers has been counted already.")
def _():
    return letters.formula(one_layer_too_many)


@largest.mistake("one too many", "Then nothing would be left to put out.")
def _(largest):
    return largest + 1


@largest.mistake("one too few", "A size of 2 or 3 can still be pooled.")
def _(largest):
    return largest - 1


@field.mistake("pooling ignored", "Every pooling layer doubles the steps of the layers after it.")
def _(F, N):
    return receptive.receptive_field([(F, 1, 0, 1)] * N)


@field.mistake("pooling windows forgotten", "A pooling window sees two neighbours, too.")
def _(F, N):
    return receptive.receptive_field([(F, 1, 0, 1), (1, 2, 0, 1)] * N)


@field.mistake("one block only", "A unit sees through all blocks back to the image.")
def _(F):
    return receptive.receptive_field([(F, 1, 0, 1), (2, 2, 0, 1)])


@head.mistake("biases left out", "Every unit has one bias, too.")
def _(head, classes):
    return head - classes


@head.mistake("one channel flattened", "Every channel is flattened, too.")
def _(last_shape, classes):
    return counts.dense_weights((prod(last_shape[:2]), classes)) + classes


def pooled(n, N):
    """The size after N poolings, counted window by window."""
    for _block in range(N):
        n = slid(n, 2, 2)
    return n


@first_parameters.witness
def _(F, C, K):
    return filters(F, C, K)


@last_shape.witness
def _(n, F, K, N):
    for _block in range(N):
        n = slid(slid(n, F, padding=F // 2), 2, 2)
    return (n, n, K)


@total.witness
def _(F, C, K, N):
    return filters(F, C, K) + sum(filters(F, K, K) for _block in range(N - 1))


@formula.witness
def _(point):
    F, C, K, N = (point[name] for name in "FCKN")
    return filters(F, C, K) + sum(filters(F, K, K) for _block in range(N - 1))


@largest.witness
def _(n):
    blocks = 0
    while n > 1:
        n, blocks = slid(n, 2, 2), blocks + 1
    return blocks


@field.witness
def _(F, N):
    block = [engine.MaxPool2d(F, 1, F // 2), engine.MaxPool2d(2)]
    return engine.receptive_field(block * N).size


@head.witness
def _(n, K, N, classes):
    return units(entries(pooled(n, N), pooled(n, N), K), classes)


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
