"""Distance from a hyperplane, and linear classification.

Trap: not dividing by the length of w, dividing by its square, losing b or the sign.
Reference: Bishop (2006), section 4.1.
Source: S0-31.
"""

from math import isqrt

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real, Text
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import hyperplanes

family = Family(
    version=3,
    conventions=[
        "{% if level == 'hard' %}classes are numbered from 1 by the rows of $W${% else %}"
        "the signed distance from a hyperplane $w^\\top x + b = 0$ is positive on the side that "
        "$w$ points to{% endif %}",
    ],
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


def from_hyperplanes(W, scores):
    """The signed distances that belong to scores."""
    return Vector(map(hyperplanes.signed_distance, W, scores))


@family.derive
def values(W, biases, x):
    return Vector(hyperplanes.score(w, x, b) for w, b in zip(W, biases, strict=True))


@family.derive
def squares(W):
    """The squared lengths of the weights."""
    return Vector(map(hyperplanes.squared_length, W))


@family.derive
def distances(W, values):
    return from_hyperplanes(W, values)


@family.condition
def _(values, distances):
    """At the hard level no two values are equal, and the two winners differ."""
    clear = len(set(values)) == len({round(float(d), 9) for d in distances}) == len(values)
    winners = hyperplanes.winner(values), hyperplanes.winner(distances)
    return clear and (len(values) == 1 or winners[0] != winners[1])


@family.run
def evaluated(W, biases, x):
    return np.column_stack([W, biases]) @ np.array([*x, 1])


@family.run
def signed(W, biases, x):
    """The lengths of the shortest steps, with the sign of the side: one along w is from below."""
    steps = [nearest(w, x, b) for w, b in zip(W, biases, strict=True)]
    return [-np.linalg.norm(s) * np.sign(s @ np.array(w)) for s, w in zip(steps, W, strict=True)]


@family.part(Integer(), levels=["easy", "medium"])
def score(W, x, biases):
    return hyperplanes.score(W[0], x, biases[0])


score.slips = rows(
    ("b left out", "Add b.", lambda score, biases: score - biases[0]),
    ("sign of b", "The hyperplane is where w^T x + b is zero: b is added.",
     lambda score, biases: score - 2 * biases[0]),
    ("signs lost", "Mind the minus signs of the components.",
     lambda W, x, biases: hyperplanes.score(abs(W[0]), abs(x), biases[0])),
)  # fmt: skip
score.witness(lambda evaluated: evaluated[0])


@family.part(Real(digits=3), marks=2, levels=["easy", "medium"])
def distance(W, score):
    return hyperplanes.signed_distance(W[0], score)


distance.slips = rows(
    ("not divided by the length", "Divide by the length of w.", lambda score: score),
    ("divided by the square", "Divide by the length of w, not by its square.",
     lambda squares, score: rational(score, squares[0])),
    ("b left out", "Only a hyperplane through the origin has b = 0.",
     lambda W, score, biases: hyperplanes.signed_distance(W[0], score - biases[0])),
    ("sign lost", "The point lies on the side that w points away from.",
     lambda distance: abs(distance)),
    ("wrong sign", "It is positive on the side that w points to.", lambda distance: -distance),
    ("length of x", "Divide by the length of w, not of x.",
     lambda score, x: score / sqrt(dot(x, x)) if any(x) else None),
    ("sum for length", "The length of w is the root of the sum of its squares.",
     lambda W, score: rational(score, sum(abs(W[0])))),
)  # fmt: skip
distance.witness(lambda signed: signed[0])


@family.part(lambda x: Array(shape=(len(x),), digits=3), levels=["easy", "medium"])
def foot(W, x, score):
    return hyperplanes.foot(W[0], x, score)


foot.slips = rows(
    ("wrong direction", "Step against w by the signed distance.", lambda foot, x: 2 * x - foot),
    ("w not of length 1", "Divide by the squared length of w.",
     lambda W, x, score: x - score * W[0]),
    ("closest to the origin", "Start from x, not from the origin.",
     lambda W, x, biases: hyperplanes.foot(W[0], 0 * x, biases[0])),
    ("divided by the length once", "Divide by the squared length of w.",
     lambda W, x, distance: x - distance * W[0]),
)  # fmt: skip
foot.witness(lambda W, x, biases: x + nearest(W[0], x, biases[0]))


@family.part(Real(digits=3), levels=["medium"])
def gap(W, biases, c):
    return hyperplanes.gap(W[0], biases[0], c)


gap.slips = rows(
    ("not divided by the length", "Divide by the length of w.",
     lambda biases, c: abs(biases[0] - c)),
    ("added", "The offsets are subtracted.",
     lambda W, biases, c: hyperplanes.gap(W[0], biases[0], -c)),
    ("divided by the square", "Divide by the length of w, not by its square.",
     lambda squares, biases, c: rational(abs(biases[0] - c), squares[0])),
    ("sign kept", "A distance is not negative.",
     lambda W, biases, c: (biases[0] - c) / sqrt(dot(W[0], W[0])) if biases[0] < c else None),
)  # fmt: skip


@gap.witness
def _(W, biases, c):
    """From any point of one hyperplane to the other."""
    start = nearest(W[0], [1.0] * len(W[0]), biases[0]) + 1.0
    return np.linalg.norm(nearest(W[0], start, c))


@family.part(Array(shape=(3,)), levels=["hard"])
def scores(values):
    return values


scores.slips = rows(
    ("biases left out", "Add the bias of every class.", lambda scores, biases: scores - biases),
    ("biases subtracted", "The biases are added.", lambda scores, biases: scores - 2 * biases),
)  # fmt: skip
scores.witness(lambda evaluated: evaluated)


@family.part(Integer(), levels=["hard"])
def by_score(scores):
    return hyperplanes.winner(scores)


by_score.slips = rows(
    ("smallest score", "The class with the largest score wins.",
     lambda scores: hyperplanes.winner(-scores)),
    ("longest weights", "The scores decide, not the lengths of the weights.",
     lambda squares: hyperplanes.winner(squares)),
    ("largest distance", "This question asks for the scores as they are.",
     lambda distances: hyperplanes.winner(distances)),
)  # fmt: skip
by_score.witness(lambda evaluated: np.argmax(evaluated) + 1)


@family.part(Array(shape=(3,), digits=3), marks=2, levels=["hard"])
def deep(W, scores):
    return from_hyperplanes(W, scores)


deep.slips = rows(
    ("not divided by the lengths", "Divide every score by the length of its weights.",
     lambda scores: scores),
    ("divided by the squares", "Divide by the lengths, not by their squares.",
     lambda squares, scores: rational(1) * scores / squares),
    ("signs lost", "Signed distances can be negative.", lambda deep: abs(deep)),
)  # fmt: skip
deep.witness(lambda signed: signed)


@family.part(Integer(), levels=["hard"])
def by_distance(deep):
    return hyperplanes.winner(deep)


by_distance.slips = rows(
    ("smallest distance", "The largest signed distance is deepest inside.",
     lambda deep: hyperplanes.winner(-deep)),
)  # fmt: skip
by_distance.witness(lambda signed: np.argmax(signed) + 1)


def nearest(w, x, b):
    """The shortest step from x to the hyperplane, by least squares."""
    w, x = np.array(w, dtype=float), np.array(x, dtype=float)
    return np.linalg.lstsq(w[None, :], np.array([-b - w @ x]), rcond=None)[0]


@family.working
def _(W, biases, squares):
    roots = [str(isqrt(n)) if isqrt(n) ** 2 == n else rf"\sqrt{{{n}}}" for n in squares]
    return {"w": W[0], "b": biases[0], "square": squares[0], "roots": roots}


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "The length of a row of W multiplies every score of its class, wherever the point lies, so "
        "a class with a long row can win without the point lying deep inside it."
    )
