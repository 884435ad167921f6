"""Values of pooling layers.

Trap: averaging for the maximum, sliding by one entry, forgetting the zeros of the padding.
Reference: Boureau, Ponce and LeCun (2010), section 2; Zeiler and Fergus (2014), section 2.1.
Source: S0-99, S3-21, S4-36, S4-37, S4-42.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.figures import Grid
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import freeze
from partialcredit.problems._counting import filters
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import convolution as conv
from partialcredit.solvers import counts, pooling

family = Family(
    version=3,
    conventions=[
        "{% if P %}padding puts one row or column of zeros on every side; they are entries "
        "of the windows{% endif %}"
    ],
)


@family.sample
def sample(draw):
    side, k, S, P = draw.by_level(
        (4, 2, 2, 0), draw.choice([(5, 3, 2, 0), (4, 2, 1, 0), (4, 2, 2, 1)]), (4, 2, 2, 0)
    )
    low = draw.by_level(0, -9, -9)
    values = (
        draw.sample(range(low, 21 + low), side * side) if side < 5 else draw.integers(25, -9, 9)
    )
    drawn = {
        "image": [values[i * side : (i + 1) * side] for i in range(side)],
        "k": k,
        "S": S,
        "P": P,
    }
    known, highest = draw.integers(3, -9, 9), draw.integer(10, 30)
    further = {
        "g": draw.matrix(2, 2, -9, 9),
        "known": known,
        "gap": highest - rational(sum(known) + highest, 4),
    }
    layer = {"F": draw.choice([3, 5, 7]), "C": draw.integer(1, 16), "K": draw.integer(4, 32)}
    return drawn | draw.by_level(layer, layer, further)


@family.derive
def padded(image, P):
    return conv.padded2d(image, P)


@family.run
def entered(image, P):
    """The image with its zeros, as the engine's layers take it."""
    return tensor([[np.pad(image, P)]])


@family.part(lambda largest: shaped(largest))
def largest(padded, k, S):
    return pooling.max_pool(padded, k, S)


largest.slips = rows(
    ("averaged", "Max pooling keeps the largest entry of each window.", lambda average: average),
    ("smallest entry", "Max pooling keeps the largest entry of each window.",
     lambda padded, k, S: pooling.min_pool(padded, k, S)),
    ("summed", "Max pooling keeps the largest entry of each window.",
     lambda average, k: average * k * k),
    ("stride 1", "Neighbouring windows start S rows or columns apart.",
     lambda padded, k, S: pooling.max_pool(padded, k, 1) if S > 1 else None),
    ("windows side by side", "With this stride neighbouring windows overlap.",
     lambda padded, k, S: pooling.max_pool(padded, k, k) if k > S else None),
    ("zeros left out", "The zeros of the padding are entries of the windows.",
     # 99 more, the image lies above its zeros, and so do all maxima
     lambda image, k, S, P:
         freeze(pooling.max_pool(conv.padded2d(image + 99, P), k, S)) - 99 if P else None),
    ("largest absolute value", "The largest number is the highest one, whatever its size.",
     lambda padded, k, S: pooling.max_pool(abs(padded), k, S)),
)  # fmt: skip
largest.witness(lambda entered, k, S: functional.max_pool2d(entered, k, S).data[0, 0])


@family.part(lambda average, k: shaped(average, None if k == 2 else 3))
def average(padded, k, S):
    return pooling.average_pool(padded, k, S)


average.slips = rows(
    ("summed", "Divide the sum by the number of entries of the window.",
     lambda average, k: average * k * k),
    ("divided by k", "A window has k² entries, not k.", lambda average, k: average * k),
    ("largest entry", "Average pooling takes the mean of each window.", lambda largest: largest),
    ("zeros not counted", "The zeros of the padding are entries of the windows.",
     lambda average, image, k, S, P:
         average / pooling.average_pool(conv.padded2d(image * 0 + 1, P), k, S) if P else None),
    ("stride 1", "Neighbouring windows start S rows or columns apart.",
     lambda padded, k, S: pooling.average_pool(padded, k, 1) if S > 1 else None),
    ("windows side by side", "With this stride neighbouring windows overlap.",
     lambda padded, k, S: pooling.average_pool(padded, k, k) if k > S else None),
)  # fmt: skip
average.witness(lambda image, k, S, P: functional.avg_pool2d(tensor([[image]]), k, S, P).data[0, 0])


@family.part(lambda smallest: shaped(smallest), levels=["medium"])
def smallest(padded, k, S):
    return pooling.min_pool(padded, k, S)


