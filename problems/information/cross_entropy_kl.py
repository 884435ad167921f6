"""Entropy, cross-entropy, KL divergence and perplexity.

Trap: directions exchanged, the entropy of the model for the cross-entropy, bits for nats.
Reference: Cover and Thomas (2006), sections 2.1 and 2.3; Jurafsky and Martin, chapter 3.
Source: none
"""

from heapq import heapify, heappop, heappush
from math import prod

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import entropies

family = Family(
    conventions=[
        "{% if level != 'hard' %}$p$ is the distribution of the data, $q$ that of the model, and "
        r"$\mathrm{KL}(p \,\|\, q) = \sum_i p_i \log \frac{p_i}{q_i}${% endif %}",
        "{% if level == 'easy' %}logarithms have base 2, so the unit is the bit, unless another is "
        "named{% elif level == 'medium' %}logarithms are natural{% endif %}",
        "{% if level == 'hard' %}perplexity is $e$ to the mean negative log-likelihood per token, "
        "whose logarithm is natural{% endif %}",
    ]
)

#: Exponents of one half, of six probabilities that add up to 1.
DYADIC = [
    (1, 2, 4, 4, 4, 4),
    (1, 2, 3, 4, 5, 5),
    (1, 3, 3, 3, 4, 4),
    (2, 2, 3, 3, 3, 3),
    (2, 2, 2, 3, 4, 4),
]


@family.sample
def sample(draw):
    if draw.level == "hard":
        n = draw.integer(4, 6)
        pool = [rational(k, 100) for k in (2, 4, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 75, 80, 90)]
        return {"p": (), "q": (), "tokens": draw.sample(pool, n)}
    if draw.level == "easy":
        exponents = [draw.shuffle(draw.choice(DYADIC)) for _ in "pq"]
        p, q = (tuple(rational(1, 2**e) for e in row) for row in exponents)
        return {"p": p, "q": q, "tokens": ()}
    n = draw.integer(3, 4)
    return {"p": shares(draw, n), "q": shares(draw, n), "tokens": ()}


def shares(draw, n):
    """Probabilities in twentieths."""
    cuts = sorted(draw.sample(range(1, 20), n - 1))
    return tuple(rational(b - a, 20) for a, b in zip((0, *cuts), (*cuts, 20), strict=True))


@family.condition
def _(p, q, tokens):
    """No two of entropies and cross-entropies agree, and neither do the divergences."""
    if tokens:
        return True
    a, b = np.array([p, q], dtype=float)
    own, cross = -a @ np.log(a), -a @ np.log(b)
    other, crossed = -b @ np.log(b), -b @ np.log(a)
    lengths = [own, cross, other, crossed, np.log(len(p))]
    apart = np.abs(np.subtract.outer(lengths, lengths)) + np.eye(5)
    return apart.min() > 0.01 and abs(cross - own - crossed + other) > 0.01


@family.derive
def unit(level):
    """What a nat is divided by."""
    return log(2) if level == "easy" else 1


@family.run
def code_lengths(p, q, level):
    """The words of the shortest code for p and for q, which are as long as -log2 says."""
    return (word_lengths(p), word_lengths(q)) if level == "easy" else ((), ())


def word_lengths(p):
    """Huffman's code: the two least likely groups are joined, and their words get longer."""
    lengths = np.zeros(len(p))
    heap = [(share, i, [i]) for i, share in enumerate(p)]
    heapify(heap)
    while len(heap) > 1:
        (a, i, left), (b, _, right) = heappop(heap), heappop(heap)
        lengths[left + right] += 1
        heappush(heap, (a + b, i, left + right))
    return lengths


def lost(p, q):
    """The engine's cross-entropy: logits ln q of a softmax that gives back q."""
    logits = engine.Tensor(np.log([q]), dtype="float64")
    return float(engine.CrossEntropyLoss()(logits, np.array([p])).data)


@family.run
def lengths_of(p, q, level, code_lengths):
    """The mean code lengths of p by its own code, of p by q's code, of q by its own and by p's."""
    if level == "easy":
        own, other = code_lengths
        return [np.dot(*pair) for pair in ((p, own), (p, other), (q, other), (q, own))]
    return [lost(a, b) for a, b in ((p, p), (p, q), (q, q), (q, p))] if p else []


