"""ROC points and the area under the curve.

Trap: rates divided by all items, a tie counted fully or not at all, the classes exchanged.
Reference: Fawcett (2006), algorithms 1 and 2; Hanley and McNeil (1982).
Source: none
"""

from itertools import pairwise

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Plot
from partialcredit.grading import Array, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import roc

family = Family(
    conventions=[
        "an item is called positive if its score is at least the threshold",
        "$x$ is the false positive rate (FPR), $y$ the true positive rate (TPR)",
        "points of the curve are joined by straight lines, so that a tie of a positive and a "
        "negative item counts one half",
    ]
)

HUNDREDTHS = range(3, 98)


@family.sample
def sample(draw):
    """Items mostly positive at the top; from medium on one tie between the classes."""
    n = draw.by_level(draw.integer(7, 9), draw.integer(7, 8), draw.integer(9, 11))
    positives = draw.choice([k for k in range(3, n - 2) if 2 * k != n])
    scores = [rational(s, 100) for s in sorted(draw.sample(HUNDREDTHS, n), reverse=True)]
    order = sorted(range(n), key=lambda i: i + draw.integer(0, 6))
    labels = [int(order[i] < positives) for i in range(n)]
    if draw.level != "easy":
        mixed = [i for i in range(n - 1) if labels[i] != labels[i + 1]]
        tie = draw.choice(mixed)
        scores[tie + 1] = scores[tie]
    shuffled = draw.shuffle(range(n))
    middle = draw.integer(1, n - 3)
    return {
        "scores": [scores[i] for i in shuffled],
        "labels": [labels[i] for i in shuffled],
        "cut": (scores[middle] + scores[middle + 1]) / 2 if draw.level != "hard" else 0,
    }


@family.condition
def _(scores, labels, cut):
    """Neither perfect nor random; the threshold is no score, and it tells something."""
    area = roc.area(scores, labels)
    found = roc.rates(scores, labels, cut)
    told = cut == 0 or (0 < found[0] < 1 and 0 < found[1] < 1 and found[0] != found[1])
    return area not in (0, rational(1, 2), 1) and told and cut not in scores


@family.run
def walked(scores, labels):
    """The corners of the curve: the threshold is lowered past every score, and items counted."""
    order = np.argsort(-np.array(scores, dtype=float), kind="stable")
    values, hits = np.array(scores, dtype=float)[order], np.array(labels)[order] == 1
    last = np.append(np.diff(values) != 0, True)
    corners = np.stack([np.cumsum(~hits) / (~hits).sum(), np.cumsum(hits) / hits.sum()], axis=1)
    return np.vstack([[0, 0], corners[last]])


@family.part(Array(shape=(2,), digits=3), levels=["easy", "medium"])
def rates(scores, labels, cut):
    return roc.rates(scores, labels, cut)


def called(scores, labels, cut):
    """False and true positives."""
    positive, negative = roc.split(scores, labels)
    return [rational(sum(s >= cut for s in side)) for side in (negative, positive)]


rates.slips = rows(
    ("axes exchanged", "The false positive rate comes first.", lambda rates: rates[::-1]),
    ("share of the called items", "The false positive rate divides by the negative items.",
     lambda scores, labels, cut: (called(scores, labels, cut)[0] / sum(called(scores, labels, cut)),
                                  roc.rates(scores, labels, cut)[1])),
    ("divided by all", "Each rate divides by its own class.",
     lambda scores, labels, cut: [n / len(labels) for n in called(scores, labels, cut)]),
    ("items below the threshold", "Items at or above the threshold are called positive.",
     lambda rates: 1 - rates),
)  # fmt: skip


@rates.witness
def _(scores, labels, cut):
    hits, high = np.array(labels) == 1, np.array(scores) > cut
    return [high[~hits].mean(), high[hits].mean()]


@family.part(lambda scores: Array(shape=(len(set(scores)) + 1, 2), digits=3), levels=["medium"],
             marks=3)  # fmt: skip
def points(scores, labels):
    return roc.points(scores, labels)


points.slips = rows(
    ("axes exchanged", "The false positive rate comes first.",
     lambda points: [point[::-1] for point in points]),
    ("counts for rates", "Divide by the items of the class.",
     lambda points, labels: [(x * labels.count(0), y * labels.count(1)) for x, y in points]),
    ("rising threshold", "The curve begins at (0, 0), with the highest threshold.",
     lambda points: points[::-1]),
    ("divided by all", "Each rate divides by its own class.",
     lambda points, labels: [
         (x * labels.count(0) / len(labels), y * labels.count(1) / len(labels))
         for x, y in points]),
)  # fmt: skip
points.witness(lambda walked: walked)


@family.part(Real(digits=3), levels=["hard"])
def rank_sum(scores, labels):
    return sum(ranks(scores, labels, lambda a, b: a < b))


def ranks(scores, labels, before):
    """The ranks of the positive items; ties share theirs."""
    return [
        rational(1, 2) * (1 + sum(2 * before(o, s) + (o == s) for o in scores))
        for s, label in zip(scores, labels, strict=True)
        if label
    ]


