"""Grouped and depthwise separable convolution.

Trap: dividing the filters by the groups too, forgetting the pointwise half, one bias for all.
Reference: Krizhevsky, Sutskever and Hinton (2012), section 3.5; Howard et al. (2017), section 3.1.
Source: S3-19.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, filters
from partialcredit.solvers import costs, counts, letters

family = Family(
    version=3,
    conventions=[
        "with $G$ groups the input channels and the filters are divided into $G$ equal parts, and "
        "a filter reads the channels of its part only",
        "{{ 'biases are not counted' if not bias else 'every filter has one bias' }}",
    ],
    hidden=["bias"],
)


@family.sample
def sample(draw):
    G = draw.choice([2, 3, 4, 6, 8])
    return {
        "C": G * draw.integer(2, 40),
        "K": G * draw.integer(3, 40),
        "F": draw.choice([3, 5, 7]),
        "G": G,
        "bias": draw.by_level(1, 0, 0),  # without biases the ratio of the easy level is G
    } | draw.by_level({}, {}, {"side": draw.integer(5, 20)})


@family.condition
def _(C, K):
    return C != K


@family.run
def together(C, K, G):
    """How many pairs of a filter and a channel belong to the same part."""
    return int(np.equal.outer(np.arange(K) * G // K, np.arange(C) * G // C).sum())


@family.run
def whole(C, K, F, bias):
    return filters(F, C, K, bias=bias)


@family.run
def divided(together, K, F, bias):
    return entries(together, F, F) + bias * entries(K)


@family.run
def channelwise(C, F):
    """A filter and a channel for every part."""
    return entries(int(np.equal.outer(np.arange(C), np.arange(C)).sum()), F, F)


@family.part(Integer())
def plain(C, K, F, bias):
    return counts.conv_parameters(F, C, K, bias=bias)


plain.slips = rows(
    ("one filter only", "Each filter has weights of its own.", lambda plain, K: plain // K),
    ("one channel", "Without groups a filter reads all channels.",
     lambda K, F, bias: counts.conv_parameters(F, 1, K, bias=bias)),
    ("biases", "Mind whether biases are counted.",
     lambda C, K, F, bias: counts.conv_parameters(F, C, K, bias=not bias)),
    ("channels squared", "The output has K channels, not C.",
     lambda C, F, bias: counts.conv_parameters(F, C, C, bias=bias)),
)  # fmt: skip
plain.witness(lambda whole: whole)


@family.part(Integer())
def grouped(C, K, F, G, bias):
    return counts.conv_parameters(F, C, K, bias=bias, groups=G)


grouped.slips = rows(
    ("groups ignored", "A filter reads only the channels of its part.", lambda plain: plain),
    ("filters divided too", "All filters are there; only their depth is divided.",
     lambda C, K, F, G, bias: counts.conv_parameters(F, C // G, K // G, bias=bias)),
    ("depthwise", "There a filter reads one channel; here it reads all of its part.",
     lambda C, F, bias: counts.conv_parameters(F, C, C, bias=bias, groups=C)),
    ("multiplied by the groups", "Smaller filters have fewer weights.",
     lambda grouped, G: grouped * G),
    ("multiplied instead of divided", "Each filter reads C / G channels only.",
     lambda plain, G: plain * G),
)  # fmt: skip
grouped.witness(lambda divided: divided)


@family.part(Real(digits=3), levels=["easy"])
def ratio(plain, grouped):
    return rational(plain, grouped)


ratio.slips = rows(
    ("upside down", "Divide the larger number by the smaller one.", lambda ratio: 1 / ratio),
    ("groups squared", "Only the depth of the filters is divided.", lambda G: G * G),
)  # fmt: skip
ratio.witness(lambda whole, divided: whole / divided)


@family.part(Integer(), levels=["hard"])
def multiply_adds(C, K, F, G, side):
    return costs.multiply_adds(side, side, F, C, K, G)


multiply_adds.slips = rows(
    ("groups ignored", "A filter reads only the channels of its part.",
     lambda multiply_adds, G: multiply_adds * G),
    ("groups counted twice", "All filters are there; only their depth is divided.",
     lambda multiply_adds, G: multiply_adds // G),
    ("parameters", "The weights are used again at every pixel.", lambda grouped: grouped),
)  # fmt: skip
# every filter's window at every pixel
multiply_adds.witness(lambda together, F, side: entries(side, side, together, F, F))


@family.part(Integer(), levels=["medium", "hard"])
def depthwise(C, F):
    return counts.conv_parameters(F, C, C, bias=False, groups=C)


depthwise.slips = rows(
    ("all channels", "Each of these filters reads one channel only.",
     lambda C, F: counts.conv_parameters(F, C, C, bias=False)),
    ("one filter", "There is one filter for each channel.", lambda F: F * F),
    ("a filter per output channel", "There are as many filters as input channels.",
     lambda K, F: F * F * K),
)  # fmt: skip
depthwise.witness(lambda channelwise: channelwise)


@family.part(Integer(), levels=["medium", "hard"], after="depthwise")
def separable(C, K, depthwise):
    return depthwise + counts.conv_parameters(1, C, K, bias=False)


separable.slips = rows(
    ("pointwise part left out", "Add the weights of the 1 x 1 convolution.",
     lambda depthwise: depthwise),
    ("depthwise part left out", "Add the weights of the depthwise convolution.",
     lambda C, K: C * K),
    ("multiplied", "The two layers' weights are added.", lambda depthwise, C, K: depthwise * C * K),
    ("added to the plain one", "The depthwise part replaces the plain one.",
     lambda plain, C, K: plain + C * K),
)  # fmt: skip
separable.witness(lambda channelwise, C, K: channelwise + entries(K, C, 1, 1))


@family.part(Real(digits=3), levels=["medium", "hard"], after="separable")
def separable_ratio(plain, separable):
    return rational(separable, plain)


separable_ratio.slips = rows(
    ("upside down", "Divide the separable layers' weights by the plain layer's.",
     lambda separable_ratio: 1 / separable_ratio),
    ("what is saved", "The share that remains is asked for.",
     lambda separable_ratio: 1 - separable_ratio),
)  # fmt: skip
separable_ratio.witness(lambda C, K, F: (entries(C, F, F) + entries(K, C)) / entries(K, C, F, F))


@family.part(
    Expression(symbols={"K": "positive integer", "F": "positive integer"}),
    marks=2,
    levels=["hard"],
    after="separable_ratio",
)
def formula():
    return letters.formula(costs.depthwise_ratio)


formula.slips = rows(
    ("depthwise part only", "The 1 x 1 convolution adds 1/F².",
     lambda: letters.formula(lambda K: K**-1)),
    ("pointwise part only", "The depthwise convolution adds 1/K.",
     lambda: letters.formula(lambda F: F**-2)),
    ("multiplied", "The costs of both layers are added.",
     lambda: letters.formula(lambda K, F: K**-1 * F**-2)),
)  # fmt: skip


@formula.witness
def _(point):
    """Count for 12 channels on a map of 5 x 5 pixels."""
    K, F = point["K"], point["F"]
    return (entries(5, 5, 12, F, F) + entries(5, 5, K, 12)) / entries(5, 5, K, 12, F, F)


@family.working
def _(C, G):
    return {"depth": C // G}
