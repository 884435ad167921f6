"""Accumulated gradients of a regularised mean loss.

Trap: penalising the biases, dividing the penalty by n, forgetting to divide the sum by n.
Reference: Goodfellow, Bengio and Courville (2016), equations 7.2 to 7.5 and section 8.1.3.
Source: S4-10, S4-13.
"""

from partialcredit import engine
from partialcredit.engine.functional import linear
from partialcredit.family import Family, rows
from partialcredit.grading import Expression
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import backprop, letters, matrices

family = Family(
    version=2,
    conventions=[
        r"column 0 of $\Theta$ holds the biases, so every input begins with $x_0 = 1$",
        r"$\ell_i = \frac{1}{2} \lVert \Theta x_i - y_i \rVert^2$ is the loss of example $i$",
        r"the cost of all $n$ examples is {% if not lam %}$J = \frac{1}{n} \sum_i \ell_i$"
        r"{% else %}{% if inside %}$J = \frac{1}{n} \left( \sum_i \ell_i + \frac{\lambda}{2} R "
        r"\right)${% else %}$J = \frac{1}{n} \sum_i \ell_i + \frac{\lambda}{2} R${% endif %}, "
        r"where $R$ adds up the squares of all weights, but not of the biases{% endif %}",
    ],
)


@family.sample
def sample(draw):
    outputs, features, n = draw.by_level((1, 1, 2), (1, 2, 3), (2, 2, draw.integer(3, 4)))
    inside = draw.level == "hard" and draw.chance(0.5)
    return {
        "X": [(1, *[draw.nonzero(-3, 4) for _ in range(features)]) for _ in range(n)],
        "Y": [draw.integers(outputs, -5, 6) for _ in range(n)],
        "Theta": [
            [rational(draw.nonzero(-6, 6), 2) for _ in range(features + 1)] for _ in range(outputs)
        ],
        "lam": draw.by_level(0, *[draw.decimal("0.1", "0.2", "0.3", "0.5")] * 2),
        "inside": inside,
    } | draw.by_level({}, *[{"eta": draw.decimal("0.01", "0.1", "0.2", "0.5")}] * 2)


@family.condition
def _(X):
    """The examples differ."""
    return len(set(X)) == len(X)


@family.condition
def _(totals):
    return all(map(all, totals))


@family.derive
def n(X):
    return len(X)


@family.derive
def share(lam, inside, n):
    """The factor of the weights in the gradient."""
    return lam * rational(1, n) if inside else lam


@family.derive
def penalised(Theta):
    """The weights, with zeros for the biases."""
    return [(0, *row[1:]) for row in Theta]


@family.run
def tape(X, Y, Theta, lam, inside):
    """The engine's cost: its weights, the distances of its predictions, the sum of the losses."""
    weights = tensor(Theta, requires_grad=True)
    away = linear(tensor(X), weights) - tensor(Y)
    losses = (away * away).sum() / 2
    penalty = (weights[:, 1:] ** 2).sum() * (lam / 2)
    n = len(X)
    cost = (losses + penalty) / n if inside else losses / n + penalty
    return [g.data for g in (*engine.grad(losses, [away, weights]), *engine.grad(cost, [weights]))]


def like_the_weights(Theta, lam):
    """Without a penalty the entries are short decimals."""
    return shaped(Theta, 4 if lam else None)


@family.part(lambda Y: shaped(Y))
def errors(X, Y, Theta):
    return matrices.product(X, columns(Theta)) - Y


errors.slips = rows(
    ("wrong sign", "The derivative of the loss with respect to the prediction is prediction - y.",
     lambda errors: -errors),
    ("biases left out", "The column of the biases multiplies x_0 = 1.",
     lambda Theta, errors: [row - columns(Theta)[0] for row in errors]),
)  # fmt: skip
errors.witness(lambda tape: tape[0])


@family.part(lambda Theta: shaped(Theta), marks=2)
def totals(X, errors):
    return backprop.sum_outer(errors, X)


