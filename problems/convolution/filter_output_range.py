"""Range of the outputs of a filter.

Trap: taking the sum for both ends, ignoring negative weights, dividing without shifting.
Reference: Moore, Kearfott and Cloud (2009), "Introduction to Interval Analysis", section 2.3.
Source: S3-17, S4-33.
"""

from itertools import chain

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Interval, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span
from partialcredit.numbers.vectors import each
from partialcredit.solvers import kernels, letters

family = Family(
    version=2, conventions=["a pixel may have any value of its range, the ends included"]
)


@family.sample
def sample(draw):
    bounds, columns = draw.by_level((1, 9), (-6, 6), (-5, 5)), draw.by_level(2, 3, 3)
    floor = draw.by_level(draw.integer(0, 5), 0, draw.choice([-3, -2, -1, 1, 2]))
    kernel, low = draw.matrix(2, columns, *bounds), floor
    high = draw.by_level(
        floor + draw.integer(2, 20), draw.choice([1, 2, 10, 255]), floor + draw.integer(2, 6)
    )
    bias = draw.by_level(0, draw.nonzero(-9, 9), draw.nonzero(-9, 9))
    ends = kernels.output_range([*chain(*kernel)], low, high, bias)
    return {
        "kernel": kernel,
        "low": low,
        "high": high,
        "bias": bias,
        "y": draw.integer(ends[0] + 1, max(ends[0] + 1, ends[1] - 1)),
    }


@family.derive
def weights(kernel):
    return [*chain(*kernel)]


@family.run
def extremes(kernel, low, high, bias):
    """Least and greatest output over all corners of the pixels' range."""
    flat = np.array(kernel).ravel()
    found = (low + (high - low) * corners(flat.size)) @ flat + bias
    return int(found.min()), int(found.max())


@family.condition
def _(weights):
    return min(weights) > 0 or (min(weights) < 0 < max(weights) and abs(sum(weights)) > 1)


def span(weights, low, high, bias):
    return (Span(*kernels.output_range(weights, low, high, bias)),)


@family.part(Interval(), marks=2)
def outputs(weights, low, high, bias):
    return span(weights, low, high, bias)


def absolute_weights(weights, high, bias):
    total = sum(abs(weights)) * abs(high)
    return (Span(bias - total, bias + total),)


outputs.slips = rows(
    ("inputs' ends times the sum", "Negative weights take the other end of the range.",
     lambda weights, low, high, bias:
         (Span(*sorted(sum(weights) * end + bias for end in (low, high))),)),
    ("absolute weights", "Only the signed weights tell which end each pixel takes.",
     absolute_weights),
    ("divided by the number of weights", "The filter adds up; it takes no mean.",
     lambda weights, outputs:
         (Span(*each(rational, outputs[0][:2], len(weights))),)),
    ("bias left out", "The bias moves both ends.",
     lambda weights, low, high, bias: span(weights, low, high, 0) if bias else None),
    ("positive weights only", "Negative weights make the smallest output smaller.",
     lambda weights, low, high, bias: span(each(max, weights, 0), low, high, bias)),
    ("input up to 1", "The inputs reach up to the given end, not to 1.",
     lambda weights, bias: span(weights, 0, 1, bias)),
)  # fmt: skip
outputs.witness(lambda extremes: (Span(*extremes),))


@family.part(Integer(), after="outputs")
def width(outputs):
    return outputs[0].high - outputs[0].low


width.slips = rows(
    ("ends added", "Subtract the lower end from the upper end.",
     lambda outputs: outputs[0].low + outputs[0].high),
    ("upper end", "The lower end is not 0: subtract it.", lambda outputs: outputs[0].high),
    ("whole numbers counted", "The length is asked for; both ends belong to it once.",
     lambda width: width + 1),
    ("lower end", "The width is the upper end minus the lower one.",
     lambda outputs: -outputs[0].low),
)  # fmt: skip


@width.witness
def _(kernel, low, high):
    """How far apart two images can be at most."""
    flat = np.array(kernel).ravel()
    return int(np.ptp((low + (high - low) * corners(flat.size)) @ flat))


@family.part(Real(digits=3))
def scaled(y, outputs):
    return kernels.rescaled(rational(y), outputs[0].low, outputs[0].high)


scaled.slips = rows(
    ("not moved first", "Subtract the lower end before dividing.",
     lambda y, width: rational(y, width)),
    ("divided by the upper end", "Divide by the length of the range.",
     lambda y, outputs: rational(y - outputs[0].low, outputs[0].high) if outputs[0].high else None),
    ("moved the wrong way", "The lower end must become 0: subtract it.",
     lambda y, outputs, width: rational(y + outputs[0].low, width)),
    ("measured from above", "The lower end becomes 0 and the upper end 1.",
     lambda scaled: 1 - scaled),
)  # fmt: skip
scaled.witness(lambda extremes, y: straight(y, *extremes))


@family.part(
    Expression(symbols={"y": "real", "p": "positive", "n": "positive", "b": "real"}),
    marks=2,
    levels=["hard"],
)
def rescaling():
    return letters.formula(kernels.rescaled_unit)


rescaling.slips = rows(
    ("not moved first", "Subtract the lower end, b - n, before dividing.",
     lambda: letters.formula(lambda y, p, n: y / (p + n))),
    ("moved the wrong way", "The lower end, b - n, must become 0: subtract it.",
     lambda: letters.formula(lambda y, p, n, b: (y + b - n) / (p + n))),
    ("not divided", "The range is p + n long: divide by that.",
     lambda: letters.formula(lambda y, n, b: y - b + n)),
)  # fmt: skip


@rescaling.witness
def _(point):
    """One positive and one negative weight, at all corners of the pixels' range."""
    found = corners(2) @ [point["p"], -point["n"]] + point["b"]
    return straight(point["y"], found.min(), found.max())


def corners(count):
    """Every choice of an end for every pixel, as rows of 0 and 1."""
    return np.arange(2**count)[:, None] >> np.arange(count) & 1


def straight(y, least, greatest):
    """The line through (least, 0) and (greatest, 1), from two equations."""
    return np.polyval(np.polyfit([least, greatest], [0, 1], 1), y)


@family.working
def _(weights):
    return {
        "positive": sum(w for w in weights if w > 0),
        "negative": sum(w for w in weights if w < 0),
    }
