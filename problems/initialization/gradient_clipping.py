"""Clipping gradients by their norm.

Trap: the 1-norm, rescaling short gradients as well, clipping every tensor or entry by itself.
Reference: Pascanu, Mikolov and Bengio (2013), Algorithm 1.
Source: S1-78.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Real
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
    c = Fraction(draw.integer(4, int(length * 8)), 10)
    return {
        "g": g if draw.level != "hard" else (g[:2], g[2:]),
        "b": b,
        "c": c,
        "short": draw.by_level((), short_of(draw, int(c * 10)), ()),
    } | draw.by_level({}, {}, {"eta": draw.decimal("0.1", "0.2", "0.5")})


def short_of(draw, limit):
    """Three tenths, not 0, whose norm stays below the limit."""
    reach = max(1, limit // 2)
    return tuple(Fraction(draw.nonzero(-reach, reach), 10) for _ in range(3))


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


@family.part(Real(digits=4))
def factor(norm, c):
    return propagation.clipping_factor(norm, c)


@family.part(like)
def clipped(g, factor):
    return scaled(g, factor)


@family.part(Array(shape=(2,), digits=4), levels=["hard"])
def biases(b, factor):
    return scaled(b, factor)


@family.part(Array(shape=(3,), digits=4), levels=["medium"])
def second(short, c):
    return scaled(short, propagation.clipping_factor(propagation.norm(short), c))


@family.part(Real(digits=4), levels=["hard"])
def step(norm, factor, eta):
    return eta * factor * norm


@norm.mistake("1-norm", "The Euclidean norm adds squares and takes the root.")
def _(g, b):
    return sum(map(abs, flat(g, b)))


@norm.mistake("root left out", "Take the root of the sum of squares.")
def _(g, b):
    return sum(v * v for v in flat(g, b))


@norm.mistake("one tensor only", "The norm is that of all gradients together.")
def _(g, b):
    return propagation.norm(flat(g)) if b else None


@norm.mistake("norms added", "Add the squares of all entries; norms themselves do not add up.")
def _(g, b):
    return propagation.norm(flat(g)) + propagation.norm(b) if b else None


@factor.mistake("1-norm", "Divide by the Euclidean norm.")
def _(g, b, c):
    return c / sum(map(abs, flat(g, b)))


@factor.mistake("divided by the square", "Divide by the norm, not by its square.")
def _(norm, c):
    return c / norm**2


@factor.mistake("inverse", "The gradient must become shorter: the factor is below 1.")
def _(norm, c):
    return norm / c


@factor.mistake("not clipped", "The norm is larger than c, so the gradient is shortened.")
def _():
    return 1


@clipped.mistake("entry by entry", "All entries are multiplied by the same factor.")
def _(g, c):
    def limited(v):
        return tuple(map(limited, v)) if isinstance(v, tuple) else max(-c, min(c, v))

    return limited(g)


@clipped.mistake("unchanged", "The norm is larger than c, so the gradient is shortened.")
def _(g):
    return g


@clipped.mistake("1-norm", "Divide by the Euclidean norm.")
def _(g, b, c):
    return scaled(g, c / sum(map(abs, flat(g, b))))


@clipped.mistake("divided by the square", "Divide by the norm, not by its square.")
def _(g, c, norm):
    return scaled(g, c / norm**2)


@clipped.mistake("length 1", "Its length must be c, not 1.")
def _(g, norm):
    return scaled(g, Fraction(1) / norm)


@clipped.mistake("on its own", "The norm is that of all gradients together.")
def _(g, b, c):
    found = propagation.clipping_factor(propagation.norm(flat(g)), c)
    return scaled(g, found) if b else None


@biases.mistake("unchanged", "All gradients are multiplied by the same factor.")
def _(b):
    return b


@biases.mistake("on its own", "The norm is that of all gradients together.")
def _(b, c):
    return scaled(b, propagation.clipping_factor(propagation.norm(b), c))


@second.mistake("lengthened", "A gradient shorter than c is not changed.")
def _(short, c):
    return scaled(short, c / propagation.norm(short))


@second.mistake("same factor", "Every gradient has its own norm, and this one is short.")
def _(short, factor):
    return scaled(short, factor)


@step.mistake("not clipped", "The gradient is clipped before the step.")
def _(norm, eta):
    return eta * norm


@step.mistake("learning rate left out", "The step is the learning rate times the gradient.")
def _(norm, factor):
    return factor * norm


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


@norm.witness
def _(g, b, c):
    return run(c, *given(g, b))[0]


@factor.witness
def _(g, b, c):
    after = run(c, *given(g, b))[1][0]
    return after.flat[0] / flat(g)[0]


@clipped.witness
def _(g, b, c):
    return run(c, *given(g, b))[1][0]


@biases.witness
def _(g, b, c):
    return run(c, g, b)[1][1]


@second.witness
def _(short, c):
    return run(c, [float(v) for v in short])[1][0]


@step.witness
def _(g, b, c, eta):
    moved = [engine.Tensor(np.zeros(np.shape(v)), requires_grad=True) for v in (g, b)]
    for p, after in zip(moved, run(c, g, b)[1], strict=True):
        p.grad = after
    engine.SGD(moved, lr=float(eta)).step()
    return sum(np.vdot(p.data, p.data) for p in moved) ** 0.5


@family.working
def _(g, b, short):
    entries = flat(g, b)
    return {
        "entries": entries,
        "squares": sum(v * v for v in entries),
        "shortest": propagation.norm(short),
    }
