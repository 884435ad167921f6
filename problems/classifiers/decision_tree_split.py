"""Splits of a decision tree: impurity, information gain, the greedy choice.

Trap: children not weighted, natural logarithms, the gain of another impurity.
Reference: Breiman et al. (1984), chapters 2 and 4; Quinlan (1986); Hastie, Tibshirani and Friedman
(2009), section 9.2.
Source: none
"""

from itertools import pairwise
from math import log2

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.figures import Mark, Plot
from partialcredit.grading import Array, Choice, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import decision_trees as trees

family = Family(
    conventions=[
        "entropies are in bits, and $0 \\log_2 0 = 0$",
        "the impurity after a split is the mean of both groups, weighted with their sizes; what is "
        "taken away from the impurity is the gain",
        "{% if level != 'easy' %}the Gini impurity is $1 - \\sum_c p_c^2${% endif %}",
        "{% if level == 'hard' %}a leaf predicts its most frequent class{% endif %}",
    ],
    hidden=["best"],
)

LATER = ["medium", "hard"]

CELLS = [(x, y) for x in range(8) for y in range(8)]

SPLITS = ("the first", "the second", "the third")


@family.sample
def sample(draw):
    """Splits that can be told apart, with the best of them at a place drawn before."""
    n, best = draw.integer(*draw.by_level((7, 9), (9, 12), (11, 14))), draw.integer(0, 2)
    ends = [(feature, rational(2 * t - 1, 2)) for feature in (0, 1) for t in range(2, 7)]
    order = []
    while not order:
        points = draw.sample(CELLS, n)
        labels = draw.shuffle([0, 0, 1, 1, *draw.integers(n - 4, 0, 1)])
        order = ranked(points, labels, draw.sample(ends, 3))
    splits = order[1:]
    splits.insert(best, order[0])
    parameters = {"points": points, "labels": labels, "splits": splits, "best": best}
    if draw.level != "hard":
        return parameters
    targets = sorted(draw.integers(6, 0, 30, distinct=True))
    return parameters | {"targets": targets, "cut": draw.integer(2, 4)}


def ranked(points, labels, splits):
    """The splits from the least entropy on; none where one is no use or two are as good."""
    found = []
    for split in splits:
        groups = sides(points, labels, split)
        if any(a == b for a, b in groups):  # empty, or of both classes alike
            return []
        found.append((sum(sum(group) * rough(group) for group in groups), split))
    found.sort()
    clear = all(after - before > 0.1 for (before, _), (after, _) in pairwise(found))
    return [split for _, split in found] if clear and 2 * sum(labels) != len(labels) else []


def rough(counts):
    """An entropy to compare with others."""
    return sum(-count * log2(count / sum(counts)) for count in counts if count) / sum(counts)


def sides(points, labels, split):
    """The counts of both classes below the threshold, and above it."""
    feature, threshold = split
    pairs = list(zip(points, labels, strict=True))
    below = [label for point, label in pairs if point[feature] < threshold]
    above = [label for point, label in pairs if point[feature] > threshold]
    return [[side.count(label) for label in (0, 1)] for side in (below, above)]


def mean(impurity, groups):
    """The mean of two groups as a student takes it who forgets the weights."""
    return sum(map(impurity, groups)) * rational(1, 2)


@family.derive
def groups(points, labels, splits):
    """The counts on both sides of each split."""
    return [sides(points, labels, split) for split in splits]


@family.derive
def whole(labels):
    return [labels.count(0), labels.count(1)]


@family.derive
def deviations(targets, cut):
    """The variances before the split and on both sides."""
    return [trees.variance(values) for values in (targets, targets[:cut], targets[cut:])]


@family.part(Real(digits=3))
def before(whole):
    return trees.entropy(whole)


before.slips = rows(
    ("natural logarithm", "Entropies are in bits: take the logarithm to base 2.",
     lambda before: before * log(2)),
    ("one term", "Every class adds a term.",
     lambda whole: -log(rational(whole[1], sum(whole))) / log(2) * rational(whole[1], sum(whole))),
    ("Gini impurity", "The entropy is asked for.", lambda whole: trees.gini(whole)),
    ("error rate", "The entropy is asked for.", lambda whole: trees.error_rate(whole)),
)  # fmt: skip


def bits(shares):
    """The entropy of probabilities by NumPy."""
    known = np.array(shares)[np.array(shares) > 0]
    return -np.dot(known, np.log2(known))


before.witness(lambda labels: bits([np.mean(labels), 1 - np.mean(labels)]))


@family.run
def shared(points, labels, splits):
    """The information that side and class have in common, for each split."""
    x, y = np.array(points), np.array(labels)
    found = []
    for feature, threshold in splits:
        right = x[:, int(feature)] > threshold
        joint = np.array([[np.mean(right & (y == c)), np.mean(~right & (y == c))] for c in (0, 1)])
        found.append(bits(joint.sum(axis=0)) + bits(joint.sum(axis=1)) - bits(joint.ravel()))
    return np.array(found)


@family.part(Array(shape=(3,), digits=3), marks=2)
def remaining(groups):
    return [trees.impurity_after(trees.entropy, group) for group in groups]


remaining.slips = rows(
    ("children not weighted", "Weight both groups with their sizes.",
     lambda groups: [mean(trees.entropy, group) for group in groups]),
    ("children added", "Take the weighted mean of both groups.",
     lambda groups: [trees.entropy(a) + trees.entropy(b) for a, b in groups]),
    ("natural logarithm", "Entropies are in bits: take the logarithm to base 2.",
     lambda remaining: remaining * log(2)),
    ("Gini impurity", "The entropy is asked for.",
     lambda groups: [trees.impurity_after(trees.gini, group) for group in groups]),
)  # fmt: skip
remaining.witness(lambda shared, labels: bits([np.mean(labels), 1 - np.mean(labels)]) - shared)


