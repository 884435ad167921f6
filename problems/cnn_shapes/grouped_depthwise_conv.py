"""Grouped and depthwise separable convolution.

Trap: dividing the filters by the groups too, forgetting the pointwise half, one bias for all.
Reference: Krizhevsky, Sutskever and Hinton (2012), section 3.5; Howard et al. (2017), section 3.1.
Source: S3-19.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Expression, Integer, Real
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


@family.part(Integer())
def grouped(C, K, F, G, bias):
    return counts.conv_parameters(F, C, K, bias=bias > 0, groups=G)


@family.part(Real(digits=4), levels=["easy"])
def ratio(plain, grouped):
    return Fraction(plain, grouped)


@family.part(Integer(), levels=["hard"])
def multiply_adds(C, K, F, G, side):
    return costs.multiply_adds(side, side, F, C, K, G)


@family.part(Integer(), levels=["medium", "hard"])
def depthwise(C, F):
    return counts.conv_parameters(F, C, C, bias=False, groups=C)


@family.part(Integer(), levels=["medium", "hard"])
def separable(C, K, depthwise):
    return depthwise + counts.conv_parameters(1, C, K, bias=False)


@family.part(Real(digits=4), levels=["medium", "hard"])
def separable_ratio(plain, separable):
    return Fraction(separable, plain)


@family.part(
    Expression(symbols={"K": "positive integer", "F": "positive integer"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(costs.depthwise_ratio)


@plain.mistake("one filter only", "Each filter has weights of its own.")
def _(plain, K):
    return plain // K


@plain.mistake("one channel", "Without groups a filter reads all channels.")
def _(K, F, bias):
    return counts.conv_parameters(F, 1, K, bias=bias > 0)


@plain.mistake("biases", "Mind whether biases are counted.")
def _(C, K, F, bias):
    return counts.conv_parameters(F, C, K, bias=not bias)


@plain.mistake("channels squared", "The output has K channels, not C.")
def _(C, F, bias):
    return counts.conv_parameters(F, C, C, bias=bias > 0)


@grouped.mistake("groups ignored", "A filter reads only the channels of its part.")
def _(plain):
    return plain


@grouped.mistake("filters divided too", "All filters are there; only their depth is divided.")
def _(C, K, F, G, bias):
    return counts.conv_parameters(F, C // G, K // G, bias=bias > 0)


@grouped.mistake("depthwise", "There a filter reads one channel; here it reads all of its part.")
def _(C, F, bias):
    return counts.conv_parameters(F, C, C, bias=bias > 0, groups=C)


@grouped.mistake("multiplied by the groups", "Smaller filters have fewer weights.")
def _(grouped, G):
    return grouped * G


@depthwise.mistake("all channels", "Each of these filters reads one channel only.")
def _(C, F):
    return counts.conv_parameters(F, C, C, bias=False)


@depthwise.mistake("one filter", "There is one filter for each channel.")
def _(F):
    return F * F


@depthwise.mistake("a filter per output channel", "There are as many filters as input channels.")
def _(K, F):
    return F * F * K


@separable.mistake("pointwise part left out", "Add the weights of the 1 x 1 convolution.")
def _(depthwise):
    return depthwise


@separable.mistake("depthwise part left out", "Add the weights of the depthwise convolution.")
def _(C, K):
    return C * K


@separable.mistake("multiplied", "The two layers' weights are added.")
def _(depthwise, C, K):
    return depthwise * C * K


@ratio.mistake("upside down", "Divide the larger number by the smaller one.")
def _(ratio):
    return 1 / ratio


@ratio.mistake("groups squared", "Only the depth of the filters is divided.")
def _(G):
    return G * G


@multiply_adds.mistake("groups ignored", "A filter reads only the channels of its part.")
def _(multiply_adds, G):
    return multiply_adds * G


@multiply_adds.mistake(
    "groups counted twice", "All filters are there; only their depth is divided."
)
def _(multiply_adds, G):
    return multiply_adds // G


@multiply_adds.mistake("parameters", "The weights are used again at every pixel.")
def _(grouped):
    return grouped


@separable_ratio.mistake(
    "upside down", "Divide the separable layers' weights by the plain layer's."
)
def _(separable_ratio):
    return 1 / separable_ratio


@separable_ratio.mistake("pointwise part only", "Count the depthwise convolution as well.")
def _(C, K, plain):
    return Fraction(C * K, plain)


@separable_ratio.mistake("depthwise part only", "Count the 1 x 1 convolution as well.")
def _(depthwise, plain):
    return Fraction(depthwise, plain)


def depthwise_only(K):
    return K**-1


def pointwise_only(F):
    return F**-2


def product_of_both(K, F):
    return K**-1 * F**-2


@formula.mistake("depthwise part only", "The 1 x 1 convolution adds 1/F².")
def _():
    return letters.formula(depthwise_only)


@formula.mistake("pointwise part only", "The depthwise convolution adds 1/K.")
def _():
    return letters.formula(pointwise_only)


@formula.mistake("multiplied", "The costs of both layers are added.")
def _():
    return letters.formula(product_of_both)


def weights(shape):
    """An array of this shape that takes no memory."""
    return np.broadcast_to(0.0, shape)


def biases(K, bias):
    return np.zeros(K).size if bias else 0


@plain.witness
def _(C, K, F, bias):
    return weights((K, C, F, F)).size + biases(K, bias)


@lru_cache(maxsize=64)
def pairs(C, K, G):
    """How many pairs of a filter and a channel belong to the same part."""
    return int(np.equal.outer(np.arange(K) * G // K, np.arange(C) * G // C).sum())


@grouped.witness
def _(C, K, F, G, bias):
    return weights((pairs(C, K, G), F, F)).size + biases(K, bias)


@depthwise.witness
def _(C, F):
    """A filter and a channel for every part."""
    return weights((pairs(C, C, C), F, F)).size


@separable.witness
def _(C, K, F):
    return weights((pairs(C, C, C), F, F)).size + weights((K, C, 1, 1)).size


@ratio.witness
def _(C, K, F, G, bias):
    whole = weights((K, C, F, F)).size + biases(K, bias)
    return whole / (weights((pairs(C, K, G), F, F)).size + biases(K, bias))


@multiply_adds.witness
def _(C, K, F, G, side):
    """Group by group: every filter's window at every pixel."""
    return sum(weights((side, side, K // G, C // G, F, F)).size for _group in range(G))


@separable_ratio.witness
def _(C, K, F):
    small = weights((C, F, F)).size + weights((K, C)).size
    return small / weights((K, C, F, F)).size


@formula.witness
def _(point):
    """Count for 12 channels on a map of 5 x 5 pixels."""
    K, F = point["K"], point["F"]
    both = weights((5, 5, 12, F, F)).size + weights((5, 5, K, 12)).size
    return both / weights((5, 5, K, 12, F, F)).size


@family.working
def _(C, G):
    return {"depth": C // G}
