"""Leave-one-out and cross-validation errors of a small data set.

Trap: the training error taken for it, the held-out point left in, K for its root.
Reference: Stone (1974); Hastie, Tibshirani and Friedman (2009), sections 5.5.2 and 7.10.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Mark, Plot
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import held_out

family = Family(
    conventions=[
        "an error is a mean of squared differences",
        "for the leave-one-out error every point is predicted by a model that is fitted to the "
        "others alone",
        "{% if level == 'easy' %}the standard error of the mean of $K$ numbers is "
        "$s / \\sqrt{K}$, where $s^2$ divides by $K - 1${% endif %}",
    ]
)

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    count = draw.by_level(4, 4, 5)
    x = sorted(draw.integers(count, 0 if draw.level == "medium" else 1, 7, distinct=True))
    shared = {"x": x, "y": draw.integers(count, -3, 9)}
    if draw.level == "easy":
        folds = draw.integers(draw.integer(4, 6), 5, 40)
        return shared | {"folds": [rational(n, 100) for n in folds]}
    return shared | ({"penalty": draw.integer(1, 6)} if draw.level == "hard" else {})


@family.condition
def _(y):
    return len(set(y)) > 2


@family.derive
def fitted(x, y):
    slope, intercept = held_out.line(x, y)
    return slope * x + intercept


@family.derive
def average(y):
    return sum(y) * rational(1, len(y))


def without(model):
    """What a model predicts for every point that it is fitted without."""

    def predict(x, y):
        x, y = np.array(x, dtype=float), np.array(y, dtype=float)
        others = [np.arange(len(x)) != i for i in range(len(x))]
        return [model(x[kept], y[kept], x[~kept][0]) for kept in others]

    return predict


def mean_model(_x, y, _at):
    return y.mean()


def line_model(x, y, at):
    columns = np.stack([x, np.ones_like(x)], axis=1)
    return engine.least_squares(columns, y) @ [at, 1]


@family.part(lambda y: Array(shape=(len(y),), digits=3), levels=["easy", "medium"])
def predictions(y):
    return held_out.constant_predictions(y)


predictions.slips = rows(
    ("mean of all", "Leave the point out before taking the mean.",
     lambda y, average: [average] * len(y)),
    ("divided by n", "One point fewer is averaged: divide by n - 1.",
     lambda y: (sum(y) - y) * rational(1, len(y))),
    ("the labels", "A point is predicted by the mean of the others.", lambda y: y),
)  # fmt: skip
predictions.witness(lambda x, y: without(mean_model)(x, y))


@family.part(Real(digits=3), marks=2, levels=["easy", "medium"])
def constant(y, predictions):
    return held_out.mean_square(y - predictions)


constant.slips = rows(
    ("training error", "The held-out point must not help to fit.",
     lambda y, average: held_out.mean_square(y - average)),
    ("sum", "Divide by the number of points.",
     lambda constant, y: constant * len(y)),
    ("divided by n - 1", "Every point is held out once: divide by n.",
     lambda constant, y: constant * rational(len(y), len(y) - 1)),
    ("not squared", "Square the differences.",
     lambda y, predictions: sum(abs(y - predictions)) * rational(1, len(y))),
)  # fmt: skip
constant.witness(lambda x, y: np.mean(np.square(np.subtract(y, without(mean_model)(x, y)))))


@family.part(Real(digits=3), levels=["easy"])
def fold_mean(folds):
    return sum(folds) * rational(1, len(folds))


fold_mean.slips = rows(
    ("sum", "Take the mean of the folds.", lambda folds: sum(folds)),
    ("smallest", "All folds count.", lambda folds: min(folds)),
    ("divided by K - 1", "Divide by the number of folds.",
     lambda folds: sum(folds) * rational(1, len(folds) - 1)),
)  # fmt: skip


@fold_mean.witness
def _(folds):
    """A hundred predictions in every fold, of which as many are wrong."""
    return np.mean([np.arange(100) < 100 * error - 0.5 for error in folds])


@family.part(Real(digits=3), levels=["easy"])
def uncertainty(folds):
    return held_out.standard_error(folds)


uncertainty.slips = rows(
    ("one fold", "The mean of K folds varies less than one fold: divide by the root of K.",
     lambda uncertainty, folds: uncertainty * sqrt(rational(len(folds)))),
    ("divided by K", "Divide by the root of K.",
     lambda uncertainty, folds: uncertainty / sqrt(rational(len(folds)))),
    ("K in the variance", "s squared divides by K - 1.",
     lambda uncertainty, folds: uncertainty * sqrt(rational(len(folds) - 1, len(folds)))),
    ("no root", "The standard error is a root.", lambda uncertainty: uncertainty * uncertainty),
)  # fmt: skip


@uncertainty.witness
def _(folds):
    """From the differences of all pairs of folds."""
    K = len(folds)
    return np.sqrt(np.square(np.subtract.outer(folds, folds)).sum() / (2 * K * K * (K - 1)))


@family.part(Real(digits=3), levels=LATER)
def training(y, fitted):
    return held_out.mean_square(y - fitted)


training.slips = rows(
    ("constant model", "The line is fitted here.",
     lambda y, average: held_out.mean_square(y - average)),
    ("sum", "Divide by the number of points.", lambda training, y: training * len(y)),
    ("divided by n - 2", "The error is a mean over all points.",
     lambda training, y: training * rational(len(y), len(y) - 2)),
)  # fmt: skip


@training.witness
def _(x, y):
    return np.mean([(line_model(np.array(x), np.array(y), a) - b) ** 2
                    for a, b in zip(x, y, strict=True)])  # fmt: skip


@family.part(Real(digits=3), marks=2, levels=LATER)
def left_out(x, y, fitted):
    return held_out.mean_square(held_out.held_out_residuals(y - fitted, held_out.leverages(x)))


left_out.slips = rows(
    ("training error", "Fit the line again without the point.", lambda training: training),
    ("constant model", "The line is fitted here.",
     lambda y: held_out.mean_square(y - held_out.constant_predictions(y))),
    ("leverage not squared", "Divide the residual by 1 - h before squaring.",
     lambda x, y, fitted:
         sum((y - fitted) ** 2 / (1 - held_out.leverages(x))) * rational(1, len(y))),
    ("sum", "Divide by the number of points.", lambda left_out, y: left_out * len(y)),
)  # fmt: skip
left_out.witness(lambda x, y: np.mean(np.square(np.subtract(y, without(line_model)(x, y)))))


@family.part(lambda x: Array(shape=(len(x),), digits=3), levels=["hard"])
def slopes(x, y, penalty):
    return held_out.penalised_slopes(x, y, penalty)


slopes.slips = rows(
    ("all points", "Fit again without the point.",
     lambda x, y, penalty: [held_out.penalised_slope(x, y, penalty)] * len(x)),
    ("penalty forgotten", "The penalty stands beside the sum of squares.",
     lambda x, y: held_out.penalised_slopes(x, y, 0)),
    ("penalty for every point", "The penalty counts once, not for every point.",
     lambda x, y, penalty: held_out.penalised_slopes(x, y, penalty * (len(x) - 1))),
)  # fmt: skip


def slope_model(penalty):
    return lambda x, y, _at: engine.least_squares(x[:, None], y, penalty)[0]


slopes.witness(lambda x, y, penalty: without(slope_model(penalty))(x, y))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def ridge(x, y, slopes):
    return held_out.mean_square(y - slopes * x)


ridge.slips = rows(
    ("training error", "Fit again without the point.",
     lambda x, y, penalty: held_out.mean_square(y - held_out.penalised_slope(x, y, penalty) * x)),
    ("sum", "Divide by the number of points.", lambda ridge, y: ridge * len(y)),
    ("penalty added", "The error is that of the predictions; the penalty is for fitting.",
     lambda ridge, slopes, penalty: ridge + penalty * held_out.mean_square(slopes)),
)  # fmt: skip
ridge.witness(
    lambda x, y, penalty: np.mean(
        np.square(np.subtract(y, np.multiply(x, without(slope_model(penalty))(x, y))))
    )
)


@family.figure
def _(x, y):
    pairs = list(zip(x, y, strict=True))
    about = ", ".join(f"({a}, {b})" for a, b in pairs)
    return Plot(f"The points {about}.", (), tuple(map(Mark, pairs)), "x", "y")


@family.derive
def fit(x, y):
    return held_out.line(x, y)


@family.derive
def rest(x, y, fitted):
    """Residuals, leverages, and residuals of the points when they are left out."""
    residuals, drawn = y - fitted, held_out.leverages(x)
    return [residuals, drawn, held_out.held_out_residuals(residuals, drawn)]


@family.working
def _(x, y):
    return {"products": sum(Vector(x) * y), "squares": sum(Vector(x) ** 2)}
