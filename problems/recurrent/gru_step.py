"""One step of a gated recurrent unit.

Trap: z and 1 - z exchanged, the reset gate on the input or before the product.
Reference: Cho et al. (2014), equations 5 to 8; Chung et al. (2014), equations 5 to 8.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers import exact
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.problems._tape import tensor
from partialcredit.solvers import gated
from partialcredit.solvers.backprop import affine, logistic

family = Family(
    conventions=[
        "$z$ keeps the old state",
        "{% if level != 'easy' %}the reset gate acts after the product with the recurrent weights"
        "{% endif %}",
        r"{% if level != 'easy' %}$\sigma(a) = 1 / (1 + e^{-a})${% endif %}",
        r"{% if level == 'hard' %}$\odot$ multiplies entry by entry{% endif %}",
    ]
)


WEIGHTS = [f"{letter}_{gate}" for letter in "WUb" for gate in "rzn"]


@family.sample
def sample(draw):
    if draw.level == "easy":
        n, h = draw.sample([k for k in range(-9, 10) if k], 2)
        drawn = {
            "z": rational(draw.choice([*range(1, 9), *range(12, 20)]), 20),
            "k": draw.integer(2, 5),
        }
        drawn |= {"n": rational(n, 10), "h": rational(h, 20)}
        return drawn | dict.fromkeys([*WEIGHTS, "x", "h_0"], ())
    m = draw.by_level(None, 1, 2)
    drawn = {f"W_{gate}": halves(draw, m, 1) for gate in "rzn"}
    drawn |= {f"U_{gate}": halves(draw, m, m) for gate in "rzn"}
    drawn |= {f"b_{gate}": halves(draw, 1, m)[0] for gate in "rzn"}
    return drawn | {"x": halves(draw, 1, 1)[0], "h_0": halves(draw, 1, m)[0]}


def halves(draw, rows, columns):
    return [[rational(draw.nonzero(-3, 3), 2) for _ in range(columns)] for _ in range(rows)]


def entering(W, U, b, x, h):
    return Vector(affine(W, x, b)) + Vector(affine(U, h))


@family.condition
def _(W_r, W_z, W_n, U_r, U_z, U_n, b_r, b_z, b_n, x, h_0):
    """Gates that differ and are neither half nor shut; a product of the state that is seen."""
    if not x:
        return True
    r, z = entering(W_r, U_r, b_r, x, h_0), entering(W_z, U_z, b_z, x, h_0)
    open_ones = all(1 <= 4 * abs(v) <= 12 for v in (*r, *z))
    seen = all(abs(v) <= 3 for v in affine(W_n, x, b_n)) and all(affine(U_n, h_0))
    different = len(r) == 1 or r[0] != r[1]  # else both forms of the reset coincide
    return (
        different
        and open_ones
        and seen
        and all(abs(a) != abs(b) for a, b in zip(r, z, strict=True))
    )


def per_unit(h_0):
    return Array(shape=(len(h_0),), digits=3) if len(h_0) > 1 else Real(digits=3)


def listed(values):
    """One value a unit; of a single unit the number alone."""
    return values if len(values) > 1 else values[0]


@family.part(
    lambda h_0: Array(shape=(2,) if len(h_0) == 1 else (2, 2), digits=3),
    levels=["medium", "hard"],
    marks=2,
)
def gates(W_r, U_r, b_r, W_z, U_z, b_z, x, h_0):
    r, z = gated.gru_gate(W_r, U_r, b_r, x, h_0), gated.gru_gate(W_z, U_z, b_z, x, h_0)
    return (listed(r), listed(z))


gates.slips = rows(
    ("z before r", "The reset gate is asked for first.", lambda gates: gates[::-1]),
    ("old state left out", "The old state enters both gates.",
     lambda W_r, U_r, b_r, W_z, U_z, b_z, x, h_0: (
         listed(gated.gru_gate(W_r, U_r, b_r, x, 0 * h_0)),
         listed(gated.gru_gate(W_z, U_z, b_z, x, 0 * h_0)))),
    ("tanh for the gates", "A gate lies between 0 and 1: it passes the logistic function.",
     lambda W_r, U_r, b_r, W_z, U_z, b_z, x, h_0: (
         listed(exact.tanh(entering(W_r, U_r, b_r, x, h_0))),
         listed(exact.tanh(entering(W_z, U_z, b_z, x, h_0))))),
    ("bias left out", "Each gate has a bias.",
     lambda W_r, U_r, b_r, W_z, U_z, b_z, x, h_0: (
         listed(gated.gru_gate(W_r, U_r, 0 * b_r, x, h_0)),
         listed(gated.gru_gate(W_z, U_z, 0 * b_z, x, h_0)))),
)  # fmt: skip


def as_vector(value):
    return value if isinstance(value, tuple) else Vector((value,))


@family.part(per_unit, levels=["medium", "hard"])
def candidate(gates, W_n, U_n, b_n, x, h_0):
    return listed(gated.gru_candidate(W_n, U_n, b_n, x, h_0, as_vector(gates[0])))


candidate.slips = rows(
    ("reset gate left out", "The reset gate multiplies what comes from the old state.",
     lambda W_n, U_n, b_n, x, h_0: listed(exact.tanh(entering(W_n, U_n, b_n, x, h_0)))),
    ("z for the reset", "The gate r resets; z mixes the old and the new state.",
     lambda gates, W_n, U_n, b_n, x, h_0:
         listed(gated.gru_candidate(W_n, U_n, b_n, x, h_0, as_vector(gates[1])))),
    ("sigmoid for the candidate", "The candidate passes tanh.",
     lambda gates, W_n, U_n, b_n, x, h_0: listed(Vector(map(logistic,
         Vector(affine(W_n, x, b_n)) + as_vector(gates[0]) * Vector(affine(U_n, h_0)))))),
    ("reset of the whole sum", "The reset gate acts on what comes from the old state alone.",
     lambda gates, W_n, U_n, b_n, x, h_0:
         listed(exact.tanh(as_vector(gates[0]) * entering(W_n, U_n, b_n, x, h_0)))),
    ("reset before the product", "Here the reset gate acts after the product.",
     lambda gates, W_n, U_n, b_n, x, h_0: listed(
         gated.gru_candidate_reset_before(W_n, U_n, b_n, x, h_0, as_vector(gates[0])))),
)  # fmt: skip


@family.part(per_unit, levels=["medium", "hard"])
def state(gates, candidate, h_0):
    return gated.gru_state(gates[1], candidate, listed(h_0))


state.slips = rows(
    ("z and 1 - z exchanged", "Here z keeps the old state.",
     lambda gates, candidate, h_0: gated.gru_state(1 - gates[1], candidate, listed(h_0))),
    ("old state left out", "A share z of the old state is kept.",
     lambda gates, candidate: (1 - gates[1]) * candidate),
    ("r for the mixture", "The gate z mixes the old and the new state.",
     lambda gates, candidate, h_0: gated.gru_state(gates[0], candidate, listed(h_0))),
    ("candidate added in full", "The shares z and 1 - z add up to 1.",
     lambda gates, candidate, h_0: candidate + gates[1] * listed(h_0)),
)  # fmt: skip


@family.part(per_unit, levels=["hard"], marks=2)
def reset_before(gates, W_n, U_n, b_n, x, h_0):
    return gated.gru_candidate_reset_before(W_n, U_n, b_n, x, h_0, gates[0])


reset_before.slips = rows(
    ("reset after the product", "Now the old state is reset before the product.",
     lambda candidate: candidate),
    ("reset gate left out", "The reset gate multiplies the old state.",
     lambda W_n, U_n, b_n, x, h_0: exact.tanh(entering(W_n, U_n, b_n, x, h_0))),
    ("reset before and after", "The reset gate acts once.",
     lambda gates, W_n, U_n, b_n, x, h_0:
         gated.gru_candidate(W_n, U_n, b_n, x, gates[0] * h_0, gates[0])),
)  # fmt: skip


@family.run
def cell(W_r, W_z, W_n, U_r, U_z, U_n, b_r, b_z, b_n, x, h_0):
    """The engine's cell as a function of the state and of shifts of its biases.

    A shift of 800 opens a gate for good, and one of -800 shuts it.
    """
    m, inputs, recurrent = len(h_0), [*W_r, *W_z, *W_n], [*U_r, *U_z, *U_n]

    def run(h=h_0, weights=1, r=0, z=0, second=0):
        layer = engine.GRUCell(1, m, generator=0)
        shown = np.repeat([1, 1, weights], m)
        bias = np.concatenate([b_r, b_z, b_n]) * shown + np.repeat([r, z, 0], m)
        own = np.repeat([0, 0, second], m)
        values = np.array(inputs) * shown[:, None], np.array(recurrent) * shown[:, None], bias, own
        for parameter, value in zip(layer.parameters(), values, strict=True):
            parameter.data[:] = value
        found = layer(tensor([x]), tensor([h])).data[0]
        return found if m > 1 else found[0]

    return run


@gates.witness
def _(cell):
    """With weights of 0 the candidate is tanh of r times its own bias, and of 0 without one."""
    r = np.arctanh(cell(weights=0, z=-800, second=1))
    opened = np.tanh(r)
    mixed, kept = cell(weights=0, second=1), cell(weights=0)
    return np.array([r, 1 - (mixed - kept) / opened])


candidate.witness(lambda cell: cell(z=-800))
state.witness(lambda cell: cell())


@reset_before.witness
def _(cell, h_0):
    """A reset gate that is open for good, and a state that was reset before."""
    r = np.arctanh(cell(weights=0, z=-800, second=1))
    return cell(h=r * np.array(h_0), r=800, z=-800)


@family.part(Real(), levels=["easy"])
def mixture(z, n, h):
    return gated.gru_state(z, n, h)


def mixed(z, n, h):
    """The engine's cell without weights, whose biases make these gates."""
    layer = engine.GRUCell(1, 1, generator=0)
    for parameter in layer.parameters():
        parameter.data[:] = 0
    layer.bias_ih.data[1:] = np.log(z / (1 - z)), np.arctanh(n)
    return layer(tensor([0]), tensor([h])).item()


