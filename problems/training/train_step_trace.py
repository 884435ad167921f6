"""Training, step by step: loss, gradients, update, loss again.

Trap: gradients not averaged, the ReLU mask left out, activations kept from before the step.
Reference: Rumelhart, Hinton and Williams (1986); Srivastava et al. (2014), section 10.
Source: S4-01, S4-13, S0-60, S0-61.
"""

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems.training._neuron_step import questions
from partialcredit.problems.training._training_run import trained
from partialcredit.solvers import backprop, training

family = Family(
    conventions=[
        "{% if level == 'easy' %}the loss is $L = -y \\ln a - (1 - y) \\ln(1 - a)$ with the "
        "natural logarithm{% endif %}",
        "{% if level == 'medium' %}the loss of the batch is the mean of $\\frac{1}{2} (\\hat{y} - "
        "y)^2$ over its two examples{% endif %}",
        "{% if level == 'hard' %}the loss of a step is $L = \\frac{1}{2} (\\hat{y} - y)^2$ of its "
        "example{% endif %}",
        "{% if level == 'hard' %}every parameter has a velocity, which starts at 0; a step sets it "
        "to $\\alpha$ times the velocity before minus $\\eta$ times the gradient, and adds it to "
        "the parameter{% endif %}",
    ]
)

NETWORK, TWICE = ["medium", "hard"], ["hard"]


@family.sample
def sample(draw):
    def quarters(count, most=8):
        return [rational(draw.nonzero(-most, most), 4) for _ in range(count)]

    eta = draw.decimal("0.1", "0.2", "0.3", "0.4", "0.5", "0.8")
    drawn = {"masks": [], "p": 0, "alpha": 0}
    if draw.level == "easy":
        x = [[draw.nonzero(-3, 3), draw.nonzero(-3, 3)]]
        return drawn | {"W": [quarters(3)], "u": [], "x": x, "y": [draw.integer(0, 1)], "eta": eta}
    first = draw.by_level(0, 0, draw.integer(0, 1))
    x = [[draw.nonzero(-3, 3), draw.nonzero(-3, 3)] for _ in range(2)]
    W = [quarters(3) for _ in range(2)]
    for t, unit in enumerate((first, 1 - first)):  # every unit has an example that reaches it
        if sum(w * v for w, v in zip(W[unit], (*x[t], 1), strict=True)) < 0:
            W[unit] = [-w for w in W[unit]]
    drawn |= {"W": W, "u": quarters(3), "x": x, "y": [draw.nonzero(-4, 4) for _ in x]}
    if draw.level == "medium":
        return drawn | {"eta": eta / 4}
    return drawn | {
        "eta": eta / 4,
        "masks": [(1 - first, first), (first, 1 - first)],
        "p": draw.decimal("0.2", "0.25", "0.4", "0.5"),
        "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9"),
    }


@family.condition
def _(W, u, x, y, p):
    if not u:  # a saturated neuron would not learn
        return abs(backprop.affine(W, (*x[0], 1))[0]) <= 4
    units = [backprop.affine(W, (*v, 1)) for v in x]
    apart = all(abs(network(W, u, [v], (1, 1))[0] - t) > 1 for v, t in zip(x, y, strict=True))
    return apart and all(map(all, units)) and (p > 0 or min(map(min, units)) < 0)


def network(W, u, xs, scales):
    return [training.forward(W, u, v, scales)[2] for v in xs]


def batch(x, y, masks, p, step=0):
    """The examples of a step, their labels, and the factors of its hidden units."""
    here = slice(step, step + 1)
    return (x[here], y[here], training.scales(masks[step], p)) if p else (x, y, (1, 1))


family.include(questions)


@family.part(Real(digits=4), levels=NETWORK)
def loss(W, u, x, y, masks, p):
    xs, ys, scales = batch(x, y, masks, p)
    return training.half_squared_loss(network(W, u, xs, scales), ys)


def no_relu(W, u, x, y, masks, p):
    xs, ys, scales = batch(x, y, masks, p)
    sums = [[s * a for s, a in zip(scales, backprop.affine(W, (*v, 1)), strict=True)] for v in xs]
    return training.half_squared_loss([backprop.affine([u], (*h, 1))[0] for h in sums], ys)


