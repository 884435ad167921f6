"""Signs of gradients when all inputs are positive, and the zig-zag that follows.

Trap: counting all sign patterns, letting the signs depend on the weights.
Reference: LeCun et al. (1998), "Efficient backprop", section 4.3.
Source: S0-42.
"""

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer, Real, Signs
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.problems.activations._directions import questions
from partialcredit.problems.activations._sign_patterns import layer_patterns, learned, patterns
from partialcredit.solvers import backprop, gradient_signs, letters

family = Family(
    version=3,
    conventions=[
        "$\\delta$ is the derivative of the loss with respect to the weighted sum $z$ of a "
        "unit, and it can have either sign but is never 0",
        "a sign pattern says of every weight whether its derivative is positive or negative; none "
        "is 0",
    ],
)

EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]

SIGNS = Signs(shape=(3,))

THREE = Array(shape=(3,), digits=3)

#: Upstream derivatives; 1 and -1 would hide that they are a factor.
UPSTREAM = [rational(n, 10) for n in range(-20, 21) if abs(n) not in (0, 10)]


@family.sample
def sample(draw):
    def tenths(count):
        return tuple(rational(v, 10) for v in draw.integers(count, 1, 40, distinct=True))

    drawn = {"x": tenths(3), "n": draw.integer(4, 9), "w": (), "b": 0, "u": (), "d": ()}
    if draw.level == "easy":
        flips = draw.shuffle([1, -1, draw.choice([-1, 1])])
        drawn["v"] = [a * s for a, s in zip(tenths(3), flips, strict=True)]
        return drawn | {"delta": draw.choice(UPSTREAM)}
    drawn |= {"w": [rational(draw.nonzero(-8, 8), 4) for _ in range(3)]}
    drawn |= {"b": rational(draw.nonzero(-8, 8), 4), "g": draw.choice(UPSTREAM)}
    if draw.level == "medium":
        return drawn | {"n": draw.integer(2, 5), "k": draw.integer(2, 4)}
    signs = draw.shuffle([1, -1, draw.choice([-1, 1])])
    wanted = [draw.integer(1, 6) * s for s in signs]
    return drawn | {"u": tenths(3), "d": wanted}


@family.condition
def _(x, u):
    """No input at the mean, and two examples whose inputs have different ratios."""
    ratios = {b / a for a, b in zip(x, u, strict=False)}
    return all(3 * v != sum(x) for v in x) and len(ratios) == len(u)


@family.condition
def _(w, b, x):
    """A sigmoid that is not saturated."""
    return not w or abs(dot(w, x) + b) < 4


@family.part(THREE, levels=EASY)
def gradient(x, delta):
    return delta * x


gradient.slips = rows(
    ("input left out", "Each weight has its own input as a factor.", lambda delta: (delta,) * 3),
    ("wrong sign", "The derivative is asked for, not the step.", lambda gradient: -gradient),
    ("divided by the input", "The derivative of w x with respect to w is x.",
     lambda x, delta: delta / x),
)  # fmt: skip


@gradient.witness
def _(x, delta):
    weight = engine.Tensor(np.ones((1, 3)), requires_grad=True)
    functional.linear(engine.Tensor(np.array([x])), weight).backward([[delta]])
    return weight.grad[0]


@family.part(SIGNS, levels=EASY)
def signs(v, delta):
    return gradient_signs.sign_pattern(delta * v)


signs.slips = rows(
    ("step instead of derivative", "The step has the opposite signs.",
     lambda signs, delta: -signs if delta > 0 else None),
    ("sign of delta everywhere", "These inputs do not share one sign.",
     lambda delta: gradient_signs.sign_pattern((delta,) * 3)),
    ("signs of the inputs", "Multiply by the sign of delta.",
     lambda v, delta: gradient_signs.sign_pattern(v) if delta < 0 else None),
)  # fmt: skip


@signs.witness
def _(v, delta):
    """Whether the output, weighted with delta, grows with each weight."""
    steps = np.eye(3) * 1e-3
    ahead = functional.linear(engine.Tensor(np.array([v])), engine.Tensor(steps)).data[0]
    return np.where(ahead * delta > 0, 1, -1)


@family.part(Integer(), levels=[*EASY, *HARD])
def impossible(n):
    return gradient_signs.impossible_patterns(n)


impossible.slips = rows(
    ("all patterns possible", "All entries share the sign of delta.", lambda: 0),
    ("all but one", "Delta can be negative, too.", lambda n: 2**n - 1),
    ("counted possible ones", "This counts the patterns that are possible.", lambda: 2),
    ("signs counted one by one", "Every weight has two signs: the choices multiply.",
     lambda n: 2 * n - 2),
)  # fmt: skip


@impossible.witness
def _(n):
    """Of all patterns, those that neither sign of delta gives."""
    possible = patterns(np.array([[1.3], [-0.2]]), np.arange(1.0, n + 1)[None, :])
    every = np.array(list(product((-1, 1), repeat=n)), dtype=np.int8)
    return sum(signs.tobytes() not in possible for signs in every)


