"""Gradients of a linear autoencoder.

Trap: one path of tied weights only, the factor of the loss, singular values kept not discarded.
Reference: Baldi and Hornik (1989), "Neural networks and principal component analysis".
Source: S0-39.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import backprop, linear_networks

family = Family(
    version=3,
    conventions=[
        r"the loss is $L = \frac{1}{2} \lVert \mathbf{z} - \mathbf{x} \rVert^2$",
        "gradients have the shape of what they belong to",
    ],
    hidden=["V"],
)


@family.sample
def sample(draw):
    codes, inputs = draw.by_level((1, 2), (2, 3), (2, 3))

    def weights(rows, count):
        return [[draw.nonzero(-2, 3) for _ in range(count)] for _ in range(rows)]

    W = weights(codes, inputs)
    return {
        "W": W,
        "V": columns(W) if draw.level == "hard" else weights(inputs, codes),
        "x": [draw.nonzero(-4, 5) for _ in range(inputs)],
        "tied": draw.level == "hard",
    } | draw.by_level(
        {},
        {},
        {
            "singular": sorted(draw.integers(draw.integer(4, 5), 1, 12, distinct=True))[::-1],
            "k": draw.integer(1, 3),
        },
    )


@family.condition
def _(error):
    return all(error)


@family.run
def tape(W, V, x, tied):
    """The engine's autoencoder: code, error, loss, and the gradients by its weights."""
    weights, inputs = tensor(W, requires_grad=True), tensor(x)
    back = weights.T if tied else tensor(V, requires_grad=True)
    code = weights @ inputs
    error = back @ code - inputs
    loss = (error * error).sum() / 2
    return [code.data, error.data, loss.data, *(g.data for g in engine.grad(loss, [weights, back]))]


@family.part(lambda code: shaped(code))
def code(W, x):
    return backprop.affine(W, x)


code.slips = rows(
    ("inputs added", "Every input is multiplied by its weight.", lambda W, x: [sum(x)] * len(W)),
    ("sign lost", "Multiply with the signs of the weights.",
     lambda W, x: backprop.affine(abs(W), x)),
)  # fmt: skip
code.witness(lambda tape: tape[0])


@family.part(lambda x: shaped(x))
def error(V, x, code):
    return backprop.affine(V, code) - x


error.slips = rows(
    ("reconstruction", "That is z; subtract x.", lambda V, code: backprop.affine(V, code)),
    ("wrong sign", "The error is z - x.", lambda error: -error),
)  # fmt: skip
error.witness(lambda tape: tape[1])


@family.part(Real())
def loss(error):
    return linear_networks.half_squared_error(error)


loss.slips = rows(
    ("factor 1/2 left out", "This loss has the factor 1/2.", lambda loss: 2 * loss),
    ("mean", "The squares are added, not averaged.", lambda loss, error: 2 * loss / len(error)),
    ("not squared", "The loss adds squares.", lambda error: rational(1, 2) * sum(abs(error))),
)  # fmt: skip
loss.witness(lambda tape: tape[2])


@family.part(Real(digits=3), levels=[])  # asked by older papers
def ratio(image, size):
    height, width, channels = image
    return rational(height * width * channels, size)


ratio.slips = rows(
    ("channels left out", "Every channel of the image counts.",
     lambda image, size: rational(image[0] * image[1], size) if image[2] > 1 else None),
    ("inverse", "The ratio says how many numbers of the input one of the code replaces.",
     lambda ratio: 1 / ratio),
)  # fmt: skip
ratio.witness(lambda image, size: np.zeros(image).size / np.zeros(size).size)


@family.part(lambda V: shaped(V), levels=["easy", "medium"])
def decoder(error, code):
    return backprop.outer(error, code)


decoder.slips = rows(
    ("transposed", "Rows belong to the outputs of the layer.", lambda decoder: columns(decoder)),
    ("factor 2", "The 2 of the square cancels with the 1/2.", lambda decoder: 2 * decoder),
    ("input for code", "The decoder is given the code, not the input.",
     lambda error, x: backprop.outer(error, x)),
    ("wrong sign", "The error is the reconstruction minus the input.", lambda decoder: -decoder),
    ("reconstruction for error", "The gradient begins with the error.",
     lambda x, error, code: backprop.outer(error + x, code)),
)  # fmt: skip
decoder.witness(lambda tape: tape[4])


@family.part(lambda W: shaped(W), levels=["medium"], marks=2)
def encoder(V, x, error):
    return backprop.outer(backprop.through_weights(V, error), x)


encoder.slips = rows(
    ("factor 2", "The 2 of the square cancels with the 1/2.", lambda encoder: 2 * encoder),
    ("decoder left out", "The error goes back through the decoder: multiply by V^T.",
     lambda W, x, error: backprop.outer(error[: len(W)], x)),
    ("encoder for decoder", "The error goes back through the decoder, not through W.",
     lambda W, x, error: backprop.outer(backprop.affine(W, error), x)),
    ("input for error", "The error, not the input, goes back through the decoder.",
     lambda V, x: backprop.outer(backprop.through_weights(V, x), x)),
    ("transposed", "Rows belong to the code's units.", lambda encoder: columns(encoder)),
    ("error for input", "Each weight of the encoder has its input as a factor.",
     lambda V, error: backprop.outer(backprop.through_weights(V, error), error)),
)  # fmt: skip
encoder.witness(lambda tape: tape[3])


@family.part(lambda W: shaped(W), levels=["hard"], marks=3)
def gradient(W, x, code, error):
    return linear_networks.tied_gradient(W, x, code, error)


gradient.slips = rows(
    ("decoder only", "The encoder uses the same weights: add its path.",
     lambda code, error: backprop.outer(code, error)),
    ("encoder only", "The decoder uses the same weights: add its path.",
     lambda W, x, error: backprop.outer(backprop.affine(W, error), x)),
    ("factor 2", "The 2 of the square cancels with the 1/2.", lambda gradient: 2 * gradient),
)  # fmt: skip
gradient.witness(lambda tape: tape[3])


@family.part(Real(), levels=["hard"])
def best(singular, k):
    return linear_networks.discarded_energy(singular, k)


best.slips = rows(
    ("kept instead of discarded", "The error is what the largest ones do not explain.",
     lambda singular, best: linear_networks.discarded_energy(singular, 0) - best),
    ("not squared", "The squared error adds the squares of the singular values.",
     lambda singular, k: sum(singular[k:])),
    ("one too few discarded", "As many singular values are kept as there are hidden units.",
     lambda singular, k: linear_networks.discarded_energy(singular, k + 1)),
)  # fmt: skip


@best.witness
def _(singular, k):
    """The data matrix, turned, is decomposed and put together from its largest parts."""
    turn, _upper = np.linalg.qr(np.vander(np.arange(1.0, len(singular) + 1)))
    data = turn * np.array(singular) @ turn[::-1].T
    u, s, vt = np.linalg.svd(data)
    return np.sum((data - u[:, :k] * s[:k] @ vt[:k]) ** 2)


@family.working
def _(V, code, error):
    return {
        "z": backprop.affine(V, code),
        "squares": error * error,
        "back": backprop.through_weights(V, error),
    }
