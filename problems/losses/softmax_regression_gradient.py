"""Gradients of softmax regression.

Trap: not averaged, the input left out, the label left out, the sign of the likelihood.
Reference: Bishop (2006), equation 4.109.
Source: S1-11, S1-12, S1-13, S1-14, S1-34, S1-35.
"""

from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Expression
from partialcredit.numbers.exact import exp
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems.losses import _gradient_lines
from partialcredit.solvers import backprop, letters, softmax_regression

family = Family(
    version=3,
    conventions=[
        "the loss $L$ is {% if X|length > 1 %}the mean over the examples of {% endif %}"
        "$-\\ln p_y$, where $\\mathbf{p}$ is the softmax of $W \\mathbf{x} + \\mathbf{b}$ and $y$ "
        "the true class",
        "classes are counted from 1",
    ],
    hidden=["wrong_line"],
)


@family.sample
def sample(draw):
    classes, m = draw.by_level((2, 1), (3, draw.integer(2, 3)), (3, draw.integer(2, 3)))
    return {
        "W": draw.matrix(classes, 2, -1, 2),
        "b": draw.integers(classes, -1, 1),
        "X": [(draw.nonzero(-2, 2), draw.nonzero(-3, 3)) for _ in range(m)],
        "y": draw.integers(m, 1, classes),
    } | draw.by_level(
        {},
        {},
        {
            "eta": draw.decimal("0.1", "0.2", "0.25", "0.5", "1"),
            "wrong_line": draw.integer(0, 3),
        },
    )


@family.condition
def _(W, X):
    return len(set(W)) == len(W) and len(set(X)) == len(X)


def shaped(*sizes):
    """An array with named sizes; a single example has no axis of its own."""

    def kind(W, X):
        known = {"m": len(X), "C": len(W), "d": 2}
        return Array(shape=tuple(known[n] for n in sizes if n != "m" or len(X) > 1), digits=3)

    return kind


def by_row(values):
    return values if isinstance(values[0], tuple) else Vector((values,))


def like(X, values):
    """One row per example, or the only row."""
    return values if len(X) > 1 else values[0]


def layer_of(W, b):
    layer = engine.Linear(2, len(W), generator=0)
    layer.weight.data, layer.bias.data = np.array(W, dtype=float), np.array(b, dtype=float)
    return layer


@family.run
def learned(W, b, X, y):
    """The engine's probabilities, and its gradients by W, b and the inputs."""
    layer, x = layer_of(W, b), engine.Tensor(X, dtype="float64", requires_grad=True)
    logits = layer(x)
    engine.CrossEntropyLoss()(logits, np.array(y) - 1).backward()
    p = engine.Softmax(-1)(logits).data
    gradients = {"by_weight": layer.weight.grad, "by_bias": layer.bias.grad, "by_input": x.grad}
    return SimpleNamespace(probabilities=like(X, p), **gradients)


@family.part(shaped("m", "C"), marks=2)
def probabilities(W, b, X):
    return like(X, softmax_regression.predictions(W, b, X))


probabilities.slips = rows(
    ("biases forgotten", "The bias is added to every logit.",
     lambda W, b, X: like(X, softmax_regression.predictions(W, 0 * b, X))),
    ("logistic function", "The probabilities of all classes add up to 1.",
     lambda W, b, X: like(X, [backprop.activate("sigmoid", backprop.affine(W, x, b)) for x in X])),
    ("exponentials", "Divide by the sum of the exponentials.",
     lambda W, b, X: like(X, [exp(backprop.affine(W, x, b)) for x in X])),
    ("logits", "The softmax turns logits into probabilities.",
     lambda W, b, X: like(X, [backprop.affine(W, x, b) for x in X])),
)  # fmt: skip
probabilities.witness(lambda learned: learned.probabilities)


def wrong(probabilities, y):
    return softmax_regression.errors(by_row(probabilities), y - 1)


def of_true_classes(probabilities, y):
    """The errors without those of the other classes."""
    found = zip(wrong(probabilities, y), y, strict=True)
    return [[e if c == label else 0 for c, e in enumerate(row, 1)] for row, label in found]


@family.part(shaped("C"))
def bias_gradient(probabilities, y):
    return softmax_regression.bias_gradient(wrong(probabilities, y))


bias_gradient.slips = rows(
    ("not averaged", "The loss is a mean: divide by the number of examples.",
     lambda bias_gradient, X: len(X) * bias_gradient if len(X) > 1 else None),
    ("wrong sign", "That is the gradient of the log-likelihood.",
     lambda bias_gradient: -bias_gradient),
    ("labels left out", "Subtract the share of the examples in each class.",
     lambda probabilities: softmax_regression.bias_gradient(by_row(probabilities))),
    ("true class only", "The probabilities of the other classes count as well.",
     lambda probabilities, y: softmax_regression.bias_gradient(of_true_classes(probabilities, y))),
)  # fmt: skip
bias_gradient.witness(lambda learned: learned.by_bias)