@family.derive
def z(w, b, x):
    return dot(w, x) + b


@family.derive
def f(z):
    return backprop.logistic(z)


@family.part(THREE, levels=[*MEDIUM, *HARD], marks=2)
def unit_gradient(f, x, g):
    return g * gradient_signs.unit_slope(f, x)


unit_gradient.slips = rows(
    ("slope left out", "The sigmoid's slope f(1 - f) is a factor.", lambda x, g: g * x),
    ("weight instead of input",
     "The derivative with respect to a weight has its input as a factor.",
     lambda f, w, g: g * gradient_signs.unit_slope(f, w)),
    ("value instead of slope", "The slope of the sigmoid is f(1 - f).", lambda f, x, g: g * f * x),
    ("rule of tanh", "The slope 1 - f^2 belongs to tanh.", lambda f, x, g: g * (1 - f * f) * x),
    ("bias left out", "The bias belongs to the weighted sum z.",
     lambda w, x, g: g * gradient_signs.unit_slope(backprop.logistic(dot(w, x)), x)),
    ("upstream gradient left out", "Multiply by the derivative with respect to the output.",
     lambda f, x: gradient_signs.unit_slope(f, x)),
    ("input left out", "The derivative of w x with respect to w is x.",
     lambda f, g: (g * f * (1 - f),) * 3),
)  # fmt: skip
unit_gradient.witness(learned)


@family.run
def possible(k, n):
    return len(layer_patterns(k, n))


@family.part(Integer(), levels=MEDIUM)
def reachable(k):
    return gradient_signs.reachable_patterns(k)


reachable.slips = rows(
    ("the weights", "Within a unit, all weights share one sign: count the choices.",
     lambda k, n: k * n),
    ("one", "Every delta can have either sign.", lambda: 1),
    ("two", "Every unit has a delta of its own.", lambda: 2),
    ("two per unit, added", "The choices of the units multiply.", lambda k: 2 * k),
    ("inputs for units", "The units choose their signs, not the inputs.", lambda n: 2**n),
    ("all patterns", "Within a unit, all weights share one sign.", lambda k, n: 2 ** (k * n)),
)  # fmt: skip
reachable.witness(lambda possible: possible)


@family.part(Real(), levels=MEDIUM, after="reachable")
def ratio(reachable, k, n):
    return rational(2 ** (k * n)) / reachable


ratio.slips = rows(
    ("patterns of one unit", "Count the weights of all units of the layer.",
     lambda reachable, n: rational(2**n) / reachable),
    ("one unit", "Each unit brings this factor; the factors multiply.", lambda n: 2 ** (n - 1)),
    ("number of weights", "The weights have 2^(number of weights) sign patterns.",
     lambda reachable, k, n: rational(k * n) / reachable),
    ("not divided", "Divide the patterns of all the weights by those that are reachable.",
     lambda k, n: 2 ** (k * n)),
    ("upside down", "Divide all patterns by those that are reachable.", lambda ratio: 1 / ratio),
)  # fmt: skip


@ratio.witness
def _(possible, k, n):
    """Each weight doubles the patterns."""
    return np.prod(np.full(k * n, 2.0)) / possible


@family.part(SIGNS, levels=MEDIUM)
def centred(x, g):
    return gradient_signs.sign_pattern(g * (x - sum(x) / len(x)))


centred.slips = rows(
    ("not centred", "Once the mean is subtracted, some inputs are negative.",
     lambda g: (1 if g > 0 else -1,) * 3),
    ("signs of the inputs", "The sign of the derivative with respect to f is a factor, too.",
     lambda centred, g: -centred if g < 0 else None),
    ("step instead of derivative", "The step has the opposite signs.",
     lambda centred, g: -centred if g > 0 else None),
)  # fmt: skip
centred.witness(lambda w, b, x, g: np.sign(learned(w, b, x - np.mean(x), g)))


@family.part(Expression(symbols={"f": "unit", "x": "real"}), levels=HARD)
def formula():
    return letters.formula(gradient_signs.unit_slope)


formula.slips = rows(
    ("slope left out", "The sigmoid's slope f(1 - f) is a factor.", lambda: letters.symbols("x")),
    ("input left out", "The derivative of w x with respect to w is x.",
     lambda: letters.formula(gradient_signs.unit_slope, x=1)),
    ("rule of tanh", "The slope 1 - f^2 belongs to tanh.",
     lambda: letters.formula(lambda f, x: (1 - f * f) * x)),
)  # fmt: skip


@formula.witness
def _(point):
    f, x = point["f"], point["x"]
    weight = engine.Tensor(0.0, requires_grad=True)
    functional.sigmoid(weight * x + np.log(f / (1 - f))).backward()
    return weight.grad


family.include(questions)


@family.working
def _(x, u, d):
    return {
        "mean": sum(x) / len(x),
        "ratios": u / x if u else (),
        "dot": dot(x, d) if d else 0,
        "x_square": dot(x, x),
        "d_square": dot(d, d),
    }
