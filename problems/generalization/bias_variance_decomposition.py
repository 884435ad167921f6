"""Bias and variance of a learner, by listing all its training sets.

Trap: the variance of the target, differences averaged before squaring, noise left out.
Reference: Geman, Bienenstock and Doursat (1992); Abu-Mostafa, Magdon-Ismail and Lin (2012), section
2.3.
Source: none
"""

from itertools import combinations, product

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Mark, Plot
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import bias_variance, letters

family = Family(
    conventions=[
        "the bias is the squared difference between mean prediction and target, and the variance "
        "the mean squared difference between prediction and mean prediction; both are means over "
        "the inputs",
        "{% if level == 'hard' %}all noise is independent{% endif %}",
    ],
)


@family.sample
def sample(draw):
    count = draw.by_level(3, draw.integer(3, 4), 3)
    return {
        "x": sorted(draw.integers(count, -3, 5, distinct=True)),
        "targets": draw.integers(count, -4, 8),
        "noise": rational(draw.integer(1, 6), 2) if draw.level == "hard" else 0,
    }


@family.condition
def _(x, targets):
    """No line, and no constant."""
    slopes = {rational(d - b, c - a) for (a, b), (c, d) in pairs(x, targets)}
    return len(slopes) > 1 and len(set(targets)) > 1


def pairs(x, targets):
    return combinations(zip(x, targets, strict=True), 2)


@family.derive
def predictions(level, x, targets):
    """Training sets by inputs."""
    if level == "medium":
        return bias_variance.lines(x, targets)
    return bias_variance.constants(targets)


@family.derive
def average(predictions):
    return bias_variance.mean_prediction(predictions)


@family.run
def table(level, x, targets, noise):
    """The prediction of every training set, with every sign of its noise, at every input."""
    x, y = np.array(x, dtype=float), np.array(targets, dtype=float)
    columns = np.stack([np.ones_like(x), x] if level == "medium" else [np.ones_like(x)], axis=1)
    found = []
    for pair in combinations(range(len(x)), 2):
        for signs in product((-1, 1), repeat=2):
            labels = y[list(pair)] + noise * np.array(signs)
            found.append(columns @ engine.least_squares(columns[list(pair)], labels))
    return np.array(found)


@family.part(Real(digits=3), levels=["easy"])
def central(average):
    return average[0]


central.slips = rows(
    ("first training set", "Take the mean over all training sets.",
     lambda predictions: predictions[0][0]),
    ("sum", "Take the mean over the training sets.",
     lambda predictions: sum(p[0] for p in predictions)),
    ("middle target", "Take the mean, not the median.", lambda targets: sorted(targets)[1]),
)  # fmt: skip
central.witness(lambda table: table.mean())


@family.part(lambda x: Array(shape=(len(x),), digits=3), marks=2, levels=["medium"])
def means(x, targets):
    return bias_variance.mean_prediction(bias_variance.lines(x, targets))


means.slips = rows(
    ("the targets", "Away from its two points a line misses the target.", lambda targets: targets),
    ("mean of the labels", "The learner draws lines, not constants.",
     lambda targets: bias_variance.mean_prediction(bias_variance.constants(targets))),
    ("sum", "Take the mean over the training sets.",
     lambda predictions: sum(predictions[1:], predictions[0])),
)  # fmt: skip
means.witness(lambda table: table.mean(axis=0))


@family.part(Real(digits=3))
def bias(average, targets):
    return bias_variance.squared_bias(average, targets)


bias.slips = rows(
    ("not squared", "Square the differences.",
     lambda average, targets: sum(abs(average - targets)) * rational(1, len(targets))),
    ("sum", "Take the mean over the inputs.", lambda bias, targets: bias * len(targets)),
    ("error of the learner", "Average the predictions before subtracting the target.",
     lambda bias, average, predictions: bias + bias_variance.variance(predictions, average)),
    ("root", "The squared bias is asked for.", lambda bias: sqrt(bias)),
)  # fmt: skip
bias.witness(lambda table, targets: np.mean((table.mean(axis=0) - np.array(targets)) ** 2))


@family.part(Real(digits=3), marks=2)
def variance(predictions, average, noise):
    return bias_variance.variance(predictions, average) + bias_variance.noise_in_variance(noise)


