"""Questions about descent on a quadratic that is not round: the best rate and momentum."""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer, Interval, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Estimate
from partialcredit.problems.optimizers._quadratic import (
    below,
    crossing,
    edge,
    factors,
    least_swinging_momentum,
    walk,
)
from partialcredit.solvers import descent, letters

__all__ = ["questions"]

questions = Family()

HARD = ["hard"]


@questions.part(Array(shape=(2,)), levels=HARD)
def spectrum(a, b):
    return (a - abs(b), a + abs(b))


spectrum.slips = rows(
    ("the diagonal", "The off-diagonal entries move the eigenvalues apart.", lambda a: (a, a)),
    ("halved", "The eigenvalues are a - b and a + b.",
     lambda spectrum: tuple(rational(c, 2) for c in spectrum)),
)  # fmt: skip

spectrum.witness(lambda a, b: np.linalg.eigvalsh(matrix(a, b)))


@questions.part(Interval(digits=4), levels=HARD)
def stable_rates(spectrum):
    return below(descent.largest_rate(spectrum[1]))


stable_rates.slips = rows(
    ("one over the curvature", "Up to 2/lambda the steps still shrink.",
     lambda spectrum: below(rational(1) / spectrum[1])),
    ("smallest curvature", "The steepest direction diverges first.",
     lambda spectrum: below(descent.largest_rate(spectrum[0]))),
)  # fmt: skip

stable_rates.witness(lambda a, b: edge(matrix(a, b)))


@questions.part(
    Expression(symbols={"lambda_1": "positive", "lambda_2": "positive"}), marks=2, levels=HARD
)
def formula():
    return letters.formula(descent.best_rate)


formula.slips = rows(
    ("one over the sum", "Solving 1 - epsilon lambda_1 = -(1 - epsilon lambda_2) leaves a 2 above.",
     lambda: letters.formula(one_over_sum)),
    ("the limit", "This rate is the limit of stability of one direction.",
     lambda: letters.formula(limit_of_two)),
    ("one over the largest", "This is best for the steepest direction; the flat one is slower.",
     lambda: letters.formula(one_over_largest)),
)  # fmt: skip

formula.witness(lambda point: crossing(np.diag(sorted(point.values())), sum))


@questions.part(Real(digits=4), levels=HARD)
def best(spectrum):
    return descent.best_rate(rational(spectrum[0]), spectrum[1])


best.slips = rows(
    ("one over the sum", "Solving 1 - epsilon lambda_1 = -(1 - epsilon lambda_2) leaves a 2 above.",
     lambda best: best / 2),
    ("one over the largest", "This is best for the steepest direction; the flat one is slower.",
     lambda spectrum: rational(1) / spectrum[1]),
    ("the limit", "At this rate the steep direction does not shrink at all.",
     lambda spectrum: descent.largest_rate(spectrum[1])),
)  # fmt: skip

best.witness(lambda a, b: crossing(matrix(a, b), sum))


@questions.part(Real(digits=4), levels=HARD)
def best_factor(spectrum, best):
    return max(descent.contraction(best, c) for c in spectrum)


best_factor.slips = rows(
    ("at the rate 1/lambda", "Use the best learning rate.",
     lambda spectrum: descent.contraction(rational(1) / spectrum[1], spectrum[0])),
    ("squared", "This is the factor of the loss, not of the distance.",
     lambda best_factor: best_factor**2),
)  # fmt: skip

best_factor.witness(lambda a, b: np.abs(factors(matrix(a, b), crossing(matrix(a, b), sum))).max())


@questions.part(Integer(), marks=2, levels=HARD)
def best_steps(best_factor, share):
    return descent.steps_to_reach(best_factor, share)


best_steps.slips = rows(
    ("rounded down", "After so many steps the bound is not yet reached: round up.",
     lambda best_steps: best_steps - 1),
    ("loss instead of distance", "The distance shrinks by the factor itself.",
     lambda best_factor, share: descent.steps_to_reach(best_factor**2, share)),
)  # fmt: skip

best_steps.witness(
    lambda a, b, share: walk(np.linalg.eigvalsh(matrix(a, b)), crossing(matrix(a, b), sum), share)
)


@questions.part(Real(digits=4), levels=HARD)
def momentum(spectrum):
    return descent.best_momentum(rational(spectrum[1]) / spectrum[0])


def no_root_of_kappa(spectrum):
    low, high = spectrum
    return (rational(high - low) / (high + low)) ** 2


momentum.slips = rows(
    ("no root of kappa", "With momentum only the root of the condition number counts.",
     no_root_of_kappa),
    ("not squared", "This is the factor of each step; the coefficient is its square.",
     lambda momentum: sqrt(momentum)),
)  # fmt: skip


@momentum.witness
def _(a, b):
    curvatures = np.linalg.eigvalsh(matrix(a, b)).tolist()
    return Estimate(least_swinging_momentum(*curvatures), 3e-7)


def one_over_sum(lambda_1, lambda_2):
    return 1 / (lambda_1 + lambda_2)


def limit_of_two(lambda_2):
    return 2 / lambda_2


def one_over_largest(lambda_2):
    return 1 / lambda_2


def matrix(a, b):
    return [[a, b], [b, a]]
