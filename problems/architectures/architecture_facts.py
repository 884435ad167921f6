"""Which network is which, how deep and how large.

Trap: AlexNet deeper than VGG, GoogLeNet with the most parameters, depth taken for size.
Reference: Russakovsky et al. (2015), "ImageNet large scale visual recognition challenge"; He et al.
(2016), Table 1.
Source: S0-07, S1-134, S1-138, S1-139, S1-141, S1-142, S1-143, S1-144, S3-23.
"""

from functools import cache
from itertools import pairwise

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Integer, Order, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, filters, units
from partialcredit.problems.architectures._facts import CHALLENGES, FACTS, KNOWN_FOR, NETWORKS
from partialcredit.solvers import effects, published

family = Family(
    version=3,
    conventions=[
        "{% if level != 'easy' %}parameters are weights, biases and the scales and shifts of batch "
        "normalisation; AlexNet is counted with its two groups and GoogLeNet without its auxiliary "
        "classifiers{% endif %}",
        "{% if level == 'medium' %}depth is the number of layers with weights on the longest path "
        "from input to output{% endif %}",
    ],
    hidden=["fact", "years"],
)

NAMED = ("LeNet-5", "AlexNet", "ZFNet", "VGG-16", "GoogLeNet", "ResNet-50")

#: those whose number of parameters is published
LARGE = [name for name in NETWORKS if name not in ("LeNet-5", "ZFNet")]

NOTHING = {"fact": 0, "options": (), "entered": "", "years": (), "sized": (), "deep": (),
           "network": "", "classes": 0, "other": ""}  # fmt: skip


@family.sample
def sample(draw):
    network, other = draw.sample(LARGE, 2)
    task = NOTHING | {"network": network, "classes": draw.integer(2, 500)}
    if draw.level == "easy":
        fact = draw.integer(0, len(FACTS) - 1)
        others = [name for name in NAMED if name != FACTS[fact].network]
        entered = draw.choice(CHALLENGES[draw.choice(list(CHALLENGES))])
        when = NETWORKS[entered].year
        # the right year is as often an early one of the four as a late one
        before = draw.integer(max(0, when - 2014), min(3, when - 2010))
        wrong = [
            *draw.sample(range(2010, when), before),
            *draw.sample(range(when + 1, 2018), 3 - before),
        ]
        return task | {
            "fact": fact,
            "options": draw.shuffle([FACTS[fact].network, *draw.sample(others, 3)]),
            "entered": entered,
            "years": sorted([when, *wrong]),
        }
    if draw.level == "medium":
        sized = draw.sample(["LeNet-5", *LARGE], 4)
        return task | {"sized": sized, "deep": draw.sample(list(NETWORKS), 4)}
    return task | {"other": other}


@family.condition
def _(deep):
    """No two networks to be ranked are equally deep."""
    return len({NETWORKS[name].depth for name in deep}) == len(deep)


@family.condition
def _(sized, total):
    """The networks to be ranked differ by more than details."""
    sizes = sorted(total[name] for name in sized)
    return all(3 * small < 2 * large for small, large in pairwise(sizes))


@family.derive
def total(sized, deep, network, other):
    """The parameters of every network that is asked about."""
    return {name: added(name) for name in {*sized, *deep, network, other} - {""}}


@cache
def added(name):
    table = NETWORKS[name]
    return published.total(table.convolutions, table.dense, normalised=table.normalised)


@family.derive
def last(network):
    """What the last layer reads, and its units."""
    return NETWORKS[network].dense[-1] if network else ()


@family.part(lambda options: Choice(options), levels=["easy"])
def idea(fact, options):
    return options.index(FACTS[fact].network)


idea.slips = rows(
    ("another network", "This is not true of the network that you chose.",
     lambda idea: (idea + 1) % 4),
    ("a third network", "This is not true of the network that you chose.",
     lambda idea: (idea + 2) % 4),
)  # fmt: skip


@idea.witness
def _(fact, options):
    passing = [i for i, name in enumerate(options) if FACTS[fact].test(NETWORKS[name])]
    return passing[0] if len(passing) == 1 else passing


@family.part(lambda years: Choice(tuple(map(str, years))), levels=["easy"])
def year(entered, years):
    return years.index(NETWORKS[entered].year)


year.slips = rows(
    ("too late", "It took part before that.", lambda year: year + 1 if year < 3 else None),
    ("too early", "It took part after that.", lambda year: year - 1 if year > 0 else None),
)  # fmt: skip


@year.witness
def _(entered, years):
    (found,) = (i for i, year in enumerate(years) if entered in CHALLENGES.get(year, ()))
    return found


@family.part(Order(steps=4), levels=["medium"])
def by_parameters(sized, total):
    return effects.ranking([total[name] for name in sized])


def googlenet_largest(sized, total):
    if "GoogLeNet" not in sized:
        return None
    return effects.ranking([(name == "GoogLeNet", total[name]) for name in sized])


by_parameters.slips = rows(
    ("largest first", "The smallest comes first.", lambda by_parameters: by_parameters[::-1]),
    ("by depth", "A deep network with small filters and one small head is small.",
     lambda sized: effects.ranking([(NETWORKS[name].depth, i) for i, name in enumerate(sized)])),
    ("by year", "Later networks are often smaller.",
     lambda sized: effects.ranking([(NETWORKS[name].year, i) for i, name in enumerate(sized)])),
    ("GoogLeNet largest", "GoogLeNet has only about 7 million parameters.", googlenet_largest),
)  # fmt: skip
by_parameters.witness(lambda sized: tuple(sorted(range(4), key=lambda i: held(sized[i]))))


