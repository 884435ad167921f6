"""The arrays of transformers, as a list of shapes: what witnesses count."""

from partialcredit.problems._counting import entries

__all__ = ["attention", "block", "gated_block", "held", "mlp", "norm"]


def held(shapes):
    """The entries of all arrays together."""
    return sum(entries(*shape) for shape in shapes)


def attention(d):
    """Queries, keys and values stacked, the output, and their biases."""
    return [(3 * d, d), (3 * d,), (d, d), (d,)]


def mlp(d, f):
    """Two linear layers."""
    return [(f, d), (f,), (d, f), (d,)]


def norm(d):
    """A scale and a shift."""
    return [(d,), (d,)]


def block(d, f):
    """One layer of a transformer, as torch.nn.TransformerEncoderLayer holds it."""
    return [*attention(d), *mlp(d, f), *norm(d), *norm(d)]


def gated_block(d, f):
    """Four projections, three matrices of the network, two scales."""
    return [*[(d, d)] * 4, *[(f, d)] * 2, (d, f), (d,), (d,)]
