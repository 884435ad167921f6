"""Derivations about momentum and Adam, and their noise.

References: Sutskever et al. (2013) for momentum; Kingma and Ba (2015), section 3, for the moments
of Adam.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.problems.concepts._chain import REAL, Chain, line
from partialcredit.solvers import momentum

__all__ = ["ADAM_MEAN", "ADAM_VARIANCE", "POSITION", "VELOCITY_VARIANCE"]

UNIT = ("0.9", "0.5", "0.6", "0.8", "0.7", "0.4", "0.3", "0.75", "0.85", "0.95")
RATE = ("0.1", "0.2", "0.5", "0.05", "0.25", "0.01", "0.02", "0.3")
STEPS = ("2", "3", "4", "5")


def path(gradients, alpha, eta, start=0.0):
    """Positions of gradient descent with momentum, for given gradients."""
    return engine.optimizer_path(
        lambda p: engine.SGD(p, lr=float(eta), momentum=float(alpha)),
        np.asarray(gradients, float),
        float(start),
    )


def noisy(alpha, eta, mu, t):
    """Positions under every outcome of two-valued noise around ``mu``, shape (t + 1, 2**t)."""
    return path(float(mu) + 2 * engine.sign_sequences(t), alpha, eta)


def noisy_velocities(alpha, eta, sigma, t):
    """The last velocities, for every outcome of zero-mean noise."""
    run = path(float(sigma) * engine.sign_sequences(t), alpha, eta)
    return run[-1] - run[-2]


def first_moments(beta, g):
    """Adam's first moment after each step, for gradients ``g`` of shape (t, ...)."""
    theta = engine.Tensor(np.zeros(np.shape(g)[1:]), requires_grad=True)
    optimizer = engine.Adam([theta], betas=(float(beta), 0.999))
    moments = []
    for gradient in g:
        theta.grad = np.asarray(gradient, float)
        optimizer.step()
        moments.append(np.array(optimizer.moments(theta)[0]))
    return moments


def averages(beta, sigma, t):
    """Adam's first moment after t steps, for every outcome of zero-mean noise."""
    return first_moments(beta, float(sigma) * engine.sign_sequences(t))[-1]


def correction(beta, t):
    """What the engine's Adam divides its first moment by, read from constant gradients of 1."""
    return float(first_moments(beta, np.ones((t, 1)))[-1][0])


LOST_SIGN = ("lost the sign", "The step goes against the gradient: check the sign.")

