"""Cost of forward and reverse mode.

Trap: one cost for both modes, the modes exchanged, matrix products where vectors are enough.
Reference: Griewank and Walther (2008), sections 3.2 and 10.2; Baydin et al. (2018), section 3.
Source: S4-14.
"""

from functools import cache
from itertools import pairwise

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Graph, Node
from partialcredit.grading import Choice, Integer, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import autodiff

family = Family(
    version=2,
    conventions=[
        "the Jacobians of the steps are known, and only multiplications are counted: a product of "
        r"a $p \times q$ and a $q \times r$ matrix takes $pqr$ of them",
        "forward mode forms the product of all Jacobians from the input's side, reverse mode from "
        "the output's side",
    ],
)

MODES = ("Forward mode.", "Reverse mode.", "Both take the same number.")


@family.sample
def sample(draw):
    """One end of an easy chain has the width 1."""
    steps = draw.by_level(draw.integer(3, 4), draw.integer(3, 4), 4)
    inner = [draw.integer(4, 40) for _ in range(steps - 1)]
    ends = draw.by_level(draw.shuffle([draw.integer(4, 40), 1]), draw.sample(range(2, 33), 2), None)
    if draw.level == "hard":
        bottleneck = draw.integer(0, steps - 2)
        inner = [draw.integer(2, 4) if i == bottleneck else n for i, n in enumerate(inner)]
        ends = draw.sample(range(5, 33), 2)
    return {"widths": (ends[0], *inner, ends[1])}


@family.condition
def _(reverse, forward):
    return reverse != forward


@family.derive
def cheapest(widths):
    """The cheapest order: its cost, how it is written, its products."""
    return autodiff.best_order(widths, [f"J_{i}" for i in range(1, len(widths))])


@family.run
def from_output(widths):
    return swept(widths, 0)


@family.run
def from_input(widths):
    return swept(widths, -2)


def each_width_once(widths):
    return sum(widths[:-2] * widths[1:-1] * widths[2:])


@family.part(Integer(), marks=2)
def reverse(widths):
    return autodiff.reverse_cost(widths)


