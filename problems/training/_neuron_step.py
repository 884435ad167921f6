"""Questions about one step of a logistic neuron."""

from partialcredit.family import Family
from partialcredit.grading import Array, Real
from partialcredit.solvers import backprop, cross_entropy

__all__ = ["questions"]

questions = Family()

EASY = ["easy"]


@questions.part(Real(digits=4), levels=EASY)
def neuron_loss(W, x, y):
    (z,) = backprop.affine(W, (*x[0], 1))
    return cross_entropy.binary_loss(z if y[0] else -z)


@questions.part(Array(shape=(3,), digits=4), marks=2, levels=EASY)
def gradient(W, x, y):
    a = backprop.activate("sigmoid", backprop.affine(W, (*x[0], 1)))
    return backprop.outer(backprop.cross_entropy_delta(a, y), (*x[0], 1))[0]


@questions.part(Array(shape=(3,), digits=4), levels=EASY)
def updated(W, gradient, eta):
    return backprop.descend(W, [gradient], eta)[0]


@questions.part(Real(digits=4), levels=EASY)
def neuron_loss_after(updated, x, y):
    (z,) = backprop.affine([updated], (*x[0], 1))
    return cross_entropy.binary_loss(z if y[0] else -z)


@neuron_loss.mistake("lost the sign", "The loss is minus the logarithm of a probability.")
def _(neuron_loss):
    return -neuron_loss


@neuron_loss.mistake("the other label", "Use the probability of the label that is given.")
def _(W, x, y):
    return neuron_loss.function(W, x, (1 - y[0],))


@neuron_loss.mistake("bias left out", "The bias belongs to the weighted sum.")
def _(W, x, y):
    return neuron_loss.function(((*W[0][:2], 0),), x, y)


@gradient.mistake("wrong sign", "The error of the output is a - y.")
def _(gradient):
    return tuple(-g for g in gradient)


@gradient.mistake("slope kept", "With the cross-entropy loss the slope a(1 - a) cancels.")
def _(W, gradient, x):
    (a,) = backprop.activate("sigmoid", backprop.affine(W, (*x[0], 1)))
    return tuple(g * a * (1 - a) for g in gradient)


@gradient.mistake("squared error", "The loss is the cross-entropy, whose slope by z is a - y.")
def by_squared_error(W, gradient, x):
    (a,) = backprop.activate("sigmoid", backprop.affine(W, (*x[0], 1)))
    return tuple(2 * g * a * (1 - a) for g in gradient)


@gradient.mistake("input left out", "Every weight's gradient has its input as a factor.")
def _(gradient):
    return (gradient[2],) * 3


@updated.mistake("went up", "Descent subtracts the learning rate times the gradient.")
def _(W, gradient, eta):
    return backprop.descend(W, [gradient], -eta)[0]


@updated.mistake("squared error", "The loss is the cross-entropy, whose slope by z is a - y.")
def _(W, gradient, x, eta):
    return backprop.descend(W, [by_squared_error(W, gradient, x)], eta)[0]


@updated.mistake("bias not updated", "The bias is learned like the weights.")
def _(W, updated):
    return (*updated[:2], W[0][2])


@updated.mistake("learning rate left out", "Multiply the gradient by the learning rate.")
def _(W, gradient):
    return backprop.descend(W, [gradient], 1)[0]


@neuron_loss_after.mistake("stale activation", "Run the forward pass again with the new weights.")
def _(neuron_loss):
    return neuron_loss


@neuron_loss_after.mistake("bias not updated", "The bias has changed, too.")
def _(W, updated, x, y):
    return neuron_loss_after.function((*updated[:2], W[0][2]), x, y)
