"""Counting fits and examples in cross-validation.

Trap: K - 1 fits, forgetting the grid or the last fit, folds that contain the test set.
Reference: Hastie, Tibshirani and Friedman (2009), section 7.10; Cawley and Talbot (2010).
Source: S0-12, S0-24, S0-25, S1-16, S1-17.
"""

from math import prod

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Integer
from partialcredit.solvers import cross_validation

family = Family(conventions=["all folds have the same size"])


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
        rest = K * draw.integer(2, 12) * (share.denominator - share.numerator)
        parameters |= {"N": rest * share.denominator // (share.denominator - 1), "share": share}
    return parameters


@family.part(Integer(), levels=["medium"])
def test(N, share):
    return cross_validation.test_size(N, share)


@family.part(Integer(), levels=["easy"])
def train(N, K):
    return cross_validation.training_size(N, K)


@family.part(Integer(), levels=["medium"])
def train_of_rest(N, K, test):
    return cross_validation.training_size(N - test, K)


@family.part(Integer(), levels=["easy"])
def validation(N, K):
    return cross_validation.validation_size(N, K)


@family.part(Integer(), levels=["easy"])
def fits(K, grid):
    return cross_validation.fits(K, prod(grid), 0)


@family.part(Integer(), marks=2, levels=["medium"])
def fits_and_last(K, grid):
    return cross_validation.fits(K, prod(grid), 1)


@family.part(Integer(), levels=["medium"])
def uses(K, grid):
    return cross_validation.training_uses(K, prod(grid), 1)


@family.part(Integer(), levels=["easy", "medium"])
def validated(grid):
    return prod(grid)


@family.part(Integer(), levels=["hard"])
def outer_train(N, outer):
    return cross_validation.training_size(N, outer)


@family.part(Integer(), levels=["hard"])
def inner_train(outer_train, K):
    return cross_validation.training_size(outer_train, K)


@family.part(Integer(), marks=2, levels=["hard"])
def nested(outer, K, grid):
    return cross_validation.nested_fits(outer, K, prod(grid))


@family.part(Integer(), marks=2, levels=["hard"])
def nested_uses(outer, K, grid):
    return cross_validation.nested_training_uses(outer, K, prod(grid))


@test.mistake("the rest", "This is what remains for training and validation.")
def _(N, test):
    return N - test


@test.mistake("one fold", "The test set is set aside before the folds are made.")
def _(N, K):
    return N // K


@train.mistake("one fold", "One fold validates; the others train.")
def _(validation):
    return validation


@train.mistake("all examples", "The fold that validates is left out of training.")
def _(N):
    return N


@train_of_rest.mistake("folds of all examples", "The folds are made without the test set.")
def _(N, K):
    return N - N // K


@train_of_rest.mistake("one fold", "One fold validates; the others train.")
def _(N, test, K):
    return (N - test) // K


@train_of_rest.mistake("nothing left out", "One of the folds validates and does not train.")
def _(N, test):
    return N - test


@validation.mistake("the training folds", "One fold validates.")
def _(train):
    return train


@validation.mistake("one fold too many", "There are K folds.")
def _(N, K):
    return N // (K + 1)


@fits.mistake("K - 1 folds", "Every fold validates once, so there are K fits for a setting.")
def _(K, grid):
    return (K - 1) * prod(grid)


@fits.mistake("the folds only", "Every setting is tried on every fold.")
def _(K):
    return K


@fits.mistake("the settings only", "Every setting is tried on every fold.")
@fits_and_last.mistake("the settings only", "Every setting is tried on every fold.")
def _(grid):
    return prod(grid)


@fits.mistake("settings and folds added", "Every setting is tried on every fold: multiply.")
def _(K, grid):
    return K + prod(grid)


@fits_and_last.mistake("last fit forgotten", "The chosen setting is fitted once more.")
def _(fits_and_last):
    return fits_and_last - 1


@fits_and_last.mistake("K - 1 folds", "Every fold validates once, so there are K fits.")
def _(K, grid):
    return (K - 1) * prod(grid) + 1


@fits_and_last.mistake("values added", "Every value goes with every value of the others: multiply.")
def _(K, grid):
    return K * sum(grid) + 1


@fits_and_last.mistake(
    "the folds only", "The folds are run through for every setting, and a last fit follows."
)
def _(K):
    return K


@fits_and_last.mistake("the grid forgotten", "The folds are run through for every setting.")
def _(K):
    return K + 1


@uses.mistake("all fits", "An example does not train where its own fold validates.")
def _(fits_and_last):
    return fits_and_last


@uses.mistake("last fit forgotten", "The last fit trains on all of them.")
def _(uses):
    return uses - 1


@uses.mistake("one setting", "The folds are run through for every setting.")
def _(K):
    return K


@validated.mistake("one setting", "The folds are run through for every setting.")
def _():
    return 1


@validated.mistake("every fold", "An example validates in its own fold only.")
def _(K, grid):
    return K * prod(grid)


@validated.mistake("training", "In the other folds the example trains.")
def _(K, grid):
    return (K - 1) * prod(grid)


@outer_train.mistake("one fold", "One outer fold scores; the others train.")
def _(N, outer):
    return N // outer


@outer_train.mistake("inner folds", "The outer folds come first.")
def _(N, K):
    return cross_validation.training_size(N, K)


@inner_train.mistake("outer folds ignored", "The inner folds divide the outer training set.")
def _(N, K):
    return cross_validation.training_size(N, K)


@inner_train.mistake("one fold", "One inner fold validates; the others train.")
def _(outer_train, K):
    return outer_train // K


@nested.mistake("winners not fitted", "The winner of every search is fitted once more.")
def _(outer, K, grid):
    return outer * K * prod(grid)


@nested.mistake("one search", "A search is made in every outer fold.")
def _(outer, K, grid):
    return K * prod(grid) + outer


@nested.mistake("values added", "Every value of one goes with every value of the other: multiply.")
def _(outer, K, grid):
    return cross_validation.nested_fits(outer, K, sum(grid))


@nested_uses.mistake("all fits", "An example does not train where its own fold is left out.")
def _(nested):
    return nested


@nested_uses.mistake("outer fold ignored", "In one outer fold it is not trained on at all.")
def _(outer, K, grid):
    return outer * cross_validation.training_uses(K, prod(grid), 1)


@nested_uses.mistake("inner fold ignored", "It validates in one of the inner folds.")
def _(outer, K, grid):
    return (outer - 1) * cross_validation.fits(K, prod(grid), 1)


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


@test.witness
def _(N, share):
    return len(np.split(np.arange(N), [round(N * float(share))])[0])


@train.witness
def _(N, K):
    return len(split(np.arange(N), K)[0][0])


@train_of_rest.witness
def _(N, K, share):
    rest = np.arange(round(N * float(share)), N)
    return len(split(rest, K)[0][0])


@validation.witness
def _(N, K):
    return len(split(np.arange(N), K)[0][1])


@fits.witness
def _(N, K, grid):
    return len(searched(np.arange(N), K, grid, 0))


@fits_and_last.witness
def _(K, grid):
    return len(searched(np.arange(K), K, grid, 1))


@uses.witness
def _(K, grid):
    return times(searched(np.arange(K), K, grid, 1), 0)


@validated.witness
def _(K, grid):
    return times(searched(np.arange(K), K, grid, 0), 1)


@outer_train.witness
def _(N, outer):
    return len(split(np.arange(N), outer)[0][0])


@inner_train.witness
def _(N, outer, K):
    rest, _score = split(np.arange(N), outer)[0]
    return len(split(rest, K)[0][0])


@nested.witness
def _(outer, K, grid):
    return len(nested_runs(outer * K, outer, K, grid))


@nested_uses.witness
def _(outer, K, grid):
    return times(nested_runs(outer * K, outer, K, grid), 0)


@family.working
def _(grid):
    return {"settings": prod(grid)}
