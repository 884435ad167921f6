"""Logistic regression on a data set: gradient, step, loss, Newton's step.

Trap: the slope of the sigmoid kept, the sum for the mean, decisions for probabilities.
Reference: Bishop (2006), sections 4.3.2 and 4.3.3; Hastie, Tibshirani and Friedman (2009), section
4.4.1.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import binary_cross_entropy_with_logits, sigmoid
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import logistic_regression as logistic

family = Family(
    conventions=[
        "$p_i = \\sigma(w^\\top x_i + b)$ with $\\sigma(z) = 1/(1 + e^{-z})$",
        "the loss is $L = -\\frac{1}{m} \\sum_i \\left[ y_i \\ln p_i + (1 - y_i) \\ln(1 - p_i) "
        "\\right]{% if level == 'hard' %} + \\frac{\\lambda}{2} w^2{% endif %}$ over the "
        "$m = {{ y|length }}$ examples",
        "derivatives with respect to $b$ come last",
    ]
)

FIRST, LATER = ["easy", "medium"], ["medium", "hard"]


@family.sample
def sample(draw):
    d = draw.by_level(1, 2, 1)
    size = draw.by_level(3, 2, 2)
    count = draw.by_level(4, 4, 3)
    points = draw.sample(cells(d, size), count)
    y = draw.shuffle([0, 1, *draw.integers(count - 2, 0, 1)])
    tenths = [rational(draw.nonzero(-9, 9), 10) for _weight in range(2)]
    return {
        "X": [(*x, 1) for x in points],
        "y": y,
        "start": tenths if draw.level == "hard" else [0] * (d + 1),
        "eta": 0 if draw.level == "hard" else draw.decimal("0.1", "0.2", "0.5", "1", "2"),
        "penalty": draw.decimal("0.1", "0.2", "0.5") if draw.level == "hard" else 0,
        "query": draw.nonzero(-4, 4) if draw.level == "easy" else 0,
    }


def cells(d, size):
    line = range(-size, size + 1)
    return [(x,) for x in line] if d == 1 else [(x, z) for x in line for z in line]


def weights(X):
    return Array(shape=(len(X[0]),), digits=3)


def examples(X):
    return Array(shape=(len(X),), digits=3)


@family.run
def fit(X, y, start, penalty):
    """The engine's weights, loss and gradient; the features' weights are penalised."""
    w = engine.Tensor(start, dtype="float64", requires_grad=True)
    value = loss(w, X, y, penalty)
    return w, value, engine.grad(value, [w], create_graph=True)[0]


def loss(w, X, y, penalty):
    z = engine.Tensor(X, dtype="float64") @ w
    fitted = binary_cross_entropy_with_logits(z, np.array(y, dtype=float))
    return fitted + (w * w)[:-1].sum() * (penalty / 2)


@family.run
def stepped(fit, eta):
    w, _, slopes = fit
    return engine.Tensor(w.data - eta * slopes.data)


@family.part(examples, levels=["hard"])
def probabilities(X, start):
    return logistic.probabilities(X, start)


probabilities.slips = rows(
    ("the other class", "Large logits make class 1 likely.",
     lambda probabilities: 1 - probabilities),
    ("bias forgotten", "The logit is w x + b.",
     lambda X, start: logistic.probabilities(X, Vector((*start[:-1], 0)))),
)  # fmt: skip
probabilities.witness(lambda X, start: sigmoid(engine.Tensor(np.array(X) @ np.array(start))).data)


@family.derive
def first(X, start):
    """The probabilities where the descent starts."""
    return logistic.probabilities(X, start)


@family.part(weights, marks=2, levels=FIRST)
def gradient(X, y, first, start):
    return logistic.gradient(X, y, first, 0, start)


gradient.slips = rows(
    ("wrong sign", "The error of an example is p - y.", lambda gradient: -gradient),
    ("sum", "The loss is a mean: divide by m.", lambda gradient, y: len(y) * gradient),
    ("slope kept", "The slope p (1 - p) of the sigmoid cancels in the cross-entropy.",
     lambda X, y, first, start: logistic.gradient(X, y, first, 0, start) * rational(1, 4)),
    ("decisions", "Use the probabilities, not the decided classes.",
     lambda X, y, start: logistic.gradient(X, y, Vector([1] * len(y)), 0, start)),
    ("labels -1 and 1", "With probabilities the labels are 0 and 1.",
     lambda X, y, first, start: logistic.gradient(X, 2 * y - 1, first, 0, start)),
)  # fmt: skip
gradient.witness(lambda fit: fit[2].data)


@family.part(weights, levels=FIRST)
def updated(start, eta, gradient):
    return logistic.step(start, eta, gradient)


updated.slips = rows(
    ("uphill", "Descent subtracts the gradient.",
     lambda start, eta, gradient: logistic.step(start, -eta, gradient)),
    ("learning rate forgotten", "Multiply the gradient by the learning rate.",
     lambda start, gradient: logistic.step(start, 1, gradient)),
    ("gradient itself", "Take the step from the weights of before.", lambda gradient: gradient),
)  # fmt: skip
updated.witness(lambda stepped: stepped.data)


@family.part(Real(digits=3), levels=["easy"])
def predicted(query, updated):
    return logistic.sigmoid(dot((query, 1), updated))


predicted.slips = rows(
    ("logit", "Put the logit into the sigmoid.", lambda query, updated: dot((query, 1), updated)),
    ("the other class", "Large logits make class 1 likely.", lambda predicted: 1 - predicted),
    ("bias forgotten", "The logit is w x + b.",
     lambda query, updated: logistic.sigmoid(query * updated[0])),
)  # fmt: skip
predicted.witness(lambda stepped, query: sigmoid(stepped[0] * query + stepped[1]).item())


@family.part(examples, levels=["medium"])
def then(X, updated):
    return logistic.probabilities(X, updated)


then.slips = rows(
    ("the other class", "Large logits make class 1 likely.", lambda then: 1 - then),
    ("logits", "Put the logits into the sigmoid.",
     lambda X, updated: [dot(row, updated) for row in X]),
    ("bias forgotten", "The logit is w x + b.",
     lambda X, updated: logistic.probabilities(X, Vector((*updated[:-1], 0)))),
)  # fmt: skip
then.witness(lambda X, stepped: sigmoid(engine.Tensor(np.array(X)) @ stepped).data)


@family.part(Real(digits=3), levels=["medium"])
def new_loss(then, y):
    return logistic.loss(then, y)


def positive_only(p, y):
    told = sum(log(q) for q, label in zip(p, y, strict=True) if label)
    return -told * rational(1, len(y))


new_loss.slips = rows(
    ("sum", "The loss is a mean: divide by m.", lambda new_loss, y: new_loss * len(y)),
    ("positive examples only", "An example with y = 0 adds -ln(1 - p).",
     lambda then, y: positive_only(then, y)),
    ("labels exchanged", "An example with y = 1 adds -ln p.",
     lambda then, y: logistic.loss(1 - then, y)),
    ("bits", "The logarithm is natural.", lambda new_loss: new_loss / log(2)),
)  # fmt: skip
new_loss.witness(lambda X, y, stepped: loss(stepped, X, y, 0).item())


@family.part(Real(digits=3), levels=["hard"])
def penalised(probabilities, y, start, penalty):
    return logistic.loss(probabilities, y) + penalty / 2 * start[0] ** 2


penalised.slips = rows(
    ("penalty forgotten", "Add the penalty.", lambda probabilities, y:
     logistic.loss(probabilities, y)),
    ("half forgotten", "The penalty has the factor 1/2.",
     lambda probabilities, y, start, penalty:
         logistic.loss(probabilities, y) + penalty * start[0] ** 2),
    ("bias penalised", "The bias is not penalised.",
     lambda penalised, start, penalty: penalised + penalty / 2 * start[1] ** 2),
    ("labels exchanged", "An example with y = 1 adds -ln p.",
     lambda probabilities, y, start, penalty:
         logistic.loss(1 - probabilities, y) + penalty / 2 * start[0] ** 2),
)  # fmt: skip
penalised.witness(lambda fit: fit[1].item())


@family.part(weights, marks=2, levels=["hard"])
def slopes(X, y, probabilities, penalty, start):
    return logistic.gradient(X, y, probabilities, penalty, start)


slopes.slips = rows(
    ("penalty forgotten", "The derivative of the penalty is lambda w.",
     lambda X, y, probabilities, start: logistic.gradient(X, y, probabilities, 0, start)),
    ("factor 2", "The one half cancels the 2 of the square.",
     lambda X, y, probabilities, penalty, start:
         logistic.gradient(X, y, probabilities, 2 * penalty, start)),
    ("bias penalised", "The bias is not penalised.",
     lambda slopes, penalty, start: [slopes[0], slopes[1] + penalty * start[1]]),
    ("wrong sign", "The error of an example is p - y.", lambda slopes: -slopes),
)  # fmt: skip
slopes.witness(lambda fit: fit[2].data)


@family.part(Array(shape=(2, 2), digits=3), marks=2, levels=["hard"])
def hessian(X, probabilities, penalty):
    return logistic.hessian(X, probabilities, penalty)


hessian.slips = rows(
    ("slopes forgotten", "Every example is weighted with p (1 - p).",
     lambda X, y: logistic.hessian(X, Vector([rational(1, 2)] * len(y)), 0) * 4),
    ("penalty forgotten", "The second derivative of the penalty is lambda.",
     lambda X, probabilities: logistic.hessian(X, probabilities, 0)),
    ("sum", "The loss is a mean: divide by m.",
     lambda X, y, probabilities, penalty:
         logistic.hessian(X, probabilities, penalty / len(y)) * len(y)),
)  # fmt: skip


@family.run
def curved(fit):
    w, _, slopes = fit
    return np.array([engine.grad(slope, [w])[0].data for slope in (slopes[0], slopes[1])])


hessian.witness(lambda curved: curved)


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def newton(start, slopes, hessian):
    return logistic.newton(start, slopes, hessian)


newton.slips = rows(
    ("gradient step", "Multiply the gradient by the inverse of the Hessian.",
     lambda start, slopes: start - slopes),
    ("uphill", "Newton's step is subtracted.", lambda start, newton: 2 * start - newton),
    ("diagonal only", "The whole matrix is inverted, not its diagonal.",
     lambda start, slopes, hessian:
         start - Vector((slopes[0] / hessian[0][0], slopes[1] / hessian[1][1]))),
)  # fmt: skip


newton.witness(lambda fit, curved: fit[0].data - np.linalg.solve(curved, fit[2].data))


@family.derive
def logits(X, start):
    return [dot(row, start) for row in X]


@family.derive
def errors(first, y):
    return first - y


@family.derive
def products(X, errors):
    """What is averaged for every derivative."""
    return [Vector(column) * errors for column in zip(*X, strict=True)]


@family.working
def _():
    return {"dot": dot}
