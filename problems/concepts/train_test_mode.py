"""Batch normalisation and dropout in training and at test time.

Trap: batch statistics at test time, a mask at test time, rescaling in both modes.
Reference: Ioffe and Szegedy (2015), Algorithm 2; Srivastava et al. (2014), section 10.
Source: S0-86, S1-88, S1-111.
"""

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import batchnorm, modes

family = Family(
    version=3,
    conventions=[
        "{% if level != 'medium' %}the variance of a mini-batch divides by its size, and "
        "batch normalisation adds no stabiliser{% endif %}",
        "{% if level != 'easy' %}dropout is inverted; $p$ is the probability that a unit is "
        "kept{% endif %}",
    ],
)

BATCH, RUNNING = "those of the mini-batch", "the running averages"

NONE = "none: it passes the values on"

#: Lines that might be missing before a test, and what each does to the engine's layers.
LINES = {
    "`model.eval()`": lambda layers: [layer.eval() for layer in layers],
    "`model.train()`": lambda layers: [layer.train() for layer in layers],
    "`model.zero_grad()`": lambda layers: [layer.zero_grad() for layer in layers],
    "`torch.manual_seed(0)`": lambda _layers: None,
}

OPTIONS = (BATCH, RUNNING, "the mean of the mini-batch and the running variance", NONE)


@family.sample
def sample(draw):
    mode = draw.choice(["training", "test"])
    size = draw.integer(3, 4)
    normalised = draw.level != "medium"
    masks = [mask for mask in product([0, 1], repeat=size) if 0 < sum(mask) < size]
    return {
        "mode": draw.by_level(mode, draw.choice(["training", "training", "test"]), "training"),
        "x": draw.integers(size, -6, 9) if normalised else (),
        "running": (draw.integer(-3, 5), draw.choice([2, 4, 5, 6, 9, 10])) if normalised else (),
        "gamma": draw.choice([-2, -1, 2, 3]) if normalised else 0,
        "beta": draw.choice([-3, -1, 1, 2, 4]) if normalised else 1,
        "options": draw.shuffle(OPTIONS) if normalised else (),
        "lines": draw.by_level((), (), draw.shuffle(list(LINES))),
        "h": () if normalised else tuple(draw.nonzero(-5, 6) for _ in range(size)),
        "w": () if normalised else tuple(draw.nonzero(-4, 4) for _ in range(size)),
        "mask": () if normalised else draw.choice(masks),
        "keep": draw.by_level(
            rational(1), *[draw.decimal("0.4", "0.5", "0.6", "0.75", "0.8", "0.9")] * 2
        ),
    }


@family.condition
def _(x, running, gamma, beta):
    """Batch and running statistics differ, and the first value is none of the means."""
    if not x:
        return True
    mean, variance = statistics_in(x, running, "training")
    return gamma != beta and len({mean, running[0], x[0]}) == 3 and 1 < variance != running[1]


@family.condition
def _(h, w, mask):
    """The mask takes something away from the sum."""
    return not h or 0 != modes.weighted_sum(w, h) != modes.weighted_sum(w, h * mask) != 0


def statistics_in(x, running, mode):
    """The mean and variance that batch normalisation uses in a mode."""
    if mode == "test":
        return running
    mean = batchnorm.mean(x)
    return mean, batchnorm.variance(x, mean)


def normalised_in(x, running, gamma, beta, mode):
    return modes.normalised(x[0], *statistics_in(x, running, mode), gamma, beta)


def layer(x, running, gamma, beta, mode):
    """What the engine's layer puts out for the batch, in training or evaluation."""
    norm = engine.BatchNorm1d(1, eps=0.0, dtype="float64")
    norm.weight.data[:], norm.bias.data[:] = gamma, beta
    norm.running_mean[:], norm.running_var[:] = running
    norm.training = mode == "training"
    return norm(engine.Tensor(np.reshape(x, (-1, 1)).astype(float))).data[:, 0]


