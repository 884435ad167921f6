"""Spotting the error in print.

Trap: suspecting a correct line, keeping the printed form, repairing the right line wrongly.
Reference: Goodfellow, Bengio and Courville (2016), chapters 2 and 6 to 9; Kingma and Ba (2015).
Source: S0-15, S0-19, S0-26, S0-34, S0-43, S0-49, S0-50, S0-61, S0-63, S0-64, S0-72, S0-77, S0-78,
S0-88, S0-90, S0-91, S1-10, S1-19, S1-24, S1-30, S1-32, S1-33, S1-35, S1-36, S1-43, S1-56, S1-59,
S1-75, S1-78, S1-83, S1-90, S1-93, S1-99, S1-104, S1-106, S1-116, S1-117, S1-119, S1-122,
S1-127, S1-130, S1-131, S4-02, S4-04, S4-22.
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Choices, Integer, Real
from partialcredit.injection import arguments, call
from partialcredit.problems.concepts._chains import CHAINS, slip_rows
from partialcredit.problems.concepts._formulas import FORMULAS, holds

family = Family(version=3, hidden=["errors", "faults", "wrong"])


def letters_in(chain):
    """How many letters the right-hand side of each line has."""
    return [len(arguments(line.right)) for line in chain.lines]


@family.sample
def sample(draw):
    chain = CHAINS[draw.choice(list(CHAINS))]
    letters = letters_in(chain)
    pair = sorted(draw.sample(range(len(letters)), 2))
    # of a single line the one with more letters is wrong: more numbers can be put in
    single = (max(pair, key=letters.__getitem__),)
    faults = draw.by_level(single, single, pair)
    formulas = draw.by_level(draw.sample(list(FORMULAS), 4), (), ())
    return {
        "formulas": formulas,
        "wrong": draw.by_level(draw.integer(0, 3), 0, 0),
        "derivation": chain.name,
        "faults": faults,
        "errors": [draw.integer(0, len(chain.lines[i].slips) - 1) for i in faults],
        # for all letters: those of the wrong line alone would tell which one it is
        "numbers": [chain.number(name, draw.choice(some)) for name, some in chain.numbers.items()]
        if draw.level != "easy"
        else (),
    }


@family.run
@family.derive
def chain(derivation):
    return CHAINS[derivation]


@family.run
@family.derive
def values(chain, numbers):
    """The numbers by name."""
    return chain.put_in(chain.numbers, numbers)


@family.condition
def _(chain, faults, numbers):
    """The number asked for is none of those put in."""
    values = chain.put_in(chain.numbers, numbers) if numbers else {}
    return not values or call(chain.lines[faults[-1]].right, values) not in values.values()


@family.run
@family.derive
def sides(chain, faults, errors):
    """The right-hand sides as printed: functions, some of them wrong."""
    printed = [line.right for line in chain.lines]
    for fault, error in zip(faults, errors, strict=True):
        printed[fault] = chain.lines[fault].slips[error].function
    return printed


def lines_kind(chain, sides, faults):
    lines = tuple(
        f"$\\displaystyle {line.left} = {line.by} = {chain.tex(side)}$"
        for line, side in zip(chain.lines, sides, strict=True)
    )
    return Choice(lines) if len(faults) == 1 else Choices(lines, number=len(faults))


@family.part(lines_kind, marks=2)
def lines(faults):
    return faults[0] if len(faults) == 1 else frozenset(faults)


def one_line_too_late(lines, sides):
    if isinstance(lines, frozenset):
        return None
    return lines + 1 if lines + 1 < len(sides) else None


def all_from_the_first_error_on(lines, sides):
    return frozenset(range(min(lines), len(sides))) if isinstance(lines, frozenset) else None


lines.slips = rows(
    ("one line too late", "The earlier of these lines is wrong as it stands.", one_line_too_late),
    ("one line too early", "This line still holds: put numbers into both sides.",
     lambda lines: None if isinstance(lines, frozenset) or lines == 0 else lines - 1),
    ("first error only", "There are two errors; the second is one of its own.",
     lambda lines: frozenset([min(lines)]) if isinstance(lines, frozenset) else None),
    ("second error only", "There is an error before this one.",
     lambda lines: frozenset([max(lines)]) if isinstance(lines, frozenset) else None),
    ("all from the first error on", "A later line may hold: each is judged by itself.",
     all_from_the_first_error_on),
)  # fmt: skip


@lines.witness
def _(chain, sides):
    failing = [i for i, side in enumerate(sides) if not chain.holds(i, side)]
    return failing[0] if len(failing) == 1 else frozenset(failing)


@family.part(lambda chain: chain.kind, levels=["hard"], marks=2, after="lines")
def corrected(chain, faults):
    return chain.formula(chain.lines[faults[0]].right)


corrected.slips = rows(
    ("kept the printed form", "This is the wrong form as it was printed.",
     lambda chain, sides, faults: chain.formula(sides[faults[0]])),
) + slip_rows(
    lambda slip: lambda chain, faults: chain.wrong_formula(faults[0], slip),
    asked=lambda chain: chain.lines[:-1],  # the first of two
)  # fmt: skip
corrected.witness(lambda chain, faults, point: chain.seen(faults[0], point))


def numbers_put_in(chain):
    """The lines that can be the last wrong one; the first is, at the medium level, by its letters.

    See the sampler.
    """
    first, *others = letters_in(chain)
    return chain.lines if first >= min(others) else chain.lines[1:]


@family.part(
    lambda chain: Integer() if chain.counts else Real(digits=3),
    levels=["medium", "hard"],
    after="lines",
)
def value(chain, lines, values):
    last = lines if isinstance(lines, int) else max(lines)
    return call(chain.lines[last].right, values)


value.slips = rows(
    ("kept the printed form", "This is what the wrong line gives.",
     lambda chain, sides, faults, values: chain.slipped(sides[faults[-1]], values)),
) + slip_rows(
    lambda slip: lambda chain, faults, values: chain.wrong_number(faults[-1], slip, values),
    asked=numbers_put_in,
)  # fmt: skip
value.witness(lambda chain, faults, values: chain.seen(faults[-1], values))


def printed_formulas(formulas, wrong):
    return tuple(FORMULAS[name].printed(i != wrong) for i, name in enumerate(formulas))


@family.part(lambda formulas, wrong: Choice(printed_formulas(formulas, wrong)), levels=["easy"])
def formula(wrong):
    return wrong


formula.slips = rows(
    ("suspected a correct formula", "This formula holds: put numbers in.",
     lambda formula: (formula + 1) % 4),
    ("suspected another correct formula", "This formula holds: put numbers in.",
     lambda formula: (formula + 2) % 4),
    ("suspected the third correct formula", "This formula holds: put numbers in.",
     lambda formula: (formula + 3) % 4),
)  # fmt: skip


@formula.witness
def _(formulas, wrong):
    failing = [i for i, name in enumerate(formulas) if not holds(name, i != wrong)]
    return failing[0] if len(failing) == 1 else failing


@family.working
def _(formulas, derivation, faults, errors, numbers):
    chain = CHAINS[derivation]
    found = [
        (chain.lines[i], chain.lines[i].slips[error])
        for i, error in zip(faults, errors, strict=True)
    ]
    return {
        "rights": [FORMULAS[name].printed(True) for name in formulas],
        "whys": [FORMULAS[name].why for name in formulas],
        "setting": chain.setting,
        "wrongs": [(line.left, line.by, chain.tex(slip.function)) for line, slip in found],
        "repairs": [chain.tex(line.right) for line, _slip in found],
        "reasons": [chain.reasons[i] for i in faults],
        "letters": [chain.symbol(name) for name in chain.symbols],
        "put": [(chain.symbol(name), x) for name, x in zip(chain.symbols, numbers, strict=False)],
    }
