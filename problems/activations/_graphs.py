"""Graphs of activation functions, and a question about that of a derivative."""

from math import exp, log1p

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Choice
from partialcredit.numbers.rationals import rational
from partialcredit.problems.activations._properties import at

__all__ = ["RESEMBLES", "means_plot", "questions", "slope_plot"]

questions = Family()

#: For each function another one whose slope looks much the same.
RESEMBLES = {
    "sigmoid": "tanh", "tanh": "sigmoid", "ReLU": "leaky ReLU", "leaky ReLU": "ReLU",
    "ELU": "softplus", "softplus": "swish", "swish": "ELU", "hard tanh": "ReLU",
}  # fmt: skip


def slope_plot(slope):
    """The curve of a derivative, in a window that all eight fit into."""
    grid = [rational(n, 16) for n in range(-49, 50, 2)]
    said = ", ".join(f"{float(slope(rational(x, 2))):.2f} at x = {x / 2:g}" for x in (-5, -1, 1, 5))
    return Plot(
        f"The curve of a derivative: {said}.",
        (Curve([(float(x), float(slope(x))) for x in grid], ""),),
        window=((-3.2, -0.3), (3.2, 1.3)),
    )


CURVES = {
    "sigmoid": lambda x: 1 / (1 + exp(-x)),
    "ReLU": lambda x: max(x, 0.0),
    "softplus": lambda x: log1p(exp(x)),
}


def means_plot(z):
    """The functions whose means are asked for, with their points at z and -z."""
    grid = [n / 8 for n in range(-28, 29)]
    ends = (-float(z), float(z))
    points = ", ".join(
        f"{name} from {f(ends[0]):.4g} to {f(ends[1]):.4g}" for name, f in CURVES.items()
    )
    return Plot(
        f"Three curves with their points at x = {ends[0]:g} and x = {ends[1]:g}: {points}.",
        tuple(Curve([(x, f(x)) for x in grid], rf"\text{{{n}}}") for n, f in CURVES.items()),
        tuple(Mark((x, f(x))) for f in CURVES.values() for x in ends),
        window=((-3.5, -0.3), (3.5, 3.5)),
    )


@questions.part(lambda offered: Choice(offered))
def derivative(plotted, offered):
    return offered.index(plotted)


derivative.slips = rows(
    ("one of similar shape", "Compare the heights: at 0, and far to the left.",
     lambda plotted, offered: offered.index(RESEMBLES[plotted])),
    ("the function itself", "The curve shows the slope, not the values.",
     lambda plotted, offered: offered.index("sigmoid")
         if plotted == "softplus" and "sigmoid" in offered else None),
)  # fmt: skip


@derivative.witness
def _(plotted, offered):
    """The function of which the engine's slopes are the rises of the one plotted."""
    x = np.linspace(-2.95, 2.95, 60)
    rises = (at(plotted, x + 1e-6)[0] - at(plotted, x - 1e-6)[0]) / 2e-6
    return int(np.argmin([np.abs(at(name, x)[1] - rises).max() for name in offered]))