rank_sum.slips = rows(
    ("best has rank 1", "Rank 1 is the lowest score here.",
     lambda scores, labels: sum(ranks(scores, labels, lambda a, b: a > b))),
    ("ranks of the negative items", "Add the ranks of the positive items.",
     lambda scores, labels: sum(ranks(scores, [1 - y for y in labels], lambda a, b: a < b))),
    ("ties not shared", "Tied items share the mean of their ranks.",
     lambda scores, labels: sum(1 + sum(o < s for o in scores)
                                for s, y in zip(scores, labels, strict=True) if y)),
    ("counted from 0", "Rank 1 is the lowest score.",
     lambda rank_sum, labels: rank_sum - labels.count(1)),
)  # fmt: skip


@rank_sum.witness
def _(scores, labels):
    """Sorted and numbered; equal scores get the mean of their numbers."""
    ordered = np.sort(np.array(scores, dtype=float))
    return sum(np.flatnonzero(ordered == s).mean() + 1
               for s, y in zip(scores, labels, strict=True) if y)  # fmt: skip


@family.part(Real(digits=3), levels=["easy", "medium"], marks=2)
def auc(scores, labels):
    return roc.area(scores, labels)


def counted(scores, labels, tie):
    positive, negative = roc.split(scores, labels)
    pairs = [(a, b) for a in positive for b in negative]
    return rational(sum((a > b) + tie * (a == b) for a, b in pairs), len(pairs))


AUC_SLIPS = (
    ("ties count nothing", "A tie is half a right pair.",
     lambda scores, labels: counted(scores, labels, 0)),
    ("ties count fully", "A tie is only half a right pair.",
     lambda scores, labels: counted(scores, labels, 1)),
    ("all pairs below", "Only pairs of a positive and a negative item count.",
     lambda scores, labels: roc.area(scores, labels) * 2 * labels.count(0) * labels.count(1)
     / (len(labels) * (len(labels) - 1))),
    ("classes exchanged", "Count the pairs in which the positive item stands higher.",
     lambda scores, labels: 1 - roc.area(scores, labels)),
)  # fmt: skip

auc.slips = rows(
    *AUC_SLIPS,
    ("accuracy at the threshold", "The area takes all thresholds together.",
     lambda scores, labels, cut: rational(
         sum((s >= cut) == y for s, y in zip(scores, labels, strict=True)), len(labels))),
    ("one point only", "That is the area under the lines through one point.",
     lambda rates: (1 + rates[1] - rates[0]) / 2),
)  # fmt: skip


def trapezoids(walked):
    return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(walked))


auc.witness(trapezoids)


@family.part(Real(digits=3), levels=["hard"], marks=2)
def area(rank_sum, labels):
    return roc.area_from_ranks(rank_sum, labels.count(1), labels.count(0))


area.slips = rows(
    *AUC_SLIPS,
    ("least rank sum not subtracted", "The positive items have the ranks 1 to P at the least.",
     lambda rank_sum, labels: rank_sum / (labels.count(1) * labels.count(0))),
)  # fmt: skip
area.witness(trapezoids)


@family.part(Real(digits=3), levels=["hard"])
def turned(area):
    return 1 - area


turned.slips = rows(
    ("unchanged", "Turning the order turns every pair.", lambda area: area),
    ("wrong sign", "An area is not negative.", lambda area: -area),
    ("inverse", "Pairs that were wrong are right now: subtract from 1.", lambda area: 1 / area),
)  # fmt: skip


@turned.witness
def _(walked):
    """The curve of the items from the other end."""
    return trapezoids(1 - walked[::-1])


@family.part(Real(digits=3), levels=["hard"])
def youden(scores, labels):
    return max(y - x for x, y in roc.points(scores, labels))


youden.slips = rows(
    ("sum of both", "Subtract the false positive rate.",
     lambda scores, labels: max(min(x + y, 2) for x, y in roc.points(scores, labels)[:-1])),
    ("first step only", "Try every threshold.",
     lambda scores, labels: roc.points(scores, labels)[1][1] - roc.points(scores, labels)[1][0]),
    ("halved", "It is the difference itself.", lambda youden: youden / 2),
)  # fmt: skip
youden.witness(lambda walked: (walked[:, 1] - walked[:, 0]).max())


@family.figure
def _(scores, labels):
    curve = roc.points(scores, labels)
    return Plot(
        alt="The curve through " + ", ".join(f"({x}, {y})" for x, y in curve) + ".",
        curves=(
            Curve(tuple((float(x), float(y)) for x, y in curve)),
            Curve(((0, 0), (1, 1)), style="dashed"),
        ),
        x_label=r"\text{FPR}",
        y_label=r"\text{TPR}",
        window=((0, 0), (1, 1)),
    )


@family.working
def _(scores, labels, cut, level):
    positive, negative = (sorted(side, reverse=True) for side in roc.split(scores, labels))
    beaten = [sum(rational(b < a) + rational(1, 2) * (b == a) for b in negative) for a in positive]
    return {
        "positive": positive,
        "negative": negative,
        "beaten": beaten,
        "above": called(scores, labels, cut),
        "ranks": sorted(ranks(scores, labels, lambda a, b: a < b), reverse=True),
        "curve": roc.points(scores, labels),
        "differences": [y - x for x, y in roc.points(scores, labels)] if level == "hard" else (),
    }
