r"""The softmax function, p_i = e^(z_i) / sum_j e^(z_j), with classes counted from 0.

Reference: Bridle (1990), "Probabilistic interpretation of feedforward classification network
outputs"; Hinton, Vinyals and Dean (2015), "Distilling the knowledge in a neural network", equation
1, for the temperature. Warning: some notes let one index stand for the class and for the example.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import log_sum_exp
from partialcredit.solvers.matrices import diagonal

__all__ = ["jacobian", "logit_for", "odds", "probabilities", "tempered", "two_classes"]


def probabilities(z: Sequence[Number]) -> Vector:
    """The probabilities of the logits z; the largest logit is taken out, which changes nothing.

    >>> probabilities((5, 5))
    (1/2, 1/2)
    """
    terms = log_sum_exp.shifted_terms(z)
    return terms / (rational(1) * sum(terms))


def tempered(z: Sequence[Number], T: Rational) -> Vector:
    r"""The probabilities at temperature T: the logits are divided by T.

    .. math:: p_i = e^{z_i / T} / \sum_j e^{z_j / T}

    >>> [round(float(p), 4) for p in tempered((1, 2, 3), rational(2))]
    [0.1863, 0.3072, 0.5065]
    """
    return probabilities(Vector(z) / T)


def jacobian(p: Sequence[Number]) -> Vector:
    r"""The derivatives of the probabilities by the logits: the Hessian of the log-sum-exp function.

    .. math:: \operatorname{diag}(p) - p p^\top

    >>> jacobian((rational(1, 4), rational(3, 4)))[0]
    (3/16, -3/16)
    """
    return diagonal(p) - Vector(a * Vector(p) for a in p)


def odds(a: Number, b: Number) -> Number:
    r"""The ratio of the probabilities of two classes with logits a and b.

    .. math:: p_a / p_b = e^{a - b}

    >>> round(float(odds(3, 1)), 4)
    7.3891
    """
    ratio: Number = exp(a - b)
    return ratio


def logit_for(p: Rational, others: Sequence[Number]) -> Number:
    r"""The logit that gives a class the probability p, when the other logits are known.

    .. math:: \ln \frac{p}{1 - p} + \mathrm{LSE}(\text{others})

    >>> logit_for(rational(1, 2), (7,))
    7
    """
    logit: Number = log(p / (1 - p)) + log_sum_exp.value(others)
    return logit


def two_classes(d: Any, T: Any) -> Any:
    r"""The probability of the first of two classes whose logit is larger by d, at temperature T.

    .. math:: 1 / (1 + e^{-d/T})

    >>> round(float(two_classes(rational(2), 1)), 4)
    0.8808
    """
    return 1 / (1 + exp(-d / T))
