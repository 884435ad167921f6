"""Schedules as curves: the learning rate over epochs or steps."""

from itertools import pairwise

from partialcredit.figures import Curve, Plot
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import schedules


def stairs(eta, gamma, every):
    """Step decay over four blocks."""
    corners = [(n * every, eta * gamma**n) for n in range(5)]
    treads = [
        p for (left, rate), (right, _) in pairwise(corners) for p in ((left, rate), (right, rate))
    ]
    return drawn(
        treads,
        f"Stairs, starting at {float(eta):g}, times {float(gamma):g} after every {every} epochs.",
    )


def half_cosine(eta, lowest, T):
    """Half a period from the highest to the lowest rate."""
    falls = [(T * n / 40, schedules.cosine(eta, lowest, rational(n, 40))) for n in range(41)]
    return drawn(
        falls,
        f"Half a period of a cosine from {float(eta):g} at t = 0 to {float(lowest):g} at t = {T}.",
    )


def warm_up_and_cosine(W, T):
    """A line up, then half a period down, as shares of the highest rate."""
    falls = [(W + (T - W) * n / 40, schedules.cosine(1, 0, rational(n, 40))) for n in range(41)]
    about = (
        f"The rate as a share of the highest one: a line from 0 at t = 0 to 1 at t = {W}, then "
        f"half a period of a cosine down to 0 at t = {T}."
    )
    return drawn([(0, 0), *falls], about, r"\eta / \eta_{\max}")


def drawn(points, alt, label=r"\eta"):
    return Plot(alt, (Curve(points),), (), "t", label)
