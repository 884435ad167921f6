"""Gradients of skip-gram: full softmax and negative sampling.

Trap: the observed vector not subtracted, negatives of the wrong sign, a repeated negative once.
Reference: Mikolov et al. (2013), equations 2 and 4; Rong (2014), sections 1 and 3.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import exp, log
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.problems._tape import tensor
from partialcredit.solvers import softmax, word_vectors
from partialcredit.solvers.backprop import logistic
from partialcredit.solvers.batchnorm import mean

family = Family(
    conventions=[
        "logarithms are natural",
        "{% if level == 'hard' %}a negative that is drawn twice counts twice{% endif %}",
        "{% if level == 'medium' %}a window of $m$ takes up to $m$ words on either side of a word, "
        "within the sentence{% endif %}",
    ]
)


@family.sample
def sample(draw):
    words = draw.by_level(3, 4, 4)
    order = draw.shuffle(range(words))
    drawn = {
        "v": (draw.nonzero(-2, 2), draw.nonzero(-2, 2)),
        "U": draw.matrix(words, 2, -2, 2),
        "o": order[0],
        "negatives": (order[1], order[2], order[2]) if draw.level == "hard" else (),
    }
    if draw.level == "medium":
        drawn |= {"n": draw.integer(8, 30), "m": draw.integer(2, 4)}
    if draw.level == "hard":
        drawn |= {"K": draw.choice([5, 8, 10, 12, 15, 20]), "V": 1000 * draw.integer(2, 60)}
    return drawn


@family.condition
def _(U, v):
    found = [dot(u, v) for u in U]
    apart = len(set(U)) == len(U) and len(set(found)) == len(found)
    return apart and all(map(any, U)) and 0 not in found and max(map(abs, found)) <= 3


@family.derive
def z(U, v):
    return Vector(dot(u, v) for u in U)


def one_hot(o, count):
    return Vector(int(k == o) for k in range(count))


def per_word(U):
    return Array(shape=(len(U),), digits=3)


@family.part(per_word, levels=["easy", "medium"])
def probabilities(z):
    return softmax.probabilities(z)


probabilities.slips = rows(
    ("sigmoids", "The probabilities of all words add up to 1.", lambda z: logistic_of(z)),
    ("scores divided by their sum", "The softmax takes exponentials first.",
     lambda z: z * rational(1, sum(z)) if sum(z) and sum(z) != 1 else None),
    ("signs turned", "A larger inner product is more probable.",
     lambda z: softmax.probabilities(-z)),
    ("not normalised", "Divide by the sum of the exponentials.", lambda z: exp(z)),
)  # fmt: skip


def logistic_of(z):
    return Vector(map(logistic, z))


@family.run
def run(U, v, o, negatives):
    """The engine's loss, and its derivatives by v and by U."""
    centre, rows = tensor(v, requires_grad=True), tensor(U, requires_grad=True)
    scores = rows @ centre
    if negatives:
        drawn = [int(o), *map(int, negatives)]
        labels = [1.0] + [0.0] * len(negatives)
        loss = engine.BCEWithLogitsLoss(reduction="sum")(scores[np.array(drawn)], labels)
    else:
        loss = engine.CrossEntropyLoss()(scores, int(o))
    return loss.item(), *[g.data for g in engine.grad(loss, [centre, rows])]


@probabilities.witness
def _(U, v):
    """From the losses of the words, one after the other."""
    scores = tensor(U) @ tensor(v)
    losses = [engine.CrossEntropyLoss()(scores, word).item() for word in range(len(U))]
    return np.exp(-np.array(losses))


@family.part(Real(digits=3), levels=["easy", "medium"])
def loss(probabilities, o):
    return -log(probabilities[o])


loss.slips = rows(
    ("probability", "The loss is minus its logarithm.", lambda probabilities, o: probabilities[o]),
    ("binary logarithm", "The logarithm is natural.", lambda loss: loss / log(2)),
    ("minus the score", "The logarithm of the sum belongs to the loss.", lambda z, o: -z[o]),
    ("sign lost", "The loss is minus the logarithm.", lambda loss: -loss),
    ("all words", "Only the word that was observed counts.",
     lambda probabilities: -sum(log(p) for p in probabilities)),
)  # fmt: skip
loss.witness(lambda run: run[0])


@family.part(Array(shape=(2,), digits=3), levels=["easy", "medium"], marks=2)
def by_centre(probabilities, U, o):
    return word_vectors.centre_gradient(U, probabilities - one_hot(o, len(U)))


by_centre.slips = rows(
    ("signs turned", "The difference is probability minus observation.",
     lambda by_centre: -by_centre),
    ("observed vector not subtracted", "Take the vector of the observed word off.",
     lambda probabilities, U: word_vectors.centre_gradient(U, probabilities)),
    ("observed vector only", "The other words count with their probabilities.",
     lambda U, o: -U[o]),
    ("term of the true word only", "All words count.",
     lambda probabilities, U, o: (probabilities[o] - 1) * U[o]),
    ("plain mean", "The vectors count with their probabilities.", lambda U, o: mean(U) - U[o]),
)  # fmt: skip
by_centre.witness(lambda run: run[1])


@family.part(lambda U: Array(shape=(len(U), 2), digits=3), levels=["easy", "medium"], marks=2)
def by_outside(probabilities, v, o):
    return word_vectors.outside_gradient(probabilities - one_hot(o, len(probabilities)), v)


