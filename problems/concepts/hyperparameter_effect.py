"""What a hyperparameter does.

Trap: a stride that enlarges, a small number of neighbours that underfits, larger batches that are
noisier, choosing by the training error.
Reference: Goodfellow, Bengio and Courville (2016), sections 5.3, 8.1, 9.5 and 11.4.
Source: S0-12, S0-30, S1-65, S1-109, S1-113, S2-10, S3-20.
"""

from collections import namedtuple
from fractions import Fraction

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Integer, Order
from partialcredit.numbers.rationals import rational
from partialcredit.problems.concepts._hyperparameters import MODELS, SCENARIOS, SETTINGS, seen
from partialcredit.solvers import counts, effects, sizes

family = Family(
    version=2,
    conventions=[
        "{% if level != 'easy' %}windows that do not fit exactly are left out, filters are square, "
        "and each has one bias{% endif %}"
    ],
)

CHANGES = ("it grows", "it shrinks", "it stays the same")

FITS = ("it underfits", "it overfits", "it is the best of those tried")

#: wrong options for each right one
CONTRARY, NO_CHANGE = (1, 0, 0), (2, 2, 1)


#: A convolution: width, filter size, padding, stride, filters and input channels.
Layer = namedtuple("Layer", "W F P S K C")


def layer(draw):
    F = draw.choice([3, 5, 7])
    return (
        draw.integer(16, 64), F, draw.integer(1, F // 2 + 1), draw.integer(1, 3),
        draw.choice([4, 6, 8, 12, 16]), draw.choice([3, 6, 10, 16]),
    )  # fmt: skip


@family.sample
def sample(draw):
    scenario = draw.choice(list(SCENARIOS))
    pair = tuple(rational(text) for text in draw.sample(SETTINGS[scenario], 2))
    drawn = EMPTY | {"scenario": scenario, "pair": pair}
    if draw.level == "easy":
        return drawn | curves(draw)
    if draw.level == "hard":
        size, channels = draw.integer(24, 64), draw.choice([3, 6, 8, 16])
        layers = [(size, *layer(draw)[1:5], channels) for _ in range(4)]
        wanted = width(Layer(*layers[0])) + draw.integer(2, 8)
        return drawn | {"layers": layers, "wanted": wanted}
    before = layer(draw)
    # half change both numbers, a quarter keeps the parameters and a quarter the width
    changed = draw.choice(((1,), (1,), (0, 2, 3), (4, 5))[draw.integer(0, 3)])
    more = draw.choice([2, 4, 6])
    step = (4 * more, more, more // 2, draw.integer(1, 2), before[4], before[5])[changed]
    after = tuple(v + step * (i == changed) for i, v in enumerate(before))
    return drawn | {"layers": draw.shuffle([before, after])}


EMPTY = {"layers": (), "scenario": "", "pair": (), "model": "", "training": (), "validation": (),
         "asked": 0, "wanted": 0}  # fmt: skip


def curves(draw):
    """Errors in per cent: training falls with flexibility, validation falls and rises again."""
    model = draw.choice(list(MODELS))
    side, turn, low = draw.integer(0, 2), draw.integer(1, 4), draw.integer(6, 12)
    validation = [low]
    for _ in range(turn):
        validation.insert(0, validation[0] + draw.integer(3, 8))
    for _ in range(5 - turn):
        validation.append(validation[-1] + draw.integer(2, 6))
    training = [error - draw.integer(1, 2) for error in validation[:turn]]
    training.append(draw.integer(6 - turn, low - 1))
    for left in range(5 - turn, 0, -1):
        training.append(max(training[-1] - draw.integer(1, 2), left))
    settings, larger_is_simpler = MODELS[model][2:]
    order = slice(None, None, -1 if larger_is_simpler else 1)
    flexible = settings[order]  # the simplest first
    sides = (flexible[:turn], flexible[turn + 1 :], flexible[turn : turn + 1])
    return {
        "model": model,
        "training": training[order],
        "validation": validation[order],
        "asked": draw.choice(sides[side]),
    }


@family.derive
def volumes(layers):
    return [Layer(*some) for some in layers]


def width(some):
    return sizes.output_size(some.W, some.F, padding=some.P, stride=some.S)


def parameters(some):
    return counts.conv_parameters(some.F, some.C, some.K)


@family.derive
def widths(volumes):
    return [width(some) for some in volumes]


@family.derive
def parameter_counts(volumes):
    return [parameters(some) for some in volumes]


@family.condition
def _(widths, parameter_counts):
    """Layers to be ranked have different widths and different numbers of parameters."""
    return len(widths) != 4 or len({*widths}) == len({*parameter_counts}) == 4


@family.run
def counted_widths(layers):
    return [len(windows(W, F, stride=S, padding=P)) for W, F, P, S, _K, _C in layers]


@family.run
def counted_parameters(layers):
    return [np.empty((K, C, F, F)).size + np.empty(K).size for _W, F, _P, _S, K, C in layers]


def change(measured, volumes):
    before, after = map(measured, volumes)
    return after - before


@family.part(Integer(), levels=["medium"], marks=2)
def width_change(volumes):
    return change(width, volumes)


width_change.slips = rows(
    ("the other way round", "Subtract the width before from the one afterwards.",
     lambda width_change: -width_change, Fraction(1, 2)),
    ("stride ignored", "The windows start S columns apart.",
     lambda volumes: change(lambda some: width(some._replace(S=1)), volumes)),
    ("padding counted once", "The padding stands on both sides.",
     lambda volumes: change(lambda some: width(some._replace(W=some.W - some.P)), volumes)),
    ("depth for width", "Filters and channels make the depth of a volume.",
     lambda volumes: change(lambda some: some.K + some.C, volumes)),
)  # fmt: skip
width_change.witness(lambda counted_widths: int(np.diff(counted_widths)[0]))


@family.part(Integer(), levels=["medium"], marks=2)
def parameter_change(volumes):
    return change(parameters, volumes)


parameter_change.slips = rows(
    ("the other way round", "Subtract the old number from the new one.",
     lambda parameter_change: -parameter_change, Fraction(1, 2)),
    ("one channel only", "Every filter has weights for each channel.",
     lambda volumes: change(lambda some: parameters(some._replace(C=1)), volumes)),
    ("biases forgotten", "Each filter has a bias, too.",
     lambda volumes: change(lambda some: parameters(some) - some.K, volumes)),
    ("counted at every place", "A filter has the same weights wherever it stands on the image.",
     lambda volumes: change(lambda some: parameters(some) * width(some) ** 2, volumes)),
)  # fmt: skip
parameter_change.witness(lambda counted_parameters: int(np.diff(counted_parameters)[0]))


def ranked(volumes, measure):
    """From the smallest to the largest; of equals the first one comes first."""
    return effects.ranking([(measure(some), i) for i, some in enumerate(volumes)])


@family.part(Order(steps=4), levels=["hard"], marks=2)
def by_width(widths):
    return effects.ranking(widths)


by_width.slips = rows(
    ("largest first", "The smallest comes first.", lambda by_width: by_width[::-1]),
    ("multiplied by the stride", "A larger stride leaves out windows: divide by it.",
     lambda volumes: ranked(volumes, lambda some: (some.W + 2 * some.P - some.F) * some.S)),
    ("by the stride alone", "Padding and filter size count, too.",
     lambda volumes: ranked(volumes, lambda some: -some.S)),
    ("by the padding alone", "Stride and filter size count, too.",
     lambda volumes: ranked(volumes, lambda some: some.P)),
)  # fmt: skip
by_width.witness(lambda counted_widths: np.argsort(counted_widths))


@family.part(Order(steps=4), levels=["hard"], marks=2)
def by_parameters(parameter_counts):
    return effects.ranking(parameter_counts)


by_parameters.slips = rows(
    ("largest first", "The smallest comes first.", lambda by_parameters: by_parameters[::-1]),
    ("by the filter size alone", "The number of filters counts, too.",
     lambda volumes: ranked(volumes, lambda some: some.F)),
    ("by the number of filters alone", "The filter size counts, too: squared.",
     lambda volumes: ranked(volumes, lambda some: some.K)),
)  # fmt: skip
by_parameters.witness(lambda counted_parameters: np.argsort(counted_parameters))


@family.part(Integer(), levels=["hard"], marks=3)
def padding(volumes, wanted):
    first = volumes[0]
    return sizes.padding_for(first.W, first.F, wanted, stride=first.S)


padding.slips = rows(
    ("counted once", "The padding stands on both sides.",
     lambda volumes, wanted: (wanted - 1) * volumes[0].S + volumes[0].F - volumes[0].W),
    ("rounded down", "With half a column too few the last window does not fit.",
     lambda volumes, wanted: ((wanted - 1) * volumes[0].S + volumes[0].F - volumes[0].W) // 2),
    ("one window too many", "The first window needs no stride before it.",
     lambda volumes, wanted: sizes.padding_for(volumes[0].W, volumes[0].F, wanted + 1,
                                               stride=volumes[0].S)),
    ("added to the present one", "The whole padding is asked for, not what is added to it.",
     lambda padding, volumes: padding - volumes[0].P),
)  # fmt: skip


@padding.witness
def _(layers, wanted):
    W, F, _P, S = layers[0][:4]
    return next(P for P in range(500) if len(windows(W, F, stride=S, padding=P)) >= wanted)


@family.part(Integer(), levels=["easy"])
def chosen(model, validation):
    return effects.best(MODELS[model][2], validation)


chosen.slips = rows(
    ("smallest training error", "The training error rewards what is too flexible.",
     lambda model, training: effects.best(MODELS[model][2], training)),
    ("largest validation error", "The validation error is to be small.",
     lambda model, validation: effects.best(MODELS[model][2], -validation)),
)  # fmt: skip
chosen.witness(lambda model, validation: MODELS[model][2][int(np.argmin(validation))])


@family.part(Choice(FITS), levels=["easy"])
def diagnosis(model, asked, chosen):
    return effects.capacity_side(asked, chosen, larger_is_simpler=MODELS[model][3])


diagnosis.slips = rows(
    ("the other way round", "Compare both errors with those of the best setting.",
     lambda diagnosis: CONTRARY[diagnosis]),
    ("judged by one error", "Both errors together tell which it is.",
     lambda diagnosis: NO_CHANGE[diagnosis]),
)  # fmt: skip


@diagnosis.witness
def _(model, training, validation, asked):
    """Told by the errors: whether the best setting trains worse or better than this one."""
    here, there = MODELS[model][2].index(asked), int(np.argmin(validation))
    return int((1 + np.sign(training[there] - training[here])) / 2) if here != there else 2


@family.part(Choice(("raise it", "lower it", "keep it")), levels=["easy"])
def advice(asked, chosen):
    return effects.direction(asked, chosen)


advice.slips = rows(
    ("the other way round", "That leads further away from the best setting.",
     lambda advice: CONTRARY[advice]),
    ("judged by one error", "The validation error decides.", lambda advice: NO_CHANGE[advice]),
)  # fmt: skip


@advice.witness
def _(model, validation, asked):
    away = int(np.argmin(validation)) - MODELS[model][2].index(asked)
    return {1: 0, -1: 1, 0: 2}[int(np.sign(away))]


@family.part(Choice(CHANGES))
def other_change(scenario, pair):
    return effects.direction(*(SCENARIOS[scenario][2] * setting for setting in pair))


other_change.slips = rows(
    ("the other way round", "Put in the two numbers: it moves the other way.",
     lambda other_change: CONTRARY[other_change]),
    ("no effect", "Put in the two numbers: it does change.",
     lambda other_change: NO_CHANGE[other_change]),
)  # fmt: skip


@other_change.witness
def _(scenario, pair):
    before, after = (seen(scenario, setting) for setting in pair)
    return 2 if np.isclose(before, after) else int(after < before)


@family.working
def _(scenario, model):
    given = {}
    if scenario:
        given |= dict(zip(("quantity", "changed", "sign"), SCENARIOS[scenario], strict=True))
    if model:
        given |= dict(zip(("story", "setting", "settings", "simpler"), MODELS[model], strict=True))
        given["at"] = given["settings"].index
    return given
