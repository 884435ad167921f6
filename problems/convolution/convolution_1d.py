"""Convolution and cross-correlation of a signal.

Trap: flipping the filter or not, padding where none is asked, losing signs.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.3 to 9.6.
Source: S2-12, S2-15, S3-12, S4-23, S4-24.
"""

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choices, Integer
from partialcredit.numbers.notation import vector
from partialcredit.problems._kinds import shaped
from partialcredit.solvers import convolution as conv
from partialcredit.solvers import sizes

family = Family(
    version=2,
    conventions=[
        "cross-correlation slides the filter as it is written, and convolution flips it first",
        "unless padding is mentioned, the filter stands only where all of it lies on the signal",
        "{% if level == 'hard' %}with stride $S$ and dilation $D$ neighbouring windows start $S$ "
        "entries apart, and neighbouring entries of the filter lie $D$ entries apart{% endif %}",
    ],
    hidden=["filters"],
)


@family.sample
def sample(draw):
    a, b, c = draw.integers(3, -2, 3, distinct=True)
    S, D = draw.by_level((1, 1), (1, 1), draw.choice([(2, 1), (1, 2), (2, 2)]))
    x = draw.integers(draw.integer(*draw.by_level((5, 6), (5, 7), (8, 12))), -3, 5)
    y = conv.correlate(x[:3], draw.integers(2, -4, 5, distinct=True))
    drawn = {"x": x, "w": (a, b, c), "S": S, "D": D}
    return drawn | draw.by_level({"filters": lookalikes(draw)}, {}, {"y": y})


def lookalikes(draw):
    """Filters that read the same backwards, and others that nearly do."""
    alike, starts = draw.integer(1, 3), draw.sample([-4, -3, -2, -1, 1, 2, 3, 4, 5], 4)
    ends = [a if i < alike else draw.choice([-a, -a, 0, a + 1]) for i, a in enumerate(starts)]
    return draw.shuffle([(a, draw.integer(-3, 5), c) for a, c in zip(starts, ends, strict=True)])


@family.condition
def _(x):
    return len(set(x)) > 2 and x[0] * x[2] != x[1] ** 2


@family.part(Integer(), levels=["hard"])
def length(x, w, S, D):
    return sizes.output_size(len(x), len(w), stride=S, dilation=D)


length.slips = rows(
    ("dilation ignored", "The dilated filter spans D(F - 1) + 1 entries.",
     lambda x, w, S: sizes.output_size(len(x), len(w), stride=S)),
    ("stride ignored", "Windows start S entries apart.",
     lambda x, w, D: sizes.output_size(len(x), len(w), dilation=D)),
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda length: length - 1),
)  # fmt: skip
length.witness(lambda x, w, S, D: len(windows(len(x), len(w), stride=S, dilation=D)))


@family.part(lambda correlation: shaped(correlation), marks=2)
def correlation(x, w, S, D):
    return conv.correlate(x, w, stride=S, dilation=D)


correlation.slips = rows(
    ("flipped the filter", "Convolution flips the filter, cross-correlation does not.",
     lambda x, w, S, D: conv.correlate(x, conv.flip(w), stride=S, dilation=D)),
    ("padded with zeros", "Use only windows that lie on the signal, without zeros.",
     lambda x, w, S, D: conv.correlate(conv.padded(x, 1, 1), w, stride=S, dilation=D)),
    ("every overlap counted", "Use only windows that lie on the signal entirely.",
     lambda x, w, S, D: conv.correlate(conv.padded(x, 2, 2), w, stride=S, dilation=D)),
    ("lost the signs", "Mind the minus signs of the filter.",
     lambda x, w, S, D: conv.correlate(x, abs(w), stride=S, dilation=D)),
    ("stride ignored", "Windows start S entries apart.",
     lambda x, w, D: conv.correlate(x, w, dilation=D)),
    ("dilation ignored", "The entries of the filter lie D entries apart.",
     lambda x, w, S: conv.correlate(x, w, stride=S)),
)  # fmt: skip
correlation.witness(lambda x, w, S, D: np.correlate(x, spread(w, D), "valid")[::S])


@family.part(lambda convolution: shaped(convolution), marks=2, levels=["medium", "hard"])
def convolution(x, w, S, D):
    return conv.correlate(x, conv.flip(w), stride=S, dilation=D)


