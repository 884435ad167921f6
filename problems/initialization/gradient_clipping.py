"""Clipping gradients by their norm.

Trap: the 1-norm, rescaling short gradients as well, clipping every tensor or entry by itself.
Reference: Pascanu, Mikolov and Bengio (2013), Algorithm 1.
Source: S1-78.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import propagation

family = Family(
    conventions=[
        r"a gradient is clipped at $c$ by its norm: if $\lVert g \rVert_2 > c$ it keeps its "
        r"direction and is shortened to the length $c$, and otherwise it is not changed"
    ]
)


@family.sample
def sample(draw):
    def entries(count):
        return tuple(draw.nonzero(-15, 15) for _ in range(count))

    size = draw.by_level(2, 3, 4)
    g, b = entries(size), draw.by_level((), (), entries(2))
    length = sum(v * v for v in g + b) ** 0.5
    c = rational(draw.integer(4, int(length * 8)), 10)
    return {
        "g": g if draw.level != "hard" else (g[:2], g[2:]),
        "b": b,
        "c": c,
        "short": draw.by_level((), short_of(draw, int(c * 10)), ()),
    } | draw.by_level({}, {}, {"eta": draw.decimal("0.1", "0.2", "0.5")})


def short_of(draw, limit):
    """Three tenths, not 0, whose norm stays below the limit."""
    reach = max(1, limit // 2)
    return tuple(rational(draw.nonzero(-reach, reach), 10) for _ in range(3))


@family.condition
def _(g, b, c):
    entries = flat(g, b)
    return len({abs(v) for v in entries}) > 1 and any(abs(v) < c for v in entries)


def flat(g, b=()):
    """All entries as one vector."""
    rows = g if isinstance(g[0], tuple) else (g,)
    return tuple(v for row in rows for v in row) + tuple(b)


def scaled(g, factor):
    return tuple(scaled(v, factor) if isinstance(v, tuple) else v * factor for v in g)


def like(g):
    return Array(shape=(2, 2) if isinstance(g[0], tuple) else (len(g),), digits=4)


@family.part(Real(digits=4))
def norm(g, b):
    return propagation.norm(flat(g, b))


norm.slips = rows(
    ("1-norm", "The Euclidean norm adds squares and takes the root.",
     lambda g, b: sum(map(abs, flat(g, b)))),
    ("root left out", "Take the root of the sum of squares.",
     lambda g, b: sum(v * v for v in flat(g, b))),
    ("one tensor only", "The norm is that of all gradients together.",
     lambda g, b: propagation.norm(flat(g)) if b else None),
    ("norms added", "Add the squares of all entries; norms themselves do not add up.",
     lambda g, b: propagation.norm(flat(g)) + propagation.norm(b) if b else None),
)  # fmt: skip

norm.witness(lambda g, b, c: run(c, *given(g, b))[0])


@family.part(Real(digits=4))
def factor(norm, c):
    return propagation.clipping_factor(norm, c)


factor.slips = rows(
    ("1-norm", "Divide by the Euclidean norm.", lambda g, b, c: c / sum(map(abs, flat(g, b)))),
    ("divided by the square", "Divide by the norm, not by its square.",
     lambda norm, c: c / norm**2),
    ("inverse", "The gradient must become shorter: the factor is below 1.",
     lambda norm, c: norm / c),
    ("not clipped", "The norm is larger than c, so the gradient is shortened.", lambda: 1),
)  # fmt: skip


@factor.witness
def _(g, b, c):
    after = run(c, *given(g, b))[1][0]
    return after.flat[0] / flat(g)[0]


@family.part(like)
def clipped(g, factor):
    return scaled(g, factor)


def entry_by_entry(g, c):
    def limited(v):
        return tuple(map(limited, v)) if isinstance(v, tuple) else max(-c, min(c, v))

    return limited(g)


def on_its_own(g, b, c):
    found = propagation.clipping_factor(propagation.norm(flat(g)), c)
    return scaled(g, found) if b else None


clipped.slips = rows(
    ("entry by entry", "All entries are multiplied by the same factor.", entry_by_entry),
    ("unchanged", "The norm is larger than c, so the gradient is shortened.", lambda g: g),
    ("1-norm", "Divide by the Euclidean norm.",
     lambda g, b, c: scaled(g, c / sum(map(abs, flat(g, b))))),
    ("divided by the square", "Divide by the norm, not by its square.",
     lambda g, c, norm: scaled(g, c / norm**2)),
    ("length 1", "Its length must be c, not 1.", lambda g, norm: scaled(g, rational(1) / norm)),
    ("on its own", "The norm is that of all gradients together.", on_its_own),
)  # fmt: skip

clipped.witness(lambda g, b, c: run(c, *given(g, b))[1][0])


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def biases(b, factor):
    return scaled(b, factor)


biases.slips = rows(
    ("unchanged", "All gradients are multiplied by the same factor.", lambda b: b),
    ("on its own", "The norm is that of all gradients together.",
     lambda b, c: scaled(b, propagation.clipping_factor(propagation.norm(b), c))),
)  # fmt: skip

biases.witness(lambda g, b, c: run(c, g, b)[1][1])


@family.part(Array(shape=(3,), digits=4), levels=["medium"])
def second(short, c):
    return scaled(short, propagation.clipping_factor(propagation.norm(short), c))


second.slips = rows(
    ("lengthened", "A gradient shorter than c is not changed.",
     lambda short, c: scaled(short, c / propagation.norm(short))),
    ("same factor", "Every gradient has its own norm, and this one is short.",
     lambda short, factor: scaled(short, factor)),
)  # fmt: skip

second.witness(lambda short, c: run(c, [float(v) for v in short])[1][0])


@family.part(Real(digits=4), levels=["hard"])
def step(norm, factor, eta):
    return eta * factor * norm


step.slips = rows(
    ("not clipped", "The gradient is clipped before the step.", lambda norm, eta: eta * norm),
    ("learning rate left out", "The step is the learning rate times the gradient.",
     lambda norm, factor: factor * norm),
)  # fmt: skip


@step.witness
def _(g, b, c, eta):
    moved = [engine.Tensor(np.zeros(np.shape(v)), requires_grad=True) for v in (g, b)]
    for p, after in zip(moved, run(c, g, b)[1], strict=True):
        p.grad = after
    engine.SGD(moved, lr=float(eta)).step()
    return sum(np.vdot(p.data, p.data) for p in moved) ** 0.5


LARGE = 1e6  # the engine, like torch, adds 1e-6 to the norm


def run(c, *gradients):
    """The engine's norm, and the gradients after its clipping."""
    params = [engine.Tensor(np.zeros(np.shape(g)), requires_grad=True) for g in gradients]
    for p, g in zip(params, gradients, strict=True):
        p.grad = LARGE * np.array(g, dtype=float)
    before = engine.clip_grad_norm_(params, LARGE * float(c))
    return before / LARGE, [p.grad / LARGE for p in params]


def given(g, b):
    return (g, b) if b else (g,)


@family.working
def _(g, b, short):
    entries = flat(g, b)
    return {
        "entries": entries,
        "squares": sum(v * v for v in entries),
        "shortest": propagation.norm(short),
    }
