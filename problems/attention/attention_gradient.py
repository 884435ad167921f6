"""Backpropagation through attention weights.

Trap: the diagonal of the softmax's Jacobian alone, the output not subtracted, the root of d.
Reference: Vaswani et al. (2017), equation 1 and footnote 4; Bridle (1990) for the softmax.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems._tape import tensor
from partialcredit.solvers import attention, letters, softmax
from partialcredit.solvers.batchnorm import mean
from partialcredit.solvers.matrices import diagonal

family = Family(
    hidden=["g"],
    conventions=[
        r"the weights $a$ are the softmax of the scores $s$",
        "{% if level != 'hard' %}the Jacobian has a row for each weight and a column for each "
        "score{% endif %}",
        r"{% if level != 'easy' %}$L$ is the loss{% endif %}",
    ],
)


@family.sample
def sample(draw):
    return {
        "e": draw.integers(3, 1, draw.by_level(12, 9, 9), distinct=True),
        "v": draw.integers(3, -5, 5, distinct=True),
        "g": draw.choice([-3, -2, 2, 3]),
        "keys": draw.matrix(3, 4, -2, 2) if draw.level == "hard" else (),
    }


@family.condition
def _(a, v, keys):
    mixed = dot(a, v)
    apart = mixed not in v and mixed != mean(v) and len(set(a)) == len(set(keys or a))
    pulled = not keys or any(
        attention.query_gradient(attention.score_gradient(a, v, mixed, 1), keys)
    )
    return apart and pulled


@family.derive
def a(e):
    """The weights: the exponentials of the scores are whole numbers."""
    return e * rational(1, sum(e))


@family.part(Real())
def output(a, v):
    return dot(a, v)


output.slips = rows(
    ("plain mean", "The values are weighted.", lambda v: mean(v)),
    ("weights not normalised", "The weights add up to 1.", lambda e, v: dot(e, v)),
    ("largest weight only", "All values take part.", lambda e, v: v[e.index(max(e))]),
    ("softmax of the whole numbers", "The scores are their logarithms.",
     lambda e, v: dot(softmax.probabilities(e), v)),
    ("sum of the values", "The values are weighted.", lambda v: sum(v)),
)  # fmt: skip


@family.run
def run(e, v, g):
    """The mixed value, and the loss differentiated by scores and values."""
    scores, values = tensor(np.log(e), requires_grad=True), tensor(v, requires_grad=True)
    mixed = (functional.softmax(scores) * values).sum()
    by_scores, by_values = engine.grad(mixed * g, [scores, values])
    return mixed.item(), by_scores.data, by_values.data


output.witness(lambda run: run[0])


@family.part(Array(shape=(3, 3)), levels=["easy", "medium"], marks=2)
def jacobian(a):
    return softmax.jacobian(a)


jacobian.slips = rows(
    ("diagonal only", "Raising one score lowers all other weights.",
     lambda a: diagonal(a * (1 - a))),
    ("signs turned", "A weight grows with its own score.", lambda jacobian: -jacobian),
    ("outer product added", "The other weights fall.",
     lambda a: diagonal(a) + Vector(w * a for w in a)),
    ("identity for the weights", "The diagonal has the weights.",
     lambda a: diagonal((1, 1, 1)) - Vector(w * a for w in a)),
    ("outer product only", "A weight also grows with its own score.",
     lambda a: Vector(-w * a for w in a)),
    ("diagonal of squares", "The entry on the diagonal is a (1 - a).",
     lambda a: diagonal(a**2) - Vector(w * a for w in a)),
)  # fmt: skip


@jacobian.witness
def _(e):
    found = []
    for i in range(3):
        scores = tensor(np.log(e), requires_grad=True)
        functional.softmax(scores)[i].backward()
        found.append(scores.grad)
    return np.array(found)


@family.part(Array(shape=(3,)), levels=["medium", "hard"], marks=2)
def by_scores(a, v, output, g):
    return attention.score_gradient(a, v, output, g)


by_scores.slips = rows(
    ("output not subtracted", "Only the distance of a value from the output counts.",
     lambda a, v, g: g * a * v),
    ("diagonal of the Jacobian only", "A score changes all weights.",
     lambda a, v, g: g * a * (1 - a) * v),
    ("weight left out", "A score acts through its weight.", lambda v, output, g: g * (v - output)),
    ("signs turned", "A larger value than the output pulls its score up.",
     lambda by_scores: -by_scores),
    ("gradient of the loss left out", "The chain rule multiplies by the derivative of the loss.",
     lambda a, v, output: a * (v - output)),
    ("gradient of cross-entropy", "The loss here is not the logarithm of a weight.",
     lambda a: [w - (w == max(a)) for w in a]),
)  # fmt: skip
by_scores.witness(lambda run: run[1])


@family.part(Array(shape=(3,)), levels=["medium", "hard"])
def by_values(a, g):
    return attention.value_gradient(a, g)


by_values.slips = rows(
    ("value for weight", "The derivative with respect to a value is its weight.",
     lambda v, g: g * v),
    ("weight left out", "A value counts with its weight.", lambda g: (g, g, g)),
    ("gradient of the loss left out", "The chain rule multiplies by the derivative of the loss.",
     lambda a: a),
    ("slope of the weight", "The weights do not depend on the values.",
     lambda a, g: g * a * (1 - a)),
)  # fmt: skip
by_values.witness(lambda run: run[2])


@family.part(Array(shape=(4,)), levels=["hard"], marks=2)
def by_query(by_scores, keys):
    return attention.query_gradient(by_scores, keys)


by_query.slips = rows(
    ("root left out", "The scores are divided by the root of d.", lambda by_query: 2 * by_query),
    ("divided by d", "The scores are divided by the root of d.", lambda by_query: by_query / 2),
    ("weights for gradients", "Each key counts with the derivative with respect to its score.",
     lambda a, keys: attention.query_gradient(a, keys)),
    ("gradient by the values", "Each key counts with the derivative with respect to its score.",
     lambda by_values, keys: attention.query_gradient(by_values, keys)),
)  # fmt: skip


@by_query.witness
def _(e, v, g, keys):
    """Through a query at which constants bring the scores to what they are."""
    query = tensor([0.3, -0.2, 0.5, 0.1], requires_grad=True)
    scores = tensor(keys) @ query / 2
    shifted = scores + (np.log(e) - scores.data)
    loss = (functional.softmax(shifted) * tensor(v)).sum() * g
    return engine.grad(loss, query)[0].data


SYMBOLS = {"a": "unit", "v": "real", "o": "real", "g": "real"}


@family.part(Expression(symbols=SYMBOLS), levels=["medium"])
def formula():
    return letters.formula(attention.score_gradient)


formula.slips = in_letters(
    ("output not subtracted", "Only the distance of the value from the output counts.",
     lambda a, v, g: g * a * v),
    ("sign turned", "A larger value than the output pulls its score up.",
     lambda a, v, o, g: g * a * (o - v)),
    ("weight left out", "A score acts through its weight.", lambda v, o, g: g * (v - o)),
    ("slope of the weight", "The other weights change, too.", lambda a, v, g: g * a * (1 - a) * v),
)  # fmt: skip


@formula.witness
def _(point):
    """Two keys: one with this weight and value, and one that makes the output what it is."""
    a, v, o, g = (point[name] for name in "avog")
    other = (o - a * v) / (1 - a)
    scores = tensor(np.log([a, 1 - a]), requires_grad=True)
    loss = (functional.softmax(scores) * tensor([v, other])).sum() * g
    return engine.grad(loss, scores)[0].data[0]
