"""Filling in the blanks of a derivation.

Trap: a lost constant or sign, an exponent or limit off by one, the misprint that went around.
Reference: Goodfellow, Bengio and Courville (2016), chapters 3, 6, 7 and 8; Kingma and Ba (2015).
Source: S0-35, S0-43, S0-63, S0-64, S0-78, S0-80, S0-86, S1-01, S1-35, S1-59, S1-81, S1-96, S1-99,
S1-101, S1-104, S1-106, S1-116, S1-117, S1-119, S1-121, S4-08.
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Order, Real
from partialcredit.problems.concepts._chain import orders, slips
from partialcredit.problems.concepts._chains import CHAINS

family = Family(hidden=["blanks", "shuffled"])


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


def put_in(derivation, numbers):
    """The numbers by name."""
    chain = CHAINS[derivation]
    return {name: chain.number(name, n) for name, n in zip(chain.used, numbers, strict=True)}


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
def _(derivation, shuffled):
    (only,) = orders(CHAINS[derivation], shuffled)
    return only


@family.part(lambda derivation: CHAINS[derivation].kind, marks=2)
def first(derivation, blanks):
    chain = CHAINS[derivation]
    return chain.formula(chain.lines[blanks[0]].right)


first.witness(lambda derivation, blanks, point: observed(derivation, blanks[0], point))


@family.part(lambda derivation: CHAINS[derivation].kind, marks=2, levels=["medium", "hard"])
def second(derivation, blanks):
    chain = CHAINS[derivation]
    return chain.formula(chain.lines[blanks[1]].right)


second.witness(lambda derivation, blanks, point: observed(derivation, blanks[1], point))


@family.part(Real(digits=4))
def value(derivation, numbers):
    chain = CHAINS[derivation]
    return chain.said(chain.lines[chain.richest].right, put_in(derivation, numbers))


value.witness(
    lambda derivation, numbers: observed(
        derivation, CHAINS[derivation].richest, put_in(derivation, numbers)
    )
)


def wrong_formula(blank, functions):
    def formula(derivation, blanks):
        function = functions.get((derivation, blanks[blank]))
        return function and CHAINS[derivation].formula(function)

    return formula


def wrong_value(functions):
    def number(derivation, numbers):
        chain = CHAINS[derivation]
        function = functions.get((derivation, chain.richest))
        return function and chain.slipped(function, put_in(derivation, numbers))

    return number


for (name, feedback), functions in slips(CHAINS.values()).items():
    first.slips += rows((name, feedback, wrong_formula(0, functions)))
    second.slips += rows((name, feedback, wrong_formula(1, functions)))
    value.slips += rows((name, feedback, wrong_value(functions)))


def observed(derivation, line, point):
    return CHAINS[derivation].seen(line, point)


@family.working
def _(derivation, blanks, shuffled, numbers):
    chain = CHAINS[derivation]
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
        "put": [(chain.symbol(name), x) for name, x in put_in(derivation, numbers).items()],
    }
