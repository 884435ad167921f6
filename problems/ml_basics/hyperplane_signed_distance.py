"""Distance from a hyperplane, and linear classification.

Trap: not dividing by the length of w, dividing by its square, losing b or the sign.
Reference: Bishop (2006), section 4.1.
Source: S0-31.
"""

from math import isqrt

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import hyperplanes

family = Family(
    conventions=[
        "{% if level == 'hard' %}classes are numbered from 1 by the rows of $W${% else %}"
        "the signed distance from a hyperplane $w^\\top x + b = 0$ is positive on the side that "
        "$w$ points to{% endif %}",
    ]
)

TRIPLES = [(3, 4), (5, 12), (8, 15), (6, 8), (7, 24), (20, 21), (9, 12)]


@family.sample
def sample(draw):
    if draw.level == "hard":
        scales = draw.sample([1, 1, 2, 3, 4], 3)
        rows = [[s * draw.nonzero(-3, 4) for _ in range(2)] for s in scales]
        return {"W": rows, "biases": draw.integers(3, -9, 9), "x": draw.integers(2, -5, 6)}
    if draw.level == "easy":
        w = [draw.choice([-1, 1]) * v for v in draw.shuffle(draw.choice(TRIPLES))]
    else:
        w = [draw.nonzero(-5, 6) for _ in range(3)]
    b, c = draw.sample([n for n in range(-15, 16) if n != 0], 2)
    other = {} if draw.level == "easy" else {"c": c}
    return {"W": [w], "biases": [b], "x": draw.integers(len(w), -9, 9)} | other


def distances(W, biases, x):
    return tuple(hyperplanes.signed_distance(w, x, b) for w, b in zip(W, biases, strict=True))


def scores_of(W, biases, x):
    return tuple(hyperplanes.score(w, x, b) for w, b in zip(W, biases, strict=True))


@family.condition
def _(W, biases, x):
    """At the hard level no two values are equal, and the two winners differ."""
    scores, deep = scores_of(W, biases, x), distances(W, biases, x)
    clear = len(set(scores)) == len({round(float(d), 9) for d in deep}) == len(W)
    return clear and (len(W) == 1 or hyperplanes.winner(scores) != hyperplanes.winner(deep))


@family.part(Integer(), levels=["easy", "medium"])
def score(W, x, biases):
    return hyperplanes.score(W[0], x, biases[0])


score.slips = rows(
    ("b left out", "Add b.", lambda W, x: hyperplanes.score(W[0], x, 0)),
    ("sign of b", "The hyperplane is where w^T x + b is zero: b is added.",
     lambda W, x, biases: hyperplanes.score(W[0], x, -biases[0])),
)  # fmt: skip

score.witness(lambda W, x, biases: evaluated(W, biases, x)[0])


@family.part(Real(digits=4), marks=2, levels=["easy", "medium"])
def distance(W, x, biases):
    return hyperplanes.signed_distance(W[0], x, biases[0])


distance.slips = rows(
    ("not divided by the length", "Divide by the length of w.", lambda score: score),
    ("divided by the square", "Divide by the length of w, not by its square.",
     lambda W, score: rational(score) / hyperplanes.squared_length(W[0])),
    ("b left out", "Only a hyperplane through the origin has b = 0.",
     lambda W, x: hyperplanes.signed_distance(W[0], x, 0)),
    ("sign lost", "The point lies on the side that w points away from.",
     lambda distance: abs(distance)),
    ("wrong sign", "It is positive on the side that w points to.", lambda distance: -distance),
)  # fmt: skip

distance.witness(lambda W, x, biases: signed(W[0], x, biases[0]))


@family.part(lambda x: Array(shape=(len(x),), digits=4), levels=["easy", "medium"])
def foot(W, x, biases):
    return hyperplanes.foot(W[0], x, biases[0])


foot.slips = rows(
    ("wrong direction", "Step against w by the signed distance.",
     lambda foot, x: tuple(2 * v - p for v, p in zip(x, foot, strict=True))),
    ("w not of length 1", "Divide by the squared length of w.",
     lambda W, x, score: tuple(v - score * u for v, u in zip(x, W[0], strict=True))),
    ("closest to the origin", "Start from x, not from the origin.",
     lambda W, biases: hyperplanes.foot(W[0], [0] * len(W[0]), biases[0])),
)  # fmt: skip

