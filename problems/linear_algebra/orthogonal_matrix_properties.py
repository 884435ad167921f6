"""Properties of orthogonal matrices.

Trap: concluding det Q = 1, or that the eigenvalues are real.
Reference: Strang (2016), sections 4.4, 5.1 and 6.5.
Source: S1-27, S1-28, S1-31, S1-32.
"""

from itertools import product

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Choices, Integer, Set, TrueFalse
from partialcredit.numbers.notation import matrix
from partialcredit.numbers.rationals import rational
from partialcredit.problems.linear_algebra._orthogonal_statements import (
    DIAGONAL,
    POSITIVE_ENTRIES,
    REAL,
    STATEMENTS,
    UNIT,
    close,
    found,
)
from partialcredit.solvers import orthogonal

family = Family(
    version=2,
    conventions=[r"a real square matrix $Q$ is orthogonal when $Q^\top Q = I$"],
    hidden=["candidates"],
)

TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29))

CUBES = (
    (((1, 2, 2), (2, 1, -2), (2, -2, 1)), 3),
    (((2, 3, 6), (3, -6, 2), (6, 2, -3)), 7),
    (((1, 4, 8), (4, 7, -4), (8, -4, 1)), 9),
)

DEFINITE = ("positive definite", "negative definite", "indefinite")


@family.sample
def sample(draw):
    n = draw.by_level(2, draw.choice([2, 3]), 3)
    right, wrong = lookalikes(draw)
    good = draw.integer(1, 3)
    chosen_from = draw.shuffle([*draw.sample(right, good), *draw.sample(wrong, 4 - good)])
    stretched, side = draw.sample(range(1, 7), 2)
    known = draw.choice([(1, 2), (1, 3), (2, 3), (3, 5), (5, 13), (3, 4), (1, 4), (4, 5), (8, 17)])
    return {
        **dict(zip(("rows", "denominator"), turned(draw, n), strict=True)),
        "k": draw.choice([-5, -4, -3, -2, 2, 3, 4, 5]),
        "statements": draw.sample(list(STATEMENTS), 4),
        "candidates": draw.by_level((), chosen_from, chosen_from),
    } | draw.by_level(
        {},
        {"known": rational(*known) * draw.choice([-1, 1])},
        {
            "M": draw.choice([((stretched, -side), (side, stretched)), turned(draw, 3)[0]]),
            "A": symmetric(draw),
        },
    )


def turned(draw, n):
    """A rational orthogonal matrix as integer rows and their denominator."""
    if n == 3:
        rows, c = draw.choice(CUBES)
        signs = [draw.choice([-1, 1]) for _ in range(3)]
        order = draw.shuffle(range(3))
        return tuple(tuple(signs[j] * row[j] for j in order) for row in rows), c
    *legs, c = draw.choice(TRIPLES)
    a, b = (v * draw.choice([-1, 1]) for v in draw.shuffle(legs))
    return draw.choice([((a, -b), (b, a)), ((a, b), (b, -a))]), c


def lookalikes(draw):
    """Matrices that are orthogonal and matrices that share a property with them."""
    a, b, c = draw.choice(TRIPLES)
    k, s = draw.integer(1, 4), draw.choice([-1, 1])
    right = [turned(draw, 2), (((0, -s), (s, 0)), 1), (((0, s), (s, 0)), 1), turned(draw, 3)]
    wrong = [
        (((a, b), (b, a)), c),
        (((k, -1), (1, k)), draw.choice([1, k * k + 1])),
        (((1, s * k), (0, 1)), 1),
        (((2, s), (s, 1)), 1),
    ]
    return right, wrong


#: Diagonals and the entry beside them, of positive definite and of indefinite matrices.
ENTRIES = [(a, d, b) for a, d in product(range(1, 6), repeat=2) for b in (1, 2, 3, 4)]

POSITIVE = [(a, d, b) for a, d, b in ENTRIES if a * d > b * b]

INDEFINITE = [(a, d, b) for a, d, b in ENTRIES if a * d < b * b]


def symmetric(draw):
    """A symmetric matrix of two rows, of each kind alike."""
    indefinite, sign = draw.chance(1 / 3), draw.choice([-1, 1])
    a, d, b = draw.choice(INDEFINITE if indefinite else POSITIVE)
    b *= draw.choice([-1, 1])
    return ((sign * a, b), (b, sign * d))


def shown(rows, denominator):
    return matrix(rows) if denominator == 1 else rf"\frac{{1}}{{{denominator}}} {matrix(rows)}"


@family.condition
def _(statements):
    return 0 < sum(STATEMENTS[s][0] for s in statements) < 4


@family.part(lambda statements: TrueFalse(statements=len(statements)), marks=2)
def judged(statements):
    return tuple(STATEMENTS[s][0] for s in statements)


def believed(myth, statements):
    return tuple(s == myth or STATEMENTS[s][0] for s in statements)


judged.slips = rows(
    ("determinant taken to be 1", "Only det(Q)^2 = 1 follows from the definition.",
     lambda statements: believed(UNIT, statements)),
    ("real eigenvalues", "Only symmetric matrices are sure to have real eigenvalues.",
     lambda statements: believed(REAL, statements)),
    ("always diagonal", "A^T A is diagonal only if the columns are perpendicular.",
     lambda statements: believed(DIAGONAL, statements)),
    ("definite by its entries", "Positive entries do not make v^T A v positive for every v.",
     lambda statements: believed(POSITIVE_ENTRIES, statements)),
    ("all true", "Look for a counterexample to each of them.",
     lambda judged: (True,) * len(judged)),
)  # fmt: skip
judged.witness(lambda statements: tuple(map(found, statements)))


