"""The L1 penalty: subgradient steps and soft thresholding.

Trap: keeping large weights as they are, scaling as ridge does, jumping over 0.
Reference: Tibshirani (1996), section 2.2; Hastie, Tibshirani and Friedman (2009), table 3.4.
Source: S0-82, S1-64, S1-114.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns, dot, each
from partialcredit.problems.regularization import _penalised_fits as fits
from partialcredit.solvers import shrinkage

family = Family(
    version=3,
    conventions=[
        r"$\lVert w \rVert_1 = \sum_i \lvert w_i \rvert${% if level == 'easy' %}, and at $w_i = 0$ "
        "the subgradient 0 is taken{% endif %}",
        "{% if level != 'easy' %}a norm without an index is the Euclidean norm{% endif %}",
    ],
)

#: Orthogonal columns of signs; halved, they are orthonormal.
COLUMNS = ((1, 1, 1, 1), (1, -1, 1, -1), (1, 1, -1, -1), (1, -1, -1, 1))


@family.sample
def sample(draw):
    if draw.level == "easy":
        w = [rational(n, 10) for n in draw.sample([n for n in range(-30, 31) if n], 3)]
        return {
            "w": draw.shuffle([*w, 0]),
            "g": [rational(draw.nonzero(-20, 20), 10) for _ in range(4)],
            "eta": draw.decimal("0.05", "0.1", "0.2", "0.5"),
            "t": draw.decimal("0.1", "0.2", "0.3", "0.5", "2", "3"),
        }
    if draw.level == "medium":
        sizes = draw.sample(range(1, 31), 5)
        between = [n for n in range(2, 30) if n not in sizes and min(sizes) < n < max(sizes)]
        return {
            "v": [draw.choice([-1, 1]) * rational(n, 10) for n in sizes],
            "t": rational(draw.choice(between or [0]), 10),
        }
    chosen, y = draw.sample(COLUMNS, 3), draw.integers(4, -9, 9)
    products = [abs(dot(column, y)) for column in chosen]
    between = [n for n in range(1, 2 * max(products), 2) if n > 2 * min(products)]
    return {
        "X": columns(chosen),
        "y": y,
        "t": rational(draw.choice(between or [0]), 4),
    }


@family.condition
def _(t):
    """Some coefficients survive and some do not."""
    return t > 0


@family.part(Array(shape=(4,)), levels=["easy"])
def subgradient(w, t):
    return t * each(shrinkage.sign, w)


subgradient.slips = rows(
    ("the weights themselves", "That is the gradient of a squared penalty.", lambda w, t: t * w),
    ("all positive", "The slope of the absolute value has the weight's sign.",
     lambda subgradient: abs(subgradient)),
    ("not scaled", "The penalty has the strength alpha.", lambda w: each(shrinkage.sign, w)),
    ("sign of 0 taken as 1", "At 0 the subgradient 0 is taken.",
     lambda w, t: each(lambda x: t if x >= 0 else -t, w)),
)  # fmt: skip
subgradient.witness(lambda w, t: fits.slopes(lambda x: x.abs().sum() * t, w))


@family.part(Array(shape=(4,), digits=3), marks=2, levels=["easy"])
def updated(w, g, eta, t):
    return each(shrinkage.subgradient_step, w, g, eta, t)


updated.slips = rows(
    ("weight decay", "That is the step with a squared penalty.",
     lambda w, g, eta, t: w - eta * (g + t * w)),
    ("no penalty", "The penalty pulls every weight towards 0.",
     lambda w, g, eta: w - eta * g),
    ("penalty subtracted", "The penalty pulls towards 0, not away from it.",
     lambda w, g, eta, t: each(shrinkage.subgradient_step, w, g, eta, -t)),
)  # fmt: skip


@updated.witness
def _(w, g, eta, t):
    return engine.descent_path(
        lambda weights: engine.SGD(weights, lr=eta),
        lambda x: (x * np.array(g)).sum() + x.abs().sum() * t,
        w,
        steps=1,
    )[-1]


family.run(fits.fitted)


@family.run
def inputs(X):
    return np.array(X) / 2


@family.run
def steepness(inputs, y):
    """The slopes of the squared error at 0, which the penalty must hold against."""
    return fits.slopes(lambda w: ((inputs @ w - np.array(y)) ** 2).sum() / 2, np.zeros(3))


@family.part(Array(shape=(3,)), levels=["hard"])
def least_squares(X, y):
    return each(lambda column: dot(column, y), columns(X)) * rational(1, 2)


least_squares.slips = rows(
    ("norm forgotten", "The columns of X hold halves.", lambda least_squares: 2 * least_squares),
    ("divided again", "The columns of X have length 1 already.",
     lambda least_squares: least_squares / 4),
)  # fmt: skip
least_squares.witness(lambda inputs, y: engine.least_squares(inputs, np.array(y)))


def hard_threshold(v, t):
    return each(lambda x: x if abs(x) > t else 0, v)


def through_zero(v, t):
    return each(lambda x: x - t if x > 0 else x + t, v)


@family.part(Array(shape=(5,)), marks=2, levels=["medium"])
def proximal(v, t):
    return each(shrinkage.soft, v, t)


proximal.slips = rows(
    ("hard threshold", "The surviving weights shrink, too.", hard_threshold),
    ("scaled as ridge", "The L1 penalty subtracts the same amount from every size.",
     shrinkage.ridge),
    ("subtracted without sign", "Negative weights move up towards 0.", lambda v, t: v - t),
    ("jumped over 0", "A weight smaller than the threshold stops at 0.", through_zero),
)  # fmt: skip
proximal.witness(lambda fitted: fitted)


@family.part(Integer(), levels=["medium"], after="proximal")
def zero(proximal):
    return shrinkage.zeros(proximal)


zero.slips = rows(
    ("the survivors", "These are the weights that do not become 0.", lambda v, zero: len(v) - zero),
    ("none", "Soft thresholding sets small weights to 0 exactly.", lambda: 0),
)  # fmt: skip
zero.witness(lambda fitted: fits.vanishing(fitted))


@family.part(Array(shape=(5,), digits=3), levels=["medium"])
def scaled(v, t):
    return shrinkage.ridge(v, t)


scaled.slips = rows(
    ("soft threshold", "A squared penalty never makes a weight exactly 0.",
     lambda proximal: proximal),
    ("factor 1 - t", "The minimiser of the sum divides by 1 + t.", lambda v, t: v * (1 - t)),
    ("factor 1 + 2t", "With half of both squares the weight divides by 1 + t.",
     lambda v, t: shrinkage.ridge(v, 2 * t)),
    ("hard threshold", "A squared penalty shrinks every weight.", hard_threshold),
)  # fmt: skip
scaled.witness(lambda v, t: engine.least_squares(np.eye(5), np.array(v), t))


@family.part(Array(shape=(3,)), marks=2, levels=["hard"])
def lasso(least_squares, t):
    return each(shrinkage.soft, least_squares, t)


lasso.slips = rows(
    ("hard threshold", "The surviving weights shrink, too.",
     lambda least_squares, t: hard_threshold(least_squares, t)),
    ("scaled as ridge", "The L1 penalty subtracts the same amount from every size.",
     lambda ridge: ridge),
    ("jumped over 0", "A weight smaller than the threshold stops at 0.",
     lambda least_squares, t: through_zero(least_squares, t)),
    ("half the threshold", "With half the squared error the threshold is lambda itself.",
     lambda least_squares, t: each(shrinkage.soft, least_squares, t / 2)),
)  # fmt: skip
lasso.witness(lambda inputs, y, t: fits.regressed(inputs, y, t))


@family.part(Array(shape=(3,), digits=3), levels=["hard"])
def ridge(least_squares, t):
    return shrinkage.ridge(least_squares, t)


ridge.slips = rows(
    ("soft threshold", "A squared penalty never makes a weight exactly 0.", lambda lasso: lasso),
    ("factor 1 - t", "The minimiser of the sum divides by 1 + lambda.",
     lambda least_squares, t: least_squares * (1 - t)),
)  # fmt: skip
ridge.witness(lambda inputs, y, t: engine.least_squares(inputs, np.array(y), t))


@family.part(Real(), levels=["hard"])
def two_gone(least_squares):
    return sorted(abs(least_squares))[1]


two_gone.slips = rows(
    ("only one", "From there on only the smallest coefficient is 0.",
     lambda least_squares: min(abs(least_squares))),
    ("all three", "Two of them are 0 before the last one vanishes.",
     lambda least_squares: max(abs(least_squares))),
    ("by sign", "Only the sizes count.", lambda least_squares: sorted(least_squares)[1]),
)  # fmt: skip
two_gone.witness(lambda steepness: np.sort(np.abs(steepness))[1])


@family.part(Real(), levels=["hard"])
def empty(least_squares):
    return max(abs(least_squares))


empty.slips = rows(
    ("smallest", "The largest coefficient is the last to vanish.",
     lambda least_squares: min(abs(least_squares))),
    ("sign", "Only the sizes count.", lambda least_squares: max(least_squares)),
)  # fmt: skip
empty.witness(lambda steepness: np.abs(steepness).max())


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "The slope of the L1 penalty keeps the size t right up to 0 and can hold a weight there; "
        "the slope of the squared penalty vanishes at 0, so it shrinks weights and holds none."
    )
