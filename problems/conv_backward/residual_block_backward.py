"""Backward pass of a residual block.

Trap: forgetting the shortcut, multiplying by it, leaving out the slope of the activation.
Reference: He et al. (2016), "Deep residual learning for image recognition", equation 1.
Source: S3-23.
"""

import numpy as np

from partialcredit import engine
from partialcredit.engine.functional import conv1d, linear
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.problems._kinds import shaped
from partialcredit.problems._tape import tensor
from partialcredit.solvers import backprop, residual
from partialcredit.solvers import conv_gradients as backward
from partialcredit.solvers import convolution as conv

family = Family(
    version=3,
    conventions=[
        r"{% if activation == 'sigmoid' %}$\sigma(z) = \frac{1}{1 + e^{-z}}${% endif %}",
        "{% if level == 'hard' %}the filters are not flipped, and every convolution pads its "
        "input with one zero at each end and has stride 1{% endif %}",
        r"{% if level == 'hard' %}$\mathrm{ReLU}(z) = \max(0, z)${% endif %}",
    ],
    hidden=["activation"],
)


@family.sample
def sample(draw):
    if draw.level == "hard":
        return {
            "h": draw.integers(4, -3, 3),
            "W": draw.matrix(2, 3, -2, 2),
            "g": draw.integers(4, -3, 3),
            "activation": "relu",
        }
    size = draw.by_level(1, 2, 0)
    return {
        "h": [draw.nonzero(-3, 3) for _ in range(size)],
        "W": [[weight_of(draw) for _ in range(size)] for _ in range(size)],
        "g": [draw.nonzero(-9, 9) for _ in range(size)],
        "activation": draw.choice(["sigmoid", "tanh"]),
    }


def weight_of(draw):
    """A weight: of more values where there is but one of them."""
    return draw.by_level(rational(draw.nonzero(-60, 60), 50), rational(draw.nonzero(-6, 6), 4), 0)


def sized(h):
    """A number for one unit, a vector for several."""
    return Array(shape=(len(h),), digits=3) if len(h) > 1 else Real(digits=3)


def squared(h):
    return Array(shape=(len(h), len(h)), digits=3) if len(h) > 1 else Real(digits=3)


def flat(values):
    """What a lone unit has, without its brackets."""
    return flat(values[0]) if isinstance(values, tuple) and len(values) == 1 else values


def by_row(value):
    """The matrix again that :func:`flat` has made a number of."""
    return value if isinstance(value, tuple) else ((value,),)


@family.derive
def slope(h, W, activation):
    z = backprop.affine(W, h)
    return backprop.slopes(activation, z, backprop.activate(activation, z))


@family.condition
def _(h, W, activation):
    """No unit is saturated."""
    return activation == "relu" or all(abs(v) <= 3 for v in backprop.affine(W, h))


@family.derive
def delta(slope, g):
    return slope * g


@family.run
def dense(h, W, g, activation):
    """The engine's block: gradients by its input and its weights."""
    x, weight = tensor([h], requires_grad=True), tensor(W, requires_grad=True)
    z = linear(x, weight)
    y = (z.tanh() if activation == "tanh" else z.sigmoid()) + x
    y.backward(np.array([g], dtype=float))
    return x.grad[0], weight.grad


def plain(array):
    """A lone number without its brackets."""
    return array.item() if array.size == 1 else array


@family.part(squared, marks=2, levels=["easy", "medium"])
def jacobian(W, slope):
    return flat(residual.jacobian(W, slope))


jacobian.slips = rows(
    ("no shortcut", "The shortcut adds the identity matrix, or 1 for a single unit.",
     lambda W, slope: flat(slope * W)),
    ("slope left out", "The activation's slope multiplies the weights.",
     lambda h, W: flat(residual.jacobian(W, (1,) * len(h)))),
    ("transposed", "Row i holds the derivatives of output i.",
     lambda h, jacobian: columns(jacobian) if len(h) > 1 else None),
    ("shortcut only", "The layer itself passes on a gradient, too.",
     lambda h, W: flat(residual.jacobian(0 * W, h))),
)  # fmt: skip


@jacobian.witness
def _(h, W, activation):
    units = np.eye(len(h))
    return plain(np.array([dense(h, W, unit, activation)[0] for unit in units]))


@family.part(sized, levels=["easy", "medium"])
def inputs(g, jacobian):
    return flat(residual.input_gradient(by_row(jacobian), g))


inputs.slips = rows(
    ("weights not transposed", "Going back, the weights are transposed.",
     lambda W, g, delta: g + backprop.affine(W, delta) if len(g) > 1 else None),
    ("multiplied by the shortcut", "The two ways add their gradients.",
     lambda inputs, g: (inputs - flat(g)) * flat(g)),
    ("no shortcut", "The shortcut adds the identity matrix, or 1 for a single unit.",
     lambda inputs, g: inputs - flat(g)),
    ("shortcut only", "The layer itself passes on a gradient, too.", lambda g: flat(g)),
    ("slope left out", "The activation's slope multiplies the weights.",
     lambda W, g: flat(residual.input_gradient(residual.jacobian(W, 0 * g + 1), g))),
)  # fmt: skip
inputs.witness(lambda dense: plain(dense[0]))


@family.part(squared, marks=2, levels=["easy", "medium"])
def weights(h, delta):
    return flat(backprop.outer(delta, h))


