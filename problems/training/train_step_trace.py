"""Training, step by step: loss, gradients, update, loss again.

Trap: gradients not averaged, the ReLU mask left out, activations kept from before the step.
Reference: Rumelhart, Hinton and Williams (1986); Srivastava et al. (2014), section 10.
Source: S4-01, S4-13, S0-60, S0-61.
"""

from fractions import Fraction

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot, each, freeze
from partialcredit.problems.training._neuron_step import questions
from partialcredit.problems.training._training_run import trained
from partialcredit.solvers import backprop, training

family = Family(
    version=3,
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
    ],
)

NETWORK, TWICE = ["medium", "hard"], ["hard"]


@family.sample
def sample(draw):
    def quarters(count, most=8):
        return [rational(draw.nonzero(-most, most), 4) for _ in range(count)]

    def halves(count):
        return [rational(draw.nonzero(-3, 3), 2) for _ in range(count)]

    eta = draw.decimal("0.1", "0.2", "0.3", "0.4", "0.5", "0.8")
    drawn = {"masks": [], "p": 0, "alpha": 0}
    if draw.level == "easy":
        x = [[draw.nonzero(-3, 3), draw.nonzero(-3, 3)]]
        return drawn | {"W": [quarters(3)], "u": [], "x": x, "y": [draw.integer(0, 1)], "eta": eta}
    first = draw.by_level(0, 0, draw.integer(0, 1))
    x = [[draw.nonzero(-2, 2), draw.nonzero(-2, 2)] for _ in range(2)]
    W = [halves(3) for _ in range(2)]
    for t, unit in enumerate((first, 1 - first)):  # every unit has an example that reaches it
        if dot(W[unit], (*x[t], 1)) < 0:
            W[unit] = [-w for w in W[unit]]
    drawn |= {"W": W, "u": halves(3), "x": x, "y": [draw.nonzero(-4, 4) for _ in x]}
    if draw.level == "medium":
        return drawn | {"eta": draw.decimal("0.1", "0.2")}
    return drawn | {
        "eta": draw.decimal("0.05", "0.1", "0.2"),
        "masks": [(1 - first, first), (first, 1 - first)],
        "p": draw.decimal("0.2", "0.5"),
        "alpha": draw.decimal("0.5", "0.8", "0.9"),
    }


family.include(questions)
family.run(trained)


@family.derive
def steps(x, y, masks, p):
    """The examples of every step, their labels, and the factors of its hidden units."""
    if not p:
        return [(x, y, (1, 1))]
    return [([x[t]], [y[t]], training.scales(mask, p)) for t, mask in enumerate(masks)]


@family.condition
def _(W, u, x, y, p):
    if not u:  # a saturated neuron would not learn
        return abs(backprop.affine(W, (*x[0], 1))[0]) <= 4
    units = [backprop.affine(W, (*v, 1)) for v in x]
    apart = all(1 < abs(error) < 6 for error in training.outputs(W, u, x, (1, 1)) - y)
    return apart and all(map(all, units)) and (p > 0 or min(map(min, units)) < 0)


@family.condition
def _(W, u, steps, eta):
    """The first step makes the loss smaller, and leaves no large error for the second one."""
    if not u:
        return True
    by_W, by_u = map(freeze, training.gradients(W, u, *steps[0]))
    now_W, now_u = W - eta * by_W, u - eta * by_u
    xs, ys, scales = steps[-1]
    errors = training.outputs(now_W, now_u, xs, scales) - ys
    falls = training.loss(now_W, now_u, *steps[0]) < training.loss(W, u, *steps[0])
    return falls and all(abs(error) < 5 for error in errors)


@family.part(Real(digits=3), levels=NETWORK)
def loss(W, u, steps):
    return training.loss(W, u, *steps[0])


