"""Four lines of NumPy for the gradients of softmax regression, one of which may be wrong."""

from typing import NamedTuple

import numpy as np

__all__ = ["LINES", "printed", "wrong_line"]


class Line(NamedTuple):
    """Its right and its wrong form, as text and as functions of the values before; and why."""

    right: str
    wrong: str
    runs: object
    fails: object
    why: str


def softmax(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


LINES = (
    Line("Z = X @ W + b", "Z = X @ W.T + b", lambda v: v["X"] @ v["W"] + v["b"],
         lambda v: v["X"] @ v["W"].T + v["b"],
         "The columns of `W` belong to the classes already: it is not transposed."),
    Line("P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)",
         "P = np.exp(Z) / np.exp(Z).sum(axis=0, keepdims=True)",
         lambda v: softmax(v["Z"]), lambda v: np.exp(v["Z"]) / np.exp(v["Z"]).sum(axis=0),
         "The probabilities of one example, a row, add up to 1: the sum runs along axis 1."),
    Line("dW = X.T @ (P - Y) / m", "dW = X.T @ (Y - P) / m",
         lambda v: v["X"].T @ (v["P"] - v["Y"]) / len(v["X"]),
         lambda v: v["X"].T @ (v["Y"] - v["P"]) / len(v["X"]),
         "The gradient with respect to the logits is `P - Y`, probabilities minus labels."),
    Line("db = (P - Y).sum(axis=0) / m", "db = (P - Y).sum(axis=1) / m",
         lambda v: (v["P"] - v["Y"]).sum(axis=0) / len(v["X"]),
         lambda v: (v["P"] - v["Y"]).sum(axis=1) / len(v["X"]),
         "The bias of a class is used by every example: the sum runs along axis 0."),
)  # fmt: skip


def printed(wrong):
    """The lines as the student reads them, in code."""
    return tuple(f"`{line.wrong if i == wrong else line.right}`" for i, line in enumerate(LINES))


def wrong_line(wrong, given, expected):
    """The line whose result, from right values before it, is not the one expected."""
    values, differ = dict(given), []
    for i, (line, name) in enumerate(zip(LINES, ("Z", "P", "dW", "db"), strict=True)):
        wanted = expected[name]
        try:
            found = (line.fails if i == wrong else line.runs)(values)
        except ValueError:  # shapes that do not fit
            found = None
        values[name] = wanted
        if np.shape(found) != np.shape(wanted) or not np.allclose(found, wanted):
            differ.append(i)
    return differ[0] if len(differ) == 1 else differ