loss.slips = rows(
    ("twice the loss", "The squared error is halved, and the loss of a batch is a mean, not a sum.",
     lambda loss: 2 * loss),
    ("no ReLU", "Every hidden unit passes its sum through the ReLU.", no_relu),
    ("dropout not rescaled",
     "A unit that is kept is divided by 1 - p.",
     lambda W, u, x, y, masks, p: training.half_squared_loss(network(W, u, x[:1], masks[0]), y[:1]) if p else None),
)  # fmt: skip


@family.part(Array(shape=(2, 3), digits=4), marks=2, levels=NETWORK)
def hidden_gradient(W, u, x, y, masks, p):
    return training.gradients(W, u, *batch(x, y, masks, p))[0]


def mask_left_out(W, u, x, y, masks, p):
    xs, ys, scales = batch(x, y, masks, p)
    errors = [o - t for o, t in zip(network(W, u, xs, scales), ys, strict=True)]
    return backprop.mean_outer([[e * w for w in u[:2]] for e in errors], [(*v, 1) for v in xs])


hidden_gradient.slips = rows(
    ("not averaged", "The loss is a mean, so divide by the batch size.",
     lambda hidden_gradient, p: None if p else scaled(hidden_gradient, 2)),
    ("wrong sign", "The error of the output is the prediction minus y.",
     lambda hidden_gradient: scaled(hidden_gradient, -1)),
    ("mask left out", "A unit that puts out 0 passes no gradient on.", mask_left_out),
)  # fmt: skip


@family.part(Array(shape=(3,), digits=4), levels=NETWORK)
def output_gradient(W, u, x, y, masks, p):
    return training.gradients(W, u, *batch(x, y, masks, p))[1]


output_gradient.slips = rows(
    ("not averaged", "The loss is a mean, so divide by the batch size.",
     lambda output_gradient, p: None if p else tuple(2 * g for g in output_gradient)),
    ("wrong sign", "The error of the output is the prediction minus y.",
     lambda output_gradient: tuple(-g for g in output_gradient)),
    ("label ignored", "The error is the prediction minus the label.",
     lambda W, u, x, y, masks, p: output_gradient.function(W, u, x, (0,) * len(y), masks, p)),
)  # fmt: skip


@family.part(Array(shape=(2, 3), digits=4), levels=NETWORK)
def hidden_updated(W, hidden_gradient, eta):
    return backprop.descend(W, hidden_gradient, eta)


hidden_updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda W, hidden_gradient, eta: backprop.descend(W, hidden_gradient, -eta)),
    ("biases not updated",
     "The biases are learned like the weights.",
     lambda W, hidden_updated: tuple((*row[:2], old[2]) for row, old in zip(hidden_updated, W, strict=True))),
)  # fmt: skip


@family.part(Array(shape=(3,), digits=4), levels=NETWORK)
def output_updated(u, output_gradient, eta):
    return backprop.descend([u], [output_gradient], eta)[0]


output_updated.slips = rows(
    ("went up", "Descent subtracts the learning rate times the gradient.",
     lambda u, output_gradient, eta: backprop.descend([u], [output_gradient], -eta)[0]),
    ("bias not updated", "The bias is learned like the weights.",
     lambda u, output_updated: (*output_updated[:2], u[2])),
)  # fmt: skip


@family.part(Array(shape=(2, 3), digits=4), marks=2, levels=TWICE)
def hidden_second(hidden_updated, output_updated, hidden_gradient, x, y, masks, p, alpha, eta):
    """Both velocities in turn; the first is minus eta times the first gradient."""
    now, _ = training.gradients(hidden_updated, output_updated, *batch(x, y, masks, p, 1))
    return moved(hidden_updated, hidden_gradient, now, alpha, eta)


def velocity_forgotten(hidden_updated, output_updated, hidden_gradient, x, y, masks, p, eta):
    args = hidden_updated, output_updated, hidden_gradient, x, y, masks, p
    return hidden_second.function(*args, 0, eta)


def mask_of_the_first_step(
    hidden_updated, output_updated, hidden_gradient, x, y, masks, p, alpha, eta
):
    args = hidden_updated, output_updated, hidden_gradient, x, y, (masks[0], masks[0]), p
    return hidden_second.function(*args, alpha, eta)


hidden_second.slips = rows(
    ("velocity forgotten",
     "The velocity of the first step still moves a unit dropped in the second.",
     velocity_forgotten),
    ("mask of the first step", "Each step has a mask of its own.", mask_of_the_first_step),
)  # fmt: skip


