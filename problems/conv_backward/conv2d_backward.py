"""Backward pass of a two-dimensional convolution.

Trap: turning the gradient of the kernel, not turning the kernel on the way to the image.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.11 and 9.13.
Source: S2-17, S4-41.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer
from partialcredit.solvers import conv_gradients as backward
from partialcredit.solvers import convolution as conv

family = Family(
    conventions=[
        "the layer cross-correlates: the kernel is not rotated; there is no padding",
        "{% if level == 'hard' %}the results of the two channels are added{% endif %}",
    ]
)


@family.sample
def sample(draw):
    side, k, S = draw.by_level(
        (3, 2, 1),
        draw.choice([(3, 2, 1), (4, 3, 1), (4, 2, 1)]),
        draw.choice([(3, 2, 1), (5, 3, 2)]),
    )
    outputs = (side - k) // S + 1
    channels = draw.by_level(1, 1, 2)
    return {
        "image": [draw.matrix(side, side, -2, 3) for _ in range(channels)],
        "kernel": [draw.matrix(k, k, -2, 3) for _ in range(channels)],
        "D": draw.matrix(outputs, outputs, -2, 3),
        "S": S,
    }


@family.condition
def _(image, kernel, D):
    plain = all(map(any, D)) and all(map(any, zip(*D, strict=True)))
    turns = all(rows != conv.flip2d(rows) for rows in (D, *kernel))
    return plain and turns and all(any(map(any, channel)) for channel in image)


def square(rows):
    """The kind of a matrix of integers."""
    return Array(shape=(len(rows), len(rows[0])))


def by_kernel(channel, upstream, kernel, S):
    return backward.kernel_gradient(channel, upstream, len(kernel[0]), stride=S)


def by_image(kernel, upstream, image, S):
    return backward.image_gradient(kernel, upstream, image[0], stride=S)


@family.part(lambda kernel: square(kernel[0]), marks=2)
def weights(image, kernel, D, S):
    return by_kernel(image[-1], D, kernel, S)


def one_window_only(image, kernel, D):
    side = len(kernel[0])
    return tuple(tuple(D[0][0] * v for v in row[:side]) for row in image[-1][:side])


def gradients_added_first(image, kernel, D):
    side, total = len(kernel[0]), sum(map(sum, D))
    return tuple(tuple(total * v for v in row[:side]) for row in image[-1][:side])


weights.slips = rows(
    ("upstream gradient turned", "The window at the top left belongs to the first entry of D.",
     lambda image, kernel, D, S: by_kernel(image[-1], conv.flip2d(D), kernel, S)),
    ("gradient turned", "The kernel is not turned, and neither is its gradient.",
     lambda weights: conv.flip2d(weights)),
    ("one window only", "All windows use the kernel: add what each contributes.", one_window_only),
    ("gradients added first", "Each upstream gradient multiplies a window of its own.",
     gradients_added_first),
    ("upstream gradient left out", "Each window counts with its upstream gradient.",
     lambda image, kernel, D, S: by_kernel(image[-1], ((1,) * len(D),) * len(D), kernel, S)),
    ("stride ignored", "The stride says how many rows or columns apart windows start.",
     lambda image, kernel, D, S: by_kernel(image[-1], D, kernel, 1) if S > 1 else None),
    ("wrong channel", "Each channel's gradient comes from that channel of the image.",
     lambda image, kernel, D, S: by_kernel(image[0], D, kernel, S) if len(image) > 1 else None),
)  # fmt: skip
weights.witness(lambda image, kernel, D, S: run(image, kernel, D, S)[1][0, -1])


@family.part(Integer(), levels=["medium", "hard"])
def bias(D):
    return sum(map(sum, D))


def mean_instead_of_sum(bias, D):
    outputs = len(D) ** 2
    return bias // outputs if bias % outputs == 0 else None


bias.slips = rows(
    ("mean instead of sum", "The bias is added to every output: add the gradients.",
     mean_instead_of_sum),
    ("number of outputs", "Each output passes on its upstream gradient, not 1.",
     lambda D: len(D) ** 2),
    ("one output only", "The bias is added to every output, not to the first alone.",
     lambda D: D[0][0]),
    ("signs ignored", "Add the upstream gradients with their signs.",
     lambda D: sum(abs(d) for row in D for d in row)),
)  # fmt: skip
bias.witness(lambda image, kernel, D, S: round(run(image, kernel, D, S)[2][0]))


@family.part(lambda image: square(image[0]), marks=3, levels=["hard"])
def pixels(image, kernel, D, S):
    return by_image(kernel[0], D, image, S)


def both_channels_added(image, kernel, D, S):
    both = [by_image(k, D, image, S) for k in kernel]
    return tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(*both, strict=True))


pixels.slips = rows(
    ("kernel turned", "Each window gets the kernel back as it lay there; sliding needs the turn.",
     lambda image, kernel, D, S: by_image(conv.flip2d(kernel[0]), D, image, S)),
    ("wrong channel", "The first channel gets its gradient through the first kernel.",
     lambda image, kernel, D, S: by_image(kernel[1], D, image, S)),
    ("stride ignored", "The stride says how many rows or columns apart windows start.",
     lambda image, kernel, D, S: by_image(kernel[0], D, image, 1) if S > 1 else None),
    ("both channels added", "Each channel of the image has a gradient of its own.",
     both_channels_added),
)  # fmt: skip
pixels.witness(lambda image, kernel, D, S: run(image, kernel, D, S)[0][0, 0])


@lru_cache(maxsize=4)
def run(image, kernel, D, S):
    """The engine's gradients by image, kernel and bias."""
    leaves = [
        engine.Tensor(np.array(v, dtype=np.float64), requires_grad=True)
        for v in ([image], [kernel], [0])
    ]
    z = engine.functional.conv2d(*leaves, stride=S)
    z.backward(np.array([[D]], dtype=np.float64))
    return [leaf.grad for leaf in leaves]


@family.working
def _(image, kernel, D, S):
    side = range(len(kernel[0]))
    return {
        "terms": [
            (d, [row[S * j : S * j + len(side)] for row in image[-1][S * i : S * i + len(side)]])
            for i, line in enumerate(D)
            for j, d in enumerate(line)
        ],
        "shares": [
            (i + 1, j + 1, d, [[d * weight for weight in row] for row in kernel[0]])
            for i, line in enumerate(D)
            for j, d in enumerate(line)
        ],
    }
