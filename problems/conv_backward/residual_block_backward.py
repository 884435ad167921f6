"""Backward pass of a residual block.

Trap: forgetting the shortcut, multiplying by it, leaving out the slope of the activation.
Reference: He et al. (2016), "Deep residual learning for image recognition", equation 1.
Source: S3-23.
"""

from functools import lru_cache

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import backprop, residual
from partialcredit.solvers import conv_gradients as backward
from partialcredit.solvers import convolution as conv

family = Family(
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
    return Array(shape=(len(h),), digits=4) if len(h) > 1 else Real(digits=4)


def squared(h):
    return Array(shape=(len(h), len(h)), digits=4) if len(h) > 1 else Real(digits=4)


def flat(values):
    """What a lone unit has, without its brackets."""
    return flat(values[0]) if isinstance(values, tuple) and len(values) == 1 else values


def by_row(value):
    """The matrix again that :func:`flat` has made a number of."""
    return value if isinstance(value, tuple) else ((value,),)


def slopes(h, W, activation):
    z = backprop.affine(W, h)
    return backprop.slopes(activation, z, backprop.activate(activation, z))


@family.part(squared, marks=2, levels=["easy", "medium"])
def jacobian(h, W, activation):
    return flat(residual.jacobian(W, slopes(h, W, activation)))


def no_shortcut(h, W, activation):
    scaled = zip(slopes(h, W, activation), W, strict=True)
    return flat(tuple(tuple(s * w for w in row) for s, row in scaled))


jacobian.slips = rows(
    ("no shortcut", "The shortcut adds the identity matrix, or 1 for a single unit.", no_shortcut),
    ("slope left out", "The activation's slope multiplies the weights.",
     lambda h, W: flat(residual.jacobian(W, (1,) * len(h)))),
    ("transposed", "Row i holds the derivatives of output i.",
     lambda jacobian: tuple(zip(*jacobian, strict=True)) if isinstance(jacobian, tuple) else None),
    ("shortcut only", "The layer itself passes on a gradient, too.",
     lambda h: flat(tuple(tuple(int(i == j) for j in range(len(h))) for i in range(len(h))))),
)  # fmt: skip


@jacobian.witness
def _(h, W, activation):
    units = np.eye(len(h)).tolist()
    return plain(np.array([dense(h, W, tuple(unit), activation)[0] for unit in units]))


@family.part(sized, levels=["easy", "medium"])
def inputs(g, jacobian):
    return flat(residual.input_gradient(by_row(jacobian), g))


def no_shortcut_2(inputs, g):
    (values,) = by_row(inputs) if len(g) == 1 else (inputs,)
    return flat(tuple(v - u for v, u in zip(values, g, strict=True)))


def weights_not_transposed(h, W, g, activation):
    delta = tuple(s * u for s, u in zip(slopes(h, W, activation), g, strict=True))
    through = backprop.affine(W, delta)
    return tuple(u + v for u, v in zip(g, through, strict=True)) if len(g) > 1 else None


def multiplied_by_the_shortcut(inputs, g):
    values = inputs if len(g) > 1 else (inputs,)
    return flat(tuple((v - u) * u for v, u in zip(values, g, strict=True)))


inputs.slips = rows(
    ("no shortcut", "The shortcut passes on the upstream gradient as it is.", no_shortcut_2),
    ("slope left out", "The activation's slope multiplies what comes back.",
     lambda h, W, g: flat(residual.input_gradient(residual.jacobian(W, (1,) * len(h)), g))),
    ("Jacobian not transposed", "Going back, the Jacobian is transposed.",
     lambda jacobian, g: backprop.affine(jacobian, g) if len(g) > 1 else None),
    ("weights not transposed", "Going back, the weights are transposed.", weights_not_transposed),
    ("multiplied by the shortcut", "The two ways add their gradients.", multiplied_by_the_shortcut),
    ("shortcut only", "What comes back through the layer must be added.", lambda g: flat(g)),
)  # fmt: skip
inputs.witness(lambda h, W, g, activation: plain(dense(h, W, g, activation)[0]))


@family.part(squared, marks=2, levels=["easy", "medium"])
def weights(h, W, g, activation):
    delta = tuple(s * u for s, u in zip(slopes(h, W, activation), g, strict=True))
    return flat(backprop.outer(delta, h))


weights.slips = rows(
    ("slope left out", "Go through the activation first: its slope multiplies.",
     lambda h, g: flat(backprop.outer(g, h))),
    ("upstream gradient left out", "Multiply by the upstream gradient, too.",
     lambda h, W, activation: flat(backprop.outer(slopes(h, W, activation), h))),
    ("transposed", "Row i belongs to unit i: slope and upstream times h transposed.",
     lambda weights: tuple(zip(*weights, strict=True)) if isinstance(weights, tuple) else None),
    ("shortcut added", "The shortcut has no weights: it adds nothing here.",
     lambda weights, g: weights + g[0] if len(g) == 1 else None),
)  # fmt: skip
weights.witness(lambda h, W, g, activation: plain(dense(h, W, g, activation)[1]))


@family.part(lambda h: vector(h) if len(h) > 1 else Integer(), levels=["easy", "medium"])
def idle(h, g, activation):
    zero = ((0,) * len(h),) * len(h)
    return flat(residual.input_gradient(residual.jacobian(zero, slopes(h, zero, activation)), g))


idle.slips = rows(
    ("nothing comes back", "The shortcut passes on the gradient even then.",
     lambda g: flat((0,) * len(g))),
    ("doubled", "With zero weights only the shortcut passes the gradient on.",
     lambda g: flat(tuple(2 * u for u in g))),
)  # fmt: skip


@idle.witness
def _(h, g, activation):
    found = dense(h, ((0,) * len(h),) * len(h), g, activation)[0]
    return int(found[0]) if len(h) == 1 else found


@family.condition
def _(h, W, g, activation):
    """Filters and gradients that show their direction; two or three units that pass."""
    if activation != "relu":
        return True
    z = conv.correlate(conv.padded(h, 1, 1), W[0])
    turned = all(values != values[::-1] for values in (g, *W))
    return turned and all(W[1]) and all(z) and sum(v > 0 for v in z) in (2, 3) and any(g[1:3])


def vector(values):
    return Array(shape=(len(values),))


@family.part(lambda h: vector(h), levels=["hard"])
def output(h, W):
    return residual.conv_block(h, *W)[2]


def relu_left_out(h, W):
    z = conv.correlate(conv.padded(h, 1, 1), W[0])
    second = conv.correlate(conv.padded(z, 1, 1), W[1])
    return tuple(y + x for y, x in zip(second, h, strict=True))


output.slips = rows(
    ("no shortcut", "Add the input to what the convolutions make of it.",
     lambda h, output: tuple(y - x for y, x in zip(output, h, strict=True))),
    ("ReLU left out", "The second filter reads what the ReLU lets through.", relu_left_out),
)  # fmt: skip
output.witness(lambda h, W, g: block(h, W, g)[0])


@family.part(lambda W: vector(W[1]), levels=["hard"])
def second_filter(h, W, g):
    return backward.filter_gradient(conv.padded(residual.conv_block(h, *W)[1], 1, 1), g, 3)


def relu_left_out_2(h, W, g):
    z = conv.correlate(conv.padded(h, 1, 1), W[0])
    return backward.filter_gradient(conv.padded(z, 1, 1), g, 3)


second_filter.slips = rows(
    ("back to front", "The first weight meets the first entry of every window.",
     lambda second_filter: second_filter[::-1]),
    ("ReLU left out", "The second filter reads what the ReLU lets through.", relu_left_out_2),
    ("input of the block", "The second filter reads the ReLU's output, not h.",
     lambda h, g: backward.filter_gradient(conv.padded(h, 1, 1), g, 3)),
)  # fmt: skip
second_filter.witness(lambda h, W, g: block(h, W, g)[3])


@family.part(lambda h: vector(h), marks=2, levels=["hard"])
def preactivation(h, W, g):
    return residual.preactivation_gradient(residual.conv_block(h, *W)[0], W[1], g)


def not_through_the_filter(h, W, g):
    z = residual.conv_block(h, *W)[0]
    return tuple(u if v > 0 else 0 for u, v in zip(g, z, strict=True))


preactivation.slips = rows(
    ("mask left out", "Where the pre-activation is negative, nothing comes back.",
     lambda W, g: backward.signal_gradient(W[1], g, len(g) + 2)[1:-1]),
    ("not through the filter", "The upstream gradient comes through v first.",
     not_through_the_filter),
    ("filter flipped", "Each entry of a window gets back the weight that it met.",
     lambda h, W, g: residual.preactivation_gradient(residual.conv_block(h, *W)[0], W[1][::-1], g)),
)  # fmt: skip
preactivation.witness(lambda h, W, g: block(h, W, g)[2])


@family.part(lambda h: vector(h), marks=2, levels=["hard"])
def signal(W, g, preactivation):
    return residual.block_input_gradient(W[0], preactivation, g)


signal.slips = rows(
    ("no shortcut", "The shortcut passes on the upstream gradient as well: add it.",
     lambda signal, g: tuple(s - u for s, u in zip(signal, g, strict=True))),
    ("shortcut only", "What comes back through the convolutions must be added.", lambda g: g),
    ("multiplied by the shortcut", "The two ways add their gradients.",
     lambda signal, g: tuple((s - u) * u for s, u in zip(signal, g, strict=True))),
    ("filter flipped", "Each entry of a window gets back the weight that it met.",
     lambda W, g, preactivation: residual.block_input_gradient(W[0][::-1], preactivation, g)),
)  # fmt: skip
signal.witness(lambda h, W, g: block(h, W, g)[1])


@lru_cache(maxsize=8)
def dense(h, W, g, activation):
    """The engine's block: gradients by its input and its weights."""
    x = engine.Tensor(np.array([h], dtype=np.float64), requires_grad=True)
    weight = engine.Tensor(np.array(W, dtype=np.float64), requires_grad=True)
    z = engine.functional.linear(x, weight)
    y = (z.tanh() if activation == "tanh" else z.sigmoid()) + x
    y.backward(np.array([g], dtype=np.float64))
    return x.grad[0], weight.grad


def plain(array):
    """A lone number without its brackets."""
    return array.item() if array.size == 1 else array


@lru_cache(maxsize=4)
def block(h, W, g):
    """The engine's block of two convolutions: output, and gradients by h, z and v."""
    x, first, second = (
        engine.Tensor(np.array([[t]], dtype=np.float64), requires_grad=True)
        for t in (h, W[0], W[1])
    )
    z = engine.functional.conv1d(x, first, padding=1)
    y = engine.functional.conv1d(z.relu(), second, padding=1) + x
    found = engine.grad((y * engine.Tensor(np.array(g, dtype=np.float64))).sum(), [x, z, second])
    return [y.data[0, 0], *(gradient.data[0, 0] for gradient in found)]


@family.working
def _(h, W, g, activation):
    if activation == "relu":
        z, a, y = residual.conv_block(h, *W)
        back = backward.signal_gradient(W[1], g, len(h) + 2)[1:-1]
        through = [v - x for v, x in zip(y, h, strict=True)]
        return {"z": z, "a": a, "through": through, "back": back}
    z = backprop.affine(W, h)
    a, slope = backprop.activate(activation, z), slopes(h, W, activation)
    return {"z": z, "a": a, "slope": slope, "delta": [s * u for s, u in zip(slope, g, strict=True)]}
