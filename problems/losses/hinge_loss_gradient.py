"""Hinge loss of linear classifiers, and its gradient.

Trap: the label left out of the indicator, the sum for the mean, examples counted that are right.
Reference: Cortes and Vapnik (1995); Weston and Watkins (1999).
Source: S1-36.
"""

from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real, Satisfies
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import backprop, hinge

family = Family(
    version=3,
    conventions=[
        "{% if level != 'hard' %}the margin of an example is $y (\\mathbf{w}^\\top \\mathbf{x}"
        "{% if level == 'medium' %} + b{% endif %})$, and the loss $L$ is the mean over the "
        "examples of $\\max(0, 1 - \\text{margin})${% endif %}",
        "{% if level == 'hard' %}the loss $L$ is the mean over the examples of $\\sum_{j \\ne y} "
        "\\max(0, 1 - s_y + s_j)$, where $y$ is the true class{% endif %}",
        "{% if level == 'hard' %}classes are counted from 1{% endif %}",
    ],
    hidden=["separator"],
)

PLACES = [(i, j) for i in range(-4, 5) for j in range(-4, 5) if i * j]

BINARY, CLASSES = ["easy", "medium"], ["hard"]


@family.sample
def sample(draw):
    n = draw.by_level(2, draw.integer(3, 4), draw.integer(2, 3))
    X = [(draw.nonzero(-4, 4), draw.nonzero(-4, 4)) for _ in range(n)]
    if draw.level == "hard":
        W = [[rational(draw.integer(-3, 3), 2) for _ in range(2)] for _ in range(3)]
        b = [rational(draw.integer(-2, 2), 4) for _ in W]
        return {"W": W, "b": b, "X": X, "y": draw.integers(n, 1, 3)}
    w = [rational(draw.nonzero(-4, 4), 10) for _ in range(2)]
    if draw.level == "easy":
        return {"W": [w], "b": [0], "X": X, "y": [draw.choice([-1, 1]) for _ in X]}
    # with whole numbers, every example that lies on its side has a margin of at least 1
    *v, c = separator = (draw.nonzero(-3, 3), draw.nonzero(-3, 3), draw.integer(-3, 3))
    X = draw.sample([x for x in PLACES if dot(v, x) + c], n)
    y = [1 if dot(v, x) + c > 0 else -1 for x in X]
    b = rational(draw.nonzero(-5, 5), 10)
    return {"W": [w], "b": [b], "X": X, "y": y, "separator": separator}


@family.condition
def _(W, b, X, y):
    """Different examples, none at a kink; some violate the margin and some do not."""
    if len(set(X)) < len(X):
        return False
    if len(W) == 1 and len(set(y)) < 2:
        return False
    if len(W) == 1:
        found = hinge.margins(W[0], b[0], X, y)
        return 1 not in found and min(found) < 1 < max(found)
    gaps = [row[t - 1] - s for row, t in zip(scored(W, b, X), y, strict=True) for s in row]
    return 1 not in gaps and min(gaps) < 1 < max(gaps)


def scored(W, b, X):
    return [backprop.affine(W, x, b) for x in X]


@family.run
def measured(W, b, X, y):
    """The engine's outputs, loss and gradients."""
    layer = engine.Linear(2, len(W), generator=0)
    layer.weight.data, layer.bias.data = np.array(W, dtype=float), np.array(b, dtype=float)
    outputs = layer(engine.Tensor(X, dtype="float64"))
    if len(W) == 1:
        loss = engine.HingeLoss()(outputs, np.array(y, dtype=float).reshape(-1, 1))
    else:
        loss = engine.MultiMarginLoss(divide=False)(outputs, np.array(y) - 1)
    loss.backward()
    gradients = {"by_weight": layer.weight.grad, "by_bias": layer.bias.grad}
    return SimpleNamespace(outputs=outputs.data, loss=float(loss.data), **gradients)


@family.part(lambda X: Array(shape=(len(X),), digits=3), levels=BINARY)
def margins(W, b, X, y):
    return hinge.margins(W[0], b[0], X, y)


