"""Counting masks, and means and variances of dropout.

Trap: taking the chance to drop for the chance to q, scaling twice, N squared for 2 to the N.
Reference: Srivastava et al. (2014), sections 4 and 10.
Source: S0-85, S0-86, S1-63.
"""

from math import perm

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import dropout, letters

family = Family(
    version=3,
    conventions=[
        "every unit is {{ 'kept' if kept else 'dropped' }} with probability $p$, independently of "
        "the others",
        "inverted dropout divides the kept units by their chance to be kept while training, and "
        "does nothing at test time",
        "{% if level != 'easy' %}classical dropout does not scale in training{% endif %}",
    ],
    hidden=["kept"],
)


@family.sample
def sample(draw):
    own = {
        "p": draw.decimal("0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.6", "0.7", "0.8"),
        "kept": draw.integer(0, 1),
    }
    if draw.level == "easy":
        N = draw.integer(4, 12)
        h = rational(draw.integer(2, 99), 10)
        return own | {"N": N, "k": draw.integer(2, N - 2), "h": h}
    size = draw.by_level(0, 4, 5)
    mask = draw.shuffle([1, 1, 0, 0, draw.integer(0, 1)][:size])
    return own | {
        "w": [draw.nonzero(-5, 5) for _ in range(size)],
        "h": draw.integers(size, 1, 6),
        "mask": mask,
    }


@family.run
@family.derive
def q(p, kept):
    """The chance to be kept."""
    return p if kept else 1 - p


@family.derive
def products(w, h):
    return w * h


def outcomes(terms, q, inverted=True):
    """All values of the sum, by the engine's dropout with every mask, and their chances."""
    masks = (engine.sign_sequences(len(terms)) + 1) / 2
    x = engine.Tensor(np.ones_like(masks) * np.array(terms, dtype=float)[:, None])
    kept = functional.dropout(x, p=1 - q, mask=masks).data if inverted else x.data * masks
    return kept.sum(axis=0), np.where(masks == 1, q, 1 - q).prod(axis=0)


def moments(terms, q, inverted=True):
    values, chances = outcomes(terms, q, inverted)
    mean = values @ chances
    return mean, (values - mean) ** 2 @ chances


@family.run
def scaled(w, h, q):
    """Mean and variance with inverted dropout."""
    return moments(w * h, q)


@family.run
def classical(w, h, q):
    return moments(w * h, q, inverted=False)


@family.part(Integer(), levels=["easy"])
def networks(N):
    return dropout.masks(N)


networks.slips = rows(
    ("N squared", "Each unit doubles the number of masks.", lambda N: N**2),
    ("doubled", "Each unit doubles the number of masks.", lambda N: 2 * N),
    ("without the empty mask", "The mask that drops all units is one of them.",
     lambda networks: networks - 1),
)  # fmt: skip
networks.witness(lambda N: engine.sign_sequences(N).shape[1])


@family.part(Integer(), levels=["easy"])
def keeping(N, k):
    return dropout.masks_keeping(N, k)


keeping.slips = rows(
    ("in order", "It does not matter in which order the units are chosen.",
     lambda N, k: perm(N, k)),
    ("N times k", "Choose k of the N units.", lambda N, k: N * k),
)  # fmt: skip
keeping.witness(lambda N, k: int(((engine.sign_sequences(N) > 0).sum(axis=0) == k).sum()))


@family.part(Real(digits=3))
def factor(q):
    return dropout.scale(q)


factor.slips = rows(
    ("the other chance", "What counts is the chance to be kept.", lambda q: 1 / (1 - q)),
    ("multiplied", "The kept units must make up for the dropped ones: divide.", lambda q: q),
)  # fmt: skip
factor.witness(lambda q: outcomes((1,), q)[0].max())


@family.part(Real(digits=3), levels=["easy"])
def output(factor, h):
    return factor * h


output.slips = rows(
    ("not scaled", "Inverted dropout scales while training.", lambda h: h),
)  # fmt: skip
output.witness(lambda h, q: outcomes((h,), q)[0].max())


@family.part(Real(), levels=["easy"])
def survivors(N, q):
    return N * q


survivors.slips = rows(
    ("the dropped ones", "These are dropped on average.", lambda N, survivors: N - survivors),
)  # fmt: skip


