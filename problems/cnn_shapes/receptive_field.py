"""Receptive field of a stack of layers.

Trap: adding the kernel sizes, ignoring strides, applying a layer's stride to its own kernel.
Reference: Araujo, Norris and Sim (2019), equations 1 and 2.
Source: S0-95, S2-18, S1-126, S1-138.
"""

from fractions import Fraction
from itertools import accumulate
from math import prod
from operator import mul

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer
from partialcredit.solvers import receptive

family = Family(
    conventions=[
        "all windows are square, and sizes are counted in input pixels along one axis",
        "{% if level == 'hard' %}a padding of $P$ adds $P$ rows or columns of zeros on every side"
        "{% endif %}",
        "{% if level == 'hard' %}a receptive field reaches from the first to the last pixel seen, "
        "gaps left by dilation included{% endif %}",
    ]
)


def convolution(draw):
    """A layer (kernel_size, stride, padding, dilation) of the hard level."""
    kernel, dilation = draw.choice([(3, 1), (3, 2), (3, 3), (5, 1), (5, 2)])
    return (kernel, draw.choice([1, 1, 2, 3]), draw.integer(0, 2), dilation)


@family.sample
def sample(draw):
    plain = [(draw.choice([3, 5, 7]), 1, 0, 1) for _ in range(4)]
    pools = [(*draw.choice([(2, 2), (3, 2), (3, 3), (4, 3), (4, 4)]), 0, 1) for _ in range(2)]
    mixed = [plain[0], pools[0], plain[1], pools[1], plain[2]]
    striding = (draw.choice([3, 5, 7]), draw.integer(2, 4), draw.integer(0, 2), 1)
    return {
        "stack": draw.by_level(
            plain[: draw.integer(3, 4)],
            mixed[: draw.integer(3, 5)],
            [striding, *(convolution(draw) for _ in range(draw.integer(2, 3)))],
        ),
        "kernel": draw.choice([3, 4, 5, 7]),
        "target": draw.integer(*draw.by_level((12, 70), (20, 80), (40, 90))),
    }


@family.derive
def jumps(stack):
    """By how many input pixels neighbouring outputs of every layer lie apart."""
    return tuple(accumulate((stride for _k, stride, _p, _d in stack), mul))


@family.run
def traced(stack):
    """The field of the stack, its outputs traced back to the inputs they read."""
    return engine.receptive_field([engine.MaxPool2d(*layer) for layer in stack])


@family.part(Integer(), marks=2)
def size(stack):
    return receptive.receptive_field(stack)


size.slips = rows(
    ("kernels added", "Neighbouring windows overlap: a layer adds one less than its kernel.",
     lambda stack: sum(kernel for kernel, *_rest in stack)),
    ("strides ignored", "After a stride, one step of a later layer is several pixels.",
     lambda stack: receptive.receptive_field([(k, 1, p, d) for k, _s, p, d in stack])),
    ("own stride applied", "A layer's stride spreads the layers after it, not its own window.",
     lambda stack, jumps:
         1 + sum(d * (k - 1) * jump for (k, _s, _p, d), jump in zip(stack, jumps, strict=True))),
    ("dilation ignored", "A dilated window spans D(F - 1) + 1 values.",
     lambda stack: receptive.receptive_field([(k, s, p, 1) for k, s, p, _d in stack])),
    ("kernels multiplied", "Each layer adds to the field; it does not multiply it.",
     lambda stack: prod(kernel for kernel, *_rest in stack)),
    ("last kernel only", "That is what it sees of the layer before, not of the input.",
     lambda stack: stack[-1][0]),
    ("one too few", "The first pixel counts, too.", lambda size: size - 1),
)  # fmt: skip
size.witness(lambda traced: traced.size)


@family.part(Integer(), levels=["medium", "hard"])
def jump(stack):
    return receptive.jump(stack)


jump.slips = rows(
    ("strides added", "A step of the last layer is made of steps before it: multiply.",
     lambda stack: sum(stride for _k, stride, *_rest in stack)),
    ("last stride only", "The strides of the earlier layers count, too.",
     lambda stack: stack[-1][1]),
    ("last stride left out", "The stride of the last layer counts, too.",
     lambda stack: prod(stride for _k, stride, *_rest in stack[:-1])),
    ("larger strides added", "Strides multiply: each moves by as many steps of the layer before.",
     lambda stack: sum(stride for _k, stride, *_rest in stack if stride > 1)),
)  # fmt: skip
jump.witness(lambda traced: traced.jump)


@family.part(Integer(), levels=["hard"], marks=2)
def start(stack):
    return receptive.start(stack)


start.slips = rows(
    ("paddings added", "A padding of a later layer stands for several input pixels.",
     lambda stack: -sum(padding for _k, _s, padding, _d in stack)),
    ("sign lost", "The padding lies before the first pixel, at negative positions.",
     lambda start: -start, Fraction(1, 2)),
    ("own stride applied", "A layer's padding is measured in steps of the layer before it.",
     lambda stack, jumps:
         -sum(p * jump for (_k, _s, p, _d), jump in zip(stack, jumps, strict=True))),
)  # fmt: skip
start.witness(lambda traced: traced.start)


@family.part(Integer())
def layers_needed(target, kernel):
    return receptive.layers_needed(target, kernel)


layers_needed.slips = rows(
    ("divided by the kernel", "A layer adds one less than its kernel size.",
     lambda target, kernel: -(-target // kernel)),
    ("the first pixel forgotten", "The field is one pixel wide before any layer.",
     lambda target, kernel: -(-target // (kernel - 1))),
    ("rounded down", "Then the field is still too small: round up.",
     lambda target, kernel: (target - 1) // (kernel - 1)),
)  # fmt: skip


@layers_needed.witness
def _(target, kernel):
    seen, layers = np.ones(1), 0
    while np.count_nonzero(seen) < target:
        seen, layers = np.convolve(seen, np.full(kernel, 1 / kernel)), layers + 1
    return layers


@family.working
def _(stack):
    return {"steps": ((1, 1, 0), *receptive.steps(stack))}