margins.slips = rows(
    ("label left out", "The margin is y times the output.",
     lambda W, b, X: hinge.margins(W[0], b[0], X, [1] * len(X))),
    ("bias left out", "The bias belongs to the output.",
     lambda W, X, y: hinge.margins(W[0], 0, X, y)),
    ("losses", "That is 1 minus the margin.", lambda margins: 1 - margins),
    ("bias subtracted", "The bias is added to the output.",
     lambda W, b, X, y: hinge.margins(W[0], -b[0], X, y)),
)  # fmt: skip
margins.witness(lambda measured, y: measured.outputs[:, 0] * y)


@family.part(Real(digits=3), levels=BINARY)
def loss(margins):
    return hinge.loss(margins)


loss.slips = rows(
    ("the sum", "The loss is a mean: divide by the number of examples.",
     lambda loss, X: loss * len(X)),
    ("mean over the violations", "Examples with loss 0 count in the mean, too.",
     lambda loss, margins: loss * len(margins) / sum(m < 1 for m in margins)),
    ("perceptron", "The hinge is at the margin 1, not at 0.",
     lambda margins: hinge.loss(margins + 1)),
    ("not cut off", "An example beyond the margin adds nothing.",
     lambda margins: sum(1 - margins) / len(margins)),
    ("squared", "The hinge is not squared.",
     lambda margins: sum(max(0, 1 - m) ** 2 for m in margins) / len(margins)),
    ("wrong side", "A margin above 1 costs nothing.",
     lambda margins: sum(max(0, 1 + m) for m in margins) / len(margins)),
)  # fmt: skip
loss.witness(lambda measured: measured.loss)


@family.part(Array(shape=(2,), digits=3), marks=2, levels=BINARY)
def weight_gradient(margins, X, y):
    pulls = hinge.binary_pulls(margins, y)
    return backprop.mean_outer([(p,) for p in pulls], X)[0]


def over_the_violations(weight_gradient, margins):
    found = sum(margin < 1 for margin in margins)
    return weight_gradient * len(margins) / found if found else None


weight_gradient.slips = rows(
    ("the sum", "The loss is a mean: divide by the number of examples.",
     lambda weight_gradient, X: len(X) * weight_gradient),
    ("wrong sign", "The loss falls when y times the output grows.",
     lambda weight_gradient: -weight_gradient),
    ("all examples", "An example beyond the margin adds nothing.",
     lambda margins, X, y: weight_gradient.function(0 * margins, X, y)),
    ("perceptron", "The hinge is at the margin 1, not at 0.",
     lambda margins, X, y: weight_gradient.function(margins + 1, X, y)),
    ("labels left out", "Each example pulls with the sign of its label.",
     lambda margins, X, y: weight_gradient.function(margins, X, 0 * y + 1)),
    ("mean over the violations", "Examples with loss 0 count in the mean, too.",
     over_the_violations),
)  # fmt: skip
weight_gradient.witness(lambda measured: measured.by_weight[0])


@family.part(Real(digits=3), levels=["medium"])
def bias_gradient(margins, y):
    return hinge.mean_bias_gradient(hinge.binary_pulls(margins, y))


bias_gradient.slips = rows(
    ("the sum", "The loss is a mean: divide by the number of examples.",
     lambda bias_gradient, X: bias_gradient * len(X)),
    ("wrong sign", "The loss falls when y times the output grows.",
     lambda bias_gradient: -bias_gradient),
    ("all examples", "An example beyond the margin adds nothing.",
     lambda y: rational(-sum(y), len(y))),
    ("perceptron", "The hinge is at the margin 1, not at 0.",
     lambda bias_gradient, margins, y: hinge.mean_bias_gradient(hinge.binary_pulls(margins + 1, y))
         if bias_gradient else None),
    ("labels left out", "Each example pulls with the sign of its label.",
     lambda bias_gradient, margins:
         hinge.mean_bias_gradient(hinge.binary_pulls(margins, 0 * margins + 1))
         if bias_gradient else None),
)  # fmt: skip
bias_gradient.witness(lambda measured: measured.by_bias[0])


