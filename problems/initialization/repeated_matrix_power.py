"""The same matrix applied again and again.

Trap: multiplying by t instead of raising to the power t, powers of the entries, a transpose.
Reference: Pascanu, Mikolov and Bengio (2013), section 2.1; Strang (2016), section 6.2.
Source: S1-80.
"""

from itertools import accumulate, product, repeat
from math import gcd
from operator import mul

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import backprop, matrices, propagation

family = Family(version=3, hidden=["U"])

#: Pairs of eigenvectors, as columns, whose inverse has short decimals.
BASES = [
    ((a, b), (c, d))
    for a, b, c, d in product((-2, -1, 1, 2, 3), repeat=4)
    if a > 0 and b > 0 and abs(a * d - b * c) in (1, 2, 4) and (c, d) != (b, a)
    if gcd(a, c) == gcd(b, d) == 1
]

IDENTITY = Vector(((1, 0), (0, 1)))


@family.sample
def sample(draw):
    U = IDENTITY if draw.level == "easy" else draw.choice(BASES)
    grows, fades = rational(draw.integer(104, 150), 100), rational(draw.integer(70, 95), 100)
    if draw.level != "easy":
        grows, fades = rational(draw.integer(11, 15), 10), rational(draw.integer(14, 19), 20)
    if draw.level == "hard":
        fades *= draw.choice([-1, 1])
    starts = [(a, b) for a, b in product(range(-5, 6), repeat=2) if a * b]
    others = [s for s in starts if s[0] * U[1][1] != s[1] * U[0][1]]  # not fading as a whole
    return {
        "W": propagation.diagonalised_power(U, (grows, fades), 1),
        "U": U,
        "t": draw.integer(*draw.by_level((5, 20), (5, 15), (4, 12))),
        "k": draw.integer(2, 4),
    } | draw.by_level({}, {}, {"x": draw.choice(others)})


@family.part(Array(shape=(2,)))
def eigenvalues(W, U):
    return tuple(propagation.eigenvalue(W, u) for u in backprop.transpose(U))


eigenvalues.slips = rows(
    ("diagonal of W", "The diagonal holds the eigenvalues of triangular matrices.",
     lambda W: (W[0][0], W[1][1])),
    ("other order", "The larger eigenvalue comes first.", lambda eigenvalues: eigenvalues[::-1]),
    ("trace and determinant", "These are the sum and the product of the eigenvalues.",
     lambda W, eigenvalues: (matrices.trace(W), eigenvalues[0] * eigenvalues[1])),
)  # fmt: skip


@family.run
def by_size(W):
    """The eigenvalues that NumPy finds, the largest first."""
    return sorted(np.linalg.eigvals(np.array(W)).real, reverse=True)


eigenvalues.witness(lambda by_size: by_size)


@family.part(Array(shape=(2, 2), digits=3), marks=2)
def power(U, eigenvalues, t):
    return propagation.diagonalised_power(U, eigenvalues, t)


def powers_of_the_entries(W, t):
    """Not where the powers are so large that nobody would go on with them."""
    largest = max(abs(w) for row in W for w in row)
    return W**t if largest**t < 10**4 else None


def transpose_for_inverse(U, eigenvalues, t):
    stretched = [row * eigenvalues**t for row in U]
    return matrices.product(stretched, backprop.transpose(U))


power.slips = rows(
    ("multiplied by t", "Applying W again multiplies by W, not by 2.", lambda W, t: t * W),
    ("powers of the entries", "Only the eigenvalues are raised to the power t.",
     powers_of_the_entries),
    ("transpose for inverse",
     "The eigenvectors are not orthogonal: their matrix needs its inverse.",
     transpose_for_inverse),
    ("transposed", "The eigenvectors are the columns of their matrix, not the rows.",
     lambda power: backprop.transpose(power)),
    ("transpose of W", "The t over W is a power; W is not transposed.",
     lambda W: backprop.transpose(W) if W[0][1] != W[1][0] else None),
    ("growth in a straight line", "Each step multiplies what the last one left.",
     lambda W, t: IDENTITY + t * (W - IDENTITY)),
    ("one step too few", "W acts t times.",
     lambda U, eigenvalues, t: propagation.diagonalised_power(U, eigenvalues, t - 1)),
    ("one step too many", "W acts t times.",
     lambda U, eigenvalues, t: propagation.diagonalised_power(U, eigenvalues, t + 1)),
    ("powers of the diagonal matrix", "Go back from the eigenvectors: U L^t U^-1.",
     lambda eigenvalues, t: ((eigenvalues[0] ** t, 0), (0, eigenvalues[1] ** t))),
)  # fmt: skip


def applied(W, t):
    return np.linalg.matrix_power(np.array(W), t)


power.witness(applied)


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def state(power, x):
    return backprop.affine(power, x)


state.slips = rows(
    ("one step", "W acts t times.", lambda W, x: backprop.affine(W, x)),
    ("transposed", "The rows of the power meet the vector.",
     lambda power, x: backprop.through_weights(power, x)),
    ("largest eigenvalue only", "Only one of the components grows by the first eigenvalue.",
     lambda eigenvalues, x, t: eigenvalues[0] ** t * x),
)  # fmt: skip
state.witness(lambda W, x, t: applied(W, t) @ x)


@family.part(Real(digits=3), levels=["hard"])
def direction(U):
    return rational(U[1][0], U[0][0])


direction.slips = rows(
    ("fading eigenvector", "The component along the other eigenvector survives.",
     lambda U: rational(U[1][1], U[0][1])),
    ("unchanged direction", "Only eigenvectors keep their direction.",
     lambda x: rational(x[1], x[0])),
    ("inverse", "Divide the second entry by the first.", lambda direction: 1 / direction),
)  # fmt: skip


@direction.witness
def _(W, x):
    """Where the vector points after so many steps that nothing of the fading component is left."""
    end = applied(W, 400) @ x
    return end[1] / end[0]


@family.part(Integer())
def gone(eigenvalues, k):
    return propagation.layers_until_below(abs(eigenvalues[1]), rational(1, 10**k))


def half_of_the_power_of_10(eigenvalues, k):
    bound = rational(1, 10 ** (k // 2))
    return propagation.layers_until_below(abs(eigenvalues[1]), bound) if k % 2 == 0 else None


gone.slips = rows(
    ("one step too few", "After that many steps the bound is not yet passed.",
     lambda gone: gone - 1),
    ("decay in a straight line", "Each step takes a share of what is left, not of the start.",
     lambda eigenvalues, k: int((1 - rational(1, 10**k)) / (1 - abs(eigenvalues[1]))) + 1),
    ("half of the power of 10", "The component itself is asked for, not its square.",
     half_of_the_power_of_10),
    ("one step too many", "One step less passes the bound already.", lambda gone: gone + 1),
)  # fmt: skip


@gone.witness
def _(by_size, k):
    """The component after every step, up to the first that is small enough."""
    left = accumulate(repeat(abs(by_size[1])), mul)
    return next(step for step, size in enumerate(left, 1) if size < 10.0**-k)


@family.working
def _(W, U, eigenvalues, t, k):
    determinant = eigenvalues[0] * eigenvalues[1]
    return {
        "columns": backprop.transpose(U),
        "inverse": matrices.solve(U, IDENTITY),
        "trace": matrices.trace(W),
        "determinant": determinant,
        "middle": sum(eigenvalues) / 2,
        "radius": abs(eigenvalues[0] - eigenvalues[1]) / 2,
        "powers": eigenvalues**t,
        "steps": k / abs(log(abs(rational(eigenvalues[1]))) / log(10)),
    }
