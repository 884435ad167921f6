"""Gradients of softmax regression.

Trap: not averaged, the input left out, the label left out, the sign of the likelihood.
Reference: Bishop (2006), equation 4.109.
Source: S1-11, S1-12, S1-13, S1-14, S1-34, S1-35.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression
from partialcredit.numbers.exact import exp
from partialcredit.solvers import backprop, letters, softmax_regression

family = Family(
    conventions=[
        "the loss $L$ is {% if X|length > 1 %}the mean over the examples of {% endif %}"
        "$-\\ln p_y$, where $\\mathbf{p}$ is the softmax of $W \\mathbf{x} + \\mathbf{b}$ and $y$ "
        "the true class",
        "classes are counted from 1",
    ]
)


@family.sample
def sample(draw):
    classes, m = draw.by_level((2, 1), (3, draw.integer(2, 3)), (3, draw.integer(2, 3)))
    return {
        "W": draw.matrix(classes, 2, -1, 2),
        "b": draw.integers(classes, -1, 1),
        "X": [(draw.nonzero(-2, 2), draw.nonzero(-3, 3)) for _ in range(m)],
        "y": draw.integers(m, 1, classes),
    } | draw.by_level({}, {}, {"eta": draw.decimal("0.1", "0.2", "0.25", "0.5", "1", "2")})


@family.condition
def _(W, X):
    return len(set(W)) == len(W) and len(set(X)) == len(X)


def shaped(*sizes):
    """An array with named sizes; a single example has no axis of its own."""

    def kind(W, X):
        known = {"m": len(X), "C": len(W), "d": 2}
        return Array(shape=tuple(known[n] for n in sizes if n != "m" or len(X) > 1), digits=4)

    return kind


def by_row(values):
    return values if isinstance(values[0], tuple) else (values,)


def labels(y):
    return [label - 1 for label in y]


@family.part(shaped("m", "C"), marks=2)
def probabilities(W, b, X):
    found = softmax_regression.predictions(W, b, X)
    return found if len(X) > 1 else found[0]


def logistic_function(W, b, X):
    found = tuple(backprop.activate("sigmoid", backprop.affine(W, x, b)) for x in X)
    return found if len(X) > 1 else found[0]


probabilities.slips = rows(
    ("biases forgotten", "The bias is added to every logit.",
     lambda W, b, X: probabilities.function(W, [0] * len(b), X)),
    ("logistic function", "The probabilities of all classes add up to 1.", logistic_function),
)  # fmt: skip

probabilities.witness(lambda W, b, X, y: learned(W, b, X, y)[0])


def wrong(probabilities, y):
    return softmax_regression.errors(by_row(probabilities), labels(y))


@family.part(shaped("C"))
def bias_gradient(probabilities, y):
    return softmax_regression.bias_gradient(wrong(probabilities, y))


bias_gradient.slips = rows(
    ("not averaged", "The loss is a mean: divide by the number of examples.",
     lambda bias_gradient, X: tuple(len(X) * g for g in bias_gradient) if len(X) > 1 else None),
    ("wrong sign", "That is the gradient of the log-likelihood.",
     lambda bias_gradient: tuple(-g for g in bias_gradient)),
    ("labels left out", "Subtract the share of the examples in each class.",
     lambda probabilities: softmax_regression.bias_gradient(by_row(probabilities))),
    ("true class only", "The probabilities of the other classes count as well.",
     lambda probabilities, y: softmax_regression.bias_gradient(of_true_classes(probabilities, y))),
)  # fmt: skip

bias_gradient.witness(lambda W, b, X, y: learned(W, b, X, y)[2])


@family.part(shaped("C", "d"), marks=2)
def weight_gradient(probabilities, X, y):
    return softmax_regression.weight_gradient(wrong(probabilities, y), X)


weight_gradient.slips = rows(
    ("true class only",
     "The probabilities of the other classes count as well.",
     lambda probabilities, X, y: softmax_regression.weight_gradient(of_true_classes(probabilities, y), X)),
    ("not averaged", "The loss is a mean: divide by the number of examples.",
     lambda weight_gradient, X: scaled(weight_gradient, len(X)) if len(X) > 1 else None),
    ("wrong sign", "That is the gradient of the log-likelihood.",
     lambda weight_gradient: scaled(weight_gradient, -1)),
    ("input left out", "Multiply each example's error by its input.",
     lambda bias_gradient: tuple((g, g) for g in bias_gradient)),
    ("labels left out", "The error is p minus 1 at the true class.",
     lambda probabilities, X: softmax_regression.weight_gradient(by_row(probabilities), X)),
)  # fmt: skip

weight_gradient.witness(lambda W, b, X, y: learned(W, b, X, y)[1])


@family.part(shaped("C", "d"), levels=["hard"])
def updated(W, weight_gradient, eta):
    return backprop.descend(W, weight_gradient, eta)


updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda W, weight_gradient, eta: backprop.descend(W, weight_gradient, -eta)),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda W, weight_gradient: backprop.descend(W, weight_gradient, 1)),
)  # fmt: skip

updated.witness(lambda W, b, X, y, eta: learned(W, b, X, y, eta)[4])


@family.part(shaped("d"), levels=["hard"])
def input_gradient(W, probabilities, y):
    return softmax_regression.input_gradient(W, wrong(probabilities, y)[0])


def row_of_the_true_class(W, probabilities, y):
    error = wrong(probabilities, y)[0][y[0] - 1]
    return tuple(error * w for w in W[y[0] - 1])


input_gradient.slips = rows(
    ("wrong sign", "The error is p minus 1 at the true class.",
     lambda input_gradient: tuple(-g for g in input_gradient)),
    ("averaged", "The loss of one example is asked for.",
     lambda input_gradient, X: tuple(g / len(X) for g in input_gradient)),
    ("row of the true class", "Every class adds its error times its row of W.",
     row_of_the_true_class),
)  # fmt: skip

input_gradient.witness(lambda W, b, X, y: learned(W, b, X, y)[3])


@family.part(
    Expression(symbols={"p": "unit", "c": "positive integer", "m": "positive integer"}),
    levels=["hard"],
)
def formula():
    return letters.formula(softmax_regression.same_input_bias_gradient)


formula.slips = rows(
    ("wrong sign", "The gradient of the loss is p minus the share of the class.",
     lambda: -letters.formula(softmax_regression.same_input_bias_gradient)),
    ("not averaged", "The loss is a mean over the m examples.", lambda: letters.formula(summed)),
    ("count left out", "Subtract the share c / m of the examples in the class.",
     lambda: letters.symbols("p")),
    ("count not divided", "The count is divided by m, too.", lambda: letters.formula(undivided)),
)  # fmt: skip


@formula.witness
def _(point):
    """Two classes; the labels of all examples together are one target."""
    logits = engine.Tensor(np.log([[point["p"], 1 - point["p"]]]), requires_grad=True)
    share = point["c"] / point["m"]
    engine.CrossEntropyLoss()(logits, np.array([[share, 1 - share]])).backward()
    return logits.grad[0, 0]


def of_true_classes(probabilities, y):
    """The errors without those of the other classes."""
    found = zip(wrong(probabilities, y), labels(y), strict=True)
    return [[e if c == label else 0 for c, e in enumerate(row)] for row, label in found]


def summed(p, c, m):
    return m * p - c


def undivided(p, c):
    return p - c


def scaled(rows, factor):
    return tuple(tuple(factor * v for v in row) for row in rows)


@lru_cache(maxsize=4)
def learned(W, b, X, y, eta=0):
    """The engine's probabilities, its gradients by W, b and the first input, and W after a step."""
    layer = engine.Linear(2, len(W), generator=0)
    layer.weight.data, layer.bias.data = np.array(W, dtype=float), np.array(b, dtype=float)
    x = engine.Tensor(np.array(X, dtype=float), requires_grad=True)
    logits = layer(x)
    engine.CrossEntropyLoss()(logits, np.array(y) - 1).backward()
    by_input, p = x.grad * len(X), engine.Softmax(-1)(logits).data
    gradients = layer.weight.grad.copy(), layer.bias.grad.copy()
    engine.SGD([layer.weight], lr=float(eta) or 1.0).step()
    return p if len(X) > 1 else p[0], *gradients, by_input[0], layer.weight.data


@family.working
def _(W, b, X, y, probabilities):
    found = by_row(probabilities)
    logits = [backprop.affine(W, x, b) for x in X]
    return {
        "logits": logits,
        "totals": [sum(map(exp, z)) for z in logits],
        "P": found,
        "errors": wrong(found, y),
        "counts": [y.count(c + 1) for c in range(len(W))],
        "sums": tuple(sum(column) for column in zip(*found, strict=True)),
    }
