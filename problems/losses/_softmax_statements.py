"""Statements about a softmax of logits that differ from each other."""

import numpy as np

__all__ = ["STATEMENTS"]


def close(p, q):
    return np.allclose(p, q, rtol=1e-9, atol=1e-9)  # ratios are as large as e^20


def ratio(p):
    return p[1] / p[2]


#: A test of logits z with a softmax p, the verdict and why.
STATEMENTS = {
    "Adding the same number to all logits leaves all probabilities as they are.": (
        lambda z, p: close(p(z), p([v + 1 for v in z])),
        True,
        "the common factor cancels",
    ),
    "Doubling all logits leaves all probabilities as they are.": (
        lambda z, p: close(p(z), p([2 * v for v in z])),
        False,
        "doubling squares the ratios of the probabilities",
    ),
    "Doubling all logits makes the largest probability larger.": (
        lambda z, p: max(p([2 * v for v in z])) > max(p(z)) + 1e-9,
        True,
        "its ratios to the others, which are above 1, are squared",
    ),
    "Changing the sign of all logits turns every $p_i$ into $1 - p_i$.": (
        lambda z, p: close(p([-v for v in z]), [1 - v for v in p(z)]),
        False,
        "with three or more classes the numbers $1 - p_i$ add up to more than 1",
    ),
    "Raising one logit lowers the probabilities of all other classes.": (
        lambda z, p: max(np.subtract(p([z[0] + 1, *z[1:]]), p(z))[1:]) < 0,
        True,
        "only the sum in their denominator grows",
    ),
    "Raising one logit keeps the ratios among the other probabilities.": (
        lambda z, p: close(ratio(p([z[0] + 1, *z[1:]])), ratio(p(z))),
        True,
        "such a ratio depends on the difference of its two logits alone",
    ),
    "A class with the logit 0 gets the probability 0.": (
        lambda z, p: p([0, *z[1:]])[0] < 1e-9,
        False,
        "$e^0 = 1$, so its probability is positive",
    ),
    "A class with a negative logit can have the largest probability.": (
        lambda z, p: int(np.argmax(p([v - max(z) - 1 for v in z]))) == z.index(max(z)),
        True,
        "only the differences of the logits count",
    ),
}
