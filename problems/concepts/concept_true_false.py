"""True or false.

Trap: accepting what stands in print, reading a negation backwards, rejecting a true statement
because of an irrelevant qualifier.
Reference: Goodfellow, Bengio and Courville (2016), chapters 2 and 5 to 9.
Source: S0-02, S0-04, S0-05, S0-06, S0-10, S0-11, S0-12, S0-13, S0-14, S0-16, S0-19, S0-21, S0-24,
S0-25, S0-28, S0-30, S0-32, S0-34, S0-35, S0-36, S0-40, S0-41, S0-42, S0-43, S0-44, S0-46, S0-47,
S0-48, S0-49, S0-51, S0-56, S0-57, S0-60, S0-61, S0-62, S0-63, S0-64, S0-67, S0-68, S0-69, S0-75,
S0-80, S0-81, S0-83, S0-84, S0-85, S0-86, S0-88, S0-89, S0-91, S0-92, S0-94, S0-95, S0-96, S0-98,
S0-99, S1-04, S1-05, S1-08, S1-13, S1-14, S1-15, S1-16, S1-17, S1-18, S1-20, S1-21, S1-22, S1-28,
S1-29, S1-31, S1-32, S1-33, S1-36, S1-37, S1-38, S1-39, S1-41, S1-42, S1-45, S1-48, S1-49, S1-50,
S1-51, S1-53, S1-56, S1-57, S1-58, S1-59, S1-60, S1-61, S1-63, S1-64, S1-65, S1-66, S1-67, S1-69,
S1-70, S1-71, S1-72, S1-74, S1-76, S1-78, S1-81, S1-83, S1-84, S1-85, S1-86, S1-87, S1-88, S1-89,
S1-90, S1-91, S1-93, S1-94, S1-100, S1-101, S1-106, S1-107, S1-108, S1-109, S1-110, S1-111, S1-112,
S1-113, S1-114, S1-115, S1-116, S1-121, S1-122, S1-127, S1-128, S1-131, S1-132, S1-134, S1-137,
S1-138, S1-139, S1-141, S1-142, S1-143, S1-144, S2-06, S2-10, S2-11, S2-13, S2-14, S2-18, S2-19,
S3-03, S3-04, S3-06, S3-08, S3-09, S3-10, S3-16, S3-18, S3-19, S3-20, S3-23, S4-08, S4-13, S4-14,
S4-16, S4-18, S4-19, S4-21, S4-24, S4-26, S4-30, S4-32, S4-33, S4-35, S4-37, S4-38, S4-39, S4-41,
S4-42.
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, TrueFalse
from partialcredit.problems.concepts._statement import found_true
from partialcredit.problems.concepts._statements import STATEMENTS, TOPICS

family = Family(version=2)

#: The topics' statements that have a reason in the bank.
REASONED = {topic: [s for s in some if s.because] for topic, some in TOPICS.items()}


def rivals(first, some):
    """The false statements of a topic that have most words in common with one of it."""
    words = set(first.text.lower().split())
    false = [s for s in some if not s.truth and s.name != first.name]
    return [s.name for s in sorted(false, key=lambda s: -len(words & set(s.text.lower().split())))]


#: For every topic the false statements and the true ones.
SORTED = {
    topic: [[s.name for s in some if s.truth is truth] for truth in (False, True)]
    for topic, some in TOPICS.items()
}

SORTED_REASONED = {
    topic: [[s for s in some if s.truth is truth] for truth in (False, True)]
    for topic, some in REASONED.items()
}

RIVALS = {s.name: rivals(s, TOPICS[t])[:6] for t, some in REASONED.items() for s in some}


def evenly(draw, some):
    """One of two lists, each as often as the other, and one of its entries."""
    return draw.choice(some[draw.integer(0, 1)])


@family.sample
def sample(draw):
    if draw.level != "hard":
        topics = draw.sample(list(TOPICS), draw.by_level(2, 3, 3))
        return {"statements": [evenly(draw, SORTED[t]) for t in topics], "options": ()}
    topic, *others = draw.sample(list(TOPICS), 3)
    first = evenly(draw, SORTED_REASONED[topic])
    return {
        "statements": [first.name, *(evenly(draw, SORTED[t]) for t in others)],
        "options": draw.shuffle([first.because, *draw.sample(RIVALS[first.name], 3)]),
    }


def bank(names):
    return [STATEMENTS[name] for name in names]


@family.part(TrueFalse(statements=2), marks=2, levels=["easy"])
def pair(statements):
    return tuple(statement.truth for statement in bank(statements))


@family.part(TrueFalse(statements=3), marks=3, levels=["medium", "hard"])
def judged(statements):
    return tuple(statement.truth for statement in bank(statements))


@family.part(
    lambda options: Choice(tuple(statement.text for statement in bank(options))),
    levels=["hard"],
    after="judged",
)
def reason(statements, options):
    return options.index(STATEMENTS[statements[0]].because)


reason.slips = rows(
    ("a false reason", "This sentence is false itself.", lambda reason: (reason + 1) % 4),
    ("another false reason", "This sentence is false, too.", lambda reason: (reason + 2) % 4),
    ("a third false reason", "This sentence is false, as two of the others are.",
     lambda reason: (reason + 3) % 4),
)  # fmt: skip


@reason.witness
def _(options):
    true = [i for i, statement in enumerate(bank(options)) if found_true(statement)]
    return true[0] if len(true) == 1 else true


pair.slips = judged.slips = rows(
    ("accepted every statement", "Not all of them hold: look for cases in which one fails.",
     lambda statements: (True,) * len(statements)),
    ("rejected every statement", "Not all of them fail: take each at its word.",
     lambda statements: (False,) * len(statements)),
    ("the contrary throughout", "Each is the other way round: mind the negations.",
     lambda statements: tuple(not statement.truth for statement in bank(statements))),
)  # fmt: skip


@pair.witness
@judged.witness
def _(statements):
    return tuple(found_true(statement) for statement in bank(statements))


@family.working
def _(statements, options):
    return {
        "said": [(s.text, s.truth, s.why) for s in bank(statements)],
        "offered": [(s.text, s.truth, s.why) for s in bank(options)],
    }
