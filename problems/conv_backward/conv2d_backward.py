"""Backward pass of a two-dimensional convolution.

Trap: turning the gradient of the kernel, not turning the kernel on the way to the image.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.11 and 9.13.
Source: S2-17, S4-41.
"""

import numpy as np

from partialcredit.engine.functional import conv2d
from partialcredit.family import Family, rows
from partialcredit.grading import Integer
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
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
    plain = all(map(any, D)) and all(map(any, columns(D)))
    turns = all(rows != conv.flip2d(rows) for rows in (D, *kernel))
    return plain and turns and all(any(map(any, channel)) for channel in image)


@family.derive
def corner(image, kernel):
    """The first window of the channel asked for."""
    side = len(kernel[0])
    return [row[:side] for row in image[-1][:side]]


@family.run
def gradients(image, kernel, D, S):
    """The engine's gradients by image, kernel and bias."""
    leaves = [tensor(v, requires_grad=True) for v in ([image], [kernel], [0])]
    conv2d(*leaves, stride=S).backward(np.array([[D]], dtype=float))
    return [leaf.grad for leaf in leaves]


def by_kernel(channel, upstream, kernel, S):
    return backward.kernel_gradient(channel, upstream, len(kernel[0]), stride=S)


def by_image(kernel, upstream, image, S):
    return backward.image_gradient(kernel, upstream, image[0], stride=S)


@family.part(lambda kernel: shaped(kernel[0]), marks=2)
def weights(image, kernel, D, S):
    return by_kernel(image[-1], D, kernel, S)


weights.slips = rows(
    ("upstream gradient turned", "The window at the top left belongs to the first entry of D.",
     lambda image, kernel, D, S: by_kernel(image[-1], conv.flip2d(D), kernel, S)),
    ("gradient turned", "The kernel is not turned, and neither is its gradient.",
     lambda weights: conv.flip2d(weights)),
    ("one window only", "All windows use the kernel: add what each contributes.",
     lambda corner, D: D[0][0] * corner),
    ("gradients added first", "Each upstream gradient multiplies a window of its own.",
     lambda corner, D: sum(map(sum, D)) * corner),
    ("upstream gradient left out", "Each window counts with its upstream gradient.",
     lambda image, kernel, D, S: by_kernel(image[-1], 0 * D + 1, kernel, S)),
    ("stride ignored", "The stride says how many rows or columns apart windows start.",
     lambda image, kernel, D, S: by_kernel(image[-1], D, kernel, 1) if S > 1 else None),
    ("wrong channel", "Each channel's gradient comes from that channel of the image.",
     lambda image, kernel, D, S: by_kernel(image[0], D, kernel, S) if len(image) > 1 else None),
    ("mean instead of sum", "Add what each window contributes; nothing is averaged.",
     lambda weights, D: rational(1, len(D) ** 2) * weights),
    ("lost the signs", "Mind the minus signs of the upstream gradient.",
     lambda image, kernel, D, S: by_kernel(image[-1], abs(D), kernel, S)),
)  # fmt: skip
weights.witness(lambda gradients: gradients[1][0, -1])


@family.part(Integer(), levels=["medium", "hard"])
def bias(D):
    return sum(map(sum, D))


bias.slips = rows(
    ("mean instead of sum", "The bias is added to every output: add the gradients.",
     lambda bias, D: None if bias % len(D) ** 2 else bias // len(D) ** 2),
    ("number of outputs", "Each output passes on its upstream gradient, not 1.",
     lambda D: len(D) ** 2),
    ("one output only", "The bias is added to every output, not to the first alone.",
     lambda D: D[0][0]),
    ("signs ignored", "Add the upstream gradients with their signs.",
     lambda D: sum(map(sum, abs(D)))),
)  # fmt: skip
bias.witness(lambda gradients: round(gradients[2][0]))


@family.part(lambda image: shaped(image[0]), marks=3, levels=["hard"])
def pixels(image, kernel, D, S):
    return by_image(kernel[0], D, image, S)


pixels.slips = rows(
    ("kernel turned", "Each window gets the kernel back as it lay there; sliding needs the turn.",
     lambda image, kernel, D, S: by_image(conv.flip2d(kernel[0]), D, image, S)),
    ("wrong channel", "The first channel gets its gradient through the first kernel.",
     lambda image, kernel, D, S: by_image(kernel[1], D, image, S)),
    ("stride ignored", "The stride says how many rows or columns apart windows start.",
     lambda image, kernel, D, S: by_image(kernel[0], D, image, 1) if S > 1 else None),
    ("both channels added", "Each channel of the image has a gradient of its own.",
     lambda pixels, image, kernel, D, S: pixels + by_image(kernel[1], D, image, S)),
)  # fmt: skip
pixels.witness(lambda gradients: gradients[0][0, 0])


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
            (i + 1, j + 1, d, d * kernel[0]) for i, line in enumerate(D) for j, d in enumerate(line)
        ],
    }
