"""Where noisy gradient descent settles.

Trap: leaving out 2 - epsilon lambda, expecting the noise to die out, or to follow epsilon exactly.
Reference: Mandt, Hoffman and Blei (2017), section 3.2; Polyak (1964) for momentum.
Source: S1-113.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import letters, stationary

family = Family(
    conventions=[
        r"$g_t = \lambda \theta_{t-1} + \sigma \xi_t$, where the $\xi_t$ are independent with mean "
        "0 and variance 1",
        "stationary means that a further step does not change the variance",
    ]
)

RATES = [rational(n, 100) for n in (1, 2, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40)]


@family.sample
def sample(draw):
    lam, other = (rational(n, 4) for n in draw.integers(2, 2, 40, distinct=True))
    curvatures = (lam, other) if draw.level == "hard" else (lam,)
    good = [e for e in RATES if all(e * c < rational("1.7") and e * c != 1 for c in curvatures)]
    t = draw.integer(2, 5)  # few enough steps to be told from the stationary state
    good = [e for e in good if draw.level != "easy" or (1 - e * lam) ** (2 * t) > rational(1, 500)]
    epsilon = draw.choice([e for e in good if e * lam > rational(1, 25)])
    own = {"epsilon": epsilon, "lam": lam, "sigma": rational(draw.integer(3, 20), 2)}
    shrink = {"decay": draw.integer(2, 10)}
    more = {"other": other, "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9")}
    return own | draw.by_level({"t": t}, shrink, shrink | more)


LETTERS = {"epsilon": "positive", "lambda": "positive", "sigma": "positive"}


WRONG = (
    ("small rates only",
     "This holds for small rates only: (1 - epsilon lambda)^2 has a square, too.",
     lambda epsilon, lam, sigma: epsilon * sigma**2 / (2 * lam)),
    ("epsilon not squared", "The noise enters the variance with epsilon squared.",
     lambda epsilon, lam, sigma: sigma**2 / (lam * (2 - epsilon * lam))),
    ("factor not squared", "The variance shrinks with the squared factor.",
     lambda epsilon, lam, sigma: epsilon * sigma**2 / lam),
)  # fmt: skip


@family.part(Expression(symbols=LETTERS), marks=3, levels=["hard"])
def formula():
    return letters.formula(stationary.variance, lambda_=letters.symbols("lambda"))


formula.slips = in_letters(*WRONG, lam=letters.symbols("lambda"))
formula.witness(lambda point: settled(point["epsilon"], point["lambda"], point["sigma"]))


@family.part(Real(digits=4), marks=2, levels=["easy"])
def after(epsilon, lam, sigma, t):
    return stationary.variance_after(epsilon, lam, sigma, t)


after.slips = rows(
    ("noise of one step", "Every step so far has added noise.",
     lambda epsilon, sigma: epsilon**2 * sigma**2),
    ("nothing forgotten", "Older noise has shrunk with every step.",
     lambda epsilon, sigma, t: t * epsilon**2 * sigma**2),
    ("stationary already", "The variance still grows.", lambda variance: variance),
    ("factor not squared", "A factor of a variance is squared.",
     lambda epsilon, lam, sigma, t:
         epsilon**2 * sigma**2 * sum((1 - epsilon * lam) ** k for k in range(t))),
)  # fmt: skip
after.witness(lambda epsilon, lam, sigma, t: spreads(epsilon, lam, sigma, t)[-1])


@family.part(Real(digits=4), marks=2)
def variance(epsilon, lam, sigma):
    return stationary.variance(epsilon, lam, sigma)


variance.slips = rows(
    *WRONG,
    ("noise of one step", "Earlier noise has not died out yet: add it.",
     lambda epsilon, sigma: epsilon**2 * sigma**2),
    ("the variance of the gradient", "The learning rate and the curvature scale it.",
     lambda sigma: sigma**2),
)  # fmt: skip
variance.witness(lambda epsilon, lam, sigma: settled(epsilon, lam, sigma))


@family.run
def loss_now(epsilon, lam, sigma):
    return settled_loss(epsilon, lam, sigma)


@family.run
def loss_later(epsilon, decay, lam, sigma):
    return settled_loss(epsilon / decay, lam, sigma)


@family.part(Real(digits=4), after="variance")
def loss(variance, lam):
    return stationary.expected_loss(variance, lam)


loss.slips = rows(
    ("half forgotten", "The loss has the factor 1/2.", lambda loss: 2 * loss),
    ("curvature forgotten", "The loss has the curvature as a factor.",
     lambda variance: variance / 2),
    ("zero", "The mean of the parameter is at the minimum, but it is seldom there.", lambda: 0),
)  # fmt: skip
loss.witness(lambda loss_now: loss_now)


@family.part(Real(digits=4), marks=2, levels=["medium", "hard"])
def later_loss(epsilon, decay, lam, sigma):
    return stationary.expected_loss(stationary.variance(epsilon / decay, lam, sigma), lam)


later_loss.slips = rows(
    ("in proportion", "The loss follows the rate only for small rates.",
     lambda loss, decay: loss / decay),
    ("unchanged", "A smaller rate lets less noise in.", lambda loss: loss),
)  # fmt: skip
later_loss.witness(lambda loss_later: loss_later)


@family.part(Real(digits=4), levels=["medium"], after="later_loss")
def drop(loss, later_loss):
    return loss / later_loss


drop.slips = rows(
    ("inverted", "The loss becomes smaller: divide the old by the new.", lambda drop: 1 / drop),
)  # fmt: skip
drop.witness(lambda loss_now, loss_later: loss_now / loss_later)


@family.part(Real(digits=4), marks=2, levels=["hard"])
def both(loss, epsilon, other, sigma):
    return loss + stationary.expected_loss(stationary.variance(epsilon, other, sigma), other)


both.slips = rows(
    ("one direction", "Both directions add to the loss.", lambda loss: loss),
    ("doubled", "The directions have different curvatures.", lambda loss: 2 * loss),
)  # fmt: skip
both.witness(lambda loss_now, epsilon, other, sigma: loss_now + settled_loss(epsilon, other, sigma))


@family.part(Real(digits=4), marks=2, levels=["hard"])
def with_momentum(epsilon, alpha, lam, sigma):
    return stationary.variance_with_momentum(epsilon, alpha, lam, sigma)


def larger_rate_only(epsilon, alpha, lam, sigma):
    rate = epsilon / (1 - alpha)
    return rate * sigma**2 / (lam * abs(2 - rate * lam)) if rate * lam != 2 else None


with_momentum.slips = rows(
    ("without momentum", "Momentum remembers the noise, too.", lambda variance: variance),
    ("larger rate only", "Momentum is not just a larger learning rate.", larger_rate_only),
)  # fmt: skip


@with_momentum.witness
def _(epsilon, alpha, lam, sigma):
    """The engine's step as a matrix; the noise of all earlier steps is added, doubling them."""
    theta = engine.Tensor(np.array([1.0, 0.0, 0.0]), requires_grad=True)
    stepper = engine.SGD([theta], lr=epsilon, momentum=alpha)
    (buffer,) = stepper.state_of(theta)
    buffer[:] = 0.0, 1.0, 0.0
    theta.grad = lam * theta.data + sigma * np.array([0.0, 0.0, 1.0])
    stepper.step()
    images = np.array([theta.data, *stepper.state_of(theta)])
    step, noise = images[:, :2], images[:, 2:]
    covariance = noise @ noise.T
    for _doubling in range(16):
        covariance, step = covariance + step @ covariance @ step.T, step @ step
    return covariance[0, 0]


def spreads(epsilon, lam, sigma, steps=3):
    """The variances after each step from 0, over all outcomes of two-valued noise."""
    signs = engine.sign_sequences(steps)
    theta = engine.Tensor(np.zeros(signs.shape[1]), requires_grad=True)
    stepper = engine.SGD([theta], lr=epsilon)
    found = []
    for xi in signs:
        theta.grad = lam * theta.data + sigma * xi
        stepper.step()
        found.append(theta.data.var())
    return found


def settled(epsilon, lam, sigma):
    return engine.geometric_limit(spreads(epsilon, lam, sigma))


def settled_loss(epsilon, lam, sigma):
    """The mean loss of two points that have this variance."""
    theta = settled(epsilon, lam, sigma) ** 0.5 * np.array([-1.0, 1.0])
    return np.mean(lam * theta**2 / 2)