by_outside.slips = rows(
    ("signs turned", "The difference is probability minus observation.",
     lambda by_outside: -by_outside),
    ("true row only", "With the full softmax every outside vector moves.",
     lambda by_outside, o: [row if k == o else 0 * row for k, row in enumerate(by_outside)]),
    ("one not subtracted", "The observed word has probability minus 1.",
     lambda probabilities, v: word_vectors.outside_gradient(probabilities, v)),
    ("outside vectors for v", "An outside vector is multiplied by the vector of the centre.",
     lambda probabilities, U, o: [
         e * u for e, u in zip(probabilities - one_hot(o, len(U)), U, strict=True)]),
)  # fmt: skip
by_outside.witness(lambda run: run[2])


@family.part(Integer(), levels=["medium"])
def pairs(n, m):
    return word_vectors.training_pairs(n, m)


pairs.slips = rows(
    ("ends not cut", "Words at the ends have fewer neighbours.", lambda n, m: 2 * m * n),
    ("one side", "The window reaches to both sides.", lambda pairs: pairs // 2),
    ("whole windows only", "Words at the ends have neighbours, too.",
     lambda n, m: 2 * m * (n - 2 * m)),
    ("word with itself", "A word is no pair with itself.", lambda pairs, n: pairs + n),
)  # fmt: skip


@pairs.witness
def _(n, m):
    return sum(1 for a in range(n) for b in range(n) if a != b and abs(a - b) <= m)


@family.part(Real(digits=3), levels=["hard"])
def sampled_loss(z, o, negatives):
    return word_vectors.negative_loss(z[o], [z[k] for k in negatives])


sampled_loss.slips = rows(
    ("negatives of the wrong sign", "For a negative the model should say no: take sigma(-s).",
     lambda z, o, negatives: word_vectors.negative_loss(z[o], [-z[k] for k in negatives])),
    ("repeated negative once", "A negative that is drawn twice counts twice.",
     lambda z, o, negatives: word_vectors.negative_loss(z[o], [z[k] for k in set(negatives)])),
    ("positive only", "The negatives count, too.", lambda z, o: -log(logistic(z[o]))),
    ("mean", "The terms of the negatives add up.",
     lambda sampled_loss, negatives: sampled_loss / (1 + len(negatives))),
    ("full softmax", "Only the words that were drawn count.",
     lambda z, o: -log(softmax.probabilities(z)[o])),
)  # fmt: skip
sampled_loss.witness(lambda run: run[0])


def drawn(z, U, negatives):
    return [z[k] for k in negatives], [U[k] for k in negatives]


@family.part(Array(shape=(2,), digits=3), levels=["hard"], marks=2)
def sampled_centre(z, U, o, negatives):
    return word_vectors.negative_centre_gradient(z[o], U[o], *drawn(z, U, negatives))


sampled_centre.slips = rows(
    ("negatives subtracted", "The negatives push the vector away: descent subtracts them later.",
     lambda z, U, o, negatives: 2 * word_vectors.negative_centre_gradient(z[o], U[o], (), ())
         - word_vectors.negative_centre_gradient(z[o], U[o], *drawn(z, U, negatives))),
    ("repeated negative once", "A negative that is drawn twice counts twice.",
     lambda z, U, o, negatives:
         word_vectors.negative_centre_gradient(z[o], U[o], *drawn(z, U, set(negatives)))),
    ("positive only", "The negatives count, too.",
     lambda z, U, o: word_vectors.negative_centre_gradient(z[o], U[o], (), ())),
    ("signs turned", "The sigmoid of the true word is reduced by 1.",
     lambda sampled_centre: -sampled_centre),
    ("one not subtracted", "The sigmoid of the true word is reduced by 1.",
     lambda sampled_centre, U, o: sampled_centre + U[o]),
)  # fmt: skip
sampled_centre.witness(lambda run: run[1])


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def repeated(z, v, negatives):
    return 2 * logistic(z[negatives[-1]]) * v


repeated.slips = rows(
    ("counted once", "This word was drawn twice.", lambda repeated: repeated * rational(1, 2)),
    ("vector of the word", "An outside vector is multiplied by the vector of the centre.",
     lambda z, U, negatives: 2 * logistic(z[negatives[-1]]) * U[negatives[-1]]),
    ("reduced by 1", "Only the true word's sigmoid is reduced by 1.",
     lambda z, v, negatives: 2 * (logistic(z[negatives[-1]]) - 1) * v),
    ("all negatives", "Each word counts as often as it was drawn.",
     lambda z, v, negatives: sum(logistic(z[k]) for k in negatives) * v),
)  # fmt: skip
repeated.witness(lambda run, negatives: run[2][int(negatives[-1])])


@family.part(Integer(), levels=["hard"])
def touched(K):
    return K + 2


touched.slips = rows(
    ("negatives only", "The centre and the true word move, too.", lambda K: K),
    ("centre left out", "The vector of the centre moves, too.", lambda K: K + 1),
    ("all outside vectors", "Words that were not drawn do not move.", lambda V: V + 1),
    ("both tables", "A word moves in the table that it was looked up in.",
     lambda K: 2 * (K + 1)),
)  # fmt: skip


@touched.witness
def _(K):
    """Rows of two tables with a gradient after one pair, in a vocabulary just large enough."""
    centre, outside = (engine.Embedding(K + 5, 2, generator=seed) for seed in (0, 1))
    scores = (outside(np.arange(K + 1)) * centre(np.array([2]))).sum(1)
    engine.BCEWithLogitsLoss()(scores, [1.0] + [0.0] * K).backward()
    return sum(int(np.any(table.weight.grad, axis=1).sum()) for table in (centre, outside))


@family.working
def _(z, o, negatives):
    return {
        "powers": exp(z),
        "sigmas": logistic_of(z),
        "low": logistic_of(-z),
        "order": (o, *negatives),
    }
