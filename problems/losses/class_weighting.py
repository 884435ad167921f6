"""Class weights for unbalanced data.

Trap: weights proportional to the counts, the number of classes forgotten, weights exchanged.
Reference: King and Zeng (2001).
Source: S1-122.
"""

from math import lcm

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot, each
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import class_weights, cross_entropy, letters, softmax

family = Family(
    version=3,
    conventions=[
        "the weights give all classes the same total weight, and the weights of all $N$ training "
        "examples add up to $N$",
        "{% if level == 'hard' %}the weighted loss of a batch is the sum of weight times loss, "
        "divided by the sum of the weights of its examples; the loss of an example is "
        "$-\\ln p_y$, where $\\mathbf{p}$ is the softmax of its logits{% endif %}",
        "{% if level != 'easy' %}classes are counted from 1{% endif %}",
    ],
)


@family.sample
def sample(draw):
    C = draw.by_level(2, draw.integer(3, 4), 3)
    counts = draw.shuffle([draw.integer(*span) for span in SPANS[:C]])
    if draw.level == "easy":
        return {"counts": counts, "z": (), "y": ()}
    if draw.level == "medium":
        errors = [draw.integer(1, n // 2) for n in counts]
        return {"counts": counts, "errors": errors, "z": (), "y": ()}
    return {
        "counts": counts,
        "z": [draw.integers(C, -3, 3) for _ in range(C)],
        "y": draw.sample([1, 2, 3], C),
    }


#: Smallest and largest counts of the classes, apart from each other.
SPANS = ((21, 99), (210, 990), (1050, 2990), (110, 200))


def per_class(counts):
    return Array(shape=(len(counts),), digits=3)


@family.run
def copied(counts):
    """How often each example stands in a set with equal classes, over how often on average."""
    copies = np.array([lcm(*counts) // n for n in counts], dtype=float)
    return copies / np.average(copies, weights=counts)


@family.part(per_class, marks=2)
def weights(counts):
    return class_weights.balanced(counts)


def exchanged(weights, counts):
    larger = dict(zip(sorted(counts), sorted(weights), strict=True))
    return [larger[n] for n in counts]


weights.slips = rows(
    ("proportional to the counts", "Rare classes need large weights.",
     lambda counts: rational(1, sum(counts)) * counts),
    ("number of classes forgotten", "All weights together must add up to N.",
     lambda counts: rational(sum(counts)) / counts),
    ("exchanged", "The rarest class has the largest weight.", exchanged),
    ("not scaled", "All weights together must add up to N.", lambda counts: rational(1) / counts),
    ("upside down", "The count of the class stands below.", lambda weights: 1 / weights),
)  # fmt: skip
weights.witness(lambda copied: copied)


@family.part(Real(digits=3))
def ratio(weights):
    return max(weights) / min(weights)


ratio.slips = rows(
    ("upside down", "The larger weight stands above.", lambda ratio: 1 / ratio),
    ("difference", "Divide the weights.", lambda weights: max(weights) - min(weights)),
    ("square", "The ratio of the counts enters once.", lambda ratio: ratio**2),
)  # fmt: skip
ratio.witness(lambda copied: copied.max() / copied.min())


@family.part(Real(digits=3), levels=["easy"])
def class_total(counts, weights):
    return counts[0] * weights[0]


class_total.slips = rows(
    ("weight alone", "Every example of the class has this weight.", lambda weights: weights[0]),
    ("all classes", "That is the total weight of all classes.", lambda counts: sum(counts)),
    ("the count", "Multiply the count by the weight.", lambda counts: counts[0]),
)  # fmt: skip
class_total.witness(lambda counts, copied: float(np.full(counts[0], copied[0]).sum()))


@family.run
def wrong_ones(counts, errors):
    """A list of all examples, 1 where the classifier errs."""
    return np.concatenate([np.arange(n) < e for n, e in zip(counts, errors, strict=True)])


@family.part(Real(digits=3), levels=["medium"])
def error_rate(counts, errors):
    return rational(sum(errors), sum(counts))


error_rate.slips = rows(
    ("mean of the rates", "Every example counts the same here.",
     lambda counts, errors: sum(rational(1) * errors / counts) / len(counts)),
    ("rate of the right ones", "The share of the errors is asked for.",
     lambda error_rate: 1 - error_rate),
    ("number of errors", "Divide by the number of examples.", lambda errors: sum(errors)),
)  # fmt: skip
error_rate.witness(lambda wrong_ones: wrong_ones.mean())


@family.part(Real(digits=3), levels=["medium"])
def weighted_error_rate(counts, errors, weights):
    return dot(weights, errors) / dot(weights, counts)


weighted_error_rate.slips = rows(
    ("unweighted", "Every error counts with the weight of its class.",
     lambda error_rate: error_rate),
    ("weights exchanged", "Rare classes have the large weights.",
     lambda counts, errors: rational(dot(counts, errors), sum(counts) ** 2)),
    ("sum of the rates", "Divide by the number of classes.",
     lambda weighted_error_rate, counts: weighted_error_rate * len(counts)),
    ("sum of the weighted errors", "Divide by the weights of all examples.",
     lambda errors, weights: dot(weights, errors)),
)  # fmt: skip
weighted_error_rate.witness(
    lambda wrong_ones, copied, counts: np.average(wrong_ones, weights=np.repeat(copied, counts))
)


@family.derive
def losses(z, y):
    return each(cross_entropy.loss, z, y - 1)


@family.derive
def p(z):
    """The probabilities of the first example."""
    return softmax.probabilities(z[0])


def of_labels(weights, y):
    return [weights[label - 1] for label in y]


@family.run
def measured(z, y, copied):
    """The engine's weighted loss and its gradient by the logits of the first example."""
    logits = engine.Tensor(z, dtype="float64", requires_grad=True)
    loss = engine.CrossEntropyLoss(weight=copied)(logits, np.array(y) - 1)
    loss.backward()
    return float(loss.data), logits.grad[0]


@family.part(Real(digits=3), marks=2, levels=["hard"])
def weighted_loss(weights, losses, y):
    return class_weights.weighted_mean(losses, of_labels(weights, y))


weighted_loss.slips = rows(
    ("divided by the examples", "Divide by the sum of the weights.",
     lambda weights, losses, y: dot(of_labels(weights, y), losses) / len(y)),
    ("unweighted", "Each loss counts with the weight of its class.",
     lambda losses: cross_entropy.mean(losses)),
    ("order of the classes", "Every example has the weight of its true class.",
     lambda weights, losses: class_weights.weighted_mean(losses, weights)),
)  # fmt: skip
weighted_loss.witness(lambda measured: measured[0])


@family.part(per_class, marks=2, levels=["hard"])
def gradient(weights, p, y):
    used = of_labels(weights, y)
    return class_weights.weighted_gradient(p, y[0] - 1, used[0], sum(used))


gradient.slips = rows(
    ("weight left out", "The error is multiplied by the weight of the true class.",
     lambda p, y: class_weights.weighted_gradient(p, y[0] - 1, 1, 3)),
    ("not divided", "The loss of the batch divides by the sum of the weights.",
     lambda weights, gradient, y: gradient * sum(of_labels(weights, y))),
    ("wrong sign", "The error is p minus 1 at the true class.", lambda gradient: -gradient),
)  # fmt: skip
gradient.witness(lambda measured: measured[1])


@family.part(
    Expression(symbols={"N": "positive integer", "C": "positive integer", "n": "positive integer"}),
    levels=["hard"],
)
def formula():
    return letters.formula(class_weights.weight, N_i=letters.symbols("n"))


formula.slips = in_letters(
    ("upside down", "Rare classes need large weights.", lambda N, C, n: C * n / N),
    ("number of classes forgotten", "All weights together must add up to N.", lambda N, n: N / n),
    ("ratio of weight and count", "Weight times count is the same in all classes.",
     lambda N, C, n: N * n / C),
    ("sum instead of product", "The number of classes multiplies the count.",
     lambda N, C, n: N / (C + n)),
)  # fmt: skip


@formula.witness
def _(point):
    """An example counts as often as makes its class a C-th of the whole."""
    return np.prod([point["N"], 1 / point["C"]]) / np.ones(point["n"]).sum()


@family.working
def _(level, y, weights):
    if level != "hard":
        return {}
    used = of_labels(weights, y)
    label = [int(c == y[0]) for c in (1, 2, 3)]
    return {"used": used, "weight_sum": sum(used), "first": label}