@family.part(Real(digits=3))
def gain(before, remaining):
    return trees.gain(before, remaining[0])


gain.slips = rows(
    ("entropy that remains", "Subtract it from the entropy before the split.",
     lambda remaining: remaining[0]),
    ("children not weighted", "Weight both groups with their sizes.",
     lambda before, groups:
         before - mean(trees.entropy, groups[0])),
    ("sign", "The split takes impurity away.", lambda gain: -gain),
)  # fmt: skip
gain.witness(lambda shared: shared[0])


@family.part(Choice(SPLITS))
def chosen(remaining):
    return list(remaining).index(min(remaining))


chosen.slips = rows(
    ("largest entropy", "The entropy that remains is to be small.",
     lambda remaining: list(remaining).index(max(remaining))),
    ("one pure group", "Look at the weighted mean, not at one group.",
     lambda groups: min(range(3), key=lambda i: float(min(map(trees.entropy, groups[i]))))),
    ("most even groups", "The classes are to be told apart, not the points to be halved.",
     lambda groups: min(range(3), key=lambda i: abs(sum(groups[i][0]) - sum(groups[i][1])))),
)  # fmt: skip
chosen.witness(lambda shared: int(shared.argmax()))


@family.part(Real(digits=3), levels=LATER)
def gini(whole):
    return trees.gini(whole)


gini.slips = rows(
    ("entropy", "The Gini impurity is 1 minus the sum of the squares.", lambda before: before),
    ("error rate", "The Gini impurity is 1 minus the sum of the squares.",
     lambda whole: trees.error_rate(whole)),
    ("sum of squares", "Subtract the sum of the squares from 1.", lambda gini: 1 - gini),
)  # fmt: skip
gini.witness(lambda labels: np.mean(np.not_equal.outer(labels, labels)))


@family.part(Real(digits=3), levels=LATER)
def gini_gain(gini, groups):
    return trees.gain(gini, trees.impurity_after(trees.gini, groups[0]))


gini_gain.slips = rows(
    ("information gain", "The Gini impurity is 1 minus the sum of the squares.",
     lambda gain: gain),
    ("impurity that remains", "Subtract it from the impurity before the split.",
     lambda groups: trees.impurity_after(trees.gini, groups[0])),
    ("children not weighted", "Weight both groups with their sizes.",
     lambda gini, groups:
         gini - mean(trees.gini, groups[0])),
)  # fmt: skip


@gini_gain.witness
def _(points, labels, splits):
    """Pairs of examples that differ, as a share of all pairs."""
    x, y = np.array(points), np.array(labels)
    right = x[:, int(splits[0][0])] > splits[0][1]
    sides = [y[right], y[~right]]
    pairs = [np.mean(side[:, None] != side) for side in (y, *sides)]
    return pairs[0] - np.average(pairs[1:], weights=[len(side) for side in sides])


@family.part(Real(digits=3), levels=["hard"])
def training_error(groups, chosen):
    return trees.impurity_after(trees.error_rate, groups[chosen])


training_error.slips = rows(
    ("before the split", "Every leaf predicts its own most frequent class.",
     lambda whole: trees.error_rate(whole)),
    ("children not weighted", "Count the errors over all examples.",
     lambda groups, chosen:
         mean(trees.error_rate, groups[chosen])),
    ("share that is right", "The error counts the wrong ones.",
     lambda training_error: 1 - training_error),
)  # fmt: skip


@training_error.witness
def _(shared, points, labels, splits):
    """Predict every example."""
    feature, threshold = splits[int(shared.argmax())]
    x, y = np.array(points)[:, int(feature)] > threshold, np.array(labels)
    return np.mean([y[x == side].mean().round() != label for side, label in zip(x, y, strict=True)])


@family.part(Real(digits=3), levels=["hard"])
def reduction(targets, cut):
    sides = [targets[:cut], targets[cut:]]
    rest = sum(rational(len(side), len(targets)) * trees.variance(side) for side in sides)
    return trees.gain(trees.variance(targets), rest)


reduction.slips = rows(
    ("children added", "Weight both groups with their sizes.",
     lambda targets, cut:
         trees.variance(targets) - trees.variance(targets[:cut]) - trees.variance(targets[cut:])),
    ("children not weighted", "Weight both groups with their sizes.",
     lambda targets, cut:
         trees.variance(targets) - mean(trees.variance, (targets[:cut], targets[cut:]))),
    ("variance before", "Subtract the variance that remains.",
     lambda targets: trees.variance(targets)),
)  # fmt: skip


@reduction.witness
def _(targets, cut):
    """The variance of the two means."""
    groups = np.split(np.array(targets, dtype=float), [int(cut)])
    return np.concatenate([np.full(len(group), group.mean()) for group in groups]).var()


@family.figure
def _(points, labels):
    pairs = list(zip(points, labels, strict=True))
    about = ", ".join(f"({x}, {y}) is {'-+'[label]}" for (x, y), label in pairs)
    marks = tuple(Mark(point, "-+"[label]) for point, label in pairs)
    return Plot(f"Points in the plane: {about}.", (), marks, "x_1", "x_2")


@family.working
def _(splits, groups):
    names = [f"x_{feature + 1} < {float(threshold):g}" for feature, threshold in splits]
    return {"names": names, "entropies": [Vector(map(trees.entropy, group)) for group in groups]}
