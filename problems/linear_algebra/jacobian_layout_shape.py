"""Shapes of gradients and Jacobians, and the order of a chain's factors.

Trap: the other layout, factors in the wrong order, taking d(Wx)/dW for a matrix.
Reference: Magnus and Neudecker (2019), chapter 5; Petersen and Pedersen (2012), section 2.
Source: S0-18, S0-20, S0-58, S0-59, S1-19, S1-23.
"""

from itertools import permutations

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Order, Shape
from partialcredit.numbers.vectors import each
from partialcredit.problems.linear_algebra._differences import slopes
from partialcredit.solvers import backprop, jacobians

family = Family(
    version=2,
    conventions=[
        "gradients are written in denominator layout: the indices of the variable "
        r"come first, so entry $(i, j)$ of $\nabla_x y$ is $\frac{\partial y_j}{\partial x_i}$"
    ],
    hidden=["positions"],
)


@family.sample
def sample(draw):
    def matrix(rows, columns):
        return [[draw.nonzero(-5, 6) for _ in range(columns)] for _ in range(rows)]

    if draw.level == "hard":
        h, m = draw.sample(range(2, 6), 2)
        rows, columns = draw.choice([(2, 3), (3, 2)])
        return {
            "dims": (m, h),
            "W": matrix(rows, columns),
            "x": draw.sample([-3, -2, 2, 3, 4, 5], columns),
            "delta": draw.sample([-4, -3, -2, 2, 3, 5], rows),
        }
    dims = draw.sample(range(2, 13), draw.by_level(2, 4, 0))
    if draw.level == "easy":
        six = draw.sample([-5, -4, -3, -2, 2, 3, 4, 5, 6, 7], 6)
        return {"dims": dims, "W": matrix(2, 3), "theta": six[:3], "x": six[3:]}
    return {
        "dims": dims,
        "W": matrix(2, 2),
        "V": matrix(2, 2),
        "positions": draw.shuffle((0, 1, 2)),
    }


@family.part(Shape())
def gradient_shape(dims):
    return jacobians.denominator_shape(dims[-1:], dims[:1])


gradient_shape.slips = rows(
    ("numerator layout", "Denominator layout puts x first, numerator layout y.",
     lambda dims: (dims[-1], dims[0])),
    ("inner sizes", "The vectors in between are summed away.",
     lambda dims: dims[:2] if len(dims) > 2 else None),
)  # fmt: skip
gradient_shape.witness(lambda dims: jacobian_tensor(dims[-1], dims[0]).shape)


@family.part(Shape(), levels=["easy", "medium"])
def jacobian_shape(dims):
    return jacobians.numerator_shape(dims[-1:], dims[:1])


jacobian_shape.slips = rows(
    ("denominator layout", "Denominator layout puts x first, numerator layout y.",
     lambda dims: (dims[0], dims[-1])),
    ("outputs only", "The Jacobian matrix has a column for every input.",
     lambda dims: (dims[-1], dims[-1])),
)  # fmt: skip


@jacobian_shape.witness
def _(dims):
    columns = [jacobian_tensor(dims[-1], 1)[0] for _input in range(dims[0])]
    return np.column_stack(columns).shape


@family.part(Array(shape=(3, 2)), levels=["easy"])
def linear(W):
    return backprop.transpose(W)


linear.slips = rows(
    ("numerator layout", "In denominator layout the entry (i, j) is w_ji: transpose W.",
     lambda W: W),
    ("outputs reversed", "Column j belongs to output j.",
     lambda linear: [row[::-1] for row in linear]),
)  # fmt: skip
linear.witness(lambda W: slopes(lambda x: np.array(W) @ x, np.zeros(3)))


@family.part(Array(shape=(3,)), levels=["easy"])
def inner(x):
    return x


inner.slips = rows(
    ("the parameter itself", "Differentiating by theta_i leaves the number that multiplies it.",
     lambda theta: theta),
    ("products kept", "Differentiated by theta_i, the product theta_i x_i leaves x_i alone.",
     lambda theta, x: theta * x),
)  # fmt: skip
inner.witness(lambda theta, x: slopes(lambda t: t @ np.array(x), theta))


@family.part(Order(steps=3), levels=["medium"])
def factors(positions):
    return jacobians.factor_order(positions)


factors.slips = rows(
    ("order of the Jacobians", "Denominator layout puts x first, numerator layout y.",
     lambda factors: factors[::-1]),
    ("as listed", "The inner sizes of neighbouring factors have to agree.", lambda: (0, 1, 2)),
)  # fmt: skip


