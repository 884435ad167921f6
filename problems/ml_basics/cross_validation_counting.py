"""Counting fits and examples in cross-validation.

Trap: K - 1 fits, forgetting the grid or the last fit, folds that contain the test set.
Reference: Hastie, Tibshirani and Friedman (2009), section 7.10; Cawley and Talbot (2010).
Source: S0-12, S0-24, S0-25, S1-16, S1-17.
"""

from math import prod

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Text
from partialcredit.numbers.rationals import ratio
from partialcredit.solvers import cross_validation

family = Family(version=2, conventions=["all folds have the same size"])


@family.sample
def sample(draw):
    K = draw.integer(3, 10)
    if draw.level == "hard":
        outer, inner = draw.integer(3, 8), draw.integer(2, 6)
        return {
            "N": outer * inner * draw.integer(5, 60),
            "outer": outer,
            "K": inner,
            "grid": (draw.integer(2, 5), draw.integer(2, 5)),
        }
    grid = draw.by_level((draw.integer(2, 9),), draw.integers(draw.integer(2, 3), 2, 5), ())
    parameters = {"N": K * draw.integer(8, 250), "K": K, "grid": grid}
    if draw.level == "medium":
        share = draw.decimal("0.1", "0.2", "0.25")
        kept, whole = ratio(share)
        rest = K * draw.integer(2, 12) * (whole - kept)
        parameters |= {"N": rest * whole // (whole - 1), "share": share}
    return parameters


@family.derive
def settings(grid):
    return prod(grid)


@family.part(Integer(), levels=["medium"])
def test(N, share):
    return cross_validation.test_size(N, share)


test.slips = rows(
    ("the rest", "This is what remains for training and validation.", lambda N, test: N - test),
    ("one fold", "The test set is set aside before the folds are made.", lambda N, K: N // K),
)  # fmt: skip
test.witness(lambda N, share: len(np.split(np.arange(N), [round(N * share)])[0]))


@family.part(Integer(), levels=["easy"])
def train(N, K):
    return cross_validation.training_size(N, K)


train.slips = rows(
    ("one fold", "One fold validates; the others train.", lambda validation: validation),
    ("all examples", "The fold that validates is left out of training.", lambda N: N),
)  # fmt: skip
train.witness(lambda N, K: len(split(np.arange(N), K)[0][0]))


@family.part(Integer(), levels=["medium"])
def train_of_rest(N, K, test):
    return cross_validation.training_size(N - test, K)


train_of_rest.slips = rows(
    ("folds of all examples", "The folds are made without the test set.", lambda N, K: N - N // K),
    ("one fold", "One fold validates; the others train.", lambda N, test, K: (N - test) // K),
    ("nothing left out", "One of the folds validates and does not train.",
     lambda N, test: N - test),
)  # fmt: skip


@train_of_rest.witness
def _(N, K, share):
    return len(split(np.arange(round(N * share), N), K)[0][0])


@family.part(Integer(), levels=["easy"], after="train")
def validation(N, K):
    return cross_validation.validation_size(N, K)


validation.slips = rows(
    ("the training folds", "One fold validates.", lambda train: train),
    ("one fold too many", "There are K folds.", lambda N, K: N // (K + 1)),
)  # fmt: skip
validation.witness(lambda N, K: len(split(np.arange(N), K)[0][1]))


@family.part(Integer(), levels=["easy", "hard"])
def fits(K, settings):
    return cross_validation.fits(K, settings, 0)


fits.slips = rows(
    ("K - 1 folds", "Every fold validates once, so there are K fits for a setting.",
     lambda K, settings: (K - 1) * settings),
    ("the folds only", "Every setting is tried on every fold.", lambda K: K),
    ("the settings only", "Every setting is tried on every fold.", lambda settings: settings),
    ("settings and folds added", "Every setting is tried on every fold: multiply.",
     lambda K, settings: K + settings),
)  # fmt: skip
fits.witness(lambda N, K, grid: len(searched(np.arange(N), K, grid, 0)))


@family.part(Integer(), marks=2, levels=["medium"])
def fits_and_last(K, settings):
    return cross_validation.fits(K, settings, 1)


fits_and_last.slips = rows(
    ("the settings only", "Every setting is tried on every fold.", lambda settings: settings),
    ("last fit forgotten", "The chosen setting is fitted once more, on all folds.",
     lambda fits_and_last: fits_and_last - 1),
    ("K - 1 folds", "Every fold validates once, so there are K fits.",
     lambda K, settings: (K - 1) * settings + 1),
    ("values added", "Every value goes with every value of the others: multiply.",
     lambda K, grid: K * sum(grid) + 1),
    ("the folds only", "The folds are run through for every setting, and a last fit follows.",
     lambda K: K),
    ("the grid forgotten", "The folds are run through for every setting.", lambda K: K + 1),
    ("folds forgotten", "Every setting is tried on every fold.", lambda settings: settings + 1),
)  # fmt: skip
fits_and_last.witness(lambda K, grid: len(searched(np.arange(K), K, grid, 1)))


@family.part(Integer(), levels=["medium"], after="fits_and_last")
def uses(K, settings):
    return cross_validation.training_uses(K, settings, 1)


uses.slips = rows(
    ("all fits", "An example does not train where its own fold validates.",
     lambda fits_and_last: fits_and_last),
    ("last fit forgotten", "The chosen setting is fitted once more, on all folds.",
     lambda uses: uses - 1),
    ("one setting", "The folds are run through for every setting.", lambda K: K),
    ("its own fold not left out", "An example does not train where its own fold validates.",
     lambda K, settings: K * settings),
)  # fmt: skip
uses.witness(lambda K, grid: times(searched(np.arange(K), K, grid, 1), 0))


@family.part(Integer(), levels=["easy", "medium"])
def validated(settings):
    return settings


validated.slips = rows(
    ("one setting", "The folds are run through for every setting.", lambda: 1),
    ("every fold", "An example validates in its own fold only.", lambda K, settings: K * settings),
    ("training", "In the other folds the example trains.", lambda K, settings: (K - 1) * settings),
)  # fmt: skip
validated.witness(lambda K, grid: times(searched(np.arange(K), K, grid, 0), 1))


@family.part(Integer(), levels=["hard"])
def outer_train(N, outer):
    return cross_validation.training_size(N, outer)


outer_train.slips = rows(
    ("one fold", "One outer fold scores; the others train.", lambda N, outer: N // outer),
    ("inner folds", "The outer folds come first.",
     lambda N, K: cross_validation.training_size(N, K)),
)  # fmt: skip
outer_train.witness(lambda N, outer: len(split(np.arange(N), outer)[0][0]))


@family.part(Integer(), levels=["hard"])
def inner_train(outer_train, K):
    return cross_validation.training_size(outer_train, K)


inner_train.slips = rows(
    ("outer folds ignored", "The inner folds divide the outer training set.",
     lambda N, K: cross_validation.training_size(N, K)),
    ("one fold", "One inner fold validates; the others train.",
     lambda outer_train, K: outer_train // K),
)  # fmt: skip


@inner_train.witness
def _(N, outer, K):
    rest, _score = split(np.arange(N), outer)[0]
    return len(split(rest, K)[0][0])


@family.part(Integer(), marks=2, levels=["hard"])
def nested(outer, K, settings):
    return cross_validation.nested_fits(outer, K, settings)


nested.slips = rows(
    ("winners not fitted", "The winner of every search is fitted once more.",
     lambda outer, K, settings: outer * K * settings),
    ("one search", "A search is made in every outer fold.",
     lambda outer, K, settings: K * settings + outer),
    ("values added", "Every value of one goes with every value of the other: multiply.",
     lambda outer, K, grid: cross_validation.nested_fits(outer, K, sum(grid))),
)  # fmt: skip
nested.witness(lambda outer, K, grid: len(nested_runs(outer * K, outer, K, grid)))


@family.part(Integer(), marks=2, levels=["hard"], after="nested")
def nested_uses(outer, K, settings):
    return cross_validation.nested_training_uses(outer, K, settings)


nested_uses.slips = rows(
    ("all fits", "An example does not train where its own fold is left out.",
     lambda nested: nested),
    ("outer fold ignored", "In one outer fold it is not trained on at all.",
     lambda outer, K, settings: outer * cross_validation.training_uses(K, settings, 1)),
    ("inner fold ignored", "It validates in one of the inner folds.",
     lambda outer, K, settings: (outer - 1) * cross_validation.fits(K, settings, 1)),
)  # fmt: skip
nested_uses.witness(lambda outer, K, grid: times(nested_runs(outer * K, outer, K, grid), 0))


def split(examples, K):
    """The training and the validation part of every fold."""
    folds = np.split(examples, K)
    return [(np.concatenate(folds[:k] + folds[k + 1 :]), folds[k]) for k in range(K)]


def searched(examples, K, grid, last):
    """The training and validation sets of every fit of a grid search, one after the other."""
    parts = split(examples, K)
    runs = [part for _setting in np.ndindex(*grid) for part in parts]
    return runs + [(examples, examples[:0])] * last


def nested_runs(N, outer, K, grid):
    examples = np.arange(N)
    return [run for rest, _score in split(examples, outer) for run in searched(rest, K, grid, 1)]


def times(runs, role, example=0):
    """In how many fits one example plays a role; the examples of a set are in order."""
    found = 0
    for run in runs:
        place = np.searchsorted(run[role], example)
        found += bool(place < len(run[role]) and run[role][place] == example)
    return found


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "The winner of a search was chosen because it scores well on the inner folds, so its score "
        "there is too good; the outer fold had no part in the choice."
    )