convolution.slips = rows(
    ("did not flip the filter", "Convolution flips the filter, cross-correlation does not.",
     lambda correlation: correlation),
    ("flipped the answer", "Flip the filter, not the result.",
     lambda correlation: correlation[::-1]),
    ("lost the signs", "Mind the minus signs of the filter.",
     lambda x, w, S, D: conv.correlate(x, abs(w[::-1]), stride=S, dilation=D)),
    ("stride ignored", "Windows start S entries apart.",
     lambda x, w, S, D: conv.correlate(x, conv.flip(w), dilation=D) if S > 1 else None),
    ("dilation ignored", "The entries of the filter lie D entries apart.",
     lambda x, w, S, D: conv.correlate(x, conv.flip(w), stride=S) if D > 1 else None),
    ("padded with zeros", "Use only windows that lie on the signal, without zeros.",
     lambda x, w, S, D: conv.correlate(conv.padded(x, 1, 1), conv.flip(w), stride=S, dilation=D)),
    ("every overlap counted", "Use only windows that lie on the signal entirely.",
     lambda x, w, S, D: conv.correlate(conv.padded(x, 2, 2), conv.flip(w), stride=S, dilation=D)),
)  # fmt: skip
convolution.witness(lambda x, w, S, D: np.convolve(x, spread(w, D), "valid")[::S])


def chosen(filters, test):
    return frozenset(i for i, v in enumerate(filters) if test(v))


@family.part(lambda filters: Choices(tuple(f"${vector(v)}$" for v in filters)), levels=["easy"])
def agree(filters):
    return chosen(filters, lambda v: v == conv.flip(v))


agree.slips = rows(
    ("up to the sign", "Flipping must leave the signs as they are.",
     lambda filters: chosen(filters, lambda v: abs(v[0]) == abs(v[2]))),
    ("opposite ends", "These change their sign when they are flipped, at the ends.",
     lambda filters: chosen(filters, lambda v: v[0] == -v[2])),
    ("the others", "Those are the filters that flipping changes.",
     lambda filters: chosen(filters, lambda v: v != conv.flip(v))),
)  # fmt: skip


@agree.witness
def _(filters):
    """Filters with which both operations make the same of every signal of one entry."""
    pixels = np.eye(5)
    return frozenset(
        i
        for i, v in enumerate(filters)
        if all(np.array_equal(np.convolve(e, v), np.correlate(e, v, "full")) for e in pixels)
    )


@family.part(lambda same: shaped(same), marks=2, levels=["medium"])
def same(x, w):
    return conv.correlate(conv.padded(x, len(w) // 2, len(w) // 2), w)


same.slips = rows(
    ("all zeros on the left", "Put one zero on each side.",
     lambda x, w: conv.correlate(conv.padded(x, 2, 0), w)),
    ("all zeros on the right", "Put one zero on each side.",
     lambda x, w: conv.correlate(conv.padded(x, 0, 2), w)),
    ("not padded", "With the zeros there are as many outputs as inputs.",
     lambda correlation: correlation),
    ("flipped the filter", "Convolution flips the filter, cross-correlation does not.",
     lambda x, w: conv.correlate(conv.padded(x, 1, 1), conv.flip(w))),
    ("ends repeated", "The padding consists of zeros.",
     lambda x, w: conv.correlate((x[0], *x, x[-1]), w)),
    ("lost the signs", "Mind the minus signs of the filter.",
     lambda x, w: conv.correlate(conv.padded(x, 1, 1), abs(w))),
    ("every overlap counted", "With one zero on each side there are as many outputs as inputs.",
     lambda x, w: conv.correlate(conv.padded(x, 2, 2), w)),
)  # fmt: skip
same.witness(lambda x, w: np.correlate(x, w, "same"))


@family.part(Integer(), levels=["medium"])
def full_length(x, w):
    return sizes.full_size(len(x), len(w))


full_length.slips = rows(
    ("only whole windows", "Here one entry of overlap is enough.",
     lambda correlation: len(correlation)),
    ("as long as the signal", "The filter also stands partly over both ends.", lambda x: len(x)),
    ("one too many", "At the ends at least one entry must overlap.",
     lambda full_length: full_length + 1),
    ("windows on one side", "The filter stands partly over both ends.",
     lambda full_length: full_length - 1),
)  # fmt: skip
full_length.witness(lambda x, w: np.convolve(x, w).size)


@family.part(Array(shape=(2,)), marks=2, levels=["hard"])
def unknown_filter(x, y):
    return conv.find_filter(x[:3], y)


unknown_filter.slips = rows(
    ("back to front", "The first entry of the filter meets the earlier entry.",
     lambda unknown_filter: unknown_filter[::-1]),
)  # fmt: skip
unknown_filter.witness(lambda x, y: np.linalg.solve(np.array(x)[windows(3, 2)], y))


def spread(w, D):
    """The filter with D - 1 zeros between its entries."""
    return np.insert(np.array(w), np.repeat([1, 2], D - 1), 0)


@family.working
def _(x, w, S, D):
    reach = D * (len(w) - 1)
    starts = range(0, len(x) - reach, S)
    ends = conv.padded(x, 1, 1)
    return {
        "flipped": conv.flip(w),
        "span": reach + 1,
        "read": [x[i : i + reach + 1 : D] for i in starts],
        "read_padded": [ends[i : i + 3] for i in range(len(x))],
    }
