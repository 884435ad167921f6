"""Shifting the input of a convolution, and what pooling does to the shift.

Trap: calling convolution invariant, forgetting the ends of the signal, trusting strided pooling.
Reference: Goodfellow, Bengio and Courville (2016), sections 9.2 and 9.3; Zhang (2019), "Making
convolutional networks shift-invariant again", section 3.
Source: S3-10, S3-16.
"""

from operator import ne

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, TrueFalse
from partialcredit.numbers.vectors import Vector, each
from partialcredit.problems._kinds import shaped
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


@family.derive
def late(x, s):
    """The signal moved to the right."""
    return pooling.moved(x, s)


@family.run
def before(x, w):
    return np.correlate(x, w, "valid")


@family.run
def moved(x, w, s):
    """The output for the signal moved by s places."""
    return np.correlate([0] * s + [*x[: len(x) - s]], w, "valid")


@family.part(lambda output: shaped(output))
def output(x, w):
    return conv.correlate(x, w)


output.slips = rows(
    ("flipped the filter", "The filter is used as it is written.",
     lambda x, w: conv.correlate(x, w[::-1])),
    ("padded with zeros", "Use only windows that lie on the signal.",
     lambda x, w: conv.correlate(conv.padded(x, 1, 1), w)),
    ("lost the signs", "Mind the minus signs of the filter.",
     lambda x, w: conv.correlate(x, abs(w))),
    ("one window too few", "The last window ends with the signal.", lambda output: output[:-1]),
)  # fmt: skip
output.witness(lambda before: before)


@family.part(lambda after: shaped(after), levels=["medium", "hard"])
def after(late, w):
    return conv.correlate(late, w)


after.slips = rows(
    ("unchanged", "Convolution is not invariant: its output moves with the input.",
     lambda output: output),
    ("moved to the left", "The output moves the same way as the input.",
     lambda output, s: (*output[s:], *(0,) * s)),
    ("one place only", "The output moves by as many places as the input.",
     lambda output, s: pooling.moved(output, 1) if s > 1 else None),
    ("ends ignored", "At the left end new windows reach over the zeros that came in.",
     lambda output, s: pooling.moved(output, s)),
    ("one place too many", "The output moves by as many places as the input.",
     lambda output, s: pooling.moved(output, s + 1)),
    ("flipped the filter", "The filter is used as it is written.",
     lambda late, w: conv.correlate(late, w[::-1])),
    ("lost the signs", "Mind the minus signs of the filter.",
     lambda late, w: conv.correlate(late, abs(w))),
    ("padded with zeros", "Use only windows that lie on the signal.",
     lambda late, w: conv.correlate(conv.padded(late, 1, 1), w)),
)  # fmt: skip
after.witness(lambda moved: moved)


@family.part(TrueFalse(statements=3), marks=3, levels=["easy", "medium"])
def statements(x, late, w, s, claims):
    """Which claims of the template's list hold for the outputs before and after the move."""
    y, z = (Vector(conv.correlate(signal, w)) for signal in (x, late))
    places = Vector(range(1, len(y) + 1))
    truths = (
        z == pooling.moved(y, s),
        z == y,
        each(max, z, 0) == each(max, pooling.moved(y, s), 0),
        max(z) == max(y),
        z.index(max(z, key=abs)) == y.index(max(y, key=abs)),
        sum(z) == sum(y),
        places * z == pooling.moved(places * y, s),
    )
    return tuple(truths[number] for number in claims)


def invariant(statements, claims):
    answer = tuple(claim in (1, 3, 4, 5) for claim in claims)
    return answer if answer != statements else None


statements.slips = rows(
    ("invariant", "The output moves with the input; it does not stay in place.", invariant),
)  # fmt: skip


@statements.witness
def _(before, moved, s, claims):
    y, z = before, moved
    late = np.concatenate([np.zeros(s), y[:-s]])
    places = np.arange(1, len(y) + 1)
    truths = [
        np.array_equal(z, late),
        np.array_equal(z, y),
        np.array_equal(z.clip(0), late.clip(0)),
        y.max() == z.max(),
        np.argmax(abs(y)) == np.argmax(abs(z)),
        y.sum() == z.sum(),
        np.array_equal(z * places, np.concatenate([np.zeros(s), (y * places)[:-s]])),
    ]
    return tuple(bool(truths[number]) for number in claims)


@family.part(Integer(), levels=["hard"])
def boundary(s, output, after):
    return sum(each(ne, after, pooling.moved(output, s)))


boundary.slips = rows(
    ("all that came in", "Compare entry by entry: some may agree.", lambda s: s),
    ("length of the filter", "Only windows that read new zeros can give other values.",
     lambda w: len(w)),
    ("compared with the unmoved output", "Compare with the output moved to the right.",
     lambda output, after: sum(each(ne, after, output))),
)  # fmt: skip


@boundary.witness
def _(before, moved, s):
    return int(np.count_nonzero(moved[:s])) + int(np.count_nonzero(moved[s:] - before[:-s]))


@family.part(Array(shape=(4,)), levels=["hard"])
def pooled(output):
    return pooling.max_pool_signal(output, 2)


pooled.slips = rows(
    ("windows overlap", "With stride 2 the windows lie side by side.",
     lambda output: tuple(max(output[i : i + 2]) for i in range(4))),
    ("smallest entry", "Max pooling keeps the largest entry of a window.",
     lambda output: -Vector(pooling.max_pool_signal(-output, 2))),
)  # fmt: skip
pooled.witness(lambda before: before.reshape(4, 2).max(axis=1))


@family.part(Array(shape=(4,)), levels=["hard"], after="pooled")
def pooled_after(after):
    return pooling.max_pool_signal(after, 2)


pooled_after.slips = rows(
    ("moved by s", "Pooling with stride 2 does not move with the input.",
     lambda pooled, s: pooling.moved(pooled, s)),
    ("unchanged", "Pooling forgives a move only where the maxima stay in place.",
     lambda pooled: pooled),
)  # fmt: skip
pooled_after.witness(lambda moved: moved.reshape(4, 2).max(axis=1))


@family.part(TrueFalse(statements=2), marks=2, levels=["hard"], after="pooled")
def kept(pooled, pooled_after, measure):
    whole = max if measure == "largest entry" else sum
    return (
        any(pooled_after == pooling.moved(pooled, places) for places in range(4)),
        whole(pooled_after) == whole(pooled),
    )


kept.slips = rows(
    ("pooling moves, too", "Pooling with stride 2 does not move with the input.",
     lambda kept: None if kept[0] else (True, kept[1])),
)  # fmt: skip


@kept.witness
def _(before, moved, measure):
    first, second = (values.reshape(4, 2).max(axis=1) for values in (before, moved))
    lined = [np.array_equal(np.concatenate([np.zeros(i), first])[:4], second) for i in range(4)]
    same = first.mean() == second.mean() if measure == "mean" else first.max() == second.max()
    return (any(lined), bool(same))


@family.working
def _(x, w, s, late, output):
    return {
        "windows": [x[i : i + len(w)] for i in range(len(output))],
        "output_late": pooling.moved(output, s),
        "result": conv.correlate(late, w),
    }
