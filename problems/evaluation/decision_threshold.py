"""Thresholds for unequal costs, changed class shares, and top-k accuracy.

Trap: one half kept, the costs exchanged, a probability scaled where odds should be.
Reference: Elkan (2001), theorems 1 and 2; Saerens et al. (2002), section 2.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Expression, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, thresholds

family = Family(
    conventions=[
        "a right decision costs nothing",
        "an item is called positive if its probability is at least the threshold",
        "{% if level == 'hard' %}classes are counted from 0{% endif %}",
    ]
)


#: Hundredths that are no threshold, and what a level does not have.
BETWEEN = [s for s in range(2, 98) if s % 5]
NOTHING = {"p": 0, "scores": (), "labels": (), "cuts": (), "share": 0, "new": 0, "logits": (),
           "classes": ()}  # fmt: skip


@family.sample
def sample(draw):
    fp, fn = draw.sample((1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30), 2)
    parameters = NOTHING | {"fp": fp, "fn": fn}
    if draw.level != "medium":
        parameters["p"] = rational(draw.integer(5, 95), 100)
    if draw.level == "medium":
        wanted = draw.integer(0, 2)
        while True:
            n = draw.integer(7, 9)
            scores = sorted(draw.sample(BETWEEN, n), reverse=True)
            scores = [rational(s, 100) for s in scores]
            labels = [int(draw.chance(float(s) * 0.8 + 0.1)) for s in scores]
            cuts = [rational(c, 20) for c in sorted(draw.sample(range(2, 19), 3))]
            costs = [thresholds.total_cost(scores, labels, c, fp, fn) for c in cuts]
            mixed = sorted(labels, reverse=True) != labels
            if costs.index(min(costs)) == wanted and len(set(costs)) == 3 and mixed:
                break
        parameters |= {"scores": scores, "labels": labels, "cuts": cuts}
    if draw.level == "hard":
        share, new = (rational(s, 100) for s in draw.sample((5, 10, 20, 25, 40, 50, 60, 80), 2))
        parameters |= {"share": share, "new": new}
        k, n = draw.integer(4, 5), draw.integer(4, 6)
        parameters["logits"] = [draw.integers(k, -3, 6, distinct=True) for _ in range(n)]
        parameters["classes"] = [
            row.index(sorted(row, reverse=True)[draw.integer(0, 3)]) for row in parameters["logits"]
        ]
    return parameters


@family.part(Real(digits=3))
def threshold(fp, fn):
    return thresholds.threshold(rational(fp), fn)


threshold.slips = rows(
    ("costs exchanged", "Where misses are dear the threshold is low.",
     lambda threshold: 1 - threshold),
    ("ratio of the costs", "That is the odds: divide by the sum of the costs.",
     lambda fp, fn: rational(fp, fn)),
    ("inverse ratio", "Divide the cost of a false positive by the sum of the costs.",
     lambda fp, fn: rational(fn, fp)),
    ("one half kept", "One half is right only for equal costs.", lambda: rational(1, 2)),
)  # fmt: skip


@threshold.witness
def _(fp, fn):
    """The least number of positives, among many items, with which "positive" costs no more."""
    n = 10 * (fp + fn)
    return next(k for k in range(n) if fp * (n - k) <= fn * k) / n


@family.part(Array(shape=(2,), digits=3), levels=["easy"])
def expected(p, fp, fn):
    return thresholds.expected_costs(p, fp, fn)


def wrong_costs(name):
    """Slips for the costs that are expected with the probability of this name."""
    costs = thresholds.expected_costs
    return rows(
        ("probabilities exchanged", "Saying positive goes wrong with probability 1 - p.",
         _given(name, lambda p, fp, fn: (fp * p, fn * (1 - p)))),
        ("costs exchanged", "A false positive is an error of saying positive.",
         _given(name, lambda p, fp, fn: costs(p, fn, fp))),
        ("decisions exchanged", "The cost of saying positive comes first.",
         _given(name, lambda p, fp, fn: costs(p, fp, fn)[::-1])),
        ("not weighted", "Multiply each probability by its cost.",
         _given(name, lambda p, *_costs: (1 - p, p))),
    )  # fmt: skip


def _given(name, function):
    if name == "p":
        return lambda p, fp, fn: function(p, fp, fn)
    return lambda corrected, fp, fn: function(corrected, fp, fn)


expected.slips = wrong_costs("p")


@expected.witness
def _(p, fp, fn):
    """Counted in a population of a hundred."""
    positive = np.arange(100) < round(100 * p)
    return np.mean([fp * ~positive, fn * positive], axis=1)


@family.part(Expression(symbols={"alpha": "positive"}), levels=["easy"])
def formula():
    return letters.formula(lambda alpha: thresholds.threshold(1, alpha))


formula.slips = in_letters(
    ("costs exchanged", "Where misses are dear the threshold is low.",
     lambda alpha: alpha / (1 + alpha)),
    ("ratio of the costs", "That is the odds: divide by the sum of the costs.",
     lambda alpha: 1 / alpha),
)  # fmt: skip


@formula.witness
def _(point):
    """Bisection for the probability at which both decisions cost the same."""
    low, high = 0.0, 1.0
    for _halving in range(60):
        p = (low + high) / 2
        low, high = (p, high) if 1 - p > point["alpha"] * p else (low, p)
    return p


@family.part(Array(shape=(3,)), levels=["medium"], marks=2)
def costs(scores, labels, cuts, fp, fn):
    return [thresholds.total_cost(scores, labels, cut, fp, fn) for cut in cuts]


costs.slips = rows(
    ("errors counted", "Every error counts with its cost.",
     lambda scores, labels, cuts: [thresholds.total_cost(scores, labels, c, 1, 1) for c in cuts]),
    ("costs exchanged", "Misses are the positives below the threshold.",
     lambda scores, labels, cuts, fp, fn: [
         thresholds.total_cost(scores, labels, c, fn, fp) for c in cuts]),
    ("misses only", "False positives cost something, too.",
     lambda scores, labels, cuts, fn: [thresholds.total_cost(scores, labels, c, 0, fn)
                                       for c in cuts]),
    ("below taken for positive", "An item is called positive at or above the threshold.",
     lambda costs, labels, fp, fn: [
         sum(fn if label else fp for label in labels) - cost for cost in costs]),
)  # fmt: skip


@costs.witness
def _(scores, labels, cuts, fp, fn):
    """Every item looks its cost up in a table."""
    table = np.array([[0, fp], [fn, 0]])
    called = np.greater_equal.outer(cuts, scores).astype(int)
    return table[np.array(labels), 1 - called].sum(axis=1)


@family.part(lambda cuts: Choice(tuple(f"${float(cut):g}$" for cut in cuts)), levels=["medium"])
def best(costs):
    return list(costs).index(min(costs))


best.slips = rows(
    ("the dearest", "The least cost is asked for.", lambda costs: list(costs).index(max(costs))),
    ("closest to the threshold for probabilities",
     "With few items the counted costs decide, not the rule for calibrated probabilities.",
     lambda cuts, threshold: nearest(cuts, threshold)),
    ("closest to one half", "The costs decide.", lambda cuts: nearest(cuts, rational(1, 2))),
)  # fmt: skip


def nearest(cuts, value):
    return min(range(3), key=lambda i: abs(cuts[i] - value))


@best.witness
def _(scores, labels, cuts, fp, fn):
    table = np.array([[0, fp], [fn, 0]])
    called = np.greater_equal.outer(scores, cuts).astype(int)
    return int(table[np.array(labels)[:, None], called].sum(axis=0).argmin())


@family.part(Expression(symbols={"g": "unit", "alpha": "positive integer"}), levels=["medium"])
def weighted_loss():
    return letters.formula(lambda g, alpha: thresholds.weighted_loss(g, alpha))


weighted_loss.slips = in_letters(
    ("wrong sign", "The logarithm of a probability is negative; a loss is not.",
     lambda g, alpha: alpha * log(g)),
    ("loss of a negative item", "A positive item has probability g.",
     lambda g, alpha: -alpha * log(1 - g)),
    ("weight inside the logarithm", "The item counts several times: its loss is multiplied.",
     lambda g, alpha: -log(alpha * g)),
    ("not weighted", "A positive item counts several times.", lambda g: -log(g)),
)  # fmt: skip


@weighted_loss.witness
def _(point):
    """A batch in which the item stands several times."""
    logit = np.log(point["g"]) - np.log1p(-point["g"])
    batch = engine.Tensor(np.full(int(point["alpha"]), logit))
    return float(engine.BCEWithLogitsLoss(reduction="sum")(batch, np.ones(batch.shape)).data)


@family.part(Real(digits=3), levels=["hard"], marks=2)
def corrected(p, share, new):
    return thresholds.corrected(p, share, new)


def odds(p):
    return p / (1 - p)


corrected.slips = rows(
    ("unchanged", "The shares of the classes have changed, and so the odds.", lambda p: p),
    ("probability scaled", "Scale the odds, then go back to a probability.",
     lambda p, share, new: p * new / share),
    ("odds given", "Go back from odds to a probability.",
     lambda p, share, new: odds(p) * odds(new) / odds(share)),
    ("shares for odds", "Use the odds of the shares.",
     lambda p, share, new: odds(p) * new / share / (1 + odds(p) * new / share)),
    ("shares exchanged", "Divide by the old odds, multiply by the new.",
     lambda p, share, new: thresholds.corrected(p, new, share)),
)  # fmt: skip


@corrected.witness
def _(p, share, new):
    """Items of each class weighted so that their shares become the new ones."""
    labels = np.array([1, 0])
    weights = np.where(labels, new / share, (1 - new) / (1 - share))
    return np.average(labels, weights=weights * np.where(labels, p, 1 - p))


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def expected_now(corrected, fp, fn):
    return thresholds.expected_costs(corrected, fp, fn)


expected_now.slips = wrong_costs("corrected")


@expected_now.witness
def _(p, share, new, fp, fn):
    chances = np.array([p * new / share, (1 - p) * (1 - new) / (1 - share)])
    positive, negative = chances / chances.sum()
    return [fp * negative, fn * positive]


@family.part(Real(digits=3), levels=["hard"])
def top2(logits, classes):
    return thresholds.top_k(logits, classes, 2)


top2.slips = rows(
    ("top-1 given", "Count also items whose class has the second largest logit.",
     lambda logits, classes: thresholds.top_k(logits, classes, 1)),
    ("second only", "Top-2 includes the items that are first.",
     lambda top2, logits, classes: top2 - thresholds.top_k(logits, classes, 1)),
    ("wrong share", "The share of items that are right is asked for.", lambda top2: 1 - top2),
    ("top-3 given", "Only the two largest logits count.",
     lambda logits, classes: thresholds.top_k(logits, classes, 3)),
)  # fmt: skip


@top2.witness
def _(logits, classes):
    """How many classes beat the true one."""
    scores = np.array(logits)
    own = scores[np.arange(len(classes)), np.array(classes)]
    return np.mean((scores > own[:, None]).sum(axis=1) < 2)


@family.working
def _(level, scores, labels, cuts, share, new, p, logits, classes):
    """Both errors at every threshold; the odds; the two best classes of every item."""
    if level == "medium":
        errors = [
            tuple(thresholds.total_cost(scores, labels, cut, *pair) for pair in ((1, 0), (0, 1)))
            for cut in cuts
        ]
        return {"errors": errors}
    if level == "hard":
        first = [sorted(range(len(row)), key=lambda c: -row[c])[:2] for row in logits]
        return {
            "odds": odds(p) * odds(new) / odds(share),
            "first": first,
            "right": [c in two for c, two in zip(classes, first, strict=True)],
        }
    return {}
