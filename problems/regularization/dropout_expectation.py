"""Counting masks, and means and variances of dropout.

Trap: taking the chance to drop for the chance to keep, scaling twice, N squared for 2 to the N.
Reference: Srivastava et al. (2014), sections 4 and 10.
Source: S0-85, S0-86, S1-63.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Expression, Integer, Real
from partialcredit.solvers import dropout, letters

family = Family(
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
        h = Fraction(draw.integer(2, 99), 10)
        return own | {"N": N, "k": draw.integer(2, N - 2), "h": h}
    size = draw.by_level(0, 4, 5)
    mask = draw.shuffle([1, 1, 0, 0, draw.integer(0, 1)][:size])
    return own | {
        "w": [draw.nonzero(-5, 5) for _ in range(size)],
        "h": draw.integers(size, 1, 6),
        "mask": mask,
    }


def chance(p, kept):
    """The chance to be kept."""
    return p if kept else 1 - p


def products(w, h):
    return tuple(a * b for a, b in zip(w, h, strict=True))


@family.part(Integer(), levels=["easy"])
def networks(N):
    return dropout.masks(N)


@family.part(Integer(), levels=["easy"])
def keeping(N, k):
    return dropout.masks_keeping(N, k)


@family.part(Real(digits=4), levels=["easy"])
def factor(p, kept):
    return dropout.scale(chance(p, kept))


@family.part(Real(digits=4), levels=["easy"])
def output(factor, h):
    return factor * h


@family.part(Real(digits=4), levels=["easy"])
def survivors(N, p, kept):
    return N * chance(p, kept)


LATER = ["medium", "hard"]


@family.part(Real(digits=4), levels=LATER)
def masked(w, h, mask, p, kept):
    return dropout.received(products(w, h), mask) * dropout.scale(chance(p, kept))


@family.part(Real(digits=4), levels=LATER)
def expected(w, h):
    return sum(products(w, h))


@family.part(Real(digits=4), levels=["medium"])
def unscaled(expected, p, kept):
    return chance(p, kept) * expected


@family.part(Real(digits=4), marks=2, levels=["hard"])
def variance(w, h, p, kept):
    return dropout.inverted_variance(products(w, h), chance(p, kept))


@family.part(Real(digits=4), levels=["hard"])
def unscaled_variance(w, h, p, kept):
    return dropout.classical_variance(products(w, h), chance(p, kept))


@family.part(Expression(symbols={"a": "positive", "q": "unit"}), marks=2, levels=["hard"])
def formula():
    return letters.formula(dropout.term_variance)


@networks.mistake("N squared", "Each unit doubles the number of masks.")
def _(N):
    return N**2


@networks.mistake("doubled", "Each unit doubles the number of masks.")
def _(N):
    return 2 * N


@networks.mistake("without the empty mask", "The mask that drops all units is one of them.")
def _(networks):
    return networks - 1


@keeping.mistake("in order", "It does not matter in which order the units are chosen.")
def _(N, k):
    return int(np.prod(range(N - k + 1, N + 1)))


@keeping.mistake("N times k", "Choose k of the N units.")
def _(N, k):
    return N * k


@factor.mistake("the other chance", "Divide by the chance to be kept.")
def _(p, kept):
    return 1 / (1 - chance(p, kept))


@factor.mistake("multiplied", "The kept units must make up for the dropped ones: divide.")
def _(p, kept):
    return chance(p, kept)


@output.mistake("not scaled", "Inverted dropout scales while training.")
def _(h):
    return h


@output.mistake("multiplied", "The kept units must make up for the dropped ones: divide.")
def _(h, factor):
    return h / factor


@output.mistake("the other chance", "Divide by the chance to be kept.")
def _(h, p, kept):
    return h / (1 - chance(p, kept))


@survivors.mistake("the dropped ones", "These are dropped on average.")
def _(N, survivors):
    return N - survivors


@masked.mistake("not scaled", "Inverted dropout scales while training.")
def _(w, h, mask):
    return dropout.received(products(w, h), mask)


@masked.mistake("the other chance", "Divide by the chance to be kept.")
def _(w, h, mask, p, kept):
    return dropout.received(products(w, h), mask) / (1 - chance(p, kept))


@masked.mistake("mask inverted", "A 1 keeps the unit.")
def _(w, h, mask, p, kept):
    other = dropout.received(products(w, h), [1 - m for m in mask])
    return other / chance(p, kept)


@expected.mistake("scaled once more", "The division has made up for the dropped units already.")
def _(expected, p, kept):
    return expected * chance(p, kept)


@expected.mistake(
    "scaled up", "The factor makes up for the dropped units, so it cancels in the mean."
)
def _(expected, p, kept):
    return expected / chance(p, kept)


@unscaled.mistake("the other chance", "Multiply by the chance to be kept.")
def _(expected, p, kept):
    return (1 - chance(p, kept)) * expected


@unscaled.mistake("as without dropout", "Units that are dropped are missing from the mean.")
def _(expected):
    return expected


@variance.mistake("not scaled", "The division by the chance is squared in the variance.")
def _(unscaled_variance):
    return unscaled_variance


@variance.mistake("scaled once", "A factor of a variance is squared.")
def _(unscaled_variance, p, kept):
    return unscaled_variance / chance(p, kept)


@variance.mistake("square of the sum", "The units are independent: square every term.")
def _(expected, p, kept):
    return dropout.term_variance(expected, chance(p, kept))


@variance.mistake("the other chance", "The chance to be kept stands in the denominator.")
def _(w, h, p, kept):
    return dropout.inverted_variance(products(w, h), 1 - chance(p, kept))


@variance.mistake("second moment", "Subtract the squares of the means.")
def _(w, h, p, kept):
    return sum(x**2 for x in products(w, h)) / chance(p, kept)


@variance.mistake("no variance", "The division keeps the mean; the sum still varies with the mask.")
def _():
    return 0


@unscaled_variance.mistake(
    "chance squared", "The variance of a mask is the chance to be kept times that to be dropped."
)
def _(w, h, p, kept):
    return chance(p, kept) ** 2 * sum(x**2 for x in products(w, h))


@unscaled_variance.mistake("inverted dropout", "Here nothing is divided.")
def _(variance):
    return variance


@formula.mistake("not scaled", "The division by q is squared in the variance.")
def _():
    return letters.formula(plain)


@formula.mistake("second moment", "Subtract the square of the mean.")
def _():
    return letters.formula(second_moment)


def plain(a, q):
    return a**2 * q * (1 - q)


def second_moment(a, q):
    return a**2 / q


@lru_cache(maxsize=8)
def outcomes(terms, q, inverted=True):
    """All values of the sum, by the engine's dropout with every mask, and their chances."""
    masks = (engine.sign_sequences(len(terms)) + 1) / 2
    x = engine.Tensor(np.ones_like(masks) * np.array(terms, dtype=float)[:, None])
    kept = functional.dropout(x, p=1 - float(q), mask=masks).data if inverted else x.data * masks
    return kept.sum(axis=0), np.where(masks == 1, float(q), 1 - float(q)).prod(axis=0)


