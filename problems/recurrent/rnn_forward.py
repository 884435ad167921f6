"""Forward pass of a recurrent network by hand.

Trap: starting every step from the first state, weights transposed, f applied to each product.
Reference: Elman (1990); Goodfellow, Bengio and Courville (2016), equations 10.8 to 10.10.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Shape
from partialcredit.numbers.exact import tanh
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.problems._tape import tensor
from partialcredit.problems.recurrent._unrolled import unrolled
from partialcredit.solvers import recurrent
from partialcredit.solvers.backprop import affine, leaky_relu, transpose
from partialcredit.solvers.matrices import diagonal, product

family = Family(
    conventions=[
        "the same weights serve every step",
        "{% if level != 'easy' %}vectors are columns{% endif %}",
    ]
)
FUNCTIONS = {"identity": lambda a: a, "relu": leaky_relu, "tanh": tanh}


def halves(draw, count):
    return [rational(draw.nonzero(-4, 4), 2) for _ in range(count)]


@family.sample
def sample(draw):
    if draw.level == "hard":
        l, m, v = draw.sample(range(2, 10), 3)
        drawn = {
            "W_x": (halves(draw, 2), halves(draw, 2)),
            "W_h": (halves(draw, 2), halves(draw, 2)),
        }
        drawn |= {
            "W_o": draw.sample((-2, -1, 1, 2), 2),
            "b": halves(draw, 2),
            "h_0": halves(draw, 2),
        }
        return drawn | {
            "x": (halves(draw, 2), halves(draw, 2)),
            "f": "tanh",
            "l": l,
            "m": m,
            "v": v,
        }
    m = draw.by_level(1, 2, None)
    span = draw.by_level(3, 2, None)
    return {
        "W_x": [(draw.nonzero(-span, span),) for _ in range(m)],
        "W_h": [[draw.nonzero(-span, span) for _ in range(m)] for _ in range(m)],
        "W_o": [draw.nonzero(-span, span) for _ in range(m)],
        "b": (0,) * m,
        "h_0": draw.by_level((draw.nonzero(-3, 3),), (0, 0), None),
        "x": [(draw.nonzero(-3, 3),) for _ in range(3)],
        "f": draw.by_level("identity", draw.choice(["identity", "relu"]), None),
    }


@family.condition
def _(W_h, W_x, W_o, b, x, h_0, f):
    """Transposes, exchanged weights and reversed inputs show, and units are sometimes off."""
    symmetric = len(W_h) == 2 and W_h[0][1] == W_h[1][0]
    unit = len(W_h) == 1 and abs(W_h[0][0]) == 1
    if symmetric or unit or x == x[::-1] or W_h == W_x:
        return False
    found = Vector(recurrent.states(W_x, W_h, b, h_0, x, FUNCTIONS[f]))
    entries = [v for h in found for v in h]
    if f == "tanh":
        visible = all(0.05 < abs(float(v)) < 0.97 for v in entries)
        return visible and all(abs(float(y)) > 0.1 for y in read_out(found, W_o))
    return f != "relu" or (0 in entries and all(any(h) for h in found))


def listed(states):
    """One state a step; of a single unit the numbers alone."""
    return [h[0] if len(h) == 1 else h for h in states]


def per_state(x, W_h):
    m = len(W_h)
    shape = (len(x),) if m == 1 else (len(x), m)
    return Array(shape=shape, digits=3 if len(x) == 2 else None)


def per_step(x):
    return Array(shape=(len(x),), digits=3 if len(x) == 2 else None)


@family.part(per_state, marks=2)
def states(W_x, W_h, b, h_0, x, f):
    return listed(recurrent.states(W_x, W_h, b, h_0, x, FUNCTIONS[f]))


def not_carried(W_x, W_h, b, h_0, x, f):
    return listed([recurrent.states(W_x, W_h, b, h_0, (v,), FUNCTIONS[f])[0] for v in x])


def one_by_one(W_x, W_h, b, h_0, x, f):
    found, h, function = [], h_0, FUNCTIONS[f]
    if f == "identity":
        return None
    for v in x:
        h = Vector(map(function, affine(W_h, h))) + Vector(map(function, affine(W_x, v, b)))
        found.append(h)
    return found


states.slips = rows(
    ("state not carried", "The state of the step before goes in, not the first one.", not_carried),
    ("W_h transposed", "Each row of the recurrent matrix belongs to one unit of the new state.",
     lambda W_x, W_h, b, h_0, x, f:
         listed(recurrent.states(W_x, transpose(W_h), b, h_0, x, FUNCTIONS[f]))),
    ("f applied to each product", "Add first, then apply the activation once.", one_by_one),
    ("activation left out", "The activation is applied to the new state at every step.",
     lambda W_x, W_h, b, h_0, x: listed(recurrent.states(W_x, W_h, b, h_0, x, lambda a: a))),
    ("bias left out", "The bias is added at every step.",
     lambda W_x, W_h, b, h_0, x, f:
         listed(recurrent.states(W_x, W_h, 0 * b, h_0, x, FUNCTIONS[f]))),
    ("sequence read backwards", "The first input comes first.",
     lambda W_x, W_h, b, h_0, x, f:
         listed(recurrent.states(W_x, W_h, b, h_0, x[::-1], FUNCTIONS[f]))),
    ("first state taken as 0", "The state before the first step is given.",
     lambda W_x, W_h, b, h_0, x, f:
         listed(recurrent.states(W_x, W_h, b, 0 * h_0, x, FUNCTIONS[f]))),
    ("weights exchanged", "One weight belongs to the input, the other to the old state.",
     lambda W_x, W_h, b, h_0, x, f:
         listed(recurrent.states(W_h, W_x, b, h_0, x, FUNCTIONS[f])) if f != "relu"
         and len(W_x[0]) == len(W_h) else None),
)  # fmt: skip
states.witness(lambda run: run if len(run[0]) > 1 else run[:, 0])


def read_out(states, W_o):
    return Vector(dot(W_o, h if isinstance(h, tuple) else (h,)) for h in states)


@family.part(per_step)
def outputs(states, W_o):
    return read_out(states, W_o)


outputs.slips = rows(
    ("output from the old state", "The output uses the state that was just computed.",
     lambda states, W_o, h_0: read_out([h_0, *states[:-1]], W_o)),
    ("running sum", "The output is made of the newest state alone.",
     lambda outputs: [sum(outputs[: t + 1]) for t in range(len(outputs))]),
    ("output weights added up", "Each unit has an output weight of its own.",
     lambda states, W_o: [sum(W_o) * sum(h) for h in states] if len(W_o) > 1 else None),
)  # fmt: skip
outputs.witness(lambda run, W_o: run @ np.array(W_o))


@family.run
def run(W_x, W_h, b, h_0, x, f):
    """The engine's states; without an activation they are unrolled by hand."""
    return engine_states(W_x, W_h, b, h_0, tensor(x), f).data


