"""Backward pass of an affine layer.

Trap: a transposed outer product, weights not transposed, the mean over the batch forgotten.
Reference: Goodfellow, Bengio and Courville (2016), sections 6.5.3 and 6.5.4.
Source: S0-59, S0-60, S1-24.
"""

from operator import ne

import numpy as np

from partialcredit.engine.functional import linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Integer, Shape
from partialcredit.numbers.vectors import columns
from partialcredit.problems._tape import tensor
from partialcredit.problems.backprop._examples import flat
from partialcredit.solvers import backprop, counts

family = Family(
    version=3,
    conventions=[
        "gradients have the shape of what they belong to",
        r"{% if X|length > 1 %}row $i$ of $\mathbf{X}$ and $\mathbf{Y}$ belongs to example $i$, "
        r"whose output is $\mathbf{W} \mathbf{x}_i + \mathbf{b}${% endif %}",
    ],
)


#: NumPy that may compute the gradient by the weights from D, whose rows belong to examples.
LINES = ("D.T @ X / n", "X.T @ D / n", "D @ X.T / n", "D.T @ X", "D.mean(0) @ X.mean(0)")


@family.sample
def sample(draw):
    units, inputs, batch = draw.by_level((2, 2, 1), (3, 2, 1), (2, 3, draw.integer(2, 4)))
    return {
        "W": [[draw.nonzero(-4, 5) for _ in range(inputs)] for _ in range(units)],
        "X": [[draw.nonzero(-4, 5) for _ in range(inputs)] for _ in range(batch)],
        "D": [[draw.nonzero(-4, 4) for _ in range(units)] for _ in range(batch)],
    } | draw.by_level(
        {},
        {},
        {
            "asked": draw.choice(["W", "X"]),
            "size": (draw.integer(9, 64), *draw.sample(range(3, 9), 2)),
            "lines": draw.shuffle(LINES),
        },
    )


@family.condition
def _(W, X, D):
    turned = len(W) != len(W[0]) or W[0][1] != W[1][0]
    return turned and all(map(ne, D, X))


@family.derive
def delta(D):
    """The upstream gradients of the mean over the examples."""
    return backprop.mean_upstream(D)


@family.run
def gradients(W, X, D):
    """The engine's gradients of the mean over the examples of d · y, by W, X and b."""
    leaves = [tensor(values, requires_grad=True) for values in (X, W, [0] * len(W))]
    (linear(*leaves) * tensor(D)).sum(1).mean().backward()
    return [leaf.grad for leaf in leaves]


def array(batch, *shape):
    """Means over 1, 2 or 4 examples are short decimals."""
    return Array(shape=shape, digits=3 if batch == 3 else None)


@family.part(lambda W, X: array(len(X), len(W), len(W[0])), marks=2)
def weights(X, delta):
    return backprop.sum_outer(delta, X)


weights.slips = rows(
    ("transposed", "Row i belongs to output i: the upstream gradient comes first.",
     lambda weights: columns(weights)),
    ("upstream gradient left out", "Multiply by the gradient that arrives from above.",
     lambda W, X: [X[0]] * len(W)),
    ("weights put in", "The derivative of W x with respect to W holds x, not W.",
     lambda W, D: D[0] * W),
    ("gradient of the input", "Use the gradient of the output, not of the input.",
     lambda W, X, D:
         backprop.outer(backprop.through_weights(W, D[0]), X[0]) if len(W) == len(W[0]) else None),
    ("sum instead of mean", "The loss is a mean: divide by the number of examples.",
     lambda X, D: backprop.sum_outer(D, X) if len(X) > 1 else None),
    ("first example only", "Every example adds to the gradient.",
     lambda X, delta: backprop.outer(delta[0], X[0]) if len(X) > 1 else None),
)  # fmt: skip
weights.witness(lambda gradients: gradients[1])


@family.part(lambda W, X: array(len(X), *((len(X),) if len(X) > 1 else ()), len(W[0])), marks=2)
def inputs(W, delta):
    return flat([backprop.through_weights(W, d) for d in delta])