@survivors.witness
def _(N, q):
    kept_units = (engine.sign_sequences(N) > 0).sum(axis=0)
    return kept_units @ outcomes((1,) * N, q)[1]


LATER = ["medium", "hard"]


@family.part(Real(digits=3), levels=LATER)
def masked(products, mask, q):
    return dropout.received(products, mask) * dropout.scale(q)


masked.slips = rows(
    ("not scaled", "Inverted dropout scales while training.", dropout.received),
    ("the other chance", "What counts is the chance to be kept.",
     lambda products, mask, q: dropout.received(products, mask) / (1 - q)),
    ("mask inverted", "A 1 keeps the unit.",
     lambda products, mask, q: dropout.received(products, 1 - mask) / q),
    ("multiplied by the chance", "Inverted dropout divides while training.",
     lambda products, mask, q: dropout.received(products, mask) * q),
    ("mask ignored", "A 1 keeps the unit, a 0 drops it.", lambda products, q: sum(products) / q),
)  # fmt: skip


@masked.witness
def _(w, h, mask, q):
    layer = engine.Dropout(1 - q)
    layer.mask = np.array(mask, dtype=float)
    return np.array(w) @ layer(engine.Tensor(np.array(h, dtype=float))).data


@family.part(Real(), levels=LATER)
def expected(products):
    return sum(products)


expected.slips = rows(
    ("scaled once more", "The division has made up for the dropped units already.",
     lambda expected, q: expected * q),
    ("scaled up", "The factor makes up for the dropped units, so it cancels in the mean.",
     lambda expected, q: expected / q),
)  # fmt: skip
expected.witness(lambda scaled: scaled[0])


@family.part(Real(), levels=["medium"])
def unscaled(expected, q):
    return q * expected


unscaled.slips = rows(
    ("the other chance", "What counts is the chance to be kept.",
     lambda expected, q: (1 - q) * expected),
    ("as without dropout", "Units that are dropped are missing from the mean.",
     lambda expected: expected),
    ("divided", "Classical dropout divides by nothing: the mean gets the chance as a factor.",
     lambda expected, q: expected / q),
)  # fmt: skip
unscaled.witness(lambda classical: classical[0])


@family.part(Text(), marks=2, levels=["medium"])
def why():
    return (
        "So that the expected input of the next layer is the same in training, where units are "
        "missing, as at test time, where all of them are there and nothing is scaled."
    )


@family.part(Real(digits=3), marks=2, levels=["hard"])
def variance(products, q):
    return dropout.inverted_variance(products, q)


variance.slips = rows(
    ("not scaled", "The division by the chance is squared in the variance.",
     lambda unscaled_variance: unscaled_variance),
    ("scaled once", "A factor of a variance is squared.",
     lambda unscaled_variance, q: unscaled_variance / q),
    ("square of the sum", "The units are independent: square every term.",
     lambda expected, q: dropout.term_variance(expected, q)),
    ("the other chance", "The chance to be kept stands in the denominator.",
     lambda products, q: dropout.inverted_variance(products, 1 - q)),
    ("second moment", "Subtract the squares of the means.",
     lambda products, q: sum(products**2) / q),
    ("no variance", "The division keeps the mean; the sum still varies with the mask.", lambda: 0),
)  # fmt: skip
variance.witness(lambda scaled: scaled[1])


@family.part(Real(digits=3), levels=["hard"])
def unscaled_variance(products, q):
    return dropout.classical_variance(products, q)


unscaled_variance.slips = rows(
    ("chance squared", "The variance of a mask is the chance to be kept times that to be dropped.",
     lambda products, q: q**2 * sum(products**2)),
    ("inverted dropout", "Here nothing is divided.", lambda variance: variance),
)  # fmt: skip
unscaled_variance.witness(lambda classical: classical[1])


@family.part(Expression(symbols={"a": "positive", "q": "unit"}), marks=2, levels=["hard"])
def formula():
    return letters.formula(dropout.term_variance)


formula.slips = rows(
    ("not scaled", "The division by q is squared in the variance.",
     lambda: letters.formula(lambda a, q: a**2 * q * (1 - q))),
    ("second moment", "Subtract the square of the mean.",
     lambda: letters.formula(lambda a, q: a**2 / q)),
)  # fmt: skip
formula.witness(lambda point: moments((point["a"],), point["q"])[1])
