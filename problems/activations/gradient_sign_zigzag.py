"""Signs of gradients when all inputs are positive, and the zig-zag that follows.

Trap: counting all sign patterns, letting the signs depend on the weights.
Reference: LeCun et al. (1998), "Efficient backprop", section 4.3.
Source: S0-42.
"""

from fractions import Fraction
from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family
from partialcredit.grading import Array, Expression, Integer, Real
from partialcredit.problems.activations._directions import questions
from partialcredit.problems.activations._sign_patterns import layer_patterns, learned, patterns
from partialcredit.solvers import backprop, gradient_signs, letters

family = Family(
    conventions=[
        "$\\delta$ is the derivative of the loss with respect to the weighted sum $z$ of a "
        "unit, and it can have either sign but is never 0",
        "a sign pattern says of every weight whether its derivative is positive or negative; none "
        "is 0",
    ]
)

EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]
SIGNS = Array(shape=(3,))
THREE = Array(shape=(3,), digits=4)

#: Upstream derivatives; 1 and -1 would hide that they are a factor.
UPSTREAM = [Fraction(n, 10) for n in range(-20, 21) if abs(n) not in (0, 10)]


@family.sample
def sample(draw):
    def tenths(count):
        return tuple(Fraction(v, 10) for v in draw.integers(count, 1, 40, distinct=True))

    drawn = {"x": tenths(3), "n": draw.integer(4, 9), "w": (), "b": 0, "u": (), "d": ()}
    if draw.level == "easy":
        flips = draw.shuffle([1, -1, draw.choice([-1, 1])])
        drawn["v"] = [a * s for a, s in zip(tenths(3), flips, strict=True)]
        return drawn | {"delta": draw.choice(UPSTREAM)}
    drawn |= {"w": [Fraction(draw.nonzero(-8, 8), 4) for _ in range(3)]}
    drawn |= {"b": Fraction(draw.nonzero(-8, 8), 4), "g": draw.choice(UPSTREAM)}
    if draw.level == "medium":
        return drawn | {"n": draw.integer(2, 6), "k": draw.integer(2, 6)}
    signs = draw.shuffle([1, -1, draw.choice([-1, 1])])
    wanted = [draw.integer(1, 6) * s for s in signs]
    return drawn | {"u": tenths(3), "d": wanted}


@family.condition
def _(x, u):
    """No input at the mean, and two examples whose inputs have different ratios."""
    ratios = {b / a for a, b in zip(x, u, strict=False)}
    return all(3 * v != sum(x) for v in x) and len(ratios) == len(u)


@family.part(THREE, levels=EASY)
def gradient(x, delta):
    return tuple(delta * v for v in x)


@family.part(SIGNS, levels=EASY)
def signs(v, delta):
    return gradient_signs.sign_pattern([delta * u for u in v])


@family.part(Integer(), levels=EASY)
def impossible(n):
    return gradient_signs.impossible_patterns(n)


@family.part(THREE, levels=[*MEDIUM, *HARD], marks=2)
def unit_gradient(w, b, x, g):
    f = backprop.logistic(backprop.affine([w], x, [b])[0])
    return tuple(g * gradient_signs.unit_slope(f, v) for v in x)


@family.part(Integer(), levels=MEDIUM)
def reachable(k):
    return gradient_signs.reachable_patterns(k)


@family.part(Real(digits=4), levels=MEDIUM)
def ratio(reachable, k, n):
    return Fraction(2 ** (k * n)) / reachable


@family.part(SIGNS, levels=MEDIUM)
def centred(x, g):
    mean = sum(x) / len(x)
    return gradient_signs.sign_pattern([g * (v - mean) for v in x])


@family.part(Expression(symbols={"f": "unit", "x": "real"}), levels=HARD)
def formula():
    return letters.formula(gradient_signs.unit_slope)


family.parts |= questions.parts


@gradient.mistake("input left out", "Each weight has its own input as a factor.")
def _(delta):
    return (delta,) * 3


@gradient.mistake("wrong sign", "The derivative is asked for, not the step.")
def _(gradient):
    return tuple(-g for g in gradient)


@gradient.mistake("divided by the input", "The derivative of w x with respect to w is x.")
def _(x, delta):
    return tuple(delta / v for v in x)


@signs.mistake("step instead of derivative", "The step has the opposite signs.")
def _(signs, delta):
    return tuple(-s for s in signs) if delta > 0 else None


@signs.mistake("sign of delta everywhere", "These inputs do not share one sign.")
def _(delta):
    return gradient_signs.sign_pattern((delta,) * 3)


@signs.mistake("signs of the inputs", "Multiply by the sign of delta.")
def _(v, delta):
    return gradient_signs.sign_pattern(v) if delta < 0 else None


@impossible.mistake("all patterns possible", "All entries share the sign of delta.")
def _():
    return 0


@impossible.mistake("all but one", "Delta can be negative, too.")
def _(n):
    return 2**n - 1


@impossible.mistake("counted possible ones", "This counts the patterns that are possible.")
def _():
    return 2