def dropout(values, mask, keep, mode):
    """What the engine's dropout makes of activations."""
    drop = engine.Dropout(1 - keep)
    drop.training, drop.mask = mode == "training", np.array(mask, float)
    return drop(engine.Tensor(np.array(values, float))).data


@family.part(lambda options: Choice(options), levels=["easy", "hard"])
def statistics(options, mode, keep):
    # the hard level asks about test time
    return options.index(BATCH if mode == "training" and keep == 1 else RUNNING)


statistics.slips = rows(
    ("the other mode's", "In training those of the batch, at test time the averages.",
     lambda statistics, options: options.index(RUNNING if options[statistics] == BATCH else BATCH)),
    ("a mixture", "Mean and variance come from the same source.",
     lambda options: options.index(OPTIONS[2])),
    ("not normalised", "The layer normalises in both modes.", lambda options: options.index(NONE)),
)  # fmt: skip


@statistics.witness
def _(x, running, options, mode, keep):
    """The option whose statistics the layer's output for the batch has been made with."""
    asked = mode if keep == 1 else "test"
    batch = (np.mean(x), np.var(x))
    sources = {BATCH: batch, RUNNING: running, OPTIONS[2]: (batch[0], running[1]), NONE: (0, 1)}
    y = layer(x, running, 1, 0, asked)
    found = {name: y * np.sqrt(v) + m for name, (m, v) in sources.items()}
    (used,) = (i for i, name in enumerate(options) if np.allclose(found[name], x))
    return used


@family.part(Real(digits=3), levels=["medium", "hard"])
def scale(keep, mode):
    return modes.kept_scale(keep, training=mode == "training")


scale.slips = rows(
    ("multiplied by p", "A unit is kept with probability p: divide by p.",
     lambda keep, mode: keep if mode == "training" else None),
    ("divided by 1 - p", "Here p is the probability of keeping, not of dropping.",
     lambda keep, mode: 1 / (1 - keep) if mode == "training" else None),
    ("scaled at test time, too", "Inverted dropout has scaled in training already.",
     lambda keep, mode: 1 / keep if mode == "test" else None),
    ("scaled at test time instead", "That is the other form of dropout, not the inverted one.",
     lambda keep, mode: keep if mode == "test" else None),
)  # fmt: skip
scale.witness(lambda keep, mode: dropout([1.0], [1], keep, mode)[0])


@family.part(Real(digits=3), levels=["medium"], marks=2)
def sum_of_inputs(h, w, mask, scale, mode):
    kept = h if mode == "test" else tuple(x * m for x, m in zip(h, mask, strict=True))
    return scale * modes.weighted_sum(w, kept)


sum_of_inputs.slips = rows(
    ("mask at test time", "At test time every unit is kept.",
     lambda h, w, mask, mode: modes.weighted_sum(w, h * mask) if mode == "test" else None),
    ("rescaled at test time", "At test time nothing is rescaled.",
     lambda h, w, keep, mode: modes.weighted_sum(w, h) / keep if mode == "test" else None),
    ("not rescaled", "Kept activations are divided by p in training.",
     lambda sum_of_inputs, keep, mode: sum_of_inputs * keep if mode == "training" else None),
    ("mask ignored", "In training the mask sets activations to 0.",
     lambda h, w, keep, mode: modes.weighted_sum(w, h) / keep if mode == "training" else None),
)  # fmt: skip
sum_of_inputs.witness(lambda h, w, mask, keep, mode: np.dot(w, dropout(h, mask, keep, mode)))


@family.part(Real(digits=3), levels=["medium"], after="sum_of_inputs")
def expected(h, w):
    return modes.weighted_sum(w, h)


expected.slips = rows(
    ("scaled down", "Dividing by p makes up for the dropped units.",
     lambda expected, keep: expected * keep),
    ("scaled up", "A kept activation is larger, but it is not always kept.",
     lambda expected, keep: expected / keep),
)  # fmt: skip


