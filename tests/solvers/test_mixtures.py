"""Mixtures: the M-step by copies of points, and a step that never lowers the likelihood."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import mixtures

X = Vector((0, 1, 3))
HALVES = (rational(1, 2), rational(1, 2))


def test_responsibilities_count_like_copies() -> None:
    copies = np.repeat([0.0, 1.0, 3.0], [10, 4, 1])
    r = (rational(1), rational("0.4"), rational("0.1"))
    mean = mixtures.new_mean(X, r)
    assert float(mean) == pytest.approx(copies.mean())
    assert float(mixtures.new_variance(X, r, mean)) == pytest.approx(copies.var())


def test_a_step_raises_the_likelihood() -> None:
    means, variances = Vector((0, 2)), Vector((1, 4))
    terms = [mixtures.densities(x, HALVES, means, variances) for x in X]
    r = mixtures.responsibilities(terms)
    both = (r, 1 - r)
    weights = [mixtures.new_weight(share) for share in both]
    moved = [mixtures.new_mean(X, share) for share in both]
    spread = [mixtures.new_variance(X, s, m) for s, m in zip(both, moved, strict=True)]
    a, b = (np.array([[float(v) for v in row] for row in (weights, moved, spread)])).T
    density = sum(
        w / np.sqrt(2 * np.pi * v) * np.exp(-((np.array([0.0, 1, 3]) - m) ** 2) / (2 * v))
        for w, m, v in (a, b)
    )
    assert np.log(density).sum() > float(mixtures.log_likelihood(terms))
