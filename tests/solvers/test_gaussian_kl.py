"""Divergences of normal distributions against torch.distributions."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import gaussian_kl


@pytest.mark.parametrize("numbers", [(1, 4, 3, 1), (0, 1, -2, 9), (2, 9, 2, 4)])
def test_divergence_is_that_of_torch(numbers: tuple[int, ...]) -> None:
    distributions = pytest.importorskip("torch.distributions")
    m, v, n, w = map(rational, numbers)
    normal = [distributions.Normal(float(a), float(b) ** 0.5) for a, b in ((m, v), (n, w))]
    theirs = float(distributions.kl_divergence(*normal))
    assert float(gaussian_kl.divergence(m, v, n, w)) == pytest.approx(theirs, abs=1e-6)


def test_the_standard_normal_is_a_special_case() -> None:
    m, v = rational(3, 2), rational(1, 4)
    ours, general = gaussian_kl.from_standard(m, v), gaussian_kl.divergence(m, v, 0, 1)
    assert float(ours) == pytest.approx(float(general), abs=1e-12)