POSITION = Chain(
    "position",
    r"Gradient descent with momentum, $0 < \alpha < 1$, has $v_0 = 0$, $v_t = \alpha v_{t-1} - \eta g_t$ and "
    r"$\theta_t = \theta_{t-1} + v_t$; the gradients $g_1, g_2, \dots$ are random with mean $\mu$.",
    {"alpha": "unit", "eta": "positive", "mu": "real", "t": "positive integer",
     "theta_0": "real"},
    {"alpha": UNIT, "eta": RATE, "mu": REAL, "t": STEPS, "theta_0": ("1", "-1", "6", "-7")},
    (
        r"Every mean is $\mu$, and the powers $1, \alpha, \dots, \alpha^{t-1}$ add up to $\frac{1 - \alpha^t}{1 - \alpha}$.",
        r"The sum of $1 - \alpha^j$ for $j = 1, \dots, t$ is $t$ minus the geometric sum $\alpha + \dots + \alpha^t$.",
        r"The start is added to the expected path.",
        r"The terms with $t$ cancel, and $\alpha^t \to 0$.",
    ),
    (
        line(r"\mathbb{E}[v_t]", r"-\eta \sum_{i=1}^{t} \alpha^{t-i} \mathbb{E}[g_i]",
             lambda alpha, eta, mu, t: momentum.expected_velocity(alpha, eta, mu, t),
             lambda alpha, eta, mu, t: np.mean(np.diff(noisy(alpha, eta, mu, t)[-2:], axis=0)),
             (*LOST_SIGN, lambda alpha, eta, mu, t: eta * mu * (1 - alpha**t) / (1 - alpha)),
             ("one term too many", "The powers run from 0 to t - 1: that is t terms.",
              lambda alpha, eta, mu, t: -eta * mu * (1 - alpha ** (t + 1)) / (1 - alpha)),
             ("the limit", "This is the value for large t; here t is finite.", lambda alpha, eta, mu: -eta * mu / (1 - alpha))),
        line(r"\mathbb{E}[\theta_t - \theta_0]", r"\mathbb{E}[v_1] + \dots + \mathbb{E}[v_t]",
             lambda alpha, eta, mu, t: momentum.expected_position(0, alpha, eta, mu, t),
             lambda alpha, eta, mu, t: np.mean(noisy(alpha, eta, mu, t)[-1]),
             ("lost an alpha", "The powers alpha to alpha^t add up to alpha (1 - alpha^t)/(1 - alpha).",
              lambda alpha, eta, mu, t: -eta * mu / (1 - alpha) * (t - (1 - alpha**t) / (1 - alpha))),
             (*LOST_SIGN, lambda alpha, eta, mu, t: momentum.expected_position(0, alpha, -eta, mu, t)),
             ("t times one velocity", "The velocities differ: they have to be summed.",
              lambda alpha, eta, mu, t: t * momentum.expected_velocity(alpha, eta, mu, t))),
        line(r"\mathbb{E}[\theta_t]", r"\theta_0 + \mathbb{E}[\theta_t - \theta_0]",
             lambda theta_0, alpha, eta, mu, t: momentum.expected_position(theta_0, alpha, eta, mu, t),
             lambda theta_0, alpha, eta, mu, t: np.mean(path(float(mu) + 2 * engine.sign_sequences(t), alpha, eta, theta_0)[-1]),
             ("start forgotten", "The path begins at theta_0, not at 0.",
              lambda alpha, eta, mu, t: momentum.expected_position(0, alpha, eta, mu, t)),
             (*LOST_SIGN, lambda theta_0, alpha, eta, mu, t: momentum.expected_position(theta_0, alpha, -eta, mu, t)),
             ("lost an alpha", "The powers alpha to alpha^t add up to alpha (1 - alpha^t)/(1 - alpha).",
              lambda theta_0, alpha, eta, mu, t: theta_0 - eta * mu / (1 - alpha) * (t - (1 - alpha**t) / (1 - alpha)))),
        line(r"\ell",
             r"\lim_{t \to \infty} \left( \mathbb{E}[\theta_t] - \theta_0 " r"+ \frac{\eta \mu t}{1 - \alpha} \right)",
             lambda alpha, eta, mu: eta * mu * alpha / (1 - alpha) ** 2,
             lambda alpha, eta, mu: engine.geometric_limit([np.mean(noisy(alpha, eta, mu, t)[-1]) + float(eta * mu / (1 - alpha)) * t for t in (1, 2, 3)]),
             ("denominator not squared", "Both factors have 1 - alpha in the denominator.",
              lambda alpha, eta, mu: eta * mu * alpha / (1 - alpha)),
             ("lost an alpha", "The last term still begins with alpha.", lambda alpha, eta, mu: eta * mu / (1 - alpha) ** 2),
             ("sign", "The two minus signs make this constant have the sign of mu.",
              lambda alpha, eta, mu: -eta * mu * alpha / (1 - alpha) ** 2)),
    ),
)  # fmt: skip

