"""An inception module.

Trap: adding depths where shapes are stacked, forgetting what the 1 x 1 convolutions cost or save.
Reference: Szegedy et al. (2015), section 4, Figure 2 and Table 1.
Source: S1-139.
"""

from fractions import Fraction
from math import prod

from partialcredit.family import Family
from partialcredit.figures import Graph, Node
from partialcredit.grading import Integer, Real, Shape
from partialcredit.problems.architectures._counting import entries, filters
from partialcredit.solvers import blocks

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        "convolutions and pooling have stride 1 and the padding that keeps height and width",
        "parameters are weights and biases, one bias per filter",
    ]
)


@family.sample
def sample(draw):
    three, five = 16 * draw.integer(4, 20), 8 * draw.integer(2, 12)
    return {
        "size": draw.choice([7, 8, 14, 16, 28, 32]),
        "channels": 16 * draw.integer(10, 32),
        "one": 16 * draw.integer(2, 12),
        "three": (8 * draw.integer(3, 12), three),
        "five": (4 * draw.integer(3, 8), five),
        "pool": 8 * draw.integer(2, 8),
    }


@family.condition
def _(one, three, five, pool):
    return three[0] < three[1] != one and five[0] < five[1] != pool


def branches(one, three, five, pool):
    return [
        ((1, one),),
        ((1, three[0]), (3, three[1])),
        ((1, five[0]), (5, five[1])),
        ((1, pool),),
    ]


def naive(one, three, five):
    """The module without the reducing 1 x 1 convolutions; its pooling passes all channels on."""
    return [((1, one),), ((3, three[1]),), ((5, five[1]),), ()]


@family.part(Shape())
def output_shape(size, channels, one, three, five, pool):
    return (size, size, blocks.joined_depth(channels, branches(one, three, five, pool)))


@family.part(Integer())
def three_parameters(channels, three):
    return blocks.branch_parameters(channels, ((1, three[0]), (3, three[1])))


@family.part(Integer(), marks=2)
def module(channels, one, three, five, pool, three_parameters):
    others = [chain for i, chain in enumerate(branches(one, three, five, pool)) if i != 1]
    return three_parameters + sum(blocks.branch_parameters(channels, chain) for chain in others)


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def naive_parameters(channels, one, three, five):
    return sum(blocks.branch_parameters(channels, branch) for branch in naive(one, three, five))


@family.part(Real(digits=4), levels=["medium", "hard"])
def ratio(module, naive_parameters):
    return Fraction(module, naive_parameters)


@family.part(Shape(), levels=["hard"])
def naive_shape(size, channels, one, three, five):
    return (size, size, blocks.joined_depth(channels, naive(one, three, five)))


@family.part(Integer(), levels=["hard"])
def five_multiplications(size, channels, five):
    return blocks.branch_multiplications(channels, ((1, five[0]), (5, five[1])), size, size)


@family.part(Integer(), levels=["hard"])
def averaged(output_shape):
    return output_shape[2]


@output_shape.mistake("input added, too", "The input passes through the branches only.")
def _(output_shape, channels):
    return (*output_shape[:2], output_shape[2] + channels)


@output_shape.mistake("reductions counted", "What a branch hands on within itself is not put out.")
def _(output_shape, three, five):
    return (*output_shape[:2], output_shape[2] + three[0] + five[0])


@output_shape.mistake(
    "pooling branch not reduced", "A 1 x 1 convolution follows the pooling and sets its depth."
)
def _(output_shape, channels, pool):
    return (*output_shape[:2], output_shape[2] - pool + channels)


@output_shape.mistake("stacked side by side", "The channels are stacked; height and width stay.")
def _(output_shape, one):
    return (4 * output_shape[0], output_shape[1], one)


@three_parameters.mistake("1 x 1 for nothing", "The 1 x 1 convolution has weights, too.")
def _(three):
    return blocks.branch_parameters(three[0], ((3, three[1]),))


@three_parameters.mistake("3 x 3 on all channels", "It reads the reduced channels only.")
def _(channels, three):
    return blocks.branch_parameters(channels, ((1, three[0]),)) + blocks.branch_parameters(
        channels, ((3, three[1]),)
    )


@three_parameters.mistake("not reduced", "The 1 x 1 filters come first and reduce the channels.")
def _(channels, three):
    return blocks.branch_parameters(channels, ((3, three[1]),))


@three_parameters.mistake("biases left out", "Every filter has one bias, too.")
def _(three_parameters, three):
    return three_parameters - sum(three)


@module.mistake("biases left out", "Every filter has one bias, too.")
def _(module, one, three, five, pool):
    return module - one - sum(three) - sum(five) - pool


@module.mistake("without the reductions", "The reducing 1 x 1 convolutions belong to the module.")
def _(module, channels, three, five):
    return module - (channels + 1) * (three[0] + five[0])


