"""Linear regression with noise on its inputs.

Trap: the deviation not squared, the noise thought to cancel, the noise put on the labels.
Reference: Bishop (1995), "Training with noise is equivalent to Tikhonov regularization".
Source: S1-08.
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, dot
from partialcredit.solvers import input_noise, letters, momentum

family = Family(
    version=3,
    conventions=[
        "the loss is the mean over the examples of the squared error, without a factor 1/2",
        "every example gets noise ${% if level == 'easy' %}\\delta{% else %}\\boldsymbol{\\delta}"
        "{% endif %}$ of its own on its input, with mean 0, and the label stays as it is",
        "{% if level == 'easy' %}the noise has standard deviation $\\sigma${% endif %}",
        "{% if level == 'medium' %}the entries of the noise are independent, each with standard "
        "deviation $\\sigma${% endif %}",
    ],
)


@family.sample
def sample(draw):
    d, n = draw.by_level((1, 1), (draw.integer(2, 3), 2), (2, 2))
    drawn = {
        "w": [rational(draw.nonzero(-12, 12), 4) for _ in range(d)],
        "b": rational(draw.nonzero(-8, 8), 4),
        "X": [[draw.nonzero(-4, 4) for _ in range(d)] for _ in range(n)],
        "y": [draw.integer(-6, 6) for _ in range(n)],
        "sigma": rational(draw.integer(2, 15), 10),
    }
    drawn |= {"S": (), "x": (), "t": ()}
    if draw.level == "hard":
        a, c = draw.integer(1, 5), draw.integer(1, 5)
        off = draw.choice([v for v in range(-4, 5) if v and v * v < a * c] or [0])
        drawn |= {"S": [[rational(v, 10) for v in row] for row in ((a, off), (off, c))]}
        drawn |= {"x": draw.integers(3, 1, 6), "t": [draw.nonzero(-8, 8) for _ in range(3)]}
        drawn |= {"lam": rational(draw.integer(1, 40), 10), "n": draw.integer(3, 60)}
    return drawn


@family.condition
def _(w, b, X, y):
    return input_noise.clean_loss(w, b, X, y) > 0 and dot(w, w) != 1


@family.part(lambda w: Array(shape=(len(w), len(w))), levels=["medium"])
def second_moment(w, sigma):
    return momentum.second_moment_matrix(sigma**2, [0] * len(w))


second_moment.slips = rows(
    ("deviation not squared", "The entries are variances, sigma squared.",
     lambda w, sigma: momentum.second_moment_matrix(sigma, [0] * len(w))),
    ("zero", "The mean is 0, but squares have positive means.",
     lambda w: momentum.second_moment_matrix(0, [0] * len(w))),
    ("correlated", "Independent entries of mean 0 have products of mean 0.",
     lambda w, sigma: [[sigma**2] * len(w)] * len(w)),
)  # fmt: skip


@second_moment.witness
def _(w, sigma):
    noise = sigma * engine.sign_sequences(len(w))
    return noise @ noise.T / noise.shape[1]


@family.part(Real(digits=3))
def clean(w, b, X, y):
    return input_noise.clean_loss(w, b, X, y)


clean.slips = rows(
    ("factor one half", "There is no factor 1/2 here.", lambda clean: clean / 2),
    ("the sum", "The loss is the mean over the examples.",
     lambda clean, y: clean * len(y) if len(y) > 1 else None),
    ("bias left out", "The bias belongs to the prediction.",
     lambda w, X, y: input_noise.clean_loss(w, 0, X, y)),
    ("not squared", "The error is squared.",
     lambda w, b, X, y: sum(abs(dot(w, x) + b - t) for x, t in zip(X, y, strict=True)) / len(y)),
    ("label left out", "Subtract the label from the prediction.",
     lambda w, b, X, y: input_noise.clean_loss(w, b, X, 0 * y)),
)  # fmt: skip
clean.witness(lambda w, b, X, y: expected(w, b, X, y, np.zeros((len(w), len(w)))))


@family.part(Real(digits=3), marks=2, levels=["easy", "medium"])
def noisy(clean, w, sigma):
    return input_noise.noisy_loss(clean, w, sigma)


noisy.slips = rows(
    ("deviation not squared", "The variance sigma squared enters.",
     lambda clean, w, sigma: input_noise.noisy_loss(clean, w, sqrt(sigma))),
    ("weights left out", "The weights multiply the noise.", lambda clean, sigma: clean + sigma**2),
    ("products kept", "Independent entries of mean 0 have products of mean 0.",
     lambda clean, w, sigma: clean + (sigma * sum(w)) ** 2),
    ("norm not squared", "The square of the norm enters.",
     lambda clean, w, sigma: clean + sigma**2 * sqrt(dot(w, w))),
    ("noise cancels", "Its mean is 0, but that of its square is not.", lambda clean: clean),
    ("summed over the examples", "The loss is the mean over the examples.",
     lambda clean, w, sigma, y: clean + len(y) * sigma**2 * dot(w, w) if len(y) > 1 else None),
    ("noise only", "The loss without noise is part of it.", lambda w, sigma: sigma**2 * dot(w, w)),
    ("half of the noise", "There is no factor 1/2 here.", lambda clean, noisy: (clean + noisy) / 2),
)  # fmt: skip
noisy.witness(lambda w, b, X, y, sigma: expected(w, b, X, y, sigma * np.eye(len(w))))


@family.part(Real(digits=3), levels=["easy", "medium"])
def doubled(clean, noisy):
    return clean + 4 * (noisy - clean)


doubled.slips = rows(
    ("all doubled", "Only the part of the noise grows.", lambda noisy: 2 * noisy),
    ("noise part doubled", "The deviation enters squared, so the part is 4 times as large.",
     lambda clean, noisy: 2 * noisy - clean),
    ("unchanged", "More noise costs more.", lambda noisy: noisy),
    ("noise only", "The loss without noise is part of it.", lambda clean, doubled: doubled - clean),
)  # fmt: skip
doubled.witness(lambda w, b, X, y, sigma: expected(w, b, X, y, 2 * sigma * np.eye(len(w))))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def correlated(clean, w, S):
    return input_noise.noisy_loss_correlated(clean, w, S)


correlated.slips = rows(
    ("covariances left out", "The entries beside the diagonal count, too.",
     lambda clean, w, S: clean + w[0] ** 2 * S[0][0] + w[1] ** 2 * S[1][1]),
    ("covariance counted once", "It stands on both sides of the diagonal.",
     lambda correlated, w, S: correlated - w[0] * w[1] * S[0][1]),
    ("noise cancels", "Its mean is 0, but that of its square is not.", lambda clean: clean),
)  # fmt: skip
correlated.witness(lambda w, b, X, y, S: expected(w, b, X, y, np.linalg.cholesky(S)))


@family.part(
    Expression(symbols={"w": "real", "x": "real", "y": "real", "sigma": "positive"}),
    marks=2,
    levels=["hard"],
)
def formula():
    return letters.formula(input_noise.expected_square)


formula.slips = rows(
    ("deviation not squared", "The variance sigma squared enters.",
     lambda: letters.formula(lambda w, x, y, sigma: (w * x - y) ** 2 + sigma * w**2)),
    ("weight not squared", "The weight multiplies the noise before the square.",
     lambda: letters.formula(lambda w, x, y, sigma: (w * x - y) ** 2 + sigma**2 * w)),
    ("noise cancels", "Its mean is 0, but that of its square is not.",
     lambda: letters.formula(input_noise.expected_square, sigma=0)),
)  # fmt: skip


@formula.witness
def _(point):
    w, x, y, sigma = (point[name] for name in ("w", "x", "y", "sigma"))
    return expected([w], 0.0, [[x]], [y], [[sigma]])


@family.part(Real(digits=3), marks=2, levels=["hard"])
def best(x, t, sigma):
    return input_noise.best_weight(x, t, sigma)


best.slips = rows(
    ("without noise", "The noise adds n sigma squared below.",
     lambda x, t: input_noise.best_weight(x, t, 0)),
    ("noise of one example", "Every example adds its own variance.",
     lambda x, t, sigma: input_noise.best_weight(x, t, sigma / sqrt(rational(3)))),
    ("deviation not squared", "The variance sigma squared enters.",
     lambda x, t, sigma: input_noise.best_weight(x, t, sqrt(sigma))),
)  # fmt: skip


@best.witness
def _(x, t, sigma):
    """Least squares over both outcomes of the noise of every example."""
    inputs = np.concatenate([np.array(x) + sigma, np.array(x) - sigma])
    return np.linalg.lstsq(inputs[:, None], np.tile(t, 2), rcond=None)[0][0]


@family.part(Real(digits=3), levels=["hard"])
def equivalent(lam, n):
    return input_noise.equivalent_sigma(lam, n)


equivalent.slips = rows(
    ("variance", "Take the root: the penalty belongs to sigma squared.", lambda lam, n: lam / n),
    ("not divided", "Each of the n examples adds sigma squared.", lambda lam: sqrt(lam)),
    ("divided after the root", "n sigma squared is lambda.", lambda lam, n: sqrt(lam) / n),
)  # fmt: skip


@equivalent.witness
def _(lam, n):
    """What noise of deviation 1 adds to the sum of squares for a weight of 1 grows by squares."""
    added = n * expected([1.0], 0.0, [[0.0]], [0.0], [[1.0]])
    return np.sqrt(lam / added)


def expected(w, b, X, y, spread):
    """The engine's mean loss over all outcomes of the noise spread · (±1, ..., ±1)."""
    layer = engine.Linear(len(w), 1, generator=0)
    layer.weight.data, layer.bias.data = np.array([w], dtype=float), np.array([b], dtype=float)
    noise = (np.array(spread, dtype=float) @ engine.sign_sequences(len(w))).T
    inputs = np.array(X, dtype=float)[:, None, :] + noise[None]
    labels = np.array(y, dtype=float)[:, None, None] + np.zeros((*inputs.shape[:2], 1))
    outputs = layer(engine.Tensor(inputs.reshape(-1, len(w))))
    return float(engine.MSELoss()(outputs, labels.reshape(-1, 1)).data)


@family.working
def _(level, w, b, X, y, S, x, t):
    outputs = Vector(dot(w, row) for row in X) + b
    found = {"outputs": outputs, "squares": (outputs - y) ** 2, "norm": dot(w, w)}
    if level != "hard":
        return found
    form = input_noise.noisy_loss_correlated(0, w, S)
    return found | {"form": form, "above": dot(x, t), "below": dot(x, x)}
