"""Precision, recall, F1 and accuracy from a confusion matrix.

Trap: precision and recall exchanged, an arithmetic mean for F1, averages of another kind.
Reference: Sokolova and Lapalme (2009), tables 2 and 3; Opitz and Burst (2019), on the macro F1.
Source: none
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.solvers import confusion

family = Family(
    conventions=[
        "{% if level == 'easy' %}the positive class is {{ names[0] }}{% endif %}",
        "{% if level != 'easy' %}macro F1 is the mean of the F1 of the classes{% endif %}",
        "{% if level == 'hard' %}weighted F1 weights them by the numbers of true items, micro F1 "
        "pools the counts of true positives, false positives and false negatives of all "
        "classes{% endif %}",
    ]
)

#: The classes of two, three and four.
NAMES = {
    2: [("spam", "no spam"), ("ill", "healthy"), ("fraud", "regular"), ("faulty", "sound")],
    3: [("cat", "dog", "bird"), ("car", "bus", "tram"), ("red", "amber", "green")],
    4: [("cat", "dog", "bird", "fish"), ("north", "east", "south", "west")],
}

TWO, MORE = ["easy"], ["medium", "hard"]


@family.sample
def sample(draw):
    k = draw.by_level(2, 3, draw.choice([3, 4]))
    names = draw.choice(NAMES[k])
    if k == 2:
        missed, alarms = draw.integers(2, 1, 20)
        found, rest = draw.integer(5, 60), draw.integer(20, 160)
        return {"names": names, "table": ((found, missed), (alarms, rest))}
    table = draw.matrix(k, k, 0, 9)
    sizes = draw.integers(k, 3, 40, distinct=True)
    return {
        "names": names,
        "table": [
            [sizes[i] if i == j else n for j, n in enumerate(row)] for i, row in enumerate(table)
        ],
    }


@family.condition
def _(table):
    """Precision differs from recall, and true positives from true negatives."""
    return (
        confusion.precisions(table)[0] != confusion.recalls(table)[0]
        and table[0][0] != table[1][1]
        and table != columns(table)
    )


@family.condition
def _(table):
    """The averages of the F1 are well apart."""
    scores = confusion.f1(confusion.precisions(table), confusion.recalls(table))
    return abs(confusion.mean(scores) - confusion.accuracy(table)) > rational(1, 200)


@family.run
def items(table):
    """The true and the predicted class of every single item."""
    k = len(table)
    cells = np.repeat(np.arange(k * k), np.ravel(table))
    return np.arange(k)[:, None] == cells // k, np.arange(k)[:, None] == cells % k


def among(these, those):
    """For every class, the share of one group that is in the other, too."""
    return [np.mean(b[a]) for a, b in zip(these, those, strict=True)]


def common(these, those):
    """Twice the items in both groups over those of each."""
    return 2 * (these & those).sum(axis=-1) / (these.sum(axis=-1) + those.sum(axis=-1))


@family.part(Real(digits=3), levels=["easy", "medium"])
def accuracy(table):
    return confusion.accuracy(table)


def count(table):
    return rational(sum(map(sum, table)))


accuracy.slips = rows(
    ("the first class only", "Every item on the diagonal is right.",
     lambda table: table[0][0] / count(table)),
    ("error rate", "That is one minus the accuracy.", lambda accuracy: 1 - accuracy),
    ("mean recall", "Every item counts the same here, not every class.",
     lambda table: confusion.mean(confusion.recalls(table))),
)  # fmt: skip
accuracy.witness(lambda items: np.mean((items[0] & items[1]).any(axis=0)))


@family.part(Real(digits=3), levels=TWO)
def precision(table):
    return confusion.precisions(table)[0]


precision.slips = rows(
    ("recall given", "Precision divides by what was predicted as positive.",
     lambda table: confusion.recalls(table)[0]),
    ("over all", "Divide by the items predicted as positive only.",
     lambda table: table[0][0] / count(table)),
    ("of the negative class", "The positive class is asked for.",
     lambda table: confusion.precisions(table)[1]),
)  # fmt: skip
precision.witness(lambda items: among(items[1], items[0])[0])


@family.part(Real(digits=3), levels=TWO)
def recall(table):
    return confusion.recalls(table)[0]


recall.slips = rows(
    ("precision given", "Recall divides by the items that are truly positive.",
     lambda table: confusion.precisions(table)[0]),
    ("over all", "Divide by the truly positive items only.",
     lambda table: table[0][0] / count(table)),
    ("miss rate", "That is the share of the positives that is missed.",
     lambda recall: 1 - recall),
)  # fmt: skip
recall.witness(lambda items: among(items[0], items[1])[0])


@family.part(Real(digits=3), levels=TWO)
def specificity(table):
    return confusion.recalls(table)[1]


specificity.slips = rows(
    ("false positive rate", "Specificity is the share of the negatives that is recognised.",
     lambda specificity: 1 - specificity),
    ("over all", "Divide by the truly negative items only.",
     lambda table: table[1][1] / count(table)),
    ("negative predictive value", "Divide by the truly negative items, a row.",
     lambda table: confusion.precisions(table)[1]),
)  # fmt: skip
specificity.witness(lambda items: among(items[0], items[1])[1])


@family.part(Real(digits=3), levels=TWO)
def f1(precision, recall):
    return confusion.f1(precision, recall)


f1.slips = rows(
    ("arithmetic mean", "F1 is the harmonic mean, which stays near the smaller of the two.",
     lambda precision, recall: (precision + recall) / 2),
    ("factor 2 forgotten", "The harmonic mean has a 2 in front.", lambda f1: f1 / 2),
    ("geometric mean", "F1 is the harmonic mean.",
     lambda precision, recall: sqrt(precision * recall)),
    ("product", "Divide by the sum of the two.", lambda precision, recall: precision * recall),
)  # fmt: skip
f1.witness(lambda items: common(*items)[0])


def per_class(table):
    return Array(shape=(len(table),), digits=3)


@family.part(per_class, levels=MORE, marks=2)
def class_precision(table):
    return confusion.precisions(table)


class_precision.slips = rows(
    ("rows for columns", "Predicted classes are the columns: divide by the sum of the column.",
     lambda table: confusion.recalls(table)),
    ("over all", "Divide by the items predicted as this class only.",
     lambda table: [rational(row[k]) / count(table) for k, row in enumerate(table)]),
)  # fmt: skip
class_precision.witness(lambda items: among(items[1], items[0]))


@family.part(per_class, levels=MORE)
def class_recall(table):
    return confusion.recalls(table)


class_recall.slips = rows(
    ("columns for rows", "True classes are the rows: divide by the sum of the row.",
     lambda table: confusion.precisions(table)),
    ("miss rates", "That is the share that is missed.", lambda class_recall: 1 - class_recall),
)  # fmt: skip
class_recall.witness(lambda items: among(*items))


@family.part(per_class, levels=MORE)
def class_f1(class_precision, class_recall):
    return confusion.f1(class_precision, class_recall)


class_f1.slips = rows(
    ("arithmetic mean", "F1 is the harmonic mean, which stays near the smaller of the two.",
     lambda class_precision, class_recall: (class_precision + class_recall) / 2),
    ("factor 2 forgotten", "The harmonic mean has a 2 in front.",
     lambda class_f1: class_f1 / 2),
    ("product", "Divide by the sum of the two.",
     lambda class_precision, class_recall: class_precision * class_recall),
)  # fmt: skip
class_f1.witness(lambda items: common(*items))


@family.part(Real(digits=3), levels=MORE)
def macro(class_f1):
    return confusion.mean(class_f1)


macro.slips = rows(
    ("F1 of the averages", "Take the F1 of every class first, then the mean.",
     lambda class_precision, class_recall: confusion.f1(
         confusion.mean(class_precision), confusion.mean(class_recall))),
    ("accuracy", "Every class counts the same, however many items it has.",
     lambda table: confusion.accuracy(table)),
    ("sum", "Divide by the number of classes.", lambda class_f1: sum(class_f1)),
)  # fmt: skip
macro.witness(lambda items: np.mean(common(*items)))


@family.part(Real(digits=3), levels=["hard"])
def micro(table):
    return confusion.accuracy(table)


micro.slips = rows(
    ("macro average", "Pool the counts of all classes first.", lambda macro: macro),
    ("false counts once", "A wrong item is a false positive of one class and missed by another.",
     lambda micro: 2 * micro / (1 + micro)),
    ("mean recall", "Pool the counts of all classes first.",
     lambda class_recall: confusion.mean(class_recall)),
)  # fmt: skip
micro.witness(lambda items: common(*map(np.ravel, items)))


@family.part(Real(digits=3), levels=["hard"])
def weighted(class_f1, table):
    return confusion.weighted_mean(class_f1, table)


weighted.slips = rows(
    ("weighted by predictions", "The weights are the numbers of true items.",
     lambda class_f1, table: confusion.weighted_mean(class_f1, columns(table))),
    ("not weighted", "A class with more true items counts more.", lambda macro: macro),
    ("accuracy", "That is the average recall with these weights.",
     lambda table: confusion.accuracy(table)),
)  # fmt: skip


@weighted.witness
def _(items):
    """The mean over the items of the F1 of the class that each belongs to."""
    return np.mean(common(*items)[items[0].argmax(axis=0)])


@family.working
def _(table):
    return {
        "actual": tuple(map(sum, table)),
        "predicted": tuple(map(sum, columns(table))),
        "diagonal": [row[k] for k, row in enumerate(table)],
        "all": int(count(table).numerator),
    }