totals.slips = rows(
    ("last example only", "Every example adds to the sum.",
     lambda X, errors: backprop.outer(errors[-1], X[-1])),
    ("mean", "The accumulated gradient is the sum; it is divided by n later.",
     lambda X, errors: backprop.mean_outer(errors, X)),
    ("inputs left out", "Multiply every error by the inputs of its example.",
     lambda X, errors: [[sum(column)] * len(X[0]) for column in columns(errors)]),
    ("first example only", "Every example adds to the sum.",
     lambda X, errors: backprop.outer(errors[0], X[0])),
)  # fmt: skip
totals.witness(lambda tape: tape[1])


def entry(a, n, lam, theta, inside, mean, plus):
    penalty = plus * (lam / n if inside else lam)
    return backprop.regularised_entry(a, n if mean else 1, penalty, theta)


def in_letters(inside, *, mean=True, plus=1):
    lam = letters.symbols("lambda")
    return letters.formula(entry, lam=lam, inside=inside, mean=mean, plus=plus)


@family.part(
    Expression(
        symbols={"a": "real", "n": "positive integer", "lambda": "positive", "theta": "real"}
    ),
    levels=["hard"],
)
def formula(inside):
    return in_letters(inside)


formula.slips = rows(
    ("sum not divided", "The cost is a mean: divide the sum by n.",
     lambda inside: in_letters(inside, mean=False)),
    ("other place of the penalty", "See where the penalty stands in the cost.",
     lambda inside: in_letters(not inside)),
    ("factor 2", "The 2 of the square cancels with the 1/2 before the penalty.",
     lambda inside: in_letters(inside, plus=2)),
)  # fmt: skip


@formula.witness
def _(point, inside):
    """Equal examples with one weight, whose losses together have the slope a."""
    n, theta = point["n"], point["theta"]
    X, Y = ((0.0, 1.0),) * n, ((theta - point["a"] / n,),) * n
    return tape(X, Y, ((0.0, theta),), point["lambda"], inside)[2][0, 1]


@family.part(like_the_weights, marks=2)
def gradient(totals, n, share, Theta):
    return backprop.regularised_gradient(totals, n, share, Theta)


gradient.slips = rows(
    ("biases penalised", "The biases, in column 0, are not penalised.",
     lambda gradient, share, Theta, penalised: gradient + share * (Theta - penalised)),
    ("other place of the penalty", "See where the penalty stands in the cost.",
     lambda totals, n, Theta, lam, inside:
         backprop.regularised_gradient(totals, n, share(lam, not inside, n), Theta)),
    ("sum not divided", "The cost is a mean: divide the sum by n.",
     lambda totals, Theta, lam: backprop.regularised_gradient(totals, 1, lam, Theta)),
    ("no penalty", "The penalty has a gradient, too.",
     lambda totals, n, Theta: backprop.regularised_gradient(totals, n, 0, Theta)),
    ("penalty alone", "The losses of the examples have a gradient, too.",
     lambda share, penalised: share * penalised if share else None),
    ("penalty subtracted", "The gradient of the penalty is added.",
     lambda totals, n, share, Theta: backprop.regularised_gradient(totals, n, -share, Theta)),
    ("factor 2", "The 2 of the square cancels with the 1/2 before the penalty.",
     lambda gradient, share, penalised: gradient + share * penalised),
)  # fmt: skip
gradient.witness(lambda tape: tape[2])


@family.part(like_the_weights, levels=["medium", "hard"])
def updated(Theta, gradient, eta):
    return backprop.descend(Theta, gradient, eta)


updated.slips = rows(
    ("went up", "Descent subtracts the gradient.",
     lambda Theta, gradient, eta: backprop.descend(Theta, gradient, -eta)),
    ("accumulated gradient", "The step takes the gradient of the cost, not the sum.",
     lambda Theta, totals, eta: backprop.descend(Theta, totals, eta)),
    ("learning rate left out", "Multiply the gradient by the learning rate first.",
     lambda Theta, gradient: backprop.descend(Theta, gradient, 1)),
)  # fmt: skip


@updated.witness
def _(Theta, tape, eta):
    weights = tensor(Theta, requires_grad=True)
    weights.grad = tape[2]
    engine.SGD([weights], lr=eta).step()
    return weights.data
