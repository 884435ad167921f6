"""Receptive field of a stack of layers.

Trap: adding the kernel sizes, ignoring strides, applying a layer's stride to its own kernel.
Reference: Araujo, Norris and Sim (2019), equations 1 and 2.
Source: S0-95, S2-18, S1-126, S1-138.
"""

from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
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


@family.part(Integer(), marks=2)
def size(stack):
    return receptive.receptive_field(stack)


@family.part(Integer(), levels=["medium", "hard"])
def jump(stack):
    return receptive.jump(stack)


@family.part(Integer(), levels=["hard"], marks=2)
def start(stack):
    return receptive.start(stack)


@family.part(Integer())
def layers_needed(target, kernel):
    return receptive.layers_needed(target, kernel)


@size.mistake(
    "kernels added", "Neighbouring windows overlap: a layer adds one less than its kernel."
)
def _(stack):
    return sum(kernel for kernel, *_rest in stack)


@size.mistake("strides ignored", "After a stride, one step of a later layer is several pixels.")
def _(stack):
    return receptive.receptive_field([(k, 1, p, d) for k, _s, p, d in stack])


@size.mistake(
    "own stride applied", "A layer's stride spreads the layers after it, not its own window."
)
def _(stack):
    strides = [s for _k, s, _p, _d in stack]
    return 1 + sum(d * (k - 1) * prod(strides[: i + 1]) for i, (k, _s, _p, d) in enumerate(stack))


@size.mistake("dilation ignored", "A dilated window spans D(F - 1) + 1 values.")
def _(stack):
    return receptive.receptive_field([(k, s, p, 1) for k, s, p, _d in stack])


@size.mistake("kernels multiplied", "Each layer adds to the field; it does not multiply it.")
def _(stack):
    return prod(kernel for kernel, *_rest in stack)


@size.mistake("last kernel only", "That is what it sees of the layer before, not of the input.")
def _(stack):
    return stack[-1][0]


@jump.mistake("strides added", "A step of the last layer is made of steps before it: multiply.")
def _(stack):
    return sum(stride for _k, stride, *_rest in stack)


@jump.mistake("last stride only", "The strides of the earlier layers count, too.")
def _(stack):
    return stack[-1][1]


@start.mistake("paddings added", "A padding of a later layer stands for several input pixels.")
def _(stack):
    return -sum(padding for _k, _s, padding, _d in stack)


@start.mistake("sign lost", "The padding lies before the first pixel, at negative positions.")
def _(start):
    return -start


@start.mistake(
    "own stride applied", "A layer's padding is measured in steps of the layer before it."
)
def _(stack):
    strides = [s for _k, s, _p, _d in stack]
    return -sum(p * prod(strides[: i + 1]) for i, (_k, _s, p, _d) in enumerate(stack))


@layers_needed.mistake("divided by the kernel", "A layer adds one less than its kernel size.")
def _(target, kernel):
    return -(-target // kernel)


@layers_needed.mistake("the first pixel forgotten", "The field is one pixel wide before any layer.")
def _(target, kernel):
    return -(-target // (kernel - 1))


@layers_needed.mistake("rounded down", "Then the field is still too small: round up.")
def _(target, kernel):
    return (target - 1) // (kernel - 1)


def traced(stack):
    """The field of the stack, its outputs traced back to the inputs they read."""
    return engine.receptive_field([engine.MaxPool2d(*layer) for layer in stack])


@size.witness
def _(stack):
    return traced(stack).size


@jump.witness
def _(stack):
    return traced(stack).jump


@start.witness
def _(stack):
    return traced(stack).start


@layers_needed.witness
def _(target, kernel):
    seen, layers = np.ones(1), 0
    while np.count_nonzero(seen) < target:
        seen, layers = np.convolve(seen, np.full(kernel, 1 / kernel)), layers + 1
    return layers


@family.working
def _(stack):
    return {"steps": ((1, 1, 0), *receptive.steps(stack))}
