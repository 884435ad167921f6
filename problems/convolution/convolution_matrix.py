"""Convolution as multiplication by a matrix.

Trap: starting the rows one place off, wrapping around the ends, counting entries as parameters.
Reference: Goodfellow, Bengio and Courville (2016), section 9.1; Dumoulin and Visin (2016), section
4.1.
Source: S4-19, S4-20, S4-21, S4-22.
"""

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.solvers import backprop
from partialcredit.solvers import convolution_matrix as toeplitz

family = Family(
    version=2,
    conventions=[
        "the {{ 'kernel is not rotated' if level == 'hard' else 'filter is not flipped' }}",
        "{% if level == 'hard' %}images are read row by row, and windows lie entirely on the image"
        "{% elif padded %}the signal is padded with equally many zeros at both ends, so that there "
        "are as many outputs as inputs{% else %}windows lie entirely on the signal{% endif %}",
    ],
    hidden=["padded", "order"],
)


@family.sample
def sample(draw):
    if draw.level == "hard":
        a, b, c, d = (draw.choice(options) for options in ((1, 2, 3), (-1, -2), (4, 5), (-3, -4)))
        return {
            "theta": draw.shuffle([a, b, c, d]),
            "n": 3,
            "padded": 0,
            "delta": [draw.nonzero(-3, 3) for _ in range(4)],
            "N": draw.integer(10, 64),
            "M": draw.integer(3, 9),
        }
    numbers = [-4, -3, -2, -1, 1, 2, 3, 4, 5]
    n = draw.integer(4, 5)
    padded = draw.integer(0, 1)
    half = draw.by_level(4, 7, 0)
    drawn = {
        "theta": draw.sample(numbers, 3),
        "n": n,
        "padded": padded,
        "N": draw.integer(20, 250),
        "M": 2 * draw.integer(1, half) + 1 if padded else draw.integer(3, 2 * half + 1),
        "order": draw.shuffle(range(4)),
    }
    outputs = n if padded else n - 2
    return drawn | draw.by_level({}, {"delta": [draw.nonzero(-3, 3) for _ in range(outputs)]}, {})


def build(theta, n, padded):
    if len(theta) == 4:
        return toeplitz.image_matrix((theta[:2], theta[2:]), n, n)
    return (toeplitz.same_matrix if padded else toeplitz.valid_matrix)(theta, n)


@family.run
def mapped(theta, n, padded):
    """Columns of the matrix: what unit inputs give."""
    if len(theta) == 4:
        seen = np.lib.stride_tricks.sliding_window_view(np.eye(9).reshape(9, 3, 3), (2, 2), (1, 2))
        return np.tensordot(seen, np.reshape(theta, (2, 2)), 2).reshape(9, 4).T
    mode = "same" if padded else "valid"
    return np.array([np.correlate(unit, theta, mode) for unit in np.eye(n)]).T


