"""Descent on a quadratic, step by step: what the witnesses look at."""

import numpy as np

from partialcredit import engine
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.values import Span

__all__ = ["below", "crossing", "edge", "factors", "least_swinging_momentum", "walk"]


def below(limit):
    """All rates above 0 and below a limit."""
    return (Span(rational(0), limit, low_closed=False, high_closed=False),)


def factors(hessian, eta):
    """By how much one step of the engine stretches each eigenvector, and which way."""
    _values, vectors = np.linalg.eigh(hessian)
    theta = engine.Tensor(vectors.copy(), requires_grad=True)
    matrix = engine.Tensor(np.array(hessian, dtype=float))
    ((theta * (matrix @ theta)).sum() / 2).backward()
    engine.SGD([theta], lr=eta).step()
    return (vectors * theta.data).sum(axis=0)


def crossing(hessian, target):
    """The learning rate at which the target is 0; it changes evenly with the rate."""
    at = [target(factors(hessian, rate)) for rate in (0.0, 1.0)]
    return at[0] / (at[0] - at[1])


def edge(hessian):
    """The rate at which the steepest direction keeps its length but turns round."""
    return below(crossing(hessian, lambda f: f[-1] + 1))


def walk(curvatures, eta, share):
    """Steps until the distance in every direction is below the share."""
    theta, steps = np.ones(len(curvatures)), 0
    while not np.abs(theta).max() < share:
        theta, steps = theta - eta * np.array(curvatures) * theta, steps + 1
    return steps


def swings(alpha, rate, curvature):
    """Whether the velocity and the position go round: the step's eigenvalues are not real."""
    first = (alpha, -rate * curvature, alpha, 1 - rate * curvature)  # (v, theta) from units
    return (first[0] + first[3]) ** 2 < 4 * (first[0] * first[3] - first[1] * first[2])


def bisected(holds, low, high):
    for _step in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return (low + high) / 2


def least_swinging_momentum(flat, steep):
    """The least coefficient with which one rate lets both directions swing."""

    def too_weak(alpha):
        slowest = bisected(lambda r: not swings(alpha, r, flat), 0.0, 1 / flat)
        fastest = bisected(lambda r: swings(alpha, r, steep), 1 / steep, 4 / steep)
        return slowest > fastest

    return bisected(too_weak, 0.0, 1.0)