@family.part(Order(steps=4), levels=["medium"])
def by_depth(deep):
    return effects.ranking([NETWORKS[name].depth for name in deep])


def alexnet_deeper_than_vgg(deep):
    if "AlexNet" not in deep or not any(name.startswith("VGG") for name in deep):
        return None
    # 20 is deeper than VGG-19 and less deep than GoogLeNet
    return effects.ranking([20 if name == "AlexNet" else NETWORKS[name].depth for name in deep])


by_depth.slips = rows(
    ("AlexNet deeper than VGG", "AlexNet has 8 layers with weights, VGG 11 or more.",
     alexnet_deeper_than_vgg),
    ("deepest first", "The least deep comes first.", lambda by_depth: by_depth[::-1]),
    ("by parameters", "A network with fewer parameters may be deeper.",
     lambda deep, total: effects.ranking([total[name] for name in deep])),
)  # fmt: skip
by_depth.witness(lambda deep: tuple(sorted(range(4), key=lambda i: longest(deep[i]))))


@family.part(Integer())
def last_layer(last, classes):
    return (last[0] + 1) * classes


last_layer.slips = rows(
    ("biases left out", "Every unit has a bias, too.", lambda last, classes: last[0] * classes),
    ("one bias for all", "Every unit has a bias of its own.",
     lambda last, classes: last[0] * classes + 1),
    ("the classes of ImageNet", "The new task has fewer classes.",
     lambda last: (last[0] + 1) * last[1]),
    ("inputs and units added", "Every unit has a weight for every value.",
     lambda last, classes: last[0] + classes),
)  # fmt: skip
last_layer.witness(lambda network, classes: units(NETWORKS[network].dense[-1][0], classes))


@family.part(Integer(), levels=["hard"], marks=2)
def changed(total, network, last, last_layer):
    return published.with_classes(total[network], *last, 0) + last_layer


changed.slips = rows(
    ("biases forgotten", "Every unit that goes takes its bias with it.",
     lambda total, network, last, last_layer: total[network] - last[0] * last[1] + last_layer),
    ("last layer added", "The old last layer goes.",
     lambda total, network, last_layer: total[network] + last_layer),
    ("last layer left out", "The new last layer has parameters, too.",
     lambda total, network, last: published.with_classes(total[network], last[0], last[1], 0)),
    ("in proportion", "Only the last layer depends on the number of classes.",
     lambda total, network, last, classes: total[network] * classes // last[1]),
)  # fmt: skip
changed.witness(lambda network, classes: held(network, classes))


@family.part(Real(digits=3), levels=["hard"], after="changed")
def memory(changed):
    return published.megabytes(changed, 4)


memory.slips = rows(
    ("one byte each", "Every number takes 4 bytes.",
     lambda changed: published.megabytes(changed, 1)),
    ("four bits each", "Every number takes 4 bytes; a byte has 8 bits.",
     lambda changed: published.megabytes(changed, 4) / 8),
)  # fmt: skip
memory.witness(lambda network, classes: held(network, classes) * 32 / 8e6)


@family.part(Real(digits=3), levels=["hard"])
def factor(total, network, other):
    return rational(total[other], total[network])


factor.slips = rows(
    ("upside down", "The number of the other network is divided by that of the first.",
     lambda factor: 1 / factor),
    ("difference in percent", "The ratio is asked for, not by how much it is more than 1.",
     lambda factor: factor - 1),
)  # fmt: skip
factor.witness(lambda network, other: held(other) / held(network))


@family.part(Text(), levels=["hard"], marks=2)
def reason():
    return (
        "Most parameters of VGG-16 are the weights of its first fully connected layer, which reads "
        "25088 flattened values; ResNet-50 averages each channel first, so that its only fully "
        "connected layer reads 2048 values."
    )


@cache
def held(name, classes=None):
    """The entries of all arrays of a network, as its table says."""
    network = NETWORKS[name]
    found = sum(
        filters(size, read // groups, made, bias=not network.normalised)
        + (entries(2, made) if network.normalised else 0)
        for size, read, made, groups in network.convolutions
    )
    *front, (read, last) = network.dense
    return found + sum(units(*pair) for pair in (*front, (read, classes or last)))


def longest(name):
    """The layers with weights on the longest way through the table of layers."""
    network = NETWORKS[name]
    if name == "GoogLeNet":  # three layers, then modules of two in a row
        modules = (len(network.convolutions) - 3) // 6
        return 3 + 2 * modules + len(network.dense)
    projections = [
        1 for before, layer in zip(network.convolutions, network.convolutions[1:], strict=False)
        if network.normalised and layer[0] == 1 and layer[1] != before[2]
    ]  # fmt: skip
    return len(network.convolutions) - len(projections) + len(network.dense)


@family.working
def _(fact, entered, sized, deep, network, other, total):
    return {
        "sentence": FACTS[fact].text,
        "known_for": KNOWN_FOR[FACTS[fact].network],
        "when": NETWORKS[entered].year if entered else 0,
        "totals": [total[name] for name in sized],
        "depths": [NETWORKS[name].depth for name in deep],
        "known": total[network],
        "compared": total.get(other, 0),
    }
