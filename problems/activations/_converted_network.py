"""Questions about a network of tanh units that is converted to sigmoid units."""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.problems.activations._stretched import fitted
from partialcredit.solvers import backprop, sigmoid_tanh

__all__ = ["questions"]

questions = Family()

HARD, TWO = ["hard"], Array(shape=(2,), digits=4)


@questions.part(Array(shape=(2, 2), digits=4), levels=HARD)
def hidden_weights(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[0]


hidden_weights.slips = rows(
    ("not doubled", "tanh(z) is 2 σ(2z) - 1.", lambda W: W),
    ("halved", "tanh(z) is 2 σ(2z) - 1.", lambda W: tuple(tuple(w / 2 for w in row) for row in W)),
)  # fmt: skip

hidden_weights.witness(lambda W: np.array(W, dtype=float) * fitted("tanh", 1, 1, by="sigmoid")[1])


@questions.part(TWO, levels=HARD)
def hidden_biases(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[1]


hidden_biases.slips = rows(
    ("not doubled", "The biases belong to the argument.", lambda b: b),
    ("shifted", "The shift by 1 comes after the sigmoid.", lambda b: tuple(2 * v - 1 for v in b)),
)  # fmt: skip

hidden_biases.witness(lambda b: np.array(b, dtype=float) * fitted("tanh", 1, 1, by="sigmoid")[1])


@questions.part(TWO, levels=HARD)
def output_weights(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[2]


output_weights.slips = rows(
    ("not doubled", "tanh(z) is 2 σ(2z) - 1.", lambda v: v),
    ("halved", "tanh(z) is 2 σ(2z) - 1.", lambda v: tuple(w / 2 for w in v)),
)  # fmt: skip

output_weights.witness(lambda v: [fitted("tanh", w, 1, by="sigmoid")[0] for w in v])


@questions.part(Real(digits=4), marks=2, levels=HARD)
def output_bias(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[3]


output_bias.slips = rows(
    ("shift left out", "Every unit brings -1 times its weight.", lambda c: c),
    ("added", "The shift is minus the weight of each unit.", lambda v, c: c + sum(v)),
    ("doubled weights", "The shift is that of the old weights.", lambda v, c: c - 2 * sum(v)),
)  # fmt: skip

output_bias.witness(lambda v, c: float(c) + sum(fitted("tanh", w, 1, by="sigmoid")[2] for w in v))


@questions.part(Real(digits=4), levels=HARD)
def output(W, b, v, c, x):
    h = backprop.activate("tanh", backprop.affine(W, x, b))
    return backprop.affine([v], h, [c])[0]


def sigmoid_of_the_old_weights(W, b, v, c, x):
    h = backprop.activate("sigmoid", backprop.affine(W, x, b))
    return backprop.affine([v], h, [c])[0]


output.slips = rows(
    ("sigmoid of the old weights", "The old weights belong to tanh units.",
     sigmoid_of_the_old_weights),
    ("not activated", "The hidden units apply tanh.",
     lambda W, b, v, c, x: backprop.affine([v], backprop.affine(W, x, b), [c])[0]),
)  # fmt: skip


@output.witness
def _(W, b, v, c, x):
    weights = [engine.Tensor(np.array(w, dtype=float)) for w in (W, b, [v], [c])]
    h = functional.tanh(functional.linear(engine.Tensor([[float(t) for t in x]]), *weights[:2]))
    return functional.linear(h, *weights[2:]).data[0, 0]
