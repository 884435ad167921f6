"""Penalties on parameters and their gradients.

Trap: the norm for its square, a lost half, a lost strength, sums without absolute values.
Reference: Goodfellow, Bengio and Courville (2016), sections 7.1 and 7.9; Yuan and Lin (2006).
Source: S0-82, S1-15, S1-62.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import each
from partialcredit.solvers import penalties, shrinkage

family = Family(
    version=3,
    conventions=[
        r"$\lVert \cdot \rVert_2$ is the Euclidean norm and "
        r"$\lVert w \rVert_1 = \sum_i \lvert w_i \rvert$",
        r"{% if level != 'easy' %}the penalised loss is $\tilde{J} = J + \alpha \Omega${% endif %}",
    ],
)


@family.sample
def sample(draw):
    whole = [n for n in range(-9, 10) if n]
    strength = draw.decimal("0.01", "0.05", "0.1", "0.2", "0.3", "0.5")
    if draw.level == "easy":
        return {"w": draw.sample(whole, 4)}
    slopes = [[rational(draw.nonzero(-30, 30), 10) for _ in range(3)] for _ in range(2)]
    common = {"alpha": strength, "J": rational(draw.integer(5, 60), 10)}
    w = draw.sample(whole, 3)
    if draw.level == "medium":
        return common | {"w": w, "g": slopes[0]}
    return common | {"w": w, "first": w, "second": draw.sample(whole, 3), "g": slopes}


three = Array(shape=(3,), digits=3)


def slope(cost, *vectors):
    """The tape's gradients of a cost by each vector."""
    tensors = [engine.Tensor(np.array(v, dtype=float), requires_grad=True) for v in vectors]
    cost(*tensors).backward()
    return [tensor.grad for tensor in tensors]


def linear(w, g):
    """A loss with the given gradient."""
    return (w * np.array(g)).sum()


@family.part(Real(), levels=["easy", "medium"])
def half_square(w):
    return penalties.half_square(w)


half_square.slips = rows(
    ("half forgotten", "The penalty has the factor 1/2.", penalties.squares),
    ("norm not squared", "The norm is squared, so no root is taken.",
     lambda w: penalties.length(w) / 2),
    ("square of the sum", "Square every weight before adding.", lambda w: rational(sum(w) ** 2, 2)),
    ("sum of the sizes", "That is the L1 norm.", penalties.absolute_sum),
)  # fmt: skip
half_square.witness(lambda w: np.linalg.norm(w) ** 2 / 2)


@family.part(Integer(), levels=["easy", "medium"])
def absolute(w):
    return penalties.absolute_sum(w)


absolute.slips = rows(
    ("no absolute values", "Every weight enters with its size.", lambda w: sum(w)),
    ("Euclidean norm", "The L1 norm adds the sizes.", penalties.length),
    ("largest entry", "That is the maximum norm.", lambda w: max(abs(w))),
)  # fmt: skip
absolute.witness(lambda w: np.linalg.norm(w, ord=1))


@family.part(Real(digits=3), levels=["easy", "hard"])
def norm(w):
    return penalties.length(w)


norm.slips = rows(
    ("root forgotten", "The norm is the root of the sum of squares.", penalties.squares),
    ("sum of the sizes", "That is the L1 norm.", penalties.absolute_sum),
    ("half under the root", "The norm itself has no factor 1/2.",
     lambda w: sqrt(penalties.half_square(w))),
)  # fmt: skip
norm.witness(lambda w: np.linalg.norm(w))


@family.part(Real(digits=3), levels=["medium"])
def loss(J, alpha, half_square):
    return J + alpha * half_square


loss.slips = rows(
    ("strength forgotten", "The penalty is multiplied by alpha.",
     lambda J, half_square: J + half_square),
    ("penalty only", "The loss itself counts, too.",
     lambda alpha, half_square: alpha * half_square),
    ("half forgotten", "The penalty has the factor 1/2.",
     lambda J, alpha, half_square: J + 2 * alpha * half_square),
    ("penalty subtracted", "The penalty is added.",
     lambda J, alpha, half_square: J - alpha * half_square),
)  # fmt: skip
loss.witness(lambda w, J, alpha: J + alpha * np.linalg.norm(w) ** 2 / 2)


@family.part(three, marks=2, levels=["medium"])
def gradient(w, g, alpha):
    return g + alpha * w


