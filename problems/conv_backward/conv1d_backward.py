"""Backward pass of a one-dimensional convolution.

Trap: flipping a gradient, counting one window only, leaving out windows at the ends.
Reference: Goodfellow, Bengio and Courville (2016), equations 9.9 to 9.13.
Source: S2-17.
"""

import numpy as np

from partialcredit.engine.functional import conv1d
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.numbers.rationals import rational
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import conv_gradients as backward
from partialcredit.solvers import convolution as conv
from partialcredit.solvers import letters

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


@family.derive
def padded(x, P):
    return conv.padded(x, P, P)


@family.run
def gradients(x, w, delta, S, P):
    """The engine's gradients by signal, filter and bias."""
    leaves = [tensor(v, requires_grad=True) for v in ([[x]], [[w]], [0])]
    conv1d(*leaves, stride=S, padding=P).backward(np.array([[delta]], dtype=float))
    return [leaf.grad for leaf in leaves]


@family.part(lambda w: shaped(w), marks=2)
def weights(padded, w, delta, S):
    return backward.filter_gradient(padded, delta, len(w), stride=S)


weights.slips = rows(
    ("back to front", "The first weight meets the first entry of every window.",
     lambda weights: weights[::-1]),
    ("first window only", "Every window uses the filter: add what each contributes.",
     lambda padded, w, delta: delta[0] * padded[: len(w)]),
    ("upstream gradient left out", "Each window counts with its upstream gradient.",
     lambda padded, w, delta, S: backward.filter_gradient(padded, 0 * delta + 1, len(w), stride=S)),
    ("upstream gradient flipped", "The first window belongs to the first gradient.",
     lambda padded, w, delta, S: backward.filter_gradient(padded, delta[::-1], len(w), stride=S)),
    ("stride ignored", "Neighbouring windows start S entries apart.",
     lambda padded, w, delta, S:
         backward.filter_gradient(padded, delta, len(w)) if S > 1 else None),
    ("mean", "The gradients of all outputs add up; nothing is averaged.",
     lambda weights, delta: rational(1, len(delta)) * weights),
    ("signs ignored", "Add the upstream gradients with their signs.",
     lambda padded, w, delta, S: backward.filter_gradient(padded, abs(delta), len(w), stride=S)),
)  # fmt: skip
weights.witness(lambda gradients: gradients[1][0, 0])


@family.part(Integer())
def bias(delta):
    return sum(delta)


bias.slips = rows(
    ("signs ignored", "Add the upstream gradients with their signs.",
     lambda delta: sum(abs(delta))),
    ("number of outputs", "Each output passes on its upstream gradient, not 1.",
     lambda delta: len(delta)),
    ("times the signal", "The bias is added to the sum; the signal does not multiply it.",
     lambda x, delta: sum(x) * sum(delta)),
    ("mean", "The gradients of all outputs add up; nothing is averaged.",
     lambda bias, delta: rational(bias, len(delta))),
)  # fmt: skip
bias.witness(lambda gradients: round(gradients[2][0]))


def given_back(w, delta, padded, S, P):
    """What the windows give back to the entries of the signal that are no zeros of the padding."""
    return backward.signal_gradient(w, delta, len(padded), stride=S)[P : len(padded) - P]


@family.part(lambda x: shaped(x), marks=2, levels=["medium", "hard"])
def signal(w, delta, padded, S, P):
    return given_back(w, delta, padded, S, P)


def windows_do_not_add_up(w, delta, padded, S, P):
    found = [0] * len(padded)
    for i, d in enumerate(delta):
        found[S * i : S * i + len(w)] = d * w
    return found[P : len(found) - P]


def only_whole_overlaps(w, delta, S, P):
    longer, shorter = sorted([w, delta], key=len, reverse=True)
    return conv.correlate(longer, conv.flip(shorter)) if S == 1 and not P else None


signal.slips = rows(
    ("filter flipped", "Entry j of a window gets back the weight that it met, w_j.",
     lambda w, delta, padded, S, P: given_back(w[::-1], delta, padded, S, P)),
    ("windows do not add up", "An entry lies in several windows: add what they give back.",
     windows_do_not_add_up),
    ("only whole overlaps", "Entries at the ends lie in fewer windows, but count, too.",
     only_whole_overlaps),
    ("as long as the output", "Every entry of the signal has a derivative.",
     lambda signal, delta: signal[: len(delta)]),
    ("zeros kept", "The zeros are no entries of x: drop what falls on them.",
     lambda w, delta, padded, S, P: given_back(w, delta, padded, S, 0) if P else None),
    ("stride ignored", "Neighbouring windows start S entries apart.",
     lambda w, delta, padded, S, P: given_back(w, delta, padded, 1, P) if S > 1 else None),
    ("ends left out", "The ends of the signal get back what their windows give them.",
     lambda signal: signal[1:-1] if len(signal) > 3 else None),
)  # fmt: skip
signal.witness(lambda gradients: gradients[0][0, 0])


def spelled(w_1, w_2, delta_1, delta_2, delta_3):
    """The gradient by a signal of four entries, in letters."""
    return backward.signal_gradient((w_1, w_2), (delta_1, delta_2, delta_3), 4)


NAMES = ("w_1", "w_2", "delta_1", "delta_2", "delta_3")


@family.part(Expression(symbols=dict.fromkeys(NAMES, "real")), marks=2, levels=["hard"])
def formula(k):
    return letters.formula(spelled)[k - 1]


formula.slips = rows(
    ("filter flipped", "The earlier window meets this entry with its last weight.",
     lambda k: letters.formula(lambda w_1, w_2, delta_1, delta_2, delta_3:
         spelled(w_2, w_1, delta_1, delta_2, delta_3))[k - 1]),
    ("one window only", "Two windows contain this entry: add both contributions.",
     lambda k: letters.symbols(f"delta_{k}") * letters.symbols("w_1")),
)  # fmt: skip


@formula.witness
def _(k, point):
    w, delta = ([point[name] for name in NAMES if name.startswith(start)] for start in "wd")
    return np.convolve(w, delta)[k - 1]


@family.working
def _(x, w, delta, padded, S, P):
    return {
        "m": len(w),
        "read": [padded[j : j + S * (len(delta) - 1) + 1 : S] for j in range(len(w))],
        "given": [
            [(d, w[k - S * i]) for i, d in enumerate(delta) if 0 <= k - S * i < len(w)]
            for k in range(P, P + len(x))
        ],
    }
