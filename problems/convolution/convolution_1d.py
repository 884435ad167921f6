"""Convolution and cross-correlation of a signal.

Trap: flipping the filter or not, padding where none is asked, losing signs.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.3 to 9.6.
Source: S2-12, S2-15, S3-12, S4-23, S4-24.
"""

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family
from partialcredit.grading import Array, Choices, Integer
from partialcredit.numbers.notation import vector
from partialcredit.solvers import convolution as conv
from partialcredit.solvers import sizes

family = Family(
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
    x = draw.integers(draw.integer(*draw.by_level((5, 6), (6, 9), (8, 13))), -3, 5)
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


def entries(value):
    """The kind of a vector of integers."""
    return Array(shape=(len(value),))


@family.part(Integer(), levels=["hard"])
def length(x, w, S, D):
    return sizes.output_size(len(x), len(w), stride=S, dilation=D)


@family.part(lambda correlation: entries(correlation), marks=2)
def correlation(x, w, S, D):
    return conv.correlate(x, w, stride=S, dilation=D)


@family.part(lambda convolution: entries(convolution), marks=2, levels=["medium", "hard"])
def convolution(x, w, S, D):
    return conv.correlate(x, conv.flip(w), stride=S, dilation=D)


@family.part(lambda filters: Choices(tuple(f"${vector(v)}$" for v in filters)), levels=["easy"])
def agree(filters):
    return chosen(filters, lambda v: v == conv.flip(v))


def chosen(filters, test):
    return frozenset(i for i, v in enumerate(filters) if test(v))


@family.part(lambda same: entries(same), marks=2, levels=["medium"])
def same(x, w):
    return conv.correlate(conv.padded(x, len(w) // 2, len(w) // 2), w)


@family.part(Integer(), levels=["medium"])
def full_length(x, w):
    return sizes.full_size(len(x), len(w))


@family.part(Array(shape=(2,)), marks=2, levels=["hard"])
def unknown_filter(x, y):
    return conv.find_filter(x[:3], y)


@length.mistake("dilation ignored", "The dilated filter spans D(F - 1) + 1 entries.")
def _(x, w, S):
    return sizes.output_size(len(x), len(w), stride=S)


@length.mistake("stride ignored", "Windows start S entries apart.")
def _(x, w, D):
    return sizes.output_size(len(x), len(w), dilation=D)


@length.mistake("forgot the + 1", "There is one more window than there are steps: add 1.")
def _(length):
    return length - 1


@correlation.mistake(
    "flipped the filter", "That is the convolution; cross-correlation does not flip."
)
def _(x, w, S, D):
    return conv.correlate(x, conv.flip(w), stride=S, dilation=D)


@correlation.mistake("padded with zeros", "Use only windows that lie on the signal, without zeros.")
def _(x, w, S, D):
    return conv.correlate(conv.padded(x, 1, 1), w, stride=S, dilation=D)


@correlation.mistake("every overlap counted", "Use only windows that lie on the signal entirely.")
def _(x, w, S, D):
    return conv.correlate(conv.padded(x, 2, 2), w, stride=S, dilation=D)


@correlation.mistake("lost the signs", "Mind the minus signs of the filter.")
def _(x, w, S, D):
    return conv.correlate(x, [abs(w_j) for w_j in w], stride=S, dilation=D)


@correlation.mistake("stride ignored", "Windows start S entries apart.")
def _(x, w, D):
    return conv.correlate(x, w, dilation=D)


@correlation.mistake("dilation ignored", "The entries of the filter lie D entries apart.")
def _(x, w, S):
    return conv.correlate(x, w, stride=S)


@convolution.mistake("did not flip the filter", "Convolution flips the filter before it slides.")
def _(correlation):
    return correlation


@convolution.mistake("flipped the answer", "Flip the filter, not the result.")
def _(correlation):
    return correlation[::-1]


@convolution.mistake("lost the signs", "Mind the minus signs of the filter.")
def _(x, w, S, D):
    return conv.correlate(x, [abs(w_j) for w_j in conv.flip(w)], stride=S, dilation=D)


@agree.mistake("up to the sign", "Flipping must leave the signs as they are.")
def _(filters):
    return chosen(filters, lambda v: abs(v[0]) == abs(v[2]))


@agree.mistake("opposite ends", "These change their sign when they are flipped, at the ends.")
def _(filters):
    return chosen(filters, lambda v: v[0] == -v[2])


@agree.mistake("the others", "Those are the filters that flipping changes.")
def _(filters):
    return chosen(filters, lambda v: v != conv.flip(v))


@same.mistake("all zeros on the left", "Put one zero on each side.")
def _(x, w):
    return conv.correlate(conv.padded(x, 2, 0), w)


@same.mistake("all zeros on the right", "Put one zero on each side.")
def _(x, w):
    return conv.correlate(conv.padded(x, 0, 2), w)


@same.mistake("not padded", "With the zeros there are as many outputs as inputs.")
def _(correlation):
    return correlation


@same.mistake("flipped the filter", "This is the convolution; cross-correlation does not flip.")
def _(x, w):
    return conv.correlate(conv.padded(x, 1, 1), conv.flip(w))


@full_length.mistake("only whole windows", "Here one entry of overlap is enough.")
def _(correlation):
    return len(correlation)


@full_length.mistake("as long as the signal", "The filter also stands partly over both ends.")
def _(x):
    return len(x)


@full_length.mistake("one too many", "At the ends at least one entry must overlap.")
def _(full_length):
    return full_length + 1


@unknown_filter.mistake("back to front", "The first entry of the filter meets the earlier entry.")
def _(unknown_filter):
    return unknown_filter[::-1]


def spread(w, D):
    """The filter with D - 1 zeros between its entries."""
    return np.insert(np.array(w), np.repeat([1, 2], D - 1), 0)


@length.witness
def _(x, w, S, D):
    return len(windows(len(x), len(w), stride=S, dilation=D))


@correlation.witness
def _(x, w, S, D):
    return np.correlate(x, spread(w, D), "valid")[::S]


@convolution.witness
def _(x, w, S, D):
    return np.convolve(x, spread(w, D), "valid")[::S]


@agree.witness
def _(filters):
    def same(v):
        return all(np.array_equal(np.convolve(e, v), np.correlate(e, v, "full")) for e in np.eye(5))

    return frozenset(i for i, v in enumerate(filters) if same(v))


@same.witness
def _(x, w):
    return np.correlate(x, w, "same")


@full_length.witness
def _(x, w):
    return np.convolve(x, w).size


@unknown_filter.witness
def _(x, y):
    return np.linalg.solve(np.array(x)[windows(3, 2)], y)


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
