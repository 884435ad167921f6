"""Questions about a network of tanh units that is converted to sigmoid units."""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Array, Real
from partialcredit.problems.activations._stretched import fitted
from partialcredit.solvers import backprop, sigmoid_tanh

__all__ = ["questions"]

questions = Family()

HARD, TWO = ["hard"], Array(shape=(2,), digits=4)


@questions.part(Array(shape=(2, 2), digits=4), levels=HARD)
def hidden_weights(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[0]


@questions.part(TWO, levels=HARD)
def hidden_biases(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[1]


@questions.part(TWO, levels=HARD)
def output_weights(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[2]


@questions.part(Real(digits=4), marks=2, levels=HARD)
def output_bias(W, b, v, c):
    return sigmoid_tanh.converted(W, b, v, c)[3]


@questions.part(Real(digits=4), levels=HARD)
def output(W, b, v, c, x):
    h = backprop.activate("tanh", backprop.affine(W, x, b))
    return backprop.affine([v], h, [c])[0]


@hidden_weights.mistake("not doubled", "tanh(z) is 2 σ(2z) - 1.")
def _(W):
    return W


@hidden_weights.mistake("halved", "tanh(z) is 2 σ(2z) - 1.")
def _(W):
    return tuple(tuple(w / 2 for w in row) for row in W)


@hidden_biases.mistake("not doubled", "The biases belong to the argument.")
def _(b):
    return b


@hidden_biases.mistake("shifted", "The shift by 1 comes after the sigmoid.")
def _(b):
    return tuple(2 * v - 1 for v in b)


@output_weights.mistake("not doubled", "tanh(z) is 2 σ(2z) - 1.")
def _(v):
    return v


@output_weights.mistake("halved", "tanh(z) is 2 σ(2z) - 1.")
def _(v):
    return tuple(w / 2 for w in v)


@output_bias.mistake("shift left out", "Every unit brings -1 times its weight.")
def _(c):
    return c


@output_bias.mistake("added", "The shift is minus the weight of each unit.")
def _(v, c):
    return c + sum(v)


@output_bias.mistake("doubled weights", "The shift is that of the old weights.")
def _(v, c):
    return c - 2 * sum(v)


@output.mistake("sigmoid of the old weights", "The old weights belong to tanh units.")
def _(W, b, v, c, x):
    h = backprop.activate("sigmoid", backprop.affine(W, x, b))
    return backprop.affine([v], h, [c])[0]


@output.mistake("not activated", "The hidden units apply tanh.")
def _(W, b, v, c, x):
    return backprop.affine([v], backprop.affine(W, x, b), [c])[0]


@hidden_weights.witness
def _(W):
    return np.array(W, dtype=float) * fitted("tanh", 1, 1, by="sigmoid")[1]


@hidden_biases.witness
def _(b):
    return np.array(b, dtype=float) * fitted("tanh", 1, 1, by="sigmoid")[1]


@output_weights.witness
def _(v):
    return [fitted("tanh", w, 1, by="sigmoid")[0] for w in v]


@output_bias.witness
def _(v, c):
    return float(c) + sum(fitted("tanh", w, 1, by="sigmoid")[2] for w in v)


@output.witness
def _(W, b, v, c, x):
    weights = [engine.Tensor(np.array(w, dtype=float)) for w in (W, b, [v], [c])]
    h = functional.tanh(functional.linear(engine.Tensor([[float(t) for t in x]]), *weights[:2]))
    return functional.linear(h, *weights[2:]).data[0, 0]
