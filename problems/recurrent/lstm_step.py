"""One or two steps of an LSTM cell.

Trap: gates exchanged, the tanh of the cell left out, the old cell in the new state.
Reference: Hochreiter and Schmidhuber (1997); Gers et al. (2000) for the forget gate.
Source: none
"""

from math import atanh, exp, tanh

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real, Shape
from partialcredit.numbers import exact
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems._tape import tensor
from partialcredit.solvers import gated, letters
from partialcredit.solvers.backprop import logistic

family = Family(
    conventions=[
        r"$i$, $f$ and $o$ pass $\sigma(a) = 1 / (1 + e^{-a})$, and $g$ passes tanh",
        "the cell has no peepholes",
    ]
)


def halves(draw, count, span=4):
    return [rational(draw.nonzero(-span, span), 2) for _ in range(count)]


@family.sample
def sample(draw):
    if draw.level == "easy":
        drawn = {"a": halves(draw, 4), "x": (0,), "h_0": 0, "n": draw.integer(3, 6)}
        drawn |= {"w": (0,) * 4, "u": (0,) * 4, "b": (0,) * 4}
    else:
        drawn = {"w": halves(draw, 4), "u": halves(draw, 4), "b": halves(draw, 4), "a": ()}
        drawn |= {"x": halves(draw, draw.by_level(None, 1, 2), 3), "h_0": halves(draw, 1, 2)[0]}
    if draw.level == "hard":
        drawn |= dict(zip(("inputs", "units"), draw.sample(range(2, 60), 2), strict=True))
    return drawn | {"c_0": rational(draw.choice([-3, -2, -1, 1, 2, 3]), 2)}


@family.derive
def sums(a, w, u, b, x, h_0):
    """What enters the gates at the first step."""
    return a or gated.lstm_sums(w, u, b, x[0], h_0)


@family.condition
def _(sums, c_0):
    """Gates that differ and are not saturated, and a cell that tanh bends and does not cut off."""
    i, f, g = 1 / (1 + exp(-sums[0])), 1 / (1 + exp(-sums[1])), tanh(sums[2])
    seen = abs(i - f) > 0.1 and abs(i + f - 1) > 0.1 and abs(f - 0.5) > 0.05
    cell = abs(f * float(c_0) + i * g)
    return seen and all(0 < abs(v) <= 3 for v in sums) and 0.3 < cell < 1.6


def stepped(a, w, u, b, x, h, c, steps=1, **shifts):
    """The engine's cell, whose gates are shifted by what is added to their sums: (h, c)."""
    cell = engine.LSTMCell(1, 1, generator=0)
    bias = np.array(a or b, dtype=float)
    bias += [shifts.get(name, 0) for name in "ifgo"]
    second = np.zeros(4)
    values = (np.reshape(w, (4, 1)), np.reshape(u, (4, 1)), bias, second)
    for parameter, value in zip(cell.parameters(), values, strict=True):
        parameter.data[:] = value
    state = tensor([h]), tensor([c])
    for step in range(steps):
        state = cell(tensor([x[step % len(x)]]), state)
    return [s.item() for s in state]


@family.part(Array(shape=(4,), digits=3), marks=2)
def gates(sums):
    return gated.lstm_gates(sums)


def with_sums(change):
    """The gates when other numbers enter them; nothing at the level that gives their sums."""

    def gates(a, w, u, b, x, h_0, c_0):
        return None if a else gated.lstm_gates(gated.lstm_sums(*change(w, u, b, x[0], h_0, c_0)))

    return gates


gates.slips = rows(
    ("sigmoid for the candidate", "The candidate g passes tanh.",
     lambda gates, sums: [*gates[:2], logistic(sums[2]), gates[3]]),
    ("tanh for the gates", "A gate lies between 0 and 1: it passes the logistic function.",
     lambda sums: exact.tanh(sums)),
    ("order i, g, f, o", "The order is i, f, g, o.",
     lambda sums: gated.lstm_gates((sums[0], sums[2], sums[1], sums[3]))),
    ("old state left out", "The old state enters every gate.",
     with_sums(lambda w, u, b, x, *_: (w, u, b, x, 0))),
    ("cell in place of the state", "The gates see the old state; the cell would be a peephole.",
     with_sums(lambda w, u, b, x, _, c: (w, u, b, x, c))),
    ("bias left out", "Every gate has a bias.",
     with_sums(lambda w, u, b, x, h, _: (w, u, 0 * b, x, h))),
)  # fmt: skip


