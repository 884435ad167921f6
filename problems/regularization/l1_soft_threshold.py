"""The L1 penalty: subgradient steps and soft thresholding.

Trap: keeping large weights as they are, scaling as ridge does, jumping over 0.
Reference: Tibshirani (1996), section 2.2; Hastie, Tibshirani and Friedman (2009), table 3.4.
Source: S0-82, S1-64, S1-114.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Integer, Real
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
        w = [Fraction(n, 10) for n in draw.sample([n for n in range(-30, 31) if n], 3)]
        return {
            "w": draw.shuffle([*w, 0]),
            "g": [Fraction(draw.nonzero(-20, 20), 10) for _ in range(4)],
            "epsilon": draw.decimal("0.05", "0.1", "0.2", "0.5"),
            "t": draw.decimal("0.1", "0.2", "0.3", "0.5", "2", "3"),
        }
    if draw.level == "medium":
        sizes = draw.sample(range(1, 31), 5)
        between = [n for n in range(2, 30) if n not in sizes and min(sizes) < n < max(sizes)]
        return {
            "v": [draw.choice([-1, 1]) * Fraction(n, 10) for n in sizes],
            "t": Fraction(draw.choice(between or [0]), 10),
        }
    columns, y = draw.sample(COLUMNS, 3), draw.integers(4, -9, 9)
    products = [abs(sum(x * b for x, b in zip(c, y, strict=True))) for c in columns]
    between = [n for n in range(1, 2 * max(products), 2) if n > 2 * min(products)]
    return {
        "X": tuple(zip(*columns, strict=True)),
        "y": y,
        "t": Fraction(draw.choice(between or [0]), 4),
    }


@family.condition
def _(t):
    """Some coefficients survive and some do not."""
    return t > 0


@family.part(Array(shape=(4,), digits=4), levels=["easy"])
def subgradient(w, t):
    return tuple(t * shrinkage.sign(x) for x in w)


@family.part(Array(shape=(4,), digits=4), marks=2, levels=["easy"])
def updated(w, g, epsilon, t):
    return tuple(
        shrinkage.subgradient_step(x, slope, epsilon, t) for x, slope in zip(w, g, strict=True)
    )


@family.part(Array(shape=(3,), digits=4), levels=["hard"])
def least_squares(X, y):
    half = Fraction(1, 2)
    return tuple(
        half * sum(x * y_i for x, y_i in zip(column, y, strict=True))
        for column in zip(*X, strict=True)
    )


@family.part(Array(shape=(5,), digits=4), marks=2, levels=["medium"])
def proximal(v, t):
    return tuple(shrinkage.soft(x, t) for x in v)


@family.part(Integer(), levels=["medium"])
def zero(v, t):
    return shrinkage.zeros(v, t)


@family.part(Array(shape=(5,), digits=4), levels=["medium"])
def scaled(v, t):
    return tuple(shrinkage.ridge(x, t) for x in v)


@family.part(Array(shape=(3,), digits=4), marks=2, levels=["hard"])
def lasso(least_squares, t):
    return tuple(shrinkage.soft(v, t) for v in least_squares)


@family.part(Array(shape=(3,), digits=4), levels=["hard"])
def ridge(least_squares, t):
    return tuple(shrinkage.ridge(v, t) for v in least_squares)


@family.part(Real(digits=4), levels=["hard"])
def two_gone(least_squares):
    return sorted(abs(v) for v in least_squares)[1]


@family.part(Real(digits=4), levels=["hard"])
def empty(least_squares):
    return max(abs(v) for v in least_squares)


def hard_threshold(v, t):
    return tuple(x if abs(x) > t else 0 for x in v)


def shifted(v, t):
    return tuple(x - t for x in v)


def through_zero(v, t):
    return tuple(x - t if x > 0 else x + t for x in v)


@subgradient.mistake("the weights themselves", "That is the gradient of a squared penalty.")
def _(w, t):
    return tuple(t * x for x in w)


@subgradient.mistake("all positive", "The slope of the absolute value has the weight's sign.")
def _(w, t):
    return tuple(t if x else 0 for x in w)


@subgradient.mistake("not scaled", "The penalty has the strength alpha.")
def _(w):
    return tuple(shrinkage.sign(x) for x in w)


@subgradient.mistake("sign of 0 taken as 1", "At 0 the subgradient 0 is taken.")
def _(w, t):
    return tuple(t if x >= 0 else -t for x in w)


@updated.mistake("weight decay", "That is the step with a squared penalty.")
def _(w, g, epsilon, t):
    return tuple(x - epsilon * (s + t * x) for x, s in zip(w, g, strict=True))


@updated.mistake("no penalty", "The penalty pulls every weight towards 0.")
def _(w, g, epsilon):
    return tuple(x - epsilon * s for x, s in zip(w, g, strict=True))


@updated.mistake("penalty subtracted", "The penalty pulls towards 0, not away from it.")
def _(w, g, epsilon, t):
    return tuple(shrinkage.subgradient_step(x, s, epsilon, -t) for x, s in zip(w, g, strict=True))


@proximal.mistake("hard threshold", "The surviving weights shrink, too.")
def _(v, t):
    return hard_threshold(v, t)


@proximal.mistake("scaled as ridge", "The L1 penalty subtracts the same amount from every size.")
def _(v, t):
    return tuple(shrinkage.ridge(x, t) for x in v)


@proximal.mistake("subtracted without sign", "Negative weights move up towards 0.")
def _(v, t):
    return shifted(v, t)


@proximal.mistake("jumped over 0", "A weight smaller than the threshold stops at 0.")
def _(v, t):
    return through_zero(v, t)


@zero.mistake("the survivors", "These are the weights that do not become 0.")
def _(v, zero):
    return len(v) - zero


@zero.mistake("none", "Soft thresholding sets small weights to 0 exactly.")
def _():
    return 0


@scaled.mistake("soft threshold", "A squared penalty never makes a weight exactly 0.")
def _(v, t):
    return tuple(shrinkage.soft(x, t) for x in v)


@scaled.mistake("factor 1 - t", "The minimiser of the sum divides by 1 + t.")
def _(v, t):
    return tuple(x * (1 - t) for x in v)


@least_squares.mistake("norm forgotten", "The columns of X hold halves.")
def _(least_squares):
    return tuple(2 * v for v in least_squares)


@least_squares.mistake("divided again", "The columns of X have length 1 already.")
def _(least_squares):
    return tuple(v / 4 for v in least_squares)


@lasso.mistake("hard threshold", "The surviving weights shrink, too.")
def _(least_squares, t):
    return hard_threshold(least_squares, t)


@lasso.mistake("scaled as ridge", "The L1 penalty subtracts the same amount from every size.")
def _(least_squares, t):
    return tuple(shrinkage.ridge(v, t) for v in least_squares)


@lasso.mistake("jumped over 0", "A weight smaller than the threshold stops at 0.")
def _(least_squares, t):
    return through_zero(least_squares, t)


@lasso.mistake("half the threshold", "With half the squared error the threshold is lambda itself.")
def _(least_squares, t):
    return tuple(shrinkage.soft(v, t / 2) for v in least_squares)


@two_gone.mistake("only one", "From there on only the smallest coefficient is 0.")
def _(least_squares):
    return min(abs(v) for v in least_squares)


@two_gone.mistake("all three", "Two of them are 0 before the last one vanishes.")
def _(least_squares):
    return max(abs(v) for v in least_squares)


@two_gone.mistake("by sign", "Only the sizes count.")
def _(least_squares):
    return sorted(least_squares)[1]


@ridge.mistake("soft threshold", "A squared penalty never makes a weight exactly 0.")
def _(lasso):
    return lasso


@ridge.mistake("factor 1 - t", "The minimiser of the sum divides by 1 + lambda.")
def _(least_squares, t):
    return tuple(v * (1 - t) for v in least_squares)


@empty.mistake("smallest", "The largest coefficient is the last to vanish.")
def _(least_squares):
    return min(abs(v) for v in least_squares)


@empty.mistake("sign", "Only the sizes count.")
def _(least_squares):
    return max(least_squares)


@subgradient.witness
def _(w, t):
    return slopes(lambda x: x.abs().sum() * float(t), np.array(w, dtype=float))


@updated.witness
def _(w, g, epsilon, t):
    weights = engine.Tensor(np.array(w, dtype=float), requires_grad=True)
    loss = (weights * np.array(g, dtype=float)).sum() + weights.abs().sum() * float(t)
    loss.backward()
    engine.SGD([weights], lr=float(epsilon)).step()
    return weights.data


@proximal.witness
def _(v, t):
    return fitted(v, t)


@zero.witness
def _(v, t):
    return vanishing(fitted(v, t))


@scaled.witness
def _(v, t):
    return engine.least_squares(np.eye(5), np.array(v, dtype=float), float(t))


@least_squares.witness
def _(X, y):
    return engine.least_squares(np.array(X) / 2, np.array(y, dtype=float))


@lasso.witness
def _(X, y, t):
    return regressed(X, y, t)


@two_gone.witness
def _(X, y):
    """The second smallest slope of the squared error at 0 in any one direction."""
    return np.sort(np.abs(steepness(X, y)))[1]


@ridge.witness
def _(X, y, t):
    return engine.least_squares(np.array(X) / 2, np.array(y, dtype=float), float(t))


@empty.witness
def _(X, y):
    """The steepest slope of the squared error at 0, against which the penalty must hold."""
    return np.abs(steepness(X, y)).max()
