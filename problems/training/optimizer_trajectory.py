"""Where optimizers go on a quadratic.

Trap: the gradient of the start used again, 1/lambda taken for the bound on the learning rate.
Reference: Goodfellow, Bengio and Courville (2016), sections 4.3, 8.3 and 8.5.
Source: S1-89, S1-91, S1-113.
"""

from fractions import Fraction
from math import atan2, copysign, cos, hypot, pi, sin, sqrt

import numpy as np

from partialcredit import engine
from partialcredit.family import Family
from partialcredit.figures import Curve, Mark, Plot
from partialcredit.grading import Array, Choice, Expression, Real
from partialcredit.solvers import adam, adaptive, letters, trajectory

family = Family(
    conventions=[
        "{% if level != 'easy' %}all velocities and accumulators start at 0, and nothing is added "
        "to a denominator{% endif %}",
        "{% if level != 'easy' %}momentum sets $v_t = \\alpha v_{t-1} - \\varepsilon g_t$ and adds "
        "$v_t$ to the point{% endif %}",
        "{% if level != 'easy' %}Adagrad divides $\\varepsilon g_t$ by the root of the sum of all "
        "squared gradients so far, including $g_t^2$, in each coordinate{% endif %}",
        "{% if level == 'hard' %}RMSprop divides by the root of the moving average with "
        "coefficient $\\beta$ instead, without bias correction{% endif %}",
        "{% if level == 'hard' %}Adam has the coefficients $\\beta_1 = \\alpha$ and $\\beta_2 = "
        "\\beta$, with bias correction{% endif %}",
    ]
)

OUTCOMES = (
    "both coordinates approach 0",
    "only $x_1$ approaches 0, and $\\lvert x_2 \\rvert$ grows",
    "only $x_2$ approaches 0, and $\\lvert x_1 \\rvert$ grows",
    "both coordinates grow in absolute value",
)
SETTINGS = ("curvatures", "start", "epsilon", "alpha", "beta")
COMPARED = trajectory.OPTIMIZERS[:3]


@family.sample
def sample(draw):
    epsilon = draw.decimal("0.04", "0.05", "0.08", "0.1", "0.125", "0.2")
    bound = int(2 / epsilon)
    inside = [n for n in range(2, bound) if 2 * n != bound]
    curvatures = [
        draw.choice(inside) if draw.chance(0.5) else draw.integer(bound + 1, bound * 3 // 2)
        for _ in range(2)
    ]
    start = [draw.nonzero(-9, 9), draw.nonzero(-9, 9)]
    if draw.level == "easy":
        return {"curvatures": curvatures, "start": start, "epsilon": epsilon, "alpha": 0, "beta": 0}
    drawn = {
        "start": start,
        "beta": 0,
        "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9"),
    }
    if draw.level == "medium":
        drawn["epsilon"] = draw.decimal("0.05", "0.1", "0.2", "0.25", "0.3", "0.4")
        return drawn | {"curvatures": draw.integers(2, 2, 12, distinct=True)}
    drawn |= {"epsilon": epsilon, "curvatures": curvatures}
    drawn["beta"] = draw.decimal("0.75", "0.8", "0.9", "0.95")
    drawn["optimizers"] = draw.shuffle(trajectory.OPTIMIZERS)
    made = run(draw.choice(trajectory.OPTIMIZERS), **{k: drawn[k] for k in SETTINGS})
    drawn["seen"] = [[Fraction(round(float(v) * 10**3), 10**3) for v in point] for point in made]
    return drawn


def run(optimizer, curvatures, start, epsilon, alpha=0, beta=0):
    return trajectory.path(optimizer, curvatures, start, epsilon, alpha, beta, steps=2)


@family.part(Array(shape=(2, 2), digits=4), marks=2, levels=["easy"])
def points(curvatures, start, epsilon):
    return run("gradient descent", curvatures, start, epsilon)


@family.part(Array(shape=(2,), digits=4), levels=["easy"])
def factors(curvatures, epsilon):
    return trajectory.contraction(curvatures, epsilon)


@family.part(Array(shape=(2,), digits=4), levels=["medium"])
def descended(curvatures, start, epsilon):
    return run("gradient descent", curvatures, start, epsilon)[-1]


