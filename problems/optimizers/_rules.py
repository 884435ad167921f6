"""Update rules by name: how they are written, step by step in floats, and what holds of them.

The rules are written in neutral letters, u for a velocity or mean, s for squares, p and q for their
coefficients, so that the letters do not give the name away. References: Sutskever et al. (2013),
Duchi et al. (2011), Hinton (2012), Kingma and Ba (2015), Algorithm 1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from partialcredit import engine
from partialcredit.solvers import adam, adaptive, momentum

__all__ = ["PROPERTIES", "REDUCTIONS", "RULES", "SIGNS", "same", "solved", "trained"]


def descent(g, eta, p, q):  # noqa: ARG001
    return -eta * g


def heavy(g, eta, p, q):  # noqa: ARG001
    kept = accumulate(g, lambda u, x: p * u - eta * x, initial=0 * g[0])
    return np.array([*kept][1:])


def summed(g, eta, p, q):  # noqa: ARG001
    return -eta * g / np.sqrt(np.cumsum(g * g, axis=0))


def averages(values, keep):
    found = accumulate(values, lambda s, x: keep * s + (1 - keep) * x, initial=0 * values[0])
    return np.array([*found][1:])


def averaged(g, eta, p, q):  # noqa: ARG001
    return -eta * g / np.sqrt(averages(g * g, q))


def averaged_heavy(g, eta, p, q):
    return heavy(g / np.sqrt(averages(g * g, q)), eta, p, q)


def both(g, eta, p, q):
    t = np.arange(1, len(g) + 1).reshape(-1, *[1] * (g.ndim - 1))
    mean, squares = averages(g, p) / (1 - p**t), averages(g * g, q) / (1 - q**t)
    return -eta * mean / np.sqrt(squares)


def both_uncorrected(g, eta, p, q):
    return -eta * averages(g, p) / np.sqrt(averages(g * g, q))


def signs(g, eta, p, q):  # noqa: ARG001
    return -eta * np.sign(g)


@dataclass(frozen=True)
class Rule:
    """``letters`` are the coefficients used; ``setting`` introduces them by their usual names."""

    tex: tuple[str, ...]
    letters: str
    setting: str
    literal: Callable[..., Any]
    engine: Callable[..., Any]


MOVE = r"\theta_t = \theta_{t-1} + u_t"
MEAN_SQUARE = r"s_t = q s_{t-1} + (1 - q) g_t^2"

RULES = {
    "gradient descent": Rule(
        (r"\theta_t = \theta_{t-1} - \eta g_t",),
        "",
        "",
        descent,
        lambda e, p, q: lambda x: engine.SGD(x, lr=e),  # noqa: ARG005
    ),
    "momentum": Rule(
        (r"u_t = p u_{t-1} - \eta g_t", MOVE),
        "p",
        r"$\alpha = {p}$",
        heavy,
        lambda e, p, q: lambda x: engine.SGD(x, lr=e, momentum=p),  # noqa: ARG005
    ),
    "Adagrad": Rule(
        (r"s_t = s_{t-1} + g_t^2", r"\theta_t = \theta_{t-1} - \eta \frac{g_t}{\sqrt{s_t}}"),
        "",
        "",
        summed,
        lambda e, p, q: lambda x: engine.Adagrad(x, lr=e, eps=0.0),  # noqa: ARG005
    ),
    "RMSprop": Rule(
        (MEAN_SQUARE, r"\theta_t = \theta_{t-1} - \eta \frac{g_t}{\sqrt{s_t}}"),
        "q",
        r"$\beta = {q}$",
        averaged,
        lambda e, p, q: lambda x: engine.RMSprop(x, lr=e, alpha=q, eps=0.0),  # noqa: ARG005
    ),
    "RMSprop with momentum": Rule(
        (MEAN_SQUARE, r"u_t = p u_{t-1} - \eta \frac{g_t}{\sqrt{s_t}}", MOVE),
        "pq",
        r"$\alpha = {p}$ and $\beta = {q}$",
        averaged_heavy,
        lambda e, p, q: lambda x: engine.RMSprop(x, lr=e, alpha=q, eps=0.0, momentum=p),
    ),
    "Adam": Rule(
        (
            r"u_t = p u_{t-1} + (1 - p) g_t",
            MEAN_SQUARE,
            r"\theta_t = \theta_{t-1} - \eta \, \frac{u_t}{1 - p^t} \Big/ "
            r"\sqrt{\frac{s_t}{1 - q^t}}",
        ),
        "pq",
        r"$\beta_1 = {p}$ and $\beta_2 = {q}$",
        both,
        lambda e, p, q: lambda x: engine.Adam(x, lr=e, betas=(p, q), eps=0.0),
    ),
}


def solved(name, g, eta, p, q):
    """The exact steps of a rule on scalar gradients, by the solvers."""
    if name == "gradient descent":
        return momentum.velocities(g, [0] * len(g), eta)
    if name == "momentum":
        return momentum.velocities(g, [p] * len(g), eta)
    if name == "Adagrad":
        return adaptive.steps(g, adaptive.running_sums(g), eta, 0)
    if name == "Adam":
        path = (0, *adam.positions(0, g, eta, (p, q), 0))
        return tuple(b - a for a, b in pairwise(path))
    normalised = adaptive.steps(g, adaptive.running_means(g, q), -1, 0)
    kept = p if name == "RMSprop with momentum" else 0
    return momentum.velocities(normalised, [kept] * len(g), eta)


def trained(name, g, eta, p, q, start=0.0):
    """The engine's path of a rule."""
    return engine.optimizer_path(RULES[name].engine(eta, p, q), g, start)


