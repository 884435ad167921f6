"""Clipping gradients by their norm.

Trap: the 1-norm, rescaling short gradients as well, clipping every tensor or entry by itself.
Reference: Pascanu, Mikolov and Bengio (2013), Algorithm 1.
Source: S1-78.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each
from partialcredit.solvers import propagation

family = Family(
    version=3,
    conventions=[
        r"a gradient is clipped at $c$ by its norm: if $\lVert g \rVert_2 > c$ it keeps its "
        r"direction and is shortened to the length $c$, and otherwise it is not changed"
    ],
)


@family.sample
def sample(draw):
    g = [draw.nonzero(-15, 15) for _ in range(draw.by_level(2, 3, 4))]
    b = [draw.nonzero(-15, 15) for _ in range(2)]
    b = draw.by_level([], [], b)
    length = sum(v * v for v in g + b) ** 0.5
    tenths = draw.integer(4, int(length * 8))
    reach = max(1, tenths // 2)  # three entries of that size have a norm below c
    short = [rational(draw.nonzero(-reach, reach), 10) for _ in range(3)]
    return {
        "g": draw.by_level(g, g, (g[:2], g[2:])),
        "b": b,
        "c": rational(tenths, 10),
        "short": draw.by_level((), short, ()),
    } | draw.by_level({}, {}, {"eta": draw.decimal("0.1", "0.2", "0.5")})


@family.derive
def weights(g, level):
    """The gradients of the weights, row after row."""
    return (*g[0], *g[1]) if level == "hard" else g


@family.derive
def entries(weights, b):
    return (*weights, *b)


@family.condition
def _(entries, c):
    return len(set(abs(entries))) > 1 and any(abs(v) < c for v in entries)


LARGE = 1e6  # the engine, like torch, adds 1e-6 to the norm


def clip(c, *gradients):
    """The engine's norm, and the gradients after its clipping."""
    params = [engine.Tensor(np.zeros(np.shape(g)), requires_grad=True) for g in gradients]
    for p, g in zip(params, gradients, strict=True):
        p.grad = LARGE * np.array(g, dtype=float)
    before = engine.clip_grad_norm_(params, LARGE * c)
    return before / LARGE, [p.grad / LARGE for p in params]


@family.run
def clipping(g, b, c):
    return clip(c, g, b) if b else clip(c, g)


@family.part(Real(digits=3))
def norm(entries):
    return propagation.norm(entries)


norm.slips = rows(
    ("1-norm", "The Euclidean norm adds squares and takes the root.",
     lambda entries: sum(abs(entries))),
    ("root left out", "Take the root of the sum of squares.", lambda entries: sum(entries**2)),
    ("one tensor only", "The norm is that of all gradients together.",
     lambda weights, b: propagation.norm(weights) if b else None),
    ("norms added", "Add the squares of all entries; norms themselves do not add up.",
     lambda weights, b: propagation.norm(weights) + propagation.norm(b) if b else None),
)  # fmt: skip
norm.witness(lambda clipping: clipping[0])


@family.part(Real(digits=3))
def factor(norm, c):
    return propagation.clipping_factor(norm, c)


factor.slips = rows(
    ("inverse", "The gradient must become shorter: the factor is below 1.",
     lambda norm, c: norm / c),
    ("not clipped", "The norm is larger than c, so the gradient is shortened.", lambda: 1),
    ("difference", "The gradient is scaled to the length c: divide.", lambda norm, c: norm - c),
)  # fmt: skip
factor.witness(lambda g, clipping: clipping[1][0].flat[0] / np.ravel(g)[0])


@family.part(lambda g, level: Array(shape=(2, 2) if level == "hard" else (len(g),), digits=3))
def clipped(g, factor):
    return factor * g


def limited(g, c):
    return each(limited, g, c) if isinstance(g, tuple) else max(-c, min(c, g))


clipped.slips = rows(
    ("entry by entry", "All entries are multiplied by the same factor.", limited),
    ("length 1", "Its length must be c, not 1.", lambda g, norm: g / norm),
)  # fmt: skip
clipped.witness(lambda clipping: clipping[1][0])


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def biases(b, factor):
    return factor * b


biases.slips = rows(
    ("on its own", "The norm is that of all gradients together.",
     lambda b, c: b * propagation.clipping_factor(propagation.norm(b), c)),
)  # fmt: skip
biases.witness(lambda clipping: clipping[1][1])


@family.part(Array(shape=(3,), digits=3), levels=["medium"])
def second(short, c):
    return short * propagation.clipping_factor(propagation.norm(short), c)


second.slips = rows(
    ("lengthened", "A gradient shorter than c is not changed.",
     lambda short, c: short * (c / propagation.norm(short))),
    ("same factor", "Every gradient has its own norm, and this one is short.",
     lambda short, factor: factor * short),
    ("1-norm", "The Euclidean norm adds squares and takes the root.",
     lambda short, c: short * propagation.clipping_factor(sum(abs(short)), c)),
)  # fmt: skip
second.witness(lambda short, c: clip(c, short)[1][0])


@family.part(Real(digits=3), levels=["hard"])
def step(norm, factor, eta):
    return eta * factor * norm


step.slips = rows(
    ("learning rate left out", "The step is the learning rate times the gradient.",
     lambda norm, factor: factor * norm),
)  # fmt: skip


@step.witness
def _(clipping, eta):
    moved = [engine.Tensor(np.zeros(grad.shape), requires_grad=True) for grad in clipping[1]]
    for p, grad in zip(moved, clipping[1], strict=True):
        p.grad = grad
    engine.SGD(moved, lr=eta).step()
    return sum(np.vdot(p.data, p.data) for p in moved) ** 0.5


@family.working
def _(entries, short):
    return {"squares": sum(entries**2), "shortest": propagation.norm(short)}


@family.part(Text(), marks=2, levels=["hard"])
def line():
    return (
        "Line 4 must stand before line 3: clipping changes the gradients, but the step has already "
        "been taken with the long ones."
    )
