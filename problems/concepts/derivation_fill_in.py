"""Filling in the blanks of a derivation.

Trap: a lost constant or sign, an exponent or limit off by one, the misprint that went around.
Reference: Goodfellow, Bengio and Courville (2016), chapters 3, 6, 7 and 8; Kingma and Ba (2015).
Source: S0-35, S0-43, S0-63, S0-64, S0-78, S0-80, S0-86, S1-01, S1-35, S1-59, S1-81, S1-96, S1-99,
S1-101, S1-104, S1-106, S1-116, S1-117, S1-119, S1-121, S4-08.
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Order, Real
from partialcredit.injection import call
from partialcredit.problems.concepts._chain import orders
from partialcredit.problems.concepts._chains import CHAINS, slip_rows

family = Family(version=3, hidden=["blanks", "shuffled"])


@family.sample
def sample(draw):
    chain = CHAINS[draw.choice(list(CHAINS))]
    lines = tuple(range(len(chain.lines)))
    shuffled = draw.by_level(lines, lines, draw.shuffle(lines))
    blanks = draw.sample(lines, draw.by_level(1, 2, 2))
    return {
        "derivation": chain.name,
        "blanks": sorted(blanks, key=shuffled.index),
        "shuffled": shuffled,
        "numbers": [chain.number(name, draw.choice(chain.numbers[name])) for name in chain.used],
    }


@family.run
@family.derive
def chain(derivation):
    return CHAINS[derivation]


@family.run
@family.derive
def values(chain, numbers):
    """The numbers by name."""
    return chain.put_in(chain.used, numbers)


@family.condition
def _(value, values):
    """The number asked for is none of those put in: no step from a point where descent stands."""
    return value not in values.values()


@family.part(lambda shuffled: Order(steps=len(shuffled)), levels=["hard"])
def order(shuffled):
    return tuple(map(shuffled.index, range(len(shuffled))))


order.slips = rows(
    ("as printed", "The lines are printed in a mixed order.",
     lambda shuffled: tuple(range(len(shuffled)))),
    ("backwards", "A line may only use quantities that earlier lines have found.",
     lambda order: tuple(reversed(order))),
    ("first two swapped", "The first line must not use a quantity of another line.",
     lambda order: (order[1], order[0], *order[2:])),
)  # fmt: skip


@order.witness
def _(chain, shuffled):
    (only,) = orders(chain, shuffled)
    return only


@family.part(lambda chain: chain.kind, marks=2)
def first(chain, blanks):
    return chain.formula(chain.lines[blanks[0]].right)


first.slips = slip_rows(lambda slip: lambda chain, blanks: chain.wrong_formula(blanks[0], slip))
first.witness(lambda chain, blanks, point: chain.seen(blanks[0], point))


@family.part(lambda chain: chain.kind, marks=2, levels=["medium", "hard"])
def second(chain, blanks):
    return chain.formula(chain.lines[blanks[1]].right)


second.slips = slip_rows(lambda slip: lambda chain, blanks: chain.wrong_formula(blanks[1], slip))
second.witness(lambda chain, blanks, point: chain.seen(blanks[1], point))


@family.part(lambda chain: Integer() if chain.counts else Real(digits=3))
def value(chain, values):
    return call(chain.lines[chain.richest].right, values)


value.slips = slip_rows(
    lambda slip: lambda chain, values: chain.wrong_number(chain.richest, slip, values),
    asked=lambda chain: [chain.lines[chain.richest]],
)
value.witness(lambda chain, values: chain.seen(chain.richest, values))


@family.working
def _(chain, blanks, shuffled, values):
    gaps = {line: rf"\text{{({'i' * (n + 1)})}}" for n, line in enumerate(blanks)}
    return {
        "setting": chain.setting,
        "printed": [
            f"{line.left} = {line.by} = {gaps.get(i) or chain.tex(line.right)}"
            for i in shuffled
            for line in [chain.lines[i]]
        ],
        "lines": [(line.left, line.by, chain.tex(line.right)) for line in chain.lines],
        "reasons": chain.reasons,
        "asked": chain.richest,
        "letters": [chain.symbol(name) for name in chain.symbols],
        "put": [(chain.symbol(name), x) for name, x in values.items()],
    }