@family.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def with_momentum(curvatures, start, epsilon, alpha):
    return run("momentum", curvatures, start, epsilon, alpha)[-1]


@family.part(Array(shape=(2,), digits=4), marks=2, levels=["medium"])
def adapted(curvatures, start, epsilon):
    return run("Adagrad", curvatures, start, epsilon)[-1]


def lowest(curvatures, ends):
    """The index of the end with the smallest function value."""
    values = [sum(c * v * v for c, v in zip(curvatures, end, strict=True)) for end in ends]
    return values.index(min(values))


@family.part(Choice(COMPARED), levels=["medium"])
def best(curvatures, descended, with_momentum, adapted):
    return lowest(curvatures, (descended, with_momentum, adapted))


@family.part(lambda optimizers: Choice(optimizers), marks=2, levels=["hard"])
def identified(optimizers, seen, curvatures, start, epsilon, alpha, beta):
    args = curvatures, start, epsilon, alpha, beta
    return nearest([run(name, *args) for name in optimizers], seen)


def nearest(paths, seen):
    """The index of the path that passes the points seen."""
    far = [
        float(np.abs(np.array(path, dtype=float) - np.array(seen, dtype=float)).max())
        for path in paths
    ]
    return far.index(min(far))


@family.part(Real(digits=4), marks=2, levels=["hard"])
def adam_step(curvatures, start, epsilon, alpha, beta):
    first, second = adam_slopes(curvatures[0], start[0], epsilon)
    return trajectory.last_step("Adam", (first, second), epsilon, alpha, beta)


def adam_slopes(curvature, start, epsilon):
    """Both gradients of Adam in one coordinate; its first step has the length epsilon."""
    return curvature * start, curvature * (start - (epsilon if start > 0 else -epsilon))


@family.part(Choice(OUTCOMES), levels=["easy", "hard"])
def outcome(curvatures, epsilon):
    grows = [abs(f) > 1 for f in trajectory.contraction(curvatures, epsilon)]
    return 2 * grows[0] + grows[1]


@family.part(Real(digits=4))
def bound(curvatures):
    return trajectory.largest_rate([Fraction(c) for c in curvatures])


@family.part(Expression(symbols={"epsilon": "positive", "t": "positive integer"}), levels=["hard"])
def constant():
    return letters.formula(adaptive.constant_gradient_step)


@points.mistake(
    "gradient of the start again", "The second step needs the gradient where it starts."
)
def _(curvatures, start, epsilon):
    steps = [-epsilon * c * x for c, x in zip(curvatures, start, strict=True)]
    return tuple(tuple(x + n * s for x, s in zip(start, steps, strict=True)) for n in (1, 2))


@points.mistake("went up", "Descent subtracts the learning rate times the gradient.")
def _(curvatures, start, epsilon):
    return run("gradient descent", curvatures, start, -epsilon)


@points.mistake("factor 2 in the gradient", "The one half in f cancels the 2 of the derivative.")
def _(curvatures, start, epsilon):
    return run("gradient descent", [2 * c for c in curvatures], start, epsilon)


@factors.mistake("wrong sign", "The new coordinate is the old one minus epsilon lambda times it.")
def _(factors):
    return tuple(2 - f for f in factors)


@factors.mistake("step instead of factor", "Subtract the relative step from 1.")
def _(factors):
    return tuple(1 - f for f in factors)


@descended.mistake("gradient of the start again", "The second step needs a gradient of its own.")
def _(curvatures, start, epsilon):
    return tuple((1 - 2 * epsilon * c) * x for c, x in zip(curvatures, start, strict=True))


@descended.mistake("one step only", "Two steps are asked for.")
def _(curvatures, start, epsilon):
    return run("gradient descent", curvatures, start, epsilon)[0]


@with_momentum.mistake("velocity forgotten", "The second step contains alpha times the first.")
def _(descended):
    return descended


@with_momentum.mistake("first step shrunk", "The first velocity is the whole step of descent.")
def _(curvatures, start, epsilon, alpha):
    return run("momentum", curvatures, start, epsilon * (1 - alpha), alpha)[-1]


