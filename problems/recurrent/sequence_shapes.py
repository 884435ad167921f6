"""Shapes of batched sequences, padding, and truncated backpropagation through time.

Trap: batch and time exchanged, gates not stacked, a mean of means, windows rounded down.
Reference: torch.nn.LSTM, section Outputs; Williams and Peng (1990) for truncation.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real, Shape
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.problems._counting import entries
from partialcredit.solvers import sequence_counts
from partialcredit.solvers.batchnorm import mean

family = Family(
    hidden=["L", "D"],
    conventions=[
        "{% if level != 'medium' %}inputs and outputs have the shape batch × steps × features, the "
        "last states layers × batch × units, where each direction counts as a layer{% endif %}",
        "{% if level != 'medium' %}the input weights of all gates of a unit are stacked, a row for "
        "every gate of every unit{% endif %}",
        "{% if level == 'medium' %}every sequence is padded to the longest one of the batch"
        "{% endif %}",
    ],
)
LAYERS = {"LSTM": engine.LSTM, "GRU": engine.GRU}


@family.sample
def sample(draw):
    if draw.level == "medium":
        lengths = draw.integers(draw.integer(3, 5), 2, 12, distinct=True)
        losses = [rational(k, 10) for k in draw.integers(len(lengths), 2, 40, distinct=True)]
        return {"lengths": lengths, "losses": losses}
    batch, inputs, units = draw.sample(range(3, 33), 3)
    drawn = {"N": batch, "l": inputs, "h": units, "kind": draw.choice(["LSTM", "GRU"])}
    window = draw.integer(7, 15)
    times = [n for n in range(34, 121) if n % window and n % window != window - 1]
    drawn |= {"T": draw.choice(times), "V": draw.integer(121, 500)}
    if draw.level == "easy":
        return drawn | {"L": 1, "D": 1}
    return drawn | {"L": draw.integer(2, 3), "D": 2, "k": window}


@family.run
def run(N, T, l, h, kind, L, D):
    """The engine's layer, run on the first two steps, and what its output and state look like."""
    layer = LAYERS[kind](l, h, L, batch_first=True, bidirectional=D == 2, generator=0)
    output, state = layer(engine.Tensor(np.zeros((N, 2, l))))
    last = state[0] if kind == "LSTM" else state
    return layer, (output.shape[0], round(T), *output.shape[2:]), last.shape


@family.part(Shape(), levels=["easy", "hard"])
def output(N, T, h, D):
    return (N, T, D * h)


output.slips = rows(
    ("batch and time exchanged", "The batch comes first, in the output, too.",
     lambda N, T, h, D: (T, N, D * h)),
    ("features of the input", "There is a number for every unit.", lambda N, T, l: (N, T, l)),
    ("last state only", "There is an output at every step.", lambda N, h, D: (N, D * h)),
    ("gates stacked", "The gates stay inside the cell.",
     lambda N, T, h, kind: (N, T, (4 if kind == "LSTM" else 3) * h)),
    ("one direction", "Both directions are put side by side.",
     lambda N, T, h, D: (N, T, h) if D == 2 else None),
    ("layers side by side", "The output is that of the last layer.",
     lambda N, T, h, D, L: (N, T, L * D * h)),
)  # fmt: skip
output.witness(lambda run: run[1])


@family.part(Shape(), levels=["easy", "hard"])
def last_state(N, h, L, D):
    return (L * D, N, h)


last_state.slips = rows(
    ("batch first", "In the last states the layers come first.", lambda N, h, L, D: (N, L * D, h)),
    ("layer axis left out", "The first axis counts layers, also a single one.",
     lambda N, h: (N, h)),
    ("one for every step", "Only the last states are kept.", lambda N, h, T: (T, N, h)),
    ("one direction", "Each direction counts as a layer.",
     lambda N, h, L, D: (L, N, h) if D == 2 else None),
    ("directions side by side", "Each direction counts as a layer.",
     lambda N, h, L, D: (L, N, D * h) if D == 2 else None),
)  # fmt: skip
last_state.witness(lambda run: run[2])


@family.part(Shape(), levels=["easy", "hard"])
def input_weights(l, h, kind):
    return ((4 if kind == "LSTM" else 3) * h, l)


input_weights.slips = rows(
    ("one gate", "The weights of all gates are stacked.", lambda l, h: (h, l)),
    ("transposed", "A row belongs to a gate of a unit.",
     lambda input_weights: input_weights[::-1]),
    ("recurrent weights", "These weights read the input.",
     lambda input_weights, h: (input_weights[0], h)),
    ("gates of the other cell", "An LSTM has four blocks of weights, a GRU three.",
     lambda l, h, kind: ((3 if kind == "LSTM" else 4) * h, l)),
    ("input and state together", "The recurrent weights are a matrix of their own.",
     lambda input_weights, l, h: (input_weights[0], l + h)),
)  # fmt: skip
input_weights.witness(lambda run: run[0].weight_ih_l0.shape)


