"""Questions about descent on a quadratic that is not round: the best rate and momentum."""

from fractions import Fraction

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Integer, Interval, Real
from partialcredit.numbers.exact import sqrt
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


@questions.part(Interval(digits=4), levels=HARD)
def stable_rates(spectrum):
    return below(descent.largest_rate(spectrum[1]))


@questions.part(
    Expression(symbols={"lambda_1": "positive", "lambda_2": "positive"}), marks=2, levels=HARD
)
def formula():
    return letters.formula(descent.best_rate)


@questions.part(Real(digits=4), levels=HARD)
def best(spectrum):
    return descent.best_rate(Fraction(spectrum[0]), spectrum[1])


@questions.part(Real(digits=4), levels=HARD)
def best_factor(spectrum, best):
    return max(descent.contraction(best, c) for c in spectrum)


@questions.part(Integer(), marks=2, levels=HARD)
def best_steps(best_factor, share):
    return descent.steps_to_reach(best_factor, share)


@questions.part(Real(digits=4), levels=HARD)
def momentum(spectrum):
    return descent.best_momentum(Fraction(spectrum[1]) / spectrum[0])


@spectrum.mistake("the diagonal", "The off-diagonal entries move the eigenvalues apart.")
def _(a):
    return (a, a)


@spectrum.mistake("halved", "The eigenvalues are a - b and a + b.")
def _(spectrum):
    return tuple(Fraction(c, 2) for c in spectrum)


@stable_rates.mistake("one over the curvature", "Up to 2/lambda the steps still shrink.")
def _(spectrum):
    return below(Fraction(1) / spectrum[1])


@stable_rates.mistake("smallest curvature", "The steepest direction diverges first.")
def _(spectrum):
    return below(descent.largest_rate(spectrum[0]))


@formula.mistake(
    "one over the sum", "Solving 1 - epsilon lambda_1 = -(1 - epsilon lambda_2) leaves a 2 above."
)
def _():
    return letters.formula(one_over_sum)


@formula.mistake("the limit", "This rate is the limit of stability of one direction.")
def _():
    return letters.formula(limit_of_two)


@formula.mistake(
    "one over the largest", "This is best for the steepest direction; the flat one is slower."
)
def _():
    return letters.formula(one_over_largest)


def one_over_sum(lambda_1, lambda_2):
    return 1 / (lambda_1 + lambda_2)


def limit_of_two(lambda_2):
    return 2 / lambda_2


def one_over_largest(lambda_2):
    return 1 / lambda_2


@best.mistake(
    "one over the sum", "Solving 1 - epsilon lambda_1 = -(1 - epsilon lambda_2) leaves a 2 above."
)
def _(best):
    return best / 2


@best.mistake(
    "one over the largest", "This is best for the steepest direction; the flat one is slower."
)
def _(spectrum):
    return Fraction(1) / spectrum[1]


@best.mistake("the limit", "At this rate the steep direction does not shrink at all.")
def _(spectrum):
    return descent.largest_rate(spectrum[1])


@best_factor.mistake("at the rate 1/lambda", "Use the best learning rate.")
def _(spectrum):
    return descent.contraction(Fraction(1) / spectrum[1], spectrum[0])


@best_factor.mistake("squared", "This is the factor of the loss, not of the distance.")
def _(best_factor):
    return best_factor**2


@best_steps.mistake("rounded down", "After so many steps the bound is not yet reached: round up.")
def _(best_steps):
    return best_steps - 1


@best_steps.mistake("loss instead of distance", "The distance shrinks by the factor itself.")
def _(best_factor, share):
    return descent.steps_to_reach(best_factor**2, share)


@momentum.mistake("no root of kappa", "With momentum only the root of the condition number counts.")
def _(spectrum):
    low, high = spectrum
    return (Fraction(high - low) / (high + low)) ** 2


@momentum.mistake("not squared", "This is the factor of each step; the coefficient is its square.")
def _(momentum):
    return sqrt(momentum)


def matrix(a, b):
    return [[a, b], [b, a]]


@spectrum.witness
def _(a, b):
    return np.linalg.eigvalsh(matrix(a, b))


@stable_rates.witness
def _(a, b):
    return edge(matrix(a, b))


@formula.witness
def _(point):
    return crossing(np.diag(sorted(point.values())), sum)


@best.witness
def _(a, b):
    return crossing(matrix(a, b), sum)


@best_factor.witness
def _(a, b):
    return np.abs(factors(matrix(a, b), crossing(matrix(a, b), sum))).max()


@best_steps.witness
def _(a, b, share):
    return walk(np.linalg.eigvalsh(matrix(a, b)), crossing(matrix(a, b), sum), share)


@momentum.witness
def _(a, b):
    curvatures = np.linalg.eigvalsh(matrix(a, b)).tolist()
    return Estimate(least_swinging_momentum(*curvatures), 3e-7)