variance.slips = rows(
    ("divided by one less", "All training sets are listed: divide by their number.",
     lambda predictions, average, noise:
         bias_variance.variance(predictions, average)
         * rational(len(predictions), len(predictions) - 1)
         + bias_variance.noise_in_variance(noise)),
    ("variance of the target", "It is the predictions that vary with the training set.",
     lambda targets:
         sum((targets - sum(targets) * rational(1, len(targets))) ** 2)
         * rational(1, len(targets))),
    ("root", "The variance is not a root.", lambda variance: sqrt(variance)),
    ("noise left out", "Noisy labels move the predictions, too.",
     lambda predictions, average: bias_variance.variance(predictions, average)),
    ("noise not averaged", "The mean of two labels has half of their noise's variance.",
     lambda predictions, average, noise:
         bias_variance.variance(predictions, average) + noise**2),
)  # fmt: skip
variance.witness(lambda table: table.var(axis=0).mean())


@family.part(Real(digits=3))
def error(bias, variance, noise):
    return bias + variance + noise**2


error.slips = rows(
    ("bias only", "Add the variance.", lambda bias: bias),
    ("root of the bias", "Add the squared bias.", lambda bias, variance, noise:
     sqrt(bias) + variance + noise**2),
    ("noise of the new label left out", "No learner predicts the noise of the new label.",
     lambda bias, variance: bias + variance),
    ("noise not squared", "The noise enters with its variance.",
     lambda bias, variance, noise: bias + variance + noise),
)  # fmt: skip


@error.witness
def _(table, targets, noise):
    """All predictions against all labels."""
    labels = [np.array(targets) + sign * noise for sign in (-1, 1)]
    return np.mean([(table - label) ** 2 for label in labels])


SYMBOLS = {"mu": "real", "sigma": "positive", "n": "positive integer"}


@family.part(Expression(symbols={"c": "unit", **SYMBOLS}), marks=2, levels=["hard"])
def shrunk():
    return letters.formula(bias_variance.shrunk_error)


shrunk.slips = rows(
    ("factor not squared", "A factor c multiplies a variance by its square.",
     lambda: letters.formula(lambda c, mu, sigma, n: (1 - c) ** 2 * mu**2 + c * sigma**2 / n)),
    ("n forgotten", "The mean of n labels has the variance sigma^2/n.",
     lambda: letters.formula(lambda c, mu, sigma: (1 - c) ** 2 * mu**2 + c**2 * sigma**2)),
    ("variance only", "The shrunk mean is biased.",
     lambda: letters.formula(lambda c, sigma, n: c**2 * sigma**2 / n)),
    ("bias not squared", "Square the bias.",
     lambda: letters.formula(lambda c, mu, sigma, n: (1 - c) * mu + c**2 * sigma**2 / n)),
)  # fmt: skip


def shrunk_by(c, mu, sigma, n):
    """The error over all signs of the noise of n labels."""
    chances = np.ones(1)
    for _label in range(int(n)):
        chances = np.convolve(chances, [0.5, 0.5])
    means = mu + sigma * np.arange(-n, n + 1, 2) / n
    return chances @ (c * means - mu) ** 2


shrunk.witness(lambda point: shrunk_by(**point))


@family.part(Expression(symbols=SYMBOLS), levels=["hard"])
def best():
    return letters.formula(bias_variance.best_factor)


best.slips = rows(
    ("deviations for variances", "Compare the square of the mean with the variance.",
     lambda: letters.formula(lambda mu, sigma, n: mu / (mu + sigma / n))),
    ("n forgotten", "The mean of n labels has the variance sigma^2/n.",
     lambda: letters.formula(lambda mu, sigma: mu**2 / (mu**2 + sigma**2))),
    ("the other share", "A large variance calls for a small factor.",
     lambda best: 1 - best),
)  # fmt: skip


@best.witness
def _(point):
    """The vertex of the parabola through three errors."""
    low, middle, high = (shrunk_by(c, **point) for c in (0.0, 0.5, 1.0))
    return (3 * low - 4 * middle + high) / (4 * (low - 2 * middle + high))


@family.figure
def _(x, targets):
    points = list(zip(x, targets, strict=True))
    about = ", ".join(f"({a}, {b})" for a, b in points)
    return Plot(f"The points {about}.", (), tuple(map(Mark, points)), "x", "f(x)")


@family.working
def _(x, targets, predictions, average):
    spread = [sum((p - average) ** 2) for p in predictions]
    sets = list(combinations(x, 2))
    return {"sets": sets, "spread": spread, "away": average - targets}
