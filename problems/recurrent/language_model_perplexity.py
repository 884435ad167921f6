"""Probability, cross-entropy and perplexity of a text.

Trap: not divided by the length, bits and nats mixed up, perplexities averaged.
Reference: Jelinek et al. (1977); Jurafsky and Martin, section 3.3.
Source: none
"""

from itertools import pairwise

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Real
from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.problems._tape import tensor
from partialcredit.solvers import perplexity as solver
from partialcredit.solvers.batchnorm import mean

family = Family(
    hidden=["text"],
    conventions=[
        "cross-entropy is the mean of $-\\ln p$ over the tokens in nats, of $-\\log_2 p$ in bits",
        "perplexity is $e$ to the cross-entropy in nats",
        "{% if level == 'medium' %}the end of the text is a token, its start is not{% endif %}",
    ],
)
TOKENS = ("start", "A", "B", "C", "end")


@family.sample
def sample(draw):
    drawn = {"table": (), "text": (), "p": ()}
    if draw.level == "medium":
        rest = draw.shuffle([1, 2, 3])
        text = (0, *rest[: draw.integer(2, 3)], 4)
        return drawn | {"table": [row_of(draw) for _ in range(4)], "text": text}
    count = draw.by_level(3, None, 4)
    drawn |= {"p": [rational(k, 100) for k in draw.sample(range(4, 91), count)]}
    if draw.level == "hard":
        drawn |= {"m": draw.integer(5, 12), "other": draw.integer(3, 20), "c": draw.integer(3, 6)}
    return drawn


def row_of(draw):
    """The probabilities of A, B, C and the end, in twentieths that add up to 1."""
    cuts = sorted(draw.sample(range(1, 20), 3))
    ends = (0, *cuts, 20)
    return [rational(b - a, 20) for a, b in pairwise(ends)]


@family.derive
def steps(p, table, text):
    """The probability of every token given those before it."""
    return p or [table[a][b - 1] for a, b in pairwise(text)]


@family.condition
def _(steps):
    return len(set(steps)) > 1


@family.part(Real(digits=3))
def probability(steps):
    return solver.text_probability(steps)


probability.slips = rows(
    ("sum", "The probabilities of a chain are multiplied.", lambda steps: sum(steps)),
    ("mean", "The probabilities of a chain are multiplied.", lambda steps: mean(steps)),
    ("last token only", "All tokens must come.", lambda steps: steps[-1]),
    ("last token left out", "The last token counts, too.",
     lambda steps: solver.text_probability(steps[:-1])),
    ("most probable tokens", "The tokens of the text are given.",
     lambda table, text: solver.text_probability([max(table[a]) for a in text[:-1]])
         if table else None),
)  # fmt: skip


@probability.witness
def _(p, table, text):
    """Multiplied from the end; with a table one-hot rows pick the numbers."""
    found = list(p)
    for a, b in pairwise(text):
        found.append(np.eye(4)[int(a)] @ np.array(table) @ np.eye(4)[int(b) - 1])
    total = 1.0
    for value in reversed(found):
        total *= value
    return total


@family.run
def losses(p, table, text):
    """The engine's cross-entropy of every token against all others together."""
    found = p or [table[int(a)][int(b) - 1] for a, b in pairwise(text)]
    chances = np.array(found)
    logits = np.log(np.stack([chances, 1 - chances], axis=1))
    labels = np.zeros(len(chances), int)
    return engine.CrossEntropyLoss(reduction="none")(tensor(logits), labels).data


@family.part(Real(digits=3))
def nats(probability, steps):
    if not probability > 0:
        return 0  # an answer that is no probability has no logarithm
    return solver.cross_entropy(probability, len(steps))


