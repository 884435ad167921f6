"""Output size of a convolution.

Trap: forgetting the + 1, padding on one side only, rounding up.
Reference: Dumoulin and Visin (2016), relationship 6.
Source: S0-97, S0-98, S1-77, S1-124, S1-125, S1-129, S1-130, S2-20, S3-15, S3-20, S4-35.
"""

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Shape, TrueFalse
from partialcredit.solvers import sizes

family = Family(
    conventions=[
        "shapes are written height × width × depth",
        "{% if P %}$P$ rows or columns of zeros are added on every side{% endif %}",
        "where the windows do not fit exactly, the rest of the input is ignored",
    ]
)


def side(draw, F, P, S, rest):
    """The size of an axis of which the windows leave ``rest`` values over."""
    n = draw.integer(*draw.by_level((8, 40), (16, 64), (28, 227)))
    return n - (n + 2 * P - F) % S + rest


@family.sample
def sample(draw):
    F = draw.choice(draw.by_level([2, 3, 4, 5], [3, 5, 7], [3, 5, 7, 11]))
    P = draw.by_level(0, draw.integer(1, min(3, F - 1)), draw.integer(1, min(5, F - 1)))
    fits = draw.chance(0.5)
    S = draw.by_level(1, draw.choice([1, 2]) if fits else 2, draw.integer(2, 4))
    rests = [draw.integer(1, S - 1) if S > 1 else 0 for _ in range(2)]
    rests = draw.choice([(0, rests[1]), (rests[0], 0), rests]) if not fits else (0, 0)
    W = side(draw, F, P, S, draw.by_level(0, max(rests), rests[1]))
    return {
        "H": draw.by_level(W, W, side(draw, F, P, S, rests[0])),
        "W": W,
        "C": draw.choice(draw.by_level([1, 2, 3], [3, 6, 16, 32], [3, 16, 32, 64])),
        "F": F,
        "K": draw.choice([k for k in range(4, 65) if k not in (6, 16, 32, 64)]),
        "P": P,
        "S": S,
    }


@family.part(Shape(), marks=2)
def output_shape(H, W, F, K, P, S):
    height, width = (sizes.output_size(n, F, stride=S, padding=P) for n in (H, W))
    return (height, width, K)


@family.part(Integer())
def outputs(output_shape):
    height, width, depth = output_shape
    return height * width * depth


@family.part(TrueFalse(), levels=["medium", "hard"])
def fits_exactly(H, W, F, P, S):
    return (all(sizes.fits(n, F, stride=S, padding=P) for n in (H, W)),)


@output_shape.mistake("forgot the + 1", "There is one more window than there are steps: add 1.")
def _(output_shape):
    height, width, depth = output_shape
    return (height - 1, width - 1, depth)


@output_shape.mistake(
    "padding counted once", "The padding stands on both sides, so it adds 2P, not P."
)
def _(H, W, F, K, P, S):
    return (*((n + P - F) // S + 1 for n in (H, W)), K)


@output_shape.mistake("rounded up", "A window that does not fit is left out: round down.")
def _(H, W, F, K, P, S):
    return (*(-((F - n - 2 * P) // S) + 1 for n in (H, W)), K)


@output_shape.mistake(
    "added 1 before dividing", "Divide the steps by the stride first; the + 1 comes after that."
)
def _(H, W, F, K, P, S):
    return (*((n + 2 * P - F + 1) // S for n in (H, W)), K)


@output_shape.mistake("padding ignored", "The padding belongs to the input that is scanned.")
def _(H, W, F, K, S):
    return (*((n - F) // S + 1 for n in (H, W)), K)


@output_shape.mistake(
    "depth of the input", "Each filter gives one channel, so the depth is the number of filters."
)
def _(output_shape, C):
    return (*output_shape[:2], C)


@outputs.mistake("one channel only", "This counts one channel; every filter makes one.")
def _(output_shape):
    height, width, _depth = output_shape
    return height * width


@outputs.mistake("times the depth of the input", "Each filter sums over the input's channels.")
def _(outputs, C):
    return outputs * C if C > 1 else None


def slid(H, W, F, P, S):
    return [windows(n, F, stride=S, padding=P) for n in (H, W)]


@output_shape.witness
def _(H, W, F, K, P, S):
    return (*map(len, slid(H, W, F, P, S)), K)


@outputs.witness
def _(H, W, F, K, P, S):
    rows, columns = slid(H, W, F, P, S)
    return K * np.add.outer(rows[:, 0], columns[:, 0]).size


@fits_exactly.witness
def _(H, W, F, P, S):
    ends = [int(found[-1, -1]) for found in slid(H, W, F, P, S)]
    return (ends == [H + P - 1, W + P - 1],)


@family.figure
def _(H, W, C, F, K):
    return Layers(
        alt=f"An input volume {H} by {W} by {C} and the volume that {K} filters make of it.",
        layers=(Layer(rf"{H} \times {W} \times {C}", H, W, C), Layer("?", H, W, K)),
        steps=(rf"{K} \text{{ filters }} {F} \times {F}",),
    )
