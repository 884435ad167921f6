r"""Probability, cross-entropy and perplexity of a text of n tokens.

.. math:: P = \prod_t p_t, \qquad H = -\frac1n \sum_t \ln p_t, \qquad \mathrm{perplexity} = e^H

Reference: Jelinek et al. (1977); Jurafsky and Martin, "Speech and language processing", third
edition, section 3.3. The perplexity is the same whatever the base of the logarithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from partialcredit.numbers.exact import Number, exp, log
from partialcredit.numbers.rationals import rational

__all__ = ["bits", "cross_entropy", "joint_cross_entropy", "perplexity", "text_probability"]


def text_probability(p: Sequence[Number]) -> Any:
    """The product of the conditional probabilities.

    >>> text_probability((rational(1, 2), rational(1, 5)))
    1/10
    """
    return prod(p)


def cross_entropy(probability: Any, tokens: int) -> Any:
    """Nats per token of a text with this probability.

    >>> round(float(cross_entropy(rational(1, 400), 4)), 5)
    1.49787
    """
    return -log(probability) * rational(1, tokens)


def bits(nats: Any) -> Any:
    """The same in bits.

    >>> round(float(bits(1)), 4)
    1.4427
    """
    return nats / log(2)


def perplexity(nats: Any) -> Any:
    """How many equally probable tokens are as hard to guess, e to the cross-entropy."""
    return exp(nats)


def joint_cross_entropy(nats: Any, tokens: int, others: Any, other_tokens: int) -> Any:
    """Nats per token of two texts together: a mean over all their tokens.

    >>> joint_cross_entropy(2, 1, 6, 3)
    5
    """
    return (nats * tokens + others * other_tokens) * rational(1, tokens + other_tokens)
