"""Accumulated gradients of a regularised mean loss.

Trap: penalising the biases, dividing the penalty by n, forgetting to divide the sum by n.
Reference: Goodfellow, Bengio and Courville (2016), equations 7.2 to 7.5 and section 8.1.3.
Source: S4-10, S4-13.
"""

from functools import cache, lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import backprop, letters

family = Family(
    conventions=[
        r"column 0 of $\Theta$ holds the biases, so every input begins with $x_0 = 1$",
        r"$\ell_i = \frac{1}{2} \lVert \Theta x_i - y_i \rVert^2$ is the loss of example $i$",
        r"the cost of all $n$ examples is {% if not lam %}$J = \frac{1}{n} \sum_i \ell_i$"
        r"{% else %}{% if inside %}$J = \frac{1}{n} \left( \sum_i \ell_i + \frac{\lambda}{2} R "
        r"\right)${% else %}$J = \frac{1}{n} \sum_i \ell_i + \frac{\lambda}{2} R${% endif %}, "
        r"where $R$ adds up the squares of all weights, but not of the biases{% endif %}",
    ]
)


@family.sample
def sample(draw):
    outputs, features, n = draw.by_level((1, 1, 2), (1, 2, 3), (2, 2, draw.integer(3, 4)))
    inside = draw.level == "hard" and draw.chance(0.5)
    return {
        "X": [(1, *[draw.nonzero(-3, 4) for _ in range(features)]) for _ in range(n)],
        "Y": [draw.integers(outputs, -5, 6) for _ in range(n)],
        "Theta": [
            [rational(draw.nonzero(-6, 6), 2) for _ in range(features + 1)] for _ in range(outputs)
        ],
        "lam": draw.by_level(0, *[draw.decimal("0.1", "0.2", "0.3", "0.5")] * 2),
        "inside": inside,
    } | draw.by_level({}, *[{"eta": draw.decimal("0.01", "0.1", "0.2", "0.5")}] * 2)


@family.condition
def _(totals):
    return all(v for row in totals for v in row)


def share(lam, inside, n):
    """The factor of the weights in the gradient."""
    return lam * rational(1, n) if inside else lam


def like(Theta):
    return Array(shape=(len(Theta), len(Theta[0])), digits=4)


@family.part(lambda X, Theta: Array(shape=(len(X), len(Theta)), digits=4))
def errors(X, Y, Theta):
    predicted = [backprop.affine(Theta, x) for x in X]
    return tuple(
        tuple(p - t for p, t in zip(*pair, strict=True)) for pair in zip(predicted, Y, strict=True)
    )


errors.slips = rows(
    ("wrong sign", "The derivative of the loss with respect to the prediction is prediction - y.",
     lambda errors: tuple(tuple(-e for e in row) for row in errors)),
    ("biases left out",
     "The column of the biases multiplies x_0 = 1.",
     lambda Theta, errors: tuple(tuple(e - row[0] for e, row in zip(found, Theta, strict=True)) for found in errors)),
)  # fmt: skip
errors.witness(lambda X, Y, Theta, lam, inside: run(X, Y, Theta, lam, inside)[0])


@family.part(like, marks=2)
def totals(X, errors):
    return backprop.sum_outer(errors, X)


def inputs_left_out(X, errors):
    sums = [sum(column) for column in zip(*errors, strict=True)]
    return tuple(tuple(s for _ in X[0]) for s in sums)


totals.slips = rows(
    ("last example only", "Every example adds to the sum.",
     lambda X, errors: backprop.outer(errors[-1], X[-1])),
    ("mean", "The accumulated gradient is the sum; it is divided by n later.",
     lambda X, errors: backprop.mean_outer(errors, X)),
    ("inputs left out", "Multiply every error by the inputs of its example.", inputs_left_out),
)  # fmt: skip
totals.witness(lambda X, Y, Theta, lam, inside: run(X, Y, Theta, lam, inside)[1])


@family.part(
    Expression(
        symbols={"a": "real", "n": "positive integer", "lambda": "positive", "theta": "real"}
    ),
    levels=["hard"],
)
def formula(inside):
    return entry_of(inside)


