"""Questions about one step of a logistic neuron."""

from fractions import Fraction

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import backprop, cross_entropy

__all__ = ["questions"]

questions = Family()

EASY = ["easy"]


@questions.derive
def inputs(x):
    """With the 1 that meets the bias."""
    return (*x[0], 1)


@questions.derive
def probability(W, inputs):
    return backprop.logistic(dot(W[0], inputs))


def loss_of(weights, inputs, y):
    z = dot(weights, inputs)
    return cross_entropy.binary_loss(z if y[0] else -z)


@questions.part(Real(digits=3), levels=EASY)
def neuron_loss(W, inputs, y):
    return loss_of(W[0], inputs, y)


neuron_loss.slips = rows(
    ("lost the sign", "The loss is minus the logarithm of a probability.",
     lambda neuron_loss: -neuron_loss),
    ("the other label", "Use the probability of the label that is given.",
     lambda W, inputs, y: loss_of(W[0], inputs, 1 - y)),
    ("bias left out", "The bias belongs to the weighted sum.",
     lambda W, x, y: loss_of(W[0], (*x[0], 0), y)),
)  # fmt: skip
neuron_loss.witness(lambda trained: trained.losses[0])


@questions.part(Array(shape=(3,), digits=3), marks=2, levels=EASY)
def gradient(inputs, probability, y):
    return (probability - y[0]) * inputs


gradient.slips = rows(
    ("wrong sign", "The error of the output is a - y.",
     lambda gradient: -gradient, Fraction(1, 2)),
    ("slope kept", "With the cross-entropy loss the slope a(1 - a) cancels.",
     lambda gradient, probability: gradient * probability * (1 - probability)),
    ("squared error", "The loss is the cross-entropy, whose slope by z is a - y.",
     lambda gradient, probability: 2 * gradient * probability * (1 - probability)),
    ("input left out", "Every weight's gradient has its input as a factor.",
     lambda gradient: (gradient[2],) * 3),
)  # fmt: skip
gradient.witness(lambda trained: trained.gradients[0][0][0])


@questions.part(Array(shape=(3,), digits=3), levels=EASY)
def updated(W, gradient, eta):
    return W[0] - eta * gradient


updated.slips = rows(
    ("bias not updated", "The bias is learned like the weights.",
     lambda W, updated: (*updated[:2], W[0][2])),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda W, gradient: W[0] - gradient),
)  # fmt: skip
updated.witness(lambda trained: trained.states[0][0][0])


@questions.part(Real(digits=3), levels=EASY)
def neuron_loss_after(updated, inputs, y):
    return loss_of(updated, inputs, y)


neuron_loss_after.slips = rows(
    ("stale activation", "Run the forward pass again with the new weights.",
     lambda neuron_loss: neuron_loss),
)  # fmt: skip
neuron_loss_after.witness(lambda trained: trained.after)
