"""What an image kernel does.

Trap: a sharpening kernel that blacks out, a brightening Laplacian, the divisor left out.
Reference: Gonzalez and Woods (2018), sections 3.4 to 3.6.
Source: S3-11, S4-29, S4-30, S4-31, S4-32, S4-33, S4-34.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Integer, Real, TrueFalse
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, freeze
from partialcredit.problems.convolution._kernels import (
    BOX,
    CENTRE,
    bent,
    blur,
    edge,
    filters,
    laplacian,
)
from partialcredit.solvers import convolution as conv
from partialcredit.solvers import kernels

family = Family(
    version=3,
    conventions=[
        "kernels slide without being rotated, windows lie entirely on the image, and outputs are "
        "not clipped",
        "{% if level == 'hard' %}a kernel is separable if it is a column times a row{% endif %}",
    ],
    hidden=["purpose", "kernel"],
)


@family.sample
def sample(draw):
    if draw.level == "hard":
        column, row = filters(draw)
        return {
            "kernel": kernels.product(column, row),
            "divisor": 1,
            "column": column,
            "row": row,
            "candidates": [bent(draw), bent(draw)],
            "size": draw.choice([3, 5, 7, 9, 11, 13, 15]),
            "first": [draw.nonzero(-3, 3), draw.integer(-3, 3), draw.nonzero(-3, 3)],
            "second": [draw.nonzero(-3, 3), draw.integer(-3, 3), draw.nonzero(-3, 3)],
            "t": rational(draw.integer(1, 12), 4),
        }
    total, divisor, purpose = draw.integer(0, 3), 1, draw.integer(0, 1)
    if total == 0:
        kernel, purpose = edge(draw), 2
    elif purpose == 0:
        kernel = total * freeze(blur(draw))
        divisor = sum(map(sum, kernel)) // total
    else:
        kernel = laplacian(draw, draw.integer(1, 4)) + total * CENTRE
    if total > 1:
        purpose += 3
    return {
        "kernel": kernel,
        "divisor": divisor,
        "purpose": purpose,
        "c": draw.integer(2, 250),
    } | draw.by_level({}, {"left": draw.integer(0, 9), "right": draw.integer(10, 40)}, {})


PURPOSES = (
    "It blurs the image and keeps its brightness.",
    "It sharpens the image and keeps its brightness.",
    "It shows edges; areas without edges become black (0).",
    "It blurs the image and makes it brighter.",
    "It sharpens the image and makes it brighter.",
)


@family.part(Integer())
def total(kernel, divisor):
    return int(kernels.coefficient_sum(kernel, divisor))


total.slips = rows(
    ("divisor left out", "Divide by the number in front of the kernel.",
     lambda kernel: sum(map(sum, kernel))),
    ("centre only", "All nine weights count.", lambda kernel: kernel[1][1]),
    ("signs ignored", "Add the weights with their signs.",
     lambda kernel: sum(map(sum, abs(kernel)))),
    ("number of weights", "The weights differ: add their values.", lambda: 9),
    ("centre left out", "The centre has a weight, too.",
     lambda kernel, divisor, total:
         None if kernel[1][1] % divisor else total - kernel[1][1] // divisor),
)  # fmt: skip
total.witness(lambda kernel, divisor: int(slid(np.ones((3, 3)), kernel)[0, 0] / divisor))


@family.part(Integer(), levels=["easy", "medium"])
def constant(total, c):
    return total * c


constant.slips = rows(
    ("centre only", "The neighbours' weights count, too.",
     lambda kernel, divisor, c:
         None if kernel[1][1] * c % divisor else kernel[1][1] * c // divisor),
    ("signs ignored", "Add the weights with their signs.",
     lambda kernel, divisor, c: sum(map(sum, abs(kernel))) * c // divisor),
    ("always black", "Only a kernel whose weights add up to 0 does that.",
     lambda total: 0 if total else None),
    ("sum forgotten", "The output is the value times the sum of the weights.",
     lambda total, c: c if total > 1 else None),
    ("divisor left out", "Divide by the number in front of the kernel.",
     lambda kernel, c: sum(map(sum, kernel)) * c),
    ("sum only", "The sum of the weights multiplies the value.", lambda total: total),
)  # fmt: skip
constant.witness(lambda kernel, divisor, c: int(slid(np.full((3, 3), c), kernel)[0, 0] / divisor))


@family.part(Choice(PURPOSES), levels=["easy", "medium"])
def purpose_of(purpose):
    return purpose


purpose_of.slips = rows(
    ("edges", "The weights of an edge detector add up to 0.",
     lambda purpose: 2 if purpose != 2 else None),
    ("blurred or sharpened",
     "A blur is a mean without negative weights; they make a kernel sharpen.",
     lambda purpose: (1, 0, None, 4, 3)[purpose]),
    ("brightness", "The brightness stays if the weights add up to 1.",
     lambda purpose: (3, 4, None, 0, 1)[purpose]),
    ("sharpening", "Then the weights would add up to 1.",
     lambda purpose: 1 if purpose == 2 else None),
    ("brightening", "Where the image is constant, weights of sum 0 give 0.",
     lambda purpose: 4 if purpose == 2 else None),
)  # fmt: skip


@purpose_of.witness
def _(kernel, divisor):
    """From what it does to a flat image, and whether a bright point gets a dark surround."""
    flat = slid(np.ones((3, 3)), kernel)[0, 0] / divisor
    point = np.zeros((5, 5))
    point[2, 2] = 1
    return 2 if flat == 0 else int(slid(point, kernel).min() < 0) + 3 * int(flat > 1)


@family.derive
def edged(left, right):
    return ((left,) * 3 + (right,) * 3,) * 3


def filtered(picture, kernel, divisor):
    (row,) = conv.correlate2d([picture], [kernel])
    return Vector(row) * rational(1, divisor)


@family.part(Array(shape=(4,), digits=3), marks=2, levels=["medium"])
def step(edged, kernel, divisor):
    return filtered(edged, kernel, divisor)


step.slips = rows(
    ("divisor left out", "Divide by the number in front of the kernel.",
     lambda step, divisor: step * divisor),
    ("kernel turned", "The kernel is used as it is written.",
     lambda edged, kernel, divisor: filtered(edged, conv.flip2d(kernel), divisor)),
    ("edge not seen", "Two of the windows reach over the edge.",
     lambda total, edged: total * edged[0][1:5]),
    ("bright and dark exchanged", "The first windows lie on the left.", lambda step: step[::-1]),
)  # fmt: skip
step.witness(
    lambda kernel, divisor, left, right: slid([[left] * 3 + [right] * 3] * 3, kernel)[0] / divisor
)


@family.part(Array(shape=(3, 3)), levels=["hard"])
def outer(column, row):
    return kernels.product(column, row)


outer.slips = rows(
    ("transposed", "Row i of the kernel is entry i of the column times the row.",
     lambda outer: columns(outer)),
    ("added", "Each entry is a product, not a sum.", lambda column, row: [c + row for c in column]),
    ("turned", "Nothing is turned: the first entries meet in the top left corner.",
     lambda outer: conv.flip2d(outer)),
)  # fmt: skip


@outer.witness
def _(column, row):
    """What a row filter and then a column filter make of images of one pixel."""
    found = np.zeros((3, 3))
    for i, pixel in enumerate(np.eye(9).reshape(9, 3, 3)):
        along = [np.correlate(line, row, "valid")[0] for line in pixel]
        found.flat[i] = np.correlate(along, column, "valid")[0]
    return found


@family.part(TrueFalse(statements=2), levels=["hard"], marks=2)
def separable(candidates):
    return tuple(map(kernels.is_separable, candidates))


separable.slips = rows(
    ("none of them", "Row 2 decides: it may be a multiple of row 1.",
     lambda separable: (False, False) if any(separable) else None),
)  # fmt: skip
separable.witness(lambda candidates: (np.linalg.matrix_rank(np.array(candidates)) == 1).tolist())


@family.part(Real(digits=3), levels=["hard"])
def saved(size):
    return kernels.saved_share(size)


saved.slips = rows(
    ("share that is left", "The question asks for the share that is saved.",
     lambda saved: 1 - saved),
    ("one filter only", "Both filters cost k multiplications.", lambda size: 1 - rational(1, size)),
)  # fmt: skip


@saved.witness
def _(size):
    """Count the weights: those of the kernel, and those of two filters."""
    return 1 - (np.ones(size).size + np.ones((size, 1)).size) / np.ones((size, size)).size


@family.part(Array(shape=(5,)), marks=2, levels=["hard"])
def combined(first, second):
    return kernels.cascade(first, second)


combined.slips = rows(
    ("one after the other, turned", "The order of the weights stays as it is.",
     lambda combined: combined[::-1]),
    ("second filter turned", "Follow one output back: the weights multiply crosswise.",
     lambda first, second: kernels.cascade(first, second[::-1])),
    ("zeros put behind", "The products spread over five places.",
     lambda first, second: (*(first * second), 0, 0)),
)  # fmt: skip


@combined.witness
def _(first, second):
    pixels = np.eye(5)
    return [np.correlate(np.correlate(e, first, "valid"), second, "valid")[0] for e in pixels]


@family.part(Array(shape=(3, 3), digits=3), marks=2, levels=["hard"])
def sharper(t):
    return kernels.sharpened(t, BOX, 9)


sharper.slips = rows(
    ("difference only", "Add the difference to the image itself.",
     lambda sharper: sharper - CENTRE),
    ("divisor left out", "The mean divides by 9.", lambda t: kernels.sharpened(t, BOX, 1)),
    ("blur added", "The blurred image is subtracted.", lambda t: kernels.sharpened(-t, BOX, 9)),
)  # fmt: skip


@sharper.witness
def _(t):
    pixels = np.eye(9).reshape(9, 3, 3)
    found = [e[1, 1] + t * (e[1, 1] - e.mean()) for e in pixels]
    return np.reshape(found, (3, 3))


def slid(picture, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(np.asarray(picture, float), (3, 3))
    return np.tensordot(windows, np.asarray(kernel, float), 2)


@family.working
def _():
    return {"box": BOX}
