"""Derivations about gradient descent on a quadratic, and with a penalty.

References: Nesterov (2004), section 1.2, for the quadratic; Goodfellow, Bengio and Courville
(2016), section 7.1, for weight decay.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.problems.concepts._chain import REAL, Chain, line

__all__ = ["DECAY", "QUADRATIC"]

STEPS = ("2", "3", "4", "5")


def descent(loss, start, eta, steps):
    """Positions of gradient descent on a loss."""
    return engine.descent_path(lambda p: engine.SGD(p, lr=float(eta)), loss, float(start), steps)


def descended(kappa, eta, x_0, t=1):
    """Positions of gradient descent on kappa x^2 / 2."""
    return descent(lambda x: x * x * (float(kappa) / 2), x_0, eta, t)


QUADRATIC = Chain(
    "gradient descent",
    r"Gradient descent with learning rate $\eta$ starts at $x_0$ and minimises "
    r"$J(x) = \frac{1}{2} \kappa x^2$.",
    {"kappa": "positive", "eta": "positive", "x_0": "real", "t": "positive integer"},
    {"kappa": ("2", "3", "4", "5", "6", "7", "2.5", "1.5"), "eta": ("0.1", "0.15", "0.3", "0.05", "0.28", "0.01", "0.02", "0.12"),
     "x_0": ("1", "-3", "7", "-1", "6", "8"),
     "t": STEPS},
    (
        r"The derivative of $\frac{1}{2} \kappa x^2$ is $\kappa x$.",
        r"Put in $g_0$ and take out $x_0$.",
        r"Every step multiplies by the same factor as the first one.",
        r"Put in $x_t$ and square it.",
    ),
    (
        line(r"g_0", r"J'(x_0)", lambda kappa, x_0: kappa * x_0,
             lambda kappa, x_0: x_0 - descended(kappa, 1, x_0)[1],
             ("half kept", "The 2 of the derivative cancels the 1/2.", lambda kappa, x_0: kappa * x_0 / 2),
             ("not differentiated", "This is J itself, without the 1/2.", lambda kappa, x_0: kappa * x_0**2)),
        line(r"x_1", r"x_0 - \eta g_0", lambda kappa, eta, x_0: (1 - eta * kappa) * x_0,
             lambda kappa, eta, x_0: descended(kappa, eta, x_0)[1],
             ("wrong direction", "The step goes against the gradient.", lambda kappa, eta, x_0: (1 + eta * kappa) * x_0),
             ("position not taken out", "The gradient contains the factor x_0, too.", lambda kappa, eta, x_0: x_0 - eta * kappa)),
        line(r"x_t", r"\left( \frac{x_1}{x_0} \right)^t x_0",
             lambda kappa, eta, x_0, t: (1 - eta * kappa) ** t * x_0,
             lambda kappa, eta, x_0, t: descended(kappa, eta, x_0, t)[-1],
             ("steps added", "Every step multiplies by the same factor.", lambda kappa, eta, x_0, t: (1 - eta * kappa * t) * x_0),
             ("power inside", "The whole factor is raised to the power t.",
              lambda kappa, eta, x_0, t: (1 - (eta * kappa) ** t) * x_0)),
        line(r"J_t", r"\frac{1}{2} \kappa (x_t)^2",
             lambda kappa, eta, x_0, t: kappa * (1 - eta * kappa) ** (2 * t) * x_0**2 / 2,
             lambda kappa, eta, x_0, t: float(kappa) / 2 * np.square(descended(kappa, eta, x_0, t)[-1]),
             ("factor not squared", "The position is squared with its factor.",
              lambda kappa, eta, x_0, t: kappa * (1 - eta * kappa) ** t * x_0**2 / 2),
             ("half forgotten", "J has the factor 1/2.", lambda kappa, eta, x_0, t: kappa * (1 - eta * kappa) ** (2 * t) * x_0**2)),
    ),
)  # fmt: skip


def penalised_loss(g, alpha):
    return lambda w: w * float(g) + w * w * (float(alpha) / 2)


def decayed(w, g, alpha, eta, steps):
    """A weight after steps of gradient descent on g w + alpha w^2 / 2."""
    return descent(penalised_loss(g, alpha), w, eta, steps)[-1]


def penalised(w, g, alpha, part):
    """The penalised loss at w, or its derivative."""
    place = engine.Tensor(float(w), requires_grad=True)
    loss = penalised_loss(g, alpha)(place)
    loss.backward()
    return float(loss.data if part == "loss" else place.grad)


DECAY = Chain(
    "weight decay",
    r"Near a weight $w$ the loss is $J(w) = g w$, and the penalty $\frac{\alpha}{2} w^2$ is added to it, "
    r"which gives $\tilde J$. Two steps of gradient descent on $\tilde J$ with learning rate $\eta$ lead "
    r"from $w$ to $w_1$ and on to $w_2$; the derivative of $\tilde J$ at $w$ is $\tilde J'$.",
    {"w": "real", "g": "real", "alpha": "positive", "eta": "positive"},
    {"w": REAL, "g": ("1", "7", "-1", "6", "-6"), "alpha": ("0.1", "0.2", "0.5", "0.4"),
     "eta": ("0.3", "0.05", "0.25", "0.15")},
    (
        r"$J(w) = g w$ is put in.",
        r"Differentiate term by term.",
        r"Put in $\tilde J'$ and collect the terms with $w$.",
        r"Put in $w_1$; the factor $1 - \eta \alpha$ multiplies both of its terms.",
    ),
    (
        line(r"\tilde J", r"J(w) + \frac{\alpha}{2} w^2", lambda w, g, alpha: g * w + alpha * w**2 / 2,
             lambda w, g, alpha: penalised(w, g, alpha, "loss"),
             ("half forgotten", "The penalty has the factor 1/2.", lambda w, g, alpha: g * w + alpha * w**2),
             ("subtracted", "The penalty is added to the loss.", lambda w, g, alpha: g * w - alpha * w**2 / 2)),
        line(r"\tilde J'", r"\frac{d}{dw} \tilde J", lambda w, g, alpha: g + alpha * w,
             lambda w, g, alpha: penalised(w, g, alpha, "derivative"),
             ("half kept", "The 2 of the derivative cancels the 1/2.", lambda w, g, alpha: g + alpha * w / 2),
             ("factor 2", "The 2 of the derivative cancels the 1/2.", lambda w, g, alpha: g + 2 * alpha * w),
             ("not differentiated", "The derivative of g w is g.", lambda w, g, alpha: g * w + alpha * w)),
        line(r"w_1", r"w - \eta \tilde J'",
             lambda w, g, alpha, eta: (1 - eta * alpha) * w - eta * g,
             lambda w, g, alpha, eta: decayed(w, g, alpha, eta, 1),
             ("learning rate lost", "The weight shrinks by the factor 1 - eta alpha.",
              lambda w, g, alpha, eta: (1 - alpha) * w - eta * g),
             ("alpha lost", "The weight shrinks by the factor 1 - eta alpha.", lambda w, g, eta: (1 - eta) * w - eta * g),
             ("wrong direction", "The penalty makes the weight smaller, not larger.",
              lambda w, g, alpha, eta: (1 + eta * alpha) * w - eta * g)),
        line(r"w_2", r"(1 - \eta \alpha) \, w_1 - \eta g",
             lambda w, g, alpha, eta: (1 - eta * alpha) ** 2 * w - eta * g * (2 - eta * alpha),
             lambda w, g, alpha, eta: decayed(w, g, alpha, eta, 2),
             ("first step not decayed", "The first gradient step shrinks in the second step, too.",
              lambda w, g, alpha, eta: (1 - eta * alpha) ** 2 * w - 2 * eta * g),
             ("shrunk once", "Each of the two steps shrinks the weight.",
              lambda w, g, alpha, eta: (1 - eta * alpha) * w - eta * g * (2 - eta * alpha))),
    ),
)  # fmt: skip
