"""Softmax cross-entropy.

Trap: another logarithm, the sum over a batch instead of the mean, or subtracting the log-sum twice.
Reference: Goodfellow, Bengio and Courville (2016), section 6.2.2.3.
Source: S0-33, S1-10, S1-57, S1-86.
"""

import math

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import cross_entropy, letters, log_sum_exp

family = Family(
    version=2,
    conventions=[
        "the loss of one example is $-\\ln p_y$, where $p$ is the softmax of the logits, $y$ the "
        "true class and $\\ln$ the natural logarithm",
        "classes are counted from 1",
    ],
)


def undecided(z):
    """The classes whose loss is not so small that rounded powers could not give it."""
    return [k for k, v in enumerate(z, 1) if sum(math.exp(u - v) for u in z) > 1.01]


@family.sample
def sample(draw):
    classes = draw.integer(3, draw.by_level(6, 6, 4))
    if draw.level == "easy":
        z = [rational(v, 2) for v in draw.integers(classes, -6, 6)]
        return {"z": z, "y": draw.choice(undecided(z))}
    if draw.level == "medium":
        batch = draw.matrix(draw.integer(2, 3), classes, -3, 3)
        return {"z": batch, "y": [draw.choice(undecided(z)) for z in batch]}
    W, b = draw.matrix(classes, 2, -2, 2), draw.integers(classes, -1, 2)
    x = (draw.nonzero(-2, 2), draw.nonzero(-2, 2))
    return {
        "W": W,
        "b": b,
        "x": x,
        "y": draw.choice(undecided(cross_entropy.logits(W, b, x))),
        "lam": draw.decimal("0.01", "0.02", "0.05", "0.1", "0.2"),
    }


@family.part(lambda W: Array(shape=(len(W),)), levels=["hard"])
def logits(W, b, x):
    return cross_entropy.logits(W, b, x)


logits.slips = rows(
    ("bias forgotten", "The bias is added to every logit.", lambda logits, b: logits - b),
    ("bias subtracted", "The bias is added.", lambda W, b, x: cross_entropy.logits(W, -b, x)),
)  # fmt: skip


@logits.witness
def _(W, b, x):
    layer = engine.Linear(2, len(W))
    layer.weight.data, layer.bias.data = np.array(W, dtype=float), np.array(b, dtype=float)
    return layer(engine.Tensor([x], dtype="float64")).data[0]


def measured(z, y):
    """The engine's loss of a batch; classes counted from 1."""
    logits = np.array(z, dtype=np.float64, ndmin=2)
    return float(engine.CrossEntropyLoss()(engine.Tensor(logits), np.atleast_1d(y) - 1).data)


@family.run
def scores(W, b, x):
    return np.array(W) @ np.array(x) + np.array(b)


@family.part(Real(digits=3), marks=2, levels=["easy"])
def loss(z, y):
    return cross_entropy.loss(z, y - 1)


loss.slips = rows(
    ("lost the sign", "The loss is minus the logarithm of the probability.", lambda loss: -loss),
    ("logarithm to base 10", "The logarithm is the natural one.", lambda loss: loss / log(10)),
    ("logarithm to base 2", "The logarithm is the natural one.", lambda loss: loss / log(2)),
    ("log-sum subtracted twice", "The log-softmax already contains the log-sum.",
     lambda loss, z: loss + log_sum_exp.value(z)),
    ("one minus the probability", "Take minus the logarithm of the probability.",
     lambda loss: 1 - exp(-loss)),
)  # fmt: skip
loss.witness(lambda z, y: measured(z, y))


@family.part(lambda z: Array(shape=(len(z),), digits=3), marks=2, levels=["medium"])
def losses(z, y):
    return each(cross_entropy.loss, z, y - 1)


losses.slips = rows(
    ("lost the sign", "The loss is minus the logarithm of the probability.",
     lambda losses: -losses),
    ("logarithm to base 10", "The logarithm is the natural one.", lambda losses: losses / log(10)),
    ("logarithm to base 2", "The logarithm is the natural one.", lambda losses: losses / log(2)),
    ("one minus the probability", "Take minus the logarithm of the probability.",
     lambda losses: 1 - exp(-losses)),
    ("log-sum subtracted twice", "The log-softmax already contains the log-sum.",
     lambda losses, z: losses + each(log_sum_exp.value, z)),
    ("the probability", "Take minus the logarithm of the probability.",
     lambda losses: exp(-losses)),
    ("logit for probability", "The softmax comes before the logarithm.",
     lambda z, y:
         tuple(-v[c - 1] for v, c in zip(z, y, strict=True)) if isinstance(y, tuple) else None),
)  # fmt: skip
losses.witness(lambda z, y: [measured(row, label) for row, label in zip(z, y, strict=True)])


