r"""Label smoothing: part of the label is spread evenly over all K classes, the true one included.

Reference: Szegedy et al. (2016), "Rethinking the Inception architecture for computer vision",
section 7. Warning: some notes lose the minus sign of the loss, and some spread epsilon over the
K - 1 other classes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number, log
from partialcredit.numbers.rationals import Rational
from partialcredit.numbers.vectors import Vector, dot

__all__ = ["best_gap", "loss", "other_target", "targets", "true_target"]


def true_target(epsilon: Any, K: Any) -> Any:
    r"""The target of the true class.

    .. math:: 1 - \varepsilon + \varepsilon / K

    >>> true_target(rational(1, 10), 5)
    23/25
    """
    return 1 - epsilon + epsilon / K


def other_target(epsilon: Any, K: Any) -> Any:
    r"""The target of every other class, epsilon / K.

    >>> other_target(rational(1, 10), 5)
    1/50
    """
    return epsilon / K


def targets(label: int, epsilon: Rational, K: int) -> Vector:
    """The targets of all classes; the true class is ``label``, counted from 0.

    >>> targets(1, rational(1, 10), 4)[:2]
    (1/40, 37/40)
    """
    found = [other_target(epsilon, K)] * K
    found[label] = true_target(epsilon, K)
    return Vector(found)


def loss(targets: Sequence[Number], p: Sequence[Number]) -> Number:
    r"""The cross-entropy of the probabilities p with these targets.

    .. math:: -\sum_c q_c \ln p_c

    With p = q it is the entropy of the targets, the smallest value it can have.

    >>> round(float(loss((rational(3, 4), rational(1, 4)), (rational(1, 2), rational(1, 2)))), 4)
    0.6931
    """
    total: Number = -dot(targets, log(Vector(p)))
    return total


def best_gap(epsilon: Any, K: Any) -> Any:
    r"""How far the true logit is above the others, all equal, where the loss is smallest.

    .. math:: \ln \frac{1 - \varepsilon + \varepsilon / K}{\varepsilon / K}

    >>> round(float(best_gap(rational(1, 10), 10)), 4)
    4.5109
    """
    return log(true_target(epsilon, K) / other_target(epsilon, K))
