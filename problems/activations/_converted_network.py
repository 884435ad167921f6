"""Questions about a network of tanh units that is converted to sigmoid units."""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import tanh
from partialcredit.numbers.vectors import dot, each
from partialcredit.problems.activations._stretched import fitted
from partialcredit.solvers import backprop, sigmoid_tanh

__all__ = ["questions"]

questions = Family()

HARD, TWO = ["hard"], Array(shape=(2,))


@questions.derive
def converted(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)


@questions.run
def as_sigmoid():
    """The numbers a, b, c with tanh(x) = a σ(b x) + c."""
    return fitted("tanh", 1, 1, by="sigmoid")


@questions.part(Array(shape=(2, 2)), levels=HARD)
def hidden_weights(converted):
    return converted[0]


hidden_weights.slips = rows(
    ("not doubled", "tanh(z) is 2 σ(2z) - 1.", lambda W: W),
    ("halved", "tanh(z) is 2 σ(2z) - 1.", lambda W: W / 2),
)  # fmt: skip
hidden_weights.witness(lambda W, as_sigmoid: np.array(W) * as_sigmoid[1])


@questions.part(TWO, levels=HARD)
def hidden_biases(converted):
    return converted[1]


hidden_biases.slips = rows(
    ("not doubled", "The biases belong to the argument.", lambda b: b),
    ("shifted", "The shift by 1 comes after the sigmoid.", lambda b: 2 * b - 1),
)  # fmt: skip
hidden_biases.witness(lambda b, as_sigmoid: np.array(b) * as_sigmoid[1])


@questions.part(TWO, levels=HARD)
def output_weights(converted):
    return converted[2]


output_weights.slips = rows(
    ("not doubled", "tanh(z) is 2 σ(2z) - 1.", lambda v: v),
    ("halved", "tanh(z) is 2 σ(2z) - 1.", lambda v: v / 2),
)  # fmt: skip
output_weights.witness(lambda v, as_sigmoid: np.array(v) * as_sigmoid[0])


@questions.part(Real(), marks=2, levels=HARD)
def output_bias(converted):
    return converted[3]


output_bias.slips = rows(
    ("shift left out", "Every unit brings -1 times its weight.", lambda c: c),
    ("added", "The shift is minus the weight of each unit.", lambda v, c: c + sum(v)),
    ("doubled weights", "The shift is that of the old weights.", lambda v, c: c - 2 * sum(v)),
)  # fmt: skip
output_bias.witness(lambda v, c, as_sigmoid: c + sum(v) * as_sigmoid[2])


@questions.derive
def sums(W, b, x):
    return backprop.affine(W, x, b)


@questions.part(Real(digits=3), levels=HARD)
def output(sums, v, c):
    return dot(v, tanh(sums)) + c


output.slips = rows(
    ("sigmoid of the old weights", "The old weights belong to tanh units.",
     lambda sums, v, c: dot(v, each(backprop.logistic, sums)) + c),
    ("not activated", "The hidden units apply tanh.", lambda sums, v, c: dot(v, sums) + c),
)  # fmt: skip


@output.witness
def _(W, b, v, c, x):
    weights = [engine.Tensor(np.array(w)) for w in (W, b, [v], [c])]
    h = functional.tanh(functional.linear(engine.Tensor(np.array([x])), *weights[:2]))
    return functional.linear(h, *weights[2:]).data[0, 0]