@module.mistake("nothing reduced", "The 3 x 3 and 5 x 5 filters read the reduced channels.")
def _(channels, one, three, five):
    return sum(blocks.branch_parameters(channels, branch) for branch in naive(one, three, five))


@module.mistake("3 x 3 not reduced", "The 3 x 3 filters read the reduced channels.")
def _(module, channels, three, three_parameters):
    return module - three_parameters + blocks.branch_parameters(channels, ((3, three[1]),))


@module.mistake("pooling branch left out", "The pooling branch has a 1 x 1 convolution.")
def _(module, channels, pool):
    return module - (channels + 1) * pool


@naive_parameters.mistake("pooling branch counted", "Here the pooling branch has no convolution.")
def _(naive_parameters, channels, pool):
    return naive_parameters + (channels + 1) * pool


@naive_parameters.mistake("biases left out", "Every filter has one bias, too.")
def _(naive_parameters, one, three, five):
    return naive_parameters - one - three[1] - five[1]


@ratio.mistake("upside down", "Divide the module's parameters by those of the simple version.")
def _(ratio):
    return 1 / ratio


@ratio.mistake("what is saved", "That is the saving; the share that remains is asked for.")
def _(ratio):
    return 1 - ratio


@naive_shape.mistake("same depth", "Here the pooling branch passes all channels on.")
def _(output_shape):
    return output_shape


@naive_shape.mistake("pooling branch left out", "Pooling keeps all channels.")
def _(naive_shape, channels):
    return (*naive_shape[:2], naive_shape[2] - channels)


@five_multiplications.mistake("parameters instead", "Every weight is used at every position.")
def _(channels, five):
    return blocks.branch_parameters(channels, ((1, five[0]), (5, five[1])))


@five_multiplications.mistake("not reduced", "The 5 x 5 filters read the reduced channels.")
def _(size, channels, five):
    return blocks.branch_multiplications(channels, ((5, five[1]),), size, size)


@averaged.mistake("flattened instead", "Every channel becomes one number, its mean.")
def _(output_shape):
    return prod(output_shape)


@averaged.mistake("one number", "Each channel is averaged by itself.")
def _():
    return 1


def held(channels, chain, *, bias=True):
    """The array entries of a chain of convolutions."""
    found = 0
    for size, outputs in chain:
        found += filters(size, channels, outputs, bias=bias)
        channels = outputs
    return found


def stacked(size, depths):
    """The shape of the branches' volumes, laid one behind the other."""
    depth = len([channel for depth in depths for channel in range(depth)])
    return (size, size, depth)


@output_shape.witness
def _(size, one, three, five, pool):
    return stacked(size, (one, three[1], five[1], pool))


@three_parameters.witness
def _(channels, three):
    return held(channels, ((1, three[0]), (3, three[1])))


@module.witness
def _(channels, one, three, five, pool):
    return sum(held(channels, chain) for chain in branches(one, three, five, pool))


@naive_parameters.witness
def _(channels, one, three, five):
    return sum(held(channels, chain) for chain in naive(one, three, five))


@ratio.witness
def _(channels, one, three, five, pool):
    module = [held(channels, chain) for chain in branches(one, three, five, pool)]
    return sum(module) / sum(held(channels, chain) for chain in naive(one, three, five))


@naive_shape.witness
def _(size, channels, one, three, five):
    return stacked(size, (one, three[1], five[1], channels))


@five_multiplications.witness
def _(size, channels, five):
    weights = held(channels, ((1, five[0]), (5, five[1])), bias=False)
    return entries(size, size, weights)


@averaged.witness
def _(size, one, three, five, pool):
    return stacked(size, (one, three[1], five[1], pool))[2]


@family.figure
def _(channels, one, three, five, pool):
    boxes = {
        "one": rf"1 \times 1: {one}",
        "reduce3": rf"1 \times 1: {three[0]}",
        "three": rf"3 \times 3: {three[1]}",
        "reduce5": rf"1 \times 1: {five[0]}",
        "five": rf"5 \times 5: {five[1]}",
        "max": r"\text{pool } 3 \times 3",
        "pooled": rf"1 \times 1: {pool}",
    }
    return Graph(
        alt=f"From an input with {channels} channels four branches lead to one output: a 1 by 1 "
        f"convolution with {one} filters; one with {three[0]} and then 3 by 3 with {three[1]}; one "
        f"with {five[0]} and then 5 by 5 with {five[1]}; pooling and then 1 by 1 with {pool}.",
        nodes=(
            Node("in", rf"{channels}", "input"),
            *(Node(name, label) for name, label in boxes.items()),
            Node("out", r"\text{stacked}", "output"),
        ),
        edges=(
            ("in", "one", ""), ("one", "out", ""),
            ("in", "reduce3", ""), ("reduce3", "three", ""), ("three", "out", ""),
            ("in", "reduce5", ""), ("reduce5", "five", ""), ("five", "out", ""),
            ("in", "max", ""), ("max", "pooled", ""), ("pooled", "out", ""),
        ),
    )  # fmt: skip
