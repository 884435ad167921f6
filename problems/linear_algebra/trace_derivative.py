"""Derivative of a trace with respect to a matrix.

Trap: leaving out the transpose, losing the 2 of a square, exchanging neighbours in a trace.
Reference: Petersen and Pedersen (2012), "The matrix cookbook", equations 100 to 116.
Source: S1-22, S1-25.
"""

from functools import reduce

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choices, Integer
from partialcredit.numbers.vectors import columns as transpose
from partialcredit.problems.linear_algebra._differences import slopes
from partialcredit.solvers import matrices, traces

family = Family(version=3, conventions=["the derivative with respect to $W$ has the shape of $W$"])

EQUAL, OTHER = ("BCA", "CAB", "cba", "bac", "acb"), ("ACB", "CBA", "BAC", "abc", "bca", "cab")


@family.sample
def sample(draw):
    if draw.level == "easy":
        return {"W": draw.matrix(2, 2, -4, 6), "X": draw.matrix(2, 2, -4, 6)}
    rows, features, examples = draw.by_level((), (2, 2, 3), (3, 2, 3))
    right = draw.integer(1, 3)
    words = draw.sample(EQUAL, right) + draw.sample(OTHER, 5 - right)
    return {
        "W": draw.matrix(rows, features, -3, 4),
        "X": draw.matrix(features, examples, -2, 4),
        "Y": draw.matrix(rows, examples, -2, 4),
        "words": draw.shuffle(words),
    }


@family.derive
def gram(X):
    return matrices.product(X, transpose(X))


@family.derive
def mixed(X, Y):
    return matrices.product(X, transpose(Y))


@family.condition
def _(W, X, gram):
    (a, b), (_, d) = gram
    lopsided = all(transpose(M) != M for M in (W, X))
    return lopsided and all(map(any, W)) and a * d > b * b


def traced(*factors):
    return np.trace(reduce(np.matmul, factors))


def like(W):
    return Array(shape=np.shape(W))


@family.part(Integer(), levels=["easy"])
def value(W, X):
    return matrices.trace(matrices.product(X, W))


value.slips = rows(
    ("product of the traces", "The trace of a product is not the product of traces.",
     lambda W, X: matrices.trace(X) * matrices.trace(W)),
    ("entry by entry", "Row i of X meets column i of W, not row i of W.",
     lambda W, X: matrices.trace(matrices.product(X, transpose(W)))),
)  # fmt: skip
value.witness(lambda W, X: traced(np.array(X), np.array(W)))


@family.part(Array(shape=(2, 2)), marks=2, levels=["easy"])
def product_gradient(X):
    return traces.linear_gradient(X)


product_gradient.slips = rows(
    ("transpose forgotten", "The entry w_ji meets x_ij: transpose X.", lambda X: X),
    ("W kept", "The trace is linear in W, so W leaves its derivative.",
     lambda W, X: matrices.product(X, W)),
)  # fmt: skip
product_gradient.witness(lambda W, X: slopes(lambda w: traced(np.array(X), w), W))


@family.part(like, marks=2, levels=["medium", "hard"])
def linear(mixed):
    return traces.linear_gradient(mixed)


linear.slips = rows(
    ("transpose forgotten", "tr(W B) has the derivative B^T: turn X Y^T over.",
     lambda W, mixed: mixed if len(W) == 2 else None),
    ("W kept", "The trace is linear in W, so W leaves its derivative.",
     lambda W, mixed: matrices.product(W, mixed) if len(W) == 2 else None),
    ("sign lost", "Every w_ij is multiplied by b_ji: no minus sign appears.",
     lambda linear: -linear),
    ("factor of a square", "The trace is linear in W: no factor 2 appears.",
     lambda linear: 2 * linear),
)  # fmt: skip
linear.witness(lambda W, X, Y: slopes(lambda w: traced(w, np.array(X), np.array(Y).T), W))


IDENTITY = ((1, 0), (0, 1))


@family.part(like)
def square(W):
    return traces.quadratic_gradient(W, IDENTITY)


square.slips = rows(
    ("factor 2 lost", "W stands in the trace twice, and each place gives W.", lambda W: W),
    ("transposed", "tr(W^T W) adds the squares of the entries: each stays in place.",
     lambda square: transpose(square)),
)  # fmt: skip
square.witness(lambda W: slopes(lambda w: traced(w.T, w), W))


@family.part(like, marks=2, levels=["hard"])
def weighted(W, gram):
    return traces.quadratic_gradient(W, gram)


weighted.slips = rows(
    ("factor 2 lost", "W stands in the trace twice, and each place gives W X X^T.",
     lambda W, gram: matrices.product(W, gram)),
    ("as if X were not there", "The derivative of tr(W S W^T) is 2 W S.", lambda W: 2 * W),
)  # fmt: skip
weighted.witness(lambda W, X: slopes(lambda w: traced(w, np.array(X), np.array(X).T, w.T), W))


@family.part(lambda W: Array(shape=np.shape(W), digits=3), marks=2, levels=["hard"])
def stationary(gram, mixed):
    return traces.stationary(gram, mixed)


stationary.slips = rows(
    ("inverse forgotten", "Multiply by the inverse of X X^T from the right.",
     lambda mixed: transpose(mixed)),
    ("factor 2 kept", "Both terms have the factor 2, and it cancels.",
     lambda stationary: stationary / 2),
)  # fmt: skip
stationary.witness(lambda X, Y: np.linalg.lstsq(np.array(X).T, np.array(Y).T, rcond=None)[0].T)


def written(word):
    letters = " ".join(c if c.isupper() else rf"{c.upper()}^\top" for c in word)
    return rf"$\operatorname{{tr}}({letters})$"


def matching(words, test):
    return frozenset(i for i, word in enumerate(words) if test(word))


@family.part(lambda words: Choices(tuple(map(written, words))), levels=["medium", "hard"])
def equal(words):
    return matching(words, traces.same_trace)


equal.slips = rows(
    ("any order", "Factors may rotate, but two neighbours may not change places.",
     lambda words, equal: equal | matching(words, str.isupper)),
    ("transposes forgotten", "The transpose of the whole product has the same trace.",
     lambda words, equal: equal & matching(words, str.isupper)),
    ("order kept in the transpose", "Transposing a product reverses its order.",
     lambda words: matching(words, lambda word: word in "ABCAB" or word in "abcab")),
)  # fmt: skip

#: Matrices that no two different products of A, B and C give the same trace.
TESTS = {"A": [[1, 2], [0, 5]], "B": [[3, 1], [7, 2]], "C": [[1, 4], [6, 9]]}


@equal.witness
def _(words):
    known = {name: np.array(matrix) for name, matrix in TESTS.items()}
    known |= {name.lower(): matrix.T for name, matrix in known.items()}
    wanted, *found = (traced(*(known[letter] for letter in word)) for word in ("ABC", *words))
    return matching(found, lambda value: value == wanted)


@family.working
def _(gram):
    (a, b), (_, d) = gram
    return {
        "turned": transpose,
        "times": matrices.product,
        "det": a * d - b * b,
        "adjugate": ((d, -b), (-b, a)),
    }
