"""Naive Bayes: a published example, and features that tell nothing."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import naive_bayes

#: Three documents on China and one that is not, in the words Chinese, Japan, Tokyo, Beijing, Macao
#: and Shanghai: Manning, Raghavan and Schütze (2008), example 13.2.
CHINA = [naive_bayes.rates(k, 3, 1) for k in (3, 0, 0, 1, 1, 1)]
OTHER = [naive_bayes.rates(k, 1, 1) for k in (1, 1, 1, 0, 0, 0)]
DOCUMENT = (1, 1, 1, 0, 0, 0)


def test_published_example() -> None:
    assert [5 * rate for rate in CHINA] == [4, 1, 1, 2, 2, 2]
    china = naive_bayes.joint(rational(3, 4), CHINA, DOCUMENT)
    other = naive_bayes.joint(rational(1, 4), OTHER, DOCUMENT)
    assert float(china) == pytest.approx(0.005, abs=5e-4)
    assert float(other) == pytest.approx(0.022, abs=5e-4)
    assert float(naive_bayes.posterior((china, other))) < 0.5


def test_a_word_that_tells_nothing_has_no_weight() -> None:
    assert naive_bayes.odds_ratio(rational(1, 3), rational(1, 3)) == 1
    assert naive_bayes.weights(rational(1, 3), rational(1, 3)) == 0


def test_weights_and_intercept_give_the_log_odds() -> None:
    odds = naive_bayes.joint(rational(1, 2), CHINA, DOCUMENT) / naive_bayes.joint(
        rational(1, 2), OTHER, DOCUMENT
    )
    w = [naive_bayes.weights(a, b) for a, b in zip(CHINA, OTHER, strict=True)]
    linear = naive_bayes.intercept(rational(1, 2), CHINA, OTHER) + w[0] + w[1] + w[2]
    assert 2.718281828459045 ** float(linear) == pytest.approx(float(odds))


def test_parameters_of_one_class_are_its_rates() -> None:
    assert [naive_bayes.parameters(7, C) for C in (1, 2)] == [7, 15]
