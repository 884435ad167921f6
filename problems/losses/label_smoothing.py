"""Label smoothing: targets, loss, and where the loss is smallest.

Trap: spreading over the other classes only, no share for the true class, the lost minus sign.
Reference: Szegedy et al. (2016), section 7.
Source: S0-04, S1-83.
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems.losses._smoothed import lost, pulled, read
from partialcredit.solvers import label_smoothing, letters, softmax, softmax_regression

family = Family(
    version=2,
    conventions=[
        "smoothing with $\\varepsilon$ replaces the one-hot label $\\mathbf{y}$ by $(1 - "
        "\\varepsilon) \\mathbf{y} + \\varepsilon / K$ in every class, where $K$ is the number of "
        "classes",
        "the loss is the cross-entropy with natural logarithms",
        "{% if level != 'medium' %}classes are counted from 1{% endif %}",
    ],
)

LISTED = ["easy", "hard"]


@family.sample
def sample(draw):
    epsilon = draw.decimal("0.05", "0.08", "0.1", "0.12", "0.15", "0.2", "0.25", "0.3")
    if draw.level == "medium":
        K = draw.integer(5, 50)
        p = rational(draw.integer(40, 98), 100)
        return {"K": K, "epsilon": epsilon, "p": p, "y": 1, "z": ()}
    K = draw.integer(3, 4)
    if draw.level == "hard":
        z = [rational(v, 10) for v in draw.integers(K, -30, 30, distinct=True)]
        return {"K": K, "epsilon": epsilon, "z": z, "y": draw.integer(1, K), "p": ()}
    cuts = sorted(draw.sample(range(1, 50), K - 1))
    p = [rational(b - a, 50) for a, b in zip((0, *cuts), (*cuts, 50), strict=True)]
    return {"K": K, "epsilon": epsilon, "p": p, "y": draw.integer(1, K), "z": ()}


def per_class(K):
    return Array(shape=(K,), digits=3)


@family.run
def read_targets(y, epsilon, K):
    return read(y, epsilon, K)


@family.part(per_class, levels=LISTED)
def targets(y, epsilon, K):
    return label_smoothing.targets(y - 1, epsilon, K)


def one_and_others(y, true, other, K):
    return [true if c == y else other for c in range(1, K + 1)]


targets.slips = rows(
    ("no share for the true class", "Epsilon is divided among all K classes, the true one too.",
     lambda y, epsilon, K: one_and_others(y, 1 - epsilon, epsilon / K, K)),
    ("spread over the others", "Epsilon is divided among all K classes, the true one too.",
     lambda y, epsilon, K: one_and_others(y, 1 - epsilon, epsilon / (K - 1), K)),
    ("epsilon for each class", "Epsilon is divided among the classes.",
     lambda y, epsilon, K: one_and_others(y, 1 - epsilon, epsilon, K)),
    ("only its share lost", "The true class loses epsilon and gets one share back.",
     lambda y, epsilon, K: one_and_others(y, 1 - epsilon / K, epsilon / K, K)),
)  # fmt: skip
targets.witness(lambda read_targets: read_targets)


@family.part(Real(digits=3), levels=["medium"])
def true_target(epsilon, K):
    return label_smoothing.true_target(epsilon, K)


true_target.slips = rows(
    ("no share for the true class", "Epsilon is divided among all K classes, the true one too.",
     lambda epsilon: 1 - epsilon),
    ("only its share lost", "It loses epsilon and gets one share back.",
     lambda epsilon, K: 1 - epsilon / K),
    ("another class", "That is the target of each other class.", lambda epsilon, K: epsilon / K),
    ("a share of the label", "The label keeps 1 - epsilon for the true class.",
     lambda epsilon, K: (1 - epsilon) / K + epsilon),
)  # fmt: skip
true_target.witness(lambda read_targets: read_targets[0])


@family.part(Real(digits=3), levels=["medium"])
def other_target(epsilon, K):
    return label_smoothing.other_target(epsilon, K)


other_target.slips = rows(
    ("spread over the others", "Epsilon is divided among all K classes, the true one too.",
     lambda epsilon, K: epsilon / (K - 1)),
    ("epsilon", "Epsilon is divided among the classes.", lambda epsilon: epsilon),
    ("the whole rest", "Each class gets its own share.", lambda epsilon, K: epsilon * (K - 1) / K),
)  # fmt: skip
other_target.witness(lambda read_targets: read_targets[-1])


@family.part(Real(digits=3), levels=["easy"], marks=2)
def loss(targets, p):
    return label_smoothing.loss(targets, p)


loss.slips = rows(
    ("lost the sign", "The logarithms of probabilities are negative.", lambda loss: -loss),
    ("the label alone", "The other classes have targets above 0 and count, too.",
     lambda p, y: -log(p[y - 1])),
    ("other classes left out", "The other classes have targets above 0 and count, too.",
     lambda targets, p, y: -targets[y - 1] * log(p[y - 1])),
    ("targets and probabilities exchanged", "The logarithm is of the probabilities.",
     lambda targets, p: label_smoothing.loss(p, targets)),
)  # fmt: skip
loss.witness(lambda p, y, epsilon: lost(p, y, epsilon))


@family.part(Real(digits=3), levels=["medium"], marks=2)
def even_loss(true_target, other_target, p, K):
    others = (K - 1) * other_target
    return label_smoothing.loss((true_target, others), (p, (1 - p) / (K - 1)))


even_loss.slips = rows(
    ("lost the sign", "The logarithms of probabilities are negative.",
     lambda even_loss: -even_loss),
    ("one other class", "Each of the K - 1 other classes adds its part.",
     lambda true_target, other_target, p, K:
         label_smoothing.loss((true_target, other_target), (p, (1 - p) / (K - 1)))),
    ("the rest as one probability", "The other classes share 1 - p.",
     lambda true_target, other_target, p, K:
         label_smoothing.loss((true_target, (K - 1) * other_target), (p, 1 - p))),
    ("label not smoothed", "The smoothed targets weight the logarithms.", lambda p: -log(p)),
    ("true class only", "The other classes have targets above 0 and count, too.",
     lambda true_target, p: -true_target * log(p)),
    ("other classes only", "The true class has a target, too.",
     lambda other_target, p, K: -(K - 1) * other_target * log((1 - p) / (K - 1))),
)  # fmt: skip
even_loss.witness(lambda p, epsilon, K: lost([p] + [(1 - p) / (K - 1)] * (K - 1), 1, epsilon))


@family.part(Real(digits=3), levels=["easy"])
def unsmoothed(p, y):
    return -log(p[y - 1])


unsmoothed.slips = rows(
    ("lost the sign", "The logarithm of a probability is negative.",
     lambda unsmoothed: -unsmoothed),
    ("the probability", "Take minus its logarithm.", lambda p, y: p[y - 1]),
    ("smoothed target kept", "Without smoothing the target of the class is 1.",
     lambda unsmoothed, epsilon: (1 - epsilon) * unsmoothed),
)  # fmt: skip
unsmoothed.witness(lambda p, y: lost(p, y, 0))


# Where they are not asked for, the two targets are derived.
family.derive(label_smoothing.true_target)
family.derive(label_smoothing.other_target)


@family.part(Real(digits=3), levels=["medium", "hard"])
def smallest(true_target, other_target, K):
    q = (true_target, *[other_target] * (K - 1))
    return label_smoothing.loss(q, q)


smallest.slips = rows(
    ("zero", "The targets are not certain, so no prediction reaches the loss 0.", lambda: 0),
    ("other classes left out", "The other classes have targets above 0 and count.",
     lambda true_target: -true_target * log(true_target)),
    ("equal probabilities", "That is the loss of equal probabilities.", lambda K: log(K)),
    ("label alone", "Each class has a target of its own.",
     lambda true_target: -log(true_target)),
    ("one other class", "Each of the K - 1 other classes adds its part.",
     lambda true_target, other_target: label_smoothing.loss(*[(true_target, other_target)] * 2)),
)  # fmt: skip


# The gradient of the loss vanishes at the probabilities that it pulls towards.
smallest.witness(lambda read_targets, y, epsilon: lost(read_targets, y, epsilon))


@family.derive
def probabilities(z):
    return softmax.probabilities(z)


@family.part(per_class, levels=["hard"], marks=2)
def gradient(targets, probabilities):
    return probabilities - targets


gradient.slips = rows(
    ("wrong sign", "The gradient is the probabilities minus the targets.",
     lambda gradient: -gradient),
    ("label not smoothed", "The smoothed targets are subtracted.",
     lambda probabilities, y: softmax_regression.one_error(probabilities, y - 1)),
    ("probabilities", "Subtract the targets.", lambda probabilities: probabilities),
)  # fmt: skip
gradient.witness(lambda z, y, epsilon: pulled(z, y, epsilon))


def spread(epsilon, n):
    return log((1 - epsilon) * n / epsilon)


def shareless(epsilon, n):
    return log((1 - epsilon) * (n + 1) / epsilon)


@family.part(Real(digits=3), levels=["hard"])
def gap(epsilon, K):
    return label_smoothing.best_gap(epsilon, K)


gap.slips = rows(
    ("spread over the others", "Epsilon is divided among all K classes, the true one too.",
     lambda epsilon, K: spread(epsilon, K - 1)),
    ("no share for the true class", "Epsilon is divided among all K classes, the true one too.",
     lambda epsilon, K: shareless(epsilon, K - 1)),
    ("ratio of the targets", "The logits differ by the logarithm of this ratio.",
     lambda gap: exp(gap)),
)  # fmt: skip
gap.witness(lambda epsilon, K: read_gap(epsilon, K))


def read_gap(epsilon, K):
    true, other, *_others = read(1, epsilon, K)
    return np.log(true) - np.log(other)


@family.part(
    Expression(symbols={"epsilon": "unit", "n": "positive integer"}),
    levels=["hard"],
    marks=2,
    after="gap",
)
def formula():
    return letters.formula(gap_to_others)


def gap_to_others(epsilon, n):
    return label_smoothing.best_gap(epsilon, n + 1)


formula.slips = in_letters(
    ("spread over the others", "Epsilon is divided among all K classes, the true one too.",
     spread),
    ("no share for the true class", "Epsilon is divided among all K classes, the true one too.",
     shareless),
    ("wrong sign", "The true class has the larger logit.",
     lambda epsilon, n: -gap_to_others(epsilon, n)),
)  # fmt: skip
formula.witness(lambda point: read_gap(point["epsilon"], point["n"] + 1))
