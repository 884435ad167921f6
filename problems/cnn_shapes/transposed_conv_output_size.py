"""Size and values of a transposed convolution.

Trap: the size formula of a convolution, padding added instead of cut off, n times the stride.
Reference: Dumoulin and Visin (2016), relationships 13 and 14.
Source: S0-98.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.kernels.geometry import output_length
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Integer
from partialcredit.solvers import letters, sizes, transposed

family = Family(
    conventions=[
        "in a transposed convolution each entry of the input adds the kernel, times itself, to the "
        "output; the kernels of neighbouring entries start $S$ entries apart, and overlaps add up",
        "its padding $P$ cuts $P$ entries off each end of the result",
        "{% if level == 'medium' %}output padding adds fewer entries than the stride at one end; "
        "a convolution leaves out entries that its windows do not reach{% endif %}",
    ]
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


@family.part(Integer())
def size(n, F, S, P):
    return transposed.size(n, F, S, P)


@family.part(Integer(), levels=["easy"])
def dense(m, F2):
    return transposed.size(m, F2, 1, 0)


@family.part(Integer(), levels=["easy"])
def back(size, F, S, P):
    return sizes.output_size(size, F, stride=S, padding=P)


@family.part(Integer(), levels=["medium"])
def shrunk(W, F, S, P):
    return sizes.output_size(W, F, stride=S, padding=P)


@family.part(Integer(), levels=["medium"])
def restored(shrunk, F, S, P):
    return transposed.size(shrunk, F, S, P)


@family.part(Integer(), levels=["medium"])
def extra(W, restored):
    return W - restored


@family.part(
    Expression(symbols=dict.fromkeys(("n", "k", "s", "p"), "positive integer")),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(transposed.size)


@family.part(lambda values: Array(shape=(len(values),)), marks=2, levels=["hard"])
def values(x, w, stride, cut):
    return transposed.transposed(x, w, stride=stride, padding=cut)


@family.part(lambda spread: Array(shape=(len(spread), len(spread))), marks=2, levels=["hard"])
def spread(image, kernel, stride):
    return transposed.transposed2d(image, kernel, stride=stride)


@family.condition
def _(F, S, P, n):
    return (n - 1) * S + F > 2 * P


@size.mistake("convolution", "That is the size that a convolution would give.")
def _(n, F, S, P):
    return sizes.output_size(n, F, stride=S, padding=P) if n + 2 * P >= F else None


@size.mistake("padding not cut off", "The padding shortens the result at both ends.")
def _(size, P):
    return size + 2 * P


@size.mistake("padding added", "Here the padding is cut off, not added.")
def _(size, P):
    return size + 4 * P


@size.mistake("input times stride", "The last entry spreads the whole kernel, not one stride.")
def _(n, S):
    return n * S


@size.mistake("one too many", "Between n entries there are n - 1 steps.")
def _(size, S):
    return size + S


@dense.mistake(
    "kernel fits inside", "Here the kernel reaches beyond both ends: nothing is cut off."
)
def _(m, F2):
    return m - F2 + 1 if m >= F2 else None


@dense.mistake("one too many", "The first entry of the kernel lies on the entry itself.")
def _(dense):
    return dense + 1


@dense.mistake("as large as the input", "The last entry spreads the whole kernel.")
def _(m):
    return m


@back.mistake("unchanged", "A convolution with stride makes it smaller again.")
def _(size):
    return size


@back.mistake("transposed again", "A convolution goes the other way.")
def _(size, F, S, P):
    return transposed.size(size, F, S, P)


@back.mistake("forgot the + 1", "There is one more window than there are steps: add 1.")
def _(back):
    return back - 1


@shrunk.mistake("forgot the + 1", "There is one more window than there are steps: add 1.")
def _(shrunk):
    return shrunk - 1


@shrunk.mistake("rounded up", "A window that does not fit is left out: round down.")
def _(W, F, S, P):
    return -((F - W - 2 * P) // S) + 1


@shrunk.mistake("transposed", "This is a convolution: its output is smaller.")
def _(W, F, S, P):
    return transposed.size(W, F, S, P)


@restored.mistake("one too many", "Between the entries there is one step fewer than entries.")
def _(restored, S):
    return restored + S


@restored.mistake("original size", "What the windows did not reach is not restored by itself.")
def _(W):
    return W


@restored.mistake("input times stride", "The last entry spreads the whole kernel, not one stride.")
def _(shrunk, S):
    return shrunk * S


@restored.mistake("padding not cut off", "The padding shortens the result at both ends.")
def _(restored, P):
    return restored + 2 * P


@extra.mistake("difference to the smaller signal", "Compare with the restored size.")
def _(W, shrunk):
    return W - shrunk


@extra.mistake("none needed", "Compare the original size with the restored one.")
def _(extra):
    return 0 if extra else None


@extra.mistake("stride less 1", "Add only as many entries as the convolution has left out.")
def _(S):
    return S - 1


@extra.mistake("twice", "An output padding is added at one end only.")
def _(extra):
    return 2 * extra if extra else None


def without_cut(n, k, s):
    return (n - 1) * s + k


def padding_added(n, k, s, p):
    return (n - 1) * s + 2 * p + k


def step_too_many(n, k, s, p):
    return n * s - 2 * p + k


@formula.mistake("padding not cut off", "The padding shortens the result at both ends.")
def _():
    return letters.formula(without_cut)


@formula.mistake("padding added", "Here the padding is cut off, not added.")
def _():
    return letters.formula(padding_added)


@formula.mistake("one step too many", "Between n entries there are n - 1 steps.")
def _():
    return letters.formula(step_too_many)


@values.mistake("kernel flipped", "Each entry spreads the kernel as it is written.")
def _(x, w, stride, cut):
    return transposed.transposed(x, w[::-1], stride=stride, padding=cut)


@values.mistake("padding not cut off", "The padding cuts entries off both ends.")
def _(x, w, stride, cut):
    return transposed.transposed(x, w, stride=stride, padding=0) if cut else None


@values.mistake("stride ignored", "Neighbouring entries begin S entries apart.")
def _(x, w, stride, cut):
    return transposed.transposed(x, w, stride=1, padding=cut) if stride > 1 else None


@values.mistake("overlaps not added", "Where spread kernels overlap, their values are added.")
def _(x, w, stride, cut):
    found = [0] * (2 * stride + 3)
    for i, v in enumerate(x):
        found[stride * i : stride * i + 3] = [v * u for u in w]
    return tuple(found[cut : len(found) - cut])


@spread.mistake("kernel turned", "Each entry spreads the kernel as it is written.")
def _(image, kernel, stride):
    return transposed.transposed2d(image, [row[::-1] for row in kernel[::-1]], stride=stride)


@spread.mistake("rows and columns exchanged", "Rows of the input spread along rows.")
def _(spread):
    return tuple(zip(*spread, strict=True))


@spread.mistake("stride ignored", "Neighbouring entries begin S rows or columns apart.")
def _(image, kernel, stride):
    return transposed.transposed2d(image, kernel, stride=1) if stride > 1 else None


def inverse(n, F, S, P):
    """The smallest input of which a convolution with these numbers makes n outputs."""
    return next(W for W in range(1, n * S + F + 1) if output_length(W, F, S, P) == n)


@size.witness
def _(n, F, S, P):
    return inverse(n, F, S, P)


@dense.witness
def _(m, F2):
    return np.convolve(np.ones(m), np.ones(F2)).size


@back.witness
def _(n, F, S, P):
    return output_length(inverse(n, F, S, P), F, S, P)


@shrunk.witness
def _(W, F, S, P):
    return output_length(W, F, S, P)


@restored.witness
def _(W, F, S, P):
    return inverse(output_length(W, F, S, P), F, S, P)


@extra.witness
def _(W, F, S, P):
    return W - inverse(output_length(W, F, S, P), F, S, P)


@formula.witness
def _(point):
    """Lay down n kernels, from the first begun to the last ended, and cut both ends."""
    n, k, s, p = (point[name] for name in "nksp")
    return max(i * s + j for i in range(n) for j in range(k)) + 1 - p - p


def tensor(array):
    return engine.Tensor(np.array(array, dtype=np.float64)[None, None])


@values.witness
def _(x, w, stride, cut):
    y = engine.functional.conv_transpose2d(tensor([x]), tensor([w]), None, (1, stride), (0, cut))
    return y.data[0, 0, 0]


@spread.witness
def _(image, kernel, stride):
    return engine.functional.conv_transpose2d(tensor(image), tensor(kernel), None, stride).data[
        0, 0
    ]