@with_momentum.mistake("velocity with the wrong sign", "The old velocity is added, times alpha.")
def _(curvatures, start, epsilon, alpha):
    return run("momentum", curvatures, start, epsilon, -alpha)[-1]


@adapted.mistake("two full steps", "The accumulator keeps the first gradient: the step shrinks.")
def _(start, epsilon):
    return tuple(x - 2 * epsilon * (1 if x > 0 else -1) for x in start)


@adapted.mistake("one step only", "Two steps are asked for.")
def _(start, epsilon):
    return tuple(x - epsilon * (1 if x > 0 else -1) for x in start)


@adapted.mistake("divided by the sum", "Divide by the root of the accumulator.")
def _(curvatures, start, epsilon):
    ends = []
    for c, x in zip(curvatures, start, strict=True):
        first = x - epsilon * Fraction(1, c * x)
        ends.append(first - epsilon * c * first / (c**2 * (x * x + first * first)))
    return tuple(ends)


@best.mistake("largest value", "The smallest value of f is asked for.")
def _(curvatures, descended, with_momentum, adapted):
    return lowest([-c for c in curvatures], (descended, with_momentum, adapted))


@best.mistake("nearest point", "Compare the values of f: a steep coordinate counts for more.")
def _(descended, with_momentum, adapted):
    return lowest((1, 1), (descended, with_momentum, adapted))


@identified.mistake("same first step", "The first step is the same; look at the second one.")
def _(optimizers, identified):
    twins = ("gradient descent", "momentum", "gradient descent"), ("Adagrad", "Adam", "Adagrad")
    for group in twins:
        if optimizers[identified] in group:
            return optimizers.index(group[group.index(optimizers[identified]) + 1])
    return None


@outcome.mistake(
    "bound of one over lambda", "Factors between -1 and 0 converge with changing signs."
)
def _(curvatures, epsilon):
    grows = [f < 0 for f in trajectory.contraction(curvatures, epsilon)]
    return 2 * grows[0] + grows[1]


@outcome.mistake("the sign of the factor", "What counts is whether the factor is below 1 in size.")
def _(outcome):
    return 3 - outcome


@bound.mistake("one over lambda", "A step may overshoot: the factor only has to stay above -1.")
def _(bound):
    return bound / 2


@bound.mistake("smaller curvature", "The steepest coordinate diverges first.")
def _(curvatures):
    return Fraction(2, min(curvatures))


@bound.mistake("mean curvature", "The steepest coordinate alone decides.")
def _(curvatures):
    return Fraction(4, sum(curvatures))


@constant.mistake("grows", "The accumulator only grows, so the steps can only shrink.")
def _():
    return letters.formula(growing)


@constant.mistake("stays", "The accumulator collects t squared gradients.")
def _():
    return letters.formula(staying)


@constant.mistake("one gradient too many", "Step t has seen t gradients.")
def _():
    return letters.formula(late)


@constant.mistake("no root", "Divide by the root of the accumulator.")
def _():
    return letters.formula(rootless)


def growing(epsilon, t):
    return epsilon * t / adaptive.constant_gradient_step(1, t)


def staying(epsilon):
    return epsilon


def late(epsilon, t):
    return adaptive.constant_gradient_step(epsilon, t + 1)


def rootless(epsilon, t):
    return epsilon / t


MAKERS = {
    "gradient descent": lambda p, lr, _alpha, _beta: engine.SGD(p, lr=lr),
    "momentum": lambda p, lr, alpha, _beta: engine.Momentum(p, lr=lr, momentum=alpha),
    "Adagrad": lambda p, lr, _alpha, _beta: engine.Adagrad(p, lr=lr, eps=0),
    "RMSprop": lambda p, lr, _alpha, beta: engine.RMSprop(p, lr=lr, alpha=beta, eps=0),
    "Adam": lambda p, lr, alpha, beta: engine.Adam(p, lr=lr, betas=(alpha, beta), eps=0),
}