@expected.witness
def _(h, w, keep):
    total = 0.0
    for mask in product([0, 1], repeat=len(h)):
        chance = np.prod([keep if kept else 1 - keep for kept in mask])
        total += chance * np.dot(w, dropout(h, mask, keep, "training"))
    return total


@family.part(Real(digits=3), levels=["easy", "hard"], marks=2)
def value(x, running, gamma, beta, mode, keep):
    output = normalised_in(x, running, gamma, beta, mode)
    return modes.dropped((output,), (1,), keep)[0] if keep != 1 else output


def statistics_of_the_other_mode(x, running, gamma, beta, mode, keep):
    other = "test" if mode == "training" else "training"
    return normalised_in(x, running, gamma, beta, other) / keep


def divided_by_the_variance(x, running, gamma, beta, mode, keep):
    mean, variance = statistics_in(x, running, mode)
    return (gamma * rational(x[0] - mean) / variance + beta) / keep


value.slips = rows(
    ("statistics of the other mode", "Use the statistics that belong to the mode.",
     statistics_of_the_other_mode),
    ("divided by the variance", "Divide by the root of the variance.", divided_by_the_variance),
    ("not scaled and shifted", "Gamma and beta are applied in both modes.",
     lambda x, running, mode, keep: normalised_in(x, running, 1, 0, mode) / keep),
    ("not rescaled", "In training what dropout keeps is divided by p.",
     lambda value, keep: value * keep),
)  # fmt: skip


@value.witness
def _(x, running, gamma, beta, mode, keep):
    first = layer(x, running, gamma, beta, mode)[:1]
    return dropout(first, [1], keep, mode)[0]


@family.part(Real(digits=3), levels=["hard"], marks=2)
def test_value(x, running, gamma, beta):
    return normalised_in(x, running, gamma, beta, "test")


test_value.slips = rows(
    ("batch statistics at test time", "At test time the running averages are used.",
     lambda x, running, gamma, beta: normalised_in(x, running, gamma, beta, "training")),
    ("rescaled at test time", "Inverted dropout has scaled in training already.",
     lambda test_value, keep: test_value / keep),
    ("scaled by p at test time", "That is the other form of dropout, not the inverted one.",
     lambda test_value, keep: test_value * keep),
)  # fmt: skip
test_value.witness(
    lambda x, running, gamma, beta, keep: dropout(
        layer(x, running, gamma, beta, "test")[:1], [1], keep, "test"
    )[0]
)


@family.part(lambda lines: Choice(lines), levels=["hard"])
def missing(lines):
    return lines.index("`model.eval()`")


missing.slips = rows(
    ("training mode", "In training mode the batch's statistics and a mask are used.",
     lambda lines: lines.index("`model.train()`")),
    ("gradients cleared", "Gradients are not computed here, and they change no output.",
     lambda lines: lines.index("`model.zero_grad()`")),
    ("random numbers fixed", "A fixed mask would still drop units.",
     lambda lines: lines.index("`torch.manual_seed(0)`")),
)  # fmt: skip


@missing.witness
def _(lines):
    """The line with which the output for an example does not depend on its batch."""
    batch, found = np.array([[1.0], [4.0], [-2.0]]), []
    for line in lines:
        norm, drop = layers = (engine.BatchNorm1d(1, dtype="float64"), engine.Dropout(0.5))
        drop.mask = np.array([[0.0]])
        LINES[line](layers)
        alone, together = (drop(norm(engine.Tensor(x))).data[0] for x in (batch[:2], batch))
        found.append(bool(np.allclose(alone, together) and alone.all()))
    return found.index(True)


@family.working
def _(x, running, mode, h, mask, keep):
    batch = statistics_in(x, running, "training") if x else ()
    return {
        "batch": batch,
        "used": running if mode == "test" else batch,
        "after": modes.dropped(h, mask, keep) if h else (),
    }
