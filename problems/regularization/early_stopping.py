"""Early stopping with patience.

Trap: returning the last model, counting the patience wrongly, seeing epochs that are never trained.
Reference: Prechelt (1998); Goodfellow, Bengio and Courville (2016), algorithm 7.1.
Source: S1-18, S1-61, S3-04.
"""

from fractions import Fraction

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.grading import Integer, Real
from partialcredit.solvers import early_stopping

family = Family(
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
        "errors": [Fraction(n, 100) for n in errors],
        "training": [Fraction(top - sum(falls[:i]), 100) for i in range(len(errors))],
        "patience": patience,
        "delta": Fraction(delta, 100),
    }


STOPPED = ["medium", "hard"]


@family.part(Integer(), levels=["easy"])
def best_epoch(errors):
    return early_stopping.lowest(errors)


@family.part(Real(digits=4), levels=["easy"])
def best_error(errors, best_epoch):
    return errors[best_epoch - 1]


@family.part(Integer(), levels=["easy"])
def in_vain(errors, best_epoch):
    return len(errors) - best_epoch


@family.part(Integer(), marks=2, levels=STOPPED)
def stop_epoch(errors, patience, delta):
    return early_stopping.stop(early_stopping.improvements(errors, delta), patience)


@family.part(Integer(), levels=STOPPED)
def returned(stop_epoch, patience):
    return stop_epoch - patience


@family.part(Real(digits=4), levels=STOPPED)
def error(errors, returned):
    return errors[returned - 1]


@family.part(Real(digits=4), levels=["hard"])
def missed(errors, error):
    return error - min(errors)


@best_epoch.mistake("the last epoch", "The validation error decides, not the training error.")
def _(errors):
    return len(errors)


@best_epoch.mistake("counted from 0", "The first epoch is number 1.")
def _(best_epoch):
    return best_epoch - 1


@best_epoch.mistake("before the first rise", "The validation error may rise and fall again.")
def _(errors):
    return rise(errors)


def rise(errors):
    """The epoch before the first one whose error is not lower."""
    return next(i for i, pair in enumerate(zip(errors, errors[1:]), 1) if pair[1] >= pair[0])  # noqa: B905, RUF007


@best_error.mistake("training error", "The validation error decides.")
def _(training, best_epoch):
    return training[best_epoch - 1]


@best_error.mistake("the last error", "Keep the model of the best epoch.")
def _(errors):
    return errors[-1]


@best_error.mistake("lowest training error", "The validation error decides.")
def _(training):
    return min(training)


@in_vain.mistake("one too many", "The best epoch itself was not in vain.")
def _(in_vain):
    return in_vain + 1


@in_vain.mistake("the best epoch", "Count the epochs after it.")
def _(best_epoch):
    return best_epoch


@stop_epoch.mistake("one epoch late", "Training stops once the patience is used up.")
def _(stop_epoch):
    return stop_epoch + 1


@stop_epoch.mistake("one epoch early", "The epoch that improved is not counted itself.")
def _(stop_epoch):
    return stop_epoch - 1


@stop_epoch.mistake("the whole run", "Later epochs are never trained.")
def _(errors):
    return len(errors)


@stop_epoch.mistake("any improvement", "Smaller improvements do not count.")
def _(errors, patience, delta):
    return early_stopping.stop(early_stopping.improvements(errors, 0), patience) if delta else None


@returned.mistake("the last epoch", "The model of the best epoch is returned.")
def _(stop_epoch):
    return stop_epoch


@returned.mistake("best of the whole run", "Later epochs are never trained.")
def _(errors):
    return early_stopping.lowest(errors)


@returned.mistake("before the first rise", "The training goes on while there is patience.")
def _(errors):
    return rise(errors)


@returned.mistake("counted from 0", "The first epoch is number 1.")
def _(returned):
    return returned - 1


@returned.mistake("one epoch late", "The epoch after the best one did not improve.")
def _(returned):
    return returned + 1


@error.mistake("the last error", "The model of the best epoch is returned.")
def _(errors, stop_epoch):
    return errors[stop_epoch - 1]


@error.mistake("best of the whole run", "Later epochs are never trained.")
def _(errors):
    return min(errors)


@missed.mistake("nothing", "A later epoch would have been better.")
def _():
    return 0


@missed.mistake("from the last error", "Compare with the model that is returned.")
def _(errors, stop_epoch):
    return errors[stop_epoch - 1] - min(errors)


def hundredths(x):
    return int(x * 100)


def watched(errors, patience, delta=0):
    """The engine's watcher after its last epoch, in whole hundredths."""
    watcher = engine.EarlyStopping(patience, hundredths(delta))
    for error in map(hundredths, errors):
        watcher.update(error)
        if watcher.should_stop:
            break
    return watcher


@best_epoch.witness
def _(errors):
    return watched(errors, 99).best_epoch + 1


@best_error.witness
def _(errors):
    return watched(errors, 99).best / 100


@in_vain.witness
def _(errors):
    watcher = watched(errors, 99)
    return watcher.epoch - watcher.best_epoch


@stop_epoch.witness
def _(errors, patience, delta):
    return watched(errors, patience, delta).epoch + 1


@returned.witness
def _(errors, patience, delta):
    return watched(errors, patience, delta).best_epoch + 1


@error.witness
def _(errors, patience, delta):
    return watched(errors, patience, delta).best / 100


@missed.witness
def _(errors, patience, delta):
    return watched(errors, patience, delta).best / 100 - watched(errors, 99).best / 100


@family.working
def _(errors, delta):
    return {"improved": early_stopping.improvements(errors, delta)}