foot.witness(lambda W, x, biases: x + nearest(W[0], x, biases[0]))


@family.part(Real(digits=4), levels=["medium"])
def gap(W, biases, c):
    return hyperplanes.gap(W[0], biases[0], c)


gap.slips = rows(
    ("not divided by the length", "Divide by the length of w.",
     lambda biases, c: abs(biases[0] - c)),
    ("added", "The offsets are subtracted.",
     lambda W, biases, c: hyperplanes.gap(W[0], biases[0], -c)),
    ("divided by the square", "Divide by the length of w, not by its square.",
     lambda W, biases, c: rational(abs(biases[0] - c), hyperplanes.squared_length(W[0]))),
)  # fmt: skip


@gap.witness
def _(W, biases, c):
    """From any point of one hyperplane to the other."""
    start = nearest(W[0], [1.0] * len(W[0]), biases[0]) + 1.0
    return np.linalg.norm(nearest(W[0], start, c))


@family.part(Array(shape=(3,)), levels=["hard"])
def scores(W, biases, x):
    return scores_of(W, biases, x)


scores.slips = rows(
    ("biases left out", "Add the bias of every class.", lambda W, x: scores_of(W, (0, 0, 0), x)),
    ("biases subtracted", "The biases are added.",
     lambda W, biases, x: scores_of(W, [-b for b in biases], x)),
)  # fmt: skip

scores.witness(lambda W, biases, x: evaluated(W, biases, x))


@family.part(Integer(), levels=["hard"])
def by_score(scores):
    return hyperplanes.winner(scores)


by_score.slips = rows(
    ("smallest score", "The class with the largest score wins.",
     lambda scores: hyperplanes.winner([-s for s in scores])),
    ("longest weights", "The scores decide, not the lengths of the weights.",
     lambda W: hyperplanes.winner(list(map(hyperplanes.squared_length, W)))),
    ("largest distance", "This question asks for the scores as they are.",
     lambda W, biases, x: hyperplanes.winner(distances(W, biases, x))),
)  # fmt: skip

by_score.witness(lambda W, biases, x: np.argmax(evaluated(W, biases, x)) + 1)


@family.part(Array(shape=(3,), digits=4), marks=2, levels=["hard"])
def deep(W, biases, x):
    return distances(W, biases, x)


deep.slips = rows(
    ("not divided by the lengths", "Divide every score by the length of its weights.",
     lambda scores: scores),
    ("divided by the squares",
     "Divide by the lengths, not by their squares.",
     lambda W, scores: tuple( rational(s) / hyperplanes.squared_length(w) for w, s in zip(W, scores, strict=True) )),
    ("signs lost", "Signed distances can be negative.", lambda deep: tuple(map(abs, deep))),
)  # fmt: skip

deep.witness(lambda W, biases, x: [signed(w, x, b) for w, b in zip(W, biases, strict=True)])


@family.part(Integer(), levels=["hard"])
def by_distance(deep):
    return hyperplanes.winner(deep)


by_distance.slips = rows(
    ("as by the scores", "Different lengths of the weights change the order.",
     lambda by_score: by_score),
    ("smallest distance", "The largest signed distance is deepest inside.",
     lambda deep: hyperplanes.winner([-d for d in deep])),
)  # fmt: skip

by_distance.witness(
    lambda W, biases, x: np.argmax([signed(w, x, b) for w, b in zip(W, biases, strict=True)]) + 1
)


def nearest(w, x, b):
    """The shortest step from x to the hyperplane, by least squares."""
    w, x = np.array(w, dtype=float), np.array(x, dtype=float)
    return np.linalg.lstsq(w[None, :], np.array([-b - w @ x]), rcond=None)[0]


def signed(w, x, b):
    """The length of that step, with the sign of the side: a step along w comes from below."""
    step = nearest(w, x, b)
    return -np.linalg.norm(step) * np.sign(step @ np.array(w))


def evaluated(W, biases, x):
    return np.column_stack([W, biases]) @ np.array([*x, 1])


@family.working
def _(W, biases):
    lengths = list(map(hyperplanes.squared_length, W))
    roots = [str(isqrt(n)) if isqrt(n) ** 2 == n else rf"\sqrt{{{n}}}" for n in lengths]
    return {"w": W[0], "b": biases[0], "square": lengths[0], "roots": roots}
