"""A step with weight decay.

Trap: shrinking by 1 - alpha or 1 - eta, a factor 2, shrinking after the step.
Reference: Goodfellow, Bengio and Courville (2016), equations 7.3 to 7.5.
Source: S1-01, S1-02, S1-03, S1-58, S1-59.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import descent, letters, weight_decay

family = Family(
    version=3,
    conventions=[
        r"$\tilde{J}(w) = J(w) + \frac{\alpha}{2} "
        r"{% if w is iterable %}w^\top w{% else %}w^2{% endif %}$, and a step of gradient descent "
        r"is $w \leftarrow w - \eta \nabla \tilde{J}(w)$"
    ],
)


@family.sample
def sample(draw):
    size = draw.by_level(1, 3, 3)
    w = draw.sample([n for n in range(-9, 10) if n], size)
    g = [rational(draw.nonzero(-30, 30), 10) for _ in w]
    own = {
        "w": w if size > 1 else w[0],
        "g": g if size > 1 else g[0],
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2"),
        "alpha": draw.decimal("0.05", "0.1", "0.2", "0.3", "0.5", "0.8", "1.5", "2"),
    }
    later = {"k": draw.integer(*draw.by_level((0, 0), (5, 20), (10, 50)))}
    more = {"mu": draw.decimal("0.5", "0.8", "0.9"), "share": draw.decimal("0.5", "0.1", "0.01")}
    return own | draw.by_level({}, later, later | more)


@family.condition
def _(eta, alpha):
    return eta * alpha >= rational(1, 50)


def run(w, g, eta, alpha, steps=1, mu=0):
    """The engine's weights after some steps, with its weight decay."""
    start = np.array(w, dtype=float)
    return engine.optimizer_path(
        lambda p: engine.SGD(p, eta, mu, weight_decay=alpha),
        np.broadcast_to(np.array(g, dtype=float), (steps, *start.shape)),
        start,
    )[-1]


def as_many(w):
    return Array(shape=(len(w),), digits=4) if isinstance(w, tuple) else Real(digits=4)


@family.part(as_many)
def gradient(w, g, alpha):
    return weight_decay.penalised_gradient(w, g, alpha)


gradient.slips = rows(
    ("factor 2", "The half before the square cancels the factor 2.",
     lambda w, g, alpha: g + 2 * alpha * w),
    ("no penalty", "The penalty adds alpha times the weight.", lambda g: g),
    ("penalty subtracted", "The gradient of the penalty is added.",
     lambda w, g, alpha: g - alpha * w),
)  # fmt: skip


@gradient.witness
def _(w, g, alpha):
    """The tape's gradient of a linear loss with its penalty."""
    weights = engine.Tensor(np.array(w, dtype=float), requires_grad=True)
    loss = weights * np.array(g) + weights * weights * (alpha / 2)
    loss.sum().backward()
    return weights.grad


@family.part(as_many, marks=2)
def updated(w, gradient, eta):
    return weight_decay.step(w, gradient, eta)


updated.slips = rows(
    ("1 - alpha", "The shrinkage is multiplied by the learning rate, too.",
     lambda w, g, eta, alpha: (1 - alpha) * w - eta * g),
    ("1 - eta", "The shrinkage is eta times alpha.",
     lambda w, g, eta: (1 - eta) * w - eta * g),
    ("shrunk after the step", "The loss's gradient itself is not shrunk.",
     lambda w, g, eta, alpha: (1 - eta * alpha) * (w - eta * g)),
    ("went up", "Descent subtracts the gradient.",
     lambda w, gradient, eta: weight_decay.step(w, -gradient, eta)),
    ("no decay", "The penalty shrinks the weights, too.", lambda w, g, eta: w - eta * g),
    ("decay added", "The penalty shrinks the weights: its gradient is subtracted.",
     lambda w, g, eta, alpha: (1 + eta * alpha) * w - eta * g),
)  # fmt: skip
updated.witness(lambda w, g, eta, alpha: run(w, g, eta, alpha))


