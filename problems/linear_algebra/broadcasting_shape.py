"""Shapes and values under broadcasting.

Trap: aligning the first axes instead of the last, adding sizes, missing an error.
Reference: Harris et al. (2020), "Array programming with NumPy".
Source: S1-07.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Shape, Text, TrueFalse
from partialcredit.solvers import broadcasting

family = Family(
    version=2,
    conventions=[
        "arrays are combined entry by entry, with broadcasting as in NumPy and PyTorch",
        "axes, rows and columns are counted from 0",
    ],
)


def fitting(draw, sizes, short):
    """Two shapes that broadcast to ``sizes``; the second leaves out ``short`` axes."""
    a, b = list(sizes), list(sizes)
    for axis in range(short, len(sizes)):
        kept = draw.choice(["both", "first", "second"])
        if kept != "both":
            (b if kept == "first" else a)[axis] = 1
    return a, b[short:]


def perhaps_fitting(draw):
    """Two shapes that broadcast in half of all cases; in the others one pair of sizes differs."""
    a, b = fitting(draw, draw.sample(range(2, 10), 3), draw.integer(0, 2))
    if draw.chance(0.5):
        axis = -draw.integer(1, len(b))
        a[axis], b[axis] = draw.sample(range(2, 10), 2)
    return a, b


@family.sample
def sample(draw):
    n, m = draw.sample(range(2, 10), 2)
    if draw.level == "easy":
        a, b = (n, draw.choice([m, 1])), (m,)
    else:
        a, b = fitting(draw, draw.sample(range(2, 10), draw.by_level(0, 3, 4)), draw.integer(0, 1))
    parameters = {"a": a, "b": b}
    if draw.level != "easy":
        parameters["pairs"] = [perhaps_fitting(draw) for _ in range(4)]
    if draw.level == "hard":
        sizes = draw.sample(range(2, 10), 3)
        return parameters | {
            "u": draw.integers(3, -9, 9),
            "v": draw.integers(4, -9, 9),
            "sizes": sizes,
            "axis": draw.integer(0, 1),
        }
    rows = draw.by_level(draw.matrix(3, 3, -9, 9), [[draw.integer(-9, 9)] for _ in range(3)], ())
    place = draw.sample((0, 1, 2), 2)
    return parameters | {"X": rows, "y": draw.sample(range(-9, 10), 3), "place": place}


@family.condition
def _(a, b):
    return len(set(a)) > 1 and tuple(a) != tuple(b)


@family.run
def added(a, b):
    """The sum of two real arrays, or None where NumPy refuses."""
    try:
        return np.empty(a, dtype=bool) | np.empty(b, dtype=bool)
    except ValueError:
        return None


@family.derive
def padded(a, b):
    """The shape of the second array with ones filled in before it."""
    return (*[1] * (len(a) - len(b)), *b)


@family.part(Shape())
def result(a, b):
    return broadcasting.broadcast(a, b)


result.slips = rows(
    ("sizes added", "Equal sizes stay, and a 1 is stretched; nothing is added.",
     lambda a, b: (*a[: len(a) - len(b)], *(a[-len(b) :] + b))),
    ("transposed", "The axes keep their order.", lambda result: result[::-1]),
    ("first shape kept", "A size of 1 is stretched to the other operand's size.", lambda a: a),
    ("joined", "Matching axes become one; the shapes are not put side by side.",
     lambda a, b: (*a, *b)),
    ("one behind the other", "The entries are added; nothing is put end to end.",
     lambda a, b: (broadcasting.entries(a) + broadcasting.entries(b),)),
    ("axes of 1 kept", "An axis of 1 is stretched to the other array's size.",
     lambda a, b: (*a[: len(a) - len(b)], *map(min, a[-len(b) :], b))),
)  # fmt: skip
result.witness(lambda added: added.shape)


@family.part(Integer())
def entries(result):
    return broadcasting.entries(result)


entries.slips = rows(
    ("sizes added", "Multiply the sizes of the axes.", lambda result: sum(result)),
    ("second array's entries", "Count the entries of the result.",
     lambda b: broadcasting.entries(b)),
    ("first array's entries", "Count the entries of the result.",
     lambda a: broadcasting.entries(a)),
)  # fmt: skip
entries.witness(lambda added: added.size)


@family.part(TrueFalse(statements=4), levels=["medium", "hard"])
def works(pairs):
    return tuple(broadcasting.broadcast(a, b) is not None for a, b in pairs)


works.slips = rows(
    ("errors missed", "Two sizes that differ need a 1 among them.",
     lambda works: (True,) * len(works)),
    ("first axes aligned", "Align the shapes at their last axes.",
     lambda pairs: tuple(broadcasting.broadcast(a[::-1], b[::-1]) is not None for a, b in pairs)),
)  # fmt: skip
works.witness(lambda pairs: tuple(added(a, b) is not None for a, b in pairs))


def entry_of(X, i, j):
    """Of X itself, or of its only column."""
    return X[i][j if len(X[i]) > 1 else 0]


@family.part(Integer(), levels=["easy", "medium"])
def entry(X, y, place):
    return entry_of(X, *place) + y[place[1]]


entry.slips = rows(
    ("y by rows", "y has one axis, which is aligned with the columns.",
     lambda X, y, place: entry_of(X, *place) + y[place[0]]),
    ("row and column exchanged", "The first index is the row.",
     lambda X, y, place: entry_of(X, *place[::-1]) + y[place[0]]),
    ("y left out", "The entry of y is added in every row.", lambda X, place: entry_of(X, *place)),
    ("y subtracted", "The arrays are added.",
     lambda X, y, place: entry_of(X, *place) - y[place[1]]),
    ("X left out", "Add the entry of X.", lambda y, place: y[place[1]]),
)  # fmt: skip
entry.witness(lambda X, y, place: (np.array(X) + np.array(y))[place])


@family.part(Integer(), levels=["hard"])
def total(u, v):
    return broadcasting.column_plus_row_total(u, v)


total.slips = rows(
    ("every number once", "u_i stands in a whole row, and v_j in a whole column.",
     lambda u, v: sum(u) + sum(v)),
    ("counts exchanged", "u_i is added once for each entry of v.",
     lambda u, v: len(u) * sum(u) + len(v) * sum(v)),
    ("products", "The entries are added, not multiplied.", lambda u, v: sum(u) * sum(v)),
)  # fmt: skip
total.witness(lambda u, v: (np.array(u)[:, None] + np.array(v)[None, :]).sum())


@family.part(Shape(), levels=["hard"])
def reshaped(sizes, axis):
    return broadcasting.shape_along(sizes, axis)


reshaped.slips = rows(
    ("left as it is", "A shape with one axis is aligned with the last axis.",
     lambda sizes, axis: (sizes[axis],)),
    ("ones in front", "Ones in front are filled in anyway; put them behind.",
     lambda reshaped: reshaped[::-1]),
    ("the other axis", "The vector has one number for each place of its own axis.",
     lambda sizes, axis: broadcasting.shape_along(sizes, 1 - axis)),
)  # fmt: skip


@reshaped.witness
def _(sizes, axis):
    """The shortest shape of the vector under which place k of the axis receives entry k."""
    vector = np.arange(sizes[axis])
    wanted = np.indices(sizes)[axis]
    for ones in range(3):
        shape = (sizes[axis], *[1] * ones)
        try:
            found = np.broadcast_to(vector.reshape(shape), sizes)
        except ValueError:
            continue
        if (found == wanted).all():
            return shape
    return None


@family.working
def _():
    return {"shown": shown, "clash": clash}


def clash(a, b):
    """The last two sizes that do not go together, or nothing."""
    pairs = zip(reversed(a), reversed(b), strict=False)
    return next(([m, n] for m, n in pairs if m != n and 1 not in (m, n)), [])


def shown(shape):
    return str(tuple(shape))


@family.part(Text(), marks=2, levels=["hard"])
def line():
    return (
        "The means have shape (n,) and are aligned with the columns, so the line fails or, for "
        "n = d, subtracts the wrong means; with keepdims=True they have shape (n, 1)."
    )