@family.run
def read(N, M, padded):
    """How many entries of the signal all windows read together."""
    places = windows(N, M, padding=M // 2 if padded else 0)
    return int(((places >= 0) & (places < N)).sum())


@family.part(lambda matrix: shaped(matrix), marks=2)
def matrix(theta, n, padded):
    return build(theta, n, padded)


def one_place_off(matrix, padded, level):
    if level == "hard":
        return None
    return [(*row[1:], 0) if padded else (0, *row[:-1]) for row in matrix]


def wrapped_around(theta, n, padded):
    if not padded:
        return None
    a, b, c = theta
    first = (b, c, *(0,) * (n - 3), a)
    return [first[n - i :] + first[: n - i] for i in range(n)]


matrix.slips = rows(
    ("one place off", "Row 1 belongs to the first window: see which inputs it reads.",
     one_place_off),
    ("wrapped around", "Beyond the ends there are zeros; nothing comes around again.",
     wrapped_around),
    ("filter flipped", "The filter is used as it is written.",
     lambda theta, n, padded: build(theta[::-1], n, padded)),
    ("ends left out", "With the zeros there are as many outputs as inputs.",
     lambda theta, n, padded: toeplitz.valid_matrix(theta, n) if padded else None),
    ("outputs as columns", "Rows belong to outputs and columns to inputs.",
     lambda matrix: columns(matrix)),
    ("rows of the kernel side by side", "Rows of a window lie one image row apart.",
     lambda theta, level: toeplitz.valid_matrix(theta, 9)[:4] if level == "hard" else None),
)  # fmt: skip
matrix.witness(lambda mapped: mapped)

FORMULAS = tuple(
    rf"$z_i = \sum_{{j=0}}^{{2}} \theta_j x_{{{index}}}$"
    for index in ("i+j", "i+j-1", "i-j", "i+j+1")
)


@family.part(
    lambda order: Choice(tuple(FORMULAS[number] for number in order)), levels=["easy", "medium"]
)
def formula(padded, order):
    return order.index(1 if padded else 0)


formula.slips = rows(
    ("without the zeros", "The first row misses the first weight: it meets a zero.",
     lambda padded, order: order.index(0) if padded else None),
    ("with a zero in front", "The first window begins with the first entry.",
     lambda padded, order: None if padded else order.index(1)),
    ("convolution", "The filter is not flipped: i + j, not i - j.", lambda order: order.index(2)),
)  # fmt: skip


@formula.witness
def _(mapped, order):
    """Which offset from i the window of output i = 2 begins with."""
    first = np.flatnonzero(mapped[1])[0] + 1
    return order.index({2: 0, 1: 1}[int(first)])


@family.part(Integer())
def nonzeros(N, M, padded, level):
    if level == "hard":
        return toeplitz.image_nonzeros(N, N, M)
    return (toeplitz.same_nonzeros if padded else toeplitz.valid_nonzeros)(N, M)


nonzeros.slips = rows(
    ("ends not considered", "At the ends a part of the filter meets only zeros.",
     lambda N, M, padded: N * M if padded else None),
    ("full matrix", "A window reads only as many inputs as the filter has weights.",
     lambda N, M, level: N**2 if level != "hard" else (N - M + 1) ** 2 * N**2),
    ("one row per input", "There are fewer windows than inputs.",
     lambda N, M, padded, level: None if padded else N * N * M * M if level == "hard" else N * M),
    ("rows that fit only", "Rows at the ends have entries, too.",
     lambda N, M, padded: M * (N - M + 1) if padded else None),
    ("one window only", "Every row holds the weights of its window.",
     lambda M, level: M * M if level == "hard" else M),
)  # fmt: skip
nonzeros.witness(lambda read, level: read**2 if level == "hard" else read)


@family.part(Integer(), after="nonzeros")
def free(M, level):
    return M * M if level == "hard" else M


free.slips = rows(
    ("entries counted", "The same weights stand in every row.", lambda nonzeros: nonzeros),
    ("full matrix", "Most entries are 0, and the others repeat.", lambda N: N**2),
)  # fmt: skip


@free.witness
def _(M, level):
    """Distinct entries, in a row in which all weights are seen."""
    weights = np.arange(1, M ** (2 if level == "hard" else 1) + 1)
    return len(set(np.correlate(np.eye(weights.size)[0], weights, "full")) - {0})


@family.part(Real(digits=3), levels=["hard"], after="nonzeros")
def share(N, M, nonzeros):
    return rational(nonzeros, (N - M + 1) ** 2 * N * N)


share.slips = rows(
    ("upside down", "Divide the entries other than 0 by all entries.", lambda share: 1 / share),
    ("share of one side", "A window has rows and columns.", lambda N, M: rational(M, N)),
)  # fmt: skip
share.witness(lambda read, N, M: (read / (N * len(windows(N, M)))) ** 2)


@family.part(lambda backward: shaped(backward), marks=2, levels=["medium", "hard"])
def backward(matrix, delta):
    return backprop.through_weights(matrix, delta)


backward.slips = rows(
    ("not transposed", "Going back, the matrix is transposed.",
     lambda theta, n, padded, delta:
         backprop.affine(build(theta, n, padded), delta) if padded else None),
    ("filter flipped", "Use the transposed matrix; nothing else is turned.",
     lambda theta, n, padded, delta:
         backprop.through_weights(build(theta[::-1], n, padded), delta)),
    ("upstream gradient reversed", "The first gradient belongs to the first row.",
     lambda matrix, delta: backprop.through_weights(matrix, delta[::-1])),
)  # fmt: skip


@backward.witness
def _(mapped, delta):
    """Differences of the loss by every input."""
    ones = np.ones(mapped.shape[1])
    return [delta @ (mapped @ (ones + e)) - delta @ (mapped @ ones) for e in np.eye(ones.size)]


@family.working
def _(N, M):
    return {"outputs": N - M + 1, "half": M // 2, "lost": (M * M - 1) // 4}
