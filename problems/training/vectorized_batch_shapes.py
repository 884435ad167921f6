"""Shapes of a layer on a whole batch, and of its gradients.

Trap: the bias gradient not summed over the batch, W X for X W, the batch size forgotten.
Reference: Goodfellow, Bengio and Courville (2016), sections 2.1 and 6.5.6.
Source: S3-02, S2-02, S1-07.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Integer, Shape
from partialcredit.problems.training._columns import BY_INPUT, BY_WEIGHT, questions
from partialcredit.solvers import batches

family = Family(
    conventions=[
        "examples are {{ 'columns' if level == 'hard' else 'rows' }}",
        "a shape is written rows × columns, and that of a vector as its length alone",
        "{% if level != 'easy' %}a gradient has the shape of what the loss is differentiated "
        "by{% endif %}",
    ]
)


@family.sample
def sample(draw):
    m, d, k, c = draw.sample([n for n in range(3, 65) if n not in (4, 5)], 4)
    if draw.level == "easy":
        return {"m": m, "d": d, "k": k}
    if draw.level == "medium":
        return {"m": m, "d": d, "k": k, "c": c}
    ways = {"by_weight": draw.shuffle(BY_WEIGHT), "by_input": draw.shuffle(BY_INPUT)}
    return {"m": m, "d": d, "k": k, "T": draw.integer(5, 30)} | ways


@family.part(Shape(), levels=["easy", "medium"])
def weight(d, k):
    return (d, k)


@family.part(Shape(), levels=["easy"])
def bias(k):
    return (k,)


@family.part(Shape(), levels=["easy", "medium"])
def output(m, d, weight):
    return batches.product((m, d), weight)


@family.part(Integer(), levels=["easy"])
def numbers(weight, bias):
    return batches.parameters([weight, bias])


@family.part(Shape(), levels=["medium"])
def scores(output, k, c):
    return batches.product(output, (k, c))


@family.part(Shape(), levels=["medium"])
def bias_gradient(k):
    return (k,)


@family.part(Integer(), levels=["medium"])
def summed(output, bias_gradient):
    return batches.summands(output, bias_gradient)


@family.part(Shape(), levels=["medium"])
def second_gradient(output, c):
    return (output[1], c)


family.parts |= questions.parts


@family.part(Integer(), levels=["hard"])
def in_sequences(m, T, k):
    return batches.summands((m, T, k), (k,))


@weight.mistake("transposed", "The inner sizes of X W must agree: W has a row for every feature.")
def _(d, k):
    return (k, d)


@weight.mistake("size of the batch", "The weights do not depend on the number of examples.")
def _(m, k):
    return (m, k)


@bias.mistake("one bias for every example", "One bias per unit is shared by all examples.")
@bias_gradient.mistake("not summed", "The gradients of all examples add up to one vector.")
def _(m, k):
    return (m, k)


@bias.mistake("length of the batch", "There is one bias for every unit.")
@bias_gradient.mistake("summed over the units", "The sum runs over the examples.")
def _(m):
    return (m,)


@bias.mistake("length of the input", "There is one bias for every unit, not for every input.")
@bias_gradient.mistake("length of the input", "There is one bias for every unit.")
def _(d):
    return (d,)


@output.mistake("transposed", "The rows of X W belong to the examples.")
def _(m, k):
    return (k, m)


@output.mistake("shape of the input", "The layer has as many outputs as units.")
def _(m, d):
    return (m, d)


@scores.mistake("transposed", "The rows belong to the examples.")
def _(m, c):
    return (c, m)


@scores.mistake("width of the hidden layer", "The second layer has one output per class.")
def _(m, k):
    return (m, k)


@second_gradient.mistake("transposed", "The gradient has the shape of the weights.")
def _(k, c):
    return (c, k)


@second_gradient.mistake("one per example", "The gradients of all examples add up.")
def _(m, k, c):
    return (m, k, c)


@second_gradient.mistake("shape of the scores", "The gradient has the shape of the weights.")
def _(m, c):
    return (m, c)


@numbers.mistake("bias left out", "The bias belongs to the parameters.")
def _(d, k):
    return d * k


@numbers.mistake("a bias for every example", "All examples share one bias.")
def _(m, d, k):
    return d * k + m * k


@numbers.mistake("weights for every example", "All examples share the weights.")
def _(m, d, k):
    return m * d * k + k


@summed.mistake("not summed", "Every example adds its own gradient of the bias.")
def _():
    return 1


@summed.mistake("the units", "Each unit has an entry of its own; the sum runs over the examples.")
def _(k):
    return k


@summed.mistake("all entries", "Only the entries of one unit add up.")
def _(m, k):
    return m * k


@in_sequences.mistake("the batch only", "The bias is added at every position of every sequence.")
def _(m):
    return m


@in_sequences.mistake("one sequence only", "All sequences of the batch share the bias.")
def _(T):
    return T


@in_sequences.mistake("all entries", "Only the entries of one unit add up.")
def _(in_sequences, k):
    return in_sequences * k


def ran(m, d, k):
    """The engine's layer on a batch (examples as rows), after a backward pass."""
    layer = engine.Linear(d, k, generator=0)
    x = engine.Tensor(np.ones((m, d)), requires_grad=True)
    z = layer(x)
    z.sum().backward()
    return layer, x, z


@weight.witness
def _(m, d, k):
    return ran(m, d, k)[0].weight.T.shape


@bias.witness
def _(m, d, k):
    return ran(m, d, k)[0].bias.shape


@output.witness
def _(m, d, k):
    return ran(m, d, k)[2].shape


@numbers.witness
def _(d, k):
    return engine.count_parameters(engine.Linear(d, k, generator=0))


@scores.witness
def _(m, d, k, c):
    hidden = ran(m, d, k)[2].relu()
    return engine.Linear(k, c, generator=0)(hidden).shape


@bias_gradient.witness
def _(m, d, k):
    return ran(m, d, k)[0].bias.grad.shape


@summed.witness
def _(m, d, k):
    """With a gradient of 1 at every output, an entry counts the examples that reach it."""
    return int(ran(m, d, k)[0].bias.grad[0])


@second_gradient.witness
def _(m, k, c):
    return ran(m, k, c)[0].weight.grad.T.shape


@in_sequences.witness
def _(m, T, k):
    b = engine.Tensor(np.zeros(k), requires_grad=True)
    (engine.Tensor(np.zeros((m, T, k))) + b).sum().backward()
    return int(b.grad[0])