def no_relu(W, u, steps):
    xs, ys, scales = steps[0]
    hidden = [scales * backprop.affine(W, (*v, 1)) for v in xs]
    return training.half_squared_loss([dot(u, (*h, 1)) for h in hidden], ys)


loss.slips = rows(
    ("twice the loss", "The loss is the mean of the halved squared errors.",
     lambda loss: 2 * loss),
    ("no ReLU", "Every hidden unit passes its sum through the ReLU.", no_relu),
    ("dropout not rescaled", "A unit that is kept is divided by 1 - p.",
     lambda W, u, x, y, masks, p: training.loss(W, u, x[:1], y[:1], masks[0]) if p else None),
)  # fmt: skip
loss.witness(lambda trained: trained.losses[0])


@family.part(Array(shape=(2, 3), digits=3), marks=2, levels=NETWORK)
def hidden_gradient(W, u, steps):
    return training.gradients(W, u, *steps[0])[0]


def mask_left_out(W, u, steps):
    xs, ys, scales = steps[0]
    errors = training.outputs(W, u, xs, scales) - ys
    return backprop.mean_outer([e * u[:2] for e in errors], [(*v, 1) for v in xs])


hidden_gradient.slips = rows(
    ("not averaged", "The loss is the mean of the halved squared errors.",
     lambda hidden_gradient, p: None if p else 2 * hidden_gradient, Fraction(1, 2)),
    ("wrong sign", "The error of the output is the prediction minus y.",
     lambda hidden_gradient: -hidden_gradient),
    ("mask left out", "A unit whose output is 0 passes no gradient on.", mask_left_out),
)  # fmt: skip
hidden_gradient.witness(lambda trained: trained.gradients[0][0])


@family.part(Array(shape=(3,), digits=3), levels=NETWORK)
def output_gradient(W, u, steps):
    return training.gradients(W, u, *steps[0])[1]


def label_ignored(W, u, steps):
    xs, ys, scales = steps[0]
    return training.gradients(W, u, xs, 0 * ys, scales)[1]


output_gradient.slips = rows(
    ("not averaged", "The loss is the mean of the halved squared errors.",
     lambda output_gradient, p: None if p else 2 * output_gradient),
    ("wrong sign", "The error of the output is the prediction minus y.",
     lambda output_gradient: -output_gradient),
    ("label ignored", "The error is the prediction minus the label.", label_ignored),
)  # fmt: skip
output_gradient.witness(lambda trained: trained.gradients[0][1][0])


@family.part(Array(shape=(2, 3), digits=3), levels=NETWORK)
def hidden_updated(W, hidden_gradient, eta):
    return W - eta * hidden_gradient


hidden_updated.slips = rows(
    ("biases not updated", "The biases are learned like the weights.",
     lambda W, hidden_updated: each(lambda row, old: (*row[:2], old[2]), hidden_updated, W)),
)  # fmt: skip
hidden_updated.witness(lambda trained: trained.states[0][0])


@family.part(Array(shape=(3,), digits=3), levels=NETWORK)
def output_updated(u, output_gradient, eta):
    return u - eta * output_gradient


output_updated.slips = rows(
    ("bias not updated", "The bias is learned like the weights.",
     lambda u, output_updated: (*output_updated[:2], u[2])),
)  # fmt: skip
output_updated.witness(lambda trained: trained.states[0][1][0])


@family.derive
def same_mask(steps):
    """The second step with the mask of the first."""
    return (*steps[1][:2], steps[0][2])


@family.part(Array(shape=(2, 3), digits=3), marks=2, levels=TWICE)
def hidden_second(hidden_updated, output_updated, hidden_gradient, steps, alpha, eta):
    """The velocity of the first step is minus eta times its gradient."""
    now, _ = training.gradients(hidden_updated, output_updated, *steps[1])
    return hidden_updated - eta * (alpha * hidden_gradient + now)


