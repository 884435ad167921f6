"""An inception module.

Trap: adding depths where shapes are stacked, forgetting what the 1 x 1 convolutions cost or save.
Reference: Szegedy et al. (2015), section 4, Figure 2 and Table 1.
Source: S1-139.
"""

from math import prod

from partialcredit.family import Family, rows
from partialcredit.figures import Graph, Node
from partialcredit.grading import Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, held
from partialcredit.solvers import blocks

family = Family(
    version=3,
    conventions=[
        "shapes are written height × width × depth",
        "convolutions and pooling have stride 1 and the padding that keeps height and width",
        "parameters are weights and biases, one bias per filter",
    ],
)


@family.sample
def sample(draw):
    three, five = 4 * draw.integer(3, 12), 2 * draw.integer(2, 8)
    return {
        "size": draw.choice([7, 8, 14, 16, 28, 32]),
        "channels": 4 * draw.integer(8, 25),
        "one": 4 * draw.integer(2, 12),
        "three": (2 * draw.integer(2, 8), three),
        "five": (draw.integer(2, 6), five),
        "pool": 2 * draw.integer(2, 8),
    }


@family.condition
def _(one, three, five, pool):
    return three[0] < three[1] != one and five[0] < five[1] != pool


@family.derive
def branches(one, three, five, pool):
    return [
        ((1, one),),
        ((1, three[0]), (3, three[1])),
        ((1, five[0]), (5, five[1])),
        ((1, pool),),
    ]


@family.derive
def naive(one, three, five):
    """The module without the reducing 1 x 1 convolutions; its pooling passes all channels on."""
    return [((1, one),), ((3, three[1]),), ((5, five[1]),), ()]


@family.run
def entered(channels, one, three, five, pool):
    """The array entries of every branch."""
    return [held(channels, chain, bias=True) for chain in branches(one, three, five, pool)]


@family.run
def entered_simply(channels, one, three, five):
    return sum(held(channels, chain, bias=True) for chain in naive(one, three, five))


@family.run
def depth(one, three, five, pool):
    """Of the branches' volumes, laid one behind the other."""
    return stacked(one, three[1], five[1], pool)


@family.part(Shape())
def output_shape(size, channels, branches):
    return (size, size, blocks.joined_depth(channels, branches))


output_shape.slips = rows(
    ("input added, too", "The input passes through the branches only.",
     lambda output_shape, channels: (*output_shape[:2], output_shape[2] + channels)),
    ("reductions counted", "What a branch hands on within itself is not part of the output.",
     lambda output_shape, three, five: (*output_shape[:2], output_shape[2] + three[0] + five[0])),
    ("pooling branch not reduced", "A 1 x 1 convolution follows the pooling and sets its depth.",
     lambda output_shape, channels, pool: (*output_shape[:2], output_shape[2] - pool + channels)),
    ("stacked side by side", "The channels are stacked; height and width stay.",
     lambda output_shape, one: (4 * output_shape[0], output_shape[1], one)),
    ("last branch only", "The channels of all branches are stacked.",
     lambda output_shape, pool: (*output_shape[:2], pool)),
)  # fmt: skip
output_shape.witness(lambda size, depth: (size, size, depth))


@family.part(Integer())
def three_parameters(channels, branches):
    return blocks.branch_parameters(channels, branches[1])


three_parameters.slips = rows(
    ("1 x 1 for nothing", "The 1 x 1 convolution has weights, too.",
     lambda three: blocks.branch_parameters(three[0], ((3, three[1]),))),
    ("3 x 3 on all channels", "It reads the reduced channels only.",
     lambda channels, branches:
         sum(blocks.branch_parameters(channels, [layer]) for layer in branches[1])),
    ("not reduced", "The 1 x 1 filters come first and reduce the channels.",
     lambda channels, branches: blocks.branch_parameters(channels, branches[1][1:])),
    ("biases left out", "Every filter has one bias, too.",
     lambda three_parameters, three: three_parameters - sum(three)),
    ("kernel not squared", "A 3 x 3 filter has 9 weights for each channel.",
     lambda three_parameters, three: three_parameters - 6 * three[0] * three[1]),
)  # fmt: skip
three_parameters.witness(lambda entered: entered[1])


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def module(channels, branches, three_parameters):
    others = (branches[0], *branches[2:])
    return three_parameters + sum(blocks.branch_parameters(channels, chain) for chain in others)


