"""Scaled dot-product attention, with and without a causal mask.

Trap: not scaled, softmax along the queries, a mask of zeros, weights not renormalised.
Reference: Vaswani et al. (2017), equation 1 and section 3.2.3 (mask).
Source: none
"""

import itertools

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.figures import Grid
from partialcredit.grading import Array, Integer
from partialcredit.numbers.exact import exp, sqrt
from partialcredit.numbers.notation import number
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, columns, freeze
from partialcredit.problems._counting import entries
from partialcredit.problems._tape import tensor
from partialcredit.solvers import attention
from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.batchnorm import mean
from partialcredit.solvers.matrices import product

family = Family(
    conventions=[
        r"rows of $\mathbf{Q}$, $\mathbf{K}$ and $\mathbf{V}$ are tokens",
        r"$\mathbf{A} = \mathrm{softmax}(\mathbf{S})$ row by row with "
        r"$\mathbf{S} = \mathbf{Q} \mathbf{K}^\top / \sqrt{d}$, where $d$ is the number of columns "
        r"of $\mathbf{K}$",
        "{% if level == 'hard' %}$\\mathbf{S}$ is meant before the mask, which adds $-\\infty$ to "
        "the scores of later positions{% endif %}",
    ]
)


#: What three tokens may be, and regular matrices that project them.
VECTORS = [v for v in itertools.product(range(-2, 3), repeat=2) if any(v)]
REGULAR = [
    ((a, b), (c, d)) for a, b, c, d in itertools.product(range(-1, 3), repeat=4) if a * d != b * c
]


@family.sample
def sample(draw):
    queries, d, span = draw.by_level((1, 4, 2), (2, 2, 3), (3, 2, 2))
    if draw.level == "hard":
        drawn = {"X": draw.sample(VECTORS, 3), "queries": (), "keys": (), "values": ()}
        drawn |= {name: draw.choice(REGULAR) for name in ("W_Q", "W_K", "W_V")}
    else:
        drawn = dict.fromkeys(("X", "W_Q", "W_K", "W_V"), ())
        drawn |= {"queries": draw.matrix(queries, d, -span, span)}
        drawn |= {"keys": draw.matrix(3, d, -span, span), "values": draw.matrix(3, 2, -3, 4)}
    sizes = dict(zip("nmk", draw.sample(range(4, 33), 3), strict=True))
    return drawn | draw.by_level({}, sizes, {"n": draw.integer(20, 99)})


@family.derive
def Q(queries, X, W_Q):
    return queries or product(X, W_Q)


@family.derive
def K(keys, X, W_K):
    return keys or product(X, W_K)


@family.derive
def V(values, X, W_V):
    return values or product(X, W_V)


@family.condition
def _(Q, K, V):
    """Every score is an ordinary number, and no two keys or values are the same."""
    products = product(Q, transpose(K))
    spread = all(len(set(row)) == 3 and max(row) - min(row) <= 8 for row in products)
    square = len(Q) < 3 or (products != freeze(transpose(products)) and Q != K)
    apart = all(len(set(rows)) == 3 for rows in (K, V)) and K != V
    return spread and square and apart and all(map(any, Q)) and any(map(any, products))


def as_scores(digits=3):
    return lambda Q, K: Array(shape=(len(Q), len(K)), digits=digits)


@family.part(as_scores())
def scores(Q, K):
    return attention.scores(Q, K)


scores.slips = rows(
    ("not scaled", "Divide the products by the root of d.", lambda Q, K: product(Q, transpose(K))),
    ("divided by d", "Divide by the root of d, not by d.",
     lambda Q, K: freeze(product(Q, transpose(K))) * rational(1, len(K[0]))),
    ("root of the number of keys", "Under the root stands the length of a key.",
     lambda Q, K: freeze(product(Q, transpose(K))) / sqrt(rational(len(K)))),
    ("queries and keys exchanged", "Rows belong to queries, columns to keys.",
     lambda Q, K: attention.scores(K, Q) if len(Q) == len(K) else None),
    ("multiplied by the root", "The root divides.",
     lambda Q, K: freeze(product(Q, transpose(K))) * sqrt(rational(len(K[0])))),
)  # fmt: skip


@family.run
def given(queries, keys, values, X, W_Q, W_K, W_V):
    """Queries, keys and values as tensors, by the engine's products where X is given."""
    if not X:
        return [tensor(v) for v in (queries, keys, values)]
    return [tensor(X) @ tensor(W) for W in (W_Q, W_K, W_V)]


@scores.witness
def _(given):
    """The logarithm of a weight against that of a key of zeros, whose score is 0."""
    q, k, _v = given
    padded = engine.cat([tensor(np.zeros((1, k.shape[1]))), k])
    found = functional.scaled_dot_product_attention(q, padded, tensor(np.eye(len(padded)))).data
    return np.log(found[:, 1:] / found[:, :1])


@family.part(as_scores(), marks=2)
def weights(scores, X):
    return attention.causal_weights(scores) if X else attention.weights(scores)


