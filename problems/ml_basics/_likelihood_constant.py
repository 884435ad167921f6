"""The question which part of the log-likelihood does not depend on what is fitted."""

from math import log
from statistics import NormalDist

from partialcredit.family import Family, rows
from partialcredit.grading import Expression
from partialcredit.solvers import gaussian_classes, letters

__all__ = ["questions"]

questions = Family()


def formula(function):
    import sympy

    return letters.formula(function, log=sympy.log, pi=sympy.pi)


@questions.part(
    Expression(symbols=dict.fromkeys(("N", "c", "n"), "positive integer")), levels=["hard"]
)
def constant():
    return formula(gaussian_classes.likelihood_constant)


constant.slips = rows(
    ("prior of one over root 2 pi", "Each of c equally probable classes has the probability 1/c.",
     lambda: formula(lambda N, n, log, pi: -N * log(2 * pi) / 2 - N * n * log(2 * pi) / 2)),
    ("one feature", "Every feature brings a factor 1 / sqrt(2 pi).",
     lambda: formula(lambda N, c, log, pi: -N * log(c) - N * log(2 * pi) / 2)),
    ("one example", "The factors stand in the likelihood once for every example.",
     lambda: formula(lambda c, n, log, pi: -log(c) - n * log(2 * pi) / 2)),
)  # fmt: skip


@constant.witness
def _(point):
    """The logarithm of a product over examples and features, all of them at their means."""
    found = 0.0
    for _example in range(point["N"]):
        found += log(1 / point["c"])
        for _feature in range(point["n"]):
            found += log(NormalDist().pdf(0))
    return found