gradient.slips = rows(
    ("factor 2", "The half before the square cancels the factor 2.",
     lambda w, g, alpha: g + 2 * alpha * w),
    ("strength forgotten", "The penalty is multiplied by alpha.", lambda w, g: g + w),
    ("no penalty", "The penalty is added.", lambda g: g),
    ("penalty subtracted", "The penalty is added.",
     lambda w, g, alpha: g - alpha * w),
    ("penalty only", "The loss itself counts, too.", lambda w, alpha: alpha * w),
)  # fmt: skip
gradient.witness(
    lambda w, g, alpha: slope(lambda x: linear(x, g) + (x * x).sum() * (alpha / 2), w)[0]
)


@family.part(three, marks=2, levels=["medium"])
def absolute_gradient(w, g, alpha):
    return g + alpha * each(shrinkage.sign, w)


absolute_gradient.slips = rows(
    ("the weights", "The slope of a size is 1 or -1.", lambda gradient: gradient),
    ("all positive", "The slope of a size has the sign of the weight.", lambda g, alpha: g + alpha),
    ("strength forgotten", "The penalty is multiplied by alpha.",
     lambda w, g: g + each(shrinkage.sign, w)),
    ("penalty subtracted", "The penalty is added.",
     lambda w, g, alpha: g - alpha * each(shrinkage.sign, w)),
    ("sizes instead of signs", "The slope of a size is 1 or -1.",
     lambda w, g, alpha: g + alpha * abs(w)),
    ("no penalty", "The penalty is added.", lambda g: g),
)  # fmt: skip
absolute_gradient.witness(
    lambda w, g, alpha: slope(lambda x: linear(x, g) + x.abs().sum() * alpha, w)[0]
)


@family.part(Real(), levels=["hard"])
def tie(first, second):
    return penalties.half_square(first - second)


tie.slips = rows(
    ("half forgotten", "The penalty has the factor 1/2.", lambda tie: 2 * tie),
    ("both lengths", "The penalty is on the difference: equal weights cost nothing.",
     lambda first, second: penalties.half_square(first) + penalties.half_square(second)),
    ("difference of the lengths", "Subtract the vectors before taking the norm.",
     lambda first, second: penalties.half_square(first) - penalties.half_square(second)),
    ("norm not squared", "The norm is squared, so no root is taken.",
     lambda first, second: penalties.length(first - second) / 2),
)  # fmt: skip
tie.witness(lambda first, second: np.linalg.norm(np.subtract(first, second)) ** 2 / 2)


@family.part(Real(digits=3), levels=["hard"])
def tied_loss(J, alpha, tie):
    return J + alpha * tie


tied_loss.slips = rows(
    ("strength forgotten", "The penalty is multiplied by alpha.", lambda J, tie: J + tie),
)  # fmt: skip
tied_loss.witness(
    lambda first, second, J, alpha: J + alpha * np.linalg.norm(np.subtract(first, second)) ** 2 / 2
)


@family.part(Array(shape=(2, 3), digits=3), marks=2, levels=["hard"])
def tied_gradient(first, second, g, alpha):
    pull = alpha * (first - second)
    return (g[0] + pull, g[1] - pull)


tied_gradient.slips = rows(
    ("same sign", "The second vector is pulled the other way.",
     lambda first, second, g, alpha: [row + alpha * (first - second) for row in g]),
    ("weight decay", "The penalty pulls the vectors together, not to 0.",
     lambda first, second, g, alpha: (g[0] + alpha * first, g[1] + alpha * second)),
    ("factor 2", "The half before the square cancels the factor 2.",
     lambda tied_gradient, g: 2 * tied_gradient - g),
)  # fmt: skip


@tied_gradient.witness
def _(first, second, g, alpha):
    def cost(a, b):
        return linear(a, g[0]) + linear(b, g[1]) + ((a - b) ** 2).sum() * (alpha / 2)

    return np.array(slope(cost, first, second))


@family.part(three, marks=2, levels=["hard"])
def group_gradient(first, g, alpha):
    return g[0] + alpha * penalties.length_gradient(first)


group_gradient.slips = rows(
    ("squared norm", "This norm is not squared: its gradient has length 1.",
     lambda first, g, alpha: g[0] + alpha * first),
    ("signs", "That is the gradient of the L1 norm.",
     lambda first, g, alpha: g[0] + alpha * each(shrinkage.sign, first)),
)  # fmt: skip
group_gradient.witness(
    lambda first, g, alpha: slope(lambda a: linear(a, g[0]) + (a * a).sum().sqrt() * alpha, first)[
        0
    ]
)
