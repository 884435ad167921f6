"""Several small filters in place of a large one.

Trap: adding up the filter sizes, forgetting the channels, thinking the weights to be equal.
Reference: Simonyan and Zisserman (2015), section 2.3.
Source: S1-138, S1-144, S2-18.
"""

from itertools import combinations_with_replacement, pairwise

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, filters, held
from partialcredit.solvers import letters, stacks

family = Family(
    version=3,
    conventions=[
        "all convolutions have stride 1 and the padding that keeps height and width",
        "weights are counted without biases",
    ],
)


@family.sample
def sample(draw):
    layers = draw.by_level(2, 3, draw.integer(2, 3))
    return {
        "F": draw.choice([3, 5, 7]),
        "widths": [draw.by_level(1, 2, 2) * draw.integer(2, 16) for _ in range(layers + 1)],
    } | draw.by_level({}, {"size": draw.integer(7, 28)}, {"times": draw.integer(2, 9)})


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


@family.part(Integer(), levels=["medium"])
def multiplications(stack, size):
    return stack * size**2


multiplications.slips = rows(
    ("one row only", "There are as many positions as pixels.", lambda stack, size: stack * size),
    ("weights instead", "Every weight is used at every position.", lambda stack: stack),
    ("one multiplication per pixel", "Every weight is used at every position.",
     lambda size: size**2),
)  # fmt: skip
multiplications.witness(lambda weights, size: entries(size, size, weights))


@family.part(Integer(), levels=["medium"])
def nonlinearities(widths):
    return sum(widths[1:])


nonlinearities.slips = rows(
    ("one per layer", "Every unit of a pixel has its activation.", lambda layers: layers),
    ("the input counted, too", "The input passes through no activation.",
     lambda widths: sum(widths)),
)  # fmt: skip
nonlinearities.witness(lambda widths: sum(entries(1, 1, depth) for depth in widths[1:]))


@family.part(Expression(symbols=dict.fromkeys("LF", "positive integer")), marks=2, levels=["hard"])
def formula():
    return letters.formula(stacks.equal_ratio)


formula.slips = rows(
    ("sizes added", "Neighbouring windows overlap: each layer adds F - 1.",
     lambda: letters.formula(lambda L: 1 / L)),
    ("one layer only", "The stack has L layers.",
     lambda: letters.formula(lambda L, F: F**2 / (1 + L * (F - 1)) ** 2)),
    ("sides not squared", "A filter of side F has F squared weights per channel.",
     lambda: letters.formula(lambda L, F: L * F / (1 + L * (F - 1)))),
    ("upside down", "Divide the stack's weights by those of the single convolution.",
     lambda: 1 / letters.formula(stacks.equal_ratio)),
)  # fmt: skip
formula.witness(lambda point: share(int(point["L"]), int(point["F"])))


def share(layers, F):
    """Of the weights of one convolution that sees as much, with a channel everywhere."""
    side = len({sum(steps) for steps in combinations_with_replacement(range(F), layers)})
    return held(1, [(F, 1)] * layers) / filters(side, 1, 1, bias=False)


@family.part(Integer(), levels=["hard"], marks=2)
def enough(F, times):
    return stacks.layers_that_save(F, times)


enough.slips = rows(
    ("one too few", "With one layer fewer the ratio is still too large.",
     lambda enough: enough - 1 if enough > 2 else None),
    ("sizes added", "The ratio is not 1 / L: neighbouring windows overlap.", lambda times: times),
)  # fmt: skip


@enough.witness
def _(F, times):
    sides = [1]
    while len(sides) < 2 or times * (len(sides) - 1) * F * F > sides[-1] ** 2:
        sides.append(len({i + j for i in range(sides[-1]) for j in range(F)}))
    return len(sides) - 1


@family.working
def _(widths):
    return {
        "pairs": list(pairwise(widths)),
        "ratio_of": lambda layers, F: stacks.equal_ratio(rational(layers, 1), F),
    }
