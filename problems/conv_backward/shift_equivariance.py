"""Shifts of the input of a convolution, and what pooling makes of them.

Trap: calling convolution invariant, forgetting the ends of the signal, trusting strided pooling.
Reference: Goodfellow, Bengio and Courville (2016), sections 9.2 and 9.3; Zhang (2019), "Making
convolutional networks shift-invariant again", section 3.
Source: S3-10, S3-16.
"""

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Array, Integer, TrueFalse
from partialcredit.solvers import convolution as conv
from partialcredit.solvers import pooling

family = Family(
    conventions=[
        "the filter is not flipped and stands only where all of it lies on the signal",
        "a shift to the right keeps the length of a signal: zeros come in on the left and the "
        "entries at the right end are lost",
    ],
    hidden=["claims"],
)

#: Claims of the template's list that hold for every signal of the easy and medium level.
TRUE, FALSE = (0, 2, 3, 5), (1, 4, 6)


@family.sample
def sample(draw):
    m, s = draw.integer(2, 3), draw.integer(1, draw.by_level(2, 3, 3))
    if draw.level == "hard":
        m, s, ahead = beginning(draw, draw.integer(0, 2))
        behind = draw.choice([0, s])
        inner = 7 + m - ahead - behind
    else:
        ahead, behind, inner = m - 1, s + m - 1, draw.integer(3, 4)
    ends = [draw.nonzero(-4, 5), *draw.integers(inner - 2, -4, 5), draw.nonzero(-4, 5)]
    wrong = draw.integer(1, 2)
    drawn = {
        "x": (0,) * ahead + tuple(ends) + (0,) * behind,
        "w": [draw.nonzero(-3, 3) for _ in range(m)],
        "s": s,
        "claims": draw.shuffle([*draw.sample(FALSE, wrong), *draw.sample(TRUE, 3 - wrong)]),
    }
    return drawn | draw.by_level({}, {}, {"measure": draw.choice(["largest entry"] * 2 + ["mean"])})


def beginning(draw, new):
    """Weights, places and zeros ahead with which that many windows reach from new zeros to x."""
    m = 3 if new == 2 else draw.integer(2, 3)
    return m, draw.choice({0: (1, 2, 2, 2, 3), 1: (1, 2, 3), 2: (2, 3)}[new]), m - 1 - new


@family.condition
def _(x, w):
    return w != w[::-1] and x != x[::-1]


def vector(values):
    return Array(shape=(len(values),))


@family.part(lambda output: vector(output))
def output(x, w):
    return conv.correlate(x, w)


@family.part(lambda after: vector(after), levels=["medium", "hard"])
def after(x, w, s):
    return conv.correlate(pooling.moved(x, s), w)


def claim(number, y, z, s):
    """Whether a claim of the template's list holds for the outputs before and after the move."""
    return [
        z == pooling.moved(y, s),
        z == y,
        tuple(max(v, 0) for v in z) == tuple(max(v, 0) for v in pooling.moved(y, s)),
        max(z) == max(y),
        z.index(max(z, key=abs)) == y.index(max(y, key=abs)),
        sum(z) == sum(y),
        tuple(i * v for i, v in enumerate(z, 1))
        == pooling.moved([i * v for i, v in enumerate(y, 1)], s),
    ][number]


@family.part(TrueFalse(statements=3), marks=3, levels=["easy", "medium"])
def statements(x, w, s, claims):
    y, z = (conv.correlate(signal, w) for signal in (x, pooling.moved(x, s)))
    return tuple(claim(number, y, z, s) for number in claims)


@family.part(Integer(), levels=["hard"])
def boundary(s, output, after):
    expected = pooling.moved(output, s)
    return sum(u != v for u, v in zip(after, expected, strict=True))


@family.part(Array(shape=(4,)), levels=["hard"])
def pooled(output):
    return pooling.max_pool_signal(output, 2)


@family.part(Array(shape=(4,)), levels=["hard"])
def pooled_after(after):
    return pooling.max_pool_signal(after, 2)


@family.part(TrueFalse(statements=2), marks=2, levels=["hard"])
def kept(pooled, pooled_after, measure):
    whole = max if measure == "largest entry" else sum
    return (
        any(pooled_after == pooling.moved(pooled, places) for places in range(4)),
        whole(pooled_after) == whole(pooled),
    )


@output.mistake("flipped the filter", "The filter is used as it is written.")
def _(x, w):
    return conv.correlate(x, w[::-1])


