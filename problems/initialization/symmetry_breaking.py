"""Symmetry among hidden units.

Trap: expecting equal units to drift apart, or hidden units to learn through output weights of 0.
Reference: Goodfellow, Bengio and Courville (2016), section 8.4.
Source: S3-03.
"""

from functools import cache

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Text, TrueFalse
from partialcredit.numbers.vectors import dot, each
from partialcredit.solvers import backprop, propagation

family = Family(
    version=3,
    conventions=[
        r"the network computes $y = \sum_j v_j \, \mathrm{ReLU}(w_j^\top x)$ without biases, and row "
        r"$j$ of $W$ is $w_j^\top$",
        r"the loss is $L = \frac{1}{2} (y - t)^2$",
    ],
    hidden=["claims"],
)

ALIKE, UNLIKE = [[1.0, 2.0]] * 3, [[1.0, 2.0], [0.5, 1.0], [2.0, -0.5]]

MASKS = [[1, 0, 1], [0, 1, 1]]

#: Why a statement holds or does not.
KEPT = "equal units compute equal values and receive equal gradients in every step"
TOLD_APART = {
    0: "then the rows differ from the start, and with them the gradients",
    4: "the gradient of row $j$ has the factor $v_j$",
    6: "a unit that is dropped receives no gradient in that step",
}

#: Statement, whether it is true, whether it says that units become different, and an experiment:
#: rows, output weights, learning rate, steps and dropout masks.
# ruff: noqa: E501 - a table: every statement keeps to one line
CLAIMS = (
    ("Drawing $W$ at random breaks the symmetry.", True, True, UNLIKE, [1, 1, 1], 0.01, 3, None),
    ("Equal hidden units drift apart after enough steps.", False, True, ALIKE, [1, 1, 1], 0.01, 60, None),
    ("Equal hidden units become different with a smaller learning rate.", False, True, ALIKE, [1, 1, 1], 0.001, 30, None),
    ("Equal hidden units become different with a larger learning rate.", False, True, ALIKE, [1, 1, 1], 0.02, 30, None),
    ("Equal rows of $W$ become different if the output weights $v$ are drawn at random.", True, True, ALIKE, [1, 2, -1], 0.01, 3, None),
    ("Setting all weights to 0.1 instead of 1 breaks the symmetry.", False, True, [[0.1, 0.1]] * 3, [0.1] * 3, 0.01, 30, None),
    ("Dropout, with another mask in every step, can make equal hidden units different.", True, True, ALIKE, [1, 1, 1], 0.01, 4, MASKS),
    ("Without any randomness in training, equal hidden units stay equal.", True, False, ALIKE, [1, 1, 1], 0.01, 30, None),
)  # fmt: skip


@family.sample
def sample(draw):
    x = draw.integers(2, 1, 4)
    able = [
        row
        for row in ((a, b) for a in range(-3, 4) for b in range(-3, 4))
        if 0 < backprop.affine([row], x)[0] < 12
    ]
    m = draw.by_level(draw.integer(3, 4), draw.integer(2, 3), draw.integer(5, 6))
    rows = draw.sample(able, draw.by_level(m, m, 2))
    out = draw.sample([-2, -1, 1, 2], 2)
    if draw.level == "easy":
        chosen = [(row, out[0]) for row in rows[: draw.integer(1, m)]]
        units = draw.shuffle([*chosen, *(draw.choice(chosen) for _ in range(m - len(chosen)))])
    elif draw.level == "medium":
        silent = draw.integer(1, m - 1)
        outs = draw.shuffle([0] * silent + [draw.nonzero(-2, 2) for _ in range(m - silent)])
        units = list(zip(rows, outs, strict=True))
    else:
        twice, again = ([(row, v) for v in out] for row in rows)  # alike but for the way out
        chosen = [*twice, *draw.sample(again, draw.integer(0, 2))]
        units = draw.shuffle([*chosen, *(draw.choice(chosen) for _ in range(m - len(chosen)))])
    return {
        "x": x,
        "W": [row for row, _v in units],
        "v": [v for _row, v in units],
        "t": draw.nonzero(-9, 9),
        "eta": draw.decimal("0.001", "0.002", "0.005"),
        "claims": draw.sample(range(len(CLAIMS)), 3),
    } | ({} if draw.level == "medium" else {"steps": draw.integer(10, 500)})


@family.derive
def h(x, W):
    return backprop.affine(W, x)


@family.condition
def _(x, v, h, t, eta):
    """There is an error, and the steps are so small that they leave all units active."""
    y = dot(v, h)
    far = 2 * eta * abs(y - t) * sum(x**2)
    return y != t and all(a > far * abs(u) for a, u in zip(h, v, strict=True))


def output_of(x, W, v):
    return dot(v, backprop.affine(W, x))


def trained(x, t, W, v, eta, steps, masks=None):
    """The engine's network after some steps: the last output, and W and v with their gradients."""
    rows, out = (engine.Tensor(np.array(a, dtype=float), requires_grad=True) for a in (W, v))
    optimizer = engine.SGD([rows, out], lr=eta)
    for step in range(steps):
        h = functional.relu(rows @ np.array(x, dtype=float))
        if masks:
            h = h * np.array(masks[step % len(masks)], dtype=float)
        y = (h * out).sum()
        optimizer.zero_grad()
        ((y - float(t)) ** 2 / 2).backward()
        optimizer.step()
    return y.data, rows, out


