"""Grouped and depthwise separable convolution.

Trap: dividing the filters by the groups too, forgetting the pointwise half, one bias for all.
Reference: Krizhevsky, Sutskever and Hinton (2012), section 3.5; Howard et al. (2017), section 3.1.
Source: S3-19.
"""

from functools import lru_cache

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import costs, counts, letters

family = Family(
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
    } | draw.by_level({}, {}, {"side": draw.integer(7, 64)})


@family.condition
def _(C, K):
    return C != K


@family.part(Integer())
def plain(C, K, F, bias):
    return counts.conv_parameters(F, C, K, bias=bias > 0)


plain.slips = rows(
    ("one filter only", "Each filter has weights of its own.", lambda plain, K: plain // K),
    ("one channel", "Without groups a filter reads all channels.",
     lambda K, F, bias: counts.conv_parameters(F, 1, K, bias=bias > 0)),
    ("biases", "Mind whether biases are counted.",
     lambda C, K, F, bias: counts.conv_parameters(F, C, K, bias=not bias)),
    ("channels squared", "The output has K channels, not C.",
     lambda C, F, bias: counts.conv_parameters(F, C, C, bias=bias > 0)),
)  # fmt: skip
plain.witness(lambda C, K, F, bias: weights((K, C, F, F)).size + biases(K, bias))


@family.part(Integer())
def grouped(C, K, F, G, bias):
    return counts.conv_parameters(F, C, K, bias=bias > 0, groups=G)


grouped.slips = rows(
    ("groups ignored", "A filter reads only the channels of its part.", lambda plain: plain),
    ("filters divided too", "All filters are there; only their depth is divided.",
     lambda C, K, F, G, bias: counts.conv_parameters(F, C // G, K // G, bias=bias > 0)),
    ("depthwise", "There a filter reads one channel; here it reads all of its part.",
     lambda C, F, bias: counts.conv_parameters(F, C, C, bias=bias > 0, groups=C)),
    ("multiplied by the groups", "Smaller filters have fewer weights.",
     lambda grouped, G: grouped * G),
)  # fmt: skip
grouped.witness(lambda C, K, F, G, bias: weights((pairs(C, K, G), F, F)).size + biases(K, bias))


@family.part(Real(digits=4), levels=["easy"])
def ratio(plain, grouped):
    return rational(plain, grouped)


ratio.slips = rows(
    ("upside down", "Divide the larger number by the smaller one.", lambda ratio: 1 / ratio),
    ("groups squared", "Only the depth of the filters is divided.", lambda G: G * G),
)  # fmt: skip


@ratio.witness
def _(C, K, F, G, bias):
    whole = weights((K, C, F, F)).size + biases(K, bias)
    return whole / (weights((pairs(C, K, G), F, F)).size + biases(K, bias))


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


@multiply_adds.witness
def _(C, K, F, G, side):
    """Group by group: every filter's window at every pixel."""
    return sum(weights((side, side, K // G, C // G, F, F)).size for _group in range(G))


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


@depthwise.witness
def _(C, F):
    """A filter and a channel for every part."""
    return weights((pairs(C, C, C), F, F)).size


@family.part(Integer(), levels=["medium", "hard"])
def separable(C, K, depthwise):
    return depthwise + counts.conv_parameters(1, C, K, bias=False)


separable.slips = rows(
    ("pointwise part left out", "Add the weights of the 1 x 1 convolution.",
     lambda depthwise: depthwise),
    ("depthwise part left out", "Add the weights of the depthwise convolution.",
     lambda C, K: C * K),
    ("multiplied", "The two layers' weights are added.", lambda depthwise, C, K: depthwise * C * K),
)  # fmt: skip
separable.witness(lambda C, K, F: weights((pairs(C, C, C), F, F)).size + weights((K, C, 1, 1)).size)


@family.part(Real(digits=4), levels=["medium", "hard"])
def separable_ratio(plain, separable):
    return rational(separable, plain)


separable_ratio.slips = rows(
    ("upside down", "Divide the separable layers' weights by the plain layer's.",
     lambda separable_ratio: 1 / separable_ratio),
    ("pointwise part only", "Count the depthwise convolution as well.",
     lambda C, K, plain: rational(C * K, plain)),
    ("depthwise part only", "Count the 1 x 1 convolution as well.",
     lambda depthwise, plain: rational(depthwise, plain)),
)  # fmt: skip


@separable_ratio.witness
def _(C, K, F):
    small = weights((C, F, F)).size + weights((K, C)).size
    return small / weights((K, C, F, F)).size


@family.part(
    Expression(symbols={"K": "positive integer", "F": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(costs.depthwise_ratio)


formula.slips = rows(
    ("depthwise part only", "The 1 x 1 convolution adds 1/F².",
     lambda: letters.formula(depthwise_only)),
    ("pointwise part only", "The depthwise convolution adds 1/K.",
     lambda: letters.formula(pointwise_only)),
    ("multiplied", "The costs of both layers are added.", lambda: letters.formula(product_of_both)),
)  # fmt: skip


@formula.witness
def _(point):
    """Count for 12 channels on a map of 5 x 5 pixels."""
    K, F = point["K"], point["F"]
    both = weights((5, 5, 12, F, F)).size + weights((5, 5, K, 12)).size
    return both / weights((5, 5, K, 12, F, F)).size


def depthwise_only(K):
    return K**-1


def pointwise_only(F):
    return F**-2


def product_of_both(K, F):
    return K**-1 * F**-2


def weights(shape):
    """An array of this shape that takes no memory."""
    return np.broadcast_to(0.0, shape)


def biases(K, bias):
    return np.zeros(K).size if bias else 0


@lru_cache(maxsize=64)
def pairs(C, K, G):
    """How many pairs of a filter and a channel belong to the same part."""
    return int(np.equal.outer(np.arange(K) * G // K, np.arange(C) * G // C).sum())


@family.working
def _(C, G):
    return {"depth": C // G}
