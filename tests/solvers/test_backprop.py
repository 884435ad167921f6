"""Layer gradients against finite differences, NumPy and published numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import backprop

RNG = np.random.default_rng(3)
W = tuple(tuple(int(v) for v in row) for row in RNG.integers(-3, 4, (3, 2)))
X = tuple(int(v) for v in RNG.integers(-3, 4, 2))
B = tuple(int(v) for v in RNG.integers(-3, 4, 3))


def slope(f: Any, at: Any) -> np.ndarray[Any, Any]:
    """Central differences of a scalar function of an array."""
    at = np.array(at, dtype=float)
    found = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = 1e-6
        found[place] = (f(at + step) - f(at - step)) / 2e-6
    return found


def relu_loss(w: Any, x: Any, b: Any, z: Any, leak: float) -> float:
    a = np.asarray(w) @ np.asarray(x) + np.asarray(b)
    return float(((np.where(a > 0, a, leak * a) - np.asarray(z)) ** 2).sum())


@pytest.mark.parametrize("leak", [rational(0), rational(1, 10)])
def test_a_relu_layer_has_the_slopes_of_its_loss(leak: Rational) -> None:
    weights, x, b, z = ((1, 1), (-2, 3), (1, -2)), (1, 2), (0, 1, -1), (2, 1, 4)
    a = backprop.affine(weights, x, b)
    delta = backprop.squared_error_delta(a, z, leak)
    leaky = float(leak)
    cases = (
        (lambda w: relu_loss(w, x, b, z, leaky), weights, backprop.outer(delta, x)),
        (lambda v: relu_loss(weights, v, b, z, leaky), x, backprop.through_weights(weights, delta)),
        (lambda v: relu_loss(weights, x, v, z, leaky), b, delta),
    )
    for f, at, ours in cases:
        assert np.array(ours, dtype=float) == pytest.approx(slope(f, at), abs=1e-6)


def test_the_relu_layer_of_the_lecture() -> None:
    """W = [[1, 1], [-2, 1/2]], x = (1, 2), bias (1/2, -1/2), z = (0, 1): only row 1 learns."""
    a = backprop.affine(((1, 1), (-2, rational(1, 2))), (1, 2), (rational(1, 2), rational(-1, 2)))
    assert a == (rational(7, 2), rational(-3, 2))
    assert backprop.outer(backprop.squared_error_delta(a, (0, 1)), (1, 2)) == ((7, 14), (0, 0))


def test_affine_is_numpys_product() -> None:
    assert backprop.affine(W, X, B) == tuple(np.array(W) @ np.array(X) + np.array(B))
    assert backprop.through_weights(W, B) == tuple(np.array(W).T @ np.array(B))


def test_batches_add_and_average() -> None:
    deltas, xs = ((1, 2), (3, -1)), ((1, 0), (2, 5))
    expected = np.einsum("bi,bj->ij", deltas, xs)
    assert np.array_equal(backprop.sum_outer(deltas, xs), expected)
    assert np.array(backprop.mean_outer(deltas, xs), dtype=float) == pytest.approx(expected / 2)


def network_loss(weights: Any, x: Any, y: float, activation: str) -> float:
    a = np.array(x, dtype=float)
    for i, w in enumerate(weights):
        z = np.array(w, dtype=float) @ a
        last = i == len(weights) - 1
        if last or activation == "sigmoid":
            a = 1 / (1 + np.exp(-z))
        else:
            a = np.tanh(z) if activation == "tanh" else np.maximum(z, 0)
    return float(-(y * np.log(a) + (1 - y) * np.log(1 - a))[0])


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
def test_network_errors_give_the_slopes_of_the_loss(activation: str) -> None:
    weights = (((2, -1), (-1, 1)), ((1, 1), (-2, 1)), ((1, -1),))
    x, y = (rational(1, 2), rational(-1, 4)), 1
    layers = backprop.network(weights, x, activation)
    deltas = backprop.network_deltas(weights, layers, (y,), activation)
    for i, inputs in enumerate([x, *layers[:-1]]):

        def loss(w: Any, i: int = i) -> float:
            return network_loss([*weights[:i], w, *weights[i + 1 :]], x, y, activation)

        ours = np.array([[float(v) for v in row] for row in backprop.outer(deltas[i], inputs)])
        assert ours == pytest.approx(slope(loss, weights[i]), abs=1e-7)


def test_descent_lowers_the_loss() -> None:
    weights = (((2, -1), (-1, 1)), ((1, -1),))
    x, y = (1, 2), 0
    layers = backprop.network(weights, x, "sigmoid")
    deltas = backprop.network_deltas(weights, layers, (y,), "sigmoid")
    moved = backprop.descend(weights[0], backprop.outer(deltas[0], x), rational(1, 10))
    moved = [[float(v) for v in row] for row in moved]
    assert network_loss([moved, weights[1]], x, y, "sigmoid") < network_loss(
        weights, x, y, "sigmoid"
    )


def test_the_logistic_function_at_known_points() -> None:
    assert backprop.logistic(0) == rational(1, 2)
    assert float(backprop.logistic(2)) == pytest.approx(0.8807970779778823)


def test_the_mean_over_examples_shares_the_upstream_gradient() -> None:
    """The slope of the mean loss, for losses that are linear in the outputs."""
    deltas, outputs = np.array([[1.0, -2.0], [3.0, 5.0], [0.0, 4.0]]), np.ones((3, 2))
    found = np.array(backprop.mean_upstream(deltas.astype(int).tolist()), dtype=float)
    for place in np.ndindex(3, 2):
        moved = outputs.copy()
        moved[place] += 1
        change = (deltas * moved).sum(axis=1).mean() - (deltas * outputs).sum(axis=1).mean()
        assert found[place] == pytest.approx(change)


def test_the_regularised_gradient_is_the_slope_of_the_regularised_mean() -> None:
    """Three examples whose summed loss is linear in W with the slopes ``totals``."""
    totals, at = np.array([[3.0, -1.0, 4.0], [2.0, 0.0, 5.0]]), np.array([[1.0, 2, 3], [-1, 0, 4]])
    penalty = rational(3, 10)

    def cost(W: Any) -> float:
        squares = sum(w**2 for row in W for w in row[1:])
        return float((totals * W).sum() / 3 + 0.15 * squares)

    found = backprop.regularised_gradient(
        totals.astype(int).tolist(), 3, penalty, at.astype(int).tolist()
    )
    assert np.array(found, dtype=float) == pytest.approx(slope(cost, at), abs=1e-6)