BOTH = ["easy", "medium"]


@family.part(Real(digits=3), levels=BOTH)
def entropy(p, unit):
    return entropies.entropy(p) / unit


entropy.slips = rows(
    ("the other unit", "Mind the base of the logarithm.",
     lambda entropy, level: entropy * log(2) if level == "easy" else entropy / log(2)),
    ("of the uniform distribution", "That is the largest entropy possible.",
     lambda p, unit: log(len(p)) / unit),
    ("wrong sign", "Logarithms of probabilities are negative: put a minus in front.",
     lambda entropy: -entropy),
    ("of the model", "The entropy of p is asked for.", lambda q, unit: entropies.entropy(q) / unit),
    ("not weighted", "Each logarithm is weighted by its probability.",
     lambda p, unit: -sum(map(log, p)) / unit),
)  # fmt: skip
entropy.witness(lambda lengths_of: lengths_of[0])


@family.part(Real(digits=3), levels=BOTH)
def cross(p, q, unit):
    return entropies.cross_entropy(p, q) / unit


cross.slips = rows(
    ("model and data exchanged", "The logarithm is of the model, the weight is the data.",
     lambda p, q, unit: entropies.cross_entropy(q, p) / unit),
    ("entropy of the model", "The weights are those of p.",
     lambda q, unit: entropies.entropy(q) / unit),
    ("the other unit", "Mind the base of the logarithm.",
     lambda cross, level: cross * log(2) if level == "easy" else cross / log(2)),
    ("wrong sign", "Logarithms of probabilities are negative: put a minus in front.",
     lambda cross: -cross),
)  # fmt: skip
cross.witness(lambda lengths_of: lengths_of[1])


@family.part(Real(digits=3), levels=BOTH)
def kl(entropy, cross):
    return cross - entropy


kl.slips = rows(
    ("directions exchanged", "Average under the first distribution, p.",
     lambda p, q, unit: entropies.divergence(q, p) / unit),
    ("difference of entropies", "Subtract the entropy of p from the cross-entropy.",
     lambda p, q, unit: (entropies.entropy(q) - entropies.entropy(p)) / unit),
    ("wrong sign", "A divergence is never negative.", lambda kl: -kl),
    ("sum", "Subtract the entropy from the cross-entropy.",
     lambda entropy, cross: entropy + cross),
)  # fmt: skip
kl.witness(lambda lengths_of: lengths_of[1] - lengths_of[0])


@family.part(Real(digits=3), levels=["easy"])
def nats(kl):
    return kl * log(2)


nats.slips = rows(
    ("divided by ln 2", "One bit is ln 2 nats: multiply.", lambda kl: kl / log(2)),
    ("bits given", "One bit is ln 2 nats: multiply.", lambda kl: kl),
    ("common logarithm", "A nat is a factor of e.", lambda kl: kl * log(2) / log(10)),
)  # fmt: skip
nats.witness(lambda p, q: lost(p, q) - lost(p, p))


@family.part(Real(digits=3), levels=["medium"], marks=2)
def reverse(p, q):
    return entropies.divergence(q, p)


reverse.slips = rows(
    ("the same", "The divergence is not symmetric.", lambda kl: kl),
    ("negative", "The divergence is not antisymmetric either.", lambda kl: -kl),
    ("cross-entropy of the other direction", "Subtract the entropy of q.",
     lambda p, q: entropies.cross_entropy(q, p)),
    ("entropy of p subtracted", "Subtract the entropy of q.",
     lambda p, q, entropy: entropies.cross_entropy(q, p) - entropy),
)  # fmt: skip
reverse.witness(lambda lengths_of: lengths_of[3] - lengths_of[2])


@family.part(Real(digits=3), levels=["medium"])
def between(p, q):
    return entropies.mixture_divergence(p, q)


between.slips = rows(
    ("mean of both directions", "Both are compared with their mixture.",
     lambda kl, reverse: (kl + reverse) / 2),
    ("not halved", "Take the mean of the two divergences.", lambda between: 2 * between),
    ("one divergence only", "Take the mean of the two divergences.",
     lambda p, q: entropies.divergence(p, (p + q) / 2)),
)  # fmt: skip