@family.part(Array(shape=(3,), digits=4), marks=2, levels=TWICE)
def output_second(hidden_updated, output_updated, output_gradient, x, y, masks, p, alpha, eta):
    _, now = training.gradients(hidden_updated, output_updated, *batch(x, y, masks, p, 1))
    return moved([output_updated], [output_gradient], [now], alpha, eta)[0]


def velocity_forgotten_2(hidden_updated, output_updated, output_gradient, x, y, masks, p, eta):
    args = hidden_updated, output_updated, output_gradient, x, y, masks, p
    return output_second.function(*args, 0, eta)


def mask_of_the_first_step_2(
    hidden_updated, output_updated, output_gradient, x, y, masks, p, alpha, eta
):
    args = hidden_updated, output_updated, output_gradient, x, y, (masks[0], masks[0]), p
    return output_second.function(*args, alpha, eta)


output_second.slips = rows(
    ("velocity forgotten", "The velocity of the first step still acts.", velocity_forgotten_2),
    ("mask of the first step", "Each step has a mask of its own.", mask_of_the_first_step_2),
)  # fmt: skip


def moved(parameters, first, second, alpha, eta):
    """The parameters after the second step, from the gradients of both."""
    v = [[0] * len(row) for row in first]
    for g in (first, second):
        v = training.velocity(v, g, alpha, eta)
    return backprop.descend(parameters, v, -1)


@family.part(Real(digits=4), levels=["medium"])
def loss_after(hidden_updated, output_updated, x, y):
    return training.half_squared_loss(network(hidden_updated, output_updated, x, (1, 1)), y)


loss_after.slips = rows(
    ("stale activations", "The hidden activations change with their weights.",
     lambda W, output_updated, x, y: loss_after.function(W, output_updated, x, y)),
    ("loss before the step", "Run the forward pass again with the new parameters.",
     lambda loss: loss),
)  # fmt: skip


@family.part(Real(digits=4), levels=TWICE)
def evaluated(hidden_second, output_second, x, y):
    return training.half_squared_loss(network(hidden_second, output_second, x[:1], (1, 1)), y[:1])


evaluated.slips = rows(
    ("dropout at test time",
     "At test time no unit is dropped and none rescaled.",
     lambda hidden_second, output_second, x, y, masks, p: loss.function(hidden_second, output_second, x, y, masks, p)),
    ("stale activations", "The hidden activations change with their weights.",
     lambda W, output_second, x, y: evaluated.function(W, output_second, x, y)),
)  # fmt: skip


def scaled(rows, factor):
    return tuple(tuple(factor * v for v in row) for row in rows)


def seen(name):
    """The witness of a part: the engine's training loop, which meets every answer on its way."""
    return lambda W, u, x, y, masks, p, alpha, eta: trained(W, u, x, y, masks, p, alpha, eta)[name]


for part in family.parts.values():
    part.witness(seen(part.name))


@family.working
def _(
    W,
    u,
    x,
    y,
    masks,
    p,
    hidden_updated,
    output_updated,
    hidden_second,
    output_second,
    alpha,
    eta,
    hidden_gradient,
    output_gradient,
    updated,
):
    if not u:

        def pass_of(row):
            (z,) = backprop.affine([row], (*x[0], 1))
            return {"z": z, "a": backprop.logistic(z)}

        return {"before": pass_of(W[0]), "after": pass_of(updated)}

    found = {"first": training.passes(W, u, *batch(x, y, masks, p)), "scale": 1 / (1 - rational(p))}
    if not p:
        return found | {"last": training.passes(hidden_updated, output_updated, x, y, (1, 1))}
    second = batch(x, y, masks, p, 1)
    by_W, by_u = training.gradients(hidden_updated, output_updated, *second)
    v_W = training.velocity(scaled(hidden_gradient, -eta), by_W, alpha, eta)
    (v_u,) = training.velocity(scaled([output_gradient], -eta), [by_u], alpha, eta)
    return found | {
        "second": training.passes(hidden_updated, output_updated, *second),
        "last": training.passes(hidden_second, output_second, x[:1], y[:1], (1, 1)),
        "by_W": by_W,
        "by_u": by_u,
        "v_W": v_W,
        "v_u": v_u,
        "old_W": scaled(hidden_gradient, -eta),
        "old_u": scaled([output_gradient], -eta)[0],
    }
