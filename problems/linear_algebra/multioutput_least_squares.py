"""Least squares with several outputs.

Trap: mixing up rows and columns of examples, transposing the answer, losing the 1/2.
Reference: Bishop (2006), section 3.1.5.
Source: S1-25.
"""

from fractions import Fraction

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns as transpose
from partialcredit.problems.linear_algebra._differences import slopes
from partialcredit.solvers import matrices, multioutput, traces

family = Family(
    version=3,
    conventions=[
        "the columns of $X$ and $Y$ are the examples $x_i$ and $y_i$",
        r"the loss is $L(W) = \frac{1}{2} \sum_i \lVert y_i - W x_i \rVert^2$, and its derivative "
        "has the shape of $W$",
    ],
)


@family.sample
def sample(draw):
    outputs, examples = draw.by_level((1, 3), (2, 3), (draw.integer(2, 3), 4))
    return {
        "X": draw.matrix(2, examples, -3, 4),
        "Y": draw.matrix(outputs, examples, -4, 6),
        "W": [[draw.nonzero(-3, 3) for _ in range(2)] for _ in range(outputs)],
    }


@family.derive
def gram(X):
    return matrices.product(X, transpose(X))


@family.derive
def mixed(X, Y):
    return matrices.product(Y, transpose(X))


@family.condition
def _(gram, Y):
    (a, b), (_, d) = gram
    return a * d > b * b and all(map(any, Y))


def example_losses(W, X, Y):
    """Half the squared error of every example."""
    return (np.subtract(Y, W @ np.array(X)) ** 2).sum(axis=0) / 2


@family.part(Array(shape=(3,)), marks=2, levels=["hard"])
def terms(W, X, Y):
    return multioutput.loss_terms(W, X, Y)


terms.slips = rows(
    ("sign of the mixed term", "The mixed terms of the square are subtracted.",
     lambda terms: (terms[0], -terms[1], terms[2])),
    ("mixed term halved", "The mixed term appears twice, which undoes the 1/2.",
     lambda terms: (terms[0], rational(terms[1], 2), terms[2])),
    ("halves lost", "The two squares keep the factor 1/2.",
     lambda terms: (2 * terms[0], terms[1], 2 * terms[2])),
)  # fmt: skip


@terms.witness
def _(W, X, Y):
    """The loss along the line t W is a parabola in t; its coefficients are the three terms."""
    at = [sum(example_losses(t * np.array(W), X, Y)) for t in (0, 1, -1)]
    return at[0], (at[1] - at[2]) / 2, (at[1] + at[2]) / 2 - at[0]


@family.part(Real(digits=3), levels=["easy", "medium"])
def loss(W, X, Y):
    return sum(multioutput.loss_terms(W, X, Y))


loss.slips = rows(
    ("half lost", "The loss has the factor 1/2.", lambda loss: 2 * loss),
    ("divided by the number of examples", "The loss is a sum, not a mean.",
     lambda loss, X: loss / len(X[0])),
    ("not squared", "The norm of every residual is squared.",
     lambda W, X, Y: rational(1, 2) * sum(map(sum, abs(Y - matrices.product(W, X))))),
    ("root taken", "The norm is squared, so no root is taken.", lambda loss: sqrt(loss)),
)  # fmt: skip
loss.witness(lambda W, X, Y: sum(example_losses(np.array(W), X, Y)))


@family.part(lambda W: Array(shape=np.shape(W)), marks=2)
def gradient(W, X, Y):
    return multioutput.gradient(W, X, Y)


gradient.slips = rows(
    ("half lost", "The loss has the factor 1/2.",
     lambda gradient: 2 * gradient, Fraction(1, 2)),
    ("wrong sign", "The residual y - W x has the derivative -x.", lambda gradient: -gradient),
    ("transposed", "Row k of the derivative belongs to output k, as in W.",
     lambda gradient: transpose(gradient) if len(gradient) == 2 else None),
    ("W X X^T forgotten", "W stands in the square of W x, too.", lambda mixed: -mixed),
    ("divided by the number of examples", "The loss is a sum, not a mean.",
     lambda gradient, X: gradient / (rational(1) * len(X[0]))),
)  # fmt: skip
gradient.witness(lambda W, X, Y: slopes(lambda w: sum(example_losses(w, X, Y)), W))


@family.part(lambda W: Array(shape=np.shape(W), digits=3), marks=2, levels=["medium", "hard"])
def best(gram, mixed):
    return traces.stationary(gram, transpose(mixed))


best.slips = rows(
    ("not inverted", "This is Y X^T; multiply by the inverse of X X^T.", lambda mixed: mixed),
    ("transposed", "Row k of W belongs to output k.",
     lambda best: transpose(best) if len(best) == 2 else None),
    ("wrong product", "The factor before the inverse is Y X^T, not X Y^T.",
     lambda gram, mixed: traces.stationary(gram, mixed) if len(mixed) == 2 else None),
    ("wrong sign", "The derivative W X X^T - Y X^T vanishes: no minus sign remains.",
     lambda best: -best),
)  # fmt: skip
best.witness(lambda X, Y: np.linalg.lstsq(np.array(X).T, np.array(Y).T, rcond=None)[0].T)


@family.working
def _(W, X, Y, gram):
    fit = matrices.product(W, X)
    (a, b), (_, d) = gram
    return {
        "fit": fit,
        "errors": fit - Y,
        "flat": [error for row in fit - Y for error in row],
        "det": a * d - b * b,
        "adjugate": ((d, -b), (-b, a)),
        "turned": transpose(X),
    }
