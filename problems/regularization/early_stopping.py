"""Early stopping with patience.

Trap: returning the last model, counting the patience wrongly, seeing epochs that are never trained.
Reference: Prechelt (1998); Goodfellow, Bengio and Courville (2016), algorithm 7.1.
Source: S1-18, S1-61, S3-04.
"""

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import early_stopping

family = Family(
    version=3,
    conventions=[
        "epochs are counted from 1",
        "{% if level != 'easy' %}training stops as soon as {{ patience }} epochs in a row have not "
        "improved, and the model of the last epoch that improved is returned{% endif %}",
        "{% if level == 'medium' %}an epoch improves when its validation error is lower than all "
        "before{% elif level == 'hard' %}an epoch improves when its validation error is more than "
        "{{ delta|tex }} below that of the last epoch that improved; the first epoch improves"
        "{% endif %}",
    ],
    hidden=["training"],
)


@family.sample
def sample(draw):
    """Improvements with fewer bad epochs between them than the patience; at last too many."""
    patience = draw.by_level(draw.integer(2, 5), draw.integer(2, 3), draw.integer(2, 4))
    delta = draw.by_level(0, 0, draw.integer(1, 3))
    best = draw.integer(70, 95)
    errors = [best]

    def wait(epochs):
        errors.extend(best + draw.integer(1 - delta if delta else 1, 9) for _epoch in range(epochs))

    for _improvement in range(draw.integer(2, 3)):
        wait(draw.integer(0, patience - 1))
        best -= draw.integer(delta + 1, delta + 14)
        errors.append(best)
    wait(patience)
    if draw.level != "easy":
        after = [best - draw.integer(delta + 1, 12), best + draw.integer(1, 9)]
        errors.extend(draw.shuffle(after))
    top = draw.integer(60, 69)
    falls = [draw.integer(1, 5) for _error in errors]
    return {
        "errors": [rational(n, 100) for n in errors],
        "training": [rational(top - sum(falls[:i]), 100) for i in range(len(errors))],
        "patience": patience,
        "delta": rational(delta, 100),
    }


STOPPED = ["medium", "hard"]


def watched(errors, patience, delta=0):
    """The engine's watcher after its last epoch, in whole hundredths."""
    watcher = engine.EarlyStopping(patience, round(delta * 100))
    for error in errors:
        watcher.update(round(error * 100))
        if watcher.should_stop:
            break
    return watcher


@family.run
def patient(errors):
    return watched(errors, patience=len(errors))


@family.run
def stopped(errors, patience, delta):
    return watched(errors, patience, delta)


@family.derive
def improved(errors, delta):
    return early_stopping.improvements(errors, delta)


@family.derive
def rise(errors):
    """The epoch before the first one whose error is not lower."""
    return next(epoch for epoch in range(1, len(errors)) if errors[epoch] >= errors[epoch - 1])


@family.part(Integer(), levels=["easy", "hard"])
def best_epoch(errors):
    return early_stopping.lowest(errors)


best_epoch.slips = rows(
    ("the last epoch", "The validation error decides, not the training error.",
     lambda errors: len(errors)),
    ("counted from 0", "The first epoch is number 1.", lambda best_epoch: best_epoch - 1),
    ("before the first rise", "The validation error may rise and fall again.", lambda rise: rise),
)  # fmt: skip
best_epoch.witness(lambda patient: patient.best_epoch + 1)


@family.part(Real(), levels=["easy"], after="best_epoch")
def best_error(errors, best_epoch):
    return errors[best_epoch - 1]


best_error.slips = rows(
    ("training error", "The validation error decides.",
     lambda training, best_epoch: training[best_epoch - 1]),
    ("lowest training error", "The validation error decides.", lambda training: min(training)),
)  # fmt: skip
best_error.witness(lambda patient: patient.best / 100)


@family.part(Integer(), levels=["easy"])
def in_vain(errors, best_epoch):
    return len(errors) - best_epoch


in_vain.slips = rows(
    ("one too many", "The best epoch itself was of use.", lambda in_vain: in_vain + 1),
    ("the best epoch", "Count the epochs after it.", lambda best_epoch: best_epoch),
)  # fmt: skip
in_vain.witness(lambda patient: patient.epoch - patient.best_epoch)


@family.part(Integer(), marks=2, levels=STOPPED)
def stop_epoch(improved, patience):
    return early_stopping.stop(improved, patience)


def any_improvement(errors, patience, delta):
    improved = early_stopping.improvements(errors, 0)
    return early_stopping.stop(improved, patience) if delta else None


stop_epoch.slips = rows(
    ("one epoch late", "Training stops once the patience is used up.",
     lambda stop_epoch: stop_epoch + 1),
    ("one epoch early", "The epoch that improved is not counted itself.",
     lambda stop_epoch: stop_epoch - 1),
    ("the whole run", "Later epochs are never trained.", lambda errors: len(errors)),
    ("any improvement", "Smaller improvements do not count.", any_improvement),
)  # fmt: skip
stop_epoch.witness(lambda stopped: stopped.epoch + 1)


@family.part(Integer(), levels=STOPPED)
def returned(stop_epoch, patience):
    return stop_epoch - patience


returned.slips = rows(
    ("the last epoch", "The model of the best epoch is returned.", lambda stop_epoch: stop_epoch),
    ("best of the whole run", "Later epochs are never trained.", early_stopping.lowest),
    ("before the first rise", "The training goes on while there is patience.", lambda rise: rise),
    ("counted from 0", "The first epoch is number 1.", lambda returned: returned - 1),
)  # fmt: skip
returned.witness(lambda stopped: stopped.best_epoch + 1)


@family.part(Real(), levels=STOPPED)
def error(errors, returned):
    return errors[returned - 1]


error.witness(lambda stopped: stopped.best / 100)


@family.part(Real(), levels=["hard"])
def missed(errors, error):
    return error - min(errors)


missed.witness(lambda stopped, patient: (stopped.best - patient.best) / 100)


@family.part(Text(), marks=2, levels=["hard"])
def optimism():
    return (
        "The epoch was chosen because its validation error is low, so part of that low value is "
        "chance, which does not repeat on the test set."
    )