formula.slips = rows(
    ("sum not divided", "The cost is a mean: divide the sum by n.",
     lambda inside: entry_of(inside, mean=0)),
    ("other place of the penalty", "See where the penalty stands in the cost.",
     lambda inside: entry_of(not inside)),
    ("factor 2", "The 2 of the square cancels with the 1/2 before the penalty.",
     lambda inside: entry_of(inside, plus=2)),
)  # fmt: skip


@formula.witness
def _(point, inside):
    """Equal examples with one weight, whose losses together have the slope a."""
    n, theta = point["n"], point["theta"]
    X, Y = ((0.0, 1.0),) * n, ((theta - point["a"] / n,),) * n
    return run(X, Y, ((0.0, theta),), point["lambda"], inside)[2][0, 1]


@family.part(like, marks=2)
def gradient(totals, X, Theta, lam, inside):
    return backprop.regularised_gradient(totals, len(X), share(lam, inside, len(X)), Theta)


def biases_penalised(gradient, X, Theta, lam, inside):
    added = share(lam, inside, len(X))
    return tuple((g[0] + added * row[0], *g[1:]) for g, row in zip(gradient, Theta, strict=True))


def penalty_alone(X, Theta, lam, inside):
    added = share(lam, inside, len(X))
    return tuple((0, *(added * v for v in row[1:])) for row in Theta) if lam else None


gradient.slips = rows(
    ("biases penalised", "The biases, in column 0, are not penalised.", biases_penalised),
    ("other place of the penalty",
     "See where the penalty stands in the cost.",
     lambda totals, X, Theta, lam, inside: backprop.regularised_gradient(totals, len(X), share(lam, not inside, len(X)), Theta)),
    ("sum not divided", "The cost is a mean: divide the sum by n.",
     lambda totals, Theta, lam: backprop.regularised_gradient(totals, 1, lam, Theta)),
    ("no penalty", "The penalty has a gradient, too.",
     lambda totals, X, Theta: backprop.regularised_gradient(totals, len(X), 0, Theta)),
    ("penalty alone", "The losses of the examples have a gradient, too.", penalty_alone),
    ("penalty subtracted",
     "The gradient of the penalty is added.",
     lambda totals, X, Theta, lam, inside: backprop.regularised_gradient(totals, len(X), -share(lam, inside, len(X)), Theta)),
)  # fmt: skip
gradient.witness(lambda X, Y, Theta, lam, inside: run(X, Y, Theta, lam, inside)[2])


@family.part(like, levels=["medium", "hard"])
def updated(Theta, gradient, eta):
    return backprop.descend(Theta, gradient, eta)


updated.slips = rows(
    ("went up", "Descent subtracts the gradient.",
     lambda Theta, gradient, eta: backprop.descend(Theta, gradient, -eta)),
    ("accumulated gradient", "The step takes the gradient of the cost, not the sum.",
     lambda Theta, totals, eta: backprop.descend(Theta, totals, eta)),
    ("learning rate left out", "Multiply the gradient by the learning rate first.",
     lambda Theta, gradient: backprop.descend(Theta, gradient, 1)),
)  # fmt: skip


@updated.witness
def _(X, Y, Theta, lam, inside, eta):
    weights = engine.Tensor(np.array(Theta, dtype=float), requires_grad=True)
    weights.grad = run(X, Y, Theta, lam, inside)[2]
    engine.SGD([weights], lr=float(eta)).step()
    return weights.data


@cache
def entry_of(inside, *, plus=1, mean=1):
    a, n, lam, theta = letters.symbols("a n lambda theta")
    penalty = plus * (lam / n if inside else lam)
    return backprop.regularised_entry(a, n if mean else 1, penalty, theta)


@lru_cache(maxsize=4)
def run(X, Y, Theta, lam, inside):
    """The engine's cost: its weights, the distances of its predictions, the sum of the losses."""
    weights = engine.Tensor(np.array(Theta, dtype=float), requires_grad=True)
    away = linear(engine.Tensor(np.array(X, dtype=float)), weights) - np.array(Y, dtype=float)
    losses = (away * away).sum() / 2
    penalty = (weights[:, 1:] ** 2).sum() * (float(lam) / 2)
    n = len(X)
    cost = (losses + penalty) / n if inside else losses / n + penalty
    return [g.data for g in (*engine.grad(losses, [away, weights]), *engine.grad(cost, [weights]))]


@family.working
def _(X, lam, inside):
    return {"n": len(X), "share": share(lam, inside, len(X))}