smallest.slips = rows(
    ("largest entry", "Min pooling keeps the smallest entry of each window.",
     lambda largest: largest),
    ("smallest absolute value",
     "The smallest number is the lowest one, and negative numbers are lower than 0.",
     lambda padded, k, S: pooling.min_pool(abs(padded), k, S)),
    ("stride 1", "Neighbouring windows start S rows or columns apart.",
     lambda padded, k, S: pooling.min_pool(padded, k, 1) if S > 1 else None),
    ("windows side by side", "With this stride neighbouring windows overlap.",
     lambda padded, k, S: pooling.min_pool(padded, k, k) if k > S else None),
    ("averaged", "Min pooling keeps the smallest entry of each window.", lambda average: average),
)  # fmt: skip
smallest.witness(lambda entered, k, S: functional.min_pool2d(entered, k, S).data[0, 0])


@family.part(Integer(), levels=["easy", "medium"])
def parameters(F, C, K):
    return counts.conv_parameters(F, C, K)


parameters.slips = rows(
    ("counted the window", "Entries are compared or averaged; nothing is learned.",
     lambda parameters, k: parameters + k * k),
    ("a weight and a bias", "A pooling layer today learns nothing.",
     lambda parameters, K: parameters + 2 * K),
    ("biases left out", "Each filter of the convolution has a bias.",
     lambda parameters, K: parameters - K),
    ("one channel", "A filter of the convolution reads all channels.",
     lambda F, K: K * (F * F + 1)),
    ("one bias", "Each filter of the convolution has a bias.",
     lambda parameters, K: parameters - K + 1),
    ("bias per channel", "Each filter of the convolution has one bias.",
     lambda F, C, K: K * C * (F * F + 1) if C > 1 else None),
)  # fmt: skip
parameters.witness(
    lambda k, S, F, C, K: engine.count_parameters(engine.MaxPool2d(k, S)) + filters(F, C, K)
)


@family.part(Real(), levels=["hard"])
def everywhere(image):
    return pooling.global_average(image)


everywhere.slips = rows(
    ("summed", "Divide by the number of entries.", lambda image: sum(map(sum, image))),
    ("largest entry", "This would be global max pooling.", lambda image: max(map(max, image))),
    ("divided by the side", "There are as many entries as rows times columns.",
     lambda image, everywhere: everywhere * len(image)),
)  # fmt: skip
everywhere.witness(lambda entered: functional.adaptive_avg_pool2d(entered, 1).data[0, 0, 0, 0])


@family.part(Array(shape=(4, 4)), marks=2, levels=["hard"])
def unpooled(image, k, g):
    return pooling.unpool(image, g, k)


unpooled.slips = rows(
    ("spread over the window", "Only the place of the largest entry is filled.",
     lambda k, g: [[g[i // k][j // k] for j in range(4)] for i in range(4)]),
    ("always the corner", "The place is where the window had its largest entry.",
     lambda k, g:
         [[g[i // k][j // k] * (i % k == j % k == 0) for j in range(4)] for i in range(4)]),
    ("old values", "The places get the new values, the other entries 0.",
     lambda image, k, largest: pooling.unpool(image, largest, k)),
)  # fmt: skip


@unpooled.witness
def _(image, k, g):
    """Replace, entry by entry, what equals the maximum of its tile."""
    tiles = np.array(image).reshape(2, k, 2, k)
    winners = tiles == tiles.max(axis=(1, 3), keepdims=True)
    return (winners * np.array(g)[:, None, :, None]).reshape(4, 4)


@family.part(Integer(), marks=2, levels=["hard"])
def entry(known, gap):
    return int((4 * gap + sum(known)) / 3)


entry.slips = rows(
    ("largest entry left out of the mean", "The fourth entry is in the mean, too.",
     lambda known, gap: gap + rational(sum(known), 3)),
    ("mean of three", "The mean divides by 4.", lambda known, gap: gap + rational(sum(known), 4)),
)  # fmt: skip


@entry.witness
def _(known, gap):
    windows = np.array([[*known, u] for u in range(10, 31)])
    (found,) = np.flatnonzero(np.isclose(windows.max(axis=1) - windows.mean(axis=1), gap))
    return int(windows[found, 3])


@family.working
def _(image, padded, k, level):
    places = pooling.first_largest(image, k) if level == "hard" else ()
    return {
        "first": [row[:k] for row in padded[:k]],
        "places": [(i + 1, j + 1) for i, j in places],
        "total": sum(map(sum, image)),
    }


@family.figure
def _(padded, k, P):
    return Grid(
        alt=f"The image {'with its zeros ' if P else ''}and, framed, its first window of {k} rows "
        f"and {k} columns.",
        cells=tuple(tuple(map(str, row)) for row in padded),
        window=(0, 0, k, k),
    )
