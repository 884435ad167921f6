"""Penalties on parameters and their gradients.

Trap: the norm for its square, a lost half, a lost strength, sums without absolute values.
Reference: Goodfellow, Bengio and Courville (2016), sections 7.1 and 7.9; Yuan and Lin (2006).
Source: S0-82, S1-15, S1-62.
"""

from fractions import Fraction

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.solvers import penalties

family = Family(
    conventions=[
        r"$\lVert \cdot \rVert_2$ is the Euclidean norm and "
        r"$\lVert w \rVert_1 = \sum_i \lvert w_i \rvert$",
        r"{% if level != 'easy' %}the penalised loss is $\tilde{J} = J + \alpha \Omega${% endif %}",
    ]
)


@family.sample
def sample(draw):
    whole = [n for n in range(-9, 10) if n]
    strength = draw.decimal("0.01", "0.05", "0.1", "0.2", "0.3", "0.5")
    if draw.level == "easy":
        return {"w": draw.sample(whole, 4)}
    slopes = [[Fraction(draw.nonzero(-30, 30), 10) for _ in range(3)] for _ in range(2)]
    common = {"alpha": strength, "J": Fraction(draw.integer(5, 60), 10)}
    if draw.level == "medium":
        return common | {"w": draw.sample(whole, 3), "g": slopes[0]}
    return common | {
        "first": draw.sample(whole, 3),
        "second": draw.sample(whole, 3),
        "g": slopes,
    }


three = Array(shape=(3,), digits=4)


@family.part(Real(digits=4), levels=["easy", "medium"])
def half_square(w):
    return penalties.half_square(w)


@family.part(Integer(), levels=["easy", "medium"])
def absolute(w):
    return penalties.absolute_sum(w)


@family.part(Real(digits=4), levels=["easy"])
def norm(w):
    return penalties.length(w)


@family.part(Real(digits=4), levels=["medium"])
def loss(J, alpha, half_square):
    return J + alpha * half_square


@family.part(three, marks=2, levels=["medium"])
def gradient(w, g, alpha):
    return penalties.penalised(g, w, alpha)


@family.part(three, marks=2, levels=["medium"])
def absolute_gradient(w, g, alpha):
    return penalties.penalised(g, [1 if x > 0 else -1 for x in w], alpha)


@family.part(Real(digits=4), levels=["hard"])
def tie(first, second):
    return penalties.half_square(penalties.difference(first, second))


@family.part(Real(digits=4), levels=["hard"])
def tied_loss(J, alpha, tie):
    return J + alpha * tie


@family.part(Array(shape=(2, 3), digits=4), marks=2, levels=["hard"])
def tied_gradient(first, second, g, alpha):
    pull = penalties.difference(first, second)
    return (penalties.penalised(g[0], pull, alpha), penalties.penalised(g[1], pull, -alpha))


@family.part(three, marks=2, levels=["hard"])
def group_gradient(first, g, alpha):
    return penalties.penalised(g[0], penalties.length_gradient(first), alpha)


@half_square.mistake("half forgotten", "The penalty has the factor 1/2.")
def _(w):
    return penalties.squares(w)


@half_square.mistake("norm not squared", "The norm is squared, so no root is taken.")
def _(w):
    return penalties.length(w) / 2


@half_square.mistake("square of the sum", "Square every weight before adding.")
def _(w):
    return Fraction(sum(w) ** 2, 2)


@half_square.mistake("sum of the sizes", "That is the L1 norm.")
def _(w):
    return penalties.absolute_sum(w)


@absolute.mistake("no absolute values", "Every weight enters with its size.")
def _(w):
    return sum(w)


@absolute.mistake("Euclidean norm", "The L1 norm adds the sizes.")
def _(w):
    return penalties.length(w)


@absolute.mistake("largest entry", "That is the maximum norm.")
def _(w):
    return max(abs(x) for x in w)


@norm.mistake("root forgotten", "The norm is the root of the sum of squares.")
def _(w):
    return penalties.squares(w)


@norm.mistake("sum of the sizes", "That is the L1 norm.")
def _(w):
    return penalties.absolute_sum(w)


@norm.mistake("half under the root", "The norm itself has no factor 1/2.")
def _(half_square):
    return sqrt(half_square)


@loss.mistake("strength forgotten", "The penalty is multiplied by alpha.")
def _(J, half_square):
    return J + half_square


@loss.mistake("half forgotten", "The penalty has the factor 1/2.")
def _(J, alpha, half_square):
    return J + 2 * alpha * half_square


@loss.mistake("penalty only", "The loss itself is part of the penalised loss.")
def _(alpha, half_square):
    return alpha * half_square


