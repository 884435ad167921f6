"""Checking gradients by difference quotients.

Trap: forward for central, dividing by h instead of 2h, one pass per parameter.
Reference: Nocedal and Wright (2006), section 8.1; Baydin et al. (2018), section 2.1.
Source: S1-37.
"""

from itertools import pairwise
from math import exp, log2

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import units
from partialcredit.problems._tape import tensor
from partialcredit.solvers import counts, differences

family = Family(
    version=3,
    conventions=[
        r"the forward difference is $\frac{f(x + h) - f(x)}{h}$, the central difference "
        r"$\frac{f(x + h) - f(x - h)}{2h}$",
        r"{% if level == 'medium' %}the relative error of $a$ and $b$ is "
        r"$\frac{\lvert a - b \rvert}{\max(\lvert a \rvert, \lvert b \rvert)}${% endif %}",
    ],
)

ORDERS = ("$O(h)$", "$O(h^2)$", "$O(h^3)$", "$O(h^4)$")

#: The rules to ask for, with the order of the error of each.
RULES = {"forward": 1, "central": 2, "combined": 4}


@family.sample
def sample(draw):
    return {
        "f": tuple(draw.choice([-1, 1]) * draw.integer(2, 7) for _ in range(3)),
        "x": draw.nonzero(-4, 5),
        "h": draw.decimal("0.1", "0.2", "0.5", *draw.by_level((), ("0.05",), ())),
    } | draw.by_level(
        {},
        {"rule": draw.choice(tuple(RULES))},
        {
            "finer": draw.choice([2, 3, 4, 5, 6, 8, 10]),
            "C": draw.integer(2, 60),
            "k": draw.integer(6, 12),
            "widths": draw.sample(range(3, 13), 3),
        },
    )


@family.condition
def _(f, x):
    """Neither derivative vanishes."""
    a, b, c = f
    return 3 * a * x + b != 0 and 3 * a * x * x + 2 * b * x + c != 0


@family.derive
def g(f):
    """The polynomial as a function."""
    return lambda x: differences.polynomial((*f, 0), x)


@family.run
def slope(f, x):
    """The derivative on the engine's tape."""
    t = tensor(x, requires_grad=True)
    curve(f, t).backward()
    return float(t.grad)


@family.part(Real(), levels=["easy"])
def forward(g, x, h):
    return differences.forward_difference(g, x, h)


forward.slips = rows(
    ("central difference", "That is the central difference.", lambda central: central),
    ("not divided", "Divide the change by h.", lambda forward, h: forward * h),
    ("exact derivative", "That is the derivative itself.", lambda exact: exact),
)  # fmt: skip
forward.witness(lambda f, x, h: quotient(f, x, h, back=False))


@family.part(Real())
def central(g, x, h):
    return differences.central_difference(g, x, h)


central.slips = rows(
    ("forward difference", "That is the forward difference.",
     lambda g, x, h: differences.forward_difference(g, x, h)),
    ("divided by h", "From x - h to x + h it is a way of 2h.", lambda central: 2 * central),
    ("exact derivative", "That is the derivative itself.", lambda exact: exact),
    ("backward difference", "Step to both sides and divide by 2h.",
     lambda g, x, h: (g(x) - g(x - h)) / h),
    ("not divided", "Divide by the width 2h of the step.", lambda central, h: 2 * h * central),
)  # fmt: skip
central.witness(lambda f, x, h: quotient(f, x, h, back=True))


@family.part(Integer())
def exact(f, x):
    return differences.polynomial_slope((*f, 0), x)


exact.slips = rows(
    ("value of f", "That is f(x); differentiate first.", lambda g, x: g(x)),
    ("powers kept", "Every power goes down by one.",
     lambda f, x: differences.polynomial((*(f * (3, 2, 1)), 0), x)),
    ("exponents left out", "The exponent becomes a factor.",
     lambda f, x: differences.polynomial(f, x)),
    ("constant term of the slope lost", "The linear term has a slope, too.",
     lambda exact, f, x: exact - f[-1] if x != 1 else None),
    ("signs lost", "Mind the signs of x and of the coefficients.",
     lambda f, x: differences.polynomial_slope((*f, 0), -x) if x != 1 else None),
)  # fmt: skip
exact.witness(lambda slope: slope)


@family.part(Real(digits=3), levels=["medium"])
def relative(central, exact):
    return differences.relative_error(central, exact)


