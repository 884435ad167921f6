"""Questions about descent on a quadratic that is not round: the best rate and momentum."""

from fractions import Fraction

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


@questions.run
def hessian(a, b):
    return [[a, b], [b, a]]


@questions.run
def curvatures(hessian):
    return np.linalg.eigvalsh(hessian)


@questions.run
def rate(hessian):
    return crossing(hessian, sum)


@questions.part(Array(shape=(2,)), levels=HARD)
def spectrum(a, b):
    return (a - abs(b), a + abs(b))


spectrum.slips = rows(
    ("the diagonal", "The off-diagonal entries move the eigenvalues apart.", lambda a: (a, a)),
    ("halved", "The eigenvalues are a - b and a + b.", lambda spectrum: rational(1, 2) * spectrum),
)  # fmt: skip
spectrum.witness(lambda curvatures: curvatures)


@questions.part(Interval(digits=3), levels=HARD)
def stable_rates(spectrum):
    return below(descent.largest_rate(spectrum[1]))


stable_rates.slips = rows(
    ("one over the curvature", "Up to 2/lambda the steps still shrink.",
     lambda spectrum: below(rational(1) / spectrum[1])),
    ("smallest curvature", "The steepest direction diverges first.",
     lambda spectrum: below(descent.largest_rate(spectrum[0]))),
)  # fmt: skip
stable_rates.witness(lambda hessian: edge(hessian))


@questions.part(
    Expression(symbols={"lambda_1": "positive", "lambda_2": "positive"}), marks=2, levels=HARD
)
def formula():
    return letters.formula(descent.best_rate)


formula.slips = rows(
    ("one over the sum", "Solving 1 - eta lambda_1 = -(1 - eta lambda_2) leaves a 2 above.",
     lambda formula: formula / 2, Fraction(1, 2)),
    ("the limit", "This rate is the limit of stability of one direction.",
     lambda: 2 / letters.symbols("lambda_2")),
    ("one over the largest", "This is best for the steepest direction; the flat one is slower.",
     lambda: 1 / letters.symbols("lambda_2")),
)  # fmt: skip
formula.witness(lambda point: crossing(np.diag(sorted(point.values())), sum))


@questions.part(Real(digits=3), levels=HARD)
def best(spectrum):
    return descent.best_rate(rational(spectrum[0]), spectrum[1])


best.slips = rows(
    ("one over the sum", "Solving 1 - eta lambda_1 = -(1 - eta lambda_2) leaves a 2 above.",
     lambda best: best / 2),
    ("one over the largest", "This is best for the steepest direction; the flat one is slower.",
     lambda spectrum: rational(1) / spectrum[1]),
    ("the limit", "At this rate the steep direction does not shrink at all.",
     lambda spectrum: descent.largest_rate(spectrum[1])),
)  # fmt: skip
best.witness(lambda rate: rate)


@questions.part(Real(digits=3), levels=HARD)
def best_factor(spectrum, best):
    return max(descent.contraction(best, spectrum))


best_factor.slips = rows(
    ("squared", "This is the factor of the loss, not of the distance.",
     lambda best_factor: best_factor**2),
)  # fmt: skip
best_factor.witness(lambda hessian, rate: np.abs(factors(hessian, rate)).max())


@questions.part(Integer(), marks=2, levels=HARD)
def best_steps(best_factor, share):
    return descent.steps_to_reach(best_factor, share)


best_steps.slips = rows(
    ("rounded down", "After so many steps the bound is not yet reached: round up.",
     lambda best_steps: best_steps - 1, Fraction(1, 2)),
)  # fmt: skip
best_steps.witness(lambda curvatures, rate, share: walk(curvatures, rate, share))


@questions.part(Real(digits=3), levels=HARD)
def momentum(spectrum):
    return descent.best_momentum(rational(spectrum[1]) / spectrum[0])


momentum.slips = rows(
    ("no root of kappa", "With momentum only the root of the condition number counts.",
     lambda spectrum: (rational(spectrum[1] - spectrum[0]) / sum(spectrum)) ** 2),
    ("not squared", "This is the factor of each step; the coefficient is its square.",
     lambda momentum: sqrt(momentum)),
)  # fmt: skip
momentum.witness(lambda curvatures: Estimate(least_swinging_momentum(*curvatures.tolist()), 3e-7))