def driven(name, curvatures, start, epsilon, alpha=0, beta=0, steps=2):
    """The engine's optimizer on the quadratic itself, gradients by automatic differentiation."""
    point = engine.Tensor(np.array(start, dtype=float), requires_grad=True)
    weights = engine.Tensor(np.array(curvatures, dtype=float) / 2)
    optimizer = MAKERS[name]([point], float(epsilon), float(alpha), float(beta))
    path = []
    while len(path) < steps:
        optimizer.zero_grad()
        (weights * point * point).sum().backward()
        optimizer.step()
        path.append(point.data.copy())
    return np.array(path)


@adam_step.mistake("no bias correction", "Both moments are divided by 1 minus a power.")
def _(curvatures, start, epsilon, alpha, beta):
    slopes = adam_slopes(curvatures[0], start[0], epsilon)
    m = adam.moving_average(slopes, alpha)
    return adam.update(m, adam.moving_average([g * g for g in slopes], beta), epsilon, 0)


@adam_step.mistake("powers of the first step", "In the second step the powers have exponent 2.")
def _(curvatures, start, epsilon, alpha, beta):
    slopes = adam_slopes(curvatures[0], start[0], epsilon)
    m = adam.corrected(adam.moving_average(slopes, alpha), alpha, 1)
    v = adam.corrected(adam.moving_average([g * g for g in slopes], beta), beta, 1)
    return adam.update(m, v, epsilon, 0)


@adam_step.mistake("no root", "The step divides by the root of the second moment.")
def _(curvatures, start, epsilon, alpha, beta):
    slopes = adam_slopes(curvatures[0], start[0], epsilon)
    m = adam.corrected(adam.moving_average(slopes, alpha), alpha, 2)
    v = adam.corrected(adam.moving_average([g * g for g in slopes], beta), beta, 2)
    return adam.update(m, v * v, epsilon, 0)


@adam_step.witness
def _(curvatures, start, epsilon, alpha, beta):
    path = driven("Adam", curvatures, start, epsilon, alpha, beta)
    return path[1, 0] - path[0, 0]


@points.witness
def _(curvatures, start, epsilon):
    return driven("gradient descent", curvatures, start, epsilon)


@factors.witness
def _(curvatures, start, epsilon):
    return driven("gradient descent", curvatures, start, epsilon, steps=1)[0] / start


@descended.witness
def _(curvatures, start, epsilon):
    return driven("gradient descent", curvatures, start, epsilon)[-1]


@with_momentum.witness
def _(curvatures, start, epsilon, alpha):
    return driven("momentum", curvatures, start, epsilon, alpha)[-1]


@adapted.witness
def _(curvatures, start, epsilon):
    return driven("Adagrad", curvatures, start, epsilon)[-1]


@best.witness
def _(curvatures, start, epsilon, alpha):
    ends = [driven(name, curvatures, start, epsilon, alpha)[-1] for name in COMPARED]
    return int(np.argmin(np.square(ends) @ np.array(curvatures)))


@identified.witness
def _(optimizers, seen, curvatures, start, epsilon, alpha, beta):
    paths = [driven(name, curvatures, start, epsilon, alpha, beta) for name in optimizers]
    return nearest(paths, seen)


@outcome.witness
def _(curvatures, start, epsilon):
    path = np.abs(driven("gradient descent", curvatures, start, epsilon, steps=6))
    return int(2 * (path[-1, 0] > path[0, 0]) + (path[-1, 1] > path[0, 1]))


@bound.witness
def _(curvatures, start):
    """The rate at which the faster coordinate lands on its mirror image; steps scale with it."""
    step = driven("gradient descent", curvatures, start, 1, steps=1)[0] - start
    return float(np.min(-2 * np.array(start) / step))


@constant.witness
def _(point):
    t = point["t"]
    path = engine.optimizer_path(
        lambda p: engine.Adagrad(p, lr=point["epsilon"], eps=0), np.full((t, 1), 1.7)
    )
    return float(abs(path[t] - path[t - 1])[0])


