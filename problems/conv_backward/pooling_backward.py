"""Backward pass of max and average pooling.

Trap: giving every entry the whole gradient, spreading that of a maximum, losing its place.
Reference: LeCun et al. (1998), section II.B; Boureau, Ponce and LeCun (2010), section 2.
Source: S0-56, S0-99.
"""

import numpy as np

from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import conv_gradients as backward

family = Family(
    version=3,
    conventions=[
        "there is no padding",
        "{% if level == 'hard' %}if several entries of a window are the largest, the first of them "
        "in reading order (row by row, from left to right) receives the gradient{% endif %}",
    ],
)


@family.sample
def sample(draw):
    """No window has two largest entries, save at the hard level, where a rule decides."""
    side, k, S = draw.by_level((4, 2, 2), (4, 2, 2), draw.choice([(4, 2, 1), (4, 3, 1)]))
    outputs = (side - k) // S + 1
    low, high = draw.by_level((0, 9), (-9, 9), (-5, 9))
    return {
        "image": draw.matrix(side, side, low, high),
        "D": draw.matrix(outputs, outputs, *draw.by_level((1, 9), (-9, 9), (-5, 5))),
        "k": k,
        "S": S,
    } | draw.by_level(
        {}, {}, {"g": draw.nonzero(-40, 40), "place": (draw.integer(2, 3), draw.integer(2, 3))}
    )


@family.condition
def _(image, D, k, S):
    """No two largest entries in a window that does not overlap others; no zero upstream."""
    if not all(map(all, D)):
        return False
    starts = range(0, len(image) - k + 1, S)
    patches = [
        [v for row in image[i : i + k] for v in row[j : j + k]] for i in starts for j in starts
    ]
    return k > S or all(patch.count(max(patch)) == 1 for patch in patches)


@family.derive
def winners(image, D, k, S):
    """Upstream gradient, row and column of the first largest entry of every window."""
    found = []
    for i, row in enumerate(D):
        for j, d in enumerate(row):
            places = [(S * i + m, S * j + n) for m in range(k) for n in range(k)]
            found.append((d, *max(places, key=lambda place: image[place[0]][place[1]])))
    return found


@family.derive
def met(D, k, S, place):
    """Upstream gradients of the windows that contain the place."""
    row, column = (n - 1 for n in place)
    starts = [(d, S * i, S * j) for i, line in enumerate(D) for j, d in enumerate(line)]
    return [d for d, i, j in starts if 0 <= row - i < k and 0 <= column - j < k]


@family.part(lambda image: shaped(image), marks=2)
def largest(image, D, k, S):
    return backward.max_pool_gradient(image, D, k, stride=S)


def spread(image, D, kernel, S):
    """What the windows give back when the kernel says which share of its gradient an entry gets."""
    return backward.image_gradient(kernel, D, image, stride=S)


def overlaps_overwritten(image, winners, k, S):
    if k == S:
        return None
    found = [[0] * len(image) for _ in image]
    for d, row, column in winners:
        found[row][column] = d
    return found


largest.slips = rows(
    ("spread evenly", "That is average pooling; a maximum passes on everything.",
     lambda image, D, k, S: backward.average_pool_gradient(image, D, k, stride=S)),
    ("every entry", "Only the largest entry of a window has moved the output.",
     lambda image, D, k, S: spread(image, D, ((1,) * k,) * k, S)),
    ("always the corner", "The gradient goes where the largest entry stood.",
     lambda image, D, S: spread(image, D, ((1,),), S)),
    ("ones instead of the upstream gradient", "Pass on the upstream gradient, not 1.",
     lambda image, D, k, S: backward.max_pool_gradient(image, 0 * D + 1, k, stride=S)),
    ("smallest entry", "Max pooling passes the gradient to the largest entry.",
     lambda image, D, k, S: backward.max_pool_gradient(-image, D, k, stride=S)),
    ("overlaps overwritten", "An entry that wins in two windows gets both gradients.",
     overlaps_overwritten),
    ("largest absolute value", "The largest number is the highest one, whatever its size.",
     lambda image, D, k, S: backward.max_pool_gradient(abs(image), D, k, stride=S)),
)  # fmt: skip
largest.witness(lambda image, D, k, S: gradient(functional.max_pool2d, image, D, k, S))


@family.part(lambda image: shaped(image), marks=2, levels=["medium"])
def average(image, D, k, S):
    return backward.average_pool_gradient(image, D, k, stride=S)


average.slips = rows(
    ("not divided", "All entries of a window share the gradient equally.",
     lambda image, D, k, S: spread(image, D, ((1,) * k,) * k, S)),
    ("divided by k", "Divide by the number of entries of a window, not by its width.",
     lambda image, D, k, S: spread(image, D, ((rational(1, k),) * k,) * k, S)),
    ("to the largest entry", "In average pooling every entry of the window has a share.",
     lambda largest: largest),
)  # fmt: skip
average.witness(lambda image, D, k, S: gradient(functional.avg_pool2d, image, D, k, S))


@family.part(lambda k: Real(digits=None if k == 2 else 3), marks=2, levels=["hard"])
def share(image, D, k, S, place):
    row, column = place
    return backward.average_pool_gradient(image, D, k, stride=S)[row - 1][column - 1]


share.slips = rows(
    ("not divided", "All entries of a window share the gradient equally.",
     lambda share, k: share * k * k),
    ("divided by k", "Divide by the number of entries of a window, not by its width.",
     lambda share, k: share * k),
    ("one window only", "Add the shares of all windows that contain the entry.",
     lambda D, k: rational(D[0][0], k * k)),
    ("all windows", "Not every window contains the entry.",
     lambda D, k: rational(sum(map(sum, D)), k * k) if k == 2 else None),
)  # fmt: skip


@share.witness
def _(image, D, k, S, place):
    row, column = place
    return gradient(functional.avg_pool2d, image, D, k, S)[row - 1, column - 1]


@family.part(Real(), levels=["hard"])
def everywhere(image, g):
    return backward.average_pool_gradient(image, ((g,),), len(image), stride=1)[0][0]


everywhere.slips = rows(
    ("whole gradient", "The mean divides by the number of entries.", lambda g: g),
    ("one side only", "The image has as many entries as rows times columns.",
     lambda image, g: rational(g, len(image))),
    ("window of the layer above", "A global average reads the whole image.",
     lambda g, k: rational(g, k * k)),
)  # fmt: skip


@everywhere.witness
def _(image, g):
    return gradient(functional.adaptive_avg_pool2d, image, [[g]], 1)[0, 0]


def gradient(pool, image, upstream, *geometry):
    x = tensor([[image]], requires_grad=True)
    pool(x, *geometry).backward(np.array([[upstream]], dtype=float))
    return x.grad[0, 0]


@family.part(Text(), levels=["hard"])
def reason():
    return (
        "The gradient of a window goes to its largest entry, whose place cannot be seen in the "
        "output."
    )


@family.working
def _(image, winners, k, S):
    return {"winners": [(d, image[i][j], i + 1, j + 1) for d, i, j in winners], "overlap": k > S}
