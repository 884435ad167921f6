"""A step of the fast gradient sign method on a logistic model.

Trap: the derivative with respect to the weights, a step along the gradient itself, the 2-norm for
the 1-norm.
Reference: Goodfellow, Shlens and Szegedy (2015), sections 3 and 5.
Source: none
"""

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot, each
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import activations, adversarial, letters

family = Family(
    conventions=[
        r"the model is $p = \sigma(\mathbf{w}^\top \mathbf{x} + b)$, the loss $L$ of an example of "
        r"class $y \in \{0, 1\}$ is $-y \ln p - (1 - y) \ln(1 - p)$",
        r"the attack is $\mathbf{x}' = \mathbf{x} + \varepsilon "
        r"\operatorname{sign}(\nabla_{\mathbf{x}} L)$ with the sign of every entry, and nothing is "
        "clipped",
    ]
)


@family.sample
def sample(draw):
    d = draw.by_level(3, 4, 5)
    w = [rational(n, 2) for n in draw.sample([n for n in range(-6, 7) if n], d)]
    if draw.level != "easy":
        w[draw.integer(0, d - 1)] = rational(0)
    return {
        "w": w,
        "b": rational(draw.integer(-4, 4), 4),
        "x": [rational(draw.nonzero(-6, 6), 4) for _ in range(d)],
        "y": draw.integer(0, 1),
        "size": draw.decimal("0.1", "0.2", "0.25", "0.3", "0.05", "0.15"),
    }


def signs(values):
    return each(lambda v: (v > 0) - (v < 0), values)


@family.condition
def _(w, x, b, y, size):
    """Weights of both signs; a right answer that is not too sure; signs unlike those of x."""
    z = adversarial.logit(w, x, b)
    return (
        min(w) < 0 < max(w)
        and len(set(map(abs, w))) > 1
        and rational(1, 4) <= (2 * y - 1) * z <= 3
        and len({*(signs(w) * signs(x))}) > 1
        and abs(z) != size * adversarial.one_norm(w)
    )


@family.derive
def z(w, x, b):
    return adversarial.logit(w, x, b)


@family.run
def attacked(w, x, b, y, size):
    """The engine's gradient by the input, and the corner of the box with the largest loss."""
    inputs = engine.Tensor([x], dtype="float64", requires_grad=True)
    layer = np.array(w)
    loss = engine.BCEWithLogitsLoss()((inputs * layer).sum(1) + b, np.array([float(y)]))
    loss.backward()
    corners = np.array(list(product([-1.0, 1.0], repeat=len(x)))) * (layer != 0)
    logits = (corners * size + x) @ layer + b
    worst = np.logaddexp(0, (1 - 2 * y) * logits).argmax()
    return inputs.grad[0], np.array(x) + size * corners[worst], logits[worst]


@family.part(Real(digits=3))
def error(z, y):
    """The derivative of the loss by the logit."""
    return activations.logistic(z) - y


error.slips = rows(
    ("wrong sign", "The derivative is p - y.", lambda error: -error),
    ("slope of the sigmoid kept", "With cross-entropy the slope of the sigmoid cancels.",
     lambda error, y: error * (error + y) * (1 - error - y)),
    ("probability given", "Subtract the class.", lambda error, y: error + y),
    ("derivative by the probability", "The derivative asked for is with respect to the logit.",
     lambda error, y: 1 / (1 - error - y) if y == 0 else -1 / (error + y)),
)  # fmt: skip


@error.witness
def _(w, x, b, y):
    """A central difference of the loss."""
    logit, step = np.dot(w, x) + b, 1e-5
    up, down = (np.logaddexp(0, (1 - 2 * y) * (logit + s)) for s in (step, -step))
    return (up - down) / (2 * step)


@family.part(lambda x: Array(shape=(len(x),), digits=3), marks=2)
def gradient(w, error):
    return adversarial.input_gradient(w, error)


gradient.slips = rows(
    ("derivative by the weights", "The input is changed here, and its factor is w.",
     lambda x, error: error * x),
    ("weights only", "The chain starts at the loss: multiply by p - y.", lambda w: w),
    ("wrong sign", "The factor is p - y.", lambda gradient: -gradient),
)  # fmt: skip
gradient.witness(lambda attacked: attacked[0])


@family.part(lambda x: Array(shape=(len(x),), digits=3))
def attack(x, gradient, size):
    return adversarial.sign_step(x, gradient, size)


