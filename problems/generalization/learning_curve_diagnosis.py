"""Reading errors and learning curves.

Trap: the largest error taken for the main problem, the training error, a forgotten floor.
Reference: Ng (2018), chapters 20 to 32 and 40 to 42; Hastie, Tibshirani and Friedman (2009),
section 7.2; Hestness et al. (2017).
Source: none
"""

from bisect import bisect_left

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Choice, Integer, Order, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import error_analysis

family = Family(
    conventions=[
        "{% if level != 'hard' %}avoidable bias is training error minus reference error, the error "
        "of people; variance is the error on held-out "
        "{{ 'validation' if level == 'easy' else 'training' }} data minus training error"
        "{% endif %}",
        "{% if level == 'medium' %}mismatch is dev error minus held-out training error, and "
        "overfitting of the dev set is test error minus dev error; dev and test set are of the "
        "kind of data that the system is for{% endif %}",
    ],
    hidden=["problem", "remedies"],
)

PENALTIES = ("0", "0.001", "0.01", "0.1", "1")

PROBLEMS = ("avoidable bias", "variance", "mismatch", "overfitting of the dev set")

#: What helps against each of the problems.
REMEDIES = (
    "a larger network, trained for longer",
    "more training data of the same kind, or more dropout",
    "training data that look like the dev set",
    "a larger dev set",
)

FIRST = ["easy", "medium"]


@family.sample
def sample(draw):
    if draw.level == "hard":
        return scaling(draw)
    count = draw.by_level(2, 4, 0)
    problem = draw.integer(0, count - 1)
    steps = list(draw.integers(count, 2, 14))
    steps[problem] = max(steps) + draw.integer(6, 50)
    errors = [draw.integer(3, 40)]
    for step in steps:
        errors.append(errors[-1] + step)
    shared = {"errors": [rational(e, 10) for e in errors]}
    if draw.level == "medium":
        return shared | {"problem": problem, "remedies": draw.shuffle(REMEDIES)}
    return shared | penalised(draw, draw.integer(0, 4))


def penalised(draw, best):
    """Errors for rising penalties: training errors rise, validation errors fall to the best."""
    training = [draw.integer(3, 20)]
    for _row in range(4):
        training.append(training[-1] + draw.integer(4, 30))
    lowest = training[best] + draw.integer(4, 20)
    validation = [lowest + 15 * abs(i - best) + draw.integer(-11, 11) for i in range(5)]
    validation[best] = lowest
    validation = [max(v, t + draw.integer(1, 3)) for v, t in zip(validation, training, strict=True)]
    return {
        "training": [rational(e, 10) for e in training],
        "validation": [rational(e, 10) for e in validation],
    }


def scaling(draw):
    roots = draw.sample([10, 20, 25, 40, 50], 2)
    first, second = sorted(roots)
    a, floor = rational(draw.integer(4, 30), 10), rational(draw.integer(3, 15), 100)
    top = sorted(draw.sample(range(25, 50), 3))
    low = sorted(draw.sample(range(8, 24), 3), reverse=True)
    curves = draw.shuffle(list(zip(top, low, strict=True)))
    return {
        "sizes": [first**2, second**2],
        "errors": [floor + a / first, floor + a / second],
        "larger": draw.choice([60, 75, 80, 90, 100, 125, 150, 160]) ** 2,
        "target": floor + a / second * draw.decimal("0.3", "0.35", "0.45", "0.55", "0.6", "0.65"),
        "curves": [[rational(n, 100) for n in curve] for curve in curves],
    }


@family.part(Real(), levels=FIRST)
def bias(errors):
    return error_analysis.gaps(errors)[0]


bias.slips = rows(
    ("training error", "Measure it against the reference error, not against 0.",
     lambda errors: errors[1]),
    ("reference error", "That much is unavoidable: subtract it from the training error.",
     lambda errors: errors[0]),
    ("from validation", "The bias is seen in the training error.",
     lambda errors: errors[2] - errors[0]),
)  # fmt: skip


