"""Multiply-adds and operations of convolutional layers.

Trap: taking the input's size for the output's, one filter only, operations for multiply-adds.
Reference: He et al. (2016), figure 5; Howard et al. (2017), section 3.1.
Source: S1-133.
"""

from functools import lru_cache

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import costs, counts, sizes

family = Family(
    conventions=[
        "{% if P %}a padding of $P$ adds $P$ rows or columns of zeros on every side{% endif %}",
        "a multiply-add is one multiplication and one addition, so two operations",
        "biases and activations are not counted"
        "{% if P %}, but multiply-adds with zeros of the padding are{% endif %}",
    ]
)


@family.sample
def sample(draw):
    S = draw.by_level(1, draw.integer(1, 2), draw.integer(1, 2))
    F = draw.choice(draw.by_level([3, 5, 7], [3, 5, 7], [3, 5, 7]))
    layer = {
        "n": draw.integer(*draw.by_level((12, 64), (16, 96), (28, 112))),
        "C": draw.choice([2, 3, 4, 6, 8, 12, 16, 24, 32]),
        "F": F,
        "K": draw.integer(4, 64),
        "S": S,
        "P": draw.by_level(0, draw.integer(0, F // 2), draw.integer(1, F // 2)),
    }
    narrow = draw.choice([8, 12, 16, 24, 32, 48, 64])
    further = {
        "units": draw.choice([10, 20, 50, 64, 100, 128]),
        "side": draw.choice([7, 8, 14, 16, 28, 32, 56]),
        "wide": draw.choice([times * narrow // 2 for times in range(4, 13)]),
        "narrow": narrow,
    }
    return layer | draw.by_level({}, {}, further)


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
)  # fmt: skip
multiply_adds.witness(lambda n, C, F, K, S, P: worked(n, F, C, K, S, P))


@family.part(Integer())
def operations(multiply_adds):
    return costs.operations(multiply_adds)


operations.slips = rows(
    ("multiply-adds", "Each multiply-add is two operations.", lambda multiply_adds: multiply_adds),
    ("squared", "Each multiply-add is two operations.", lambda multiply_adds: multiply_adds**2),
    ("halved", "Each multiply-add is two operations.", lambda multiply_adds: multiply_adds // 2),
)  # fmt: skip


@operations.witness
def _(n, C, F, K, S, P):
    multiplications = additions = worked(n, F, C, K, S, P)
    return multiplications + additions


@family.part(Real(digits=4), levels=["medium"])
def per_parameter(multiply_adds, F, C, K):
    return rational(multiply_adds, counts.conv_parameters(F, C, K, bias=False))


per_parameter.slips = rows(
    ("upside down", "Divide the multiply-adds by the weights.",
     lambda per_parameter: 1 / per_parameter),
    ("one filter only", "Divide by the weights of all filters.",
     lambda per_parameter, K: per_parameter * K),
    ("size of the input", "A weight is used once for each entry of a map.", lambda n: n * n),
)  # fmt: skip


@per_parameter.witness
def _(n, F, S, P):
    """How often each weight is used: once for each window."""
    return reads(n, F, S, P)[1]


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
dense.witness(
    lambda n, F, K, S, P, units: np.broadcast_to(0.0, (units, K, reads(n, F, S, P)[1])).size
)


@family.part(Integer(), marks=2, levels=["hard"])
def bottleneck(side, wide, narrow):
    return costs.bottleneck_multiply_adds(side, wide, narrow)


bottleneck.slips = rows(
    ("3 x 3 alone", "The two 1 x 1 convolutions cost something, too.",
     lambda side, narrow: costs.multiply_adds(side, side, 3, narrow, narrow)),
    ("one 1 x 1 convolution",
     "There is one before and one after.",
     lambda side, wide, narrow, bottleneck: bottleneck - costs.multiply_adds(side, side, 1, wide, narrow)),
    ("positions left out", "These numbers are needed at every pixel.",
     lambda side, bottleneck: bottleneck // (side * side)),
    ("wide channels throughout",
     "The 3 x 3 convolution works on the narrow channels.",
     lambda side, wide, narrow: 2 * costs.multiply_adds(side, side, 1, wide, narrow) + costs.multiply_adds( side, side, 3, wide, wide )),
)  # fmt: skip
bottleneck.witness(lambda side, wide, narrow: around(side, wide, narrow))


@family.part(Real(digits=4), marks=2, levels=["hard"])
def saved(side, wide, bottleneck):
    return costs.saving(bottleneck, costs.multiply_adds(side, side, 3, wide, wide))


def compared_with_the_narrow_one(side, narrow, bottleneck):
    plain = costs.multiply_adds(side, side, 3, narrow, narrow)
    return 1 - rational(bottleneck, plain)


saved.slips = rows(
    ("share that is left", "The question asks for the share that is saved.",
     lambda saved: 1 - saved),
    ("compared with the narrow one", "The plain convolution has wide channels.",
     compared_with_the_narrow_one),
)  # fmt: skip


@saved.witness
def _(side, wide, narrow):
    plain = np.broadcast_to(0.0, (wide, wide, 3, 3, side, side)).size
    return (plain - around(side, wide, narrow)) / plain


@lru_cache(maxsize=512)
def reads(n, F, S=1, P=0):
    """Multiplications of one kernel that visits all its windows in one channel, and the windows."""
    along = windows(n, F, stride=S, padding=P)
    lines = np.full(len(along), along.shape[1])
    return int(np.multiply.outer(lines, lines).sum()), len(along) ** 2


def worked(n, F, C, K, S=1, P=0):
    """Multiplications, filter by filter and channel by channel."""
    once, _places = reads(n, F, S, P)
    return sum(once for _filter in range(K) for _channel in range(C))


def around(side, wide, narrow):
    """The matrices that every pixel of a bottleneck is multiplied with."""
    shapes = [(narrow, wide), (narrow, narrow, 3, 3), (wide, narrow)]
    return sum(np.broadcast_to(0.0, (*shape, side, side)).size for shape in shapes)


@family.working
def _(n, F, S, P):
    return {"out": sizes.output_size(n, F, stride=S, padding=P)}