inputs.slips = rows(
    ("weights not transposed", "Going back, the weights are transposed.",
     lambda W, D: flat([backprop.affine(W, d) for d in D]) if len(W) == len(W[0]) else None),
    ("input put in", "The derivative of W x with respect to x holds W, not x.",
     lambda X, D: flat([sum(d) * x for d, x in zip(D, X, strict=True)])),
    ("sum instead of mean", "The loss is a mean: divide by the number of examples.",
     lambda W, D: [backprop.through_weights(W, d) for d in D] if len(D) > 1 else None),
    ("upstream gradient left out", "Multiply by the gradient that arrives from above.",
     lambda W, X: flat([backprop.through_weights(W, [1] * len(W)) for _ in X])),
    ("weights not transposed, on the input", "Going back, the weights meet the upstream gradient.",
     lambda W, X: flat([backprop.affine(W, x) for x in X])),
)  # fmt: skip
inputs.witness(lambda gradients: np.squeeze(gradients[0]))


@family.part(lambda W, X: array(len(X), len(W)), levels=["medium", "hard"])
def biases(delta):
    return sum(delta)


biases.slips = rows(
    ("ones", "The derivative with respect to b is 1, times the gradient from above.",
     lambda D: 0 * D[0] + 1),
    ("sum instead of mean", "The loss is a mean: divide by the number of examples.",
     lambda D: sum(D) if len(D) > 1 else None),
    ("summed over the outputs", "Every output has its own bias.",
     lambda D: [sum(D[0])] * len(D[0]) if len(D) == 1 else None),
    ("signs lost", "The upstream gradient goes to the biases with its signs.",
     lambda delta: sum(abs(delta))),
)  # fmt: skip
biases.witness(lambda gradients: gradients[2])


@family.part(lambda lines: Choice(tuple(f"`{line}`" for line in lines)), levels=["hard"])
def line(lines):
    return lines.index(LINES[0])


def choosing(number, sentence):
    return LINES[number], sentence, lambda lines: place(lines, LINES[number])


def place(lines, line):
    return lines.index(line) if line in lines else None


line.slips = rows(
    choosing(1, "This has the shape of the transposed weights."),
    choosing(2, "These shapes fit only by chance: sum over the examples."),
    choosing(3, "The loss is a mean: divide by n."),
    choosing(4, "The mean of products is not the product of means."),
)  # fmt: skip


@line.witness
def _(X, D, lines, gradients):
    """Run on the batch of the question, each line at its own risk."""
    known = {"X": np.array(X), "D": np.array(D), "n": len(X)}
    return next(i for i, text in enumerate(lines) if matches(text, known, gradients[1]))


def matches(text, known, gradient):
    try:
        found = eval(text, {}, known)  # noqa: S307 - one of our own lines
    except ValueError:
        return False
    return np.shape(found) == gradient.shape and np.allclose(found, gradient)


@family.part(Shape(), levels=["hard"])
def shape(size, asked):
    batch, n, m = size
    return (m, n) if asked == "W" else (batch, n)


shape.slips = rows(
    ("transposed", "A gradient has the shape of what it belongs to.", lambda shape: shape[::-1]),
    ("shape of the output", "A gradient has the shape of what it belongs to.",
     lambda size: (size[0], size[2])),
)  # fmt: skip


@shape.witness
def _(size, asked):
    batch, n, m = size
    x, w = (tensor(np.zeros(sides), requires_grad=True) for sides in ((batch, n), (m, n)))
    linear(x, w).sum().backward()
    return (w if asked == "W" else x).grad.shape


@family.part(Integer(), levels=["hard"], after="shape")
def zeros(size):
    _batch, n, m = size
    return counts.affine_jacobian_zeros(n, m)


zeros.slips = rows(
    ("those that are not 0", "These entries hold the input; the others are 0.",
     lambda size: size[1] * size[2]),
    ("all entries", "Output i does depend on row i of W.", lambda size: size[1] * size[2] ** 2),
    ("no zeros", "Output i does not depend on the other rows of W.", lambda: 0),
)  # fmt: skip


@zeros.witness
def _(size):
    """What every weight, set to 1 alone, does to every output."""
    _batch, n, m = size
    alone = np.eye(m * n).reshape(-1, n)
    return int((linear(tensor(np.ones((1, n))), tensor(alone)).data == 0).sum())


@family.working
def _(X):
    return {"batch": len(X)}