relative.slips = rows(
    ("absolute error", "Divide by the larger of both sizes.",
     lambda central, exact: abs(central - exact)),
    ("divided by the sum", "Divide by the larger of both sizes.",
     lambda central, exact: abs(central - exact) / (abs(central) + abs(exact))),
    ("divided by the exact value", "Divide by the larger of the two sizes, as the convention says.",
     lambda central, exact: abs(central - exact) / abs(exact) if exact else None),
)  # fmt: skip


@relative.witness
def _(f, x, h, slope):
    pair = [quotient(f, x, h, back=True), slope]
    return np.ptp(pair) / np.abs(pair).max()


@family.part(Choice(ORDERS), levels=["medium"])
def order(rule):
    return RULES[rule] - 1


order.slips = rows(
    ("the other rule", "In the central difference the terms of even order cancel.",
     lambda order: 0 if order == 1 else 1),
    ("one order too high", "The division by h lowers the order by one.",
     lambda order: order + 1 if order < 2 else None),
    ("odd order", "Central differences have only errors of even order.",
     lambda rule: 2 if rule == "combined" else None),
)  # fmt: skip


@order.witness
def _(rule):
    """How often halving the step halves the error, on an exponential function."""

    def error(h):
        ahead, behind, half = exp(h), exp(-h), exp(h / 2) - exp(-h / 2)
        central = (ahead - behind) / (2 * h)
        return {
            "forward": (ahead - 1) / h,
            "central": central,
            "combined": (4 * half / h - central) / 3,
        }[rule] - 1

    return round(log2(error(0.1) / error(0.05))) - 1


@family.part(Real(), levels=["hard"])
def shrunk(g, x, h, finer, central, exact):
    better = differences.central_difference(g, x, h / finer)
    return (better - exact) / (central - exact)


shrunk.slips = rows(
    ("linear", "The error of the central difference is of order h^2.",
     lambda finer: rational(1, finer)),
    ("cubic", "The error of the central difference is of order h^2.",
     lambda finer: rational(1, finer**3)),
    ("inverse", "The error becomes smaller.", lambda finer: finer**2),
)  # fmt: skip


@shrunk.witness
def _(f, x, h, finer, slope):
    errors = [quotient(f, x, step, back=True) - slope for step in (h / finer, h)]
    return errors[0] / errors[1]


@family.part(Real(digits=3), levels=["hard"], marks=2)
def step(C, k):
    return differences.best_step(C, rational(1, 10**k))


step.slips = rows(
    ("factor 2 left out", "The derivative of C h^2 is 2 C h.",
     lambda C, k: differences.best_step(rational(C, 2), rational(1, 10**k))),
    ("noise alone", "The step depends on C, too.",
     lambda k: differences.best_step(rational(1, 2), rational(1, 10**k))),
    ("as small as possible", "Rounding makes small steps bad: u/h grows.",
     lambda k: rational(1, 10**k)),
)  # fmt: skip


@step.witness
def _(C, k):
    """Where the bound stops falling, by halving the logarithm of the step."""

    def bound(h):
        return C * h * h + 10.0**-k / h

    low, high = -6.0, 0.0
    for _halving in range(50):
        middle = 10 ** ((low + high) / 2)
        falls = bound(middle * 1.0001) < bound(middle * 0.9999)
        low, high = (np.log10(middle), high) if falls else (low, np.log10(middle))
    return 10**low


@family.part(Integer(), levels=["hard"])
def passes(widths):
    return differences.passes(counts.dense_weights(widths) + counts.dense_biases(widths))


passes.slips = rows(
    ("one per parameter", "The central difference computes the loss on both sides.",
     lambda passes: passes // 2),
    ("forward differences", "These share one pass; central differences do not.",
     lambda passes: passes // 2 + 1),
    ("biases left out", "The biases are parameters, too.",
     lambda widths: differences.passes(counts.dense_weights(widths))),
)  # fmt: skip
# every entry of every array is visited from two sides
passes.witness(lambda widths: 2 * sum(units(*pair) for pair in pairwise(widths)))


def curve(f, t):
    a, b, c = f
    return a * t**3 + b * t**2 + c * t


def quotient(f, x, h, back):
    """The change of the function over one step ahead and perhaps one back."""
    low, high = x - h * back, x + h
    return (curve(f, high) - curve(f, low)) / (high - low)


@family.working
def _(g, x, h):
    up, down = x + h, x - h
    return {"up": up, "down": down, "ahead": g(up), "behind": g(down), "here": g(x)}