@family.run
def marked(errors):
    """A thousand predictions for each error: 1 is wrong."""
    return [np.arange(1000) < 10 * error - 0.5 for error in errors]


def added(marked, i):
    """The percentage of predictions that are wrong the second time only."""
    return 100 * np.mean(marked[i + 1] & ~marked[i])


bias.witness(lambda marked: added(marked, 0))


@family.part(Real(), levels=FIRST)
def variance(errors):
    return error_analysis.gaps(errors)[1]


variance.slips = rows(
    ("error on held-out data", "Subtract the training error.", lambda errors: errors[2]),
    ("dev minus training", "Part of this comes from the other kind of data.",
     lambda errors: errors[3] - errors[1] if len(errors) > 3 else None),
    ("from the reference", "Subtract the training error.",
     lambda errors: errors[2] - errors[0]),
)  # fmt: skip
variance.witness(lambda marked: added(marked, 1))


@family.part(Real(), levels=["medium"])
def mismatch(errors):
    return error_analysis.gaps(errors)[2]


mismatch.slips = rows(
    ("test minus dev", "That is what choosing on the dev set has cost.",
     lambda errors: errors[4] - errors[3]),
    ("dev minus training", "This contains the variance.", lambda errors: errors[3] - errors[1]),
)  # fmt: skip
mismatch.witness(lambda marked: added(marked, 2))


@family.part(Choice(PROBLEMS), levels=["medium"])
def main(bias, variance, mismatch, errors):
    return error_analysis.largest((bias, variance, mismatch, errors[4] - errors[3]))


main.slips = rows(
    ("largest error", "The test error is always the largest: look at the steps.", lambda: 3),
    ("first gap", "Compare all steps.", lambda: 0),
    ("smallest gap", "The largest step is the main problem.",
     lambda errors: error_analysis.largest(-error_analysis.gaps(errors))),
)  # fmt: skip


@main.witness
def _(errors):
    """The step without which the test error would be lowest."""
    without = [np.sum(np.delete(np.diff(errors), i)) for i in range(4)]
    return int(np.argmin(without))


@family.part(lambda remedies: Choice(remedies), levels=["medium"])
def remedy(main, remedies):
    return remedies.index(REMEDIES[main])


remedy.slips = rows(
    ("against bias", "That lowers the training error.",
     lambda remedies: remedies.index(REMEDIES[0])),
    ("against variance", "That brings the error on held-out data closer to the training error.",
     lambda remedies: remedies.index(REMEDIES[1])),
    ("against mismatch", "That helps where the dev set is of another kind.",
     lambda remedies: remedies.index(REMEDIES[2])),
    ("against overfitting", "That helps where the test error is above the dev error.",
     lambda remedies: remedies.index(REMEDIES[3])),
)  # fmt: skip


@remedy.witness
def _(errors, remedies):
    """The remedies' own words, in the order of the steps."""
    word = ("network", "dropout", "look like", "larger dev set")[int(np.diff(errors).argmax())]
    return next(i for i, text in enumerate(remedies) if word in text)


@family.part(Choice(tuple(f"$\\lambda = {penalty}$" for penalty in PENALTIES)), levels=["easy"])
def penalty(validation):
    return validation.index(min(validation))


penalty.slips = rows(
    ("smallest training error", "Choose by the validation error.",
     lambda training: training.index(min(training))),
    ("smallest gap", "A small gap between two large errors is no success.",
     lambda training, validation:
         min(range(5), key=lambda i: validation[i] - training[i])),
    ("largest penalty", "Choose by the validation error.", lambda: 4),
)  # fmt: skip
penalty.witness(lambda validation: int(np.argsort(validation, kind="stable")[0]))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def floor(sizes, errors):
    return error_analysis.error_floor(sizes, errors)


