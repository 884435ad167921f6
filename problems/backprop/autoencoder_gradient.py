"""Gradients of a linear autoencoder.

Trap: one path of tied weights only, the factor of the loss, singular values kept not discarded.
Reference: Baldi and Hornik (1989), "Neural networks and principal component analysis".
Source: S0-39.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Real
from partialcredit.solvers import backprop, linear_networks

family = Family(
    conventions=[
        r"the loss is $L = \frac{1}{2} \lVert \mathbf{z} - \mathbf{x} \rVert^2$",
        "gradients have the shape of what they belong to",
    ],
    hidden=["V"],
)


@family.sample
def sample(draw):
    codes, inputs = draw.by_level((1, 2), (2, 3), (2, 3))
    W = tuple(tuple(draw.nonzero(-2, 3) for _ in range(inputs)) for _ in range(codes))
    return {
        "W": W,
        "V": backprop.transpose(W)
        if draw.level == "hard"
        else tuple(tuple(draw.nonzero(-2, 3) for _ in range(codes)) for _ in range(inputs)),
        "x": [draw.nonzero(-4, 5) for _ in range(inputs)],
        "tied": draw.level == "hard",
    } | draw.by_level(
        {"image": (*[draw.integer(8, 64)] * 2, draw.choice([1, 3])), "size": draw.integer(5, 100)},
        {},
        {
            "singular": sorted(draw.integers(draw.integer(4, 5), 1, 12, distinct=True))[::-1],
            "k": draw.integer(1, 3),
        },
    )


@family.condition
def _(error):
    return all(error)


def vector(values):
    return Array(shape=(len(values),))


@family.part(lambda W: vector(W))
def code(W, x):
    return backprop.affine(W, x)


@family.part(lambda x: vector(x))
def error(V, x, code):
    return tuple(z - t for z, t in zip(backprop.affine(V, code), x, strict=True))


@family.part(Real(digits=4))
def loss(error):
    return linear_networks.half_squared_error(error)


@family.part(Real(digits=4), levels=["easy"])
def ratio(image, size):
    height, width, channels = image
    return Fraction(height * width * channels, size)


@family.part(lambda V: Array(shape=(len(V), len(V[0])), digits=4), levels=["medium"])
def decoder(error, code):
    return backprop.outer(error, code)


@family.part(lambda W: Array(shape=(len(W), len(W[0])), digits=4), levels=["medium"], marks=2)
def encoder(V, x, error):
    return backprop.outer(backprop.through_weights(V, error), x)


@family.part(lambda W: Array(shape=(len(W), len(W[0])), digits=4), levels=["hard"], marks=3)
def gradient(W, x, code, error):
    return linear_networks.tied_gradient(W, x, code, error)


@family.part(Real(digits=4), levels=["hard"])
def best(singular, k):
    return linear_networks.discarded_energy(singular, k)


@code.mistake("inputs added", "Every input is multiplied by its weight.")
def _(W, x):
    return tuple(sum(x) for _ in W)


@code.mistake("sign lost", "Multiply with the signs of the weights.")
def _(W, x):
    return backprop.affine([[abs(w) for w in row] for row in W], x)


@error.mistake("reconstruction", "That is z; subtract x.")
def _(V, code):
    return backprop.affine(V, code)


@error.mistake("wrong sign", "The error is z - x.")
def _(error):
    return tuple(-e for e in error)


@loss.mistake("factor 1/2 left out", "This loss has the factor 1/2.")
def _(loss):
    return 2 * loss


@loss.mistake("mean", "The squares are added, not averaged.")
def _(loss, error):
    return 2 * loss / len(error)


@loss.mistake("not squared", "The loss adds squares.")
def _(error):
    return Fraction(1, 2) * sum(map(abs, error))


@ratio.mistake("channels left out", "Every channel of the image counts.")
def _(image, size):
    return Fraction(image[0] * image[1], size) if image[2] > 1 else None


@ratio.mistake("inverse", "The ratio says how many numbers of the input one of the code replaces.")
def _(ratio):
    return 1 / ratio


@decoder.mistake("transposed", "Rows belong to the outputs of the layer.")
def _(decoder):
    return backprop.transpose(decoder)


@decoder.mistake("factor 2", "The 2 of the square cancels with the 1/2.")
def _(decoder):
    return tuple(tuple(2 * g for g in row) for row in decoder)


@decoder.mistake("input for code", "The decoder is given the code, not the input.")
def _(error, x):
    return backprop.outer(error, x)


@encoder.mistake("factor 2", "The 2 of the square cancels with the 1/2.")
def _(encoder):
    return tuple(tuple(2 * g for g in row) for row in encoder)


@encoder.mistake("decoder left out", "The error goes back through the decoder: multiply by V^T.")
def _(W, x, error):
    return backprop.outer(error[: len(W)], x)


@encoder.mistake("encoder for decoder", "The error goes back through the decoder, not through W.")
def _(W, x, error):
    return backprop.outer(backprop.affine(W, error), x)


@gradient.mistake("decoder only", "The encoder uses the same weights: add its path.")
def _(code, error):
    return backprop.outer(code, error)


@gradient.mistake("encoder only", "The decoder uses the same weights: add its path.")
def _(W, x, error):
    return backprop.outer(backprop.affine(W, error), x)


@gradient.mistake("factor 2", "The 2 of the square cancels with the 1/2.")
def _(gradient):
    return tuple(tuple(2 * g for g in row) for row in gradient)


@gradient.mistake("wrong sign", "The error is z - x.")
def _(gradient):
    return tuple(tuple(-g for g in row) for row in gradient)


@best.mistake("kept instead of discarded", "The error is what the largest ones do not explain.")
def _(singular, best):
    return linear_networks.discarded_energy(singular, 0) - best


@best.mistake("not squared", "The squared error adds the squares of the singular values.")
def _(singular, k):
    return sum(singular[k:])


@best.mistake(
    "one too few discarded", "As many singular values are kept as there are hidden units."
)
def _(singular, k):
    return linear_networks.discarded_energy(singular, k + 1)


@lru_cache(maxsize=4)
def run(W, V, x, tied):
    """The engine's autoencoder: code, error, loss, and the gradients by its weights."""
    weights, inputs = (engine.Tensor(np.array(a, dtype=float), requires_grad=True) for a in (W, x))
    back = weights.T if tied else engine.Tensor(np.array(V, dtype=float), requires_grad=True)
    code = weights @ inputs
    error = back @ code - inputs
    loss = (error * error).sum() / 2
    return [code.data, error.data, loss.data, *(g.data for g in engine.grad(loss, [weights, back]))]


@code.witness
def _(W, V, x, tied):
    return run(W, V, x, tied)[0]


@error.witness
def _(W, V, x, tied):
    return run(W, V, x, tied)[1]


@loss.witness
def _(W, V, x, tied):
    return run(W, V, x, tied)[2]


@encoder.witness
def _(W, V, x, tied):
    return run(W, V, x, tied)[3]


@gradient.witness
def _(W, V, x, tied):
    return run(W, V, x, tied)[3]


@decoder.witness
def _(W, V, x, tied):
    return run(W, V, x, tied)[4]


@ratio.witness
def _(image, size):
    return np.zeros(image).size / np.zeros(size).size


@best.witness
def _(singular, k):
    """The data matrix, turned, is decomposed and put together from its largest parts."""
    turn, _upper = np.linalg.qr(np.vander(np.arange(1.0, len(singular) + 1)))
    data = turn * [float(s) for s in singular] @ turn[::-1].T
    u, s, vt = np.linalg.svd(data)
    return np.sum((data - u[:, :k] * s[:k] @ vt[:k]) ** 2)


@family.working
def _(V, code, error):
    return {
        "z": backprop.affine(V, code),
        "squares": tuple(e * e for e in error),
        "back": backprop.through_weights(V, error),
    }
