"""The engine's activation functions by name, and what can be said of them."""

from functools import cache

import numpy as np

from partialcredit.engine import functional
from partialcredit.problems.activations._derivatives import derivatives

__all__ = ["BELIEFS", "FUNCTIONS", "PROPERTIES", "REASONS", "at", "shows"]

FUNCTIONS = {
    "sigmoid": functional.sigmoid,
    "tanh": functional.tanh,
    "ReLU": functional.relu,
    "leaky ReLU": lambda x: functional.leaky_relu(x, 0.1),
    "ELU": functional.elu,
    "softplus": functional.softplus,
    "swish": lambda x: x * functional.sigmoid(x),
    "hard tanh": lambda x: x.clamp(-1.0, 1.0),
}

#: Where the engine's functions are looked at: symmetric about 0, dense at -1, 0 and 1.
POINTS = np.sort(
    np.concatenate(
        [side * np.geomspace(1e-3, 1e3, 61) for side in (-1, 1)]
        + [centre + np.array([-1e-7, 1e-7]) for centre in (-1.0, 0.0, 1.0)]
    )
)


def jumps(slopes):
    """Whether the slope changes between two points next to each other."""
    near = np.diff(POINTS) < 1e-6
    return bool(np.abs(np.diff(slopes)[near]).max() > 1e-3)


CENTRED, SATURATED_RIGHT, SATURATED_LEFT, FLAT, ZERO_AT_ZERO = (
    "its values average to 0 for inputs that are symmetric about 0",
    "its slope approaches or reaches 0 for $x \\to +\\infty$",
    "its slope approaches or reaches 0 for $x \\to -\\infty$",
    "its slope is exactly 0 on a whole interval",
    "its value at 0 is 0",
)

#: Statements about a function: a test on its values and slopes, and of which functions it holds.
PROPERTIES = {
    CENTRED: (lambda y, _d: abs(y.mean()) < 1e-9, {"tanh", "hard tanh"}),
    "its values are bounded from above":
        (lambda y, _d: y.max() < 50, {"sigmoid", "tanh", "hard tanh"}),
    "its values are bounded from below":
        (lambda y, _d: y.min() > -50,
         {"sigmoid", "tanh", "ReLU", "ELU", "softplus", "swish", "hard tanh"}),
    "it is nowhere negative": (lambda y, _d: y.min() >= 0, {"sigmoid", "ReLU", "softplus"}),
    SATURATED_RIGHT: (lambda _y, d: abs(d[-1]) < 1e-6, {"sigmoid", "tanh", "hard tanh"}),
    SATURATED_LEFT:
        (lambda _y, d: abs(d[0]) < 1e-6,
         {"sigmoid", "tanh", "ReLU", "ELU", "softplus", "swish", "hard tanh"}),
    FLAT: (lambda _y, d: bool(np.any(d[np.abs(POINTS) < 5] == 0)), {"ReLU", "hard tanh"}),
    "it has a derivative at every $x$":
        (lambda _y, d: not jumps(d), {"sigmoid", "tanh", "ELU", "softplus", "swish"}),
    "it never falls when $x$ grows":
        (lambda _y, d: d.min() >= 0,
         {"sigmoid", "tanh", "ReLU", "leaky ReLU", "ELU", "softplus", "hard tanh"}),
    "it is convex":
        (lambda _y, d: bool(np.all(np.diff(d) > -1e-9)), {"ReLU", "leaky ReLU", "ELU", "softplus"}),
    ZERO_AT_ZERO:
        (lambda y, _d: abs(y[np.abs(POINTS) < 1e-6]).max() < 1e-6,
         {"tanh", "ReLU", "leaky ReLU", "ELU", "swish", "hard tanh"}),
}  # fmt: skip

#: Why a statement holds of some functions and not of the others, in the same order.
REASONS = dict(
    zip(
        PROPERTIES,
        (
            "The values at $x$ and $-x$ cancel only for an odd function.",
            "All others grow without bound to the right.",
            "The leaky ReLU alone falls without bound to the left.",
            "The others are negative for some negative $x$.",
            "To the right the slopes of all others approach or are 1.",
            "The leaky ReLU alone keeps a slope, 0.1.",
            "The ReLU is constant for $x < 0$ and hard tanh beyond $-1$ and 1; in the other "
            "functions a slope of 0 is approached but not kept.",
            "The ReLU and the leaky ReLU have a kink at 0, and hard tanh has kinks at $-1$ and 1.",
            "Swish alone falls somewhere: from 0, far to the left, to its minimum near $-1.28$.",
            "A differentiable function is convex if its slope never falls; the same holds across "
            "kinks.",
            "There the sigmoid is $\\frac{1}{2}$ and softplus $\\ln 2$.",
        ),
        strict=True,
    )
)

#: What some believe: which functions they give which property, and what to tell them.
BELIEFS = {
    "zero at 0 taken for zero-centred":
        ({CENTRED: PROPERTIES[ZERO_AT_ZERO][1]},
         "f(0) = 0 is not enough: the values at x and -x have to cancel."),
    "small slope taken for zero":
        ({FLAT: PROPERTIES[FLAT][1] | PROPERTIES[SATURATED_RIGHT][1]},
         "A slope that approaches 0 need not reach it."),
    "tanh taken for unsaturated":
        ({kind: PROPERTIES[kind][1] - {"tanh"} for kind in (SATURATED_RIGHT, SATURATED_LEFT)},
         "Far from 0 tanh is nearly constant, as the sigmoid is."),
}  # fmt: skip


def at(name, x):
    """The engine's values and slopes of a function."""
    return derivatives(FUNCTIONS[name], x)


@cache
def observed(name):
    return at(name, POINTS)


@cache
def shows(name, kind):
    """Whether a statement holds of a function at all points looked at."""
    return bool(PROPERTIES[kind][0](*observed(name)))
