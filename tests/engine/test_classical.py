"""The classical learners agree with scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine import classical
from partialcredit.errors import EngineError


@pytest.mark.parametrize("iterations", [1, 2, 300])
@pytest.mark.parametrize("seed", range(5))
def test_k_means(seed: int, iterations: int) -> None:
    cluster = pytest.importorskip("sklearn.cluster")
    x = np.random.default_rng(seed).normal(size=(30, 2))
    centers, labels, inertia = classical.k_means(x, x[:3], iterations)
    _, _, full = classical.k_means(x, x[:3])
    assert inertia >= full - 1e-12
    nearest = np.square(x[:, None] - centers).sum(axis=2).argmin(axis=1)
    if iterations == 300:
        theirs = cluster.KMeans(3, init=x[:3], n_init=1, max_iter=300, tol=0).fit(x)
        np.testing.assert_allclose(centers, theirs.cluster_centers_)
        np.testing.assert_array_equal(labels, theirs.labels_)
        assert inertia == pytest.approx(theirs.inertia_)
        np.testing.assert_array_equal(labels, nearest)


def test_k_means_refuses_other_widths() -> None:
    with pytest.raises(EngineError, match="centers"):
        classical.k_means(np.ones((4, 2)), np.ones((2, 3)))
    with pytest.raises(EngineError, match="max_iter"):
        classical.k_means(np.ones((4, 2)), np.ones((2, 2)), 0)


@pytest.mark.parametrize("seed", range(5))
def test_pca(seed: int) -> None:
    decomposition = pytest.importorskip("sklearn.decomposition")
    x = np.random.default_rng(seed).normal(size=(9, 4)) + 3
    components, variances, mean = classical.pca(x, 2)
    theirs = decomposition.PCA(2).fit(x)
    np.testing.assert_allclose(variances, theirs.explained_variance_)
    np.testing.assert_allclose(mean, theirs.mean_)
    np.testing.assert_allclose(components, theirs.components_ * np.sign(theirs.components_[:, :1]))


def test_pca_refuses_more_components_than_there_are() -> None:
    with pytest.raises(EngineError, match="at most 3"):
        classical.pca(np.ones((4, 3)), 4)
