"""Gaussian classes against the densities of the standard library."""

from __future__ import annotations

from math import log, pi
from statistics import NormalDist, fmean, pvariance

import numpy as np

from partialcredit.solvers import gaussian_classes

FIRST, SECOND = (1, 4, 2, -1), (5, 9, 6)


def test_estimates_are_means_and_population_variances() -> None:
    mean, variance = gaussian_classes.maximum_likelihood(FIRST)
    assert float(mean) == fmean(FIRST)
    assert float(variance) == pvariance(FIRST)


def test_log_density_is_the_logarithm_of_the_product() -> None:
    found = gaussian_classes.log_density((2, -1), (1, 3), (4, 9))
    assert np.isclose(float(found), log(NormalDist(1, 2).pdf(2) * NormalDist(3, 3).pdf(-1)))


def test_boundary_and_posterior_agree() -> None:
    counts, v = (len(FIRST), len(SECOND)), gaussian_classes.pooled_variance((3, 8), (4, 3))
    edge = gaussian_classes.boundary((1, 6), v, counts)
    for x, expected in ((float(edge), 0.5), (3.0, None)):
        densities = [NormalDist(m, float(v) ** 0.5).pdf(x) for m in (1, 6)]
        weighted = [n / 7 * d for n, d in zip(counts, densities, strict=True)]
        share = weighted[0] / sum(weighted)
        assert expected is None or np.isclose(share, expected)
    joints = [
        gaussian_classes.log_joint(gaussian_classes.log_density((3,), (m,), (v,)), n, 7)
        for m, n in zip((1, 6), counts, strict=True)
    ]
    assert np.isclose(float(gaussian_classes.posterior(joints)), share)


def test_likelihood_of_a_sample() -> None:
    groups = {2: (1, 3), 7: (4, 10)}  # squared distances 1, 1, 9, 9: variance 5
    laws = {m: NormalDist(m, 5**0.5) for m in groups}
    expected = sum(log(0.5 * laws[m].pdf(x)) for m, xs in groups.items() for x in xs)
    assert np.isclose(float(gaussian_classes.log_likelihood((2, 2), 5)), expected)


def test_the_constant_is_what_remains_at_the_means() -> None:
    found = gaussian_classes.likelihood_constant(5, 3, 2, log, pi)
    assert np.isclose(found, 5 * (log(1 / 3) + 2 * log(NormalDist().pdf(0))))
