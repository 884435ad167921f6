"""Embedding lookup, cosine similarity and analogies.

Trap: columns for rows, the inner product for the cosine, a given word as the answer.
Reference: Mikolov, Yih and Zweig (2013), section 4; torch.nn.Embedding for the layout.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns, dot
from partialcredit.problems._counting import entries
from partialcredit.problems._tape import tensor
from partialcredit.solvers import word_vectors
from partialcredit.solvers.batchnorm import mean

WORDS = ("river", "stone", "lamp", "apple", "night")
family = Family(
    conventions=[
        "words are numbered from 0, and row $i$ of $\\mathbf{E}$ is the vector of word $i$",
        "{% if level != 'easy' %}a bag of words is the mean of the vectors of its words, each as "
        "often as it occurs{% endif %}",
    ]
)


@family.sample
def sample(draw):
    d = draw.by_level(2, 3, 3)
    drawn = {"E": draw.matrix(5, d, -3, 4)}
    i, j, k = draw.sample(range(5), 3)
    drawn |= {"i": i, "j": j, "k": k}
    if draw.level == "easy":
        return drawn | {"k": i}
    drawn |= {"bag": draw.shuffle([i, k, k]), "V": 1000 * draw.integer(2, 60)}
    return drawn | {"d": draw.choice([50, 100, 128, 200, 256, 300, 512])}


@family.condition
def _(E, i, j):
    """All words differ, and the two in question are neither parallel nor at right angles."""
    u, v = E[i], E[j]
    inner = dot(u, v)
    apart = inner and inner**2 != dot(u, u) * dot(v, v) and dot(u, u) != dot(v, v)
    return apart and all(map(any, E)) and len(set(E)) == 5 and len(set(columns(E))) == len(E[0])


@family.condition
def _(E, i, j, k):
    """Where an analogy is asked for, one word answers it clearly."""
    if k == i:
        return True
    away = E[i] - E[j] + E[k]
    if not any(away):
        return False
    found = sorted(float(word_vectors.cosine(E[word], away)) for word in others(i, j, k))
    return found[1] > max(found[0] + 0.05, 0.1)


def others(i, j, k):
    return [word for word in range(5) if word not in (i, j, k)]


def per_feature(E):
    return Array(shape=(len(E[0]),))


@family.part(per_feature)
def lookup(E, i):
    return E[i]


lookup.slips = rows(
    ("counted from 1", "Words are numbered from 0.", lambda E, i: E[i - 1] if i else None),
    ("next row", "The word with number i has row i, counted from 0.",
     lambda E, i: E[i + 1] if i < 4 else None),
    ("sum of all rows", "The one-hot vector has a single 1.", lambda E: sum(E[1:], E[0])),
    ("squared", "The product picks the row as it is.", lambda E, i: E[i] * E[i]),
)  # fmt: skip


@lookup.witness
def _(E, i):
    return (functional.one_hot([i], 5).data @ np.array(E))[0]


@family.part(Real(digits=3))
def cosine(E, i, j):
    return word_vectors.cosine(E[i], E[j])


cosine.slips = rows(
    ("inner product", "Divide by both lengths.", lambda E, i, j: dot(E[i], E[j])),
    ("squared lengths", "Divide by the lengths, not by their squares.",
     lambda E, i, j: rational(dot(E[i], E[j]), dot(E[i], E[i]) * dot(E[j], E[j]))),
    ("one length", "Divide by both lengths.",
     lambda E, i, j: rational(dot(E[i], E[j])) / sqrt(rational(dot(E[j], E[j])))),
    ("sign lost", "Vectors that point apart have a negative cosine.",
     lambda cosine: abs(cosine)),
    ("distance", "The cosine is asked for, not one minus it.", lambda cosine: 1 - cosine),
    ("sums of absolute values", "The length is the root of the sum of the squares.",
     lambda E, i, j: rational(dot(E[i], E[j]), sum(abs(E[i])) * sum(abs(E[j])))),
)  # fmt: skip
cosine.witness(
    lambda E, i, j: functional.cosine_similarity(tensor(E[i]), tensor(E[j]), dim=0).item()
)


@family.part(Real(digits=3), levels=["easy", "medium"])
def distance(E, i, j):
    return word_vectors.distance(E[i], E[j])


distance.slips = rows(
    ("square", "Take the root.", lambda distance: distance**2),
    ("sum of absolute differences", "Add the squares of the differences.",
     lambda E, i, j: sum(abs(E[i] - E[j]))),
    ("difference of the lengths", "Subtract the vectors first.",
     lambda E, i, j: abs(sqrt(rational(dot(E[i], E[i]))) - sqrt(rational(dot(E[j], E[j]))))),
    ("length of the sum", "Subtract the vectors.",
     lambda E, i, j: word_vectors.distance(E[i], -E[j])),
)  # fmt: skip
distance.witness(lambda E, i, j: np.linalg.norm(np.subtract(E[i], E[j])))


@family.part(per_feature, levels=["medium", "hard"])
def bag_vector(E, bag):
    return mean([E[word] for word in bag])


bag_vector.slips = rows(
    ("each word once", "A word that occurs twice counts twice.",
     lambda E, bag: mean([E[word] for word in set(bag)])),
    ("sum", "The mean is asked for.", lambda bag_vector, bag: len(bag) * bag_vector),
    ("divided by the vocabulary", "Divide by the number of words in the bag.",
     lambda bag_vector, bag: bag_vector * rational(len(bag), 5)),
)  # fmt: skip


@bag_vector.witness
def _(E, bag):
    layer = engine.Embedding(5, len(E[0]), generator=0)
    layer.weight.data[:] = E
    return layer(np.array(bag, dtype=int)).mean(0).data


@family.part(Integer(), levels=["medium", "hard"])
def parameters(V, d):
    return V * d


parameters.slips = rows(
    ("bias counted", "An embedding has no bias.", lambda V, d: V * d + d),
    ("rows and columns added", "Every word has d numbers.", lambda V, d: V + d),
    ("square of the vocabulary", "A vector has d numbers.", lambda V: V * V),
    ("two tables", "There is one table.", lambda V, d: 2 * V * d),
)  # fmt: skip
parameters.witness(lambda V, d: entries(V, d))


@family.part(per_feature, levels=["hard"])
def offset(E, i, j, k):
    return E[i] - E[j] + E[k]


offset.slips = rows(
    ("order exchanged", "Subtract the second word and add the third.",
     lambda E, i, j, k: E[j] - E[i] + E[k]),
    ("third word subtracted", "Subtract the second word and add the third.",
     lambda E, i, j, k: E[i] + E[j] - E[k]),
    ("all added", "The second word is subtracted.", lambda E, i, j, k: E[i] + E[j] + E[k]),
    ("third word left out", "The third word is added.", lambda E, i, j: E[i] - E[j]),
)  # fmt: skip
offset.witness(lambda E, i, j, k: tensor(E[i]).data - E[j] + tensor(E[k]).data)


@family.part(Choice(WORDS), levels=["hard"], marks=2)
def analogy(E, offset, i, j, k):
    if not any(offset):
        return 0  # of no direction, every word is as good
    return word_vectors.analogy(E, offset, (i, j, k))


analogy.slips = rows(
    ("given word", "The words of the question are left out.",
     lambda E, offset: word_vectors.analogy(E, offset, ()) if any(offset) else None),
    ("largest inner product", "Long vectors are not nearer: divide by the lengths.",
     lambda E, offset, i, j, k: max(others(i, j, k), key=lambda word: dot(E[word], offset))),
    ("smallest cosine", "The most similar vector is asked for.",
     lambda E, offset, i, j, k:
         word_vectors.analogy(E, -offset, (i, j, k)) if any(offset) else None),
)  # fmt: skip


@family.run
def ranked(E, i, j, k):
    """The cosines of all words with the offset; of the given words less than any."""
    given = [int(word) for word in (i, j, k)]
    first, second, third = (tensor(E)[word] for word in given)
    found = functional.cosine_similarity(tensor(E), (first - second + third).reshape(1, -1)).data
    found[given] = -2
    return found


analogy.witness(lambda ranked: int(ranked.argmax()))


@family.part(Real(digits=3), levels=["hard"])
def winner(E, analogy, offset):
    return word_vectors.cosine(E[analogy], offset) if any(offset) else 0


winner.slips = rows(
    ("inner product", "Divide by both lengths.",
     lambda E, analogy, offset: dot(E[analogy], offset)),
    ("one length", "Divide by both lengths.",
     lambda E, analogy, offset:
         dot(E[analogy], offset) / sqrt(rational(dot(offset, offset))) if any(offset) else None),
    ("distance", "The cosine is asked for, not one minus it.", lambda winner: 1 - winner),
)  # fmt: skip


winner.witness(lambda ranked: ranked.max())


@family.working
def _(E, i, j, k, offset, analogy):
    shown = {"words": WORDS, "inner": dot(E[i], E[j])}
    shown |= {"squares": (dot(E[i], E[i]), dot(E[j], E[j]))}
    if offset is None or not any(offset):
        return shown
    found = E[analogy]
    shown["left"] = [(word, word_vectors.cosine(E[word], offset)) for word in others(i, j, k)]
    shown["winning"] = dot(found, offset), dot(found, found), dot(offset, offset)
    return shown