def read_off(a, w, u, b, x, h_0):
    """The gates from the cell's own outputs: a shift of 800 opens or shuts a gate for good."""

    def cell(c, **shifts):
        return stepped(a, w, u, b, x, h_0, c, **shifts)

    i = cell(0, g=800)[1]
    f = cell(1, i=-800)[1]
    g = cell(0, i=800)[1]
    o = cell(1, f=800, i=-800)[0] / tanh(1)
    return i, f, g, o


gates.witness(lambda a, w, u, b, x, h_0: read_off(a, w, u, b, x, h_0))


@family.part(Real(digits=3))
def cell(gates, c_0):
    return gated.lstm_cell(gates, c_0)


cell.slips = rows(
    ("i and f exchanged", "The forget gate keeps the old cell, i lets the candidate in.",
     lambda gates, c_0: gated.lstm_cell((gates[1], gates[0], *gates[2:]), c_0)),
    ("input gate left out", "The candidate is multiplied by i.",
     lambda gates, c_0: gated.lstm_cell((1, *gates[1:]), c_0)),
    ("i = 1 - f", "Only a gated recurrent unit couples its gates like this.",
     lambda gates, c_0: gated.lstm_cell((1 - gates[1], *gates[1:]), c_0)),
    ("old cell left out", "The forget gate keeps a share of the old cell.",
     lambda gates: gates[0] * gates[2]),
)  # fmt: skip
cell.witness(lambda a, w, u, b, x, h_0, c_0: stepped(a, w, u, b, x, h_0, c_0)[1])


@family.part(Real(digits=3))
def hidden(gates, cell):
    return gated.lstm_state(gates[3], cell)


hidden.slips = rows(
    ("tanh left out", "The cell passes tanh before the output gate.",
     lambda gates, cell: gates[3] * cell),
    ("output gate left out", "The output gate multiplies tanh of the cell.",
     lambda cell: exact.tanh(cell)),
    ("old cell", "The state is made of the new cell.",
     lambda gates, c_0: gated.lstm_state(gates[3], c_0)),
    ("sigmoid of the cell", "The cell passes tanh.",
     lambda gates, cell: gates[3] * logistic(cell)),
)  # fmt: skip
hidden.witness(lambda a, w, u, b, x, h_0, c_0: stepped(a, w, u, b, x, h_0, c_0)[0])


@family.part(Real(digits=3), levels=["easy"])
def carry(gates, c_0, n):
    return gated.carried(c_0, gates[1], n)


carry.slips = rows(
    ("n times", "Every step multiplies what is left.", lambda gates, c_0, n: n * gates[1] * c_0),
    ("power of 1 - f", "The forget gate is the share that is kept.",
     lambda gates, c_0, n: gated.carried(c_0, 1 - gates[1], n)),
    ("one step short", "Each of the steps multiplies by f.",
     lambda gates, c_0, n: gated.carried(c_0, gates[1], n - 1)),
    ("one step only", "Each of the steps multiplies by f.", lambda gates, c_0: gates[1] * c_0),
)  # fmt: skip
carry.witness(lambda a, w, u, b, x, c_0, n: stepped(a, w, u, b, x, 0, c_0, n, i=-800)[1])


@family.part(Array(shape=(4,), digits=3), levels=["hard"], marks=2)
def gates_2(hidden, w, u, b, x):
    return gated.lstm_gates(gated.lstm_sums(w, u, b, x[1], hidden))


gates_2.slips = rows(
    ("first input again", "The second step reads the second input.",
     lambda hidden, w, u, b, x: gated.lstm_gates(gated.lstm_sums(w, u, b, x[0], hidden))),
    ("first state again", "The second step starts from the state that was just found.",
     lambda h_0, w, u, b, x: gated.lstm_gates(gated.lstm_sums(w, u, b, x[1], h_0))),
    ("cell in place of the state", "The gates see the state; the cell would be a peephole.",
     lambda cell, w, u, b, x: gated.lstm_gates(gated.lstm_sums(w, u, b, x[1], cell))),
)  # fmt: skip