def attained(X, y):
    """Weights and a bias, in this order, with which no example costs anything."""

    def found(v):
        return hinge.margins(v[:2], v[2], X, y)

    return Satisfies(
        Array(shape=(3,)),
        condition=lambda v: min(found(v)) >= 1,
        effect=lambda v: tuple((m >= 1, m > 0) for m in found(v)),
        fault=lambda v: f"The smallest margin is {float(min(found(v))):.3g}.",
        spoilt=lambda key: tuple(-n for n in key),
    )


@family.part(attained, levels=["medium"])
def zero_loss(separator):
    return separator


zero_loss.slips = rows(
    ("sides exchanged", "Every example is on the wrong side.", lambda zero_loss: -zero_loss),
    ("margin below 1", "On the right side is not enough: the loss is 0 for margins of at least 1.",
     lambda zero_loss: rational(1, 1000) * zero_loss),
)  # fmt: skip


@zero_loss.witness
def _(X, y):
    def costs_nothing(v):
        outputs = np.array(X, dtype=float) @ np.array([float(n) for n in v[:2]]) + float(v[2])
        loss = engine.HingeLoss()(engine.Tensor(outputs.reshape(-1, 1)), np.reshape(y, (-1, 1)))
        return float(loss.data) < 1e-9

    return costs_nothing


@family.part(lambda X: Array(shape=(len(X), 3), digits=3), levels=CLASSES)
def scores(W, b, X):
    return scored(W, b, X)


scores.slips = rows(
    ("biases left out", "The bias is added to every score.",
     lambda scores, b: [row - b for row in scores]),
)  # fmt: skip
scores.witness(lambda measured: measured.outputs)


@family.part(Real(digits=3), marks=2, levels=CLASSES)
def class_loss(scores, y):
    return hinge.class_loss(scores, y - 1)


def parts(scores, y):
    """The parts of each example's loss, one for every other class."""
    return [
        [max(0, 1 - row[t - 1] + s) for j, s in enumerate(row, 1) if j != t]
        for row, t in zip(scores, y, strict=True)
    ]


class_loss.slips = rows(
    ("the sum", "The loss is a mean: divide by the number of examples.",
     lambda class_loss, X: class_loss * len(X)),
    ("true class included", "The sum leaves the true class out.",
     lambda class_loss: class_loss + 1),
    ("worst class only", "Every class with a positive part adds it, not the worst class alone.",
     lambda scores, y: rational(sum(map(max, parts(scores, y))), len(y))),
)  # fmt: skip
class_loss.witness(lambda measured: measured.loss)


@family.part(Array(shape=(3, 2), digits=3), marks=3, levels=CLASSES)
def class_gradient(scores, X, y):
    return backprop.mean_outer(hinge.class_pulls(scores, y - 1), X)


def true_class_counted_once(scores, X, y):
    pulls = hinge.class_pulls(scores, y - 1)
    return backprop.mean_outer([[max(p, -1) for p in row] for row in pulls], X)


class_gradient.slips = rows(
    ("the sum", "The loss is a mean: divide by the number of examples.",
     lambda class_gradient, X: len(X) * class_gradient),
    ("wrong sign", "The loss falls when the score of the true class grows.",
     lambda class_gradient: -class_gradient),
    ("true class counted once",
     "The true class gets minus the number of classes with a positive part.",
     true_class_counted_once),
)  # fmt: skip
class_gradient.witness(lambda measured: measured.by_weight)


@family.part(Array(shape=(3,), digits=3), levels=CLASSES)
def class_bias_gradient(scores, y):
    return hinge.mean_bias_gradient(hinge.class_pulls(scores, y - 1))


class_bias_gradient.slips = rows(
    ("the sum", "The loss is a mean: divide by the number of examples.",
     lambda class_bias_gradient, X: len(X) * class_bias_gradient),
    ("wrong sign", "The loss falls when the score of the true class grows.",
     lambda class_bias_gradient: -class_bias_gradient),
)  # fmt: skip
class_bias_gradient.witness(lambda measured: measured.by_bias)


@family.working
def _(margins, scores, y):
    if margins:
        hinged = [max(0, 1 - m) for m in margins]
        return {"losses": hinged, "pulls": hinge.binary_pulls(margins, y)}
    return {"pulls": hinge.class_pulls(scores, y - 1), "parts": parts(scores, y)}
