"""PyTorch as the oracle: the same call on both sides, in float64."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine import Tensor

torch = pytest.importorskip("torch", reason="the oracle tests need the extra 'oracle'")
torch.set_num_threads(1)
TOLERANCE = 1e-8


def leaves(*arrays):
    """The same values as leaves of both libraries."""
    ours = [Tensor(a.copy(), requires_grad=True) for a in arrays]
    theirs = [torch.tensor(a, requires_grad=True) for a in arrays]
    return ours, theirs


def agree(ours, theirs, rng):
    """Compare two results, then the gradients of all leaves under one random weighting."""
    (y, inputs), (z, others) = ours, theirs
    np.testing.assert_allclose(y.data, z.detach().numpy(), rtol=TOLERANCE, atol=TOLERANCE)
    g = rng.normal(size=y.shape)
    y.backward(g)
    z.backward(torch.tensor(g))
    for x, t in zip(inputs, others, strict=True):
        assert x.grad.shape == x.shape
        np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=TOLERANCE, atol=TOLERANCE)
