"""Output size of a convolution.

Trap: forgetting the + 1, padding on one side only, rounding up.
Reference: Dumoulin and Visin (2016), relationship 6.
Source: S0-97, S0-98, S1-77, S1-124, S1-125, S1-129, S1-130, S2-20, S3-15, S3-20, S4-35.
"""

from fractions import Fraction
from math import prod

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Shape
from partialcredit.solvers import sizes

family = Family(
    version=2,
    conventions=[
        "shapes are written height × width × depth",
        "{% if P %}$P$ rows or columns of zeros are added on every side{% endif %}",
        "where the windows do not fit exactly, the rest of the input is ignored",
    ],
)


def side(draw, F, P, S, rest):
    """The size of an axis of which the windows leave ``rest`` values over."""
    n = draw.integer(*draw.by_level((8, 40), (16, 64), (28, 100)))
    return n - (n + 2 * P - F) % S + rest


@family.sample
def sample(draw):
    F = draw.choice(draw.by_level([2, 3, 4, 5], [3, 5, 7], [3, 5, 7, 11]))
    P = draw.by_level(0, draw.integer(1, min(3, F - 1)), draw.integer(1, min(5, F - 1)))
    S = draw.by_level(1, draw.integer(2, 4), draw.integer(2, 4))
    W = side(draw, F, P, S, draw.integer(0, S - 1))
    return {
        "H": draw.by_level(W, W, side(draw, F, P, S, draw.integer(0, S - 1))),
        "W": W,
        "C": draw.choice(draw.by_level([1, 2, 3], [3, 6, 16, 32], [3, 16, 32, 64])),
        "F": F,
        "K": draw.choice([k for k in range(4, 65) if k not in (6, 16, 32, 64)]),
        "P": P,
        "S": S,
    } | draw.by_level({}, {}, {"batch": draw.choice([2, 4, 8, 10, 16])})


@family.derive
def image(H, W):
    return (H, W)


@family.run
def slid(H, W, F, P, S):
    return [windows(n, F, stride=S, padding=P) for n in (H, W)]


@family.part(Shape(), marks=2)
def output_shape(image, F, K, P, S):
    return (*sizes.output_size(image, F, stride=S, padding=P), K)


output_shape.slips = rows(
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda output_shape: output_shape - (1, 1, 0)),
    ("padding counted once", "The padding stands on both sides, so it adds 2P, not P.",
     lambda image, F, K, P, S: (*((image + P - F) // S + 1), K)),
    ("rounded up", "A window that does not fit is left out: round down.",
     lambda image, F, K, P, S: (*(1 - (F - image - 2 * P) // S), K), Fraction(1, 2)),
    ("added 1 before dividing", "Divide the steps by the stride first; the + 1 comes after that.",
     lambda image, F, K, P, S: (*((image + 2 * P - F + 1) // S), K) if S > 1 else None),
    ("padding ignored", "The padding belongs to the input that is scanned.",
     lambda image, F, K, S: (*((image - F) // S + 1), K)),
    ("depth of the input", "Each filter gives one channel, so the depth is the number of filters.",
     lambda output_shape, C: (*output_shape[:2], C)),
    ("stride ignored", "Windows start S pixels apart.",
     lambda image, F, K, P, S: (*(image + 2 * P - F + 1), K) if S > 1 else None),
    ("size of the input", "A window starts S pixels after the last one.",
     lambda image, K: (*image, K)),
)  # fmt: skip
output_shape.witness(lambda slid, K: (*map(len, slid), K))


@family.part(Integer())
def outputs(output_shape):
    return prod(output_shape)


outputs.slips = rows(
    ("one channel only", "This counts one channel; every filter makes one.",
     lambda output_shape: prod(output_shape[:2])),
    ("times the depth of the input", "Each filter sums over the input's channels.",
     lambda outputs, C: outputs * C if C > 1 else None),
)  # fmt: skip
outputs.witness(lambda slid, K: K * prod(map(len, slid)))


@family.part(Integer(), levels=["medium", "hard"])
def left_over(W, F, P, S):
    return sizes.left_over(W, F, stride=S, padding=P)


left_over.slips = rows(
    ("padding ignored", "The padding belongs to the input that is scanned.",
     lambda W, F, S: sizes.left_over(W, F, stride=S)),
    ("padding counted once", "The padding stands on both sides, so it adds 2P, not P.",
     lambda W, F, P, S: sizes.left_over(W + P, F, stride=S)),
    ("remainder of the width", "The first window covers F columns: take them off.",
     lambda W, P, S: (W + 2 * P) % S),
)  # fmt: skip


@left_over.witness
def _(slid, W, P):
    """The columns to the right of the last one that a window covers."""
    last = slid[1].max()
    return sum(column > last for column in range(-P, W + P))


@family.part(Shape(), marks=2, levels=["hard"])
def code(output_shape, batch):
    height, width, depth = output_shape
    return (batch, depth * sizes.output_size(height, 2, stride=2)
            * sizes.output_size(width, 2, stride=2))  # fmt: skip


code.slips = rows(
    ("not pooled", "The second line halves height and width.",
     lambda output_shape, batch: (batch, prod(output_shape))),
    ("one channel only", "Flattening keeps all channels.",
     lambda code, output_shape: (code[0], code[1] // output_shape[2])),
    ("batch flattened, too", "`flatten(1)` keeps axis 0, the examples.",
     lambda code: (prod(code),)),
    ("channels of the input", "The convolution has made as many channels as it has filters.",
     lambda code, output_shape, C: (code[0], code[1] // output_shape[2] * C)),
)  # fmt: skip
code.witness(
    lambda slid, K, batch: (batch, K * prod(len(windows(len(n), 2, stride=2)) for n in slid))
)


@family.figure
def _(H, W, C, F, K):
    return Layers(
        alt=f"An input volume {H} by {W} by {C} and the volume that {K} filters make of it.",
        layers=(Layer(rf"{H} \times {W} \times {C}", H, W, C), Layer("?", H, W, K)),
        steps=(rf"{K} \text{{ filters }} {F} \times {F}",),
    )