@family.part(Shape(), levels=["easy", "hard"])
def logits(output, V):
    return (*output[:-1], V)


logits.slips = rows(
    ("one for each text", "Every step has scores.", lambda N, V: (N, V)),
    ("features of the state", "There is a score for every word.", lambda N, T, h: (N, T, h)),
    ("one number a step", "There is a score for every word.", lambda N, T: (N, T, 1)),
)  # fmt: skip


@logits.witness
def _(run, V):
    shape = run[1]
    weights = np.broadcast_to(0.0, (round(V), shape[2]))
    return (*shape[:2], (np.zeros((1, shape[2])) @ weights.T).shape[1])


@family.part(Integer(), levels=["medium"])
def padding(lengths):
    return sequence_counts.padding(lengths)


padding.slips = rows(
    ("real tokens", "The places without a token are asked for.", lambda lengths: sum(lengths)),
    ("all places", "The tokens are no padding.", lambda lengths: len(lengths) * max(lengths)),
    ("shortest only", "Every shorter sequence is padded.",
     lambda lengths: max(lengths) - min(lengths)),
    ("one end token each", "Nothing but the padding is added.",
     lambda padding, lengths: padding + len(lengths)),
)  # fmt: skip


@padding.witness
def _(lengths):
    batch = np.full((len(lengths), int(max(lengths))), np.nan)
    for row, length in zip(batch, lengths, strict=True):
        row[: int(length)] = 0
    return int(np.isnan(batch).sum())


@family.part(Real(digits=3), levels=["medium"])
def share(padding, lengths):
    return rational(padding, len(lengths) * max(lengths))


share.slips = rows(
    ("share of the tokens", "The padding's share is asked for.", lambda share: 1 - share),
    ("against the tokens", "Divide by all places.",
     lambda padding, lengths: rational(padding, sum(lengths))),
    ("mean of the lengths", "Divide by all places.",
     lambda padding, lengths: rational(padding, max(lengths))),
)  # fmt: skip


@share.witness
def _(lengths):
    longest = int(max(lengths))
    return np.mean([place >= length for length in lengths for place in range(longest)])


@family.part(Real(digits=3), levels=["medium"], marks=2)
def loss(lengths, losses):
    return sequence_counts.token_mean(lengths, losses)


loss.slips = rows(
    ("mean of the means", "A longer sequence counts more.", lambda losses: mean(losses)),
    ("padding counted", "Padding is no token.",
     lambda lengths, losses: dot(lengths, losses) * rational(1, len(lengths) * max(lengths))),
    ("sum", "The mean over the tokens is asked for.",
     lambda lengths, losses: dot(lengths, losses)),
    ("longest only", "All sequences count.",
     lambda lengths, losses: losses[lengths.index(max(lengths))]),
    ("divided by the batch", "Divide by the number of tokens.",
     lambda lengths, losses: dot(lengths, losses) * rational(1, len(lengths))),
)  # fmt: skip


@loss.witness
def _(lengths, losses):
    """All tokens in one list, each with its sequence's mean."""
    return np.concatenate([[v] * int(n) for n, v in zip(lengths, losses, strict=True)]).mean()


@family.part(Integer(), levels=["hard"])
def updates(T, k):
    return sequence_counts.windows(T, k)


updates.slips = rows(
    ("rounded down", "The last window is shorter, but is used.", lambda T, k: T // k),
    ("one for each step", "There is one update for each window.", lambda T: T),
    ("sliding windows", "The windows do not overlap.", lambda T, k: T - k + 1),
    ("times the batch", "The whole batch makes one update.", lambda updates, N: N * updates),
)  # fmt: skip
updates.witness(lambda T, k: len(range(0, int(T), int(k))))


@family.part(Integer(), levels=["hard"], marks=2)
def kept(N, k, h, L, D):
    return N * k * h * L * D


kept.slips = rows(
    ("whole sequence", "One window is kept at a time.", lambda N, T, h, L, D: N * T * h * L * D),
    ("batch left out", "Every sequence has states.", lambda k, h, L, D: k * h * L * D),
    ("one layer", "All layers have states.", lambda N, k, h, D: N * k * h * D),
    ("one direction", "Both directions have states.", lambda N, k, h, L: N * k * h * L),
    ("one step", "The states of all steps of the window are kept.",
     lambda N, h, L, D: N * h * L * D),
)  # fmt: skip
kept.witness(lambda N, k, h, L, D: sum(entries(N, k, h) for _ in range(round(L * D))))
