"""Backpropagation through time in a recurrent network with one unit.

Trap: the last step alone, the factor w between steps, losses of later steps, slopes of tanh.
Reference: Werbos (1990); Goodfellow, Bengio and Courville (2016), section 10.2.2; Williams and Peng
(1990) for truncation.
Source: none
"""

from typing import NamedTuple

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import tanh
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems._tape import tensor
from partialcredit.problems.recurrent._unrolled import unrolled
from partialcredit.solvers import letters, recurrent

family = Family(
    conventions=[
        "$h_0$ is a constant",
        r"$\delta_t = \frac{\mathrm{d} L}{\mathrm{d} h_t}$ counts every way from $h_t$ to the loss",
    ]
)
FUNCTIONS = {"identity": lambda a: a, "tanh": tanh}


@family.sample
def sample(draw):
    steps = draw.by_level(2, 3, 3)
    span = draw.by_level(4, 4, 2)
    return {
        "w": draw.choice([-1, 1])
        * rational(draw.choice(draw.by_level([1, 3, 5], [1, 3], [1, 3])), 2),
        "u": draw.choice([-1, 1]) * draw.choice(draw.by_level([1, 2], [1, 2], [rational(1, 2), 1])),
        "h_0": draw.nonzero(-span, span),
        "x": [draw.nonzero(-span, span) for _ in range(steps)],
        "y": draw.integers(draw.by_level(1, 1, steps), -span, span),
        "f": draw.by_level("identity", "identity", draw.choice(["identity", "tanh"])),
    }


@family.condition
def _(w, u, h_0, x, y, f):
    h = recurrent.scalar_states(w, u, h_0, x, FUNCTIONS[f])
    if f == "tanh" and not all(0.05 < abs(float(v)) < 0.95 for v in h):
        return False
    return abs(x[-1]) != abs(x[-2]) and all(h) and 0 not in errors(h, y)[-len(y) :]


@family.condition
def _(dw):
    """No sum that cancels to almost nothing."""
    return abs(float(dw)) > 0.01


def errors(h, y):
    """The derivatives of the loss by every state alone: 0 where there is no target."""
    missing = len(h) - len(y)
    return Vector((0,) * missing + tuple(h[missing:] - Vector(y)))


def slopes(h, f):
    return Vector(1 - v * v if f == "tanh" else 1 for v in h)


def before(h_0, states):
    return Vector((h_0, *states[:-1]))


def digits(f):
    """How many are asked for: what a linear network gives is exact."""
    return 3 if f == "tanh" else None


def per_step(x, f):
    return Array(shape=(len(x),), digits=digits(f))


def number(f):
    return Real(digits=digits(f))


class Run(NamedTuple):
    """The engine's states, and the loss differentiated by w, u, h_0 and every state."""

    states: list[float]
    by_w: float
    by_u: float
    by_first: float
    by_states: list[float]


def engine_steps(w, u, h, x, f):
    found = []
    for v in x:
        h = w * h + u * v
        h = h.tanh() if f == "tanh" else h
        found.append(h)
    return found


@family.run
def run(w, u, h_0, x, y, f):
    leaves = [tensor(v, requires_grad=True) for v in (w, u, h_0)]
    states = engine_steps(*leaves, x, f)
    away = engine.stack(states[-len(y) :]) - tensor(y)
    found = engine.grad((away * away).sum() / 2, [*leaves, *states])
    return Run(
        [h.item() for h in states], *[g.item() for g in found[:3]], [g.item() for g in found[3:]]
    )


@family.part(per_step)
def states(w, u, h_0, x, f):
    return recurrent.scalar_states(w, u, h_0, x, FUNCTIONS[f])


states.slips = rows(
    ("state not carried", "The state of the step before goes in, not the first one.",
     lambda w, u, h_0, x, f:
         [recurrent.scalar_states(w, u, h_0, (v,), FUNCTIONS[f])[0] for v in x]),
    ("weights exchanged", "The weight w belongs to the old state, u to the input.",
     lambda w, u, h_0, x, f: recurrent.scalar_states(u, w, h_0, x, FUNCTIONS[f])),
    ("activation left out", "The activation is applied at every step.",
     lambda w, u, h_0, x: recurrent.scalar_states(w, u, h_0, x, lambda a: a)),
)  # fmt: skip
states.witness(lambda run: run.states)


@family.part(per_step, marks=2)
def delta(states, y, w, f):
    return recurrent.deltas(errors(states, y), slopes(states, f), w)


delta.slips = rows(
    ("factor w left out", "Each step back multiplies by w.",
     lambda states, y, f: recurrent.deltas(errors(states, y), slopes(states, f), 1)),
    ("target minus state", "The derivative of half the square of h - y is h - y.",
     lambda delta: -delta),
    ("twice as much", "The factor 1/2 of the loss cancels the 2 of the square.",
     lambda delta: 2 * delta),
    ("later steps ignored", "A state also changes the states after it.",
     lambda states, y: errors(states, y)),
    ("last step first", "The question asks for the first step first.", lambda delta: delta[::-1]),
    ("slope of tanh left out", "A step back also multiplies by the slope of tanh.",
     lambda states, y, w: recurrent.deltas(errors(states, y), slopes(states, "identity"), w)),
)  # fmt: skip
delta.witness(lambda run: run.by_states)


@family.part(number, marks=2)
def dw(delta, states, h_0, f):
    return recurrent.shared_gradient(delta, slopes(states, f), before(h_0, states))


