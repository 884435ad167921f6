"""Parameters of recurrent layers: plain, LSTM and GRU.

Trap: times the steps, gates miscounted, one bias or two, what a second layer reads.
Reference: torch.nn.LSTM, its variables; Greff et al. (2017), section II.
Source: none
"""

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.problems._counting import entries
from partialcredit.solvers import letters, sequence_counts

family = Family(
    hidden=["D"],
    conventions=[
        "{% if level == 'easy' %}every gate of a unit has one bias{% else %}every gate of a unit "
        "has two biases, one with the input's weights and one with the recurrent ones{% endif %}",
        "{% if level == 'easy' %}the output layer has a bias for every output{% endif %}",
        "{% if level == 'hard' %}the linear layer has biases, an embedding has none{% endif %}",
    ],
)
CELLS = {"LSTM": engine.LSTMCell, "GRU": engine.GRUCell}
LAYERS = {"LSTM": engine.LSTM, "GRU": engine.GRU}


@family.sample
def sample(draw):
    if draw.level == "easy":
        inputs, units, outputs = draw.sample(range(2, 41), 3)
        return {"l": inputs, "h": units, "v": outputs, "T": draw.integer(5, 60)}
    kind = draw.choice(["LSTM", "GRU"])
    inputs = draw.integer(8, 128)
    units = draw.choice([n for n in range(16, 161) if inputs not in (n, 2 * n)])
    drawn = {"l": inputs, "h": units, "kind": kind, "D": draw.by_level(None, 1, 2)}
    if draw.level == "medium":
        return drawn
    return drawn | {"V": 100 * draw.integer(5, 80), "c": draw.integer(2, 20)}


@family.part(Integer(), levels=["easy"], marks=2)
def rnn(l, h, v):
    return sequence_counts.recurrent(l, h, 1, 1) + sequence_counts.dense(h, v)


rnn.slips = rows(
    ("times the steps", "All steps share their weights.", lambda rnn, T: T * rnn),
    ("biases left out", "Every unit and every output has a bias.", lambda rnn, h, v: rnn - h - v),
    ("recurrent weights left out", "Every unit also reads the old state of all units.",
     lambda rnn, h: rnn - h * h),
    ("output layer left out", "The output layer has weights and biases of its own.",
     lambda l, h: sequence_counts.recurrent(l, h, 1, 1)),
    ("two biases", "Here every unit has one bias.", lambda rnn, h: rnn + h),
    ("one recurrent weight a unit", "Every unit reads the old state of all units.",
     lambda rnn, h: rnn - h * h + h),
)  # fmt: skip
rnn.witness(lambda l, h, v: held(engine.RNNCell, l, h) + size(engine.Linear(h, v, generator=0)))


def held(kind, l, h):
    """The parameters of the engine's cell, without one of its two biases."""
    cell = kind(l, h, generator=0)
    return size(cell) - cell.bias_hh.numel()


def size(model):
    return engine.count_parameters(model)


@family.part(Integer(), levels=["easy"])
def lstm(l, h):
    return sequence_counts.recurrent(l, h, 4, 1)


lstm.slips = rows(
    ("one gate", "Input, forget and output gate and the candidate each have their own weights.",
     lambda l, h: sequence_counts.recurrent(l, h, 1, 1)),
    ("three gates", "The candidate has weights as well.",
     lambda l, h: sequence_counts.recurrent(l, h, 3, 1)),
    ("one bias for all gates", "Every gate of a unit has a bias of its own.",
     lambda lstm, h: lstm - 3 * h),
    ("biases left out", "Every gate of a unit has a bias.", lambda lstm, h: lstm - 4 * h),
    ("peepholes", "No gate reads the cell here.", lambda lstm, h: lstm + 3 * h),
)  # fmt: skip
lstm.witness(lambda l, h: held(engine.LSTMCell, l, h))


@family.part(Integer(), levels=["easy"])
def gru(l, h):
    return sequence_counts.recurrent(l, h, 3, 1)


gru.slips = rows(
    ("four gates", "A GRU has two gates and a candidate.", lambda lstm: lstm),
    ("two gates", "The candidate has weights as well.",
     lambda l, h: sequence_counts.recurrent(l, h, 2, 1)),
    ("biases left out", "Every gate of a unit has a bias.", lambda gru, h: gru - 3 * h),
)  # fmt: skip
gru.witness(lambda l, h: held(engine.GRUCell, l, h))


