"""The question which part of the log-likelihood does not depend on what is fitted."""

from math import log
from statistics import NormalDist

from partialcredit.family import Family, rows
from partialcredit.grading import Expression
from partialcredit.solvers import gaussian_classes, letters

__all__ = ["questions"]

questions = Family()


def in_letters(function):
    import sympy

    return letters.formula(function, log=sympy.log, pi=sympy.pi)


@questions.part(
    Expression(symbols=dict.fromkeys(("N", "c", "n"), "positive integer")), levels=["hard"]
)
def constant():
    return in_letters(gaussian_classes.likelihood_constant)


constant.slips = rows(
    ("prior of one over root 2 pi", "Each of c equally probable classes has the probability 1/c.",
     lambda: in_letters(normal_prior)),
    ("one feature", "Every feature brings a factor 1 / sqrt(2 pi).",
     lambda: in_letters(one_feature)),
    ("one example", "The factors stand in the likelihood once for every example.",
     lambda: in_letters(one_example)),
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


def normal_prior(N, n, log, pi):
    return -N * log(2 * pi) / 2 - N * n * log(2 * pi) / 2


def one_feature(N, c, log, pi):
    return -N * log(c) - N * log(2 * pi) / 2


def one_example(c, n, log, pi):
    return -log(c) - n * log(2 * pi) / 2
