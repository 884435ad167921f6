"""Counting mini-batches, updates and epochs.

Trap: rounding down, forgetting the epochs, letting batches run across epochs.
Reference: Goodfellow, Bengio and Courville (2016), section 8.1.3.
Source: S0-36, S1-38, S1-87, S2-07.
"""

from functools import lru_cache
from itertools import accumulate

from partialcredit.engine import batches
from partialcredit.family import Family
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


@family.part(Integer(), levels=["easy", "medium"])
def per_epoch(N, B):
    return minibatches.updates(N, B)


@family.part(Integer(), levels=["medium"])
def last(N, B):
    return minibatches.last_size(N, B)


@family.part(Integer(), levels=["hard"])
def unused(N, B):
    return minibatches.left_out(N, B)


@family.part(Integer(), levels=["hard"])
def full_batches(N, B, unused):
    return minibatches.updates(N - unused, B)


@family.part(Integer(), levels=["easy", "medium"])
def total(per_epoch, epochs):
    return per_epoch * epochs


@family.part(Integer(), levels=["hard"])
def full_total(full_batches, epochs):
    return full_batches * epochs


@family.part(Integer())
def gradients(drop, N, B, epochs):
    return (N - drop * minibatches.left_out(N, B)) * epochs


@family.part(Integer(), levels=["hard"], marks=2)
def epoch(number, full_batches):
    return minibatches.epoch_of(number, full_batches)


@per_epoch.mistake("rounded down", "The last, smaller batch gives an update, too.")
def _(N, B):
    return N // B


@per_epoch.mistake("multiplied", "Divide the number of examples by the size of a batch.")
def _(N, B):
    return N * B


@per_epoch.mistake("the batch size", "This is how many examples a batch has.")
def _(B):
    return B


@last.mistake("a whole batch", "The batch size does not divide the number of examples.")
def _(B):
    return B


@last.mistake("what is missing", "This many examples are missing to fill the last batch.")
def _(N, B):
    return B - N % B


@unused.mistake("none", "What does not fill a whole batch is dropped.")
def _():
    return 0


@unused.mistake("what is missing", "This many examples are missing to fill the last batch.")
def _(N, B):
    return B - N % B


@full_batches.mistake("kept the last", "The last, smaller batch is dropped.")
def _(N, B):
    return minibatches.updates(N, B)


@full_batches.mistake("the batch size", "This is how many examples a batch has.")
def _(B):
    return B


@total.mistake("one epoch", "Every epoch makes as many updates.")
def _(per_epoch):
    return per_epoch


@total.mistake("rounded down", "The last, smaller batch of every epoch gives an update, too.")
def _(N, B, epochs):
    return N // B * epochs


@total.mistake("batches across epochs", "Every epoch ends with its own smaller batch.")
def _(N, B, epochs):
    return minibatches.updates(N * epochs, B)


@total.mistake("examples instead of batches", "One update uses a whole batch.")
def _(N, epochs):
    return N * epochs


@full_total.mistake("one epoch", "Every epoch makes as many updates.")
def _(full_batches):
    return full_batches


@full_total.mistake("kept the last", "The last, smaller batch is dropped in every epoch.")
def _(N, B, epochs):
    return minibatches.updates(N, B) * epochs


@full_total.mistake("batches across epochs", "What one epoch drops is not kept for the next.")
def _(N, B, epochs):
    return N * epochs // B


@gradients.mistake("one per update", "Every example of a batch has a gradient of its own.")
def _(N, B, epochs):
    return minibatches.updates(N, B) * epochs


@gradients.mistake("one epoch", "Every epoch goes through the examples again.")
def _(gradients, epochs):
    return gradients // epochs


@gradients.mistake("last batch filled up", "The last batch is smaller.")
def _(level, N, B, epochs):
    return minibatches.updates(N, B) * B * epochs if level == "medium" else None


@gradients.mistake("dropped examples counted", "Examples of a dropped batch give no gradient.")
def _(level, N, epochs):
    return N * epochs if level == "hard" else None


@epoch.mistake("counted from 0", "This many epochs are finished; the update falls in the next one.")
def _(epoch):
    return epoch - 1


@epoch.mistake("batch number", "This is the number of the batch within its epoch.")
def _(number, full_batches):
    return (number - 1) % full_batches + 1


@lru_cache(maxsize=4)
def sizes(N, B, drop_last):
    """The batches that the engine's loader hands out in an epoch."""
    return [len(batch) for batch in batches(N, B, 0, drop_last)]


@per_epoch.witness
def _(N, B):
    return len(sizes(N, B, False))


@last.witness
def _(N, B):
    return sizes(N, B, False)[-1]


@unused.witness
def _(N, B):
    return N - sum(sizes(N, B, True))


@full_batches.witness
def _(N, B):
    return len(sizes(N, B, True))


@total.witness
def _(N, B, epochs):
    return sum(len(sizes(N, B, False)) for _epoch in range(epochs))


@full_total.witness
def _(N, B, epochs):
    return sum(len(sizes(N, B, True)) for _epoch in range(epochs))


@gradients.witness
def _(N, B, epochs, drop):
    return sum(sum(sizes(N, B, bool(drop))) for _epoch in range(epochs))


@epoch.witness
def _(N, B, number):
    done = accumulate(len(sizes(N, B, True)) for _epoch in range(number))
    return next(i for i, updates in enumerate(done, start=1) if updates >= number)