hidden_second.slips = rows(
    ("velocity forgotten",
     "The velocity of the first step still moves a unit dropped in the second.",
     lambda hidden_second, hidden_gradient, alpha, eta:
         hidden_second + alpha * eta * hidden_gradient),
    ("mask of the first step", "Each step has a mask of its own.",
     lambda hidden_updated, output_updated, hidden_gradient, steps, same_mask, alpha, eta:
         hidden_second.function(hidden_updated, output_updated, hidden_gradient,
                                (steps[0], same_mask), alpha, eta)),
)  # fmt: skip
hidden_second.witness(lambda trained: trained.states[-1][0])


@family.part(Array(shape=(3,), digits=3), marks=2, levels=TWICE)
def output_second(hidden_updated, output_updated, output_gradient, steps, alpha, eta):
    _, now = training.gradients(hidden_updated, output_updated, *steps[1])
    return output_updated - eta * (alpha * output_gradient + now)


output_second.slips = rows(
    ("velocity forgotten", "The velocity of the first step still acts.",
     lambda output_second, output_gradient, alpha, eta:
         output_second + alpha * eta * output_gradient),
    ("mask of the first step", "Each step has a mask of its own.",
     lambda hidden_updated, output_updated, output_gradient, steps, same_mask, alpha, eta:
         output_second.function(hidden_updated, output_updated, output_gradient,
                                (steps[0], same_mask), alpha, eta)),
)  # fmt: skip
output_second.witness(lambda trained: trained.states[-1][1][0])


@family.part(Real(digits=3), levels=["medium"])
def loss_after(hidden_updated, output_updated, x, y):
    return training.loss(hidden_updated, output_updated, x, y, (1, 1))


loss_after.slips = rows(
    ("stale activations", "The hidden activations change with their weights.",
     lambda W, output_updated, x, y: training.loss(W, output_updated, x, y, (1, 1))),
    ("loss before the step", "Run the forward pass again with the new parameters.",
     lambda loss: loss),
    ("twice the loss", "The loss is the mean of the halved squared errors.",
     lambda loss_after: 2 * loss_after),
)  # fmt: skip
loss_after.witness(lambda trained: trained.after)


@family.part(Real(digits=3), levels=TWICE)
def evaluated(hidden_second, output_second, x, y):
    return training.loss(hidden_second, output_second, x[:1], y[:1], (1, 1))


evaluated.slips = rows(
    ("dropout at test time", "At test time no unit is dropped and none rescaled.",
     lambda hidden_second, output_second, steps:
         training.loss(hidden_second, output_second, *steps[0])),
    ("stale activations", "The hidden activations change with their weights.",
     lambda W, output_second, x, y: training.loss(W, output_second, x[:1], y[:1], (1, 1))),
)  # fmt: skip
evaluated.witness(lambda trained: trained.after)


def neuron(weights, inputs):
    z = dot(weights, inputs)
    return {"z": z, "a": backprop.logistic(z)}


@family.working
def _(
    W, u, x, y, p, eta, level, inputs, steps, updated, hidden_gradient, output_gradient,
    hidden_updated, output_updated, hidden_second, output_second,
):  # fmt: skip
    if level == "easy":
        return {"before": neuron(W[0], inputs), "after": neuron(updated, inputs)}
    first = training.passes(W, u, *steps[0])
    if level == "medium":
        last = training.passes(hidden_updated, output_updated, x, y, (1, 1))
        return {"first": first, "last": last}
    by_W, by_u = training.gradients(hidden_updated, output_updated, *steps[1])
    return {
        "first": first,
        "scale": 1 / (1 - p),
        "second": training.passes(hidden_updated, output_updated, *steps[1]),
        "last": training.passes(hidden_second, output_second, x[:1], y[:1], (1, 1)),
        "by_W": by_W,
        "by_u": by_u,
        "v_W": hidden_second - hidden_updated,
        "v_u": output_second - output_updated,
        "old_W": -eta * hidden_gradient,
        "old_u": -eta * output_gradient,
    }
