"""The best discriminator and its value against all discriminators of a grid."""

from __future__ import annotations

from math import log

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import adversarial_networks, entropies

P = Vector((rational(1, 2), rational(3, 10), rational(1, 5)))
Q = Vector((rational(1, 10), rational(3, 10), rational(3, 5)))


def test_no_discriminator_of_a_grid_is_better() -> None:
    grid = [n / 1000 for n in range(1, 1000)]
    pairs = list(zip(map(float, P), map(float, Q), strict=True))
    best = [max(grid, key=lambda d: p * log(d) + q * log(1 - d)) for p, q in pairs]
    assert [float(d) for d in adversarial_networks.best_discriminator(P, Q)] == pytest.approx(
        best, abs=1e-3
    )
    value = sum(p * log(d) + q * log(1 - d) for (p, q), d in zip(pairs, best, strict=True))
    ours = adversarial_networks.optimal_value(entropies.mixture_divergence(P, Q))
    assert float(ours) == pytest.approx(value, abs=1e-5)


def test_an_undecided_discriminator_pays_ln_4() -> None:
    half = Vector((rational(1, 2),) * 2)
    assert float(adversarial_networks.discriminator_loss(half, half)) == pytest.approx(log(4))
