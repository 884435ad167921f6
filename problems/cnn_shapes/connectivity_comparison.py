"""Full, local and shared connections compared.

Trap: counting one unit for all, not squaring the side of an image, mixing up local and shared.
Reference: Goodfellow, Bengio and Courville (2016), section 9.2; LeCun et al. (1998), section II.A.
Source: S0-94, S1-126, S1-128, S1-133, S4-19, S4-21, S4-25.
"""

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, slid
from partialcredit.solvers import connectivity
from partialcredit.solvers import convolution_matrix as toeplitz

family = Family(version=3, conventions=["biases are left out everywhere"], hidden=["C", "axes"])


@family.sample
def sample(draw):
    n = draw.integer(*draw.by_level((20, 300), (20, 99), (10, 64)))
    drawn = {
        "n": n,
        "k": draw.choice(draw.by_level([3, 5, 7], [*range(3, 13)], [3, 5, 7])),
        "C": draw.by_level(1, 1, draw.choice([2, 3, 4, 6, 8])),
        "K": draw.integer(*draw.by_level((4, 64), (4, 64), (2, 24))),
        "axes": draw.by_level(1, 2, 2),
    }
    return drawn | draw.by_level({}, {"neurons": 100 * draw.integer(2, 50)}, {})


@family.run
def side(n, k):
    """Windows along one axis of the image."""
    return slid(n, k)


@family.part(Integer(), levels=["hard"])
def layer(n, k, K):
    return connectivity.units(n, k, K)


layer.slips = rows(
    ("one map only", "Every filter makes a map of its own.",
     lambda n, k: connectivity.units(n, k, 1)),
    ("as large as the image", "Without zeros the windows stand in fewer places.",
     lambda n, K: K * n * n),
    ("not squared", "A map has rows and columns.", lambda n, k, K: K * (n - k + 1)),
)  # fmt: skip
layer.witness(lambda side, K: entries(K, side, side))


@family.part(Integer(), levels=["easy"])
def full(n):
    return connectivity.full_weights(n, n)


full.slips = rows(
    ("one unit only", "Each of the units has that many weights.", lambda n: n),
    ("windows", "In a fully connected layer every unit sees every entry.", lambda n, k: n * k),
    ("added", "Every unit is connected to every entry: multiply.", lambda n: 2 * n),
)  # fmt: skip
full.witness(lambda n: entries(n, n))


@family.part(Integer(), levels=["easy"])
def tied(n, k):
    return toeplitz.same_nonzeros(n, k)


tied.slips = rows(
    ("ends not considered", "At the ends a part of the window lies beyond the signal.",
     lambda n, k: n * k),
    ("one unit only", "Every unit has weights of its own here.", lambda k: k),
    ("whole windows only", "There are as many units as entries.",
     lambda n, k: toeplitz.valid_nonzeros(n, k)),
)  # fmt: skip


@tied.witness
def _(n, k):
    places = windows(n, k, padding=k // 2)
    return int(((places >= 0) & (places < n)).sum())


@family.part(Integer(), levels=["medium"])
def full_image(n, neurons):
    return connectivity.full_weights(n * n, neurons)


full_image.slips = rows(
    ("side not squared", "An image has rows and columns, and so has a window.",
     lambda n, neurons: n * neurons),
    ("one unit only", "Each unit has a weight for every pixel.", lambda n: n * n),
    ("windows", "In a fully connected layer every unit sees every pixel.",
     lambda neurons, k: neurons * k * k),
)  # fmt: skip
full_image.witness(lambda n, neurons: entries(neurons, n, n))


@family.part(Integer(), levels=["medium"], after="full_image")
def local(neurons, k):
    return connectivity.local_weights(neurons, k * k, 1)


local.slips = rows(
    ("one unit only", "Every unit has weights of its own here.", lambda k: k * k),
    ("side not squared", "An image has rows and columns, and so has a window.",
     lambda neurons, k: neurons * k),
    ("pixels for units", "Count the weights of each unit, not of each pixel.",
     lambda n, k: n * n * k * k),
)  # fmt: skip
local.witness(lambda neurons, k: entries(neurons, k, k))


@family.part(Integer(), levels=["hard"])
def full_layer(n, C, layer):
    return connectivity.full_weights(n * n * C, layer)


full_layer.slips = rows(
    ("one channel", "Every unit sees all channels.", lambda n, layer: n * n * layer),
    ("one unit only", "Each unit has a weight for every input.", lambda n, C: n * n * C),
    ("side not squared", "An image has rows and columns, and so has a window.",
     lambda n, C, layer: n * C * layer),
)  # fmt: skip
full_layer.witness(lambda side, n, C, K: entries(K, side, side, C, n, n))


@family.part(Integer(), levels=["hard"])
def local_layer(layer, k, C):
    return connectivity.local_weights(layer, k * k, C)


local_layer.slips = rows(
    ("one channel", "Every unit sees all channels.", lambda layer, k: layer * k * k),
    ("shared weights", "Here no two units share a weight.", lambda shared: shared),
    ("side not squared", "An image has rows and columns, and so has a window.",
     lambda layer, k, C: layer * k * C),
)  # fmt: skip
local_layer.witness(lambda side, k, C, K: entries(K, side, side, C, k, k))


@family.part(Integer())
def shared(k, C, K, axes):
    return connectivity.shared_weights(K, k**axes, C)


shared.slips = rows(
    ("one filter only", "Every filter has weights of its own.", lambda shared, K: shared // K),
    ("side not squared", "An image has rows and columns, and so has a window.",
     lambda k, C, K, axes: K * k * C if axes > 1 else None),
    ("one channel", "Every unit sees all channels.",
     lambda shared, C: shared // C if C > 1 else None),
    ("positions counted", "The units of a map share their weights: count them once.",
     lambda shared, n: shared * n),
    ("weights of their own", "Here the units of a map have their weights in common.",
     lambda n, k, C, K, level:
         toeplitz.same_nonzeros(n, k) if level == "easy"
         else connectivity.local_weights(connectivity.units(n, k, K), k * k, C) if C > 1
         else None),
    ("biases counted", "Biases are left out here.", lambda shared, K: shared + K),
)  # fmt: skip
shared.witness(lambda k, C, K, axes: entries(K, C, *[k] * axes))


@family.part(Real(digits=3), levels=["medium"])
def ratio(full_image, local):
    return rational(full_image, local)


ratio.slips = rows(
    ("upside down", "Divide the larger number by the smaller one.", lambda ratio: 1 / ratio),
    ("sides compared", "Compare areas, not sides.", lambda n, k: rational(n, k)),
    ("difference", "Divide the two numbers.", lambda full_image, local: full_image - local),
)  # fmt: skip
# of a single unit, as the number of units is the same
ratio.witness(lambda n, k: entries(n, n) / entries(k, k))


@family.part(Real(digits=3), levels=["hard"])
def saving(full_layer, shared):
    return rational(full_layer, shared)


saving.slips = rows(
    ("upside down", "Divide the larger number by the smaller one.", lambda saving: 1 / saving),
)  # fmt: skip
# per map and channel: a weight for each unit and pixel, against those of one window
saving.witness(lambda side, n, k: entries(side, side, n, n) / entries(k, k))


@family.working
def _(n, k):
    return {"side": n - k + 1, "half": k // 2, "lost": k * k // 4}
