"""Questions about one step of a logistic neuron."""

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.solvers import backprop, cross_entropy

__all__ = ["questions"]

questions = Family()

EASY = ["easy"]


@questions.part(Real(digits=4), levels=EASY)
def neuron_loss(W, x, y):
    (z,) = backprop.affine(W, (*x[0], 1))
    return cross_entropy.binary_loss(z if y[0] else -z)


neuron_loss.slips = rows(
    ("lost the sign", "The loss is minus the logarithm of a probability.",
     lambda neuron_loss: -neuron_loss),
    ("the other label", "Use the probability of the label that is given.",
     lambda W, x, y: neuron_loss.function(W, x, (1 - y[0],))),
    ("bias left out", "The bias belongs to the weighted sum.",
     lambda W, x, y: neuron_loss.function(((*W[0][:2], 0),), x, y)),
)  # fmt: skip


@questions.part(Array(shape=(3,), digits=4), marks=2, levels=EASY)
def gradient(W, x, y):
    a = backprop.activate("sigmoid", backprop.affine(W, (*x[0], 1)))
    return backprop.outer(backprop.cross_entropy_delta(a, y), (*x[0], 1))[0]


def slope_kept(W, gradient, x):
    (a,) = backprop.activate("sigmoid", backprop.affine(W, (*x[0], 1)))
    return tuple(g * a * (1 - a) for g in gradient)


def by_squared_error(W, gradient, x):
    (a,) = backprop.activate("sigmoid", backprop.affine(W, (*x[0], 1)))
    return tuple(2 * g * a * (1 - a) for g in gradient)


gradient.slips = rows(
    ("wrong sign", "The error of the output is a - y.",
     lambda gradient: tuple(-g for g in gradient)),
    ("slope kept", "With the cross-entropy loss the slope a(1 - a) cancels.", slope_kept),
    ("squared error", "The loss is the cross-entropy, whose slope by z is a - y.",
     by_squared_error),
    ("input left out", "Every weight's gradient has its input as a factor.",
     lambda gradient: (gradient[2],) * 3),
)  # fmt: skip


@questions.part(Array(shape=(3,), digits=4), levels=EASY)
def updated(W, gradient, eta):
    return backprop.descend(W, [gradient], eta)[0]


updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda W, gradient, eta: backprop.descend(W, [gradient], -eta)[0]),
    ("squared error", "The loss is the cross-entropy, whose slope by z is a - y.",
     lambda W, gradient, x, eta: backprop.descend(W, [by_squared_error(W, gradient, x)], eta)[0]),
    ("bias not updated", "The bias is learned like the weights.",
     lambda W, updated: (*updated[:2], W[0][2])),
    ("learning rate left out", "Multiply the gradient by the learning rate.",
     lambda W, gradient: backprop.descend(W, [gradient], 1)[0]),
)  # fmt: skip


@questions.part(Real(digits=4), levels=EASY)
def neuron_loss_after(updated, x, y):
    (z,) = backprop.affine([updated], (*x[0], 1))
    return cross_entropy.binary_loss(z if y[0] else -z)


neuron_loss_after.slips = rows(
    ("stale activation", "Run the forward pass again with the new weights.",
     lambda neuron_loss: neuron_loss),
    ("bias not updated", "The bias has changed, too.",
     lambda W, updated, x, y: neuron_loss_after.function((*updated[:2], W[0][2]), x, y)),
)  # fmt: skip
