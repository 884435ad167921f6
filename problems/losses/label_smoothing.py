"""Label smoothing: targets, loss, and where the loss is smallest.

Trap: spreading over the other classes only, no share for the true class, the lost minus sign.
Reference: Szegedy et al. (2016), section 7.
Source: S0-04, S1-83.
"""

from fractions import Fraction

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import exp, log
from partialcredit.problems.losses._smoothed import lost, pulled, read
from partialcredit.solvers import label_smoothing, letters, softmax

family = Family(
    conventions=[
        "smoothing with $\\varepsilon$ replaces the one-hot label $\\mathbf{y}$ by $(1 - "
        "\\varepsilon) \\mathbf{y} + \\varepsilon / K$ in every class, where $K$ is the number of "
        "classes",
        "the loss is the cross-entropy with natural logarithms",
        "{% if level != 'medium' %}classes are counted from 1{% endif %}",
    ]
)

LISTED = ["easy", "hard"]


@family.sample
def sample(draw):
    epsilon = draw.decimal("0.05", "0.08", "0.1", "0.12", "0.15", "0.2", "0.25", "0.3")
    if draw.level == "medium":
        K = draw.integer(5, 50)
        p = Fraction(draw.integer(40, 98), 100)
        return {"K": K, "epsilon": epsilon, "p": p, "y": 1, "z": ()}
    K = draw.integer(3, 4)
    if draw.level == "hard":
        z = [Fraction(v, 10) for v in draw.integers(K, -30, 30, distinct=True)]
        return {"K": K, "epsilon": epsilon, "z": z, "y": draw.integer(1, K), "p": ()}
    cuts = sorted(draw.sample(range(1, 50), K - 1))
    p = [Fraction(b - a, 50) for a, b in zip((0, *cuts), (*cuts, 50), strict=True)]
    return {"K": K, "epsilon": epsilon, "p": p, "y": draw.integer(1, K), "z": ()}


def per_class(K):
    return Array(shape=(K,), digits=4)


@family.part(per_class, levels=LISTED)
def targets(y, epsilon, K):
    return label_smoothing.targets(y - 1, epsilon, K)


@family.part(Real(digits=4), levels=["medium"])
def true_target(epsilon, K):
    return label_smoothing.true_target(epsilon, K)


@family.part(Real(digits=4), levels=["medium"])
def other_target(epsilon, K):
    return label_smoothing.other_target(epsilon, K)


@family.part(Real(digits=4), levels=["easy"], marks=2)
def loss(targets, p):
    return label_smoothing.loss(targets, p)


@family.part(Real(digits=4), levels=["medium"], marks=2)
def even_loss(true_target, other_target, p, K):
    rest = (1 - p) / (K - 1)
    return label_smoothing.loss((true_target, (K - 1) * other_target), (p, rest))


@family.part(Real(digits=4), levels=["easy"])
def unsmoothed(p, y):
    return -log(p[y - 1])


@family.part(Real(digits=4), levels=["medium", "hard"])
def smallest(epsilon, K):
    q = label_smoothing.targets(0, epsilon, K)
    return label_smoothing.loss(q, q)


@family.part(per_class, levels=["hard"], marks=2)
def gradient(targets, z):
    return tuple(p - q for p, q in zip(softmax.probabilities(z), targets, strict=True))


@family.part(Real(digits=4), levels=["hard"])
def gap(epsilon, K):
    return label_smoothing.best_gap(epsilon, K)


@family.part(
    Expression(symbols={"epsilon": "unit", "n": "positive integer"}), levels=["hard"], marks=2
)
def formula():
    return letters.formula(gap_to_others)


def gap_to_others(epsilon, n):
    return label_smoothing.best_gap(epsilon, n + 1)


def with_values(y, true, other, K):
    return tuple(true if c == y - 1 else other for c in range(K))


@targets.mistake("no share for the true class", "The true class gets its share of epsilon, too.")
def _(y, epsilon, K):
    return with_values(y, 1 - epsilon, epsilon / K, K)


@targets.mistake("spread over the others", "Epsilon is divided among all K classes.")
def _(y, epsilon, K):
    return with_values(y, 1 - epsilon, epsilon / (K - 1), K)


@targets.mistake("epsilon for each class", "Epsilon is divided among the classes.")
def _(y, epsilon, K):
    return with_values(y, 1 - epsilon, epsilon, K)


@targets.mistake("only its share lost", "The true class loses epsilon and gets one share back.")
def _(y, epsilon, K):
    return with_values(y, 1 - epsilon / K, epsilon / K, K)


@true_target.mistake("no share for the true class", "It gets its share of epsilon, too.")
def _(epsilon):
    return 1 - epsilon


@true_target.mistake("only its share lost", "It loses epsilon and gets one share back.")
def _(epsilon, K):
    return 1 - epsilon / K


@true_target.mistake("another class", "That is the target of each other class.")
def _(epsilon, K):
    return epsilon / K


@true_target.mistake("a share of the label", "The label keeps 1 - epsilon for the true class.")
def _(epsilon, K):
    return (1 - epsilon) / K + epsilon


@other_target.mistake("spread over the others", "Epsilon is divided among all K classes.")
def _(epsilon, K):
    return epsilon / (K - 1)