module.slips = rows(
    ("biases left out", "Every filter has one bias, too.",
     lambda module, one, three, five, pool: module - one - sum(three) - sum(five) - pool),
    ("without the reductions", "The reducing 1 x 1 convolutions belong to the module.",
     lambda module, channels, three, five: module - (channels + 1) * (three[0] + five[0])),
    ("nothing reduced", "The 3 x 3 and 5 x 5 filters read the reduced channels.",
     lambda channels, naive: sum(blocks.branch_parameters(channels, chain) for chain in naive)),
    ("pooling branch left out", "The pooling branch has a 1 x 1 convolution.",
     lambda module, channels, pool: module - (channels + 1) * pool),
    ("second branch only", "All four branches belong to the module.",
     lambda three_parameters: three_parameters),
)  # fmt: skip
module.witness(lambda entered: sum(entered))


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def naive_parameters(channels, naive):
    return sum(blocks.branch_parameters(channels, chain) for chain in naive)


naive_parameters.slips = rows(
    ("pooling branch counted", "Here the pooling branch has no convolution.",
     lambda naive_parameters, channels, pool: naive_parameters + (channels + 1) * pool),
    ("biases left out", "Every filter has one bias, too.",
     lambda naive_parameters, one, three, five: naive_parameters - one - three[1] - five[1]),
)  # fmt: skip
naive_parameters.witness(lambda entered_simply: entered_simply)


@family.part(Real(digits=3), levels=["medium", "hard"], after="naive_parameters")
def ratio(module, naive_parameters):
    return rational(module, naive_parameters)


ratio.slips = rows(
    ("upside down", "Divide the module's parameters by those of the simple version.",
     lambda ratio: 1 / ratio),
    ("what is saved", "That is the saving; the share that remains is asked for.",
     lambda ratio: 1 - ratio),
    ("the other saving", "The share that remains is asked for.",
     lambda module, naive_parameters: rational(naive_parameters - module, module)),
)  # fmt: skip
ratio.witness(lambda entered, entered_simply: sum(entered) / entered_simply)


@family.part(Shape(), levels=["hard"], after="naive_parameters")
def naive_shape(size, channels, naive):
    return (size, size, blocks.joined_depth(channels, naive))


naive_shape.slips = rows(
    ("same depth", "Here the pooling branch passes all channels on.",
     lambda output_shape: output_shape),
    ("pooling branch left out", "Pooling keeps all channels.",
     lambda naive_shape, channels: (*naive_shape[:2], naive_shape[2] - channels)),
)  # fmt: skip
naive_shape.witness(
    lambda size, channels, one, three, five: (size, size, stacked(one, three[1], five[1], channels))
)


@family.part(Integer(), levels=["hard"])
def five_multiplications(size, channels, branches):
    return blocks.branch_multiplications(channels, branches[2], size, size)


five_multiplications.slips = rows(
    ("parameters instead", "Every weight is used at every position.",
     lambda channels, branches: blocks.branch_parameters(channels, branches[2])),
    ("not reduced", "The 5 x 5 filters read the reduced channels.",
     lambda size, channels, branches:
         blocks.branch_multiplications(channels, branches[2][1:], size, size)),
)  # fmt: skip
five_multiplications.witness(
    lambda size, channels, five: entries(size, size, held(channels, ((1, five[0]), (5, five[1]))))
)


@family.part(Integer(), levels=["easy"])
def averaged(output_shape):
    return output_shape[2]


averaged.slips = rows(
    ("flattened instead", "Every channel becomes one number, its mean.",
     lambda output_shape: prod(output_shape)),
    ("one number", "Each channel is averaged by itself.", lambda: 1),
)  # fmt: skip
averaged.witness(lambda depth: depth)


def stacked(*depths):
    return len([channel for depth in depths for channel in range(depth)])


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
