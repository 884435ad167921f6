r"""Entropy, cross-entropy and divergence of discrete distributions, in nats; 0 ln 0 is 0.

Reference: Cover and Thomas (2006), "Elements of information theory", sections 2.1 and 2.3; Jurafsky
and Martin, "Speech and language processing", chapter 3, for the perplexity. Warning: information
theory counts in bits, deep learning in nats: divide by ln 2 for bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational

__all__ = ["cross_entropy", "divergence", "entropy", "mixture_divergence", "perplexity", "surprise"]


def cross_entropy(p: Sequence[Any], q: Sequence[Any]) -> Any:
    r"""The mean code length under p of a code made for q, -sum p ln q.

    >>> from partialcredit.numbers.rationals import rational
    >>> half, quarter = rational("1/2"), rational("1/4")
    >>> round(float(cross_entropy((half, quarter, quarter), (quarter, half, quarter))), 5)
    1.21301
    """
    return -sum(a * log(b) for a, b in zip(p, q, strict=True) if a)


def entropy(p: Sequence[Any]) -> Any:
    """The mean code length of a code made for p itself."""
    return cross_entropy(p, p)


def divergence(p: Sequence[Any], q: Sequence[Any]) -> Any:
    """KL(p || q): the code length lost by a code made for q where the data follow p."""
    return cross_entropy(p, q) - entropy(p)


def mixture_divergence(p: Sequence[Any], q: Sequence[Any]) -> Any:
    """The Jensen-Shannon divergence, the mean divergence of both from their mixture."""
    mixture = tuple((a + b) / 2 for a, b in zip(p, q, strict=True))
    return (divergence(p, mixture) + divergence(q, mixture)) / 2


def surprise(probabilities: Sequence[Any]) -> Any:
    """The negative log-likelihood of a sequence whose tokens have these probabilities."""
    return -log(prod(probabilities, start=rational(1)))


def perplexity(nll: Any, tokens: int) -> Any:
    """The exponential of the mean negative log-likelihood per token."""
    return exp(nll / rational(tokens))
