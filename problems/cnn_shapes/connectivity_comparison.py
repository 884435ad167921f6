"""Full, local and shared connections compared.

Trap: counting one unit for all, not squaring the side of an image, mixing up local and shared.
Reference: Goodfellow, Bengio and Courville (2016), section 9.2; LeCun et al. (1998), section II.A.
Source: S0-94, S1-126, S1-128, S1-133, S4-19, S4-21, S4-25.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family
from partialcredit.grading import Integer, Real
from partialcredit.solvers import connectivity
from partialcredit.solvers import convolution_matrix as toeplitz

family = Family(conventions=["biases are left out everywhere"], hidden=["C", "axes"])


@family.sample
def sample(draw):
    n = draw.integer(*draw.by_level((20, 999), (50, 400), (16, 128)))
    drawn = {
        "n": n,
        "k": draw.choice(draw.by_level([3, 5, 7, 9, 11, 13], [*range(3, 13)], [3, 5, 7])),
        "C": draw.by_level(1, 1, draw.choice([2, 3, 4, 6, 8])),
        "K": draw.integer(4, 64),
        "axes": draw.by_level(1, 2, 2),
    }
    return drawn | draw.by_level({}, {"neurons": 1000 * draw.integer(2, 500)}, {})


@family.part(Integer(), levels=["hard"])
def layer(n, k, K):
    return connectivity.units(n, k, K)


@family.part(Integer(), levels=["easy"])
def full(n):
    return connectivity.full_weights(n, n)


@family.part(Integer(), levels=["easy"])
def tied(n, k):
    return toeplitz.same_nonzeros(n, k)


@family.part(Integer(), levels=["medium"])
def full_image(n, neurons):
    return connectivity.full_weights(n * n, neurons)


@family.part(Integer(), levels=["medium"])
def local(neurons, k):
    return connectivity.local_weights(neurons, k * k, 1)


@family.part(Integer(), levels=["hard"])
def full_layer(n, C, layer):
    return connectivity.full_weights(n * n * C, layer)


@family.part(Integer(), levels=["hard"])
def local_layer(layer, k, C):
    return connectivity.local_weights(layer, k * k, C)


@family.part(Integer())
def shared(k, C, K, axes):
    return connectivity.shared_weights(K, k**axes, C)


@family.part(Real(digits=4), levels=["medium"])
def ratio(full_image, local):
    return Fraction(full_image, local)


@family.part(Real(digits=4), levels=["hard"])
def saving(full_layer, shared):
    return Fraction(full_layer, shared)


@layer.mistake("one map only", "Every filter makes a map of its own.")
def _(n, k):
    return connectivity.units(n, k, 1)


@layer.mistake("as large as the image", "Without zeros the windows stand in fewer places.")
def _(n, K):
    return K * n * n


@layer.mistake("not squared", "A map has rows and columns.")
def _(n, k, K):
    return K * (n - k + 1)


@full.mistake("one unit only", "Each of the units has that many weights.")
def _(n):
    return n


@full.mistake("windows", "In a fully connected layer every unit sees every entry.")
def _(n, k):
    return n * k


@full.mistake("added", "Every unit is connected to every entry: multiply.")
def _(n):
    return 2 * n


@tied.mistake("ends not considered", "At the ends a part of the window lies beyond the signal.")
def _(n, k):
    return n * k


@tied.mistake("one unit only", "Every unit has weights of its own here.")
def _(k):
    return k


@tied.mistake("whole windows only", "There are as many units as entries.")
def _(n, k):
    return toeplitz.valid_nonzeros(n, k)


@full_image.mistake("side not squared", "The image has rows and columns.")
def _(n, neurons):
    return n * neurons


@full_image.mistake("one unit only", "Each unit has a weight for every pixel.")
def _(n):
    return n * n


@full_image.mistake("windows", "In a fully connected layer every unit sees every pixel.")
def _(neurons, k):
    return neurons * k * k


@local.mistake("one unit only", "Every unit has weights of its own here.")
def _(k):
    return k * k


@local.mistake("side not squared", "The neighbourhood has rows and columns.")
def _(neurons, k):
    return neurons * k


@local.mistake("pixels for units", "Count the weights of each unit, not of each pixel.")
def _(n, k):
    return n * n * k * k


@full_layer.mistake("one channel", "Every unit sees all channels.")
def _(n, layer):
    return n * n * layer


@full_layer.mistake("one unit only", "Each unit has a weight for every input.")
def _(n, C):
    return n * n * C


@full_layer.mistake("side not squared", "The image has rows and columns.")
def _(n, C, layer):
    return n * C * layer


@local_layer.mistake("one channel", "A window reaches through all channels.")
def _(layer, k):
    return layer * k * k


@local_layer.mistake("shared weights", "Here no two units share a weight.")
def _(shared):
    return shared


@local_layer.mistake("side not squared", "A window has rows and columns.")
def _(layer, k, C):
    return layer * k * C


@shared.mistake("one filter only", "Every filter has weights of its own.")
def _(shared, K):
    return shared // K


@shared.mistake("side not squared", "The window has rows and columns.")
def _(k, C, K, axes):
    return K * k * C if axes > 1 else None


@shared.mistake("one channel", "A window reaches through all channels.")
def _(shared, C):
    return shared // C if C > 1 else None


@shared.mistake("positions counted", "The units of a map share their weights: count them once.")
def _(shared, n):
    return shared * n


@shared.mistake("weights of their own", "Here the units of a map have their weights in common.")
def _(n, k, C, K, level):
    if level == "easy":
        return toeplitz.same_nonzeros(n, k)
    return connectivity.local_weights(connectivity.units(n, k, K), k * k, C) if C > 1 else None


@shared.mistake("biases counted", "Biases are left out here.")
def _(shared, K):
    return shared + K


@ratio.mistake("upside down", "Divide the larger number by the smaller one.")
def _(ratio):
    return 1 / ratio


@ratio.mistake("sides compared", "Compare areas, not sides.")
def _(n, k):
    return Fraction(n, k)


@saving.mistake("upside down", "Divide the larger number by the smaller one.")
def _(saving):
    return 1 / saving


@saving.mistake("compared with local connections", "Divide by the number of shared weights.")
def _(full_layer, local_layer):
    return Fraction(full_layer, local_layer)


def seen(n, k, padding=0):
    """Which entries along one axis every window reads, as rows of ones."""
    places = windows(n, k, padding=padding)
    return (places >= 0) & (places < n)


@layer.witness
def _(n, k, K):
    side = len(windows(n, k))
    return np.broadcast_to(0.0, (K, side, side)).size


@full.witness
def _(n):
    return np.broadcast_to(0.0, (n, n)).size


@tied.witness
def _(n, k):
    return int(seen(n, k, k // 2).sum())


@full_image.witness
def _(n, neurons):
    return np.broadcast_to(0.0, (neurons, n, n)).size


@local.witness
def _(neurons, k):
    return np.broadcast_to(0.0, (neurons, k, k)).size


@lru_cache(maxsize=256)
def reads(n, k):
    """How many pixels the windows of one map read together."""
    along = seen(n, k).sum(axis=1)
    return int(np.multiply.outer(along, along).sum())


@full_layer.witness
def _(n, k, C, K):
    side = len(windows(n, k))
    return np.broadcast_to(0.0, (K, side, side, C, n, n)).size


@local_layer.witness
def _(n, k, C, K):
    return sum(reads(n, k) for _channel in range(C) for _map in range(K))


@shared.witness
def _(k, C, K, axes):
    return np.broadcast_to(0.0, (K, C, *[k] * axes)).size


@ratio.witness
def _(n, k):
    """Weights of a single unit: the number of units is the same."""
    return np.broadcast_to(0, (n, n)).size / np.broadcast_to(0, (k, k)).size


@saving.witness
def _(n, k):
    """Per map and channel: a weight for each unit and pixel, against those of one window."""
    side = len(windows(n, k))
    return np.broadcast_to(0, (side, side, n, n)).size / np.broadcast_to(0, (k, k)).size


@family.working
def _(n, k):
    return {"side": n - k + 1, "half": k // 2, "lost": k * k // 4}