def masked(scores, X, seen, filler=None):
    """The softmax of every row over the positions seen, which are 0 or take part as ``filler``."""
    if not X:
        return None
    found = []
    for i, row in enumerate(scores):
        terms = [exp(s) if seen(i, j) else filler or 0 for j, s in enumerate(row)]
        found.append(Vector(terms) / (rational(1) * sum(terms)))
    return found


def cut_off(scores, X):
    """The softmax of the whole row, of which later positions are set to 0."""
    full = attention.weights(scores)
    return (
        [[w if j <= i else 0 for j, w in enumerate(row)] for i, row in enumerate(full)]
        if X
        else None
    )


def shares(products):
    """Every row divided by its sum, where that is possible; the root of d cancels."""
    totals = list(map(sum, products))
    return (
        [row * rational(1, t) for row, t in zip(products, totals, strict=True)]
        if all(totals)
        else None
    )


weights.slips = rows(
    ("softmax along the queries", "The weights of every query add up to 1.",
     lambda scores, X: columns(attention.weights(columns(scores))) if len(scores) > 1 and not X
     else None),
    ("scores divided by their sum", "The softmax takes exponentials first.",
     lambda Q, K, X: None if X else shares(product(Q, transpose(K)))),
    ("exponentials not normalised", "Divide by the sum of the row.",
     lambda scores, X: None if X else exp(scores)),
    ("mask left out", "Later positions get no weight.",
     lambda scores, X: attention.weights(scores) if X else None),
    ("mask turned over", "A token may look at itself and at earlier ones.",
     lambda scores, X: masked(scores, X, lambda i, j: j >= i)),
    ("mask of zeros", "The exponential of 0 is 1: the mask must add minus infinity.",
     lambda scores, X: masked(scores, X, lambda i, j: j <= i, filler=1)),
    ("not renormalised", "The weights that remain must add up to 1 again.", cut_off),
    ("own position masked", "A token may look at itself.",
     lambda scores, X: masked(scores, X, lambda i, j: j < i or j == i == 0)),
)  # fmt: skip
weights.witness(lambda given, X: attended(given, np.eye(3), X))


def attended(given, values, X):
    q, k, _v = given
    mixed = functional.scaled_dot_product_attention(q, k, tensor(values), is_causal=bool(X))
    return mixed.data


@family.part(lambda Q, V: Array(shape=(len(Q), len(V[0])), digits=3), marks=2)
def context(weights, V):
    return attention.context(weights, V)


context.slips = rows(
    ("keys mixed", "The weights mix the values.",
     lambda weights, K: attention.context(weights, K) if len(K[0]) == 2 else None),
    ("plain mean of the values", "The values are weighted.",
     lambda weights, V: [mean(V)] * len(weights)),
    ("value of the largest weight", "All values take part, each with its weight.",
     lambda weights, V: [V[max(range(3), key=list(row).__getitem__)] for row in weights]),
    ("weights transposed", "The rows of the weights belong to the queries.",
     lambda weights, V: attention.context(transpose(weights), V) if len(weights) == 3 else None),
)  # fmt: skip
context.witness(lambda given, X: attended(given, given[2].data, X))


@family.part(Integer(), levels=["medium"])
def multiplications(n, m, k):
    return n * m * k


multiplications.slips = rows(
    ("one for each score", "Each score is an inner product.", lambda n, m: n * m),
    ("additions counted", "Multiplications alone are asked for.",
     lambda n, m, k: n * m * (2 * k - 1)),
    ("both products", "The values are not asked about.", lambda n, m, k: 2 * n * m * k),
    ("keys with keys", "Every query meets every key.", lambda m, k: m * m * k),
    ("entries of Q and K", "Every pair of a query and a key costs an inner product.",
     lambda n, m, k: (n + m) * k),
)  # fmt: skip
multiplications.witness(lambda n, m, k: entries(n, m, k))


@family.part(Integer(), levels=["hard"])
def zeros(n):
    return n * (n - 1) // 2


zeros.slips = rows(
    ("with the diagonal", "A token may look at itself.", lambda n: n * (n + 1) // 2),
    ("both triangles", "Only later positions are masked.", lambda n: n * (n - 1)),
    ("half of all", "The diagonal is not masked.", lambda n: n * n // 2),
    ("one row", "All rows have zeros, except for the last.", lambda n: n - 1),
)  # fmt: skip


@zeros.witness
def _(n):
    ones = tensor(np.ones((n, 1)))
    seen = functional.scaled_dot_product_attention(ones, ones, tensor(np.eye(n)), is_causal=True)
    return int((seen.data == 0).sum())


@family.figure
def _(weights):
    cells = tuple(tuple(number(v, 3) for v in row) for row in weights)
    said = "; ".join(", ".join(row) for row in cells)
    return Grid(f"The attention map, a row a query and a column a key: {said}.", cells)


@family.working
def _(Q, K, X, scores):
    shown = [row[: i + 1] if X else row for i, row in enumerate(scores)]
    powers = [Vector(map(exp, row)) for row in shown]
    return {"products": product(Q, transpose(K)), "d": len(K[0]), "powers": powers}