@gates_2.witness
def _(w, u, b, x, h_0, c_0):
    return read_off((), w, u, b, x[1:], stepped((), w, u, b, x, h_0, c_0)[0])


@family.part(Real(digits=3), levels=["hard"])
def cell_2(gates_2, cell):
    return gated.lstm_cell(gates_2, cell)


cell_2.slips = rows(
    ("first cell again", "The second step keeps a share of the cell that was just found.",
     lambda gates_2, c_0: gated.lstm_cell(gates_2, c_0)),
    ("state in place of the cell", "The cell is carried on without tanh and output gate.",
     lambda gates_2, hidden: gated.lstm_cell(gates_2, hidden)),
    ("i and f exchanged", "The forget gate keeps the old cell, i lets the candidate in.",
     lambda gates_2, cell: gated.lstm_cell((gates_2[1], gates_2[0], *gates_2[2:]), cell)),
)  # fmt: skip
cell_2.witness(lambda w, u, b, x, h_0, c_0: stepped((), w, u, b, x, h_0, c_0, 2)[1])


@family.part(Real(digits=3), levels=["hard"])
def hidden_2(gates_2, cell_2):
    return gated.lstm_state(gates_2[3], cell_2)


hidden_2.slips = rows(
    ("tanh left out", "The cell passes tanh before the output gate.",
     lambda gates_2, cell_2: gates_2[3] * cell_2),
    ("first output gate", "The second step has an output gate of its own.",
     lambda gates, cell_2: gated.lstm_state(gates[3], cell_2)),
)  # fmt: skip
hidden_2.witness(lambda w, u, b, x, h_0, c_0: stepped((), w, u, b, x, h_0, c_0, 2)[0])


@family.part(Shape(), levels=["hard"])
def recurrent_weights(units):
    return (4 * units, units)


recurrent_weights.slips = rows(
    ("one gate", "All four gates have recurrent weights.", lambda units: (units, units)),
    ("three gates", "The candidate has weights, too.", lambda units: (3 * units, units)),
    ("weights of the input", "These weights read the old state.",
     lambda units, inputs: (4 * units, inputs)),
    ("transposed", "A row belongs to a gate of a unit.", lambda units: (units, 4 * units)),
)  # fmt: skip
recurrent_weights.witness(
    lambda inputs, units: engine.LSTMCell(inputs, units, generator=0).weight_hh.shape
)


def state_of(i, f, o, c, g):
    """The new state in letters."""
    return gated.lstm_state(o, gated.lstm_cell((i, f, g, o), c))


@family.part(
    Expression(symbols={"c": "real"} | dict.fromkeys("ifgo", "unit")),
    levels=["medium"],
)
def formula():
    return letters.formula(state_of)


formula.slips = in_letters(
    ("tanh left out", "The cell passes tanh before the output gate.",
     lambda i, f, o, c, g: o * gated.lstm_cell((i, f, g, o), c)),
    ("tanh of everything", "The output gate multiplies what tanh gives.",
     lambda i, f, o, c, g: gated.lstm_state(1, o * gated.lstm_cell((i, f, g, o), c))),
    ("i and f exchanged", "The forget gate keeps the old cell, i lets the candidate in.",
     lambda i, f, o, c, g: state_of(f, i, o, c, g)),
    ("input gate left out", "The candidate is multiplied by i.",
     lambda f, o, c, g: state_of(1, f, o, c, g)),
)  # fmt: skip


@formula.witness
def _(point):
    """The engine's cell, with biases whose gates are the point's numbers."""
    gates = [point[name] for name in "ifgo"]
    sums = [atanh(v) if k == 2 else atanh(2 * v - 1) * 2 for k, v in enumerate(gates)]
    return stepped(sums, (0,) * 4, (0,) * 4, (0,) * 4, (0,), 0, point["c"])[0]


@family.working
def _(sums, w, u, b, x, hidden):
    second = gated.lstm_sums(w, u, b, x[1], hidden) if len(x) > 1 else ()
    return {"sums": sums, "second": second, "names": "ifgo"}
