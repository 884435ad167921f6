"""Transposed convolution.

Trap: the size formula of a convolution, padding added instead of cut off, n times the stride.
Reference: Dumoulin and Visin (2016), relationships 13 and 14.
Source: S0-98.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.kernels.geometry import output_length
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import letters, sizes, transposed

family = Family(
    version=2,
    conventions=[
        "in a transposed convolution each entry of the input adds the kernel, times itself, to the "
        "output; the kernels of neighbouring entries start $S$ entries apart, and overlaps add up",
        "its padding $P$ cuts $P$ entries off each end of the result",
        "{% if level == 'medium' %}output padding adds fewer entries than the stride at one end; "
        "a convolution leaves out entries that its windows do not reach{% endif %}",
    ],
)


@family.sample
def sample(draw):
    F = draw.integer(2, 7)
    drawn = {
        "n": draw.integer(4, 64),
        "F": F,
        "S": draw.integer(2, min(F, 5)),
        "P": draw.integer(0, F // 2),
    }
    if draw.level == "easy":
        return drawn | {
            "n": draw.integer(4, 99),
            "F2": draw.integer(2, 9),
            "m": draw.integer(5, 60),
        }
    if draw.level == "medium":
        F = draw.integer(3, 8)
        S, P = draw.integer(min(F, 5) - 1, min(F, 5)), draw.integer(0, F // 2)
        W = draw.integer(4, 24) * S + F - 2 * P
        return drawn | {"F": F, "S": S, "P": P, "W": W + draw.integer(0, S - 1)}
    k = draw.integer(2, 3)
    return drawn | {
        "x": [draw.nonzero(-3, 4) for _ in range(3)],
        "w": [draw.nonzero(-2, 3) for _ in range(3)],
        "stride": draw.integer(1, 2),
        "cut": draw.integer(0, 1),
        "image": [[draw.nonzero(-2, 3) for _ in range(2)] for _ in range(2)],
        "kernel": draw.matrix(k, k, -2, 2),
    }


@family.run
def there_and_back(W, F, S, P):
    return inverse(output_length(W, F, S, P), F, S, P)


@family.part(Integer())
def size(n, F, S, P):
    return transposed.size(n, F, S, P)


size.slips = rows(
    ("convolution", "That is the size that a convolution would give.",
     lambda n, F, S, P: sizes.output_size(n, F, stride=S, padding=P) if n + 2 * P >= F else None),
    ("padding not cut off", "The padding shortens the result at both ends.",
     lambda size, P: size + 2 * P),
    ("padding added", "Here the padding is cut off, not added.", lambda size, P: size + 4 * P),
    ("input times stride", "The last entry spreads the whole kernel, not one stride.",
     lambda n, S: n * S),
    ("one too many", "Between n entries there are n - 1 steps.", lambda size, S: size + S),
    ("kernel left out", "The last entry spreads the whole kernel: add F.",
     lambda n, S, P: (n - 1) * S - 2 * P),
    ("padding cut off once", "The padding shortens the result at both ends.",
     lambda size, P: size + P if P else None),
    ("stride ignored", "The kernels of neighbouring entries start S apart.",
     lambda n, F, P: n - 1 + F - 2 * P),
)  # fmt: skip
size.witness(lambda n, F, S, P: inverse(n, F, S, P))


@family.part(Integer(), levels=["easy"])
def dense(m, F2):
    return transposed.size(m, F2, 1, 0)


dense.slips = rows(
    ("kernel fits inside", "Here the kernel reaches beyond both ends: nothing is cut off.",
     lambda m, F2: m - F2 + 1 if m >= F2 else None),
    ("one too many", "The first entry of the kernel lies on the entry itself.",
     lambda dense: dense + 1),
    ("as large as the input", "The last entry spreads the whole kernel.", lambda m: m),
)  # fmt: skip
dense.witness(lambda m, F2: np.convolve(np.ones(m), np.ones(F2)).size)


@family.part(Integer(), levels=["easy"], after="dense")
def back(size, F, S, P):
    return sizes.output_size(size, F, stride=S, padding=P)


back.slips = rows(
    ("unchanged", "A convolution with stride makes it smaller again.", lambda size: size),
    ("transposed again", "A convolution goes the other way.",
     lambda size, F, S, P: transposed.size(size, F, S, P)),
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda back: back - 1),
)  # fmt: skip
back.witness(lambda n, F, S, P: output_length(inverse(n, F, S, P), F, S, P))


@family.part(Integer(), levels=["medium"])
def shrunk(W, F, S, P):
    return sizes.output_size(W, F, stride=S, padding=P)


shrunk.slips = rows(
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda shrunk: shrunk - 1),
    ("rounded up", "A window that does not fit is left out: round down.",
     lambda W, F, S, P: -((F - W - 2 * P) // S) + 1),
    ("transposed", "This is a convolution: its output is smaller.",
     lambda W, F, S, P: transposed.size(W, F, S, P)),
    ("stride ignored", "Windows start S entries apart.",
     lambda W, F, P: sizes.output_size(W, F, padding=P)),
)  # fmt: skip
shrunk.witness(lambda W, F, S, P: output_length(W, F, S, P))


@family.part(Integer(), levels=["medium"], after="shrunk")
def restored(shrunk, F, S, P):
    return transposed.size(shrunk, F, S, P)


restored.slips = rows(
    ("one too many", "Between n entries there are n - 1 steps.",
     lambda restored, S: restored + S),
    ("original size", "What the windows did not reach is not restored by itself.", lambda W: W),
    ("input times stride", "The last entry spreads the whole kernel, not one stride.",
     lambda shrunk, S: shrunk * S),
    ("padding not cut off", "The padding shortens the result at both ends.",
     lambda restored, P: restored + 2 * P),
    ("padding cut off once", "The padding shortens the result at both ends.",
     lambda restored, P: restored + P if P else None),
    ("kernel left out", "The last entry spreads the whole kernel: add F.",
     lambda restored, F: restored - F),
)  # fmt: skip
restored.witness(lambda there_and_back: there_and_back)


@family.part(Integer(), levels=["medium"], after="shrunk")
def extra(W, restored):
    return W - restored


extra.slips = rows(
    ("difference to the smaller signal", "Compare with the restored size.",
     lambda W, shrunk: W - shrunk),
    ("stride less 1", "Add only as many entries as the convolution has left out.", lambda S: S - 1),
    ("twice", "An output padding is added at one end only.",
     lambda extra: 2 * extra if extra else None),
)  # fmt: skip
extra.witness(lambda W, there_and_back: W - there_and_back)


@family.part(
    Expression(symbols=dict.fromkeys(("n", "k", "s", "p"), "positive integer")),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(transposed.size)


formula.slips = rows(
    ("padding not cut off", "The padding shortens the result at both ends.",
     lambda: letters.formula(lambda n, k, s: (n - 1) * s + k)),
    ("padding added", "Here the padding is cut off, not added.",
     lambda: letters.formula(lambda n, k, s, p: (n - 1) * s + 2 * p + k)),
    ("one step too many", "Between n entries there are n - 1 steps.",
     lambda: letters.formula(lambda n, k, s, p: n * s - 2 * p + k)),
)  # fmt: skip


@formula.witness
def _(point):
    """Lay down n kernels, from the first begun to the last ended, and cut both ends."""
    n, k, s, p = (point[name] for name in "nksp")
    return max(i * s + j for i in range(n) for j in range(k)) + 1 - p - p


@family.part(lambda values: shaped(values), marks=2, levels=["hard"])
def values(x, w, stride, cut):
    return transposed.transposed(x, w, stride=stride, padding=cut)


def overlaps_not_added(x, w, stride, cut):
    found = [0] * (2 * stride + 3)
    for i, v in enumerate(x):
        found[stride * i : stride * i + 3] = v * w
    return tuple(found[cut : len(found) - cut])


values.slips = rows(
    ("kernel flipped", "Each entry spreads the kernel as it is written.",
     lambda x, w, stride, cut: transposed.transposed(x, w[::-1], stride=stride, padding=cut)),
    ("padding not cut off", "The padding cuts entries off both ends.",
     lambda x, w, stride, cut:
         transposed.transposed(x, w, stride=stride, padding=0) if cut else None),
    ("stride ignored", "Neighbouring entries begin S entries apart.",
     lambda x, w, stride, cut:
         transposed.transposed(x, w, stride=1, padding=cut) if stride > 1 else None),
    ("overlaps not added", "Where spread kernels overlap, their values are added.",
     overlaps_not_added),
)  # fmt: skip
values.witness(lambda x, w, stride, cut: spread_by_engine([x], [w], (1, stride), (0, cut))[0])


@family.part(lambda spread: shaped(spread), marks=2, levels=["hard"])
def spread(image, kernel, stride):
    return transposed.transposed2d(image, kernel, stride=stride)


spread.slips = rows(
    ("kernel turned", "Each entry spreads the kernel as it is written.",
     lambda image, kernel, stride:
         transposed.transposed2d(image, [row[::-1] for row in kernel[::-1]], stride=stride)),
    ("rows and columns exchanged", "Rows of the input spread along rows.",
     lambda spread: columns(spread)),
    ("stride ignored", "Neighbouring entries begin S rows or columns apart.",
     lambda image, kernel, stride:
         transposed.transposed2d(image, kernel, stride=1) if stride > 1 else None),
)  # fmt: skip
spread.witness(lambda image, kernel, stride: spread_by_engine(image, kernel, stride))


@family.condition
def _(F, S, P, n):
    return (n - 1) * S + F > 2 * P


def inverse(n, F, S, P):
    """The smallest input of which a convolution with these numbers makes n outputs."""
    return next(W for W in range(1, n * S + F + 1) if output_length(W, F, S, P) == n)


def spread_by_engine(image, kernel, stride, padding=0):
    x, w = tensor([[image]]), tensor([[kernel]])
    return engine.functional.conv_transpose2d(x, w, None, stride, padding).data[0, 0]