@output.mistake("padded with zeros", "Use only windows that lie on the signal.")
def _(x, w):
    return conv.correlate(conv.padded(x, 1, 1), w)


@output.mistake("lost the signs", "Mind the minus signs of the filter.")
def _(x, w):
    return conv.correlate(x, [abs(v) for v in w])


@after.mistake("unchanged", "Convolution is not invariant: its output moves with the input.")
def _(output):
    return output


@after.mistake("moved to the left", "The output moves the same way as the input.")
def _(output, s):
    return (*output[s:], *(0,) * s)


@after.mistake("one place only", "The output moves by as many places as the input.")
def _(output, s):
    return pooling.moved(output, 1) if s > 1 else None


@after.mistake("ends ignored", "At the left end new windows reach over the zeros that came in.")
def _(output, s):
    return pooling.moved(output, s)


@after.mistake("one place too many", "The output moves by as many places as the input.")
def _(output, s):
    return pooling.moved(output, s + 1)


@statements.mistake("invariant", "The output moves with the input; it does not stay in place.")
def _(statements, claims):
    answer = tuple(claim in (1, 3, 4, 5) for claim in claims)
    return answer if answer != statements else None


@boundary.mistake("all that came in", "Compare entry by entry: some may agree.")
def _(s):
    return s


@boundary.mistake("length of the filter", "Only windows that read new zeros can give other values.")
def _(w):
    return len(w)


@boundary.mistake("compared with the unmoved output", "Compare with the output moved to the right.")
def _(output, after):
    return sum(u != v for u, v in zip(after, output, strict=True))


@pooled.mistake("windows overlap", "With stride 2 the windows lie side by side.")
def _(output):
    return tuple(max(output[i : i + 2]) for i in range(4))


@pooled.mistake("smallest entry", "Max pooling keeps the largest entry of a window.")
def _(output):
    return tuple(min(output[i : i + 2]) for i in range(0, 8, 2))


@pooled_after.mistake("moved by s", "Pooling with stride 2 does not move with the input.")
def _(pooled, s):
    return pooling.moved(pooled, s)


@pooled_after.mistake("unchanged", "Pooling forgives a move only where the maxima stay in place.")
def _(pooled):
    return pooled


@kept.mistake("pooling moves, too", "Pooling with stride 2 does not move with the input.")
def _(kept):
    return None if kept[0] else (True, kept[1])


def slid(x, w, s=0):
    """The output as NumPy computes it, for the signal moved by s places."""
    signal = np.zeros(len(x))
    signal[s:] = x[: len(x) - s]
    return np.correlate(signal, w, "valid")


@output.witness
def _(x, w):
    return slid(x, w)


@after.witness
def _(x, w, s):
    return slid(x, w, s)


@statements.witness
def _(x, w, s, claims):
    y, z = slid(x, w), slid(x, w, s)
    late = np.concatenate([np.zeros(s), y[:-s]])
    places, first = np.arange(1, len(y) + 1), [np.argmax(abs(v)) for v in (y, z)]
    truths = [
        np.array_equal(z, late),
        np.array_equal(z, y),
        np.array_equal(z.clip(0), late.clip(0)),
        y.max() == z.max(),
        first[0] == first[1],
        y.sum() == z.sum(),
        np.array_equal(z * places, np.concatenate([np.zeros(s), (y * places)[:-s]])),
    ]
    return tuple(bool(truths[number]) for number in claims)


@boundary.witness
def _(x, w, s):
    y, z = slid(x, w), slid(x, w, s)
    return int(np.count_nonzero(z[:s])) + int(np.count_nonzero(z[s:] - y[:-s]))


@pooled.witness
def _(x, w):
    return slid(x, w).reshape(4, 2).max(axis=1)


@pooled_after.witness
def _(x, w, s):
    return slid(x, w, s).reshape(4, 2).max(axis=1)


@kept.witness
def _(x, w, s, measure):
    before, now = (slid(x, w, places).reshape(4, 2).max(axis=1) for places in (0, s))
    lined = [np.array_equal(np.concatenate([np.zeros(i), before])[:4], now) for i in range(4)]
    same = before.mean() == now.mean() if measure == "mean" else before.max() == now.max()
    return (any(lined), bool(same))


@family.working
def _(x, w, s, output):
    return {
        "windows": [x[i : i + len(w)] for i in range(len(output))],
        "late": pooling.moved(x, s),
        "output_late": pooling.moved(output, s),
        "result": conv.correlate(pooling.moved(x, s), w),
    }
