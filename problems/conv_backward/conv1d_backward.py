"""Backward pass of a one-dimensional convolution.

Trap: flipping a gradient, counting one window only, leaving out windows at the ends.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.9 to 9.13.
Source: S2-17.
"""

from functools import cache, lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Integer
from partialcredit.solvers import conv_gradients as backward
from partialcredit.solvers import convolution as conv

family = Family(
    conventions=[
        r"the filter is not flipped: $z_i = b + \sum_{j=1}^{m} w_j "
        r"{% if P %}\tilde{x}{% else %}x{% endif %}_{ {{ 'S(i-1) + j' if S > 1 else 'i+j-1' }} }$, "
        r"where $m$ is the number of weights"
        r"{% if P %} and $\tilde{x}$ is the signal after padding{% endif %}",
        "{% if P %}padding puts {{ P }} zero at each end of the signal{% endif %}",
    ]
)


@family.sample
def sample(draw):
    S, P = draw.by_level((1, 0), (1, 0), draw.choice([(2, 1), (2, 0), (1, 1)]))
    m = draw.by_level(2, 3, 3)
    x = draw.integers(draw.by_level(5, draw.integer(5, 6), draw.choice([5, 7])), -3, 4)
    outputs = (len(x) + 2 * P - m) // S + 1
    shared = {
        "x": x,
        "w": draw.integers(m, -3, 3),
        "delta": draw.integers(outputs, -3, 3),
        "S": S,
        "P": P,
    }
    return shared | draw.by_level({}, {}, {"k": draw.integer(2, 3)})


@family.condition
def _(x, w, delta):
    lively = all(values[0] and values[-1] for values in (x, w, delta))
    return lively and delta != delta[::-1] and w != w[::-1]


def vector(values):
    """The kind of a vector of integers."""
    return Array(shape=(len(values),))


@family.part(lambda w: vector(w), marks=2)
def weights(x, w, delta, S, P):
    return backward.filter_gradient(conv.padded(x, P, P), delta, len(w), stride=S)


def upstream_gradient_left_out(x, w, delta, S, P):
    ones = (1,) * len(delta)
    return backward.filter_gradient(conv.padded(x, P, P), ones, len(w), stride=S)


weights.slips = rows(
    ("back to front", "The first weight meets the first entry of every window.",
     lambda weights: weights[::-1]),
    ("first window only", "Every window uses the filter: add what each contributes.",
     lambda x, w, delta, P: tuple(delta[0] * v for v in conv.padded(x, P, P)[: len(w)])),
    ("upstream gradient left out", "Each window counts with its upstream gradient.",
     upstream_gradient_left_out),
    ("upstream gradient flipped",
     "The first window belongs to the first gradient.",
     lambda x, w, delta, S, P: backward.filter_gradient(conv.padded(x, P, P), delta[::-1], len(w), stride=S)),
    ("stride ignored",
     "Neighbouring windows start S entries apart.",
     lambda x, w, delta, S, P: backward.filter_gradient(conv.padded(x, P, P), delta, len(w)) if S > 1 else None),
)  # fmt: skip
weights.witness(lambda x, w, delta, S, P: run(x, w, delta, S, P)[1][0, 0])


@family.part(Integer())
def bias(delta):
    return sum(delta)


bias.slips = rows(
    ("signs ignored", "Add the upstream gradients with their signs.",
     lambda delta: sum(map(abs, delta))),
    ("number of outputs", "Each output passes on its upstream gradient, not 1.",
     lambda delta: len(delta)),
    ("times the signal", "The bias is added to the sum; the signal does not multiply it.",
     lambda x, delta: sum(x) * sum(delta)),
)  # fmt: skip
bias.witness(lambda x, w, delta, S, P: round(run(x, w, delta, S, P)[2][0]))


@family.part(lambda x: vector(x), marks=2, levels=["medium", "hard"])
def signal(x, w, delta, S, P):
    size = len(x) + 2 * P
    return backward.signal_gradient(w, delta, size, stride=S)[P : size - P]