def engine_states(W_x, W_h, b, h_0, x, f):
    if f != "identity":
        layer = engine.RNN(len(W_x[0]), len(W_h), nonlinearity=f, generator=0)
        values = zip(layer.parameters(), (W_x, W_h, b, 0 * np.array(b)), strict=True)
        for parameter, value in values:
            parameter.data[:] = value
        return layer(x, tensor([h_0]))[0]
    h, found = tensor(h_0), []
    for step in x:
        h = functional.linear(step, tensor(W_x), tensor(b)) + functional.linear(h, tensor(W_h))
        found.append(h)
    return engine.stack(found)


@family.part(lambda x: Array(shape=(len(x),) * 2), levels=["easy", "medium"], marks=2)
def lag_matrix(W_x, W_h, W_o, x):
    return recurrent.lag_matrix(W_x, W_h, W_o, len(x))


def by_lag(lag_matrix, above):
    """A matrix of the same first column, with ``above`` of the lag over the diagonal."""
    first = [row[0] for row in lag_matrix]
    size = range(len(first))
    return [[first[i - j] if i >= j else above(first[j - i]) for j in size] for i in size]


lag_matrix.slips = rows(
    ("no memory", "Earlier inputs reach later outputs through the state.",
     lambda lag_matrix: diagonal([lag_matrix[0][0]] * len(lag_matrix))),
    ("triangle turned over", "Rows belong to outputs, columns to inputs.",
     lambda lag_matrix: transpose(lag_matrix)),
    ("sees the future", "An output cannot depend on later inputs.",
     lambda lag_matrix: by_lag(lag_matrix, lambda v: v)),
    ("one step too far", "The input of a step reaches its output without the recurrent weight.",
     lambda W_x, W_h, W_o, x: recurrent.lag_matrix(product(W_h, W_x), W_h, W_o, len(x))),
    ("same weight for every lag", "Each step back passes through the recurrent weights once more.",
     lambda lag_matrix: [[lag_matrix[0][0] if i >= j else 0 for j in range(len(lag_matrix))]
                         for i in range(len(lag_matrix))]),
    ("output weights left out", "The output is made of the state by the output weights.",
     lambda W_x, W_h, W_o, x:
         recurrent.lag_matrix(W_x, W_h, (1,) * len(W_o), len(x))),
)  # fmt: skip