@family.part(Real(digits=3))
def factor(eta, alpha):
    return weight_decay.factor(eta, alpha)


factor.slips = rows(
    ("1 - alpha", "The shrinkage is multiplied by the learning rate, too.",
     lambda alpha: 1 - alpha),
    ("1 - eta", "The shrinkage is eta times alpha.", lambda eta: 1 - eta),
    ("factor 2", "The half before the square cancels the factor 2.",
     lambda eta, alpha: 1 - 2 * eta * alpha),
)  # fmt: skip
factor.witness(lambda eta, alpha: run(1, 0, eta, alpha))


@family.part(as_many, levels=["medium", "hard"])
def remaining(w, factor, k):
    return factor**k * w


remaining.slips = rows(
    ("steps added", "Every step shrinks what is left: the factors multiply.",
     lambda w, eta, alpha, k: (1 - k * eta * alpha) * w),
    ("one step", "There are k factors.", lambda w, factor: factor * w),
    ("one step too few", "There are k factors.", lambda w, factor, k: factor ** (k - 1) * w),
    ("one step too many", "There are k factors.", lambda w, factor, k: factor ** (k + 1) * w),
)  # fmt: skip
remaining.witness(lambda w, eta, alpha, k: run(w, 0, eta, alpha, k))


LETTERS = {"w_0": "real", "eta": "unit", "alpha": "unit", "k": "positive integer"}


@family.part(Expression(symbols=LETTERS), marks=2, levels=["hard"])
def formula():
    return letters.formula(weight_decay.shrunk)


formula.slips = rows(
    ("1 - alpha", "The shrinkage is multiplied by the learning rate, too.",
     lambda: letters.formula(weight_decay.shrunk, eta=1)),
    ("steps added", "Every step shrinks what is left: the factors multiply.",
     lambda: letters.formula(lambda w_0, eta, alpha, k: (1 - k * eta * alpha) * w_0)),
    ("factor 2", "The half before the square cancels the factor 2.",
     lambda: letters.formula(lambda w_0, eta, alpha, k: (1 - 2 * eta * alpha) ** k * w_0)),
)  # fmt: skip
formula.witness(lambda point: run(point["w_0"], 0, point["eta"], point["alpha"], point["k"]))


@family.part(Integer(), levels=["hard"], after="remaining")
def enough(factor, share):
    return descent.steps_to_reach(factor, share)


enough.slips = rows(
    ("rounded down", "After so many steps it is not yet below: round up.",
     lambda enough: enough - 1),
    ("steps added", "Every step shrinks what is left.",
     lambda eta, alpha, share: int((1 - share) / (eta * alpha)) + 1),
)  # fmt: skip


@enough.witness
def _(eta, alpha, share):
    weight, steps = 1.0, 0
    while not weight < share:
        weight, steps = weight - eta * alpha * weight, steps + 1
    return steps


@family.part(as_many, marks=3, levels=["hard"])
def with_momentum(g, eta, alpha, mu, gradient, updated):
    second = weight_decay.penalised_gradient(updated, g, alpha)
    return updated - mu * eta * gradient - eta * second


def decay_outside(w, g, eta, alpha, mu):
    for velocity in (-eta * g, -(1 + mu) * eta * g):
        w = (1 - eta * alpha) * w + velocity
    return w


with_momentum.slips = rows(
    ("no momentum", "The first velocity, times mu, belongs to the second.",
     lambda g, eta, alpha, updated: (1 - eta * alpha) * updated - eta * g),
    ("old weight", "The penalty's gradient is taken at the new weight.",
     lambda gradient, eta, mu, updated: updated - (1 + mu) * eta * gradient),
    ("decay outside", "Here the penalty is part of the gradient in v.", decay_outside),
)  # fmt: skip
with_momentum.witness(lambda w, g, eta, alpha, mu: run(w, g, eta, alpha, 2, mu))