@family.derive
def blocks(kind):
    """The number of blocks of rows: the gates and the candidate."""
    return {"GRU": 3, "LSTM": 4}[kind]


@family.part(Integer(), levels=["medium", "hard"])
def layer_1(l, h, blocks, D):
    return D * sequence_counts.recurrent(l, h, blocks, 2)


layer_1.slips = rows(
    ("one bias", "Here every gate of a unit has two biases.",
     lambda layer_1, h, blocks, D: layer_1 - D * blocks * h),
    ("biases left out", "Every gate of a unit has two biases.",
     lambda layer_1, h, blocks, D: layer_1 - 2 * D * blocks * h),
    ("gates of the other cell", "An LSTM has four blocks of weights, a GRU three.",
     lambda l, h, blocks, D: D * sequence_counts.recurrent(l, h, 7 - blocks, 2)),
    ("one gate", "Each gate and the candidate have weights of their own.",
     lambda l, h, D: D * sequence_counts.recurrent(l, h, 1, 2)),
    ("one direction", "Each direction has weights of its own.",
     lambda layer_1, D: layer_1 // 2 if D == 2 else None),
)  # fmt: skip
layer_1.witness(lambda l, h, kind, D: size(LAYERS[kind](l, h, bidirectional=D == 2, generator=0)))


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def stack(layer_1, h, blocks, D):
    return layer_1 + D * sequence_counts.recurrent(D * h, h, blocks, 2)


stack.slips = rows(
    ("two layers like the first", "The second layer reads the states of the first.",
     lambda layer_1: 2 * layer_1),
    ("fed with one direction", "The second layer reads the states of both directions.",
     lambda layer_1, h, blocks, D:
         layer_1 + D * sequence_counts.recurrent(h, h, blocks, 2) if D == 2 else None),
    ("second layer in one direction", "Both layers run in both directions.",
     lambda layer_1, h, blocks, D:
         layer_1 + sequence_counts.recurrent(D * h, h, blocks, 2) if D == 2 else None),
    ("second layer alone", "Both layers are asked for.", lambda stack, layer_1: stack - layer_1),
    ("recurrent weights once", "The second layer has recurrent weights, too.",
     lambda stack, h, blocks, D: stack - D * blocks * h * h),
)  # fmt: skip
stack.witness(lambda l, h, kind, D: size(LAYERS[kind](l, h, 2, bidirectional=D == 2, generator=0)))


@family.part(Integer(), levels=["hard"])
def model(stack, V, l, h, D, c):
    return V * l + stack + sequence_counts.dense(D * h, c)


model.slips = rows(
    ("output fed with one direction", "The linear layer reads the states of both directions.",
     lambda stack, V, l, h, c: V * l + stack + sequence_counts.dense(h, c)),
    ("embedding left out", "The embedding has a vector for every word.",
     lambda model, V, l: model - V * l),
    ("embedding with biases", "An embedding has no biases.", lambda model, l: model + l),
    ("output biases left out", "The linear layer has a bias for every class.",
     lambda model, c: model - c),
    ("embedding as wide as the state", "The embedding has the width of the input.",
     lambda model, V, l, h: model - V * l + V * h),
)  # fmt: skip


@model.witness
def _(l, h, kind, D, V, c):
    layers = LAYERS[kind](l, h, 2, bidirectional=D == 2, generator=0)
    return entries(V, l) + size(layers) + size(engine.Linear(D * h, c, generator=0))


SYMBOLS = {"l": "positive integer", "h": "positive integer"}


@family.part(Expression(symbols=SYMBOLS), levels=["medium"])
def formula(blocks):
    return in_l_and_h(blocks, 2)


def in_l_and_h(gates, biases):
    return sequence_counts.recurrent(*letters.symbols("l h"), gates, biases)


formula.slips = rows(
    ("one bias", "Here every gate of a unit has two biases.",
     lambda blocks: in_l_and_h(blocks, 1)),
    ("biases left out", "Every gate of a unit has two biases.",
     lambda blocks: in_l_and_h(blocks, 0)),
    ("gates of the other cell", "An LSTM has four blocks of weights, a GRU three.",
     lambda blocks: in_l_and_h(7 - blocks, 2)),
    ("one gate", "Each gate and the candidate have weights of their own.",
     lambda: in_l_and_h(1, 2)),
)  # fmt: skip
formula.witness(
    lambda kind, point: size(CELLS[kind](int(point["l"]), int(point["h"]), generator=0))
)