def same(a, b):
    return np.allclose(a, b, rtol=1e-9, atol=1e-12)


def steps_of(name, g):
    return np.diff(trained(name, np.array(g, dtype=float), 0.1, 0.8, 0.9), axis=0)


ADAPTIVE = frozenset({"Adagrad", "RMSprop", "RMSprop with momentum", "Adam"})
G = np.array([[2.0, -3.0], [1.0, 4.0], [-5.0, 2.0]])

#: A sentence about a rule, the rules of which it is true, its test on the engine, and the reason.
PROPERTIES = {
    "If every gradient is multiplied by 10, {} makes the same steps.": (
        ADAPTIVE,
        lambda name: same(steps_of(name, G), steps_of(name, 10 * G)),
        "a common factor cancels where the gradient is divided by a root of its own squares, and "
        "only there",
    ),
    "In the first step, {} divides every component of the gradient by a number of its own.": (
        ADAPTIVE,
        lambda name: not same(*(steps_of(name, G)[0] / G[0])),
        "Adagrad, RMSprop and Adam keep squares of each component; gradient descent and momentum "
        "have one rate for all",
    ),
    "If all gradients are equal and not 0, the steps shrink towards 0 with {}.": (
        frozenset({"Adagrad"}),
        lambda name: bool(
            abs(steps_of(name, [3.0] * 80)[-1]) < 0.6 * abs(steps_of(name, [3.0] * 20)[-1])
        ),
        "Adagrad's sum of squares grows without bound; averages of squares settle at $g^2$, and "
        "the other rules keep no squares",
    ),
    "After a gradient of 2, a gradient of 0 leaves the parameter where it is with {}.": (
        frozenset({"gradient descent", "Adagrad", "RMSprop"}),
        lambda name: same(steps_of(name, [2.0, 0.0])[1], 0),
        "a velocity, or an average of gradients, still moves the parameter; without one the step "
        "is 0",
    ),
    r"Whatever the first gradient is (but not 0), the first step is $\eta$ long with {}.": (
        frozenset({"Adagrad", "Adam"}),
        lambda name: (
            same(np.abs(steps_of(name, [3.0])), 0.1) and same(np.abs(steps_of(name, [0.2])), 0.1)
        ),
        r"Adagrad divides by $\lvert g_1 \rvert$ itself, and so does Adam after its correction; "
        "RMSprop's first average is smaller, and the other rules do not divide",
    ),
}

SIGNS = "sign descent"

#: A rule with coefficients set to 0: the rule it becomes, and its steps in floats.
REDUCTIONS = {
    "momentum with $\\alpha = 0$": (
        "gradient descent",
        lambda g, e, p, q: heavy(g, e, 0, q),  # noqa: ARG005
    ),
    "RMSprop with momentum and $\\alpha = 0$": (
        "RMSprop",
        lambda g, e, p, q: averaged_heavy(g, e, 0, q),  # noqa: ARG005
    ),
    "RMSprop with $\\beta = 0$": (SIGNS, lambda g, e, p, q: averaged(g, e, p, 0)),  # noqa: ARG005
    "RMSprop with momentum, $\\alpha = 0$ and $\\beta = 0$": (
        SIGNS,
        lambda g, e, p, q: averaged_heavy(g, e, 0, 0),  # noqa: ARG005
    ),
    "Adam without bias correction and with $\\beta_1 = 0$": (
        "RMSprop",
        lambda g, e, p, q: both_uncorrected(g, e, 0, q),  # noqa: ARG005
    ),
    "Adam with $\\beta_1 = 0$ and $\\beta_2 = 0$": (
        SIGNS,
        lambda g, e, p, q: both(g, e, 0, 0),  # noqa: ARG005
    ),
}