weights.slips = rows(
    ("slope left out", "The activation's slope multiplies the weights.",
     lambda h, g: flat(backprop.outer(g, h))),
    ("upstream gradient left out", "Multiply by the upstream gradient, too.",
     lambda h, slope: flat(backprop.outer(slope, h))),
    ("transposed", "Row i belongs to unit i: slope and upstream times h transposed.",
     lambda h, weights: columns(weights) if len(h) > 1 else None),
    ("shortcut added", "The shortcut has no weights: it adds nothing here.",
     lambda weights, g: weights + g[0] if len(g) == 1 else None),
    ("input left out", "Each weight has its input as a factor.",
     lambda h, delta: flat(backprop.outer(delta, 0 * h + 1))),
)  # fmt: skip
weights.witness(lambda dense: plain(dense[1]))


@family.part(lambda h: shaped(h) if len(h) > 1 else Integer())
def idle(h, W, g, activation):
    if activation == "relu":
        return residual.block_input_gradient(0 * W[0], g, g)
    return flat(residual.input_gradient(residual.jacobian(0 * W, slope(h, 0 * W, activation)), g))


idle.slips = rows(
    ("nothing comes back", "The shortcut passes on the gradient even then.", lambda g: flat(0 * g)),
    ("doubled", "With zero weights only the shortcut passes the gradient on.",
     lambda g: flat(2 * g)),
    ("slope times upstream", "With zero weights only the shortcut passes the gradient on.",
     lambda h, W, g, activation:
         flat(slope(h, 0 * W, activation) * g) if activation != "relu" else None),
)  # fmt: skip


@idle.witness
def _(h, W, g, activation):
    found = convolved(h, 0 * W, g)[1] if activation == "relu" else dense(h, 0 * W, g, activation)[0]
    return int(found[0]) if len(h) == 1 else found


@family.condition
def _(h, W, g, activation):
    """Filters and gradients that show their direction; two or three units that pass."""
    if activation != "relu":
        return True
    z = conv.correlate(conv.padded(h, 1, 1), W[0])
    turned = all(values != values[::-1] for values in (g, *W))
    return turned and all(W[1]) and all(z) and sum(v > 0 for v in z) in (2, 3) and any(g[1:3])


@family.derive
def forward(h, W):
    """First pre-activation, its ReLU, and the output of the block of two convolutions."""
    return residual.conv_block(h, *W)


@family.run
def convolved(h, W, g):
    """The engine's block of two convolutions: output, and gradients by h, z and v."""
    x, first, second = (tensor([[values]], requires_grad=True) for values in (h, *W))
    z = conv1d(x, first, padding=1)
    y = conv1d(z.relu(), second, padding=1) + x
    found = engine.grad((y * tensor(g)).sum(), [x, z, second])
    return [y.data[0, 0], *(gradient.data[0, 0] for gradient in found)]


@family.part(lambda h: shaped(h), levels=["hard"])
def output(forward):
    return forward[2]


output.slips = rows(
    ("no shortcut", "Add the input to what the convolutions make of it.",
     lambda h, output: output - h),
    ("ReLU left out", "The second filter reads what the ReLU lets through.",
     lambda h, W, forward: h + conv.correlate(conv.padded(forward[0], 1, 1), W[1])),
)  # fmt: skip
output.witness(lambda convolved: convolved[0])


def by_filter(values, g):
    """Gradient by a filter of three weights that has read these values."""
    return backward.filter_gradient(conv.padded(values, 1, 1), g, 3)


@family.part(lambda W: shaped(W[1]), levels=["hard"])
def second_filter(forward, g):
    return by_filter(forward[1], g)


second_filter.slips = rows(
    ("back to front", "The first weight meets the first entry of every window.",
     lambda second_filter: second_filter[::-1]),
    ("ReLU left out", "The second filter reads what the ReLU lets through.",
     lambda forward, g: by_filter(forward[0], g)),
    ("input of the block", "The second filter reads the ReLU's output, not h.",
     lambda h, g: by_filter(h, g)),
)  # fmt: skip
second_filter.witness(lambda convolved: convolved[3])


@family.part(lambda h: shaped(h), marks=2, levels=["hard"])
def preactivation(forward, W, g):
    return residual.preactivation_gradient(forward[0], W[1], g)


preactivation.slips = rows(
    ("mask left out", "Where the pre-activation is negative, nothing comes back.",
     lambda W, g: backward.signal_gradient(W[1], g, len(g) + 2)[1:-1]),
    ("not through the filter", "The upstream gradient comes through v first.",
     lambda forward, g: residual.preactivation_gradient(forward[0], (0, 1, 0), g)),
    ("filter flipped", "Each entry of a window gets back the weight that it met.",
     lambda forward, W, g: residual.preactivation_gradient(forward[0], W[1][::-1], g)),
)  # fmt: skip
preactivation.witness(lambda convolved: convolved[2])


@family.part(lambda h: shaped(h), marks=2, levels=["hard"])
def signal(W, g, preactivation):
    return residual.block_input_gradient(W[0], preactivation, g)


signal.slips = rows(
    ("no shortcut", "The shortcut passes on the upstream gradient as well: add it.",
     lambda signal, g: signal - g),
    ("shortcut only", "What comes back through the convolutions must be added.", lambda g: g),
    ("multiplied by the shortcut", "The two ways add their gradients.",
     lambda signal, g: (signal - g) * g),
    ("filter flipped", "Each entry of a window gets back the weight that it met.",
     lambda W, g, preactivation: residual.block_input_gradient(W[0][::-1], preactivation, g)),
)  # fmt: skip
signal.witness(lambda convolved: convolved[1])


@family.working
def _(h, W, g, activation):
    if activation == "relu":
        z, a, y = residual.conv_block(h, *W)
        back = backward.signal_gradient(W[1], g, len(h) + 2)[1:-1]
        return {"z": z, "a": a, "through": y - h, "back": back}
    z = backprop.affine(W, h)
    return {"z": z, "a": backprop.activate(activation, z)}