@family.run
def first(x, t, W, v, eta):
    return trained(x, t, W, v, eta, 1)


@family.part(Integer())
def output(x, W, v):
    return output_of(x, W, v)


output.slips = rows(
    ("output weights left out", "Multiply every hidden unit by its output weight.",
     lambda h: sum(h)),
    ("one unit only", "All hidden units add to the output.",
     lambda h, v: h[0] * v[0] if v[0] else None),
)  # fmt: skip
output.witness(lambda first: first[0])


@family.part(lambda W: Array(shape=(len(W), 2), digits=None), marks=2)
def gradient(x, v, output, t):
    """By the rows of W, while all hidden units are active."""
    return backprop.outer((output - t) * v, x)


gradient.slips = rows(
    ("output weights left out", "The error goes back through v: multiply by v_j.",
     lambda x, v, output, t: backprop.outer([output - t for _ in v], x)),
    ("wrong sign", "The derivative of the loss with respect to y is y - t.",
     lambda v, gradient: -gradient if any(v) else None),
    ("hidden value for input", "The derivative of w^T x with respect to w is x.",
     lambda W, v, output, t: (output - t) * v * W),
    ("error left out", "Multiply by the error of the output, y - t.", lambda x, v: backprop.outer(v, x)),
    ("factor 2", "The 2 of the square cancels with the 1/2.", lambda gradient: 2 * gradient),
)  # fmt: skip
gradient.witness(lambda first: first[1].grad)


@family.part(lambda W: Array(shape=(len(W),), digits=None), levels=["medium"])
def outgoing(h, output, t):
    return (output - t) * h


outgoing.slips = rows(
    ("nothing to learn", "Weights of 0 still have a gradient: the error times the hidden values.",
     lambda v, outgoing: each(lambda u, g: g if u else 0, v, outgoing)),
    ("wrong sign", "The derivative of the loss with respect to y is y - t.",
     lambda outgoing: -outgoing),
    ("error left out", "Multiply by the error of the output, y - t.", lambda h: h),
    ("factor 2", "The 2 of the square cancels with the 1/2.", lambda outgoing: 2 * outgoing),
)  # fmt: skip
outgoing.witness(lambda first: first[2].grad)


def gradient_at(x, W, v, t):
    return backprop.outer((output_of(x, W, v) - t) * v, x)


@family.part(lambda W: Array(shape=(len(W), 2), digits=3), levels=["medium"], marks=2)
def second(x, W, v, gradient, outgoing, t, eta):
    return gradient_at(x, W - eta * gradient, v - eta * outgoing, t)


second.slips = rows(
    ("still 0", "After the first step no output weight is 0 any more.",
     lambda v, second: each(lambda u, row: row if u else 0 * row, v, second)),
    ("wrong sign of the step", "Descent subtracts eta times the gradient.",
     lambda x, W, v, gradient, outgoing, t, eta:
         gradient_at(x, W + eta * gradient, v + eta * outgoing, t)),
    ("old error", "The output has changed with W and v, and the error with it.",
     lambda x, v, outgoing, output, t, eta:
         backprop.outer((output - t) * (v - eta * outgoing), x)),
    ("old hidden units", "The first step has changed W as well.",
     lambda x, W, v, outgoing, t, eta: gradient_at(x, W, v - eta * outgoing, t)),
    ("only W updated", "The outgoing weights learn in the first step, too.",
     lambda x, W, v, gradient, t, eta: gradient_at(x, W - eta * gradient, v, t)),
)  # fmt: skip
second.witness(lambda x, t, W, v, eta: trained(x, t, W, v, eta, 2)[1].grad)


@family.part(Integer(), levels=["easy", "hard"])
def distinct(W, v):
    return propagation.distinct_units(W, v)


distinct.slips = rows(
    ("all of them", "Units that start alike, in and out, receive equal gradients.",
     lambda W: len(W)),
    ("rows only", "Equal rows with different output weights receive other gradients.",
     lambda W: len(set(W))),
    ("one too many", "Count every group of equal units once.", lambda distinct: distinct + 1),
)  # fmt: skip


def different(rows):
    return len(np.unique(rows.data.round(9), axis=0))


@distinct.witness
def _(x, t, W, v, eta):
    """The first step already tells apart whatever can be told apart; the third shows it lasts."""
    return different(trained(x, t, W, v, eta, 3)[1])


@family.part(TrueFalse(statements=3))
def statements(claims):
    return tuple(CLAIMS[i][1] for i in claims)


@cache
def observed(i):
    _text, _truth, says, W, v, eta, steps, masks = CLAIMS[i]
    return says == (different(trained((1, 1), 2, W, v, eta, steps, masks)[1]) > 1)


statements.witness(lambda claims: tuple(map(observed, claims)))


@family.working
def _(x, W, v, h, output, gradient, t, eta, claims):
    after, moved = v - eta * (output - t) * h, W - eta * gradient
    return {
        "after": after,
        "moved": moved,
        "then": backprop.affine(moved, x),
        "later": output_of(x, moved, after),
        "error": output - t,
        "texts": [CLAIMS[i][0] for i in claims],
        "truths": [CLAIMS[i][1] for i in claims],
        "reasons": [TOLD_APART.get(i, KEPT) for i in claims],
    }


@family.part(Text(), marks=2, levels=["hard"])
def why():
    return (
        "Units with equal weights receive equal gradients and stay equal, so a layer of them learns "
        "no more than a single unit; random weights make their gradients differ."
    )