mixture.slips = rows(
    ("z and 1 - z exchanged", "Here z keeps the old state.",
     lambda z, n, h: gated.gru_state(1 - z, n, h)),
    ("old state in full", "The shares z and 1 - z add up to 1.", lambda z, n, h: (1 - z) * n + h),
    ("candidate in full", "The shares z and 1 - z add up to 1.", lambda z, n, h: n + z * h),
    ("old state left out", "A share z of the old state is kept.", lambda z, n: (1 - z) * n),
    ("plain mean", "The gate weights the two.", lambda n, h: (n + h) / 2),
)  # fmt: skip
mixture.witness(lambda z, n, h: mixed(z, n, h))


@family.part(Real(), levels=["easy"])
def other_convention(z, n, h):
    return gated.gru_state(1 - z, n, h)


other_convention.slips = rows(
    ("as before", "Now z lets the candidate in.", lambda mixture: mixture),
    ("sign turned", "Exchange the shares, not the sign.", lambda mixture: -mixture),
)  # fmt: skip
other_convention.witness(lambda z, n, h: mixed(1 - z, n, h))


@family.part(Real(digits=3), levels=["easy"])
def decay(z, h, k):
    return gated.carried(h, z, k)


decay.slips = rows(
    ("power of 1 - z", "A share z of the state is kept at every step.",
     lambda z, h, k: gated.carried(h, 1 - z, k)),
    ("k times", "Every step multiplies what is left.", lambda z, h, k: k * z * h),
    ("one step short", "Each of the steps multiplies by z.",
     lambda z, h, k: gated.carried(h, z, k - 1)),
)  # fmt: skip


@decay.witness
def _(z, h, k):
    for _ in range(k):
        h = mixed(z, 0, h)
    return h


@family.working
def _(W_r, W_z, W_n, U_r, U_z, U_n, b_r, b_z, b_n, x, h_0):
    if not x:
        return {}
    weights = {"r": (W_r, U_r, b_r), "z": (W_z, U_z, b_z)}
    return {
        "sums": {name: entering(*parts, x, h_0) for name, parts in weights.items()},
        "from_input": affine(W_n, x, b_n),
        "from_state": affine(U_n, h_0),
    }
