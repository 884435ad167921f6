"""Formulas about steps of optimizers.

References: Goodfellow, Bengio and Courville (2016), chapter 8; Kingma and Ba (2015), Algorithm 1.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.problems.concepts._formula import Formula, G

__all__ = ["OPTIMIZERS"]


def stepped(optimizer, gradients, start=0.0):
    """The last position of the engine's optimizer."""
    return engine.optimizer_path(optimizer, np.array(gradients, float), start)[-1]


def log_likelihood(theta):
    """Of a logistic unit with weight theta, for the inputs 1, 2 and -1 with labels 1, 0 and 0."""
    z = engine.Tensor(theta * np.array([1.0, 2.0, -1.0]))
    return -3 * float(
        functional.binary_cross_entropy_with_logits(z, np.array([1.0, 0.0, 0.0])).data
    )


def likelihood_slope():
    """Its derivative at 0.4, by a central difference."""
    return (log_likelihood(0.4 + 1e-4) - log_likelihood(0.4 - 1e-4)) / 2e-4


def raising_step():
    """The step of a hundredth of the slope, up or down, after which the likelihood is larger."""
    size = 0.01 * abs(likelihood_slope())
    return max((size, -size), key=lambda step: log_likelihood(0.4 + step))


def clipped(g, c):
    """The gradient after the engine has clipped it."""
    theta = engine.Tensor(np.zeros(2), requires_grad=True)
    theta.grad = g.copy()
    engine.clip_grad_norm_([theta], c)
    return theta.grad


def nesterov():
    """The velocity of the engine's Nesterov momentum on the loss theta squared."""
    theta = engine.Tensor(3.0, requires_grad=True)
    optimizer = engine.Momentum([theta], lr=0.1, momentum=0.5, nesterov=True)
    optimizer.look_ahead()
    theta.grad = np.float64(8.0)  # a first step from rest makes the velocity -0.8
    optimizer.step()
    theta.data = np.float64(3.0)
    optimizer.look_ahead()
    optimizer.zero_grad()
    (theta * theta).backward()
    optimizer.step()
    return float(theta.data) - 3.0


def accumulated(optimizer, gradients):
    """The accumulator a by which the engine's last step lr g / sqrt(a), lr = 1, was divided."""
    path = engine.optimizer_path(optimizer, np.array(gradients))
    return (gradients[-1] / (path[-1] - path[-2])) ** 2


def average(gradients):
    """Adam's first moment, from the engine."""
    theta = engine.Tensor(np.zeros(2), requires_grad=True)
    optimizer = engine.Adam([theta], betas=(0.9, 0.999))
    for g in gradients:
        theta.grad = g
        optimizer.step()
    return np.array(optimizer.moments(theta)[0])


OPTIMIZERS = (
    Formula("clipping", r"Clipping the gradient $g$ at the norm $c < \lVert g \rVert_2$ puts @ in its place",
        r"$c \, g / \lVert g \rVert_2$", r"$c \, g / \lVert g \rVert_1$", r"With the 1-norm the result would be shorter than $c$.",
        lambda: clipped(G, 1.0), lambda: G / np.linalg.norm(G), lambda: G / np.sum(np.abs(G))),
    Formula("Nesterov", r"Nesterov's velocity, for the step $\theta \leftarrow \theta + v$: $v \leftarrow \alpha v @$",
        r"- \eta \nabla J(\theta + \alpha v)", r"+ \eta \nabla J(\theta + \alpha v)",
        "The step goes down the gradient.",
        nesterov, lambda: 0.5 * -0.8 - 0.1 * 2 * (3.0 + 0.5 * -0.8), lambda: 0.5 * -0.8 + 0.1 * 2 * (3.0 + 0.5 * -0.8)),
    Formula("velocity", r"With $v_0 = 0$ and $v_t = \alpha v_{t-1} - \eta g_t$: $v_2 = @$",
        r"-\eta (\alpha g_1 + g_2)", r"-\eta (g_1 + \alpha g_2)", "The older gradient has been multiplied by $\\alpha$.",
        lambda: np.diff(engine.optimizer_path(lambda p: engine.SGD(p, lr=0.1, momentum=0.5), [3.0, -4.0]))[-1],
        lambda: -0.1 * (0.5 * 3.0 - 4.0), lambda: -0.1 * (3.0 - 0.5 * 4.0)),
    Formula("ascent", r"A small step that raises the log-likelihood $\ell$: $\theta \leftarrow \theta @$",
        r"+ \eta \nabla \ell", r"- \eta \nabla \ell", "Downhill steps are for losses; the log-likelihood is to rise.",
        raising_step, lambda: 0.01 * likelihood_slope(), lambda: -0.01 * likelihood_slope()),
    Formula("RMSProp", r"RMSProp's accumulator: $a \leftarrow \beta a + (1 - \beta) @$", r"g \odot g", r"g",
        "It averages squared gradients.",
        lambda: accumulated(lambda p: engine.RMSprop(p, lr=1.0, alpha=0.9, eps=0.0), [G]),
        lambda: 0.1 * G**2, lambda: 0.1 * G),
    Formula("Adagrad", r"Adagrad's accumulator: $a \leftarrow a + @$", r"g \odot g", r"g",
        "It adds squared gradients; signed ones would cancel.",
        lambda: accumulated(lambda p: engine.Adagrad(p, lr=1.0, eps=0.0), [G, 2 * G]), lambda: G**2 + 4 * G**2, lambda: 3 * G),
    Formula("Adam step", r"Adam's step, apart from the stabiliser: $\theta \leftarrow \theta - @$",
        r"\eta \frac{\hat m}{\sqrt{\hat v}}", r"\eta \frac{\hat m}{\hat v}", "The step divides by the root of the second moment.",
        lambda: stepped(lambda p: engine.Adam(p, lr=0.1, eps=0.0), [G]), lambda: -0.1 * G / np.sqrt(G**2), lambda: -0.1 * G / G**2),
    Formula("Adam correction", r"Adam's corrected first moment after $t$ steps: $\hat m_t = @$",
        r"\frac{m_t}{1 - \beta_1^t}", r"\frac{m_t}{1 - \beta_1}", "The bias shrinks from step to step; the constant factor is right after one step only.",
        lambda: G, lambda: average([G, G, G]) / (1 - 0.9**3), lambda: average([G, G, G]) / (1 - 0.9)),
    Formula("weight decay", r"Gradient descent on $J + \frac{\alpha}{2} \lVert W \rVert^2$: $W \leftarrow @ W - \eta \nabla J$",
        r"(1 - \eta \alpha)", r"(1 - \alpha)", "The gradient of the penalty is multiplied by the learning rate, too.",
        lambda: stepped(lambda p: engine.SGD(p, lr=0.1, weight_decay=0.5), [G], [2.0, 5.0]),
        lambda: (1 - 0.1 * 0.5) * np.array([2.0, 5.0]) - 0.1 * G, lambda: (1 - 0.5) * np.array([2.0, 5.0]) - 0.1 * G),
)  # fmt: skip
