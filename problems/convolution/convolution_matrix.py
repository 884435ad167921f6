"""Convolution as multiplication by a matrix.

Trap: starting the rows one place off, wrapping around the ends, counting entries as parameters.
Reference: Goodfellow, Bengio and Courville (2016), section 9.1; Dumoulin and Visin (2016), section
4.1.
Source: S4-19, S4-20, S4-21, S4-22.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family
from partialcredit.grading import Array, Choice, Integer, Real
from partialcredit.solvers import backprop
from partialcredit.solvers import convolution_matrix as toeplitz

family = Family(
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


@family.part(lambda matrix: Array(shape=(len(matrix), len(matrix[0]))), marks=2)
def matrix(theta, n, padded):
    return build(theta, n, padded)


FORMULAS = tuple(
    rf"$z_i = \sum_{{j=0}}^{{2}} \theta_j x_{{{index}}}$"
    for index in ("i+j", "i+j-1", "i-j", "i+j+1")
)


@family.part(
    lambda order: Choice(tuple(FORMULAS[number] for number in order)), levels=["easy", "medium"]
)
def formula(padded, order):
    return order.index(1 if padded else 0)


@family.part(Integer())
def nonzeros(N, M, padded, level):
    if level == "hard":
        return toeplitz.image_nonzeros(N, N, M)
    return (toeplitz.same_nonzeros if padded else toeplitz.valid_nonzeros)(N, M)


@family.part(Integer())
def free(M, level):
    return M * M if level == "hard" else M


@family.part(Real(digits=4), levels=["hard"])
def share(N, M, nonzeros):
    return Fraction(nonzeros, (N - M + 1) ** 2 * N * N)


@family.part(lambda matrix: Array(shape=(len(matrix[0]),)), marks=2, levels=["medium", "hard"])
def backward(matrix, delta):
    return backprop.through_weights(matrix, delta)


def shifted(rows, places):
    """Every row moved along, with zeros coming in."""
    return tuple((0,) * places + row[: len(row) - places] for row in rows)


@matrix.mistake("one place off", "Row 1 belongs to the first window: see which inputs it reads.")
def _(matrix, padded, level):
    if level == "hard":
        return None
    return tuple((*row[1:], 0) for row in matrix) if padded else shifted(matrix, 1)


@matrix.mistake("wrapped around", "Beyond the ends there are zeros; nothing comes around again.")
def _(theta, n, padded):
    if not padded:
        return None
    a, b, c = theta
    first = (b, c, *(0,) * (n - 3), a)
    return tuple(first[n - i :] + first[: n - i] for i in range(n))


@matrix.mistake("filter flipped", "The filter is used as it is written.")
def _(theta, n, padded):
    return build(theta[::-1], n, padded)


@matrix.mistake("ends left out", "With the zeros there are as many outputs as inputs.")
def _(theta, n, padded):
    return toeplitz.valid_matrix(theta, n) if padded else None


@matrix.mistake("outputs as columns", "Rows belong to outputs and columns to inputs.")
def _(matrix):
    return backprop.transpose(matrix)


@matrix.mistake("rows of the kernel side by side", "Rows of a window lie one image row apart.")
def _(theta, level):
    return toeplitz.valid_matrix(theta, 9)[:4] if level == "hard" else None


@formula.mistake("without the zeros", "The first row misses the first weight: it meets a zero.")
def _(padded, order):
    return order.index(0) if padded else None


@formula.mistake("with a zero in front", "The first window begins with the first entry.")
def _(padded, order):
    return None if padded else order.index(1)


@formula.mistake("convolution", "The filter is not flipped: i + j, not i - j.")
def _(order):
    return order.index(2)


@nonzeros.mistake("ends not considered", "At the ends a part of the filter meets only zeros.")
def _(N, M, padded):
    return N * M if padded else None


@nonzeros.mistake("full matrix", "A window reads only as many inputs as the filter has weights.")
def _(N, M, level):
    return N**2 if level != "hard" else (N - M + 1) ** 2 * N**2


@nonzeros.mistake("one row per input", "There are fewer windows than inputs.")
def _(N, M, padded, level):
    return None if padded else N * N * M * M if level == "hard" else N * M


@nonzeros.mistake("rows that fit only", "Rows at the ends have entries, too.")
def _(N, M, padded):
    return M * (N - M + 1) if padded else None


@nonzeros.mistake("one window only", "Every row holds the weights of its window.")
def _(M, level):
    return M * M if level == "hard" else M


@free.mistake("entries counted", "The same weights stand in every row.")
def _(nonzeros):
    return nonzeros


@free.mistake("full matrix", "Most entries are 0, and the others repeat.")
def _(N):
    return N**2


@share.mistake("upside down", "Divide the entries other than 0 by all entries.")
def _(share):
    return 1 / share


@share.mistake("share of one side", "A window has rows and columns.")
def _(N, M):
    return Fraction(M, N)


@backward.mistake("not transposed", "Going back, the matrix is transposed.")
def _(theta, n, padded, delta):
    return backprop.affine(build(theta, n, padded), delta) if padded else None


@backward.mistake("filter flipped", "Use the transposed matrix; nothing else is turned.")
def _(theta, n, padded, delta):
    return backprop.through_weights(build(theta[::-1], n, padded), delta)


@backward.mistake("upstream gradient reversed", "The first gradient belongs to the first row.")
def _(matrix, delta):
    return backprop.through_weights(matrix, delta[::-1])


@lru_cache(maxsize=8)
def run(theta, n, padded):
    """Columns of the matrix: what unit inputs give."""
    if len(theta) == 4:
        seen = np.lib.stride_tricks.sliding_window_view(np.eye(9).reshape(9, 3, 3), (2, 2), (1, 2))
        return np.tensordot(seen, np.reshape(theta, (2, 2)), 2).reshape(9, 4).T
    mode = "same" if padded else "valid"
    return np.array([np.correlate(unit, theta, mode) for unit in np.eye(n)]).T


@matrix.witness
def _(theta, n, padded):
    return run(theta, n, padded)


@formula.witness
def _(theta, n, padded, order):
    """Which offset from i the window of output i = 2 begins with."""
    first = np.flatnonzero(run(theta, n, padded)[1])[0] + 1
    return order.index({2: 0, 1: 1}[int(first)])


@lru_cache(maxsize=512)
def read(N, M, padded):
    """How many entries of the signal all windows read together."""
    places = windows(N, M, padding=M // 2 if padded else 0)
    return int(((places >= 0) & (places < N)).sum())


@nonzeros.witness
def _(theta, N, M, padded):
    return read(N, M, padded) ** (2 if len(theta) == 4 else 1)


@free.witness
def _(theta, M):
    """Distinct entries, in a row in which all weights are seen."""
    weights = np.arange(1, M ** (2 if len(theta) == 4 else 1) + 1)
    return len(set(np.correlate(np.eye(weights.size)[0], weights, "full")) - {0})


@share.witness
def _(N, M):
    touched = read(N, M, 0)
    return (touched / (N * len(windows(N, M)))) ** 2


@backward.witness
def _(theta, n, padded, delta):
    """Differences of the loss by every input."""
    ones = np.zeros(run(theta, n, padded).shape[1])
    base = run(theta, n, padded)
    moved = [ones + unit for unit in np.eye(ones.size)]
    return np.array([delta @ (base @ x) - delta @ (base @ ones) for x in moved])


@family.working
def _(N, M):
    return {"outputs": N - M + 1, "half": M // 2, "lost": (M * M - 1) // 4}
