"""Shapes of a layer on a whole batch, and of its gradients.

Trap: the bias gradient not summed over the batch, W X for X W, the batch size forgotten.
Reference: Goodfellow, Bengio and Courville (2016), sections 2.1 and 6.5.6.
Source: S3-02, S2-02, S1-07.
"""

from typing import NamedTuple

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Shape
from partialcredit.problems.training._columns import BY_INPUT, BY_WEIGHT, questions
from partialcredit.solvers import batches

family = Family(
    version=2,
    conventions=[
        "examples are {{ 'columns' if level == 'hard' else 'rows' }}",
        "a shape is written rows × columns, and that of a vector as its length alone",
        "{% if level != 'easy' %}a gradient has the shape of what the loss is differentiated "
        "by{% endif %}",
    ],
)


@family.sample
def sample(draw):
    m, d, k, c = draw.sample([n for n in range(3, 65) if n not in (4, 5)], 4)
    sizes = {"m": m, "d": d, "k": k}
    if draw.level == "easy":
        return sizes
    if draw.level == "medium":
        return sizes | {"c": c}
    ways = {"by_weight": draw.shuffle(BY_WEIGHT), "by_input": draw.shuffle(BY_INPUT)}
    return sizes | {"T": draw.integer(5, 30)} | ways


class Run(NamedTuple):
    """A layer of the engine on a batch (examples as rows), after a backward pass."""

    layer: engine.Linear
    z: engine.Tensor


def run(m, d, k):
    layer = engine.Linear(d, k, generator=0)
    z = layer(engine.Tensor(np.ones((m, d))))
    z.sum().backward()
    return Run(layer, z)


@family.run
def first(m, d, k):
    return run(m, d, k)


@family.run
def second(m, k, c):
    return run(m, k, c)


@family.part(Shape(), levels=["easy", "medium"])
def weight(d, k):
    return (d, k)


weight.slips = rows(
    ("transposed", "The inner sizes of X W must agree: W has a row for every feature.",
     lambda d, k: (k, d)),
    ("size of the batch", "The weights do not depend on the number of examples.",
     lambda m, k: (m, k)),
)  # fmt: skip
weight.witness(lambda first: first.layer.weight.T.shape)


@family.part(Shape(), levels=["easy"])
def bias(k):
    return (k,)


bias.slips = rows(
    ("one bias for every example", "One bias per unit is shared by all examples.",
     lambda m, k: (m, k)),
    ("length of the batch", "There is one bias for every unit.", lambda m: (m,)),
    ("length of the input", "There is one bias for every unit, not for every input.",
     lambda d: (d,)),
)  # fmt: skip
bias.witness(lambda first: first.layer.bias.shape)


@family.part(Shape(), levels=["easy", "medium"])
def output(m, d, weight):
    return batches.product((m, d), weight)


output.slips = rows(
    ("transposed", "The rows of X W belong to the examples.", lambda m, k: (k, m)),
    ("shape of the input", "The layer has as many outputs as units.", lambda m, d: (m, d)),
)  # fmt: skip
output.witness(lambda first: first.z.shape)


@family.part(Integer(), levels=["easy"])
def numbers(weight, bias):
    return batches.parameters([weight, bias])


numbers.slips = rows(
    ("bias left out", "The bias belongs to the parameters.", lambda d, k: d * k),
    ("weights for every example", "All examples share the weights.", lambda m, d, k: m * d * k + k),
)  # fmt: skip
numbers.witness(lambda d, k: engine.count_parameters(engine.Linear(d, k, generator=0)))


@family.part(Shape(), levels=["medium"])
def scores(output, k, c):
    return batches.product(output, (k, c))


scores.slips = rows(
    ("transposed", "The rows belong to the examples.", lambda m, c: (c, m)),
    ("width of the hidden layer", "The second layer has one output per class.",
     lambda m, k: (m, k)),
)  # fmt: skip
scores.witness(lambda first, second: second.layer(first.z.relu()).shape)


@family.part(Shape(), levels=["medium"])
def bias_gradient(k):
    return (k,)


bias_gradient.slips = rows(
    ("not summed", "The gradients of all examples add up to one vector.", lambda m, k: (m, k)),
    ("summed over the units", "The sum runs over the examples.", lambda m: (m,)),
    ("length of the input", "There is one bias for every unit.", lambda d: (d,)),
)  # fmt: skip
bias_gradient.witness(lambda first: first.layer.bias.grad.shape)


@family.part(Integer(), levels=["medium"])
def summed(output, bias_gradient):
    return batches.summands(output, bias_gradient)


summed.slips = rows(
    ("all entries", "Only the entries of one unit add up.", lambda m, k: m * k),
)  # fmt: skip


@summed.witness
def _(first):
    """With a gradient of 1 at every output, an entry counts the examples that reach it."""
    return int(first.layer.bias.grad[0])


@family.part(Shape(), levels=["medium"])
def second_gradient(output, c):
    return (output[1], c)


second_gradient.slips = rows(
    ("transposed", "The gradient has the shape of the weights.", lambda k, c: (c, k)),
    ("one per example", "The gradients of all examples add up.", lambda m, k, c: (m, k, c)),
    ("shape of the scores", "The gradient has the shape of the weights.", lambda m, c: (m, c)),
)  # fmt: skip
second_gradient.witness(lambda second: second.layer.weight.grad.T.shape)

family.include(questions)


@family.run
def code(m, d, k):
    """What the lines of NumPy in the question make of ones."""
    X, W, b = np.ones((d, m)), np.ones((k, d)), np.ones((k, 1))
    H = np.maximum(W @ X + b, 0)
    s = H.sum(axis=0, keepdims=True)
    r = ((H / s) @ X.T).mean(axis=1)
    return s, r


@family.part(Shape(), levels=["hard"])
def kept_axis(m):
    return (1, m)


kept_axis.slips = rows(
    ("axis dropped", "With keepdims the axis that is summed over stays, with length 1.",
     lambda m: (m,)),
    ("summed over the examples", "Axis 0 counts the rows, which are units.", lambda k: (k, 1)),
    ("not summed", "The sum runs over the units.", lambda k, m: (k, m)),
)  # fmt: skip
kept_axis.witness(lambda code: code[0].shape)


@family.part(Shape(), levels=["hard"])
def averaged(k):
    return (k,)


averaged.slips = rows(
    ("axis kept", "Without keepdims the axis is dropped.", lambda k: (k, 1)),
    ("averaged over the units", "Axis 1 counts the columns, which are features here.",
     lambda d: (d,)),
    ("not averaged", "The mean drops one of the two axes.", lambda k, d: (k, d)),
)  # fmt: skip
averaged.witness(lambda code: code[1].shape)


@family.part(Integer(), levels=["hard"])
def in_sequences(m, T, k):
    return batches.summands((m, T, k), (k,))


in_sequences.slips = rows(
    ("the batch only", "The bias is added at every position of every sequence.", lambda m: m),
    ("one sequence only", "All sequences of the batch share the bias.", lambda T: T),
    ("all entries", "Only the entries of one unit add up.",
     lambda in_sequences, k: in_sequences * k),
)  # fmt: skip


@in_sequences.witness
def _(m, T, k):
    b = engine.Tensor(np.zeros(k), requires_grad=True)
    (engine.Tensor(np.zeros((m, T, k))) + b).sum().backward()
    return int(b.grad[0])