@gradient.mistake("factor 2", "The half before the square cancels the factor 2.")
def _(w, g, alpha):
    return penalties.penalised(g, w, 2 * alpha)


@gradient.mistake("strength forgotten", "The penalty is multiplied by alpha.")
def _(w, g):
    return penalties.penalised(g, w, 1)


@gradient.mistake("no penalty", "The gradient of the penalty is added.")
def _(g):
    return g


@absolute_gradient.mistake("the weights", "The slope of a size is 1 or -1.")
def _(gradient):
    return gradient


@absolute_gradient.mistake("all positive", "The slope of a size has the sign of the weight.")
def _(w, g, alpha):
    return penalties.penalised(g, [1] * len(w), alpha)


@absolute_gradient.mistake("strength forgotten", "The penalty is multiplied by alpha.")
def _(w, g):
    return penalties.penalised(g, [1 if x > 0 else -1 for x in w], 1)


@tie.mistake("half forgotten", "The penalty has the factor 1/2.")
def _(tie):
    return 2 * tie


@tie.mistake("both lengths", "The penalty is on the difference: equal weights cost nothing.")
def _(first, second):
    return penalties.half_square((*first, *second))


@tie.mistake("difference of the lengths", "Subtract the vectors before taking the norm.")
def _(first, second):
    return penalties.half_square(first) - penalties.half_square(second)


@tie.mistake("norm not squared", "The norm is squared, so no root is taken.")
def _(first, second):
    return penalties.length(penalties.difference(first, second)) / 2


@tied_loss.mistake("strength forgotten", "The penalty is multiplied by alpha.")
def _(J, tie):
    return J + tie


@tied_loss.mistake("half forgotten", "The penalty has the factor 1/2.")
def _(J, alpha, tie):
    return J + 2 * alpha * tie


@tied_gradient.mistake("same sign", "The second vector is pulled the other way.")
def _(first, second, g, alpha):
    pull = penalties.difference(first, second)
    return tuple(penalties.penalised(row, pull, alpha) for row in g)


@tied_gradient.mistake("weight decay", "The penalty pulls the vectors together, not to 0.")
def _(first, second, g, alpha):
    return tuple(penalties.penalised(*pair, alpha) for pair in zip(g, (first, second), strict=True))


@tied_gradient.mistake("factor 2", "The half before the square cancels the factor 2.")
def _(first, second, g, alpha):
    pull = penalties.difference(first, second)
    pairs = zip(g, (2 * alpha, -2 * alpha), strict=True)
    return tuple(penalties.penalised(row, pull, strength) for row, strength in pairs)


@group_gradient.mistake("squared norm", "This norm is not squared: its gradient has length 1.")
def _(first, g, alpha):
    return penalties.penalised(g[0], first, alpha)


@group_gradient.mistake("signs", "That is the gradient of the L1 norm.")
def _(first, g, alpha):
    return penalties.penalised(g[0], [1 if x > 0 else -1 for x in first], alpha)


def slope(cost, *vectors):
    """The tape's gradients of a cost by each vector."""
    tensors = [engine.Tensor(np.array(v, dtype=float), requires_grad=True) for v in vectors]
    cost(*tensors).backward()
    return [tensor.grad for tensor in tensors]


def linear(w, g):
    """A loss with the given gradient."""
    return (w * np.array(g, dtype=float)).sum()


@half_square.witness
def _(w):
    return np.linalg.norm(w) ** 2 / 2


@absolute.witness
def _(w):
    return np.linalg.norm(w, ord=1)


@norm.witness
def _(w):
    return np.linalg.norm(w)


@loss.witness
def _(w, J, alpha):
    return float(J) + float(alpha) * np.linalg.norm(w) ** 2 / 2


@gradient.witness
def _(w, g, alpha):
    return slope(lambda x: linear(x, g) + (x * x).sum() * (float(alpha) / 2), w)[0]


@absolute_gradient.witness
def _(w, g, alpha):
    return slope(lambda x: linear(x, g) + x.abs().sum() * float(alpha), w)[0]


@tie.witness
def _(first, second):
    return np.linalg.norm(np.subtract(first, second)) ** 2 / 2


@tied_loss.witness
def _(first, second, J, alpha):
    return float(J) + float(alpha) * np.linalg.norm(np.subtract(first, second)) ** 2 / 2


@tied_gradient.witness
def _(first, second, g, alpha):
    def cost(a, b):
        return linear(a, g[0]) + linear(b, g[1]) + ((a - b) ** 2).sum() * (float(alpha) / 2)

    return np.array(slope(cost, first, second))


@group_gradient.witness
def _(first, g, alpha):
    return slope(lambda a: linear(a, g[0]) + (a * a).sum().sqrt() * float(alpha), first)[0]