@family.part(Integer())
def determinant(rows, denominator, k):
    return orthogonal.determinant(k * rows) // denominator ** len(rows)


determinant.slips = rows(
    ("det Q taken to be 1", "The determinant of an orthogonal matrix is 1 or -1.",
     lambda rows, k: k ** len(rows)),
    ("k taken out once", "The number k multiplies every row.",
     lambda rows, k, determinant: k * determinant // k ** len(rows)),
    ("lost a sign", "Check the signs of the products.", lambda determinant: -determinant),
    ("factor forgotten", "The factor before the matrix multiplies every row.",
     lambda rows, k: k ** len(rows) * orthogonal.determinant(rows)),
)  # fmt: skip
determinant.witness(
    lambda rows, denominator, k: round(float(np.linalg.det(k * np.array(rows) / denominator)), 9)
)


@family.part(Set(digits=3), levels=["medium"])
def missing(known):
    return orthogonal.missing_entry((known,))


missing.slips = rows(
    ("positive root only", "The negative root has the same square.",
     lambda missing: frozenset({max(missing)})),
    ("no root", "The squares of the entries add up to 1, so take the root.",
     lambda known: frozenset({1 - known**2, known**2 - 1})),
    ("entries add up to 1", "The squares of the entries add up to 1.",
     lambda known: frozenset({1 - abs(known), abs(known) - 1})),
)  # fmt: skip


@missing.witness
def _(known):
    """Where the squared length of the column, a parabola through three values, is 1."""
    squares = [np.linalg.norm([known, x]) ** 2 - 1 for x in (-1.0, 0.0, 1.0)]
    return frozenset(np.roots(np.polyfit([-1.0, 0.0, 1.0], squares, 2)).real.tolist())


@family.part(Set(digits=3), levels=["hard"])
def scales(M):
    return orthogonal.scales_to_orthogonal(M)


def no_root(scales):
    square = max(scales) ** 2
    return frozenset({square, -square})


scales.slips = rows(
    ("positive scale only", "The negative number does as well.",
     lambda scales: frozenset({max(scales)})),
    ("no root", "Divide by the length of the columns, not by its square.", no_root),
    ("inverted", "Dividing by the length gives columns of length 1.",
     lambda scales: frozenset(1 / s for s in scales)),
)  # fmt: skip


@scales.witness
def _(M):
    largest = np.linalg.svd(np.array(M, dtype=float), compute_uv=False)[0]
    return frozenset({1 / largest, -1 / largest})


@family.part(
    lambda candidates: Choices(tuple(f"${shown(*c)}$" for c in candidates)),
    marks=2,
    levels=["medium", "hard"],
)
def chosen(candidates):
    return picked(candidates, orthogonal.is_orthogonal)


def picked(candidates, test):
    return frozenset(i for i, c in enumerate(candidates) if test(*c))


def unit_columns(rows, c):
    return all(row[i] == c * c for i, row in enumerate(orthogonal.gram(rows)))


def perpendicular_columns(rows, _c):
    return bool(orthogonal.scales_to_orthogonal(rows))


def unit_determinant(rows, c):
    return abs(orthogonal.determinant(rows)) == c ** len(rows)


chosen.slips = rows(
    ("lengths not checked", "The columns need the length 1 as well.",
     lambda candidates: picked(candidates, perpendicular_columns)),
    ("angles not checked", "The columns have to be perpendicular as well.",
     lambda candidates: picked(candidates, unit_columns)),
    ("determinant only", "A determinant of 1 or -1 is necessary but not sufficient.",
     lambda candidates: picked(candidates, unit_determinant)),
)  # fmt: skip


@chosen.witness
def _(candidates):
    """Whether the numeric inverse is the transpose."""
    matrices = [np.array(rows) / c for rows, c in candidates]
    return frozenset(i for i, Q in enumerate(matrices) if close(np.linalg.inv(Q).T, Q))


@family.part(Choice(DEFINITE), levels=["hard"])
def definite(A):
    return DEFINITE.index(orthogonal.definiteness(A))


definite.slips = rows(
    ("from the entries", "Positive diagonal entries are necessary but not sufficient.",
     lambda A: 0 if min(A[0][0], A[1][1]) > 0 else 1),
    ("from the determinant", "The determinant alone does not tell: look at a_11, too.",
     lambda A: 0 if orthogonal.determinant(A) > 0 else 1),
    ("the other sign", "Look at the sign of a_11.", lambda definite: {0: 1, 1: 0, 2: 0}[definite]),
)  # fmt: skip


@definite.witness
def _(A):
    low, high = np.linalg.eigvalsh(np.array(A, dtype=float))
    return 0 if low > 0 else 1 if high < 0 else 2


@family.working
def _(rows, denominator, statements, candidates):
    def verdict(rows, c):
        if orthogonal.is_orthogonal(rows, c):
            return "orthogonal"
        if unit_columns(rows, c):
            return "the columns have length 1 but are not perpendicular"
        if perpendicular_columns(rows, c):
            return "the columns are perpendicular but do not have length 1"
        return "the columns are not perpendicular, and not all have length 1"

    return {
        "verdicts": [verdict(*c) for c in candidates],
        "Q": shown(rows, denominator),
        "reasons": [STATEMENTS[s][1] for s in statements],
        "unscaled": orthogonal.determinant(rows),
        "size": len(rows),
    }
