"""Where noisy gradient descent settles.

Trap: leaving out 2 - eta lambda, expecting the noise to die out, or to follow eta exactly.
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
    version=3,
    conventions=[
        r"$g_t = \lambda \theta_{t-1} + \sigma \xi_t$, where the $\xi_t$ are independent with mean "
        "0 and variance 1",
        "stationary means that a further step does not change the variance",
    ],
)

RATES = [rational(n, 100) for n in (1, 2, 4, 5, 8, 10, 12, 15, 20, 25, 30, 40)]


@family.sample
def sample(draw):
    lam, other = (rational(n, 4) for n in draw.integers(2, 2, 40, distinct=True))
    curvatures = (lam, other) if draw.level == "hard" else (lam,)
    good = [e for e in RATES if all(e * c < rational("1.7") and e * c != 1 for c in curvatures)]
    t = draw.integer(2, 5)  # few enough steps to be told from the stationary state
    good = [
        e for e in good if draw.level != "medium" or (1 - e * lam) ** (2 * t) > rational(1, 500)
    ]
    eta = draw.choice([e for e in good if e * lam > rational(1, 25)])
    own = {"eta": eta, "lam": lam, "sigma": rational(draw.integer(3, 40), 2)}
    shrink = {"decay": draw.integer(2, 10)}
    more = {"other": other, "alpha": draw.decimal("0.5", "0.6", "0.7", "0.8", "0.9")}
    return own | draw.by_level({}, shrink | {"t": t}, shrink | more)


LETTERS = {"eta": "positive", "lambda": "positive", "sigma": "positive"}


WRONG = (
    ("small rates only",
     "This holds for small rates only: (1 - eta lambda)^2 has a square, too.",
     lambda eta, lam, sigma: eta * sigma**2 / (2 * lam)),
    ("eta not squared", "The noise enters the variance with eta squared.",
     lambda eta, lam, sigma: sigma**2 / (lam * (2 - eta * lam))),
    ("factor not squared", "The variance shrinks with the squared factor.",
     lambda eta, lam, sigma: eta * sigma**2 / lam),
)  # fmt: skip


@family.part(Expression(symbols=LETTERS), marks=3, levels=["hard"])
def formula():
    return letters.formula(stationary.variance, lambda_=letters.symbols("lambda"))


formula.slips = in_letters(*WRONG, lam=letters.symbols("lambda"))
formula.witness(lambda point: settled(point["eta"], point["lambda"], point["sigma"]))


@family.part(Real(digits=3), marks=2, levels=["medium"])
def after(eta, lam, sigma, t):
    return stationary.variance_after(eta, lam, sigma, t)


after.slips = rows(
    ("noise of one step", "Every step so far has added noise.",
     lambda eta, sigma: eta**2 * sigma**2),
    ("nothing forgotten", "Older noise has shrunk with every step.",
     lambda eta, sigma, t: t * eta**2 * sigma**2),
    ("stationary already", "The variance still grows.", lambda variance: variance),
    ("factor not squared", "A factor of a variance is squared.",
     lambda eta, lam, sigma, t:
         eta**2 * sigma**2 * sum((1 - eta * lam) ** k for k in range(t))),
)  # fmt: skip
after.witness(lambda eta, lam, sigma, t: spreads(eta, lam, sigma, t)[-1])


@family.part(Real(digits=3), marks=2)
def variance(eta, lam, sigma):
    return stationary.variance(eta, lam, sigma)


variance.slips = rows(
    *WRONG,
    ("noise of one step", "Earlier noise has not died out yet: add it.",
     lambda eta, sigma: eta**2 * sigma**2),
    ("the variance of the gradient", "The learning rate and the curvature scale it.",
     lambda sigma: sigma**2),
    ("sigma not squared", "A variance has the standard deviation squared.",
     lambda variance, sigma: variance / sigma),
)  # fmt: skip
variance.witness(lambda eta, lam, sigma: settled(eta, lam, sigma))


@family.run
def loss_now(eta, lam, sigma):
    return settled_loss(eta, lam, sigma)


@family.run
def loss_later(eta, decay, lam, sigma):
    return settled_loss(eta / decay, lam, sigma)


@family.part(Real(digits=3), after="variance")
def loss(variance, lam):
    return stationary.expected_loss(variance, lam)


loss.slips = rows(
    ("half forgotten", "The loss has the factor 1/2.", lambda loss: 2 * loss),
    ("curvature forgotten", "The loss has the curvature as a factor.",
     lambda variance: variance / 2),
    ("zero", "The mean of the parameter is at the minimum, but it is seldom there.", lambda: 0),
)  # fmt: skip
loss.witness(lambda loss_now: loss_now)


@family.part(Real(digits=3), marks=2, levels=["medium", "hard"])
def later_loss(eta, decay, lam, sigma):
    return stationary.expected_loss(stationary.variance(eta / decay, lam, sigma), lam)


later_loss.slips = rows(
    ("in proportion", "The loss follows the rate only for small rates.",
     lambda loss, decay: loss / decay),
    ("unchanged", "A smaller rate lets less noise in.", lambda loss: loss),
    ("half forgotten", "The loss has the factor 1/2.", lambda later_loss: 2 * later_loss),
    ("by the square", "A smaller rate lowers the variance about in proportion.",
     lambda loss, decay: loss / decay**2),
)  # fmt: skip
later_loss.witness(lambda loss_later: loss_later)


@family.part(Real(digits=3), levels=["medium"], after="later_loss")
def drop(loss, later_loss):
    return loss / later_loss


drop.slips = rows(
    ("inverted", "The loss becomes smaller: divide the old by the new.", lambda drop: 1 / drop),
    ("square", "The loss falls about in proportion to the rate.", lambda decay: decay**2),
    ("in proportion", "The proportion holds for small rates only: divide the two losses.",
     lambda decay: decay),
)  # fmt: skip
drop.witness(lambda loss_now, loss_later: loss_now / loss_later)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def both(loss, eta, other, sigma):
    return loss + stationary.expected_loss(stationary.variance(eta, other, sigma), other)


both.slips = rows(
    ("one direction", "Both directions add to the loss.", lambda loss: loss),
    ("doubled", "The directions have different curvatures.", lambda loss: 2 * loss),
)  # fmt: skip
both.witness(lambda loss_now, eta, other, sigma: loss_now + settled_loss(eta, other, sigma))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def with_momentum(eta, alpha, lam, sigma):
    return stationary.variance_with_momentum(eta, alpha, lam, sigma)


def larger_rate_only(eta, alpha, lam, sigma):
    rate = eta / (1 - alpha)
    return rate * sigma**2 / (lam * abs(2 - rate * lam)) if rate * lam != 2 else None


with_momentum.slips = rows(
    ("without momentum", "Momentum remembers the noise, too.", lambda variance: variance),
    ("larger rate only", "Momentum is not just a larger learning rate.", larger_rate_only),
)  # fmt: skip


@with_momentum.witness
def _(eta, alpha, lam, sigma):
    """The engine's step as a matrix; the noise of all earlier steps is added, doubling them."""
    theta = engine.Tensor(np.array([1.0, 0.0, 0.0]), requires_grad=True)
    stepper = engine.SGD([theta], lr=eta, momentum=alpha)
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


def spreads(eta, lam, sigma, steps=3):
    """The variances after each step from 0, over all outcomes of two-valued noise."""
    signs = engine.sign_sequences(steps)
    theta = engine.Tensor(np.zeros(signs.shape[1]), requires_grad=True)
    stepper = engine.SGD([theta], lr=eta)
    found = []
    for xi in signs:
        theta.grad = lam * theta.data + sigma * xi
        stepper.step()
        found.append(theta.data.var())
    return found


def settled(eta, lam, sigma):
    return engine.geometric_limit(spreads(eta, lam, sigma))


def settled_loss(eta, lam, sigma):
    """The mean loss of two points that have this variance."""
    theta = settled(eta, lam, sigma) ** 0.5 * np.array([-1.0, 1.0])
    return np.mean(lam * theta**2 / 2)