def moments(terms, q, inverted=True):
    values, chances = outcomes(terms, q, inverted)
    mean = values @ chances
    return mean, (values - mean) ** 2 @ chances


@networks.witness
def _(N):
    return engine.sign_sequences(N).shape[1]


@keeping.witness
def _(N, k):
    return int(((engine.sign_sequences(N) > 0).sum(axis=0) == k).sum())


@factor.witness
def _(p, kept):
    return outcomes((1,), chance(p, kept))[0].max()


@output.witness
def _(h, p, kept):
    return outcomes((h,), chance(p, kept))[0].max()


@survivors.witness
def _(N, p, kept):
    kept_units = (engine.sign_sequences(N) > 0).sum(axis=0)
    return kept_units @ outcomes((1,) * N, chance(p, kept))[1]


@masked.witness
def _(w, h, mask, p, kept):
    layer = engine.Dropout(1 - float(chance(p, kept)))
    layer.mask = np.array(mask, dtype=float)
    return np.array(w) @ layer(engine.Tensor(np.array(h, dtype=float))).data


@expected.witness
def _(w, h, p, kept):
    return moments(products(w, h), chance(p, kept))[0]


@unscaled.witness
def _(w, h, p, kept):
    return moments(products(w, h), chance(p, kept), inverted=False)[0]


@variance.witness
def _(w, h, p, kept):
    return moments(products(w, h), chance(p, kept))[1]


@unscaled_variance.witness
def _(w, h, p, kept):
    return moments(products(w, h), chance(p, kept), inverted=False)[1]


@formula.witness
def _(point):
    return moments((point["a"],), point["q"])[1]


@family.working
def _(p, kept):
    return {"q": chance(p, kept)}
