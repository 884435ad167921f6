"""Several small filters in place of a large one.

Trap: adding up the filter sizes, forgetting the channels, thinking the weights to be equal.
Reference: Simonyan and Zisserman (2015), section 2.3.
Source: S1-138, S1-144, S2-18.
"""

from itertools import pairwise

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.problems._counting import entries, filters, held
from partialcredit.solvers import stacks

family = Family(
    version=2,
    conventions=[
        "all convolutions have stride 1 and the padding that keeps height and width",
        "weights are counted without biases",
    ],
)


@family.sample
def sample(draw):
    C = draw.by_level(draw.integer(8, 256), 2 * draw.integer(4, 128), 8 * draw.integer(2, 32))
    same = draw.by_level(True, True, False)
    layers = draw.by_level(2, draw.integer(3, 4), draw.integer(2, 4))
    inner = [C if same else 4 * draw.integer(C // 8, C // 2) for _layer in range(layers)]
    return {
        "F": draw.choice(draw.by_level([3, 5, 7, 9], [3, 5, 7], [3, 5, 7])),
        "widths": (C, *inner),
        "size": draw.integer(7, 56),
    }


@family.derive
def layers(widths):
    return len(widths) - 1


@family.derive
def ends(widths):
    """Channels that the stack reads, and those that it makes."""
    return widths[0], widths[-1]


@family.run
def weights(F, widths):
    """The weight entries of the stack's convolutions."""
    return held(widths[0], [(F, filters) for filters in widths[1:]])


@family.run
def single_weights(F, widths):
    """The same for a filter as large as the patch that one output of the stack is computed from."""
    side = 1
    for _layer in widths[1:]:
        side = len({i + j for i in range(side) for j in range(F)})
    return filters(side, widths[0], widths[-1], bias=False)


@family.part(Integer())
def field(F, layers):
    return stacks.stacked_field(layers, F)


field.slips = rows(
    ("sizes added", "Neighbouring windows overlap: each layer adds F - 1.",
     lambda F, layers: F * layers),
    ("one layer only", "A unit of the last layer sees through all layers.", lambda F: F),
    ("sizes multiplied", "Each layer adds F - 1; it does not multiply.",
     lambda F, layers: F**layers),
    ("one too few", "The first layer sees F pixels, and each other one adds F - 1.",
     lambda field: field - 1),
)  # fmt: skip
field.witness(
    lambda F, widths: engine.receptive_field([engine.MaxPool2d(F, 1) for _layer in widths[1:]]).size
)


@family.part(Integer())
def stack(F, widths):
    return stacks.stack_weights(F, widths)


stack.slips = rows(
    ("channels left out", "Each filter spans all channels, and there are many filters.",
     lambda F, layers: F**2 * layers),
    ("channels once", "Channels read and filters made are both to be counted.",
     lambda F, widths: F**2 * sum(widths[1:])),
    ("one layer only", "Every layer of the stack has weights.",
     lambda F, widths: stacks.stack_weights(F, widths[:2])),
    ("one layer too few", "Every layer of the stack has weights.",
     lambda F, widths: stacks.stack_weights(F, widths[:-1])),
    ("the large filters", "The stack has small filters only.",
     lambda field, ends: stacks.stack_weights(field, ends)),
    ("biases counted", "Only weights are counted here.",
     lambda stack, widths: stack + sum(widths[1:])),
)  # fmt: skip
stack.witness(lambda weights: weights)


@family.part(Integer())
def single(field, ends):
    return stacks.stack_weights(field, ends)


single.slips = rows(
    ("the stack's weights", "The larger window has more weights.", lambda stack: stack),
    ("channels once", "Channels read and filters made are both to be counted.",
     lambda field, widths: field**2 * widths[0]),
    ("sizes added", "The window of the stack is smaller than the sum of its filters.",
     lambda F, layers, widths: (F * layers) ** 2 * widths[0] * widths[-1]),
    ("side not squared", "A filter of side F has F squared weights per channel.",
     lambda field, widths: field * widths[0] * widths[-1]),
)  # fmt: skip
single.witness(lambda single_weights: single_weights)


@family.part(Real(digits=3), after="single")
def ratio(stack, single):
    return stacks.weight_ratio(stack, single)


ratio.slips = rows(
    ("upside down", "Divide the stack's weights by those of the single convolution.",
     lambda ratio: 1 / ratio),
    ("sides instead of squares", "A filter has F squared weights per channel.",
     lambda F, field, layers: stacks.weight_ratio(F * layers, field)),
    ("what is saved", "The share that remains is asked for.", lambda ratio: 1 - ratio),
)  # fmt: skip
ratio.witness(lambda weights, single_weights: weights / single_weights)


@family.part(Integer())
def multiplications(stack, size):
    return stack * size**2


multiplications.slips = rows(
    ("one row only", "There are as many positions as pixels.", lambda stack, size: stack * size),
    ("weights instead", "Every weight is used at every position.", lambda stack: stack),
    ("one multiplication per pixel", "Every weight is used at every position.",
     lambda size: size**2),
)  # fmt: skip
multiplications.witness(lambda weights, size: entries(size, size, weights))


@family.part(Integer(), levels=["medium", "hard"])
def nonlinearities(widths):
    return sum(widths[1:])


nonlinearities.slips = rows(
    ("one per layer", "Every unit of a pixel has its activation.", lambda layers: layers),
    ("the input counted, too", "The input passes through no activation.",
     lambda widths: sum(widths)),
)  # fmt: skip
nonlinearities.witness(lambda widths: sum(entries(1, 1, depth) for depth in widths[1:]))


@family.working
def _(widths):
    return {"pairs": list(pairwise(widths))}
