"""Convergence of gradient descent on a quadratic.

Trap: stopping at 1/lambda, looking at the smallest eigenvalue, losing the sign of the factor.
Reference: Polyak (1964), section 1 and theorem 9; Goodfellow et al. (2016), section 4.3.
Source: S0-35.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.exact import sqrt
from partialcredit.family import Family
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Array, Expression, Integer, Interval, Real
from partialcredit.problems.optimizers._quadratic import (
    crossing,
    factors,
    least_swinging_momentum,
    walk,
)
from partialcredit.solvers import descent, letters
from partialcredit.values import Estimate, Span

family = Family(
    conventions=[
        r"a step is $\theta_{t+1} = \theta_t - \varepsilon \nabla J(\theta_t)$"
        r"{% if level == 'medium' %} with $\theta = (x, y)${% endif %}"
    ]
)

RATES = [Fraction(n, 100) for n in (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)]
GIVEN = ["easy", "medium"]


@family.sample
def sample(draw):
    share = {"share": draw.decimal("0.1", "0.05", "0.02", "0.01", "0.001")}
    if draw.level == "hard":
        b, more = draw.integer(5, 40), draw.integer(1, 40)
        return {"a": b + more, "b": draw.choice([-1, 1]) * b} | share
    small = draw.integer(2, draw.by_level(30, 8, 0))
    curvatures = draw.by_level((small,), (small, draw.integer(9, 40)), ())
    factors = {rate: {abs(1 - rate * c) for c in curvatures} for rate in RATES}
    good = [
        rate
        for rate, sizes in factors.items()
        if len(sizes) == len(curvatures) and all(0.15 < size < 0.98 for size in sizes)
    ]
    start = {"theta_0": draw.nonzero(-9, 9), "n": draw.integer(3, 6)}
    return {"epsilon": draw.choice(good), "curvatures": curvatures} | share | start


def below(limit):
    return (Span(Fraction(0), limit, False, False),)


@family.part(Interval(digits=4), levels=GIVEN)
def stable(curvatures):
    return below(descent.largest_rate(max(curvatures)))


@family.part(Real(digits=4), levels=GIVEN)
def factor(epsilon, curvatures):
    return max(descent.contraction(epsilon, c) for c in curvatures)


@family.part(Real(digits=4), levels=["easy"])
def loss_factor(factor):
    return factor**2


@family.part(Real(digits=4), marks=2, levels=GIVEN)
def position(theta_0, n, epsilon, curvatures):
    return descent.after_steps(theta_0, epsilon, curvatures[-1], n)


@family.part(Integer(), marks=2, levels=GIVEN)
def enough(factor, share):
    return descent.steps_to_reach(factor, share)


@family.part(Array(shape=(2,)), levels=["hard"])
def spectrum(a, b):
    return (a - abs(b), a + abs(b))


@family.part(Interval(digits=4), levels=["hard"])
def stable_rates(spectrum):
    return below(descent.largest_rate(spectrum[1]))


@family.part(
    Expression(symbols={"lambda_1": "positive", "lambda_2": "positive"}), marks=2, levels=["hard"]
)
def formula():
    return letters.formula(descent.best_rate)


@family.part(Real(digits=4), levels=["hard"])
def best(spectrum):
    return descent.best_rate(Fraction(spectrum[0]), spectrum[1])


@family.part(Real(digits=4), levels=["hard"])
def best_factor(spectrum, best):
    return max(descent.contraction(best, c) for c in spectrum)


@family.part(Integer(), marks=2, levels=["hard"])
def best_steps(best_factor, share):
    return descent.steps_to_reach(best_factor, share)


@family.part(Real(digits=4), levels=["hard"])
def momentum(spectrum):
    return descent.best_momentum(Fraction(spectrum[1]) / spectrum[0])


@stable.mistake(
    "one over the curvature",
    "At 1/lambda one step reaches the minimum; up to 2/lambda the distance shrinks.",
)
def _(curvatures):
    return below(Fraction(1, max(curvatures)))


@stable.mistake("smallest curvature", "The steepest direction diverges first.")
def _(curvatures):
    return below(descent.largest_rate(min(curvatures)))


@stable.mistake("end included", "At 2/lambda the parameter jumps back and forth for ever.")
def _(curvatures):
    return (Span(Fraction(0), descent.largest_rate(max(curvatures)), False, True),)


@factor.mistake("fastest direction", "The slowest direction decides: take the largest factor.")
def _(epsilon, curvatures):
    return min(descent.contraction(epsilon, c) for c in curvatures)


@factor.mistake("learning rate times curvature", "What is left is 1 - epsilon lambda.")
def _(epsilon, curvatures):
    return epsilon * max(curvatures)


@factor.mistake(
    "lost the curvature", "The gradient is lambda theta: the rate is multiplied by lambda."
)
def _(epsilon):
    return 1 - epsilon


@loss_factor.mistake("not squared", "The loss is quadratic: its factor is squared.")
def _(factor):
    return factor


@loss_factor.mistake("doubled", "Squaring is not doubling.")
def _(factor):
    return 2 * factor


@position.mistake("sign lost", "1 - epsilon lambda may be negative: the parameter changes sides.")
def _(position):
    return abs(position) if position < 0 else -position


@position.mistake("one step too many", "There are n factors for n steps.")
def _(theta_0, n, epsilon, curvatures):
    return descent.after_steps(theta_0, epsilon, curvatures[-1], n + 1)


@position.mistake("steps added", "Each step shrinks what is left, so the factors multiply.")
def _(theta_0, n, epsilon, curvatures):
    return theta_0 * (1 - n * epsilon * curvatures[-1])


@enough.mistake("rounded down", "After so many steps the bound is not yet reached: round up.")
def _(enough):
    return enough - 1


@enough.mistake("loss instead of distance", "The distance shrinks by the factor, not its square.")
def _(factor, share):
    return descent.steps_to_reach(factor**2, share)


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


def one_over_sum(lambda_1, lambda_2):
    return 1 / (lambda_1 + lambda_2)


def limit_of_two(lambda_2):
    return 2 / lambda_2


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


def edge(hessian):
    """The rate at which the steepest direction keeps its length but turns round."""
    return (Span(0.0, crossing(hessian, lambda f: f[-1] + 1), False, False),)


@stable.witness
def _(curvatures):
    return edge(np.diag(curvatures))


@factor.witness
def _(epsilon, curvatures):
    return np.abs(factors(np.diag(curvatures), epsilon)).max()


@loss_factor.witness
def _(epsilon, curvatures):
    curvature, theta = curvatures[0], 3.0
    later = theta - float(epsilon) * curvature * theta
    return (curvature * later**2) / (curvature * theta**2)


@position.witness
def _(theta_0, n, epsilon, curvatures):
    path = engine.descent_path(
        lambda p: engine.SGD(p, lr=float(epsilon)),
        lambda theta: theta * theta * (curvatures[-1] / 2),
        float(theta_0),
        steps=n,
    )
    return path[-1]


@enough.witness
def _(epsilon, curvatures, share):
    return walk(curvatures, epsilon, share)


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


@family.figure
def _(level, epsilon, curvatures, theta_0, n):
    """The points of the descent on the parabola."""
    if level != "easy":
        return ()
    (curvature,) = curvatures
    factor = 1 - float(epsilon * curvature)
    reach = 1.15 * abs(theta_0)
    sides = [reach * k / 20 for k in range(-20, 21)]
    points = [theta_0 * factor**k for k in range(n + 1)]
    parabola, path = ([(t, curvature * t * t / 2) for t in some] for some in (sides, points))
    return Plot(
        f"The parabola J and the points of the descent on it, at theta = {theta_0}, "
        + ", ".join(f"{t:.4g}" for t in points[1:])
        + ".",
        (Curve(parabola), Curve(path, "", "steps")),
        (Mark(path[0], r"\theta_0"),),
        r"\theta",
        "J",
    )
