"""Nesterov momentum on a parabola.

Trap: taking the gradient at the old point, adding it, or looking ahead by the whole velocity.
Reference: Sutskever et al. (2013), equations 3 and 4.
Source: S0-88, S1-70.
"""

from types import SimpleNamespace

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.solvers import letters, nesterov

family = Family(
    version=2,
    conventions=[
        r"$v_t = \alpha v_{t-1} - \eta \nabla J(\theta_{t-1} + \alpha v_{t-1})$ and "
        r"$\theta_t = \theta_{t-1} + v_t$",
        r"{% if level == 'hard' %}the look-ahead points are "
        r"$\tilde{\theta}_t = \theta_t + \alpha v_t${% endif %}",
    ],
)


@family.sample
def sample(draw):
    c, theta_0 = draw.sample([n for n in range(-5, 6) if n], 2)
    return {
        "h": draw.integer(1, 5),
        "c": c,
        "theta_0": theta_0,
        "v_0": draw.choice([-1, 1]) * draw.decimal("0.2", "0.3", "0.4", "0.5", "0.6", "0.8"),
        "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9"),
        "eta": draw.decimal("0.01", "0.02", "0.05", "0.1"),
    }


@family.run
def run(h, c, theta_0, v_0, alpha, eta):
    """Two steps of the engine: points of the gradients, the gradients, the positions."""
    theta = engine.Tensor([theta_0], dtype="float64", requires_grad=True)
    stepper = engine.Momentum([theta], eta, alpha, nesterov=True)
    stepper.state_of(theta)[0][:] = v_0
    points, slopes, path = [], [], [theta_0]
    for _step in range(2):
        stepper.look_ahead()
        stepper.zero_grad()
        points.append(float(theta.data[0]))
        (h * (theta - c) ** 2).sum().backward()
        slopes.append(float(theta.grad[0]))
        stepper.step()
        path.append(float(theta.data[0]))
    return SimpleNamespace(points=points, slopes=slopes, path=path)


@family.part(Real(digits=3))
def ahead(theta_0, v_0, alpha):
    return nesterov.look_ahead(theta_0, v_0, alpha)


ahead.slips = rows(
    ("the whole velocity", "Look ahead by alpha times the velocity.",
     lambda theta_0, v_0: theta_0 + v_0),
    ("looked back", "The velocity is added: it already points downhill.",
     lambda theta_0, v_0, alpha: theta_0 - alpha * v_0),
    ("did not look ahead", "Nesterov's gradient is taken at the point ahead.",
     lambda theta_0: theta_0),
)  # fmt: skip
ahead.witness(lambda run: run.points[0])


@family.part(Real(digits=3), after="ahead")
def gradient(h, c, ahead):
    return nesterov.slope(h, c, ahead)


gradient.slips = rows(
    ("no factor 2", "The derivative of the square brings a factor 2.",
     lambda gradient: gradient / 2),
    ("did not look ahead",
     "Nesterov's gradient is taken at the point ahead.",
     lambda h, c, theta_0: nesterov.slope(h, c, theta_0)),
    ("wrong sign", "The derivative has the sign of theta minus the minimum.",
     lambda gradient: -gradient),
    ("minimum left out", "The distance from the minimum is what counts.",
     lambda h, ahead: nesterov.slope(h, 0, ahead)),
)  # fmt: skip
gradient.witness(lambda run: run.slopes[0])


@family.part(Real(digits=3), marks=2)
def v_1(v_0, gradient, alpha, eta):
    return nesterov.velocity(v_0, gradient, alpha, eta)


v_1.slips = rows(
    ("gradient added", "The gradient is subtracted: the velocity goes downhill.",
     lambda v_0, gradient, alpha, eta: nesterov.velocity(v_0, -gradient, alpha, eta)),
    ("velocity not scaled", "The old velocity is multiplied by alpha.",
     lambda v_0, gradient, eta: nesterov.velocity(v_0, gradient, 1, eta)),
    ("learning rate left out", "The gradient is multiplied by the learning rate.",
     lambda v_0, gradient, alpha: nesterov.velocity(v_0, gradient, alpha, 1)),
    ("velocity left out", "The old velocity, times alpha, belongs to the new one.",
     lambda gradient, eta: -eta * gradient),
)  # fmt: skip
v_1.witness(lambda run: run.path[1] - run.path[0])


@family.part(Real(digits=3))
def theta_1(theta_0, v_1):
    return theta_0 + v_1


