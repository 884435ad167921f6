"""Padding, kernel size or stride for a wanted output size.

Trap: a padding of F - 1 or F/2, one stride where several work, a "same" padding for any kernel.
Reference: Dumoulin and Visin (2016), relationships 3 and 6.
Source: S0-96, S1-136, S2-19.
"""

from itertools import product

from partialcredit.engine.kernels.geometry import output_length
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Satisfies, Set, TrueFalse
from partialcredit.solvers import inverse_sizes as inverse
from partialcredit.solvers import sizes

family = Family(
    version=2,
    conventions=[
        "all sizes are measured along one axis",
        "a padding of $P$ puts $P$ zeros on each side",
        "where the windows do not fit exactly, entries left over at the end are ignored",
    ],
)


@family.sample
def sample(draw):
    F = draw.choice([3, 5, 7, 9, 11])
    # at the hard level several strides divide what is left beside the first window
    W = draw.by_level(draw.integer(16, 128), draw.integer(20, 90), F + 6 * draw.integer(6, 35))
    drawn = {"W": W, "F": F}
    if draw.level == "easy":
        k, P = draw.integer(3, 11), draw.integer(1, 6)
        W2 = W + draw.integer(1, 40)
        return drawn | {"W2": W2, "F2": k, "target": W2 + 2 * P - k + 1}
    F2, P2 = draw.integer(7, 11), draw.integer(3, 5)
    # at least three outputs: with fewer, nearly every long stride would do
    stride = draw.integer(4, min(12, (W + 2 * P2 - F2) // 2))
    target = sizes.output_size(W, F2, stride=stride, padding=P2)
    drawn |= {
        "F2": F2,
        "P2": P2,
        "target": target,
        "even": draw.integer(2, 9),
        **dict(zip(("F3", "D3"), spread(draw), strict=True)),
    }
    if draw.level == "hard":
        return drawn | {
            "O": draw.integer(6, 60),
            "S": draw.integer(2, 5),
            "P": draw.integer(0, 3),
            "offer": (1, *sorted(draw.sample(range(2, 15), 7))),
        }
    P3, k, size = draw.integer(0, 3), draw.integer(2, 12), draw.integer(20, 60)
    reached = sizes.output_size(size, draw.integer(2, 5), stride=draw.integer(2, 4))
    return drawn | {"P3": P3, "goal": W + 2 * P3 - k + 1, "ends": (size, reached)}


def spread(draw):
    """A kernel size and a dilation; for every other draw, no padding keeps the size."""
    if draw.chance(0.5):
        return draw.choice([2, 4, 6]), draw.choice([3, 5])
    F = draw.integer(2, 7)
    return F, draw.choice([2, 3, 4, 5] if F % 2 else [2, 4])


@family.part(Integer())
def same(F):
    return int(inverse.same_padding(F))


same.slips = rows(
    ("both sides in one", "F - 1 zeros are needed altogether: half of them on each side.",
     lambda F: F - 1),
    ("half of the kernel, rounded up", "The kernel's centre needs no zeros.", lambda F: F // 2 + 1),
    ("always 1", "A padding of 1 keeps the size with a kernel of 3 only.", lambda: 1),
    ("no padding", "Without zeros the size shrinks by F - 1.", lambda: 0),
)  # fmt: skip
same.witness(lambda W, F: next(P for P in range(F) if output_length(W, F, 1, P) == W))


@family.part(Integer(), levels=["easy"])
def padding(W2, F2, target):
    return int(inverse.padding_for(W2, F2, target))


padding.slips = rows(
    ("both sides in one", "The padding stands on both sides: halve it.",
     lambda padding: 2 * padding),
    ("forgot the 1", "There is one more window than there are steps.",
     lambda W2, F2, target: -((W2 - F2 - target) // 2)),
    ("difference of the sizes", "The kernel takes F - 1 away; that must be made up, too.",
     lambda W2, target: abs(W2 - target)),
)  # fmt: skip
padding.witness(
    lambda W2, F2, target: next(P for P in range(20) if output_length(W2, F2, 1, P) == target)
)


@family.part(Integer(), levels=["medium"])
def kernel(W, P3, goal):
    return inverse.kernel_for(W, goal, padding=P3)


kernel.slips = rows(
    ("padding counted once", "The padding stands on both sides.", lambda kernel, P3: kernel - P3),
    ("forgot the + 1", "There is one more window than there are steps.", lambda kernel: kernel - 1),
    ("padding ignored", "The zeros belong to what the kernel slides over.",
     lambda kernel, P3: kernel - 2 * P3),
    ("one too large", "There is one more window than there are steps: W + 2P - k + 1.",
     lambda kernel: kernel + 1),
    ("padding subtracted", "The zeros belong to what the kernel slides over.",
     lambda kernel, P3: kernel - 4 * P3 if P3 else None),
)  # fmt: skip
kernel.witness(
    lambda W, P3, goal: next(F for F in range(1, W) if output_length(W, F, 1, P3) == goal)
)


@family.part(Set(), marks=2, levels=["medium", "hard"])
def strides(W, F2, P2, target):
    return inverse.strides_for(W, F2, target, padding=P2)


strides.slips = rows(
    ("one of several", "Because rounding down forgives, other strides work as well.",
     lambda strides: frozenset([min(strides)])),
    ("the largest of several", "Smaller strides give as many windows as well.",
     lambda strides: frozenset([max(strides)])),
    ("sizes divided", "Count the windows: their number is one more than the steps.",
     lambda W, target: frozenset([W // target])),
    ("forgot the + 1", "There is one more window than there are steps.",
     lambda W, F2, P2, target: inverse.strides_for(W, F2, target + 1, padding=P2) or None),
    ("padding ignored", "The zeros belong to what the kernel slides over.",
     lambda W, F2, target: inverse.strides_for(W, F2, target, padding=0) or None),
    ("one step too few", "The number of outputs is one more than the steps.",
     lambda W, F2, P2, target:
         inverse.strides_for(W, F2, target - 1, padding=P2) if target > 2 else None),
    ("the smallest left out", "All strides are asked for.",
     lambda strides: frozenset(strides) - {min(strides)} if len(strides) > 1 else None),
    ("padding counted once", "The padding stands on both sides.",
     lambda W, F2, P2, target:
         inverse.strides_for(W - P2, F2, target, padding=P2) or None),
)  # fmt: skip


@strides.witness
def _(W, F2, P2, target):
    return frozenset(S for S in range(1, W) if output_length(W, F2, S, P2) == target)


@family.part(TrueFalse(statements=2), marks=2, levels=["medium", "hard"])
def possible(even, F3, D3):
    found = inverse.same_padding(even), inverse.same_padding(F3, dilation=D3)
    return tuple(padding.denominator == 1 for padding in found)


possible.slips = rows(
    ("always possible", "The zeros needed must divide evenly between two sides.",
     lambda possible: None if all(possible) else (True, True)),
)  # fmt: skip


@possible.witness
def _(W, even, F3, D3):
    plain = [output_length(W, even, 1, P) == W for P in range(even)]
    spread = [output_length(W, F3, 1, P, D3) == W for P in range(D3 * F3)]
    return (any(plain), any(spread))


def reduces(ends):
    """Any layer with a small kernel and a stride of at least 2 that leads from size to size."""
    return Satisfies(
        Array(shape=(3,)),
        condition=lambda layer: allowed(layer) and reached(*layer, ends[0]) == ends[1],
        spoilt=lambda layer: (layer[0], 1, layer[2]),
    )


def allowed(layer):
    size, stride, padding = layer
    whole = all(v == int(v) for v in layer)
    return whole and 2 <= size <= 5 and 2 <= stride <= 4 and 0 <= padding <= 9


def reached(size, stride, padding, n):
    return sizes.output_size(n, int(size), stride=int(stride), padding=int(padding))


@family.part(reduces, levels=["medium"])
def any_layer(ends):
    n, goal = ends
    tried = product(range(2, 6), range(2, 5), (0,))
    return next(layer for layer in tried if reached(*layer, n) == goal)


any_layer.slips = rows(
    ("stride 1", "The stride must be at least 2.", lambda ends: (ends[0] - ends[1] + 1, 1, 0)),
)  # fmt: skip


@any_layer.witness
def _(ends):
    n, goal = ends
    fitting = {
        (F, S, P)
        for F, S, P in product(range(2, 6), range(2, 5), range(10))
        if output_length(n, F, S, P) == goal
    }
    return lambda layer: tuple(map(int, layer)) in fitting


@family.part(Set(), marks=2, levels=["hard"])
def exact(W, F, offer):
    return inverse.exact_strides(W, F, offer)


exact.slips = rows(
    ("kernel not taken off", "The steps divide what is left beside the first window.",
     lambda W, offer: inverse.exact_strides(W, 0, offer)),
    ("one entry off", "Take off the whole kernel: W - F.",
     lambda W, F, offer: inverse.exact_strides(W + 1, F, offer)),
    ("stride 1 left out", "With stride 1 the windows always end at the edge.",
     lambda exact: exact - {1} or None),
)  # fmt: skip


@exact.witness
def _(W, F, offer):
    """Strides whose last window is lost when the input loses its last entry."""
    return frozenset(S for S in offer if output_length(W - 1, F, S) < output_length(W, F, S))


@family.run
def inputs(O, F, S, P):
    """Every size near the wanted one that leads to O outputs."""
    near = range(max(1, (O - 2) * S - 2 * P), (O + 2) * S + F)
    return [W for W in near if output_length(W, F, S, P) == O]


@family.part(Integer(), levels=["hard"])
def smallest(O, F, S, P):
    return inverse.smallest_input(O, F, stride=S, padding=P)


smallest.slips = rows(
    ("one step too many", "Between O windows there are O - 1 steps.",
     lambda smallest, S: smallest + S),
    ("padding not taken off", "The zeros are not part of the input.",
     lambda smallest, P: smallest + 2 * P),
    ("output times stride", "The first window alone covers F entries.", lambda O, S: O * S),
)  # fmt: skip
smallest.witness(lambda inputs: min(inputs))


@family.part(Integer(), levels=["hard"])
def largest(smallest, S):
    return smallest + S - 1


largest.slips = rows(
    ("one too many", "With S more entries another window fits.", lambda smallest, S: smallest + S),
    ("exact fit only", "Up to S - 1 entries may be left over.", lambda smallest: smallest),
)  # fmt: skip
largest.witness(lambda inputs: max(inputs))
