"""Shapes and parameters of multi-head and grouped-query attention.

Trap: parameters times the heads, every head at full width, queries and keys mixed up.
Reference: Vaswani et al. (2017), section 3.2.2; Ainslie et al. (2023), section 2.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Shape
from partialcredit.problems._counting import entries
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, transformers

family = Family(
    conventions=[
        "queries, keys and values have the shape batch × heads × tokens × head size, scores "
        "batch × heads × queries × keys, and the output batch × tokens × $d$",
        "{% if level == 'hard' %}each key-value head serves equally many neighbouring query heads"
        "{% endif %}",
    ]
)


@family.sample
def sample(draw):
    H = draw.choice(draw.by_level([2, 4, 8], [2, 4, 8, 16], [4, 8, 16]))
    head = draw.choice([n for n in range(8, 33, 2) if n != H])
    most = draw.by_level(33, 21, 21)
    batch, n, m = draw.sample([k for k in range(2, most) if k not in (H, head)], 3)
    drawn = {"N": batch, "n": n, "m": m, "H": H, "d": H * head, "G": H, "bias": "with biases"}
    if draw.level == "easy":
        return drawn | {"m": n}
    if draw.level == "medium":
        return drawn
    groups = [g for g in (1, 2, 4, 8) if g < H and g not in (batch, n, m, head)]
    return drawn | {
        "G": draw.choice(groups),
        "bias": draw.choice(["with biases", "without biases"]),
    }


@family.derive
def head(d, H):
    return d // H


@family.derive
def biased(bias):
    return bias == "with biases"


@family.run
def run(N, n, m, H, G, d):
    """What attention of the engine makes of zeros in place of projected tokens."""
    size = d // H
    widths = {"query": (n, d), "key": (m, G * size)}
    split = {
        name: engine.Tensor(np.zeros((N, tokens, width)))
        .reshape(N, tokens, -1, size)
        .transpose(1, 2)
        for name, (tokens, width) in widths.items()
    }
    places = engine.Tensor(np.broadcast_to(np.eye(m), (N, G, m, m)))
    attend = functional.scaled_dot_product_attention
    scores = attend(split["query"], split["key"], places, enable_gqa=True)
    mixed = attend(split["query"], split["key"], split["key"], enable_gqa=True)
    return split | {"scores": scores, "output": mixed.transpose(1, 2).flatten(2)}


@family.part(Shape())
def query(N, H, n, head):
    return (N, H, n, head)


query.slips = rows(
    ("every head at full width", "The heads share the width d.", lambda N, H, n, d: (N, H, n, d)),
    ("heads and tokens exchanged", "The printed order is batch, heads, tokens, head size.",
     lambda N, H, n, head: (N, n, H, head)),
    ("head axis left out", "Every head has queries of its own.", lambda N, n, head: (N, n, head)),
    ("number of heads for their size", "The head size is d divided by the number of heads.",
     lambda N, H, n, head: (N, head, n, H)),
)  # fmt: skip
query.witness(lambda run: run["query"].shape)


@family.part(Shape(), levels=["medium", "hard"])
def key(N, G, m, head):
    return (N, G, m, head)


key.slips = rows(
    ("query heads", "There are fewer heads of keys than of queries.",
     lambda N, H, m, head: (N, H, m, head)),
    ("length of the queries", "There is a key for every token that is looked at.",
     lambda N, G, n, head: (N, G, n, head)),
    ("wider heads", "Keys have the head size of the queries.",
     lambda N, G, m, d: (N, G, m, d // G)),
    ("group size for groups", "The heads are counted, not what each of them serves.",
     lambda N, G, H, m, head: (N, H // G, m, head)),
    ("head axis left out", "Every key-value head has keys of its own.",
     lambda N, m, head: (N, m, head)),
)  # fmt: skip
key.witness(lambda run: run["key"].shape)


@family.part(Shape())
def scores(N, H, n, m):
    return (N, H, n, m)


scores.slips = rows(
    ("queries with queries", "Every query is compared with every key.",
     lambda N, H, n: (N, H, n, n)),
    ("transposed", "Rows belong to queries, columns to keys.", lambda N, H, n, m: (N, H, m, n)),
    ("head axis left out", "Every head has scores of its own.", lambda N, n, m: (N, n, m)),
    ("feature axis in place of the keys", "The inner product runs over the features.",
     lambda query: query),
    ("key-value heads", "Every query head has scores of its own.",
     lambda N, G, n, m: (N, G, n, m)),
)  # fmt: skip
scores.witness(lambda run: run["scores"].shape)


@family.part(Shape())
def output(N, n, d):
    return (N, n, d)


output.slips = rows(
    ("one head only", "The heads are put side by side.", lambda N, n, head: (N, n, head)),
    ("heads not joined", "The heads are put side by side and projected.",
     lambda query: query),
    ("length of the keys", "There is an output for every query.", lambda N, m, d: (N, m, d)),
    ("heads times d", "The heads together have the width d.", lambda N, n, H, d: (N, n, H * d)),
)  # fmt: skip
output.witness(lambda run: run["output"].shape)


@family.part(Integer(), marks=2)
def parameters(d, G, head, biased):
    return transformers.grouped_attention_parameters(d, G * head, bias=biased)


parameters.slips = rows(
    ("times the heads", "The heads share the width; their number does not count.",
     lambda parameters, H: H * parameters),
    ("output projection left out", "The joined heads pass a projection, too.",
     lambda parameters, d, biased: parameters - d * d - biased * d),
    ("biases left out", "Every projection has biases.",
     lambda d, G, head, biased:
         transformers.grouped_attention_parameters(d, G * head, bias=False) if biased else None),
    ("biases counted", "These projections have no biases.",
     lambda d, G, head, biased:
         None if biased else transformers.grouped_attention_parameters(d, G * head, bias=True)),
    ("keys and values with all heads", "There are fewer heads of keys and values.",
     lambda d, biased: transformers.grouped_attention_parameters(d, d, bias=biased)),
    ("one projection for all", "Queries, keys and values have projections of their own.",
     lambda d, biased: 2 * d * d + 2 * biased * d),
    ("one head", "All heads have projections.",
     lambda d, head, biased: 3 * (d * head + biased * head) + head * d + biased * d),
)  # fmt: skip


@parameters.witness
def _(run, d, bias):
    """The entries of four matrices, and of their biases, as wide as what they project to."""
    widths = [run[name].transpose(1, 2).flatten(2).shape[2] for name in ("query", "key", "key")]
    projections = [(d, width) for width in widths] + [(widths[0], d)]
    biases = sum(entries(width) for _, width in projections) if bias == "with biases" else 0
    return sum(entries(*shape) for shape in projections) + biases


@family.part(Expression(symbols={"d": "positive integer"}), levels=["easy"])
def formula():
    return letters.formula(transformers.attention_parameters)


formula.slips = in_letters(
    ("biases left out", "Every projection has biases.", lambda d: 4 * d * d),
    ("output projection left out", "The joined heads pass a projection, too.",
     lambda d: 3 * (d * d + d)),
    ("one bias", "Every projection has d biases.", lambda d: 4 * d * d + 4),
    ("one projection", "Queries, keys, values and output have a projection each.",
     lambda d: d * d + d),
)  # fmt: skip
formula.witness(
    lambda point: engine.count_parameters(
        engine.MultiheadAttention(int(point["d"]), 1, generator=0)
    )
)
