"""Plain recurrent networks against NumPy and finite differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import recurrent

W_X, W_H, W_O = ((5,), (6,)), ((1, 2), (3, 4)), (-3, -2)
W, U, H, X, Y = 0.5, -1.5, 2.0, (1.0, -2.0, 3.0), (1.0, 0.0, -1.0)


def states(w: float, u: float, h: float) -> list[float]:
    found = []
    for x in X:
        h = w * h + u * x
        found.append(h)
    return found


def loss(w: float, u: float = U, h: float = H) -> float:
    return sum((a - y) ** 2 for a, y in zip(states(w, u, h), Y, strict=True)) / 2


def slope(f: Any, at: float) -> float:
    return float((f(at + 1e-5) - f(at - 1e-5)) / 2e-5)


def test_the_outputs_of_a_linear_network_are_a_matrix_times_its_inputs() -> None:
    """MIT 6.036, fall 2018, question 7: -27 and -102."""
    x = (1, -1, 2)
    found = recurrent.states(W_X, W_H, Vector((0, 0)), Vector((0, 0)), [(v,) for v in x], identity)
    outputs = np.array(found) @ W_O
    assert outputs.tolist() == [-27, -102, -624]
    assert (np.array(recurrent.lag_matrix(W_X, W_H, W_O, 3)) @ x).tolist() == outputs.tolist()


def identity(a: Any) -> Any:
    return a


def test_gradients_through_time_are_slopes_of_the_loss() -> None:
    h = recurrent.scalar_states(W, U, H, X, identity)
    assert list(h) == pytest.approx(states(W, U, H))
    ones, direct = (1, 1, 1), [a - y for a, y in zip(h, Y, strict=True)]
    deltas = recurrent.deltas(direct, ones, W)
    before = (H, *h[:-1])
    assert recurrent.shared_gradient(deltas, ones, before) == pytest.approx(slope(loss, W))
    assert recurrent.shared_gradient(deltas, ones, X) == pytest.approx(
        slope(lambda u: loss(W, u), U)
    )
    assert W * deltas[0] == pytest.approx(slope(lambda h: loss(W, U, h), H))


def test_truncation_treats_earlier_states_as_constants() -> None:
    h = (H, *states(W, U, H))

    def short(w: float) -> float:
        """Every loss from the state two steps before it."""
        found = [(w * h[0] + U * X[0] - Y[0]) ** 2]
        for t in (1, 2):
            start = w * h[t - 1] + U * X[t - 1]
            found.append((w * start + U * X[t] - Y[t]) ** 2)
        return sum(found) / 2

    direct = [a - y for a, y in zip(h[1:], Y, strict=True)]
    found = recurrent.truncated_gradient(direct, (1, 1, 1), W, h[:-1])
    assert float(found) == pytest.approx(slope(short, W))