VELOCITY_VARIANCE = Chain(
    "velocity variance",
    r"Gradient descent with momentum, $0 < \alpha < 1$, has $v_0 = 0$ and $v_t = \alpha v_{t-1} - \eta g_t$; the "
    r"gradients $g_1, g_2, \dots$ are independent numbers with mean 0 and variance $\sigma^2$.",
    {"alpha": "unit", "eta": "positive", "sigma": "positive", "t": "positive integer"},
    {"alpha": UNIT, "eta": RATE, "sigma": ("2", "3", "4", "5", "6"), "t": STEPS},
    (
        r"A constant factor leaves a variance squared.",
        r"The terms are independent; the powers of $\alpha^2$ form a geometric sum with $t$ terms.",
        r"$\alpha^{2t} \to 0$.",
        r"$\eta^2 \sigma^2$ cancels.",
    ),
    (
        line(r"\mathrm{Var}[\eta g_1]", r"\eta^2 \, \mathrm{Var}[g_1]",
             lambda eta, sigma: eta**2 * sigma**2,
             lambda eta, sigma: np.var(noisy_velocities(0, eta, sigma, 1)),
             ("factor not squared", "A factor leaves the variance squared.", lambda eta, sigma: eta * sigma**2),
             ("deviation for variance", "The variance is sigma squared.", lambda eta, sigma: eta**2 * sigma)),
        line(r"\mathrm{Var}[v_t]", r"\sum_{k=0}^{t-1} \alpha^{2k} \, \mathrm{Var}[\eta g_1]",
             lambda alpha, eta, sigma, t: momentum.velocity_variance(alpha, eta, sigma, t),
             lambda alpha, eta, sigma, t: np.var(noisy_velocities(alpha, eta, sigma, t)),
             ("powers of the wrong base", "The ratio of this geometric sum is alpha squared.",
              lambda alpha, eta, sigma: eta**2 * sigma**2 * (1 - alpha**2) / (1 - alpha)),
             ("weights not squared", "The weights of a variance are squared.",
              lambda alpha, eta, sigma, t: eta**2 * sigma**2 * (1 - alpha**t) / (1 - alpha)),
             ("the limit", "This is the value for large t; here t is finite.",
              lambda alpha, eta, sigma: eta**2 * sigma**2 / (1 - alpha**2))),
        line(r"V_\infty", r"\lim_{t \to \infty} \mathrm{Var}[v_t]",
             lambda alpha, eta, sigma: eta**2 * sigma**2 / (1 - alpha**2),
             lambda alpha, eta, sigma: engine.geometric_limit([np.var(noisy_velocities(alpha, eta, sigma, t)) for t in (1, 2, 3)]),
             ("weights not squared", "The weights of a variance are squared.",
              lambda alpha, eta, sigma: eta**2 * sigma**2 / (1 - alpha)),
             ("the squared sum of the weights", "Square the weights first and then add them.",
              lambda alpha, eta, sigma: eta**2 * sigma**2 / (1 - alpha) ** 2)),
        line("r", r"\frac{V_\infty}{\eta^2 \sigma^2}", lambda alpha: 1 / (1 - alpha**2),
             lambda alpha: engine.geometric_limit([np.var(noisy_velocities(alpha, 1, 1, t)) for t in (1, 2, 3)]),
             ("weights not squared", "The weights of a variance are squared.", lambda alpha: 1 / (1 - alpha)),
             ("upside down", "The old gradients add to the variance: r is above 1.", lambda alpha: 1 - alpha**2)),
    ),
)  # fmt: skip

ADAM_MEAN = Chain(
    "mean of Adam's first moment",
    r"Adam's first moment is $m_t = \beta m_{t-1} + (1 - \beta) g_t$ with $m_0 = 0$ and $0 < \beta < 1$, so the gradient "
    r"of step $i$ enters $m_t$ with the weight $(1 - \beta) \beta^{t-i}$. Every gradient has mean $\mu$.",
    {"beta": "unit", "mu": "real", "t": "positive integer"},
    {"beta": ("0.9", "0.8", "0.5", "0.6", "0.75", "0.95", "0.7", "0.85", "0.4"),
     "mu": ("-3", "2", "4", "-2", "5", "3", "-4", "-5", "6", "-6", "8", "9", "-8", "-9"),
     "t": ("2", "3", "4", "5", "6")},
    (
        r"The powers of $\beta$ add up to $\frac{1 - \beta^t}{1 - \beta}$, and $1 - \beta$ cancels.",
        r"The mean is linear, and every gradient has the same mean.",
        r"$\mu - \mu (1 - \beta^t)$ leaves $\mu \beta^t$.",
        r"Each of the two further steps brings a factor $\beta$.",
    ),
    (
        line("s_t", r"\sum_{i=1}^{t} (1 - \beta) \beta^{t-i}", lambda beta, t: 1 - beta**t, correction,
             ("wrong denominator", "The geometric sum divides by 1 - beta, which cancels.",
              lambda beta, t: (1 - beta) * (1 - beta**t) / beta),
             ("factor forgotten", "Every weight contains the factor 1 - beta.", lambda beta, t: (1 - beta**t) / (1 - beta)),
             ("one term too many", "The powers run from 0 to t - 1: that is t terms.", lambda beta, t: 1 - beta ** (t + 1))),
        line(r"\mathbb{E}[m_t]", r"\mu s_t", lambda beta, mu, t: mu * (1 - beta**t),
             lambda beta, mu, t: np.mean(first_moments(beta, float(mu) + engine.sign_sequences(t))[-1]),
             ("bias forgotten", "The weights add up to less than 1, since m starts at 0.", lambda mu: mu),
             ("one step only", "This is the mean after one step.", lambda beta, mu: mu * (1 - beta))),
        line(r"b_t", r"\mu - \mathbb{E}[m_t]", lambda beta, mu, t: mu * beta**t,
             lambda beta, mu, t: float(mu) - np.mean(first_moments(beta, float(mu) + engine.sign_sequences(t))[-1]),
             ("sign", "The difference is taken the other way round.", lambda beta, mu, t: -mu * beta**t),
             ("one power too few", "Each of the t steps multiplies the bias by beta.", lambda beta, mu, t: mu * beta ** (t - 1))),
        line(r"\rho", r"\frac{b_{t+2}}{b_t}", lambda beta: beta**2,
             lambda beta: (1 - correction(beta, 4)) / (1 - correction(beta, 2)),
             ("upside down", "The bias shrinks from step to step.", lambda beta: 1 / beta**2),
             ("one step only", "There are two steps from t to t + 2.", lambda beta: beta + 0),
             ("weight of the new gradient", "That is what the new gradient adds, not what is left.", lambda beta: 1 - beta)),
    ),
)  # fmt: skip

