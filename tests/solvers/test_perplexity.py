"""Perplexity against NumPy and its own meaning."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import perplexity

P = tuple(rational(1, k) for k in (2, 5, 4, 10))


def test_measures_of_one_text() -> None:
    logs = np.log(np.array(P, dtype=float))
    probability = perplexity.text_probability(P)
    nats = perplexity.cross_entropy(probability, len(P))
    assert float(nats) == pytest.approx(-logs.mean())
    assert float(perplexity.bits(nats)) == pytest.approx(-np.log2(np.array(P, dtype=float)).mean())
    assert float(perplexity.perplexity(nats)) == pytest.approx(400**0.25)


def test_a_uniform_model_is_as_perplexed_as_its_vocabulary_is_large() -> None:
    nats = perplexity.cross_entropy(rational(1, 50257**3), 3)
    assert float(perplexity.perplexity(nats)) == pytest.approx(50257)


def test_texts_are_joined_token_by_token() -> None:
    joint = perplexity.joint_cross_entropy(log(400) / 4, 4, log(8), 6)
    assert float(perplexity.perplexity(joint)) == pytest.approx((400 * 8**6) ** 0.1)