dw.slips = rows(
    ("last step only", "The weight acts at every step: add the terms of all steps.",
     lambda delta, states, h_0, f: delta[-1] * slopes(states, f)[-1] * before(h_0, states)[-1]),
    ("state after the step", "The weight w multiplies the state before the step.",
     lambda delta, states, f: recurrent.shared_gradient(delta, slopes(states, f), states)),
    ("inputs in place of states", "The weight w multiplies the old states.",
     lambda delta, states, x, f: recurrent.shared_gradient(delta, slopes(states, f), x)),
    ("first step left out", "The first state is a constant, but w multiplies it.",
     lambda dw, delta, states, h_0, f: dw - delta[0] * slopes(states, f)[0] * h_0),
    ("slope of tanh left out", "Each term also has the slope of tanh at its step.",
     lambda delta, states, h_0:
         recurrent.shared_gradient(delta, slopes(states, "identity"), before(h_0, states))),
)  # fmt: skip
dw.witness(lambda run: run.by_w)


@family.part(number)
def du(delta, states, x, f):
    return recurrent.shared_gradient(delta, slopes(states, f), x)


du.slips = rows(
    ("last step only", "The weight acts at every step: add the terms of all steps.",
     lambda delta, states, x, f: delta[-1] * slopes(states, f)[-1] * x[-1]),
    ("states in place of inputs", "The weight u multiplies the inputs.", lambda dw: dw),
    ("inputs added up first", "Each input counts with the derivative of its own step.",
     lambda delta, x: delta[-1] * sum(x)),
)  # fmt: skip
du.witness(lambda run: run.by_u)


@family.part(number, levels=["medium"])
def dh_0(delta, w):
    return recurrent.deltas((0, *delta[:1]), (1, 1), w)[0]


dh_0.slips = rows(
    ("one factor w short", "The step from the first state to the next multiplies by w, too.",
     lambda delta: delta[0]),
    ("factor u", "The weight u multiplies the input.", lambda delta, u: u * delta[0]),
    ("all steps added", "The state before the first step reaches the loss through the next alone.",
     lambda delta, w: w * sum(delta)),
)  # fmt: skip
dh_0.witness(lambda run: run.by_first)


@family.part(number, levels=["hard"], marks=2)
def truncated(states, y, w, h_0, f):
    return recurrent.truncated_gradient(
        errors(states, y), slopes(states, f), w, before(h_0, states)
    )


truncated.slips = rows(
    ("not truncated", "Each loss is sent back through its own step and one more.", lambda dw: dw),
    ("no step back", "The step before counts, too, multiplied by w and the slope.",
     lambda states, y, h_0, f: recurrent.shared_gradient(
         errors(states, y), slopes(states, f), before(h_0, states))),
    ("last loss only", "Every step has a loss.",
     lambda states, y, w, h_0, f: recurrent.truncated_gradient(
         (0, 0, errors(states, y)[-1]), slopes(states, f), w, before(h_0, states))),
)  # fmt: skip


@truncated.witness
def _(w, u, h_0, x, y, f):
    """One run a loss, from the state two steps before it, which has no history."""
    states = [h_0, *[h.item() for h in engine_steps(*map(tensor, (w, u, h_0)), x, f)]]
    total = 0
    for t in range(1, len(states)):
        weight, start = tensor(w, requires_grad=True), max(t - 2, 0)
        h = engine_steps(weight, tensor(u), tensor(states[start]), x[start:t], f)[-1]
        total += engine.grad((h - y[t - 1]) ** 2 / 2, weight)[0].item()
    return total


def second_state(w, u, h_0, x_1):
    """The part of h_2 that changes with w, differentiated by w: a sum over both steps."""
    h_1 = recurrent.scalar_states(w, u, h_0, (x_1,), lambda a: a)[0]
    delta = recurrent.deltas((0, 1), (1, 1), w)
    return recurrent.shared_gradient(delta, (1, 1), (h_0, h_1))


NAMES = ("w", "u", "h_0", "x_1", "x_2")


@family.part(Expression(symbols=dict.fromkeys(NAMES, "real")), levels=["easy"], marks=2)
def formula():
    return letters.formula(second_state)


formula.slips = rows(
    ("last step only", "The state h_1 depends on w, too.",
     lambda: letters.formula(lambda w, u, h_0, x_1: w * h_0 + u * x_1)),
    ("first step only", "The last step multiplies by w as well.",
     lambda: letters.formula(lambda h_0, w: w * h_0)),
    ("as if h_1 were h_0", "Both steps add a term, and the input of the first is in one of them.",
     lambda: letters.formula(lambda w, h_0: 2 * w * h_0)),
)  # fmt: skip


@formula.witness
def _(point):
    w = tensor(point["w"], requires_grad=True)
    x = point["x_1"], point["x_2"]
    h = engine_steps(w, tensor(point["u"]), tensor(point["h_0"]), x, "identity")[-1]
    return engine.grad(h, w)[0].item()


@family.figure
def _(x):
    return unrolled(len(x), ("u", "w", ""), below="")


@family.working
def _(states, y, h_0, f, delta, w):
    e, s, h = errors(states, y), slopes(states, f), before(h_0, states)
    reached = [h[t] + (w * s[t - 1] * h[t - 1] if t else 0) for t in range(len(h))]
    return {"e": e, "s": s, "before": h, "reached": reached, "terms": delta * s * h}
