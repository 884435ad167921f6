"""Telling convolution from cross-correlation.

Trap: taking both for the same, flipping one axis only, exchanging signal and filter in either.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.3 to 9.6.
Source: S0-92, S2-12, S2-13, S2-14, S3-14, S4-23.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Integer, Satisfies, TrueFalse
from partialcredit.numbers.vectors import columns
from partialcredit.solvers import convolution as conv

family = Family(
    version=2,
    conventions=[
        "cross-correlation slides the kernel as it is written; convolution first rotates it by 180 "
        "degrees, which reverses the order of its rows and of its columns",
        "unless the question says otherwise, windows lie entirely on the image and the stride is 1",
    ],
    hidden=["which", "claims"],
)

OPERATIONS = (
    "cross-correlation",
    "convolution",
    "neither: only the order of the kernel's rows was reversed",
    "neither: only the order of the kernel's columns was reversed",
)


def turned(kernel, which):
    """The kernel as one of the four operations lays it on the image."""
    rows = kernel[::-1] if which in (1, 2) else kernel
    return tuple(row[::-1] for row in rows) if which in (1, 3) else tuple(rows)


@family.sample
def sample(draw):
    low, high = (-3, 4)
    drawn = {"image": draw.matrix(3, 3, low, high), "kernel": draw.matrix(2, 2, low, high)}
    if draw.level == "hard":
        return drawn | {
            "which": 0,
            "known": draw.integers(5, -4, 5, distinct=True),
            "size": draw.integer(4, 15),
            "x": draw.integers(3, -3, 4, distinct=True),
            "w": draw.integers(2, -3, 4, distinct=True),
            "claims": draw.sample(range(4), 2),
        }
    return (
        drawn
        | {
            "which": draw.integer(1, 3) if draw.level == "easy" else 0,
        }
        | draw.by_level(
            {},
            {
                "kernels": [symmetric(draw) for _ in range(3)],
                "whole": 2 * draw.choice([n for n in range(-9, 10) if n not in (0, -2)]),
            },
            {},
        )
    )


def symmetric(draw):
    """A kernel that turning by 180 degrees leaves alone, or one that only looks like it."""
    a, b, c, d = draw.integers(4, -4, 5, distinct=True)
    turning = ((a, b), (b, a))
    others = [((a, b), (a, b)), ((a, a), (b, b)), ((a, b), (b, c)), ((a, b), (c, d))]
    return turning if draw.chance(0.5) else draw.choice(others)


@family.derive
def results(image, kernel):
    """What each of the four operations makes of the image."""
    return [conv.correlate2d([image], [turned(kernel, which)]) for which in range(4)]


@family.run
def laid(image, kernel):
    """All windows at once, against the kernel turned along the axes of each operation."""
    windows = np.lib.stride_tricks.sliding_window_view(np.array(image), (2, 2))
    turnings = ((), (0, 1), (0,), (1,))
    return [np.tensordot(windows, np.flip(np.array(kernel), axes), 2) for axes in turnings]


@family.condition
def _(results):
    return len(set(results)) == 4


@family.part(Choice(OPERATIONS), levels=["easy"])
def operation(which):
    return which


operation.slips = rows(
    ("kernel not turned", "With the kernel as it is written another matrix comes out.",
     lambda which: 0 if which else None),
    ("kernel turned", "Here the turned kernel gives another matrix.",
     lambda which: 1 if which != 1 else None),
    ("one axis only", "Work out one entry with each of the four kernels.",
     lambda which: 2 if which != 2 else 3),
)  # fmt: skip


@operation.witness
def _(laid, which):
    return next(n for n, found in enumerate(laid) if np.array_equal(found, laid[which]))


@family.part(Array(shape=(2, 2)))
def correlation(results):
    return results[0]


correlation.slips = rows(
    ("kernel turned", "Convolution turns the kernel first, cross-correlation does not.",
     lambda results: results[1]),
    ("rows reversed", "The kernel is used as it is written.", lambda results: results[2]),
    ("columns reversed", "The kernel is used as it is written.", lambda results: results[3]),
    ("lost the signs", "Mind the minus signs of the kernel.",
     lambda image, kernel: conv.correlate2d([image], [abs(kernel)])),
    ("transposed the kernel", "Rows of the kernel meet rows of the image.",
     lambda image, kernel: conv.correlate2d([image], [columns(kernel)])),
)  # fmt: skip
correlation.witness(lambda laid: laid[0])


@family.part(Array(shape=(2, 2)), levels=["medium", "hard"])
def convolution(results):
    return results[1]


convolution.slips = rows(
    ("kernel not turned", "Convolution turns the kernel first, cross-correlation does not.",
     lambda correlation: correlation),
    ("rows reversed only", "Reverse the order of the columns, too.", lambda results: results[2]),
    ("columns reversed only", "Reverse the order of the rows, too.", lambda results: results[3]),
    ("transposed the kernel", "Turning by 180 degrees reverses rows and columns.",
     lambda image, kernel: conv.correlate2d([image], [columns(kernel)])),
    ("turned the answer", "Turn the kernel, not the result.",
     lambda correlation: conv.flip2d(correlation)),
    ("lost the signs", "Mind the minus signs of the kernel.",
     lambda image, kernel: conv.correlate2d([image], [conv.flip2d(abs(kernel))])),
)  # fmt: skip


@convolution.witness
def _(image, kernel):
    """Every pixel spreads the kernel; only full overlaps are kept."""
    total = np.zeros((4, 4))
    for i, row in enumerate(image):
        for j, v in enumerate(row):
            total[i : i + 2, j : j + 2] += v * np.array(kernel)
    return total[1:3, 1:3]


@family.part(TrueFalse(statements=3), marks=3, levels=["medium"])
def agree(kernels):
    return tuple(kernel == conv.flip2d(kernel) for kernel in kernels)


agree.slips = rows(
    ("all of them", "Turning changes most kernels: compare the opposite entries.",
     lambda agree: None if all(agree) else (True,) * len(agree)),
)  # fmt: skip


@agree.witness
def _(kernels):
    """On the images of one pixel, which tell everything of a linear map."""
    pixels = np.lib.stride_tricks.sliding_window_view(np.eye(9).reshape(9, 3, 3), (2, 2), (1, 2))
    both = np.array([kernels, np.flip(kernels, (1, 2))])
    straight, turned_ones = np.einsum("eijmn,tkmn->tkeij", pixels, both)
    return tuple((straight == turned_ones).all(axis=(1, 2, 3)).tolist())


def same_either_way(whole):
    return Satisfies(
        Array(shape=(2, 2)),
        condition=lambda kernel: (
            kernel == conv.flip2d(kernel)
            and kernel[0][0] != kernel[0][1]
            and sum(map(sum, kernel)) == whole
        ),
        spoilt=lambda kernel: ((kernel[0][0] + 1, kernel[0][1]), kernel[1]),
    )


@family.part(same_either_way, levels=["medium"])
def any_kernel(whole):
    return ((whole // 2 + 1, -1), (-1, whole // 2 + 1))


any_kernel.slips = rows(
    ("symmetric matrix", "Opposite entries, seen from the centre, must be equal.",
     lambda whole: ((1, whole // 2 - 3), (whole // 2 - 3, 5))),
    ("equal rows", "The order of the columns is reversed, too.",
     lambda whole: ((whole // 2 + 1, -1), (whole // 2 + 1, -1))),
)  # fmt: skip


@any_kernel.witness
def _(whole):
    def holds(kernel):
        weights = np.array([[float(v) for v in row] for row in kernel])
        unlike = weights[0, 0] != weights[0, 1]
        return (weights == np.rot90(weights, 2)).all() and unlike and weights.sum() == whole

    return holds


@family.part(Array(shape=(4,)), marks=2, levels=["hard"])
def missing(known):
    return conv.flip(known[:4])


missing.slips = rows(
    ("opposite signs", "Opposite entries must be equal, the signs included.",
     lambda missing: -missing),
    ("mirrored top to bottom", "Turning by 180 degrees reverses the columns as well.",
     lambda known: (known[3], *known[:3])),
    ("copied in order", "The entry opposite, seen from the centre, must be equal.",
     lambda known: known[:4]),
)  # fmt: skip


@missing.witness
def _(known):
    kernel = np.zeros((3, 3))
    kernel[0], kernel[1, :2] = known[:3], known[3:]
    whole = np.where(np.arange(9).reshape(3, 3) > 4, kernel[::-1, ::-1], kernel)
    return whole.ravel()[5:]


@family.part(Integer(), levels=["hard"])
def free(size):
    return conv.free_entries(size)


free.slips = rows(
    ("half, rounded down", "The entry in the centre, opposite to itself, is free, too.",
     lambda size: size * size // 2 if size % 2 else None),
    ("all entries", "Entries opposite each other must be equal.", lambda size: size * size),
    ("symmetric matrix", "Equal under transposition is another condition.",
     lambda size: size * (size + 1) // 2),
)  # fmt: skip


@free.witness
def _(size):
    places = np.arange(size * size).reshape(size, size)
    return len({frozenset(pair) for pair in zip(places.flat, places[::-1, ::-1].flat, strict=True)})


@family.part(Array(shape=(4,)), levels=["hard"])
def exchanged(x, w):
    return conv.correlate(conv.padded(w, 2, 2), x)


exchanged.slips = rows(
    ("as before", "Exchanging the two reverses the order of a cross-correlation.",
     lambda x, w: conv.correlate(conv.padded(x, 1, 1), w)),
    ("convolution", "Nothing is flipped in a cross-correlation.",
     lambda x, w: conv.correlate(conv.padded(w, 2, 2), x[::-1])),
)  # fmt: skip
exchanged.witness(lambda x, w: np.correlate(w, x, "full"))


@family.part(TrueFalse(statements=2), marks=2, levels=["hard"], after="exchanged")
def commute(x, w, exchanged, claims):
    full = conv.correlate(conv.padded(x, 1, 1), w)
    flipped = conv.correlate(conv.padded(x, 1, 1), w[::-1])
    truths = (
        flipped == conv.correlate(conv.padded(w, 2, 2), x[::-1]),
        flipped == full,
        full == exchanged,
        full == exchanged[::-1],
    )
    return tuple(truths[number] for number in claims)


commute.slips = rows(
    ("both commute", "Exchanging the two reverses the result of a cross-correlation.",
     lambda commute, claims: believing(2, commute, claims)),
    ("taken for the same", "They agree only with a filter that flipping leaves alone.",
     lambda commute, claims: believing(1, commute, claims)),
)  # fmt: skip


@commute.witness
def _(x, w, claims):
    straight, exchanged = np.correlate(x, w, "full"), np.correlate(w, x, "full")
    pairs = (
        (np.convolve(x, w), np.convolve(w, x)),
        (np.convolve(x, w), straight),
        (straight, exchanged),
        (straight[::-1], exchanged),
    )
    return tuple(np.array_equal(*pairs[number]) for number in claims)


def believing(claim, commute, claims):
    """The answer of one who believes a claim; None where it is true or not made."""
    answer = tuple(truth or n == claim for truth, n in zip(commute, claims, strict=True))
    return answer if answer != commute else None


@family.working
def _(results, kernel, which):
    return {"shown": results[which], "turned": conv.flip2d(kernel), "used": turned(kernel, which)}