def filter_flipped(x, w, delta, S, P):
    size = len(x) + 2 * P
    return backward.signal_gradient(w[::-1], delta, size, stride=S)[P : size - P]


def windows_do_not_add_up(x, w, delta, S, P):
    found = [0] * (len(x) + 2 * P)
    for i, d in enumerate(delta):
        for j, weight in enumerate(w):
            found[S * i + j] = d * weight
    return tuple(found[P : len(found) - P])


def only_whole_overlaps(w, delta, S, P):
    longer, shorter = sorted([w, delta], key=len, reverse=True)
    return conv.correlate(longer, conv.flip(shorter)) if S == 1 and not P else None


def stride_ignored(x, w, delta, S, P):
    size = len(x) + 2 * P
    return backward.signal_gradient(w, delta, size)[P : size - P] if S > 1 else None


signal.slips = rows(
    ("filter flipped", "Entry j of a window gets back the weight that it met, w_j.",
     filter_flipped),
    ("windows do not add up", "An entry lies in several windows: add what they give back.",
     windows_do_not_add_up),
    ("only whole overlaps", "Entries at the ends lie in fewer windows, but count, too.",
     only_whole_overlaps),
    ("as long as the output", "Every entry of the signal has a derivative.",
     lambda signal, delta: signal[: len(delta)]),
    ("zeros kept",
     "The zeros are no entries of x: drop what falls on them.",
     lambda x, w, delta, S, P: backward.signal_gradient(w, delta, len(x) + 2 * P, stride=S) if P else None),
    ("stride ignored", "Neighbouring windows start S entries apart.", stride_ignored),
)  # fmt: skip
signal.witness(lambda x, w, delta, S, P: run(x, w, delta, S, P)[0][0, 0])


@cache
def letters():
    from sympy import symbols  # the hard level alone pays for it

    return symbols("w_1:3"), symbols("delta_1:4")


@cache
def formula_of(k):
    w, delta = letters()
    return backward.signal_gradient(w, delta, 4)[k - 1]


NAMES = ("w_1", "w_2", "delta_1", "delta_2", "delta_3")


@family.part(Expression(symbols=dict.fromkeys(NAMES, "real")), marks=2, levels=["hard"])
def formula(k):
    return formula_of(k)


def filter_flipped_2(k):
    w, delta = letters()
    return backward.signal_gradient(w[::-1], delta, 4)[k - 1]


def one_window_only(k):
    w, delta = letters()
    return delta[k - 1] * w[0]


formula.slips = rows(
    ("filter flipped", "The earlier window meets this entry with its last weight.",
     filter_flipped_2),
    ("one window only", "Two windows contain this entry: add both contributions.", one_window_only),
)  # fmt: skip


@formula.witness
def _(k, point):
    w, delta = ([point[name] for name in NAMES if name.startswith(start)] for start in "wd")
    return np.convolve(w, delta)[k - 1]


@lru_cache(maxsize=4)
def run(x, w, delta, S, P):
    """The engine's gradients by signal, filter and bias."""
    leaves = [
        engine.Tensor(np.array(v, dtype=np.float64), requires_grad=True)
        for v in ([[x]], [[w]], [0])
    ]
    z = engine.functional.conv1d(*leaves, stride=S, padding=P)
    z.backward(np.array([[delta]], dtype=np.float64))
    return [leaf.grad for leaf in leaves]


@family.working
def _(x, w, delta, S, P):
    padded = conv.padded(x, P, P)
    return {
        "m": len(w),
        "padded": padded,
        "read": [padded[j : j + S * (len(delta) - 1) + 1 : S] for j in range(len(w))],
        "given": [
            [(d, w[k - S * i]) for i, d in enumerate(delta) if 0 <= k - S * i < len(w)]
            for k in range(P, P + len(x))
        ],
    }
