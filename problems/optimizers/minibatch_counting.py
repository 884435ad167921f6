"""Counting mini-batches, updates and epochs.

Trap: rounding down, forgetting the epochs, letting batches run across epochs.
Reference: Goodfellow, Bengio and Courville (2016), section 8.1.3.
Source: S0-36, S1-38, S1-87, S2-07.
"""

from itertools import accumulate

from partialcredit.engine import batches
from partialcredit.family import Family, rows
from partialcredit.grading import Integer
from partialcredit.solvers import minibatches

family = Family(
    conventions=[
        "an epoch takes every example once, in batches without replacement, and every batch gives "
        "one update",
        "{% if drop %}a last batch that is smaller is dropped"
        "{% elif level == 'medium' %}a last batch that is smaller is used, too{% endif %}",
    ],
    hidden=["drop"],
)


@family.sample
def sample(draw):
    B = draw.choice([8, 16, 20, 25, 32, 50, 64, 100, 128, 200, 256])
    whole = draw.integer(12, min(400, 12_000 // B))
    extra = draw.by_level(0, *[draw.integer(1, B - 1)] * 2)
    own = {"N": B * whole + extra, "B": B, "epochs": draw.integer(3, 40)}
    own["drop"] = draw.by_level(0, 0, 1)
    return own | draw.by_level({}, {}, {"number": draw.integer(whole + 1, 30 * whole)})


@family.run
def sizes(N, B, drop):
    """The batches that the engine's loader hands out in an epoch."""
    return [len(batch) for batch in batches(N, B, 0, bool(drop))]


@family.part(Integer(), levels=["easy", "medium"])
def per_epoch(N, B):
    return minibatches.updates(N, B)


per_epoch.slips = rows(
    ("rounded down", "The last, smaller batch gives an update, too.", lambda N, B: N // B),
    ("multiplied", "Divide the number of examples by the size of a batch.", lambda N, B: N * B),
    ("the batch size", "This is how many examples a batch has.", lambda B: B),
    ("one too many", "The number of batches is N / B, rounded up.",
     lambda per_epoch: per_epoch + 1),
)  # fmt: skip
per_epoch.witness(lambda sizes: len(sizes))


@family.part(Integer(), levels=["medium"])
def last(N, B):
    return minibatches.last_size(N, B)


last.slips = rows(
    ("a whole batch", "The batch size does not divide the number of examples.", lambda B: B),
    ("what is missing", "This many examples are missing to fill the last batch.",
     lambda N, B: B - N % B),
)  # fmt: skip
last.witness(lambda sizes: sizes[-1])


@family.part(Integer(), levels=["hard"])
def unused(N, B):
    return minibatches.left_out(N, B)


unused.slips = rows(
    ("none", "What does not fill a whole batch is dropped.", lambda: 0),
    ("what is missing", "This many examples are missing to fill the last batch.",
     lambda N, B: B - N % B),
)  # fmt: skip
unused.witness(lambda N, sizes: N - sum(sizes))


@family.part(Integer(), levels=["hard"])
def full_batches(N, B, unused):
    return minibatches.updates(N - unused, B)


full_batches.slips = rows(
    ("the batch size", "This is how many examples a batch has.", lambda B: B),
)  # fmt: skip
full_batches.witness(lambda sizes: len(sizes))


@family.part(Integer(), levels=["easy", "medium"])
def total(per_epoch, epochs):
    return per_epoch * epochs


total.slips = rows(
    ("one epoch", "Every epoch goes through all examples again.", lambda per_epoch: per_epoch),
    ("batches across epochs", "Every epoch ends with its own smaller batch.",
     lambda N, B, epochs: minibatches.updates(N * epochs, B)),
    ("examples instead of batches", "One update uses a whole batch.", lambda N, epochs: N * epochs),
    ("last batches dropped", "The last, smaller batch gives an update, too.",
     lambda N, B, epochs: N // B * epochs),
    ("divided by the epochs", "Every epoch makes as many updates: multiply.",
     lambda per_epoch, epochs: per_epoch // epochs),
)  # fmt: skip
total.witness(lambda epochs, sizes: sum(len(sizes) for _epoch in range(epochs)))


@family.part(Integer(), levels=["hard"])
def full_total(full_batches, epochs):
    return full_batches * epochs


full_total.slips = rows(
    ("one epoch", "Every epoch goes through all examples again.",
     lambda full_batches: full_batches),
    ("batches across epochs", "What one epoch drops is not kept for the next.",
     lambda N, B, epochs: N * epochs // B),
)  # fmt: skip
full_total.witness(lambda epochs, sizes: sum(len(sizes) for _epoch in range(epochs)))


@family.part(Integer())
def gradients(drop, N, B, epochs):
    return (N - drop * minibatches.left_out(N, B)) * epochs


gradients.slips = rows(
    ("one per update", "Every example of a batch has a gradient of its own.",
     lambda N, B, epochs: minibatches.updates(N, B) * epochs),
    ("one epoch", "Every epoch goes through all examples again.",
     lambda gradients, epochs: gradients // epochs),
    ("last batch filled up", "The last batch is smaller.",
     lambda level, N, B, epochs:
         minibatches.updates(N, B) * B * epochs if level == "medium" else None),
    ("dropped examples counted", "Examples of a dropped batch give no gradient.",
     lambda level, N, epochs: N * epochs if level == "hard" else None),
)  # fmt: skip
gradients.witness(lambda epochs, sizes: sum(sum(sizes) for _epoch in range(epochs)))


@family.part(Integer(), levels=["hard"], marks=2)
def epoch(number, full_batches):
    return minibatches.epoch_of(number, full_batches)


epoch.slips = rows(
    ("counted from 0", "This many epochs are finished; the update falls in the next one.",
     lambda epoch: epoch - 1),
    ("batch number", "This is the number of the batch within its epoch.",
     lambda number, full_batches: (number - 1) % full_batches + 1),
)  # fmt: skip


@epoch.witness
def _(number, sizes):
    done = accumulate(len(sizes) for _epoch in range(number))
    return next(i for i, updates in enumerate(done, start=1) if updates >= number)
