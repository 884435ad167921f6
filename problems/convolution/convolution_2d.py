"""Convolution and cross-correlation of an image.

Trap: flipping the kernel or not, along one axis only, leaving out the stride or a channel.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.4 to 9.6.
Source: S2-13, S2-14, S2-16, S4-27, S4-28.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Grid
from partialcredit.grading import Integer
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import convolution as conv

family = Family(
    conventions=[
        "cross-correlation slides the kernel as it is written; convolution first rotates it by "
        "180 degrees, reversing both rows and columns",
        "{% if P %}padding puts one row or column of zeros on every side of the image"
        "{% else %}without padding, windows lie entirely on the image{% endif %}",
        "rows and columns are counted from 1",
        "{% if level == 'hard' %}the results of the two channels are added{% endif %}",
    ]
)


@family.sample
def sample(draw):
    S, P = draw.by_level((1, 0), draw.choice([(2, 1), (2, 1), (1, 0), (2, 0)]), (1, 0))
    side = draw.choice(draw.by_level([3], [2, 3], [2, 3]))
    # at least two windows along each axis: a single row and a column would read the same
    height = 5 if (S, P) == (2, 0) else draw.integer(4, 5)
    size = draw.by_level((4, 4), (height, 5), (4, 4))
    low, high = draw.by_level((0, 1), (-2, 3), (-2, 3))
    channels = draw.by_level(1, 1, 2)
    image = tuple(draw.matrix(*size, low, high) for _ in range(channels))
    kernel = tuple(weights(draw, side) for _ in range(channels))
    rows, columns = ((n + 2 * P - side) // S + 1 for n in size)
    drawn = {
        "image": image,
        "kernel": kernel,
        "S": S,
        "P": P,
        "row": draw.integer(1, rows),
        "column": draw.integer(1, columns),
    }
    return drawn | draw.by_level({}, {}, hole(draw, kernel[0]))


def weights(draw, side):
    """A kernel, never all zeros."""
    low, high = draw.by_level((-1, 1), (-2, 2), (-1, 2))
    first, *others = draw.matrix(side, side, low, high)
    return ((draw.nonzero(low, high), *first[1:]), *others)


def hole(draw, kernel):
    """A window with one entry lost, and the result that tells it."""
    patch = draw.matrix(len(kernel), len(kernel), -2, 4)
    value = conv.correlate2d([patch], [kernel])[0][0]
    weighted = [(m, n, w) for m, row in enumerate(kernel) for n, w in enumerate(row) if w]
    telling = [(m, n) for m, n, w in weighted if w * patch[m][n] != value]
    m, n = draw.choice(telling or [place[:2] for place in weighted])
    seen = [list(row) for row in patch]
    seen[m][n] = "?"
    return {"patch": seen, "value": value}


@family.condition
def _(entry):
    return entry != 0


@family.condition
def _(image, kernel):
    lines = [*image, kernel[0]]
    return all(any(map(any, rows)) for rows in lines) and kernel[0] != conv.flip2d(kernel[0])


@family.derive
def slid(image, S, P):
    """What a filter makes of the image."""
    return lambda kernel: conv.correlate2d(image, kernel, stride=S, padding=P)


@family.derive
def first_channel(image, kernel, S, P):
    if len(image) == 1:
        return None
    return conv.correlate2d(image[:1], kernel[:1], stride=S, padding=P)


@family.derive
def padded(image, P):
    return [conv.padded2d(channel, P) for channel in image]


@family.derive
def turned(kernel):
    return [*map(conv.flip2d, kernel)]


@family.run
def layer(image, kernel, S, P):
    y = engine.functional.conv2d(tensor([image]), tensor([kernel]), stride=S, padding=P)
    return y.data[0, 0]


@family.part(Integer())
def entry(slid, kernel, row, column):
    return slid(kernel)[row - 1][column - 1]


def at(output, row, column):
    """The entry in this row and column, from 0; None where there is none."""
    return output[row][column] if row < len(output) and column < len(output[0]) else None


entry.slips = rows(
    ("turned the kernel", "Convolution turns the kernel first, cross-correlation does not.",
     lambda convolution, row, column: convolution[row - 1][column - 1]),
    ("row and column exchanged", "The first index counts rows, the second columns.",
     lambda output, row, column: at(output, column - 1, row - 1)),
    ("counted from 0", "Rows and columns are counted from 1 here.",
     lambda output, row, column: at(output, row, column)),
    ("first channel only", "Add the results of all channels.",
     lambda first_channel, row, column: first_channel and first_channel[row - 1][column - 1]),
)  # fmt: skip
entry.witness(lambda layer, row, column: int(layer[row - 1, column - 1]))


@family.part(lambda output: shaped(output), marks=2)
def output(slid, kernel):
    return slid(kernel)


HOLLOW = ((1, 1, 1), (1, 0, 1), (1, 1, 1))

output.slips = rows(
    ("turned the kernel", "Convolution turns the kernel first, cross-correlation does not.",
     lambda convolution: convolution),
    ("rows and columns exchanged", "Write the windows of one row in one row.",
     lambda output: columns(output)),
    ("stride ignored", "Windows start S rows and S columns apart.",
     lambda image, kernel, S, P: conv.correlate2d(image, kernel, padding=P) if S > 1 else None),
    ("padding ignored", "Put the zeros around the image first.",
     lambda image, kernel, S, P: conv.correlate2d(image, kernel, stride=S) if P else None),
    ("centre left out", "The kernel's centre has a weight, too.",
     lambda slid, kernel: slid([k * HOLLOW for k in kernel]) if len(kernel[0]) == 3 else None),
    ("lost the signs", "Mind the minus signs of the kernel.",
     lambda slid, kernel: slid(abs(kernel))),
    ("first channel only", "Add the results of all channels.", lambda first_channel: first_channel),
    ("transposed the kernel", "Rows of the kernel meet rows of the image.",
     lambda slid, kernel: slid([*map(columns, kernel)])),
)  # fmt: skip
output.witness(lambda layer: layer)


@family.part(lambda convolution: shaped(convolution), marks=2)
def convolution(slid, turned):
    return slid(turned)


convolution.slips = rows(
    ("did not turn the kernel", "Convolution turns the kernel first, cross-correlation does not.",
     lambda output: output),
    ("reversed the rows only", "Reverse the order of the columns, too.",
     lambda slid, kernel: slid([k[::-1] for k in kernel])),
    ("reversed the columns only", "Reverse the order of the rows, too.",
     lambda slid, kernel: slid([[row[::-1] for row in k] for k in kernel])),
    ("transposed the kernel", "Turning by 180 degrees reverses rows and columns.",
     lambda slid, kernel: slid([*map(columns, kernel)])),
    ("padding ignored", "Put the zeros around the image first.",
     lambda image, turned, S, P: conv.correlate2d(image, turned, stride=S) if P else None),
    ("stride ignored", "Windows start S rows and S columns apart.",
     lambda image, turned, S, P: conv.correlate2d(image, turned, padding=P) if S > 1 else None),
    ("turned the answer", "Turn the kernel, not the result.", lambda output: conv.flip2d(output)),
    ("lost the signs", "Mind the minus signs of the kernel.",
     lambda slid, turned: slid(abs(turned))),
)  # fmt: skip


@convolution.witness
def _(image, kernel, S, P):
    side, height, width = len(kernel[0]), len(image[0]) + 2 * P, len(image[0][0]) + 2 * P
    total = np.zeros(height * width)
    for channel, turning in zip(image, kernel, strict=True):
        x, w = np.zeros((height, width)), np.zeros((side, width))
        x[P : height - P, P : width - P], w[:, :side] = channel, turning
        total += np.convolve(x.ravel(), w.ravel())[: total.size]  # row after row, as one signal
    return total.reshape(height, width)[side - 1 :: S, side - 1 :: S]


@family.part(Integer(), marks=2, levels=["hard"])
def missing(patch, kernel, value):
    return int(conv.missing_entry(patch, kernel[0], value))


def turned_the_kernel(patch, kernel, value):
    try:
        found = conv.missing_entry(patch, conv.flip2d(kernel[0]), value)
    except ZeroDivisionError:
        return None
    return int(found) if found.denominator == 1 else None


missing.slips = rows(
    ("the others forgotten", "Subtract what the known entries contribute first.",
     lambda value: value),
    ("sign lost", "Subtract the known part from the result, not the other way round.",
     lambda missing: -missing),
    ("turned the kernel", "Convolution turns the kernel first, cross-correlation does not.",
     turned_the_kernel),
)  # fmt: skip


@missing.witness
def _(patch, kernel, value):
    lost = np.array([[v == "?" for v in row] for row in patch])
    known = np.array([[0 if v == "?" else v for v in row] for row in patch])
    guesses = np.arange(-9, 10)
    results = ((known + guesses[:, None, None] * lost) * np.array(kernel[0])).sum(axis=(1, 2))
    return guesses[results == value].item()


@family.working
def _(padded, kernel, S, row, column):
    side, top, left = len(kernel[0]), (row - 1) * S, (column - 1) * S
    windows = [[line[left : left + side] for line in rows[top : top + side]] for rows in padded]
    return {
        "windows": windows,
        "sums": [conv.correlate2d([x], [w])[0][0] for x, w in zip(windows, kernel, strict=True)],
    }


@family.figure
def _(padded, kernel, S, P, row, column):
    side, top, left = len(kernel[0]), (row - 1) * S, (column - 1) * S
    return [
        Grid(
            alt=f"Channel {i} {'with its zeros ' if P else ''}and, framed, the window of "
            f"{side} rows from row {top + 1} and {side} columns from column {left + 1}.",
            cells=tuple(tuple(map(str, line)) for line in channel),
            window=(top, left, side, side),
        )
        for i, channel in enumerate(padded, 1)
    ]
