"""Output size of a pooling layer.

Trap: rounding up where the framework rounds down, adding 1 before dividing, changing the depth.
Reference: Dumoulin and Visin (2016), relationship 15.
Source: S0-99, S1-131, S1-135, S4-37.
"""

from fractions import Fraction
from itertools import pairwise

import numpy as np

from partialcredit import engine
from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Shape, TrueFalse
from partialcredit.solvers import sizes

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        "a window that would reach over the edge is left out, unless the question says otherwise",
    ]
)


@family.sample
def sample(draw):
    F, S = draw.choice(
        draw.by_level(
            [(2, 2), (3, 2), (3, 2), (3, 3)],
            [(2, 2), (3, 2), (3, 3), (4, 3)],
            [(2, 2), (3, 2), (3, 3), (5, 2)],
        )
    )
    # the windows fit exactly or not, and at the hard level never along the width
    steps, rest = draw.by_level((3, 31), (4, 30), (18, 40)), draw.integer(1, S - 1)
    W = F + S * draw.integer(*steps) + draw.by_level(*[draw.choice([0, rest])] * 2, rest)
    H = draw.by_level(W, *[F + S * draw.integer(*steps) + draw.choice([0, rest])] * 2)
    C = draw.integer(4, 64)
    return {
        "kind": draw.choice(["max", "average"]),
        "H": H,
        "W": W,
        "C": C,
        "F": F,
        "S": S,
        "claim": draw.choice([C, C, C // 2, 1]),
        "weights": draw.choice([0, 0, 0, F * F, F * F * C, 2 * C]),
    } | draw.by_level({}, {}, {"times": draw.integer(2, 3)})


@family.derive
def image(H, W):
    return (H, W)


@family.run
def layer(kind, F, S):
    return (engine.MaxPool2d if kind == "max" else engine.AvgPool2d)(F, S)


@family.run
def channels(layer, C, F):
    """The depth that the layer makes of a single window of C channels."""
    return layer(np.zeros((1, C, F, F))).shape[1]


@family.part(Shape(), marks=2)
def output_shape(image, C, F, S):
    return (*sizes.output_size(image, F, stride=S), C)


output_shape.slips = rows(
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda output_shape: output_shape - (1, 1, 0)),
    ("rounded up", "A window that reaches over the edge is left out: round down.",
     lambda image, C, F, S: (*sizes.output_size_rounded_up(image, F, stride=S), C), Fraction(1, 2)),
    ("added 1 before dividing", "Divide the steps by the stride first; the + 1 comes after that.",
     lambda image, C, F, S: (*((image - F + 1) // S), C)),
    ("divided by the stride only", "The window's own size must be taken off first.",
     lambda image, C, S: (*(image // S), C)),
    ("windows side by side", "With this stride neighbouring windows overlap.",
     lambda image, C, F, S: (*(image // F), C) if F > S else None),
    ("depth reduced too", "Each channel is pooled by itself: the depth stays.",
     lambda output_shape: (*output_shape[:2], output_shape[2] // 2)),
    ("stride ignored", "The windows start S apart.", lambda image, C, F: (*(image - F + 1), C)),
    ("one channel", "Each channel is pooled by itself: the depth stays.",
     lambda output_shape: (*output_shape[:2], 1)),
)  # fmt: skip
output_shape.witness(lambda H, W, F, S, channels: (*slid(H, W, F, S), channels))


@family.part(TrueFalse(statements=4), marks=2)
def statements(H, C, F, S, claim, weights):
    return (claim == C, F > S, sizes.fits(H, F, stride=S), weights == 0)


statements.slips = rows(
    ("parameters in a pooling layer",
     "Pooling selects or averages; only LeNet-5's subsampling of 1998 learned a weight and a bias.",
     lambda statements: (*statements[:3], not statements[3])),
    ("overlap misjudged", "Windows overlap when they are larger than the stride.",
     lambda statements: (statements[0], not statements[1], *statements[2:])),
)  # fmt: skip


@statements.witness
def _(H, F, S, claim, weights, layer, channels):
    rows = windows(H, F, stride=S).tolist()
    overlap = bool(set(rows[0]) & set(rows[1]))
    covered = len({row for window in rows for row in window})
    return (channels == claim, overlap, covered == H, engine.count_parameters(layer) == weights)


@family.part(Shape(), levels=["hard"])
def rounded_up(image, C, F, S):
    return (*sizes.output_size_rounded_up(image, F, stride=S), C)


rounded_up.slips = rows(
    ("rounded down", "Here a last window may reach over the edge: round up.",
     lambda output_shape: output_shape),
    ("divided by the stride only", "Take off the window's size first.",
     lambda image, C, S: (*-(-image // S), C)),
)  # fmt: skip
rounded_up.witness(lambda H, W, F, S, channels: (*slid(H, W, F, S, ceil_mode=True), channels))


@family.part(Shape(), levels=["hard"], marks=2)
def repeated(output_shape, F, S, times):
    return (*sizes.repeated(output_shape[:2], F, stride=S, times=times - 1), output_shape[2])


repeated.slips = rows(
    ("one layer too few", "Count the layer that has been applied already as one.",
     lambda output_shape, C, F, S, times:
         (*sizes.repeated(output_shape[:2], F, stride=S, times=times - 2), C)),
    ("one layer too many", "The first of the layers has been applied already.",
     lambda repeated, C, F, S: (*sizes.output_size(repeated[:2], F, stride=S), C)),
    ("only divided by the strides", "Every layer takes off its window before dividing.",
     lambda image, C, S, times: (*(image // S**times), C)),
)  # fmt: skip


@repeated.witness
def _(H, W, F, S, times, channels):
    for _layer in range(times):
        H, W = slid(H, W, F, S)
    return (H, W, channels)


def slid(H, W, F, S, ceil_mode=False):
    return [len(windows(n, F, stride=S, ceil_mode=ceil_mode)) for n in (H, W)]


@family.figure
def _(H, W, C, F, S, kind):
    return Layers(
        alt=f"An input volume {H} by {W} by {C} and the volume that {kind} pooling makes of it.",
        layers=(Layer(rf"{H} \times {W} \times {C}", H, W, C), Layer("?", H // S, W // S, C)),
        steps=(rf"\text{{ {kind} pooling }} {F} \times {F}",),
    )


@family.working
def _(image, F, S):
    stages = [sizes.repeated(image, F, stride=S, times=i) for i in (1, 2, 3)]
    return {"stages": list(pairwise(stages))}