ADAM_VARIANCE = Chain(
    "variance of Adam's first moment",
    r"Adam's first moment is $m_t = \beta m_{t-1} + (1 - \beta) g_t$ with $m_0 = 0$ and $0 < \beta < 1$, and its corrected "
    r"form is $\hat m_t = m_t / (1 - \beta^t)$. The gradients are independent with variance $\sigma^2$.",
    {"beta": "unit", "sigma": "positive", "t": "positive integer"},
    {"beta": ("0.9", "0.8", "0.5", "0.6", "0.75", "0.95", "0.7", "0.85", "0.4"),
     "sigma": ("2", "3", "4", "5", "6", "7", "8", "1.5", "2.5"), "t": ("2", "3", "4", "5")},
    (
        r"The powers of $\beta^2$ add up to $\frac{1 - \beta^{2t}}{1 - \beta^2}$, and $1 - \beta^2 = (1 - \beta)(1 + \beta)$.",
        r"The gradients are independent: the squared weights are added.",
        r"$1 - \beta^{2t} = (1 - \beta^t)(1 + \beta^t)$, so that one factor $1 - \beta^t$ cancels.",
        r"$\beta^t \to 0$, and $\sigma^2$ cancels.",
    ),
    (
        line("q_t", r"\sum_{i=1}^{t} \left( (1 - \beta) \beta^{t-i} \right)^2",
             lambda beta, t: (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta),
             lambda beta, t: np.var(averages(beta, 1, t)),
             ("weights not squared", "The weights of a variance are squared.", lambda beta, t: 1 - beta**t),
             ("ratio not squared", "The ratio of this geometric sum is beta squared.", lambda beta, t: (1 - beta) * (1 - beta**t)),
             ("denominator", "1 - beta^2 is (1 - beta)(1 + beta): one factor 1 - beta is left above.",
              lambda beta, t: (1 - beta ** (2 * t)) / (1 + beta))),
        line(r"\mathrm{Var}[m_t]", r"\sigma^2 q_t",
             lambda beta, sigma, t: sigma**2 * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta),
             lambda beta, sigma, t: np.var(averages(beta, sigma, t)),
             ("deviation for variance", "The variance is sigma squared.",
              lambda beta, sigma, t: sigma * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta)),
             ("weights not squared", "The weights of a variance are squared.", lambda beta, sigma, t: sigma**2 * (1 - beta**t))),
        line(r"\mathrm{Var}[\hat m_t]", r"\frac{\mathrm{Var}[m_t]}{(1 - \beta^t)^2}",
             lambda beta, sigma, t: sigma**2 * (1 - beta) * (1 + beta**t) / ((1 + beta) * (1 - beta**t)),
             lambda beta, sigma, t: np.var(averages(beta, sigma, t) / correction(beta, t)),
             ("divided once", "A factor leaves the variance squared.",
              lambda beta, sigma, t: sigma**2 * (1 - beta) * (1 + beta**t) / (1 + beta)),
             ("the variance of one gradient", "An average varies less than one gradient does.", lambda sigma: sigma**2)),
        line(r"R", r"\lim_{t \to \infty} \frac{\mathrm{Var}[\hat m_t]}{\sigma^2}",
             lambda beta: (1 - beta) / (1 + beta),
             lambda beta: engine.geometric_limit([np.var(averages(beta, 1, t)) for t in (2, 3, 4)]),
             ("upside down", "An average varies less than one gradient: R is below 1.", lambda beta: (1 + beta) / (1 - beta)),
             ("denominator", "1 - beta^2 is (1 - beta)(1 + beta).", lambda beta: 1 - beta)),
    ),
)  # fmt: skip