@factors.witness
def _(dims, positions):
    """The one order in which the factors can be multiplied to the gradient's shape."""
    maps = [np.ones((dims[p], dims[p + 1])) for p in positions]
    for order in permutations(range(3)):
        a, b, c = (maps[i] for i in order)
        if a.shape[1] == b.shape[0] and b.shape[1] == c.shape[0]:
            return order
    return None


@family.part(Array(shape=(2, 2)), marks=2, levels=["medium"])
def chain(V, W):
    return jacobians.chain_gradient(V, W)


chain.slips = rows(
    ("factors exchanged", "The factor of the first map, W^T, comes first.",
     lambda V, W: jacobians.chain_gradient(W, V)),
    ("numerator layout", "Denominator layout puts x first, numerator layout y.",
     lambda chain: backprop.transpose(chain)),
    ("entry by entry", "The chain rule multiplies matrices.",
     lambda V, W: backprop.transpose(V * W)),
    ("one factor transposed", "Both factors are transposed, and their order is reversed.",
     lambda V, W: jacobians.chain_gradient(V, backprop.transpose(W))),
)  # fmt: skip
chain.witness(lambda V, W: slopes(lambda x: np.array(V) @ (np.array(W) @ x), np.zeros(2)))


@family.part(Shape(), levels=["hard"])
def tensor_shape(dims):
    """Of the h outputs by the matrix of h rows and m columns."""
    return jacobians.denominator_shape(dims[1:], dims[::-1])


tensor_shape.slips = rows(
    ("numerator layout", "The indices of W come first.",
     lambda dims: jacobians.numerator_shape(dims[1:], dims[::-1])),
    ("shape of W", "Every output has a derivative for every weight.", lambda dims: dims[::-1]),
)  # fmt: skip


@family.run
def tensor(dims):
    return jacobian_tensor(dims[1], *dims[::-1])


tensor_shape.witness(lambda tensor: tensor.shape)


@family.part(Integer(), levels=["hard"])
def nonzeros(dims):
    return jacobians.tensor_nonzeros(*dims[::-1])


nonzeros.slips = rows(
    ("all entries", "Output i depends on row i of W only.", lambda dims: dims[0] * dims[1] ** 2),
    ("inputs only", "This counts the entries for one output.", lambda dims: dims[0]),
    ("outputs only", "Every output sees several weights.", lambda dims: dims[1]),
)  # fmt: skip
nonzeros.witness(lambda tensor: np.count_nonzero(tensor))


@family.part(lambda W: Array(shape=(len(W), len(W[0]))), marks=2, levels=["hard"])
def weight_gradient(delta, x):
    return backprop.outer(delta, x)


weight_gradient.slips = rows(
    ("upstream left out", "Row i is x^T times entry i of nabla_a L.",
     lambda delta, x: backprop.outer([1] * len(delta), x)),
    ("weights kept", "Differentiated by w_ij, the product w_ij x_j leaves x_j.",
     lambda W, delta, x: each(lambda row, d: d * row * x, W, delta)),
    ("transposed", "The gradient has the shape of W.",
     lambda weight_gradient: backprop.transpose(weight_gradient)),
)  # fmt: skip
weight_gradient.witness(
    lambda W, x, delta: slopes(lambda w: np.array(delta) @ (w @ np.array(x)), W)
)


@family.part(lambda x: Array(shape=(len(x),)), levels=["hard"], after="weight_gradient")
def input_gradient(W, delta):
    return backprop.through_weights(W, delta)


input_gradient.slips = rows(
    ("upstream left out", "Weight row i of W by entry i of nabla_a L, then add the rows.",
     lambda W: backprop.through_weights(W, [1] * len(W))),
    ("first output only", "All outputs depend on x.", lambda W, delta: delta[0] * W[0]),
)  # fmt: skip
input_gradient.witness(lambda W, x, delta: slopes(lambda v: np.array(delta) @ (np.array(W) @ v), x))


def jacobian_tensor(outputs, *inputs):
    """A derivative in denominator layout, by differences of a linear map of these sizes."""
    if len(inputs) == 2:
        return slopes(lambda w: w @ np.ones(inputs[1]), np.ones(inputs))
    return slopes(lambda x: np.ones((outputs, *inputs)) @ x, np.ones(inputs))


NAMES = (r"\nabla_x u", r"\nabla_u v", r"\nabla_v y")


@family.working
def _():
    return {"names": NAMES, "turned": backprop.transpose}