def floor_without_root(sizes, errors):
    (m, n), (high, low) = sizes, errors
    return (n * low - m * high) / (n - m)


floor.slips = rows(
    ("1/N for its root", "The law has the root of N.", floor_without_root),
    ("straight line", "The law is curved: solve it for both constants.",
     lambda errors: 2 * errors[1] - errors[0]),
    ("last error", "More data lower the error further.", lambda errors: errors[1]),
)  # fmt: skip


@family.run
def law(sizes, errors):
    """Floor and slope of the law by least squares."""
    columns = np.stack([np.ones(2), np.array(sizes) ** -0.5], axis=1)
    return engine.least_squares(columns, np.array(errors))


floor.witness(lambda law: law[0])


@family.part(Real(digits=3), levels=["hard"])
def predicted(floor, sizes, errors, larger):
    return error_analysis.extrapolated(floor, sizes[0], errors[0], larger)


predicted.slips = rows(
    ("floor forgotten", "Only what is above the floor shrinks.",
     lambda sizes, errors, larger: errors[0] * sqrt(rational(sizes[0], larger))),
    ("1/N for its root", "The law has the root of N.",
     lambda floor, sizes, errors, larger:
         floor + (errors[0] - floor) * rational(sizes[0], larger)),
    ("floor not added", "The floor remains.",
     lambda predicted, floor: predicted - floor),
)  # fmt: skip
predicted.witness(lambda law, larger: law[0] + law[1] / larger**0.5)


@family.part(Integer(), levels=["hard"])
def needed(floor, sizes, errors, target):
    return error_analysis.examples_for(floor, sizes[0], errors[0], target)


needed.slips = rows(
    ("not squared", "Solve for the root of N and square it.",
     lambda floor, sizes, errors, target:
         int((errors[0] - floor) * sqrt(rational(sizes[0])) / (target - floor)) + 1),
    ("floor forgotten", "Subtract the floor from both errors.",
     lambda sizes, errors, target: int(sizes[0] * (errors[0] / target) ** 2) + 1),
    ("rounded down", "With one example fewer the error is above the target.",
     lambda needed: needed - 1),
)  # fmt: skip
needed.witness(
    lambda law, target: bisect_left(
        range(1, 10**8), True, key=lambda n: law[0] + law[1] / n**0.5 <= target
    ) + 1
)  # fmt: skip


@family.part(Order(steps=3), levels=["hard"])
def order(curves):
    return error_analysis.by_penalty(curves)


order.slips = rows(
    ("largest first", "A large penalty keeps the error down on few examples, and up on many.",
     lambda order: order[::-1]),
    ("by the letters", "Look at both ends of the curves.", lambda: (0, 1, 2)),
)  # fmt: skip
order.witness(lambda curves: tuple(np.argsort([end for _, end in curves]).tolist()))


@family.figure
def _(level, curves):
    if level != "hard":
        return ()
    named = [(letter, [(2, a), (4, b)]) for letter, (a, b) in zip("ABC", curves, strict=True)]
    about = ", ".join(
        f"{letter} from {float(a):g} to {float(b):g}" for letter, ((_, a), (_, b)) in named
    )
    return Plot(
        f"Three falling lines over the decimal logarithm of N, from 2 to 4: {about}.",
        tuple(Curve(line, letter) for letter, line in named),
        tuple(Mark(line[0], letter) for letter, line in named),
        r"\log_{10} N",
        r"\text{error}",
    )


@family.derive
def steps(errors):
    return error_analysis.gaps(errors)


@family.derive
def slope(sizes, errors):
    """The constant beside the root of N."""
    (first, second), (high, low) = (sqrt(rational(n)) for n in sizes), errors
    return (high - low) * first * second / (second - first)


@family.working
def _():
    return {"penalties": PENALTIES, "problems": PROBLEMS, "sqrt": lambda n: sqrt(rational(n))}