theta_1.slips = rows(
    ("from the look-ahead point", "The step starts at the old parameter.",
     lambda ahead, v_1: ahead + v_1),
    ("velocity subtracted", "The minus sign is already inside v: add it.",
     lambda theta_0, v_1: theta_0 - v_1),
    ("old velocity", "Move by the velocity just computed.", lambda theta_0, v_0: theta_0 + v_0),
)  # fmt: skip
theta_1.witness(lambda run: run.path[1])


@family.part(Real(digits=3), marks=2, levels=["medium", "hard"])
def v_2(h, c, theta_1, v_1, alpha, eta):
    slope = nesterov.slope(h, c, nesterov.look_ahead(theta_1, v_1, alpha))
    return nesterov.velocity(v_1, slope, alpha, eta)


v_2.slips = rows(
    ("plain momentum", "Nesterov's gradient is taken at the point ahead.",
     lambda h, c, theta_1, v_1, alpha, eta:
         nesterov.velocity(v_1, nesterov.slope(h, c, theta_1), alpha, eta)),
    ("first gradient kept", "The point has moved: take the gradient afresh.",
     lambda v_1, gradient, alpha, eta: nesterov.velocity(v_1, gradient, alpha, eta)),
    ("no factor 2", "The derivative of the square brings a factor 2.",
     lambda h, c, theta_1, v_1, alpha, eta: nesterov.velocity(
         v_1, nesterov.slope(h, c, nesterov.look_ahead(theta_1, v_1, alpha)) / 2, alpha, eta)),
    ("gradient added", "The gradient is subtracted: the velocity goes downhill.",
     lambda v_1, v_2, alpha: 2 * alpha * v_1 - v_2),
    ("velocity not scaled", "The old velocity is multiplied by alpha.",
     lambda v_1, v_2, alpha: v_2 + (1 - alpha) * v_1),
)  # fmt: skip
v_2.witness(lambda run: run.path[2] - run.path[1])


@family.part(Real(digits=3), levels=["medium", "hard"])
def theta_2(theta_1, v_2):
    return theta_1 + v_2


theta_2.slips = rows(
    ("velocity subtracted", "The minus sign is already inside v: add it.",
     lambda theta_1, v_2: theta_1 - v_2),
    ("from the first point", "The step starts at theta_1.",
     lambda theta_0, v_2: theta_0 + v_2 if v_2 else None),
)  # fmt: skip
theta_2.witness(lambda run: run.path[2])


@family.part(
    Expression(symbols={"alpha": "unit", "v_0": "real", "v_1": "real"}), marks=2, levels=["hard"]
)
def change():
    return letters.formula(nesterov.shifted_change)


change.slips = rows(
    ("change of theta only", "The part alpha v of the look-ahead point changes, too.",
     lambda: letters.symbols("v_1")),
    ("order reversed", "The new velocity minus the old one, in this order.",
     lambda: letters.formula(lambda alpha, v_0, v_1: v_1 + alpha * (v_0 - v_1))),
)  # fmt: skip


@change.witness
def _(point):
    """Gradients that give the velocity v_0 and then v_1."""
    alpha, v_0, v_1 = point["alpha"], point["v_0"], point["v_1"]
    path = in_shifted_form(alpha, [-v_0, alpha * v_0 - v_1])
    return path[2] - path[1]


@family.part(Real(digits=3), levels=["hard"])
def shifted(theta_2, v_2, alpha):
    return nesterov.look_ahead(theta_2, v_2, alpha)


shifted.slips = rows(
    ("opposite shift", "The look-ahead point is theta plus alpha v.",
     lambda theta_2, v_2, alpha: theta_2 - alpha * v_2),
    ("the whole velocity", "Look ahead by alpha times the velocity.",
     lambda theta_2, v_2: theta_2 + v_2),
)  # fmt: skip


@shifted.witness
def _(v_0, alpha, eta, run):
    """The other form on the same gradients, after a step that gives the first velocity."""
    path = in_shifted_form(alpha, [-v_0 / eta, *run.slopes], rate=eta)
    return run.points[0] + path[3] - path[1]


def in_shifted_form(alpha, gradients, rate=1.0):
    """The engine's other form of the method, whose parameter is the look-ahead point."""
    return engine.optimizer_path(
        lambda p: engine.SGD(p, lr=rate, momentum=alpha, nesterov=True), gradients
    )


@family.working
def _(h, c, theta_1, v_1, alpha):
    point = nesterov.look_ahead(theta_1, v_1, alpha)
    return {"next_ahead": point, "next_gradient": nesterov.slope(h, c, point)}