@family.working
def _(curvatures, start, epsilon, level, descended, with_momentum, adapted, alpha, beta):
    if level == "easy":
        return {}
    ends = (descended, with_momentum, adapted) if adapted else ()
    first = run("gradient descent", curvatures, start, epsilon)[0]
    adagrad = run("Adagrad", curvatures, start, epsilon)[0]
    moments = {}
    if level == "hard":
        slopes = adam_slopes(curvatures[0], start[0], epsilon)
        m, v = (
            adam.moving_average(slopes, alpha),
            adam.moving_average([g * g for g in slopes], beta),
        )
        hats = adam.corrected(m, alpha, 2), adam.corrected(v, beta, 2)
        moments = {"slopes_1": slopes, "m": m, "v": v, "m_hat": hats[0], "v_hat": hats[1]}
    return moments | {
        "values": [
            sum(c * v * v for c, v in zip(curvatures, end, strict=True)) * Fraction(1, 2)
            for end in ends
        ],
        "first": first,
        "gradients": [c * x for c, x in zip(curvatures, start, strict=True)],
        "slopes": [c * x for c, x in zip(curvatures, first, strict=True)],
        "adagrad": adagrad,
        "ada_slopes": [c * x for c, x in zip(curvatures, adagrad, strict=True)],
    }


def frame(places, margin):
    """The lower left and the upper right corner of a frame around places."""
    low, high = [], []
    for values in zip(*places, strict=True):
        least, most = min(values), max(values)
        low.append(least - margin * (most - least))
        high.append(most + margin * (most - least))
    return low, high


def level_lines(curvatures, corners):
    """Ellipses through a frame, as far as they can be seen in it; f is half the squared radius."""
    root = [sqrt(c) for c in curvatures]
    low, high = ([r * x for r, x in zip(root, corner, strict=True)] for corner in corners)
    nearest = [min(max(0.0, a), b) for a, b in zip(low, high, strict=True)]
    edges = [(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])]
    inner, outer = hypot(*nearest), max(hypot(*edge) for edge in edges)
    middle = atan2(low[1] + high[1], low[0] + high[0])
    turns = [(atan2(y, x) - middle + pi) % (2 * pi) - pi for x, y in edges] if inner else [-pi, pi]
    first, last = middle + min(turns), middle + max(turns)
    angles = [first + (last - first) * n / 48 for n in range(49)]
    circle = [(cos(t) / root[0], sin(t) / root[1]) for t in angles]
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        radius = inner + (outer - inner) * share
        yield Curve([(radius * x, radius * y) for x, y in circle], style="thin")


def plotted(alt, curvatures, corners, start, paths):
    """Level lines of f, and paths by the names of their optimizers."""
    steps = [
        Curve((start, *path), rf"\text{{{name}}}" if name else "", "steps")
        for name, path in paths.items()
    ]
    return Plot(
        f"Level lines of f, which are ellipses around 0, with {alt}.",
        (*level_lines(curvatures, corners), *steps),
        (Mark(start, r"\text{start}"),),
        "x_1",
        "x_2",
        corners,
    )


def told(name, start, path):
    points = " to ".join(f"({x:.4g}, {y:.4g})" for x, y in (start, *path))
    return f"the path {f'of {name} ' if name else ''}from {points}"


@family.figure
def _(level, curvatures, start, epsilon, points, descended, with_momentum, adapted, seen):
    start = [float(x) for x in start]
    if level == "hard":
        seen = [[float(x) for x in point] for point in seen]
        corners = frame([start, *seen], 0.25)
        return plotted(told("", start, seen), curvatures, corners, start, {"": seen})
    rate = float(epsilon)
    down = [x - rate * c * x for c, x in zip(curvatures, start, strict=True)]
    even = [x - copysign(rate, x) for x in start]
    ends = [points[-1]] if level == "easy" else [descended, with_momentum, adapted]
    paths = {
        name: (first, [float(x) for x in end])
        for name, first, end in zip(COMPARED, (down, down, even), ends, strict=False)
    }
    alt = ", ".join(told(name, start, path) for name, path in paths.items())
    shown = paths if level == "medium" else {"": paths["gradient descent"]}
    places = [(s * x, s * y) for s in (-1, 1) for path in paths.values() for x, y in (start, *path)]
    near = frame([start, [-x for x in start]], 0.15)
    begin = f"the start at ({start[0]:g}, {start[1]:g})"
    return [
        plotted(begin, curvatures, near, start, {}),
        plotted(alt, curvatures, frame(places, 0.1), start, shown),
    ]
