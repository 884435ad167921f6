"""Questions about a layer whose examples are columns, and about its gradients as products."""

from typing import NamedTuple

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Shape
from partialcredit.solvers import batches

__all__ = ["BY_INPUT", "BY_WEIGHT", "questions"]

questions = Family()

#: Ways to multiply the gradient G of the layer's output with its input X or its weights W.
BY_WEIGHT = ("$G X^\\top$", "$X^\\top G$", "$X G^\\top$", "$G^\\top X$", "$G X$")

BY_INPUT = ("$W^\\top G$", "$W G$", "$G W^\\top$", "$G^\\top W$", "$G W$")


class Run(NamedTuple):
    """Weights on the left, examples and a bias as columns, after a backward pass of G."""

    W: engine.Tensor
    X: engine.Tensor
    b: engine.Tensor
    G: np.ndarray


@questions.run
def columns(m, d, k):
    W, X, b = (
        engine.Tensor(np.arange(float(r * c)).reshape(r, c) % 7 - 2, requires_grad=True)
        for r, c in ((k, d), (d, m), (k, 1))
    )
    Z = W @ X + b
    G = Z.data / 8 - 1
    Z.backward(G)
    return Run(W, X, b, G)


@questions.part(Shape(), levels=["hard"])
def weight_left(d, k):
    return batches.transposed((d, k))


weight_left.slips = rows(
    ("rows as examples", "W stands on the left, so it has a row for every unit.",
     lambda d, k: (d, k)),
    ("size of the batch", "The weights do not depend on the number of examples.",
     lambda m, k: (k, m)),
)  # fmt: skip
weight_left.witness(lambda columns: columns.W.shape)


@questions.part(Shape(), levels=["hard"])
def output_columns(weight_left, d, m):
    return batches.product(weight_left, (d, m))


output_columns.slips = rows(
    ("rows as examples", "The columns of W X belong to the examples.", lambda m, k: (m, k)),
    ("shape of the input", "The layer has as many outputs as units.", lambda m, d: (d, m)),
)  # fmt: skip
output_columns.witness(lambda columns: columns.G.shape)


@questions.part(Shape(), levels=["hard"])
def column_bias_gradient(k):
    return (k, 1)


column_bias_gradient.slips = rows(
    ("not summed", "The gradients of all examples add up to one column.", lambda m, k: (k, m)),
    ("row", "The bias is a column here, and so is its gradient.", lambda k: (1, k)),
)  # fmt: skip
column_bias_gradient.witness(lambda columns: columns.b.grad.shape)


def factors(way, known, transposed):
    """The two factors of a product, found by their letters."""
    return [transposed(known[f[0]]) if "top" in f else known[f] for f in way.strip("$").split()]


def fitting(ways, wanted, **shapes):
    """The index of the way whose product exists and has the wanted shape."""
    return batches.fitting([factors(way, shapes, batches.transposed) for way in ways], wanted)


@questions.part(lambda by_weight: Choice(by_weight), levels=["hard"])
def weight_product(by_weight, output_columns, weight_left, m, d):
    return fitting(by_weight, weight_left, G=output_columns, X=(d, m))


weight_product.slips = rows(
    ("rows as examples", "That is the rule for examples as rows.",
     lambda by_weight: by_weight.index(BY_WEIGHT[1])),
    ("transposed result", "That product is the transpose of the gradient.",
     lambda by_weight: by_weight.index(BY_WEIGHT[2])),
)  # fmt: skip
weight_product.witness(
    lambda columns, by_weight: same(by_weight, columns.W.grad, G=columns.G, X=columns.X.data)
)


@questions.part(lambda by_input: Choice(by_input), levels=["hard"])
def input_product(by_input, output_columns, weight_left, m, d):
    return fitting(by_input, (d, m), G=output_columns, W=weight_left)


input_product.slips = rows(
    ("rows as examples", "That is the rule for examples as rows.",
     lambda by_input: by_input.index(BY_INPUT[2])),
    ("not transposed", "Going back, the weights are transposed.",
     lambda by_input: by_input.index(BY_INPUT[1])),
)  # fmt: skip
input_product.witness(
    lambda columns, by_input: same(by_input, columns.X.grad, G=columns.G, W=columns.W.data)
)


def same(ways, gradient, **arrays):
    """The index of the way to multiply that gives the engine's gradient."""
    for index, way in enumerate(ways):
        left, right = factors(way, arrays, np.transpose)
        fits = left.shape[1] == len(right) and gradient.shape == (len(left), right.shape[1])
        if fits and np.allclose(left @ right, gradient):
            return index
    return None
