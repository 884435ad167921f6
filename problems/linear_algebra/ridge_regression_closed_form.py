"""Ridge regression in closed form.

Trap: a penalty per example, a penalised intercept, the sign of the penalty.
Reference: Hastie, Tibshirani and Friedman (2009), equations 3.41 to 3.44; Bishop (1995) on noise.
Source: S0-81, S1-08, S1-58.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.classical import least_squares
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.problems.linear_algebra._columns import independent
from partialcredit.solvers import backprop, letters, matrices, orthogonal
from partialcredit.solvers import least_squares as solver

family = Family(
    version=3,
    conventions=[
        r"the cost is $L(\theta) = \frac{1}{2} \lVert y - X \theta \rVert^2 + \frac{\lambda}{2} "
        r"{% if free %}(\theta_2^2 + \theta_3^2)$, so the intercept $\theta_1$ is not penalised"
        r"{% else %}\lVert \theta \rVert^2$, with the squared error summed over the examples"
        "{% endif %}"
    ],
    hidden=["free"],
)


@family.sample
def sample(draw):
    N, d = draw.by_level((3, 2), (4, 2), (5, 3))
    free = draw.level == "hard"
    rows = [draw.integers(d - free, -2, 4) for _ in range(N)]
    return {
        "X": [(1, *row) if free else row for row in rows],
        "y": draw.integers(N, -3, 9),
        "lam": draw.decimal("0.5", "1", "2", *draw.by_level((), ("0.1", "4"), ("0.1", "4"))),
        "free": free,
    } | draw.by_level({}, *[{"sigma": draw.decimal("0.1", "0.2", "0.3", "0.5")}] * 2)


@family.condition
def _(X):
    return independent(X)


def penalties(X, lam, free):
    return (0 if free else lam, *[lam] * (len(X[0]) - 1))


@family.derive
def gram(X):
    return orthogonal.gram(X)


@family.derive
def moments(X, y):
    return backprop.through_weights(X, y)


@family.part(lambda X: Array(shape=(len(X[0]), len(X[0]))))
def system(X, lam, free):
    return solver.penalised(X, penalties(X, lam, free))


system.slips = rows(
    ("no penalty", "The penalty adds to the diagonal of X^T X.", lambda gram: gram),
    ("a penalty per example", "The penalty stands in the cost once, so add it once.",
     lambda X, lam, free: solver.penalised(X, penalties(X, len(X) * lam, free))),
    ("intercept penalised", "The intercept is free: its diagonal entry stays as it is.",
     lambda X, lam, free: solver.penalised(X, penalties(X, lam, False)) if free else None),
    ("added everywhere", "The matrix to add is diagonal.", lambda gram, lam: gram + lam),
    ("sign of the penalty", "The penalty is added to the cost, so lambda is added, too.",
     lambda gram, system: 2 * gram - system),
)  # fmt: skip


@system.witness
def _(X, lam, free):
    """The second derivatives of the cost, by differences, which are exact for a parabola."""
    matrix, units = np.array(X, dtype=float), np.eye(len(X[0]))
    weights = np.array([0.0 if free else lam, *[lam] * (len(X[0]) - 1)])

    def cost(theta):
        return ((theta @ matrix.T) ** 2).sum(axis=-1) / 2 + (weights * theta**2).sum(axis=-1) / 2

    single = cost(units)
    return cost(units[:, None] + units) - single[:, None] - single


@family.derive
def plain(X, y):
    """The minimiser of the squared error alone."""
    return solver.minimiser(X, y, [0] * len(X[0]))


@family.part(lambda X: Array(shape=(len(X[0]),), digits=3), marks=2)
def theta(X, y, system):
    moments = [(moment,) for moment in backprop.through_weights(X, y)]
    return tuple(row[0] for row in matrices.solve(system, moments))


def sign_of_the_penalty(X, y, lam, free, gram, system):
    found = 2 * gram - system
    leading = ([row[:n] for row in found[:n]] for n in range(1, len(found) + 1))
    if not all(map(orthogonal.determinant, leading)):
        return None
    return solver.minimiser(X, y, penalties(X, -lam, free))


theta.slips = rows(
    ("no penalty", "This minimises the squared error alone.", lambda plain: plain),
    ("a penalty per example", "The squared error is summed here, not averaged.",
     lambda X, y, lam, free: solver.minimiser(X, y, penalties(X, len(X) * lam, free))),
    ("intercept penalised", "The intercept is free: do not penalise it.",
     lambda X, y, lam, free: solver.minimiser(X, y, penalties(X, lam, False)) if free else None),
    ("sign of the penalty", "The penalty is added to the cost, so lambda is added, too.",
     sign_of_the_penalty),
    ("not inverted", "This is X^T y; the inverse still has to act on it.", lambda moments: moments),
)  # fmt: skip
theta.witness(lambda X, y, lam, free: fitted(X, y, lam, free))


@family.part(lambda X: Array(shape=(len(X[0]),), digits=3), levels=["medium"])
def unpenalised(plain):
    return plain


unpenalised.slips = rows(
    ("zero", "All parameters vanish for a large penalty, not for a small one.",
     lambda plain: 0 * plain),
    ("not inverted", "This is X^T y; the inverse of X^T X acts on it.", lambda moments: moments),
)  # fmt: skip
unpenalised.witness(lambda X, y: fitted(X, y))


@family.part(Array(shape=(3,), digits=3), levels=["hard"])
def crushed(y):
    return (*solver.minimiser([(1,)] * len(y), y, (0,)), 0, 0)


crushed.slips = rows(
    ("intercept crushed, too", "The intercept is not penalised, so it stays.", lambda: (0, 0, 0)),
    ("no penalty", "This is the limit for a small penalty.", lambda plain: plain),
    ("sum instead of mean", "The intercept that fits best is the mean.", lambda y: (sum(y), 0, 0)),
)  # fmt: skip
crushed.witness(lambda y: [*fitted([(1,)] * len(y), y), 0, 0])


def with_penalty(times):
    return letters.formula(solver.penalised_slope, lam=times * letters.symbols("lambda"))


@family.part(
    Expression(symbols={"p": "positive", "q": "real", "lambda": "positive"}), levels=["hard"]
)
def formula():
    return with_penalty(1)


formula.slips = rows(
    ("penalty left out", "Differentiate the penalty, too: it adds lambda theta.",
     lambda: with_penalty(0)),
    ("sign of the penalty", "The penalty makes the denominator larger.", lambda: with_penalty(-1)),
    ("factor 2", "The 2 of the square cancels with the 1/2 before lambda.",
     lambda: with_penalty(2)),
)  # fmt: skip


@formula.witness
def _(point):
    p, q = point["p"], point["q"]
    return fitted([[p**0.5]], [q / p**0.5], point["lambda"])[0]


@family.part(Real(), levels=["medium", "hard"])
def noise(X, sigma):
    return solver.noise_penalty(len(X), sigma)


noise.slips = rows(
    ("one example", "The noise adds to the cost of every example.", lambda sigma: sigma**2),
    ("not squared", "Noise enters the cost by its variance.", lambda X, sigma: len(X) * sigma),
    ("half taken twice", "The penalty has the factor 1/2 already.", lambda noise: noise / 2),
)  # fmt: skip


@noise.witness
def _(X, y, sigma):
    clean = np.array(y, dtype=float) - np.array(X)[:, -1]  # the residuals of theta = (0, ..., 0, 1)
    noisy = clean[:, None] - sigma * engine.sign_sequences(len(X))
    return (noisy**2).sum(axis=0).mean() - (clean**2).sum()


def fitted(X, y, weight_decay=0.0, free=False):
    """The engine's least squares; a free intercept goes by centring."""
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if not free:
        return least_squares(X, y, weight_decay)
    middle, level = X[:, 1:].mean(axis=0), y.mean()
    rest = least_squares(X[:, 1:] - middle, y - level, weight_decay)
    return np.array([level - middle @ rest, *rest])