@between.witness
def _(p, q):
    """The entropy of the mixture, less the mean entropy."""
    mixture = np.add(p, q) / 2
    return lost(mixture, mixture) - (lost(p, p) + lost(q, q)) / 2


@family.part(Real(digits=3), levels=["hard"])
def nll(tokens):
    return entropies.surprise(tokens)


nll.slips = rows(
    ("in bits", "The logarithm is natural.", lambda nll: nll / log(2)),
    ("mean", "The whole sequence is asked for.", lambda nll, tokens: nll / rational(len(tokens))),
    ("wrong sign", "Put a minus in front.", lambda nll: -nll),
    ("logarithm of the sum", "Probabilities of a sequence multiply: add their logarithms.",
     lambda tokens: -log(sum(tokens) / len(tokens)) * len(tokens)),
    ("common logarithm", "The logarithm is natural.", lambda nll: nll / log(10)),
)  # fmt: skip


@nll.witness
def _(tokens):
    """Token by token, the engine's loss of a right answer of that probability."""
    p = np.array(tokens)
    logits = engine.Tensor(np.log(np.stack([p, 1 - p], axis=1)))
    loss = engine.CrossEntropyLoss(reduction="sum")(logits, np.zeros(len(p), dtype=int))
    return float(loss.data)


@family.part(Real(digits=3), levels=["hard"], marks=2)
def perplexity(nll, tokens):
    return entropies.perplexity(nll, len(tokens))


perplexity.slips = rows(
    ("not per token", "Divide by the number of tokens first.", lambda nll: exp(nll)),
    ("base 2 on nats", "A natural logarithm goes with base e.",
     lambda nll, tokens: exp(nll * log(2) / len(tokens))),
    ("inverse of the mean probability", "It is the inverse of the geometric mean.",
     lambda tokens: len(tokens) / sum(tokens)),
    ("mean of the inverses", "It is the geometric mean of the inverses.",
     lambda tokens: sum(1 / t for t in tokens) / len(tokens)),
    ("wrong sign", "A perplexity is at least 1.", lambda perplexity: 1 / perplexity),
)  # fmt: skip


@perplexity.witness
def _(tokens):
    """The number of equally likely choices that make the sequence as improbable, by bisection."""
    whole, low, high = prod(tokens), 1.0, 100.0
    for _halving in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle ** -len(tokens) > whole else (low, middle)
    return low


@family.part(Real(digits=3), levels=["hard"])
def bits_per_token(nll, tokens):
    return nll / rational(len(tokens)) / log(2)


bits_per_token.slips = rows(
    ("nats per token", "Divide by ln 2 for bits.", lambda nll, tokens: nll / rational(len(tokens))),
    ("of the whole sequence", "Divide by the number of tokens.", lambda nll: nll / log(2)),
    ("multiplied by ln 2", "Divide by ln 2 for bits.",
     lambda nll, tokens: nll * log(2) / len(tokens)),
)  # fmt: skip
bits_per_token.witness(lambda tokens: np.log2(1 / np.array(tokens)).mean())


@family.part(Array(shape=(2,), digits=3), levels=["hard"], marks=2)
def extended(nll, tokens):
    """Perplexity if a last token of probability 1/2, or 1/100, followed."""
    return tuple(
        entropies.perplexity(nll + log(n), len(tokens) + 1) for n in (rational(2), rational(100))
    )


extended.slips = rows(
    ("old number of tokens", "There is one token more.",
     lambda nll, tokens: [entropies.perplexity(nll + log(n), len(tokens)) for n in (2, 100)]),
    ("perplexities averaged", "Average the logarithms, not the perplexities.",
     lambda perplexity, tokens: [(perplexity * len(tokens) + n) / (len(tokens) + 1)
                                 for n in (2, 100)]),
    ("nothing added", "The new token has a negative log-likelihood, too.",
     lambda nll, tokens: [entropies.perplexity(nll, len(tokens) + 1) for _ in "ab"]),
)  # fmt: skip
extended.witness(lambda tokens: [(n / prod(tokens)) ** (1 / (len(tokens) + 1)) for n in (2, 100)])


@family.working
def _(p, q):
    if not p:
        return {}
    mixture = (p + q) / 2
    return {
        "mixture": mixture,
        "to_mixture": [entropies.divergence(x, mixture) for x in (p, q)],
    }