nats.slips = rows(
    ("not divided by the length", "Cross-entropy is a mean over the tokens.",
     lambda nats, steps: len(steps) * nats),
    ("logarithm of the mean", "Take the mean of the logarithms.",
     lambda steps: -log(mean(steps))),
    ("in bits", "Nats have the natural logarithm.", lambda nats: solver.bits(nats)),
    ("weighted by the probabilities", "Every token counts once.",
     lambda steps: -dot(steps, log(steps))),
    ("sign lost", "The logarithm of a probability is negative.", lambda nats: -nats),
)  # fmt: skip
nats.witness(lambda losses: losses.mean())


@family.part(Real(digits=3))
def bits(nats):
    return solver.bits(nats)


bits.slips = rows(
    ("multiplied by ln 2", "Divide nats by ln 2.", lambda nats: nats * log(2)),
    ("in nats", "Bits have the logarithm to base 2.", lambda nats: nats),
    ("decimal logarithm", "Bits have the logarithm to base 2.", lambda nats: nats / log(10)),
)  # fmt: skip


@bits.witness
def _(losses):
    """A fair coin's tosses that are as improbable as the text, a token at a time."""
    toss = engine.BCEWithLogitsLoss()(tensor([0]), [1.0]).item()
    return (losses / toss).mean()


@family.part(Real(digits=3))
def perplexity(nats):
    return solver.perplexity(nats)


perplexity.slips = rows(
    ("no root", "The perplexity is per token.",
     lambda perplexity, steps: perplexity ** len(steps)),
    ("mean of the inverses", "Average the logarithms, not the inverses.",
     lambda steps: mean([1 / q for q in steps])),
    ("2 to the nats", "With nats the base is e.", lambda nats: exp(nats * log(2))),
    ("inverse", "The perplexity is at least 1.", lambda perplexity: 1 / perplexity),
    ("inverse of the mean", "Average the logarithms.", lambda steps: 1 / mean(steps)),
)  # fmt: skip


@perplexity.witness
def _(losses):
    """By bisection: the sides of the fair die that gives the text the same probability."""
    low, high = 1.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        if middle ** len(losses) < np.exp(losses.sum()):
            low = middle
        else:
            high = middle
    return low


@family.part(Real(digits=3), levels=["hard"], marks=2)
def joint(nats, steps, m, other):
    return solver.perplexity(solver.joint_cross_entropy(nats, len(steps), log(other), m))


joint.slips = rows(
    ("mean of both", "Average the logarithms, weighted by the tokens.",
     lambda perplexity, other: (perplexity + other) / 2),
    ("weighted mean", "Average the logarithms, not the perplexities.",
     lambda perplexity, steps, m, other:
         (len(steps) * perplexity + m * other) * rational(1, len(steps) + m)),
    ("not weighted", "The longer text counts more.",
     lambda perplexity, other: sqrt(perplexity * other)),
    ("weights exchanged", "Each text counts with its own tokens.",
     lambda nats, steps, m, other:
         solver.perplexity(solver.joint_cross_entropy(nats, m, log(other), len(steps)))),
    ("product", "The texts are joined, not chosen independently.",
     lambda perplexity, other: perplexity * other),
)  # fmt: skip


@joint.witness
def _(losses, m, other):
    """The losses of all tokens in one list; the second text's are those of a fair die."""
    return np.exp(np.concatenate([losses, np.full(int(m), np.log(other))]).mean())


@family.part(Real(digits=3), levels=["hard"])
def by_character(bits, c):
    return bits * rational(1, c)


by_character.slips = rows(
    ("multiplied", "A token has several characters: divide.", lambda bits, c: c * bits),
    ("nats", "Bits are asked for.", lambda nats, c: nats * rational(1, c)),
    ("perplexity divided", "Divide the bits, not the perplexity.",
     lambda perplexity, c: perplexity * rational(1, c)),
)  # fmt: skip


@by_character.witness
def _(losses, c):
    spread = np.repeat(losses / c, int(c))
    return spread.mean() / np.log(2)


@family.working
def _(steps, text):
    return {"tokens": TOKENS, "read": [TOKENS[t] for t in text[1:]], "count": len(steps)}
