"""A layer before batch normalisation, as the engine runs it, and claims about the two."""

from functools import cache
from types import SimpleNamespace

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import linear

__all__ = ["CLAIMS", "OUT", "SAMPLE", "holds", "run"]

#: A batch, and gradients by the normalised values.
SAMPLE = ((1.0, 2.0), (-1.0, 0.5), (3.0, -2.0), (0.0, 4.0))
OUT = (1.0, -2.0, 0.5, 3.0)


def run(X, w, b, g=None):
    """The engine's layers: the values, the normalised ones, and the gradients by w and b."""
    weight, bias = (engine.Tensor(v, dtype="float64", requires_grad=True) for v in ([list(w)], [b]))
    u = linear(engine.Tensor(X, dtype="float64"), weight, bias)
    y = engine.BatchNorm1d(1, eps=0.0, dtype="float64")(u)
    found = SimpleNamespace(values=u.data[:, 0], normalised=y.data[:, 0])
    if g is not None:
        (y[:, 0] * np.array(g, dtype=float)).sum().backward()
        found.by_w, found.by_b = weight.grad[0], bias.grad
    return found


def normalised(w=(1.0, 2.0), b=1.0, X=SAMPLE):
    return run(X, w, b).normalised


def slopes(w=(1.0, 2.0)):
    return run(SAMPLE, w, 1.0, OUT)


def trained():
    bn = engine.BatchNorm1d(1, eps=0.0, dtype="float64")
    bn(engine.Tensor(np.array([[1.0], [4.0], [2.0]])))
    return bn.eval()


def spread_of_means(size):
    """The standard deviation of the means of batches, all batches of two values -1 and 1."""
    return engine.sign_sequences(size).mean(axis=0).std()


#: A sentence, whether it is true, and what the engine shows of it.
CLAIMS = (
    (
        r"Adding the same number to every $u_i$ leaves all $\hat{u}_i$ as they are.",
        True,
        lambda: np.allclose(normalised(b=7.0), normalised()),
    ),
    (
        r"Doubling $\mathbf{w}$ and $b$ doubles all $\hat{u}_i$.",
        False,
        lambda: np.allclose(normalised((2.0, 4.0), 2.0), 2 * normalised()),
    ),
    (
        r"Multiplying $\mathbf{w}$ and $b$ by $-1$ leaves all $\hat{u}_i$ as they are.",
        False,
        lambda: np.allclose(normalised((-1.0, -2.0), -1.0), normalised()),
    ),
    (
        r"For every loss the gradient with respect to $b$ is 0.",
        True,
        lambda: np.allclose(slopes().by_b, 0),
    ),
    (
        r"For every loss the gradient with respect to $\mathbf{w}$ is orthogonal to $\mathbf{w}$.",
        True,
        lambda: np.allclose(slopes().by_w @ [1.0, 2.0], 0),
    ),
    (
        r"Doubling $\mathbf{w}$ doubles the gradient with respect to $\mathbf{w}$.",
        False,
        lambda: np.allclose(slopes((2.0, 4.0)).by_w, 2 * slopes().by_w),
    ),
    (
        r"In training, $\hat{u}_1$ depends on the other examples of the batch.",
        True,
        lambda: not np.allclose(normalised(X=SAMPLE[:3])[0], normalised()[0]),
    ),
    (
        "At test time, with running statistics, the output for an example depends on the others.",
        False,
        lambda: (
            not np.allclose(
                trained()(engine.Tensor(np.array([[3.0]]))).data[0],
                trained()(engine.Tensor(np.array([[3.0], [9.0]]))).data[0],
            )
        ),
    ),
    (
        "The smaller the batches, the more their means differ from batch to batch.",
        True,
        lambda: spread_of_means(2) > spread_of_means(8),
    ),
    (
        "The smaller the batches, the less noise batch normalisation adds to the training.",
        False,
        lambda: spread_of_means(2) < spread_of_means(8),
    ),
)


@cache
def holds(i):
    return bool(CLAIMS[i][2]())
