"""Cost of attention in time and memory.

Trap: times the heads, the growth of the projections, one product for two.
Reference: Vaswani et al. (2017), table 1; Kaplan et al. (2020), section 2.1.
Source: none
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries
from partialcredit.solvers import transformers

family = Family(
    conventions=[
        "multiplications of matrix products are counted, without batch, softmax and scaling",
        "no multiplication is saved by a mask",
    ]
)


@family.sample
def sample(draw):
    H = draw.choice([2, 4, 8])
    d = H * draw.choice(range(8, 33, 4))
    n = draw.choice([k for k in range(20, 601) if k not in (d, 2 * d)])
    drawn = {"n": n, "d": d, "H": H}
    if draw.level == "medium":
        return drawn | {"b": draw.choice([2, 4])}
    drawn |= {"s": draw.choice([3, 5, 6])}
    if draw.level == "hard":
        drawn |= {"P": draw.integer(10, 900), "D": draw.integer(2, 90)}
    return drawn


def worked(n, d, H, product="both"):
    """Multiplications of all heads, a product of matrices of the head size at a time."""
    size = d // H
    scores, mixture = entries(n, n, size), entries(n, size, n)
    return sum(scores + (mixture if product == "both" else 0) for _ in range(H))


@family.part(Integer(), levels=["easy", "medium"])
def score_product(n, d):
    return transformers.product_multiplications(n, d)


score_product.slips = rows(
    ("times the heads", "The heads share the width: together it is d.",
     lambda score_product, H: H * score_product),
    ("one head", "All heads have scores.", lambda n, d, H: n * n * d // H),
    ("one for each score", "Each score is an inner product.", lambda n, H: H * n * n),
    ("additions counted", "Multiplications alone are counted.",
     lambda score_product: 2 * score_product),
    ("width squared", "Every token meets every token.", lambda n, d: n * d * d),
)  # fmt: skip
score_product.witness(lambda n, d, H: worked(n, d, H, "scores"))


@family.part(Integer(), levels=["easy", "medium"])
def projections(n, d):
    return transformers.projection_multiplications(n, d)


projections.slips = rows(
    ("three projections", "The joined heads are projected, too.", lambda n, d: 3 * n * d * d),
    ("one projection", "There are four projections.", lambda n, d: n * d * d),
    ("one token", "Every token is projected.", lambda d: 4 * d * d),
    ("times the heads", "The heads share the width: together it is d.",
     lambda projections, H: H * projections),
)  # fmt: skip
projections.witness(lambda n, d: sum(entries(n, d, d) for _ in range(4)))


@family.part(Integer(), levels=["easy"])
def longer(s):
    return s * s


longer.slips = rows(
    ("linear", "Rows and columns of the scores grow.", lambda s: s),
    ("cubic", "The length of a key stays as it is.", lambda s: s**3),
    ("doubled", "Rows and columns grow by the same factor.", lambda s: 2 * s),
    ("power of 2", "The factor is squared.", lambda s: 2**s),
)  # fmt: skip
longer.witness(lambda n, s: entries(s * n, s * n) // entries(n, n))


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def layer(n, d):
    return transformers.layer_multiplications(n, d)


layer.slips = rows(
    ("one product", "The weights also mix the values.",
     lambda layer, n, d: layer - transformers.product_multiplications(n, d)),
    ("products only", "The projections belong to the layer.", lambda n, d: 2 * n * n * d),
    ("projections only", "Both products belong to the layer.", lambda n, d: 4 * n * d * d),
    ("products times the heads", "The heads share the width: together it is d.",
     lambda layer, n, d, H: layer + 2 * (H - 1) * n * n * d),
    ("three projections", "The joined heads are projected, too.",
     lambda layer, n, d: layer - n * d * d),
)  # fmt: skip
layer.witness(lambda n, d, H: worked(n, d, H) + sum(entries(n, d, d) for _ in range(4)))


@family.part(Integer(), levels=["medium"])
def score_bytes(n, H, b):
    return H * n * n * b


score_bytes.slips = rows(
    ("one head", "Every head has scores of its own.", lambda n, b: n * n * b),
    ("numbers, not bytes", "Each number takes several bytes.", lambda n, H: H * n * n),
    ("bits", "Bytes are asked for.", lambda score_bytes: 8 * score_bytes),
    ("features for keys", "There is a score for each pair of tokens.",
     lambda n, d, b: n * d * b),
)  # fmt: skip
score_bytes.witness(lambda n, H, b: entries(H, n, n, b))


@family.part(Integer(), levels=["medium", "hard"])
def crossover(d):
    return transformers.crossover_length(d)


crossover.slips = rows(
    ("width", "Two products stand against four projections.", lambda d: d),
    ("four times the width", "There are two products.", lambda d: 4 * d),
    ("half the width", "Solve 2 n n d = 4 n d d for n.", lambda d: d // 2),
    ("head size", "The heads share the width: together it is d.", lambda d, H: d // H),
)  # fmt: skip


@crossover.witness
def _(d, H):
    """By bisection on what is counted."""
    low, high = 1, 8 * d
    while low < high:
        n = (low + high) // 2
        if worked(n, d, H) < sum(entries(n, d, d) for _ in range(4)):
            low = n + 1
        else:
            high = n
    return low


@family.part(Real(digits=3), levels=["hard"], marks=2)
def growth(n, d, s):
    return transformers.growth(n, d, s)


growth.slips = rows(
    ("quadratic", "The projections grow only linearly.", lambda s: s * s),
    ("linear", "Both products grow with the square.", lambda s: s),
    ("mean of both", "Projections and products count with their shares.",
     lambda s: rational(s + s * s, 2)),
    ("upside down", "The longer text stands above.",
     lambda growth: rational(1) / growth if growth else None),
)  # fmt: skip


@growth.witness
def _(n, d, H, s):
    cost = [worked(m, d, H) + sum(entries(m, d, d) for _ in range(4)) for m in (n, s * n)]
    return cost[1] / cost[0]


@family.part(Real(digits=3), levels=["hard"])
def training(P, D):
    return transformers.training_operations(P * 10**6, D * 10**9)


def forward_alone(P, D):
    """Two operations for every parameter and token."""
    return 2 * P * D * 10**15


training.slips = rows(
    ("forward only", "The backward pass takes twice as many.", forward_alone),
    ("backward only", "The forward pass counts, too.", lambda P, D: 2 * forward_alone(P, D)),
    ("multiplications only", "Additions count, too.", lambda P, D: 3 * P * D * 10**15),
    ("one for each parameter and token", "Forward 2, backward 4.", lambda P, D: P * D * 10**15),
)  # fmt: skip


@training.witness
def _(P, D):
    """A weight and a token: each product of both passes, once multiplied and once added."""
    forward, by_input, by_weight = (entries(1, 1) for _ in range(3))
    return sum(2 * count for count in (forward, by_input, by_weight)) * P * 1e6 * D * 1e9