@lag_matrix.witness
def _(W_x, W_h, W_o, x):
    """Outputs differentiated by inputs, one backward pass an output; no power is taken."""
    found = []
    for t in range(len(x)):
        inputs = tensor(x, requires_grad=True)
        states = engine_states(W_x, W_h, np.zeros(len(W_h)), np.zeros(len(W_h)), inputs, "identity")
        (states[t] * tensor(W_o)).sum().backward()
        found.append(inputs.grad[:, 0])
    return np.array(found)


@family.part(Shape(), levels=["hard"])
def input_matrix(l, m):
    return (m, l)


input_matrix.slips = rows(
    ("transposed", "The product with a column of inputs must give a column of states.",
     lambda input_matrix: input_matrix[::-1]),
    ("joined matrix", "The recurrent weights are a matrix of their own.",
     lambda l, m: (m, l + m)),
    ("sizes of the output", "This matrix makes states, not outputs.", lambda l, v: (v, l)),
)  # fmt: skip
input_matrix.witness(lambda sized: sized[0].weight_ih_l0.shape)


@family.part(Shape(), levels=["hard"])
def output_matrix(m, v):
    return (v, m)


output_matrix.slips = rows(
    ("transposed", "The product with a column of states must give a column of outputs.",
     lambda output_matrix: output_matrix[::-1]),
    ("reads the inputs", "The output is made of the state alone.", lambda l, v: (v, l)),
    ("sizes of the state", "The outputs have their own number.", lambda m: (m, m)),
)  # fmt: skip
output_matrix.witness(lambda sized: sized[1].weight.shape)


@family.run
def sized(l, m, v):
    """Layers of the engine with the sizes asked about."""
    return engine.RNN(l, m, generator=0), engine.Linear(m, v, generator=0)


@family.figure
def _(x, W_h):
    letter = "w" if len(W_h) == 1 else "W"
    return unrolled(len(x), (f"{letter}_x", f"{letter}_h", f"{letter}_o"))


@family.working
def _(W_x, W_h, b, h_0, x, states):
    before = [h_0, *[h if isinstance(h, tuple) else (h,) for h in states[:-1]]]
    sums = [Vector(affine(W_h, h)) + affine(W_x, v, b) for h, v in zip(before, x, strict=True)]
    given = [v[0] for v in x]
    return {"before": before, "sums": sums, "given": given, "reach": reach(W_x, W_h, len(x))}


def reach(W_x, W_h, steps):
    """What the input of a step is in the state, that step and later."""
    found = [W_x]
    for _ in range(steps - 1):
        found.append(product(W_h, found[-1]))
    return [[row[0] for row in column] for column in found]
