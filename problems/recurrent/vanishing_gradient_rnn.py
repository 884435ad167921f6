"""How gradients shrink over time.

Trap: slopes of tanh left out, slopes and weights exchanged, the spectral radius for the norm.
Reference: Bengio, Simard and Frasconi (1994); Pascanu, Mikolov and Bengio (2013), section 2.1.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, freeze
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems._tape import tensor
from partialcredit.solvers import letters, vanishing
from partialcredit.solvers.backprop import transpose
from partialcredit.solvers.matrices import diagonal, product

family = Family(
    conventions=[
        "{% if level != 'easy' %}a Jacobian has a row for every unit of the new state{% endif %}",
        "{% if level != 'hard' %}the gates of the cell count as constants{% endif %}",
    ]
)


@family.sample
def sample(draw):
    drawn = {"W": (), "w": 0, "h": (), "gates": ()}
    if draw.level != "hard":
        drawn |= {"gates": [rational(draw.integer(10, 19), 20) for _ in range(3)]}
    if draw.level == "easy":
        drawn |= {"w": draw.choice([-1, 1]) * rational(draw.integer(5, 9), 10)}
        states = [k for k in range(-8, 9) if k]
        return drawn | {
            "h": [rational(k, 10) for k in draw.sample(states, 3)],
            "k": draw.integer(2, 4),
        }
    if draw.level == "medium":
        first, second = draw.sample([k for k in range(-7, 8) if k], 2)
        return drawn | {
            "W": with_eigenvalues(draw, first, second),
            "n": draw.integer(2, 3),
            "k": draw.integer(2, 4),
        }
    halves = [[rational(draw.nonzero(-3, 3), 2) for _ in range(2)] for _ in range(2)]
    tenths = [[rational(draw.nonzero(-8, 8), 10) for _ in range(2)] for _ in range(2)]
    return drawn | {"W": halves, "h": tenths}


def with_eigenvalues(draw, first, second):
    """A matrix with these eigenvalues, in eighths, that is neither triangular nor symmetric."""
    a = draw.integer(-6, 6)
    rest = first + second - a
    corner = a * rest - first * second  # the product of the other two entries
    b = draw.choice([k for k in (-4, -3, -2, -1, 1, 2, 3, 4) if corner % k == 0])
    return [[rational(v, 8) for v in row] for row in ((a, b), (corner // b, rest))]


@family.condition
def _(W, h):
    if not W:
        return True
    (a, b), (c, d) = W
    apart = b * c != 0 and abs(b) != abs(c) and a * d != b * c and a + d != 0
    return apart and (not h or all(h[0][i] ** 2 != h[1][i] ** 2 for i in range(2)))


@family.condition
def _(level, W):
    """A radius that is an entry of the matrix would stand in the question."""
    entries = [abs(entry) for row in W for entry in row]
    return level != "medium" or vanishing.spectral_radius(W) not in entries


@family.part(Real(digits=3), levels=["easy"], marks=2)
def gradient(w, h):
    return vanishing.scalar_gradient(w, h)


gradient.slips = rows(
    ("slopes left out", "Every step also multiplies by the slope of tanh.",
     lambda w, h: w ** len(h)),
    ("1 - h for the slope", "The slope of tanh is one minus the square of the state.",
     lambda w, h: w**3 * (1 - h[0]) * (1 - h[1]) * (1 - h[2])),
    ("slope of the sigmoid", "The slope of tanh is one minus the square of the state.",
     lambda w, h: w**3 * h[0] * (1 - h[0]) * h[1] * (1 - h[1]) * h[2] * (1 - h[2])),
    ("weight once", "Every step multiplies by the weight.",
     lambda w, h: vanishing.scalar_gradient(w, h) / w**2),
    ("one step short", "There are three steps.", lambda w, h: vanishing.scalar_gradient(w, h[1:])),
    ("sign lost", "The weight keeps its sign at every step.", lambda gradient: abs(gradient)),
    ("sum", "The steps multiply.", lambda w, h: sum(w * (1 - v**2) for v in h)),
)  # fmt: skip


@family.run
def stepped(W, w, h):
    """The Jacobian through tanh steps of the engine, with biases that make the given states."""
    weights = np.array(W or [[w]], dtype=float)
    states = np.reshape(np.array(h, dtype=float), (-1, len(weights)))
    start = tensor(np.zeros(len(weights)), requires_grad=True)
    state = start
    for target in states:
        before = tensor(weights) @ state
        state = (before + (np.arctanh(target) - before.data)).tanh()
    found = [engine.grad(state[i], start)[0].data for i in range(len(weights))]
    return np.array(found)


gradient.witness(lambda stepped: stepped[0, 0])


@family.part(Array(shape=(2, 2)), levels=["medium"], marks=2)
def power(W, n):
    return vanishing.jacobian(W, (Vector((0, 0)),) * n)


power.slips = rows(
    ("entries to the power", "The matrix is multiplied, not its entries.",
     lambda W, n: [[v**n for v in row] for row in W]),
    ("n times", "Every step multiplies by the matrix.", lambda W, n: n * W),
    ("one step short", "Every step multiplies by the matrix.",
     lambda W, n: vanishing.jacobian(W, (Vector((0, 0)),) * (n - 1))),
    ("transposed", "Rows belong to the new state.", lambda power: transpose(power)),
)  # fmt: skip


@power.witness
def _(W, n):
    start = tensor([0.4, -0.7], requires_grad=True)
    state = start
    for _ in range(n):
        state = tensor(W) @ state
    return np.array([engine.grad(state[i], start)[0].data for i in range(2)])


@family.part(Real(), levels=["medium"])
def radius(W):
    return vanishing.spectral_radius(W)


radius.slips = rows(
    ("trace", "The radius is the largest absolute eigenvalue.", lambda W: W[0][0] + W[1][1]),
    ("determinant", "The radius is the largest absolute eigenvalue.",
     lambda W: abs(W[0][0] * W[1][1] - W[0][1] * W[1][0])),
    ("largest entry", "The radius is the largest absolute eigenvalue.",
     lambda W: max(abs(v) for row in W for v in row)),
    ("smaller eigenvalue", "The larger absolute value counts.",
     lambda W, radius: abs((W[0][0] * W[1][1] - W[0][1] * W[1][0]) / radius)),
    ("norm", "The spectral norm is another number.", lambda W: vanishing.growth_bound(W, 1)),
)  # fmt: skip
radius.witness(lambda W: np.abs(np.linalg.eigvals(np.array(W, dtype=float))).max())


@family.part(Integer(), levels=["easy"])
def steps(w, k):
    return vanishing.steps_below(abs(w), k)


def miscounted(key):
    """The slips of a number of steps, a fresh row each."""
    return rows(
        ("rounded down", "After that many steps it is not yet below.", key(lambda n: n - 1)),
        ("logarithms mixed", "Both logarithms have the same base.", key(lambda n: n * 10 // 23)),
        ("one more", "It is below one step earlier.", key(lambda n: n + 1)),
    )


steps.slips = miscounted(lambda wrong: lambda steps: wrong(steps))
steps.witness(lambda w, k: first_below(abs(w), k))


def first_below(factor, k):
    """By trying all numbers of steps."""
    return int(np.argmax(factor ** np.arange(2000) < 10.0**-k))


@family.part(Integer(), levels=["medium"])
def later_steps(radius, k):
    if not 0 < radius < 1:
        return 0  # an answer for which the Jacobian does not shrink
    return vanishing.steps_below(radius, k)


later_steps.slips = miscounted(lambda wrong: lambda later_steps: wrong(later_steps))
later_steps.witness(
    lambda W, k: first_below(np.abs(np.linalg.eigvals(np.array(W, dtype=float))).max(), k)
)


@family.part(Real(digits=3), levels=["easy", "medium"])
def cell_path(gates):
    return vanishing.cell_path(gates)


cell_path.slips = rows(
    ("sum", "The steps multiply.", lambda gates: sum(gates)),
    ("mean", "The steps multiply.", lambda gates: sum(gates) * rational(1, 3)),
    ("1 - f", "The forget gate is the share that is kept.",
     lambda gates: vanishing.cell_path(1 - gates)),
    ("slopes of the gates", "The direct way is multiplied by the gates themselves.",
     lambda gates: vanishing.cell_path(gates * (1 - gates))),
    ("last gate only", "Every step multiplies by its gate.", lambda gates: gates[-1]),
)  # fmt: skip


@cell_path.witness
def _(gates):
    start = tensor(0.3, requires_grad=True)
    cell = start
    for f in gates:
        cell = f * cell + 0.5
    return engine.grad(cell, start)[0].item()


@family.part(Array(shape=(2, 2), digits=3), levels=["hard"], marks=3)
def jacobian(W, h):
    return vanishing.jacobian(W, h)


def slopes(h):
    return diagonal(1 - h**2)


jacobian.slips = rows(
    ("slopes left out", "Every step also multiplies by the slopes of tanh.",
     lambda W: product(W, W)),
    ("slopes on the wrong side", "The slopes act on the new state: D W, not W D.",
     lambda W, h: product(product(W, slopes(h[1])), product(W, slopes(h[0])))),
    ("steps in the wrong order", "The first step stands on the right.",
     lambda W, h: vanishing.jacobian(W, h[::-1])),
    ("1 - h for the slopes", "The slope of tanh is one minus the square of the state.",
     lambda W, h: product(product(diagonal(1 - h[1]), W), product(diagonal(1 - h[0]), W))),
    ("last step only", "Both steps count.", lambda W, h: vanishing.jacobian(W, h[1:])),
    ("transposed", "Rows belong to the new state.", lambda jacobian: transpose(jacobian)),
)  # fmt: skip
jacobian.witness(lambda stepped: stepped)


@family.part(Real(digits=3), levels=["hard"], marks=2)
def bound(W):
    return vanishing.growth_bound(W, 2)


bound.slips = rows(
    ("one step", "Both steps multiply by the norm.", lambda W: vanishing.growth_bound(W, 1)),
    ("Frobenius norm", "The spectral norm is the largest singular value.",
     lambda W: sum(v**2 for row in W for v in row)),
    ("twice the norm", "The steps multiply.", lambda W: 2 * vanishing.growth_bound(W, 1)),
    ("determinant", "The norm is the largest singular value.",
     lambda W: (W[0][0] * W[1][1] - W[0][1] * W[1][0]) ** 2),
)  # fmt: skip


@bound.witness
def _(W):
    """The longest image of a unit vector, squared, by golden-section search."""
    matrix = np.array(W, dtype=float)
    angles = np.linspace(0, np.pi, 181)
    for _ in range(8):
        lengths = ((matrix @ np.stack([np.cos(angles), np.sin(angles)])) ** 2).sum(0)
        best, step = angles[lengths.argmax()], angles[1] - angles[0]
        angles = np.linspace(best - step, best + step, 41)
    return lengths.max()


def scalar_bound(w, T):
    """The bound in letters: each of T steps multiplies by at most |w|."""
    return abs(w) ** T


@family.part(Expression(symbols={"w": "real", "T": "positive integer"}), levels=["hard"])
def formula():
    return letters.formula(scalar_bound)


formula.slips = in_letters(
    ("bound of the sigmoid", "The slope of tanh is at most 1, not 1/4.",
     lambda w, T: (abs(w) / 4) ** T),
    ("times the steps", "The steps multiply.", lambda w, T: T * abs(w)),
    ("one step short", "All T steps count.", lambda w, T: abs(w) ** (T - 1)),
)  # fmt: skip


@formula.witness
def _(point):
    """The derivative of a run that stays at 0, where tanh is steepest."""
    start = tensor(0.0, requires_grad=True)
    state = start
    for _ in range(int(point["T"])):
        state = (point["w"] * state).tanh()
    return abs(engine.grad(state, start)[0].item())


@family.working
def _(W, h):
    shown = {"slopes": [1 - v**2 for v in h]}
    if not W:
        return shown
    trace, determinant = W[0][0] + W[1][1], W[0][0] * W[1][1] - W[0][1] * W[1][0]
    shown |= {"trace": trace, "determinant": determinant}
    if h:
        square = freeze(product(transpose(W), W))
        shown |= {"products": [freeze(product(slopes(v), W)) for v in h], "square": square}
        return shown | {"half": (square[0][0] + square[1][1]) * rational(1, 2)}
    largest = vanishing.spectral_radius(W) * (1 if trace > 0 else -1)
    return shown | {"eigenvalues": (largest, trace - largest)}
