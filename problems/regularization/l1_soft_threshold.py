"""The L1 penalty: subgradient steps and soft thresholding.

Trap: keeping large weights as they are, scaling as ridge does, jumping over 0.
Reference: Tibshirani (1996), section 2.2; Hastie, Tibshirani and Friedman (2009), table 3.4.
Source: S0-82, S1-64, S1-114.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems.regularization._penalised_fits import (
    fitted,
    regressed,
    slopes,
    steepness,
    vanishing,
)
from partialcredit.solvers import shrinkage

family = Family(
    conventions=[
        r"$\lVert w \rVert_1 = \sum_i \lvert w_i \rvert${% if level == 'easy' %}, and at $w_i = 0$ "
        "the subgradient 0 is taken{% endif %}",
        "{% if level != 'easy' %}a norm without an index is the Euclidean norm{% endif %}",
    ]
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
            "epsilon": draw.decimal("0.05", "0.1", "0.2", "0.5"),
            "t": draw.decimal("0.1", "0.2", "0.3", "0.5", "2", "3"),
        }
    if draw.level == "medium":
        sizes = draw.sample(range(1, 31), 5)
        between = [n for n in range(2, 30) if n not in sizes and min(sizes) < n < max(sizes)]
        return {
            "v": [draw.choice([-1, 1]) * rational(n, 10) for n in sizes],
            "t": rational(draw.choice(between or [0]), 10),
        }
    columns, y = draw.sample(COLUMNS, 3), draw.integers(4, -9, 9)
    products = [abs(sum(x * b for x, b in zip(c, y, strict=True))) for c in columns]
    between = [n for n in range(1, 2 * max(products), 2) if n > 2 * min(products)]
    return {
        "X": tuple(zip(*columns, strict=True)),
        "y": y,
        "t": rational(draw.choice(between or [0]), 4),
    }


@family.condition
def _(t):
    """Some coefficients survive and some do not."""
    return t > 0


@family.part(Array(shape=(4,), digits=4), levels=["easy"])
def subgradient(w, t):
    return tuple(t * shrinkage.sign(x) for x in w)


subgradient.slips = rows(
    ("the weights themselves", "That is the gradient of a squared penalty.",
     lambda w, t: tuple(t * x for x in w)),
    ("all positive", "The slope of the absolute value has the weight's sign.",
     lambda w, t: tuple(t if x else 0 for x in w)),
    ("not scaled", "The penalty has the strength alpha.",
     lambda w: tuple(shrinkage.sign(x) for x in w)),
    ("sign of 0 taken as 1", "At 0 the subgradient 0 is taken.",
     lambda w, t: tuple(t if x >= 0 else -t for x in w)),
)  # fmt: skip

subgradient.witness(
    lambda w, t: slopes(lambda x: x.abs().sum() * float(t), np.array(w, dtype=float))
)


@family.part(Array(shape=(4,), digits=4), marks=2, levels=["easy"])
def updated(w, g, epsilon, t):
    return tuple(
        shrinkage.subgradient_step(x, slope, epsilon, t) for x, slope in zip(w, g, strict=True)
    )


updated.slips = rows(
    ("weight decay", "That is the step with a squared penalty.",
     lambda w, g, epsilon, t: tuple(x - epsilon * (s + t * x) for x, s in zip(w, g, strict=True))),
    ("no penalty", "The penalty pulls every weight towards 0.",
     lambda w, g, epsilon: tuple(x - epsilon * s for x, s in zip(w, g, strict=True))),
    ("penalty subtracted",
     "The penalty pulls towards 0, not away from it.",
     lambda w, g, epsilon, t: tuple(shrinkage.subgradient_step(x, s, epsilon, -t) for x, s in zip(w, g, strict=True))),
)  # fmt: skip


@updated.witness
def _(w, g, epsilon, t):
    weights = engine.Tensor(np.array(w, dtype=float), requires_grad=True)
    loss = (weights * np.array(g, dtype=float)).sum() + weights.abs().sum() * float(t)
    loss.backward()
    engine.SGD([weights], lr=float(epsilon)).step()
    return weights.data


@family.part(Array(shape=(3,), digits=4), levels=["hard"])
def least_squares(X, y):
    half = rational(1, 2)
    return tuple(
        half * sum(x * y_i for x, y_i in zip(column, y, strict=True))
        for column in zip(*X, strict=True)
    )


least_squares.slips = rows(
    ("norm forgotten", "The columns of X hold halves.",
     lambda least_squares: tuple(2 * v for v in least_squares)),
    ("divided again", "The columns of X have length 1 already.",
     lambda least_squares: tuple(v / 4 for v in least_squares)),
)  # fmt: skip

least_squares.witness(lambda X, y: engine.least_squares(np.array(X) / 2, np.array(y, dtype=float)))


@family.part(Array(shape=(5,), digits=4), marks=2, levels=["medium"])
def proximal(v, t):
    return tuple(shrinkage.soft(x, t) for x in v)


proximal.slips = rows(
    ("hard threshold", "The surviving weights shrink, too.", lambda v, t: hard_threshold(v, t)),
    ("scaled as ridge", "The L1 penalty subtracts the same amount from every size.",
     lambda v, t: tuple(shrinkage.ridge(x, t) for x in v)),
    ("subtracted without sign", "Negative weights move up towards 0.", lambda v, t: shifted(v, t)),
    ("jumped over 0", "A weight smaller than the threshold stops at 0.",
     lambda v, t: through_zero(v, t)),
)  # fmt: skip

proximal.witness(lambda v, t: fitted(v, t))


@family.part(Integer(), levels=["medium"])
def zero(v, t):
    return shrinkage.zeros(v, t)


zero.slips = rows(
    ("the survivors", "These are the weights that do not become 0.", lambda v, zero: len(v) - zero),
    ("none", "Soft thresholding sets small weights to 0 exactly.", lambda: 0),
)  # fmt: skip

zero.witness(lambda v, t: vanishing(fitted(v, t)))


@family.part(Array(shape=(5,), digits=4), levels=["medium"])
def scaled(v, t):
    return tuple(shrinkage.ridge(x, t) for x in v)


scaled.slips = rows(
    ("soft threshold", "A squared penalty never makes a weight exactly 0.",
     lambda v, t: tuple(shrinkage.soft(x, t) for x in v)),
    ("factor 1 - t", "The minimiser of the sum divides by 1 + t.",
     lambda v, t: tuple(x * (1 - t) for x in v)),
)  # fmt: skip

scaled.witness(lambda v, t: engine.least_squares(np.eye(5), np.array(v, dtype=float), float(t)))


@family.part(Array(shape=(3,), digits=4), marks=2, levels=["hard"])
def lasso(least_squares, t):
    return tuple(shrinkage.soft(v, t) for v in least_squares)


lasso.slips = rows(
    ("hard threshold", "The surviving weights shrink, too.",
     lambda least_squares, t: hard_threshold(least_squares, t)),
    ("scaled as ridge", "The L1 penalty subtracts the same amount from every size.",
     lambda least_squares, t: tuple(shrinkage.ridge(v, t) for v in least_squares)),
    ("jumped over 0", "A weight smaller than the threshold stops at 0.",
     lambda least_squares, t: through_zero(least_squares, t)),
    ("half the threshold", "With half the squared error the threshold is lambda itself.",
     lambda least_squares, t: tuple(shrinkage.soft(v, t / 2) for v in least_squares)),
)  # fmt: skip

lasso.witness(lambda X, y, t: regressed(X, y, t))


@family.part(Array(shape=(3,), digits=4), levels=["hard"])
def ridge(least_squares, t):
    return tuple(shrinkage.ridge(v, t) for v in least_squares)


ridge.slips = rows(
    ("soft threshold", "A squared penalty never makes a weight exactly 0.", lambda lasso: lasso),
    ("factor 1 - t", "The minimiser of the sum divides by 1 + lambda.",
     lambda least_squares, t: tuple(v * (1 - t) for v in least_squares)),
)  # fmt: skip

ridge.witness(
    lambda X, y, t: engine.least_squares(np.array(X) / 2, np.array(y, dtype=float), float(t))
)


@family.part(Real(digits=4), levels=["hard"])
def two_gone(least_squares):
    return sorted(abs(v) for v in least_squares)[1]


two_gone.slips = rows(
    ("only one", "From there on only the smallest coefficient is 0.",
     lambda least_squares: min(abs(v) for v in least_squares)),
    ("all three", "Two of them are 0 before the last one vanishes.",
     lambda least_squares: max(abs(v) for v in least_squares)),
    ("by sign", "Only the sizes count.", lambda least_squares: sorted(least_squares)[1]),
)  # fmt: skip


@two_gone.witness
def _(X, y):
    """The second smallest slope of the squared error at 0 in any one direction."""
    return np.sort(np.abs(steepness(X, y)))[1]


@family.part(Real(digits=4), levels=["hard"])
def empty(least_squares):
    return max(abs(v) for v in least_squares)


empty.slips = rows(
    ("smallest", "The largest coefficient is the last to vanish.",
     lambda least_squares: min(abs(v) for v in least_squares)),
    ("sign", "Only the sizes count.", lambda least_squares: max(least_squares)),
)  # fmt: skip


@empty.witness
def _(X, y):
    """The steepest slope of the squared error at 0, against which the penalty must hold."""
    return np.abs(steepness(X, y)).max()


def hard_threshold(v, t):
    return tuple(x if abs(x) > t else 0 for x in v)


def shifted(v, t):
    return tuple(x - t for x in v)


def through_zero(v, t):
    return tuple(x - t if x > 0 else x + t for x in v)