@family.part(Real(digits=3), levels=["medium"])
def batch_loss(losses):
    return cross_entropy.mean(losses)


batch_loss.slips = rows(
    ("the sum", "The loss of a batch is the mean of the losses.", lambda losses: sum(losses)),
    ("divided by the classes", "Divide by the number of examples.",
     lambda losses, z: sum(losses) / len(z[0])),
    ("the largest loss", "Every example counts alike.", lambda losses: max(losses)),
    ("mean of the probabilities", "Take the mean of the losses, not of the probabilities.",
     lambda losses: -log(sum(map(exp, -losses)) / len(losses))),
)  # fmt: skip


@batch_loss.witness
def _(z, y):
    """From the probability of all labels together."""
    powers = np.exp(np.array(z, dtype=float))
    chosen = [row[label - 1] / row.sum() for row, label in zip(powers, y, strict=True)]
    return -np.log(np.prod(chosen)) / len(y)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def example_loss(logits, y):
    return cross_entropy.loss(logits, y - 1)


example_loss.slips = rows(
    ("lost the sign", "The loss is minus the logarithm of the probability.",
     lambda example_loss: -example_loss),
    ("logarithm to base 10", "The logarithm is the natural one.",
     lambda example_loss: example_loss / log(10)),
    ("logarithm to base 2", "The logarithm is the natural one.",
     lambda example_loss: example_loss / log(2)),
    ("one minus the probability", "Take minus the logarithm of the probability.",
     lambda example_loss: 1 - exp(-example_loss)),
    ("log-sum subtracted twice", "The log-softmax already contains the log-sum.",
     lambda example_loss, logits: example_loss + log_sum_exp.value(logits)),
)  # fmt: skip
example_loss.witness(lambda scores, y: measured(scores, y))


@family.derive
def norm(W):
    """The square of the norm."""
    return cross_entropy.squared_norm(W)


@family.part(Real(digits=3), levels=["hard"])
def objective(example_loss, lam, norm):
    return example_loss + lam * norm / 2


objective.slips = rows(
    ("without one half", "The penalty has the factor 1/2.",
     lambda example_loss, lam, norm: example_loss + lam * norm),
    ("biases penalised", "The penalty holds the weights only.",
     lambda objective, b, lam: objective + lam * sum(b**2) / 2),
    ("norm not squared", "The penalty holds the square of the norm.",
     lambda example_loss, lam, norm: example_loss + lam * sqrt(norm) / 2),
    ("penalty subtracted", "The penalty is added to what is minimised.",
     lambda example_loss, lam, norm: example_loss - lam * norm / 2),
)  # fmt: skip


@objective.witness
def _(W, y, lam, scores):
    decayed = engine.Tensor(W, dtype="float64")
    return measured(scores, y) + float(((decayed * decayed).sum() * (lam / 2)).data)


@family.part(Real(digits=3), levels=["easy", "medium"])
def baseline(z):
    return cross_entropy.uniform_loss(np.shape(z)[-1])


baseline.slips = rows(
    ("a probability", "This is the probability of each class; take minus its logarithm.",
     lambda baseline: exp(-baseline)),
    ("zero", "Equal logits give equal probabilities, not certainty.", lambda: 0),
    ("logarithm to base 10", "The logarithm is the natural one.",
     lambda baseline: baseline / log(10)),
    ("logarithm to base 2", "The logarithm is the natural one.",
     lambda baseline: baseline / log(2)),
    ("lost the sign", "The loss is minus the logarithm of the probability.",
     lambda baseline: -baseline),
)  # fmt: skip
baseline.witness(lambda z: measured(np.zeros(np.shape(z)), np.ones(np.shape(z)[:-1], dtype=int)))


@family.part(Expression(symbols={"d": "real"}), marks=2, levels=["hard"])
def binary():
    return letters.formula(cross_entropy.binary_loss, margin=letters.symbols("d"))


binary.slips = in_letters(
    ("lost the sign", "The loss falls when the margin grows.",
     lambda d: cross_entropy.binary_loss(-d)),
    ("the probability", "This is the probability of the true class; take minus its logarithm.",
     lambda d: 1 / (1 + exp(-d))),
    ("the margin alone", "This is the loss for very negative margins only.", lambda d: -d),
)  # fmt: skip
binary.witness(lambda point: measured((point["d"] + 0.5, 0.5), 1))
