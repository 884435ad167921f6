"""Derivations about optimizers and their noise.

References: Sutskever et al. (2013) for momentum; Kingma and Ba (2015), section 3, for the moments
of Adam; Goodfellow, Bengio and Courville (2016), sections 7.1 and 7.11, for weight decay and
bagging; Nesterov (2004), section 1.2, for gradient descent on a quadratic.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.problems.concepts._chain import Chain, Line, Slip
from partialcredit.solvers import momentum

__all__ = ["CHAINS"]

UNIT = ("0.9", "0.5", "0.6", "0.8", "0.7", "0.4", "0.3", "0.75", "0.85", "0.95")
RATE = ("0.1", "0.2", "0.5", "0.05", "0.25", "0.01", "0.02", "0.3")
REAL = ("-3", "2", "4", "-2", "5", "3", "-4", "-5")
STEPS = ("2", "3", "4", "5")
POSITIVE = ("2", "3", "5", "4", "0.5", "1.5")


def path(gradients, alpha, epsilon, start=0.0):
    """Positions of gradient descent with momentum, for given gradients."""
    return engine.optimizer_path(
        lambda p: engine.SGD(p, lr=float(epsilon), momentum=float(alpha)),
        np.asarray(gradients, float),
        float(start),
    )


def noisy(alpha, epsilon, mu, t):
    """Positions under every outcome of two-valued noise around ``mu``, shape (t + 1, 2**t)."""
    return path(float(mu) + 2 * engine.sign_sequences(t), alpha, epsilon)


def noisy_velocities(alpha, epsilon, sigma, t):
    """The last velocities, for every outcome of zero-mean noise."""
    run = path(float(sigma) * engine.sign_sequences(t), alpha, epsilon)
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


def limit(values):
    return float(engine.geometric_limit(values))


def descended(kappa, epsilon, x_0, t=1):
    """Positions of gradient descent on kappa x^2 / 2, with gradients from the tape."""
    x = engine.Tensor(float(x_0), requires_grad=True)
    places = [float(x.data)]
    for _ in range(t):
        x = engine.Tensor(x.data, requires_grad=True)
        (x * x * (float(kappa) / 2)).backward()
        places.append(float(x.data - float(epsilon) * x.grad))
        x = engine.Tensor(places[-1])
    return places


def decayed(w, g, alpha, epsilon, steps):
    """A weight after steps on g w + alpha w^2 / 2, with gradients from the tape."""
    w = float(w)
    for _ in range(steps):
        place = engine.Tensor(w, requires_grad=True)
        (place * float(g) + place * place * (float(alpha) / 2)).backward()
        w -= float(epsilon) * float(place.grad)
    return w


def penalised(w, g, alpha, part):
    """The penalised loss at w, or its derivative."""
    place = engine.Tensor(float(w), requires_grad=True)
    loss = place * float(g) + place * place * (float(alpha) / 2)
    loss.backward()
    return float(loss.data if part == "loss" else place.grad)


def second_moments(K, v, c):
    """The matrix of all E[e_i e_j]."""
    return np.where(np.eye(K, dtype=bool), float(v), float(c))


LOST_SIGN = ("lost the sign", "The step goes against the gradient: check the sign.")

POSITION = Chain(
    "position",
    r"Gradient descent with momentum has $v_0 = 0$, $v_t = \alpha v_{t-1} - \epsilon g_t$ and "
    r"$\theta_t = \theta_{t-1} + v_t$; the gradients $g_1, g_2, \dots$ are random with mean $\mu$.",
    {"alpha": "unit", "epsilon": "positive", "mu": "real", "t": "positive integer",
     "theta_0": "real"},
    {"alpha": UNIT, "epsilon": RATE, "mu": REAL, "t": STEPS, "theta_0": ("1", "-1", "6", "-7")},
    (
        r"Every mean is $\mu$, and the powers $1, \alpha, \dots, \alpha^{t-1}$ add up to $\frac{1 - \alpha^t}{1 - \alpha}$.",
        r"The sum of $1 - \alpha^j$ for $j = 1, \dots, t$ is $t$ minus the geometric sum $\alpha + \dots + \alpha^t$.",
        r"The start is added to the expected path.",
        r"The terms with $t$ cancel, and $\alpha^t \to 0$.",
    ),
    (
        Line(
            r"\mathbb{E}[v_t]",
            r"-\epsilon \sum_{i=1}^{t} \alpha^{t-i} \mathbb{E}[g_i]",
            lambda alpha, epsilon, mu, t: momentum.expected_velocity(alpha, epsilon, mu, t),
            lambda alpha, epsilon, mu, t: np.mean(np.diff(noisy(alpha, epsilon, mu, t)[-2:], axis=0)),
            (
                Slip(*LOST_SIGN, lambda alpha, epsilon, mu, t: epsilon * mu * (1 - alpha**t) / (1 - alpha)),
                Slip("one term too many", "The powers run from 0 to t - 1: that is t terms.",
                     lambda alpha, epsilon, mu, t: -epsilon * mu * (1 - alpha ** (t + 1)) / (1 - alpha)),
                Slip("the limit", "This is the value for large t; here t is finite.",
                     lambda alpha, epsilon, mu: -epsilon * mu / (1 - alpha)),
            ),
        ),
        Line(
            r"\mathbb{E}[\theta_t - \theta_0]",
            r"\mathbb{E}[v_1] + \dots + \mathbb{E}[v_t]",
            lambda alpha, epsilon, mu, t: momentum.expected_position(0, alpha, epsilon, mu, t),
            lambda alpha, epsilon, mu, t: np.mean(noisy(alpha, epsilon, mu, t)[-1]),
            (
                Slip("lost an alpha", "The powers alpha to alpha^t add up to alpha (1 - alpha^t)/(1 - alpha).",
                     lambda alpha, epsilon, mu, t:
                     -epsilon * mu / (1 - alpha) * (t - (1 - alpha**t) / (1 - alpha))),
                Slip(*LOST_SIGN, lambda alpha, epsilon, mu, t:
                     momentum.expected_position(0, alpha, -epsilon, mu, t)),
                Slip("t times one velocity", "The velocities differ: they have to be summed.",
                     lambda alpha, epsilon, mu, t:
                     t * momentum.expected_velocity(alpha, epsilon, mu, t)),
            ),
        ),
        Line(
            r"\mathbb{E}[\theta_t]",
            r"\theta_0 + \mathbb{E}[\theta_t - \theta_0]",
            lambda theta_0, alpha, epsilon, mu, t:
            momentum.expected_position(theta_0, alpha, epsilon, mu, t),
            lambda theta_0, alpha, epsilon, mu, t:
            np.mean(path(float(mu) + 2 * engine.sign_sequences(t), alpha, epsilon, theta_0)[-1]),
            (
                Slip("start forgotten", "The path begins at theta_0, not at 0.",
                     lambda alpha, epsilon, mu, t:
                     momentum.expected_position(0, alpha, epsilon, mu, t)),
                Slip(*LOST_SIGN, lambda theta_0, alpha, epsilon, mu, t:
                     momentum.expected_position(theta_0, alpha, -epsilon, mu, t)),
                Slip("lost an alpha", "The powers alpha to alpha^t add up to alpha (1 - alpha^t)/(1 - alpha).",
                     lambda theta_0, alpha, epsilon, mu, t:
                     theta_0 - epsilon * mu / (1 - alpha) * (t - (1 - alpha**t) / (1 - alpha))),
            ),
        ),
        Line(
            r"\ell",
            r"\lim_{t \to \infty} \left( \mathbb{E}[\theta_t] - \theta_0 "
            r"+ \frac{\epsilon \mu t}{1 - \alpha} \right)",
            lambda alpha, epsilon, mu: epsilon * mu * alpha / (1 - alpha) ** 2,
            lambda alpha, epsilon, mu: limit(
                [
                    np.mean(noisy(alpha, epsilon, mu, t)[-1]) + float(epsilon * mu / (1 - alpha)) * t
                    for t in (1, 2, 3)
                ]
            ),
            (
                Slip("denominator not squared", "Both factors have 1 - alpha in the denominator.",
                     lambda alpha, epsilon, mu: epsilon * mu * alpha / (1 - alpha)),
                Slip("lost an alpha", "The last term still begins with alpha.",
                     lambda alpha, epsilon, mu: epsilon * mu / (1 - alpha) ** 2),
                Slip("sign", "The two minus signs make this constant have the sign of mu.",
                     lambda alpha, epsilon, mu: -epsilon * mu * alpha / (1 - alpha) ** 2),
            ),
        ),
    ),
)  # fmt: skip

VELOCITY_VARIANCE = Chain(
    "velocity variance",
    r"Gradient descent with momentum has $v_0 = 0$ and $v_t = \alpha v_{t-1} - \epsilon g_t$; the "
    r"gradients $g_1, g_2, \dots$ are independent numbers with mean 0 and variance $\sigma^2$.",
    {"alpha": "unit", "epsilon": "positive", "sigma": "positive", "t": "positive integer"},
    {"alpha": UNIT, "epsilon": RATE, "sigma": ("2", "3", "4", "5", "6"), "t": STEPS},
    (
        r"A constant factor leaves a variance squared.",
        r"The terms are independent; the powers of $\alpha^2$ form a geometric sum with $t$ terms.",
        r"$\alpha^{2t} \to 0$.",
        r"$\epsilon^2 \sigma^2$ cancels.",
    ),
    (
        Line(
            r"\mathrm{Var}[\epsilon g_1]", r"\epsilon^2 \, \mathrm{Var}[g_1]",
            lambda epsilon, sigma: epsilon**2 * sigma**2,
            lambda epsilon, sigma: np.var(noisy_velocities(0, epsilon, sigma, 1)),
            (
                Slip("factor not squared", "A factor leaves the variance squared.",
                     lambda epsilon, sigma: epsilon * sigma**2),
                Slip("deviation for variance", "The variance is sigma squared.",
                     lambda epsilon, sigma: epsilon**2 * sigma),
            ),
        ),
        Line(
            r"\mathrm{Var}[v_t]",
            r"\sum_{k=0}^{t-1} \alpha^{2k} \, \mathrm{Var}[\epsilon g_1]",
            lambda alpha, epsilon, sigma, t: momentum.velocity_variance(alpha, epsilon, sigma, t),
            lambda alpha, epsilon, sigma, t: np.var(noisy_velocities(alpha, epsilon, sigma, t)),
            (
                Slip("powers of the wrong base", "The ratio of this geometric sum is alpha squared.",
                     lambda alpha, epsilon, sigma: epsilon**2 * sigma**2 * (1 - alpha**2) / (1 - alpha)),
                Slip("weights not squared", "The weights of a variance are squared.",
                     lambda alpha, epsilon, sigma, t: epsilon**2 * sigma**2 * (1 - alpha**t) / (1 - alpha)),
                Slip("the limit", "This is the value for large t; here t is finite.",
                     lambda alpha, epsilon, sigma: epsilon**2 * sigma**2 / (1 - alpha**2)),
            ),
        ),
        Line(
            r"V_\infty", r"\lim_{t \to \infty} \mathrm{Var}[v_t]",
            lambda alpha, epsilon, sigma: momentum.velocity_variance_limit(alpha, epsilon, sigma),
            lambda alpha, epsilon, sigma:
            limit([np.var(noisy_velocities(alpha, epsilon, sigma, t)) for t in (1, 2, 3)]),
            (
                Slip("weights not squared", "The weights of a variance are squared.",
                     lambda alpha, epsilon, sigma: epsilon**2 * sigma**2 / (1 - alpha)),
                Slip("the squared sum of the weights", "Square the weights first and then add them.",
                     lambda alpha, epsilon, sigma: epsilon**2 * sigma**2 / (1 - alpha) ** 2),
            ),
        ),
        Line(
            "r", r"\frac{V_\infty}{\epsilon^2 \sigma^2}",
            lambda alpha: 1 / (1 - alpha**2),
            lambda alpha: limit([np.var(noisy_velocities(alpha, 1, 1, t)) for t in (1, 2, 3)]),
            (
                Slip("weights not squared", "The weights of a variance are squared.",
                     lambda alpha: 1 / (1 - alpha)),
                Slip("upside down", "The old gradients add to the variance: r is above 1.",
                     lambda alpha: 1 - alpha**2),
            ),
        ),
    ),
)  # fmt: skip

ADAM_MEAN = Chain(
    "mean of Adam's first moment",
    r"Adam's first moment is $m_t = \beta m_{t-1} + (1 - \beta) g_t$ with $m_0 = 0$, so the gradient "
    r"of step $i$ enters $m_t$ with the weight $(1 - \beta) \beta^{t-i}$. Every gradient has mean $\mu$.",
    {"beta": "unit", "mu": "real", "t": "positive integer"},
    {"beta": ("0.9", "0.8", "0.5", "0.6", "0.75", "0.95", "0.7", "0.85", "0.4"),
     "mu": ("-3", "2", "4", "-2", "5", "3", "-4", "-5", "6", "-6", "8", "9", "-8", "-9"),
     "t": ("2", "3", "4", "5", "6")},
    (
        r"The powers of $\beta$ add up to $\frac{1 - \beta^t}{1 - \beta}$, and $1 - \beta$ cancels.",
        r"The mean is linear, and every gradient has the same mean.",
        r"$\mu - \mu (1 - \beta^t)$ leaves $\mu \beta^t$.",
        r"One more step brings one more factor $\beta$.",
    ),
    (
        Line(
            "s_t", r"\sum_{i=1}^{t} (1 - \beta) \beta^{t-i}",
            lambda beta, t: 1 - beta**t,
            correction,
            (
                Slip("wrong denominator", "The geometric sum divides by 1 - beta, which cancels.",
                     lambda beta, t: (1 - beta) * (1 - beta**t) / beta),
                Slip("factor forgotten", "Every weight contains the factor 1 - beta.",
                     lambda beta, t: (1 - beta**t) / (1 - beta)),
                Slip("one term too many", "The powers run from 0 to t - 1: that is t terms.",
                     lambda beta, t: 1 - beta ** (t + 1)),
            ),
        ),
        Line(
            r"\mathbb{E}[m_t]", r"\mu s_t",
            lambda beta, mu, t: mu * (1 - beta**t),
            lambda beta, mu, t: np.mean(first_moments(beta, float(mu) + engine.sign_sequences(t))[-1]),
            (
                Slip("bias forgotten", "The weights add up to less than 1, since m starts at 0.",
                     lambda mu: mu),
                Slip("one step only", "This is the mean after one step.",
                     lambda beta, mu: mu * (1 - beta)),
            ),
        ),
        Line(
            r"b_t", r"\mu - \mathbb{E}[m_t]",
            lambda beta, mu, t: mu * beta**t,
            lambda beta, mu, t:
            float(mu) - np.mean(first_moments(beta, float(mu) + engine.sign_sequences(t))[-1]),
            (
                Slip("sign", "The difference is taken the other way round.",
                     lambda beta, mu, t: -mu * beta**t),
                Slip("one power too few", "Each of the t steps multiplies the bias by beta.",
                     lambda beta, mu, t: mu * beta ** (t - 1)),
            ),
        ),
        Line(
            r"\rho", r"\frac{b_{t+1}}{b_t}",
            lambda beta: beta + 0,
            lambda beta: (1 - correction(beta, 3)) / (1 - correction(beta, 2)),
            (
                Slip("upside down", "The bias shrinks from step to step.", lambda beta: 1 / beta),
                Slip("weight of the new gradient", "That is what the new gradient adds, not what is left.",
                     lambda beta: 1 - beta),
            ),
        ),
    ),
)  # fmt: skip

ADAM_VARIANCE = Chain(
    "variance of Adam's first moment",
    r"Adam's first moment is $m_t = \beta m_{t-1} + (1 - \beta) g_t$ with $m_0 = 0$, and its corrected "
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
        Line(
            "q_t", r"\sum_{i=1}^{t} \left( (1 - \beta) \beta^{t-i} \right)^2",
            lambda beta, t: (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta),
            lambda beta, t: np.var(averages(beta, 1, t)),
            (
                Slip("weights not squared", "The weights of a variance are squared.",
                     lambda beta, t: 1 - beta**t),
                Slip("ratio not squared", "The ratio of this geometric sum is beta squared.",
                     lambda beta, t: (1 - beta) * (1 - beta**t)),
                Slip("denominator", "1 - beta^2 is (1 - beta)(1 + beta): one factor 1 - beta is left above.",
                     lambda beta, t: (1 - beta ** (2 * t)) / (1 + beta)),
            ),
        ),
        Line(
            r"\mathrm{Var}[m_t]", r"\sigma^2 q_t",
            lambda beta, sigma, t: sigma**2 * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta),
            lambda beta, sigma, t: np.var(averages(beta, sigma, t)),
            (
                Slip("deviation for variance", "The variance is sigma squared.",
                     lambda beta, sigma, t: sigma * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta)),
                Slip("weights not squared", "The weights of a variance are squared.",
                     lambda beta, sigma, t: sigma**2 * (1 - beta**t)),
            ),
        ),
        Line(
            r"\mathrm{Var}[\hat m_t]", r"\frac{\mathrm{Var}[m_t]}{(1 - \beta^t)^2}",
            lambda beta, sigma, t:
            sigma**2 * (1 - beta) * (1 + beta**t) / ((1 + beta) * (1 - beta**t)),
            lambda beta, sigma, t: np.var(averages(beta, sigma, t) / correction(beta, t)),
            (
                Slip("divided once", "A factor leaves the variance squared.",
                     lambda beta, sigma, t: sigma**2 * (1 - beta) * (1 + beta**t) / (1 + beta)),
                Slip("the variance of one gradient", "An average varies less than one gradient does.",
                     lambda sigma: sigma**2),
            ),
        ),
        Line(
            r"R", r"\lim_{t \to \infty} \frac{\mathrm{Var}[\hat m_t]}{\sigma^2}",
            lambda beta: (1 - beta) / (1 + beta),
            lambda beta: limit([np.var(averages(beta, 1, t)) for t in (2, 3, 4)]),
            (
                Slip("upside down", "An average varies less than one gradient: R is below 1.",
                     lambda beta: (1 + beta) / (1 - beta)),
                Slip("denominator", "1 - beta^2 is (1 - beta)(1 + beta).", lambda beta: 1 - beta),
            ),
        ),
    ),
)  # fmt: skip

DECAY = Chain(
    "weight decay",
    r"Near a weight $w$ the loss is $J(w) = g w$, and the penalty $\frac{\alpha}{2} w^2$ is added to it, "
    r"which gives $\tilde J$. Two steps of gradient descent on $\tilde J$ with learning rate $\epsilon$ lead "
    r"from $w$ to $w_1$ and on to $w_2$; the derivative of $\tilde J$ at $w$ is $\tilde J'$.",
    {"w": "real", "g": "real", "alpha": "positive", "epsilon": "positive"},
    {"w": REAL, "g": ("1", "7", "-1", "6", "-6"), "alpha": ("0.1", "0.2", "0.5", "0.4"),
     "epsilon": ("0.3", "0.05", "0.25", "0.15")},
    (
        r"$J(w) = g w$ is put in.",
        r"Differentiate term by term.",
        r"Put in $\tilde J'$ and collect the terms with $w$.",
        r"Put in $w_1$; the factor $1 - \epsilon \alpha$ multiplies both of its terms.",
    ),
    (
        Line(
            r"\tilde J", r"J(w) + \frac{\alpha}{2} w^2",
            lambda w, g, alpha: g * w + alpha * w**2 / 2,
            lambda w, g, alpha: penalised(w, g, alpha, "loss"),
            (
                Slip("half forgotten", "The penalty has the factor 1/2.",
                     lambda w, g, alpha: g * w + alpha * w**2),
                Slip("subtracted", "The penalty is added to the loss.",
                     lambda w, g, alpha: g * w - alpha * w**2 / 2),
            ),
        ),
        Line(
            r"\tilde J'", r"\frac{d}{dw} \tilde J",
            lambda w, g, alpha: g + alpha * w,
            lambda w, g, alpha: penalised(w, g, alpha, "derivative"),
            (
                Slip("half kept", "The 2 of the derivative cancels the 1/2.",
                     lambda w, g, alpha: g + alpha * w / 2),
                Slip("factor 2", "The 2 of the derivative cancels the 1/2.",
                     lambda w, g, alpha: g + 2 * alpha * w),
                Slip("not differentiated", "The derivative of g w is g.",
                     lambda w, g, alpha: g * w + alpha * w),
            ),
        ),
        Line(
            r"w_1", r"w - \epsilon \tilde J'",
            lambda w, g, alpha, epsilon: (1 - epsilon * alpha) * w - epsilon * g,
            lambda w, g, alpha, epsilon: decayed(w, g, alpha, epsilon, 1),
            (
                Slip("learning rate lost", "The weight shrinks by the factor 1 - epsilon alpha.",
                     lambda w, g, alpha, epsilon: (1 - alpha) * w - epsilon * g),
                Slip("alpha lost", "The weight shrinks by the factor 1 - epsilon alpha.",
                     lambda w, g, epsilon: (1 - epsilon) * w - epsilon * g),
                Slip("wrong direction", "The penalty makes the weight smaller, not larger.",
                     lambda w, g, alpha, epsilon: (1 + epsilon * alpha) * w - epsilon * g),
            ),
        ),
        Line(
            r"w_2", r"(1 - \epsilon \alpha) \, w_1 - \epsilon g",
            lambda w, g, alpha, epsilon:
            (1 - epsilon * alpha) ** 2 * w - epsilon * g * (2 - epsilon * alpha),
            lambda w, g, alpha, epsilon: decayed(w, g, alpha, epsilon, 2),
            (
                Slip("first step not decayed", "The first gradient step shrinks in the second step, too.",
                     lambda w, g, alpha, epsilon: (1 - epsilon * alpha) ** 2 * w - 2 * epsilon * g),
                Slip("shrunk once", "Each of the two steps shrinks the weight.",
                     lambda w, g, alpha, epsilon:
                     (1 - epsilon * alpha) * w - epsilon * g * (2 - epsilon * alpha)),
            ),
        ),
    ),
)  # fmt: skip

QUADRATIC = Chain(
    "gradient descent",
    r"Gradient descent with learning rate $\epsilon$ starts at $x_0$ and minimises "
    r"$J(x) = \frac{1}{2} \kappa x^2$.",
    {"kappa": "positive", "epsilon": "positive", "x_0": "real", "t": "positive integer"},
    {"kappa": ("2", "3", "4", "5", "6", "7", "2.5", "1.5"), "epsilon": ("0.1", "0.15", "0.3", "0.05", "0.28", "0.01", "0.02", "0.12"),
     "x_0": ("1", "-3", "7", "-1", "6", "8"),
     "t": STEPS},
    (
        r"The derivative of $\frac{1}{2} \kappa x^2$ is $\kappa x$.",
        r"Put in $g_0$ and take out $x_0$.",
        r"Every step multiplies by the same factor as the first one.",
        r"Put in $x_t$ and square it.",
    ),
    (
        Line(
            r"g_0", r"J'(x_0)", lambda kappa, x_0: kappa * x_0,
            lambda kappa, x_0: x_0 - descended(kappa, 1, x_0)[1],
            (
                Slip("half kept", "The 2 of the derivative cancels the 1/2.",
                     lambda kappa, x_0: kappa * x_0 / 2),
                Slip("not differentiated", "This is J itself, without the 1/2.",
                     lambda kappa, x_0: kappa * x_0**2),
            ),
        ),
        Line(
            r"x_1", r"x_0 - \epsilon g_0",
            lambda kappa, epsilon, x_0: (1 - epsilon * kappa) * x_0,
            lambda kappa, epsilon, x_0: descended(kappa, epsilon, x_0)[1],
            (
                Slip("wrong direction", "The step goes against the gradient.",
                     lambda kappa, epsilon, x_0: (1 + epsilon * kappa) * x_0),
                Slip("position not taken out", "The gradient contains the factor x_0, too.",
                     lambda kappa, epsilon, x_0: x_0 - epsilon * kappa),
            ),
        ),
        Line(
            r"x_t", r"\left( \frac{x_1}{x_0} \right)^t x_0",
            lambda kappa, epsilon, x_0, t: (1 - epsilon * kappa) ** t * x_0,
            lambda kappa, epsilon, x_0, t: descended(kappa, epsilon, x_0, t)[-1],
            (
                Slip("steps added", "Every step multiplies by the same factor.",
                     lambda kappa, epsilon, x_0, t: (1 - epsilon * kappa * t) * x_0),
                Slip("power inside", "The whole factor is raised to the power t.",
                     lambda kappa, epsilon, x_0, t: (1 - (epsilon * kappa) ** t) * x_0),
            ),
        ),
        Line(
            r"J_t", r"\frac{1}{2} \kappa (x_t)^2",
            lambda kappa, epsilon, x_0, t: kappa * (1 - epsilon * kappa) ** (2 * t) * x_0**2 / 2,
            lambda kappa, epsilon, x_0, t:
            float(kappa) / 2 * np.square(descended(kappa, epsilon, x_0, t)[-1]),
            (
                Slip("factor not squared", "The position is squared with its factor.",
                     lambda kappa, epsilon, x_0, t: kappa * (1 - epsilon * kappa) ** t * x_0**2 / 2),
                Slip("half forgotten", "J has the factor 1/2.",
                     lambda kappa, epsilon, x_0, t:
                     kappa * (1 - epsilon * kappa) ** (2 * t) * x_0**2),
            ),
        ),
    ),
)  # fmt: skip

ENSEMBLE = Chain(
    "ensemble",
    r"The errors $e_1, \dots, e_K$ of $K$ models have mean 0, variance $\mathbb{E}[e_i^2] = v$ and "
    r"covariance $\mathbb{E}[e_i e_j] = c$ for $i \ne j$.",
    {"K": "positive integer", "v": "positive", "c": "unit"},
    {"K": ("3", "4", "5", "6", "7"), "v": ("2", "3", "4", "5", "2.5", "1.5", "6", "8"),
     "c": ("0.1", "0.2", "0.4", "0.5", "0.6", "0.8", "0.3", "0.7")},
    (
        r"The square has $K$ terms $e_i^2$ and $K(K-1)$ terms $e_i e_j$ with $i \ne j$.",
        r"Divide by $K^2$.",
        r"Subtract and collect: $v - \frac{v}{K} = \frac{(K-1) v}{K}$.",
        r"$\frac{K-1}{K} \to 1$.",
    ),
    (
        Line(
            "Q", r"\mathbb{E}\left[ (e_1 + \dots + e_K)^2 \right]",
            lambda K, v, c: K * v + K * (K - 1) * c,
            lambda K, v, c: np.sum(second_moments(K, v, c)),
            (
                Slip("each pair once", "The square contains e_i e_j and e_j e_i.",
                     lambda K, v, c: K * v + K * (K - 1) * c / 2),
                Slip("pairs of a model with itself", "Of the K^2 products only K(K - 1) have i different from j.",
                     lambda K, v, c: K * v + K**2 * c),
                Slip("covariances forgotten", "The products e_i e_j have the mean c.",
                     lambda K, v: K * v),
            ),
        ),
        Line(
            "M", r"\frac{Q}{K^2}",
            lambda K, v, c: v / K + (K - 1) * c / K,
            lambda K, v, c: np.mean(second_moments(K, v, c)),
            (
                Slip("divided by K only", "The average is squared, so its 1/K is squared, too.",
                     lambda K, v, c: v + (K - 1) * c),
                Slip("independent errors", "That is so for c = 0 only.", lambda K, v: v / K),
            ),
        ),
        Line(
            r"\Delta", r"v - M",
            lambda K, v, c: (K - 1) * (v - c) / K,
            lambda K, v, c: float(v) - np.mean(second_moments(K, v, c)),
            (
                Slip("gain of independent errors", "Errors that agree cannot cancel.",
                     lambda K, v: (K - 1) * v / K),
                Slip("sign", "Averaging makes the mean squared error smaller.",
                     lambda K, v, c: (K - 1) * (c - v) / K),
            ),
        ),
        Line(
            r"L", r"\lim_{K \to \infty} \Delta", lambda v, c: v - c,
            lambda v, c: limit([float(v) - np.mean(second_moments(K, v, c)) for K in (1, 2, 4)]),
            (
                Slip("errors vanish", "The shared part of the errors stays.", lambda v: v + 0),
                Slip("what is left", "This is what remains; the gain is asked for.", lambda c: c + 0),
            ),
        ),
    ),
)  # fmt: skip

CHAINS = (POSITION, VELOCITY_VARIANCE, ADAM_MEAN, ADAM_VARIANCE, DECAY, QUADRATIC, ENSEMBLE)
