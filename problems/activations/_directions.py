"""Questions about the directions that gradients allow: of one example, and of two."""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Interval, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.values import Span
from partialcredit.numbers.vectors import dot
from partialcredit.problems.activations._sign_patterns import (
    crossings,
    every_direction,
    learned,
    patterns,
)
from partialcredit.solvers import gradient_signs

__all__ = ["questions"]

questions = Family()

HARD = ["hard"]


@questions.part(Real(digits=3), levels=HARD, marks=2)
def cosine(x, d):
    return gradient_signs.best_cosine(x, d)


cosine.slips = rows(
    ("product not divided", "Divide by both lengths.", lambda x, d: abs(dot(x, d))),
    ("signs ignored", "The entries of the direction have signs.",
     lambda x, d: gradient_signs.best_cosine(x, abs(d))),
    ("one length only", "Divide by both lengths.", lambda cosine, x: cosine * sqrt(dot(x, x))),
)  # fmt: skip


@cosine.witness
def _(x, d):
    """Both directions that a step can have, as vectors of length 1."""
    aim = np.array(d) / np.linalg.norm(d)
    steps = [learned((0, 0, 0), 0, x, g) for g in (1, -1)]
    return max(float(s @ aim / np.linalg.norm(s)) for s in steps)


def between(low, high):
    return (Span(low, high, low_closed=False, high_closed=False),)


@questions.part(Interval(digits=3), levels=HARD, marks=2)
def mixed(x, u):
    return between(*gradient_signs.mixed_range(x, u))


mixed.slips = rows(
    ("upside down", "The entry changes its sign where r x_i = u_i.",
     lambda mixed: between(1 / mixed[0].high, 1 / mixed[0].low)),
    ("ends included", "At an end one derivative is 0.",
     lambda mixed: (Span(mixed[0].low, mixed[0].high),)),
    ("every ratio", "For very small and very large r all signs agree.",
     lambda: (Span(0, None, low_closed=False),)),
)  # fmt: skip
mixed.witness(lambda x, u: between(*crossings(x, u)))


@questions.part(Integer(), levels=HARD)
def from_two(n):
    return gradient_signs.patterns_of_two(n)


from_two.slips = rows(
    ("all patterns", "Only the ratio of the deltas can vary.", lambda n: 2**n),
    ("two", "With two examples the signs can differ.", lambda: 2),
    ("one sign of the ratio", "Both deltas can change their signs: twice as many.",
     lambda n: n + 1),
)  # fmt: skip


@from_two.witness
def _(n):
    inputs = np.array([np.arange(1.0, n + 1), np.arange(1.0, n + 1) ** 2 + 1])
    return len(patterns(every_direction(), inputs))
