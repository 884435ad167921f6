"""Parameters of a convolutional layer.

Trap: a depth of 3 whatever the input, no biases or one for all, multiplying by the positions.
Reference: LeCun et al. (1998), section II.B; Ioffe and Szegedy (2015), section 3.2.
Source: S0-93, S1-121, S1-127, S1-132, S1-134, S1-137, S3-19.
"""

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import counts

family = Family(version=2, conventions=["shapes are written height × width × depth"])


@family.sample
def sample(draw):
    network = {
        "F2": draw.choice([3, 5, 7]),
        "K2": draw.choice([16, 32, 48]),
        "G": draw.choice([2, 4, 8]),
    }
    return {
        "n": draw.integer(*draw.by_level((16, 96), (16, 64), (28, 96))),
        "C": draw.by_level(
            draw.choice([1, 3]), draw.choice([6, 8, 12, 16, 32]), draw.choice([6, 8, 12, 16, 24])
        ),
        "F": draw.choice(draw.by_level([3, 4, 5, 7], [3, 4, 5, 7], [3, 5, 7])),
        "K": draw.by_level(draw.integer(4, 32), draw.integer(8, 64), draw.choice([8, 16, 24, 32])),
        "bias": draw.by_level("one bias", "one bias", "no bias"),
    } | draw.by_level({}, {}, network)


@family.derive
def biased(bias):
    return bias == "one bias"


@family.run
def built(F, C, K, bias):
    return engine.Conv2d(C, K, F, bias=bias == "one bias")


@family.run
def divided(F2, K, K2, G):
    return engine.Conv2d(K, K2, F2, groups=G)


@family.part(Integer())
def per_filter(F, C, biased):
    return counts.filter_parameters(F, C, bias=biased)


per_filter.slips = rows(
    ("bias left out", "Every filter adds one bias to its sum.",
     lambda F, C, biased: F * F * C if biased else None),
    ("bias counted", "The question says that these filters have no bias.",
     lambda F, C, biased: None if biased else F * F * C + 1),
    ("depth left out", "A filter spans all channels of its input.",
     lambda F, biased: F * F + biased),
    ("always a depth of 3", "A depth of 3 is that of a colour image; look at the input.",
     lambda F, biased: 3 * F * F + biased),
    ("a bias per input channel", "The channels are summed first: one bias is added.",
     lambda F, C, biased: F * F * C + C if biased else None),
    ("side not squared", "A filter of size F has F times F pixels.",
     lambda F, C, biased: F * C + biased),
    ("sizes added", "Height, width and depth are multiplied.",
     lambda F, C, biased: 2 * F + C + biased),
)  # fmt: skip
per_filter.witness(lambda built: built.weight[0].numel() + (built.bias is not None))


@family.part(Integer())
def layer(per_filter, K):
    return per_filter * K


layer.slips = rows(
    ("one bias for all filters", "Every filter has a bias of its own.",
     lambda F, C, K, biased: F * F * C * K + 1 if biased else None),
    ("times the positions", "The same filter is used at every position: count it once.",
     lambda layer, n, F: layer * (n - F + 1) ** 2),
    ("times the channels again", "The filter's channels have been counted already.",
     lambda layer, C: layer * C),
    ("one filter", "The layer has K filters.", lambda per_filter: per_filter),
    ("biases left out", "Every filter adds one bias to its sum.",
     lambda F, C, K, biased: F * F * C * K if biased else None),
)  # fmt: skip
layer.witness(lambda built: engine.count_parameters(built))


@family.part(Real(digits=3), levels=["medium"])
def bias_share(K, layer):
    return counts.bias_share(K, layer)


bias_share.slips = rows(
    ("compared with the weights", "Divide by all parameters, the biases among them.",
     lambda K, layer: rational(K, layer - K)),
    ("one bias for all filters", "Every filter has a bias of its own.",
     lambda layer: rational(1, layer)),
    ("the weights' share", "The biases' share is asked for.", lambda bias_share: 1 - bias_share),
    ("upside down", "Divide the biases by all parameters.", lambda bias_share: 1 / bias_share),
)  # fmt: skip
bias_share.witness(lambda built: built.bias.numel() / engine.count_parameters(built))


@family.part(Integer(), levels=["hard"])
def normalization(K):
    return counts.batchnorm_parameters(K)


normalization.slips = rows(
    ("running statistics counted", "Means and variances are measured, not learned.",
     lambda K: 4 * K),
    ("one pair for all channels", "Every channel has a scale and a shift of its own.", lambda: 2),
    ("a pair per position", "All positions of a channel share one pair.",
     lambda normalization, n, F: normalization * (n - F + 1) ** 2),
)  # fmt: skip
normalization.witness(lambda K: engine.count_parameters(engine.BatchNorm2d(K)))


@family.part(Integer(), levels=["hard"], marks=2)
def grouped(F2, K, K2, G):
    return counts.conv_parameters(F2, K, K2, groups=G)


grouped.slips = rows(
    ("groups ignored", "A filter reads only the channels of its group.",
     lambda F2, K, K2: counts.conv_parameters(F2, K, K2)),
    ("filters divided too", "All filters are there; only their depth is divided.",
     lambda grouped, G: grouped // G),
    ("biases left out", "Every filter has one bias, too.", lambda grouped, K2: grouped - K2),
)  # fmt: skip
grouped.witness(lambda divided: engine.count_parameters(divided))


@family.part(Integer(), levels=["hard"])
def total(layer, normalization, grouped):
    return layer + normalization + grouped


total.slips = rows(
    ("normalisation left out", "Its scales and shifts are learned, too.",
     lambda layer, grouped: layer + grouped),
)  # fmt: skip


@total.witness
def _(built, K, divided):
    return engine.count_parameters(engine.Sequential(built, engine.BatchNorm2d(K), divided))