attack.slips = rows(
    ("down the loss", "An attack raises the loss: add.",
     lambda x, gradient, size: adversarial.sign_step(x, -gradient, size)),
    ("no sign taken", "Every feature moves by the full step; only the sign counts.",
     lambda x, gradient, size: x + size * gradient),
    ("unit gradient", "That is the step for the Euclidean norm.",
     lambda x, w, error, size: x + size * (2 * (error > 0) - 1) * w / sqrt(dot(w, w))),
    ("sign of x", "The sign is that of the gradient.",
     lambda x, size: adversarial.sign_step(x, x, size)),
    ("every feature up", "Features whose gradient is negative go down.",
     lambda x, size: x + size),
)  # fmt: skip
attack.witness(lambda attacked: attacked[1])


@family.part(Real(digits=3))
def logit(w, attack, b):
    return adversarial.logit(w, attack, b)


def shifted(z, y, by):
    return z + (1 - 2 * y) * by


logit.slips = rows(
    ("shift by the 2-norm", "In this box the logit moves by the step times the 1-norm of w.",
     lambda z, y, w, size: shifted(z, y, size * sqrt(dot(w, w)))),
    ("shift by one step", "Each feature contributes.", lambda z, y, size: shifted(z, y, size)),
    ("weights added with their signs", "Every term moves the same way: add absolute values.",
     lambda z, y, w, size: shifted(z, y, size * sum(w))),
    ("bias left out", "Add the bias.", lambda logit, b: logit - b),
    ("logit before the attack", "Put the attacked input in.", lambda z: z),
)  # fmt: skip
logit.witness(lambda attacked: attacked[2])


@family.part(Real(digits=3), levels=["easy"])
def probability(logit):
    return activations.logistic(logit)


probability.slips = rows(
    ("of the other class", "The logit is that of class 1.", lambda probability: 1 - probability),
    ("before the attack", "Put the new logit in.", lambda error, y: error + y),
    ("odds", "Divide by one plus them.", lambda logit: exp(logit)),
)  # fmt: skip
probability.witness(lambda attacked: float(engine.Tensor([attacked[2]]).sigmoid().data[0]))


@family.part(Real(digits=3), levels=["medium", "hard"], marks=2)
def smallest(z, w):
    return adversarial.smallest_step(z, w)


smallest.slips = rows(
    ("2-norm", "In this box divide by the 1-norm of w.", lambda z, w: abs(z) / sqrt(dot(w, w))),
    ("weights added with their signs", "Every term moves the same way: add absolute values.",
     lambda z, w: abs(z / sum(w)) if sum(w) else None),
    ("largest weight only", "All features move at once.", lambda z, w: abs(z) / max(map(abs, w))),
    ("number of features", "A feature moves the logit by its weight.",
     lambda z, w: abs(z) / len(w)),
)  # fmt: skip


@smallest.witness
def _(w, x, b):
    """Bisection on whether some corner of the box has a logit of another sign."""
    weight, inside = np.array(w), np.dot(w, x) + b
    corners = np.array(list(product([-1.0, 1.0], repeat=len(w)))) @ weight
    low, high = 0.0, 100.0
    for _halving in range(60):
        size = (low + high) / 2
        low, high = (low, size) if ((inside + size * corners) * inside < 0).any() else (size, high)
    return high


@family.part(
    Expression(symbols={"m": "real", "n": "positive", "r": "positive"}),
    levels=["hard"],
    marks=2,
)
def worst():
    return letters.formula(lambda m, n, r: adversarial.worst_loss(m, n, r))


worst.slips = in_letters(
    ("step forgotten", "The margin falls by the step times the norm.",
     lambda m: log(1 + exp(-m))),
    ("margin raised", "The attack lowers the margin.",
     lambda m, n, r: log(1 + exp(-m - r * n))),
    ("logistic function", "The loss is a logarithm.",
     lambda m, n, r: 1 / (1 + exp(r * n - m))),
    ("margin with the wrong sign", "A large margin has a small loss.",
     lambda m, n, r: log(1 + exp(m + r * n))),
)  # fmt: skip


@worst.witness
def _(point):
    """The largest loss over the corners, for two weights that have this norm."""
    weight = np.array([0.25, -0.75]) * point["n"]
    corners = np.array(list(product([-1, 1], repeat=2))) * point["r"]
    return np.logaddexp(0, -(point["m"] + corners @ weight)).max()


@family.working
def _(w):
    return {"norm": adversarial.one_norm(w)}