reverse.slips = rows(
    ("forward mode", "That is the number for forward mode.",
     lambda widths: autodiff.forward_cost(widths)),
    ("no common factor", "Every product has as many rows as there are outputs.", each_width_once),
    ("first product counted twice", "The first Jacobian of a sweep is there; it costs no product.",
     lambda widths, reverse: reverse + widths[-1] * widths[-1] * widths[-2]),
    ("first product only", "Every product along the chain counts.",
     lambda widths: widths[-1] * widths[-2] * widths[-3]),
    ("factor of the outputs left out", "Every product has as many rows as there are outputs.",
     lambda widths, reverse: reverse // widths[-1] if widths[-1] > 1 else None),
)  # fmt: skip
reverse.witness(lambda from_output: from_output)


@family.part(Integer(), marks=2)
def forward(widths):
    return autodiff.forward_cost(widths)


forward.slips = rows(
    ("reverse mode", "That is the number for reverse mode.",
     lambda widths: autodiff.reverse_cost(widths)),
    ("no common factor", "Every product has as many columns as there are inputs.", each_width_once),
    ("first product counted twice", "The first Jacobian of a sweep is there; it costs no product.",
     lambda widths, forward: forward + widths[0] * widths[0] * widths[1]),
    ("first product only", "Every product along the chain counts.",
     lambda widths: widths[0] * widths[1] * widths[2]),
    ("factor of the inputs left out", "Every product has as many columns as there are inputs.",
     lambda widths, forward: forward // widths[0] if widths[0] > 1 else None),
)  # fmt: skip
forward.witness(lambda from_input: from_input)


@family.part(Choice(MODES), levels=[])  # asked by older papers
def better(forward, reverse):
    return 2 if forward == reverse else int(reverse < forward)


better.slips = rows(
    ("the other mode", "Compare both numbers.", lambda better: 1 - better if better < 2 else None),
    ("reverse mode as a rule", "Reverse mode wins when the output is narrow: compare.",
     lambda better: 1 if better == 2 else None),
    ("the same", "The result is the same, but not the cost.", lambda: 2),
)  # fmt: skip


@better.witness
def _(from_output, from_input):
    return 2 if from_output == from_input else int(from_output < from_input)


@family.part(Real(digits=3))
def ratio(forward, reverse):
    return rational(reverse, forward)


ratio.slips = rows(
    ("upside down", "The number for reverse mode is divided by that for forward mode.",
     lambda ratio: 1 / ratio),
    ("share of both", "Divide by the number for forward mode, not by the sum of both.",
     lambda forward, reverse: rational(reverse, forward + reverse)),
)  # fmt: skip
ratio.witness(lambda from_output, from_input: from_output / from_input)


@family.part(Integer(), levels=["medium", "hard"])
def sweeps(widths):
    return widths[-1]


sweeps.slips = rows(
    ("one per input", "That is forward mode: one sweep for every input.", lambda widths: widths[0]),
    ("one sweep", "One sweep gives one row: the gradient of one output.", lambda: 1),
    ("one per step", "Every sweep passes through all steps.", lambda widths: len(widths) - 1),
)  # fmt: skip


@sweeps.witness
def _(widths):
    """One backward pass of the engine for each output of the chain."""
    y = engine.Tensor(np.ones(widths[0]), requires_grad=True)
    for n, m in pairwise(widths):
        y = engine.Tensor(np.ones((m, n))) @ y
    return y.numel()


@family.part(Text(), levels=["medium"])
def reason():
    return (
        "The loss is a single number, so reverse mode needs one sweep for all derivatives, and "
        "forward mode one for every weight."
    )


@family.part(Integer(), levels=["hard"], marks=2)
def best(cheapest):
    return cheapest[0]


best.slips = rows(
    ("better of the two modes", "Other orders are possible, such as from a bottleneck.",
     lambda forward, reverse: min(forward, reverse)),
    ("worse of the two modes", "The fewest multiplications are asked for.",
     lambda forward, reverse: max(forward, reverse)),
)  # fmt: skip
best.witness(lambda widths: min(every_order(jacobians(widths))))


@cache
def counted(rows, inner, columns):
    """How many numbers are multiplied in the product of two matrices of these sizes."""
    left, right = np.ones((rows, inner), dtype=bool), np.ones((inner, columns), dtype=bool)
    return (left[:, :, None] & right).size


def in_order(shapes, place):
    """Multiply two neighbours: how many multiplications that takes, and the shapes afterwards."""
    (rows, inner), (_same, columns) = shapes[place : place + 2]
    rest = (*shapes[:place], (rows, columns), *shapes[place + 2 :])
    return counted(rows, inner, columns), rest


def jacobians(widths):
    """Their shapes as the product is written, J_L ... J_1."""
    return tuple(zip(widths[1:], widths, strict=False))[::-1]


def swept(widths, side):
    """All products formed from one side, left (0) or right (-2)."""
    shapes, total = jacobians(widths), 0
    while len(shapes) > 1:
        count, shapes = in_order(shapes, side % len(shapes) if side else 0)
        total += count
    return total


def every_order(shapes):
    """The numbers of multiplications of all orders."""
    if len(shapes) == 1:
        return [0]
    tried = [in_order(shapes, place) for place in range(len(shapes) - 1)]
    return [count + rest for count, left in tried for rest in every_order(left)]


@family.figure
def _(widths):
    names = [f"h_{i}" for i in range(len(widths))]
    roles = ["input", *["operation"] * (len(widths) - 2), "output"]
    return Graph(
        alt="A chain of values with the sizes " + ", ".join(map(str, widths)) + ".",
        nodes=tuple(
            Node(name, name, role, str(n))
            for name, role, n in zip(names, roles, widths, strict=True)
        ),
        edges=tuple((a, b, f"J_{i}") for i, (a, b) in enumerate(pairwise(names), 1)),
    )


@family.working
def _(widths, cheapest):
    _cost, order, products = cheapest
    return {"steps": list(pairwise(widths)), "order": order[1:-1], "products": products}
