"""Multiply-adds and operations of convolutional layers.

Trap: taking the input's size for the output's, one filter only, operations for multiply-adds.
Reference: He et al. (2016), figure 5; Howard et al. (2017), section 3.1.
Source: S1-133.
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, slid
from partialcredit.solvers import costs, counts, sizes

family = Family(
    version=3,
    conventions=[
        "{% if P %}a padding of $P$ adds $P$ rows or columns of zeros on every side{% endif %}",
        "a multiply-add is one multiplication and one addition, so two operations",
        "biases and activations are not counted"
        "{% if P %}, but multiply-adds with zeros of the padding are{% endif %}",
    ],
)


@family.sample
def sample(draw):
    S = draw.by_level(1, draw.integer(1, 2), draw.integer(1, 2))
    F = draw.choice(draw.by_level([3, 5, 7], [3, 5, 7], [3, 5, 7]))
    layer = {
        "n": draw.integer(*draw.by_level((8, 24), (12, 32), (12, 32))),
        "C": draw.integer(2, 8),
        "F": F,
        "K": draw.integer(2, 30),
        "S": S,
        "P": draw.by_level(0, draw.integer(0, F // 2), draw.integer(1, F // 2)),
    }
    narrow = draw.choice([4, 6, 8, 10, 12])
    further = {
        "units": draw.choice([2, 5, 10, 20, 50, 100]),
        "side": draw.choice([5, 6, 7, 8, 10, 12, 14]),
        "wide": draw.choice([times * narrow // 2 for times in range(4, 13)]),
        "narrow": narrow,
    }
    return layer | draw.by_level({}, {}, further)


@family.run
def places(n, F, S, P):
    """Windows along one axis of the input."""
    return slid(n, F, S, P)


@family.run
def around(side, wide, narrow):
    """The matrices that every pixel of a bottleneck is multiplied with."""
    shapes = [(narrow, wide), (narrow, narrow, 3, 3), (wide, narrow)]
    return sum(entries(*shape, side, side) for shape in shapes)


@family.part(Integer(), marks=2)
def multiply_adds(n, C, F, K, S, P):
    return costs.conv_multiply_adds(n, F, C, K, stride=S, padding=P)


multiply_adds.slips = rows(
    ("size of the input", "Each output costs F²C, so the output's size counts.",
     lambda n, C, F, K: costs.multiply_adds(n, n, F, C, K)),
    ("one filter only", "Every filter costs the same: multiply by their number.",
     lambda multiply_adds, K: multiply_adds // K),
    ("one channel", "A filter reads all channels of its input.",
     lambda multiply_adds, C: multiply_adds // C),
    ("parameters", "The weights are used again at every position.",
     lambda F, C, K: counts.conv_parameters(F, C, K, bias=False)),
    ("parameters with biases",
     "The weights are used again at every position; biases are added only.",
     lambda F, C, K: counts.conv_parameters(F, C, K)),
    ("operations", "A multiply-add counts once here.", lambda multiply_adds: 2 * multiply_adds),
    ("padding ignored", "The zeros belong to what the filter slides over.",
     lambda n, C, F, K, S, P:
         costs.conv_multiply_adds(n, F, C, K, stride=S, padding=0) if P else None),
    ("stride ignored", "Windows start S pixels apart.",
     lambda n, C, F, K, S, P:
         costs.conv_multiply_adds(n, F, C, K, stride=1, padding=P) if S > 1 else None),
    ("side not squared", "A filter of side F has F squared weights per channel.",
     lambda multiply_adds, F: multiply_adds // F),
)  # fmt: skip
multiply_adds.witness(lambda places, C, F, K: entries(K, C, places, places, F, F))


@family.part(Integer(), after="multiply_adds")
def operations(multiply_adds):
    return costs.operations(multiply_adds)


operations.slips = rows(
    ("multiply-adds", "Each multiply-add is two operations.", lambda multiply_adds: multiply_adds),
    ("squared", "Each multiply-add is two operations.", lambda multiply_adds: multiply_adds**2),
    ("halved", "Each multiply-add is two operations.", lambda multiply_adds: multiply_adds // 2),
)  # fmt: skip
# a multiplication and an addition each
operations.witness(lambda places, C, F, K: entries(2, K, C, places, places, F, F))


@family.part(Real(), levels=["medium"])
def per_parameter(multiply_adds, F, C, K):
    return rational(multiply_adds, counts.conv_parameters(F, C, K, bias=False))


per_parameter.slips = rows(
    ("upside down", "Divide the multiply-adds by the weights.",
     lambda per_parameter: 1 / per_parameter),
    ("one filter only", "Divide by the weights of all filters.",
     lambda per_parameter, K: per_parameter * K),
    ("biases counted", "Here a parameter is a weight: biases multiply nothing.",
     lambda multiply_adds, F, C, K: rational(multiply_adds, counts.conv_parameters(F, C, K))),
)  # fmt: skip
# how often each weight is used: once for each window
per_parameter.witness(lambda places: entries(places, places))


@family.part(Integer(), levels=["hard"])
def dense(n, F, K, S, P, units):
    side = sizes.output_size(n, F, stride=S, padding=P)
    return costs.dense_multiply_adds(side * side * K, units)


dense.slips = rows(
    ("one map only", "The layer reads all maps.", lambda dense, K: dense // K),
    ("size of the input", "It reads the maps, not the image.",
     lambda n, K, units: n * n * K * units),
    ("channels of the image", "There are as many maps as filters.",
     lambda dense, K, C: dense // K * C),
)  # fmt: skip
dense.witness(lambda places, K, units: entries(units, K, places, places))


@family.part(Integer(), marks=2, levels=["hard"])
def bottleneck(side, wide, narrow):
    return costs.bottleneck_multiply_adds(side, wide, narrow)


bottleneck.slips = rows(
    ("3 x 3 alone", "The two 1 x 1 convolutions cost something, too.",
     lambda side, narrow: costs.multiply_adds(side, side, 3, narrow, narrow)),
    ("one 1 x 1 convolution", "There is one before and one after.",
     lambda side, wide, narrow, bottleneck:
         bottleneck - costs.multiply_adds(side, side, 1, wide, narrow)),
    ("positions left out", "These numbers are needed at every pixel.",
     lambda side, bottleneck: bottleneck // (side * side)),
    ("wide channels throughout", "The 3 x 3 convolution works on the narrow channels.",
     lambda side, wide, narrow:
         2 * costs.multiply_adds(side, side, 1, wide, narrow)
         + costs.multiply_adds(side, side, 3, wide, wide)),
)  # fmt: skip
bottleneck.witness(lambda around: around)


@family.part(Real(digits=3), marks=2, levels=["hard"], after="bottleneck")
def saved(side, wide, bottleneck):
    return costs.saving(bottleneck, costs.multiply_adds(side, side, 3, wide, wide))


saved.slips = rows(
    ("share that is left", "The question asks for the share that is saved.",
     lambda saved: 1 - saved),
    ("compared with the narrow one", "The plain convolution has wide channels.",
     lambda side, narrow, bottleneck:
         costs.saving(bottleneck, costs.multiply_adds(side, side, 3, narrow, narrow))),
)  # fmt: skip
saved.witness(lambda around, side, wide: 1 - around / entries(wide, wide, 3, 3, side, side))


@family.working
def _(n, F, S, P):
    return {"out": sizes.output_size(n, F, stride=S, padding=P)}