@family.part(shaped("C", "d"), marks=2)
def weight_gradient(probabilities, X, y):
    return softmax_regression.weight_gradient(wrong(probabilities, y), X)


weight_gradient.slips = rows(
    ("true class only", "The probabilities of the other classes count as well.",
     lambda probabilities, X, y:
         softmax_regression.weight_gradient(of_true_classes(probabilities, y), X)),
    ("not averaged", "The loss is a mean: divide by the number of examples.",
     lambda weight_gradient, X: len(X) * weight_gradient if len(X) > 1 else None),
    ("wrong sign", "That is the gradient of the log-likelihood.",
     lambda weight_gradient: -weight_gradient),
    ("input left out", "Multiply each example's error by its input.",
     lambda bias_gradient: [(g, g) for g in bias_gradient]),
    ("labels left out", "The error is p minus 1 at the true class.",
     lambda probabilities, X: softmax_regression.weight_gradient(by_row(probabilities), X)),
)  # fmt: skip
weight_gradient.witness(lambda learned: learned.by_weight)


@family.part(shaped("C", "d"), levels=["hard"])
def updated(W, weight_gradient, eta):
    return backprop.descend(W, weight_gradient, eta)


updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda W, weight_gradient, eta: backprop.descend(W, weight_gradient, -eta)),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda W, weight_gradient: backprop.descend(W, weight_gradient, 1)),
)  # fmt: skip


@updated.witness
def _(W, b, learned, eta):
    weight = layer_of(W, b).weight
    weight.grad = learned.by_weight
    engine.SGD([weight], lr=eta).step()
    return weight.data


@family.part(shaped("d"), levels=["hard"])
def input_gradient(W, probabilities, y):
    return softmax_regression.input_gradient(W, wrong(probabilities, y)[0])


input_gradient.slips = rows(
    ("wrong sign", "The error is p minus 1 at the true class.",
     lambda input_gradient: -input_gradient),
    ("averaged", "The loss of one example is asked for.",
     lambda input_gradient, X: rational(1, len(X)) * input_gradient),
    ("row of the true class", "Every class adds its error times its row of W.",
     lambda W, probabilities, y: wrong(probabilities, y)[0][y[0] - 1] * W[y[0] - 1]),
)  # fmt: skip
input_gradient.witness(lambda X, learned: len(X) * learned.by_input[0])


@family.part(
    Expression(symbols={"p": "unit", "c": "positive integer", "m": "positive integer"}),
    levels=["hard"],
)
def formula():
    return letters.formula(softmax_regression.same_input_bias_gradient)


formula.slips = rows(
    ("wrong sign", "The gradient of the loss is p minus the share of the class.",
     lambda formula: -formula),
    ("not averaged", "The loss is a mean over the m examples.",
     lambda: letters.formula(lambda p, c, m: m * p - c)),
    ("count left out", "Subtract the share c / m of the examples in the class.",
     lambda: letters.symbols("p")),
    ("count not divided", "The count is divided by m, too.",
     lambda: letters.formula(lambda p, c: p - c)),
)  # fmt: skip


@formula.witness
def _(point):
    """Two classes; the labels of all examples together are one target."""
    logits = engine.Tensor(np.log([[point["p"], 1 - point["p"]]]), requires_grad=True)
    share = point["c"] / point["m"]
    engine.CrossEntropyLoss()(logits, np.array([[share, 1 - share]])).backward()
    return logits.grad[0, 0]


@family.part(lambda wrong_line: Choice(_gradient_lines.printed(wrong_line)), levels=["hard"])
def code(wrong_line):
    return wrong_line


code.slips = rows(
    ("the line before", "This line gives what it should.", lambda code: code - 1 if code else None),
    ("the line after", "This line gives what it should.",
     lambda code: code + 1 if code < 3 else None),
)  # fmt: skip


@code.witness
def _(wrong_line, W, b, X, y):
    """The line that does not give what the engine's layer does."""
    layer, x = layer_of(W, b), np.array(X, dtype=float)
    Z = layer(engine.Tensor(x))
    engine.CrossEntropyLoss()(Z, np.array(y) - 1).backward()
    given = {"X": x, "W": layer.weight.data.T, "b": layer.bias.data}
    given["Y"] = np.eye(len(W))[np.array(y) - 1]
    expected = {"Z": Z.data, "P": functional.softmax(Z).data}
    expected |= {"dW": layer.weight.grad.T, "db": layer.bias.grad}
    return _gradient_lines.wrong_line(wrong_line, given, expected)


@family.working
def _(W, b, X, y, probabilities):
    P = by_row(probabilities)
    logits = [backprop.affine(W, x, b) for x in X]
    return {
        "logits": logits,
        "totals": [sum(map(exp, z)) for z in logits],
        "P": P,
        "errors": wrong(P, y),
        "counts": [y.count(c + 1) for c in range(len(W))],
        "sums": sum(P),
        "lines": _gradient_lines.LINES,
    }