@impossible.mistake("signs counted one by one", "Every weight has two signs: the choices multiply.")
def _(n):
    return 2 * n - 2


@unit_gradient.mistake("slope left out", "The sigmoid's slope f(1 - f) is a factor.")
def _(x, g):
    return tuple(g * v for v in x)


@unit_gradient.mistake(
    "weight instead of input", "The derivative with respect to a weight has its input as a factor."
)
def _(w, b, x, g):
    f = backprop.logistic(backprop.affine([w], x, [b])[0])
    return tuple(g * gradient_signs.unit_slope(f, v) for v in w)


@unit_gradient.mistake("value instead of slope", "The slope of the sigmoid is f(1 - f).")
def _(w, b, x, g):
    f = backprop.logistic(backprop.affine([w], x, [b])[0])
    return tuple(g * f * v for v in x)


@reachable.mistake("the weights", "Within a unit, all weights share one sign: count the choices.")
def _(k, n):
    return k * n


@reachable.mistake("one", "Every delta can have either sign.")
def _():
    return 1


@reachable.mistake("two", "Every unit has a delta of its own.")
def _():
    return 2


@reachable.mistake("two per unit, added", "The choices of the units multiply.")
def _(k):
    return 2 * k


@reachable.mistake("inputs for units", "The units choose their signs, not the inputs.")
def _(n):
    return 2**n


@ratio.mistake("patterns of one unit", "Count the weights of all units of the layer.")
def _(reachable, n):
    return Fraction(2**n) / reachable


@ratio.mistake("one unit", "Each unit brings this factor; the factors multiply.")
def _(n):
    return 2 ** (n - 1)


@ratio.mistake("number of weights", "The weights have 2^(number of weights) sign patterns.")
def _(reachable, k, n):
    return Fraction(k * n) / reachable


@centred.mistake("not centred", "Once the mean is subtracted, some inputs are negative.")
def _(g):
    return (1 if g > 0 else -1,) * 3


@centred.mistake(
    "signs of the inputs", "The sign of the derivative with respect to f is a factor, too."
)
def _(centred, g):
    return tuple(-s for s in centred) if g < 0 else None


@centred.mistake("step instead of derivative", "The step has the opposite signs.")
def _(centred, g):
    return tuple(-s for s in centred) if g > 0 else None


@formula.mistake("slope left out", "The sigmoid's slope f(1 - f) is a factor.")
def _():
    return letters.symbols("x")


@formula.mistake("input left out", "The derivative of w x with respect to w is x.")
def _():
    return letters.formula(gradient_signs.unit_slope, x=1)


@formula.mistake("rule of tanh", "The slope 1 - f^2 belongs to tanh.")
def _():
    return letters.formula(by_tanh)


def by_tanh(f, x):
    return (1 - f * f) * x


@gradient.witness
def _(x, delta):
    weight = engine.Tensor(np.ones((1, 3)), requires_grad=True)
    functional.linear(engine.Tensor([list(map(float, x))]), weight).backward([[float(delta)]])
    return weight.grad[0]


@signs.witness
def _(v, delta):
    """Whether the output, weighted with delta, grows with each weight."""
    steps = np.eye(3) * 1e-3
    ahead = functional.linear(engine.Tensor([list(map(float, v))]), engine.Tensor(steps)).data[0]
    return np.where(ahead * float(delta) > 0, 1, -1)


@impossible.witness
def _(n):
    """Of all patterns, those that neither sign of delta gives."""
    possible = patterns(np.array([[1.3], [-0.2]]), np.arange(1.0, n + 1)[None, :])
    every = np.array(list(product((-1, 1), repeat=n)), dtype=np.int8)
    return sum(signs.tobytes() not in possible for signs in every)


@unit_gradient.witness
def _(w, b, x, g):
    return learned(w, b, x, g)


@reachable.witness
def _(k, n):
    return len(layer_patterns(k, n))


@ratio.witness
def _(k, n):
    """Each weight doubles the patterns."""
    return np.prod(np.full(k * n, 2.0)) / len(layer_patterns(k, n))


@centred.witness
def _(w, b, x, g):
    inputs = np.array(x, dtype=float)
    return np.sign(learned(w, b, tuple(inputs - inputs.mean()), g))


@formula.witness
def _(point):
    f, x = point["f"], point["x"]
    weight = engine.Tensor(0.0, requires_grad=True)
    functional.sigmoid(weight * x + np.log(f / (1 - f))).backward()
    return weight.grad


@family.working
def _(level, x, w, b, u, d):
    found = {}
    if level != "easy":
        z = backprop.affine([w], x, [b])[0]
        found |= {"z": z, "f": backprop.logistic(z), "rest": backprop.logistic(-z)}
        found |= {"mean": sum(x) / len(x)}
    if level == "hard":
        found |= {
            "ratios": [q / p for p, q in zip(x, u, strict=True)],
            "dot": sum(p * q for p, q in zip(x, d, strict=True)),
            "x_square": sum(v * v for v in x),
            "d_square": sum(v * v for v in d),
        }
    return found