@other_target.mistake("epsilon", "Epsilon is divided among the classes.")
def _(epsilon):
    return epsilon


@loss.mistake("lost the sign", "The logarithms of probabilities are negative.")
def _(loss):
    return -loss


@loss.mistake("the label alone", "The other classes have targets above 0 and count, too.")
def _(p, y):
    return -log(p[y - 1])


@loss.mistake("other classes left out", "The other classes have targets above 0 and count, too.")
def _(targets, p, y):
    return -targets[y - 1] * log(p[y - 1])


@loss.mistake("targets and probabilities exchanged", "The logarithm is of the probabilities.")
def _(targets, p):
    return label_smoothing.loss(p, targets)


@even_loss.mistake("lost the sign", "The logarithms of probabilities are negative.")
def _(even_loss):
    return -even_loss


@even_loss.mistake("one other class", "Each of the K - 1 other classes adds its part.")
def _(true_target, other_target, p, K):
    return label_smoothing.loss((true_target, other_target), (p, (1 - p) / (K - 1)))


@even_loss.mistake("the rest as one probability", "The other classes share 1 - p.")
def _(true_target, other_target, p, K):
    return label_smoothing.loss((true_target, (K - 1) * other_target), (p, 1 - p))


@unsmoothed.mistake("lost the sign", "The logarithm of a probability is negative.")
def _(unsmoothed):
    return -unsmoothed


@unsmoothed.mistake("the probability", "Take minus its logarithm.")
def _(p, y):
    return p[y - 1]


@unsmoothed.mistake("smoothed target kept", "Without smoothing the target of the class is 1.")
def _(unsmoothed, epsilon):
    return (1 - epsilon) * unsmoothed


@smallest.mistake("zero", "The targets are not certain, so no prediction reaches the loss 0.")
def _():
    return 0


@smallest.mistake("other classes left out", "The other classes have targets above 0 and count.")
def _(epsilon, K):
    q = label_smoothing.true_target(epsilon, K)
    return -q * log(q)


@smallest.mistake("equal probabilities", "That is the loss of equal probabilities.")
def _(K):
    return log(K)


@smallest.mistake("label alone", "Each class has a target of its own.")
def _(epsilon, K):
    return -log(label_smoothing.true_target(epsilon, K))


@gradient.mistake("wrong sign", "The gradient is the probabilities minus the targets.")
def _(gradient):
    return tuple(-g for g in gradient)


@gradient.mistake("label not smoothed", "The smoothed targets are subtracted.")
def _(z, y):
    p = softmax.probabilities(z)
    return tuple(v - (c == y - 1) for c, v in enumerate(p))


@gradient.mistake("probabilities", "Subtract the targets.")
def _(z):
    return softmax.probabilities(z)


@gap.mistake("spread over the others", "Epsilon is divided among all K classes.")
def _(epsilon, K):
    return log((1 - epsilon) * (K - 1) / epsilon)


@gap.mistake("no share for the true class", "It gets its share of epsilon, too.")
def _(epsilon, K):
    return log((1 - epsilon) * K / epsilon)


@gap.mistake("ratio of the targets", "The logits differ by the logarithm of this ratio.")
def _(gap):
    return exp(gap)


@formula.mistake("spread over the others", "Epsilon is divided among all K classes.")
def _():
    return letters.formula(spread)


@formula.mistake("no share for the true class", "It gets its share of epsilon, too.")
def _():
    return letters.formula(shareless)


@formula.mistake("wrong sign", "The true class has the larger logit.")
def _():
    return -letters.formula(gap_to_others)


def spread(epsilon, n):
    return log((1 - epsilon) * n / epsilon)


def shareless(epsilon, n):
    return log((1 - epsilon) * (n + 1) / epsilon)


@targets.witness
def _(y, epsilon, K):
    return read(y, epsilon, K)


@true_target.witness
def _(epsilon, K):
    return read(1, epsilon, K)[0]


@other_target.witness
def _(epsilon, K):
    return read(1, epsilon, K)[-1]


@loss.witness
def _(p, y, epsilon):
    return lost(p, y, epsilon)


@even_loss.witness
def _(p, epsilon, K):
    return lost([p] + [(1 - p) / (K - 1)] * (K - 1), 1, epsilon)


@unsmoothed.witness
def _(p, y):
    return lost(p, y, 0)


@smallest.witness
def _(y, epsilon, K):
    """The loss where its gradient vanishes: at the probabilities that it pulls towards."""
    return lost(read(y, epsilon, K), y, epsilon)


@gradient.witness
def _(z, y, epsilon):
    return pulled(z, y, epsilon)


@gap.witness
def _(epsilon, K):
    q = read(1, epsilon, K)
    return np.log(q[0]) - np.log(q[1])


@formula.witness
def _(point):
    q = read(1, point["epsilon"], point["n"] + 1)
    return np.log(q[0]) - np.log(q[1])


@family.working
def _(level, z, epsilon, K):
    found = {"high": label_smoothing.true_target(epsilon, K), "low": epsilon / K}
    return found | ({"probabilities": softmax.probabilities(z)} if level == "hard" else {})
