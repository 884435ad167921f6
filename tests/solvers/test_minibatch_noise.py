"""The noise of mini-batches: every formula against all batches that can be drawn."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import minibatch_noise
from tests.strategies import rationals

populations = st.lists(st.integers(-9, 9), min_size=2, max_size=5)


def spread(batches: list[tuple[int, ...]]) -> Rational:
    means = [rational(sum(batch), len(batch)) for batch in batches]
    centre = sum(means) / len(means)
    return sum(((m - centre) ** 2 for m in means), rational(0)) / len(means)


@given(populations, st.integers(1, 4))
def test_variances_are_those_of_all_batches(gradients: list[int], K: int) -> None:
    one = minibatch_noise.variance(gradients, minibatch_noise.mean(gradients))
    assert one == spread([(g,) for g in gradients])
    assert minibatch_noise.variance_of_mean(one, K) == spread(list(product(gradients, repeat=K)))
    if len(gradients) >= K:
        drawn = spread(list(combinations(gradients, K)))
        assert minibatch_noise.variance_without_replacement(one, K, len(gradients)) == drawn


@given(populations)
def test_the_whole_training_set_has_no_noise(gradients: list[int]) -> None:
    one = minibatch_noise.variance(gradients, minibatch_noise.mean(gradients))
    N = len(gradients)
    assert minibatch_noise.variance_without_replacement(one, N, N) == 0


@given(rationals(1, 50, max_denominator=9), rationals(rational(1, 2), 5, max_denominator=9))
def test_the_batch_is_large_enough_and_no_larger(one: Rational, target: Rational) -> None:
    K = minibatch_noise.examples_for_noise(one, target)
    assert one / K <= target
    assert K == 1 or one / (K - 1) > target
