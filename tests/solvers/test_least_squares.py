"""Least squares against the cost itself."""

from __future__ import annotations

from itertools import product

import numpy as np

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.solvers import least_squares

X = ((1, 0, 2), (1, 1, -1), (1, 3, 0), (1, 4, 4), (1, -2, 1))
Y = (1, 4, 2, 7, -3)


def penalised_cost(theta: tuple[Rational, ...], penalties: tuple[int, ...]) -> Rational:
    extra = sum(p * t**2 for p, t in zip(penalties, theta, strict=True))
    return least_squares.cost(X, Y, theta) + rational(1, 2) * extra


def test_no_neighbour_of_the_minimiser_costs_less() -> None:
    for penalties in ((0, 0, 0), (2, 2, 2), (0, 5, 5)):
        theta = least_squares.minimiser(X, Y, penalties)
        best = penalised_cost(theta, penalties)
        for move in product((-1, 0, 1), repeat=3):
            there = tuple(t + rational(m, 100) for t, m in zip(theta, move, strict=True))
            assert penalised_cost(there, penalties) >= best


def test_it_is_numpys_least_squares() -> None:
    theta = least_squares.minimiser(X, Y, (0, 0, 0))
    expected = np.linalg.lstsq(np.array(X, float), np.array(Y, float), rcond=None)[0]
    assert np.allclose(np.array(theta, float), expected)


def test_the_gradient_is_the_slope_of_the_cost() -> None:
    theta = (rational(1, 2), rational(-1), rational(2))
    found = least_squares.gradient(X, Y, theta)
    for j in range(3):
        ahead = tuple(t + (i == j) for i, t in enumerate(theta))
        behind = tuple(t - (i == j) for i, t in enumerate(theta))
        rise = least_squares.cost(X, Y, ahead) - least_squares.cost(X, Y, behind)
        assert found[j] == rise / 2


def test_powers_of_a_feature_and_several_features() -> None:
    vander = np.vander([2, -1, 3], 4, increasing=True).tolist()
    assert least_squares.design(((2,), (-1,), (3,)), 3) == tuple(map(tuple, vander))
    assert least_squares.design(((2, 7), (4, 0)), 1) == ((1, 2, 7), (1, 4, 0))


def test_noise_on_the_inputs_costs_its_penalty_in_the_mean() -> None:
    theta, sigma, clean = np.array([2.0, -1.0]), 0.5, np.array([[1.0, 2.0], [0.0, 3.0]])
    costs = [
        ((np.array([1.0, 5.0]) - (clean + sigma * np.reshape(s, (2, 2))) @ theta) ** 2).sum() / 2
        for s in product((-1, 1), repeat=4)
    ]
    plain = ((np.array([1.0, 5.0]) - clean @ theta) ** 2).sum() / 2
    assert np.isclose(np.mean(costs) - plain, least_squares.noise_penalty(2, sigma) * 5 / 2)


def test_one_parameter_is_the_general_case_with_one_column() -> None:
    column, y = ((1,), (2,), (-1,)), (3, 1, 4)
    (theta,) = least_squares.minimiser(column, y, (2,))
    assert least_squares.penalised_slope(rational(6), 1, 2) == theta
