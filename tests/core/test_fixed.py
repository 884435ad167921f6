"""Chosen parameters: the others are drawn to fit, and what fits nothing is one sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from partialcredit.draw import LEVELS, Level
from partialcredit.drawn import Drawn
from partialcredit.errors import InputError
from partialcredit.fixed import generate_with
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load
from partialcredit.typed import exactly

CONVOLUTION = load("cnn_shapes/conv_output_size")
ADAM = load("optimizers/adam_step")


def conv(level: Level, **chosen: Any) -> dict[str, Any]:
    return generate_with(CONVOLUTION, level, 1, chosen).parameters


def test_nothing_chosen_is_the_problem_of_the_seed() -> None:
    assert generate_with(ADAM, "hard", 3, {}).parameters == generate(ADAM, "hard", 3).parameters


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_drawn_fits_what_is_chosen(level: Level) -> None:
    """At the easy levels images are square, and so they stay."""
    parameters = conv(level, W=32)
    assert parameters["W"] == 32
    assert (parameters["H"] == 32) == (level != "hard")
    assert conv(level, W=32) == parameters


def test_a_value_that_no_draw_has() -> None:
    problem = generate_with(
        ADAM, "easy", 1, {"eps": rational(1, 10**8), "g": exactly([[7, -2], [1, 5], [2, 2]])}
    )
    assert problem.parameters["eps"] == rational("1e-8")
    first_moment = problem.keys["first_moment"]
    beta, g = problem.parameters["beta_1"], problem.parameters["g"]
    assert first_moment[0] == (1 - beta) * (beta**2 * g[0][0] + beta * g[1][0] + g[2][0])
    assert problem.verify() < 1e-6


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"w": 3}, "no parameter of cnn_shapes/conv_output_size is called 'w'"),
        ({"W": 0}, "W is positive, not 0"),
        ({"W": rational(1, 2)}, "W is a whole number, not 1/2"),
        ({"W": 10**9}, "W is at most 1000 in size"),
        ({"W": "wide"}, "W is a number, not wide"),
        ({"W": True}, "W is a number, not true"),
        ({"W": exactly([3, 4])}, r"W is one value, not \(3, 4\)"),
        ({"S": 1}, "^S = 1 fits nothing that cnn_shapes/conv_output_size draws at level medium"),
        ({"W": 3, "F": 7, "P": 1}, "^W = 3 and F = 7 and P = 1 do not fit together"),
        ({"W": 3, "F": 7, "P": 1, "K": 9}, "^W = 3 and F = 7 and P = 1 do not fit together"),
    ],
)
def test_what_cannot_be_is_one_sentence(chosen: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        conv("medium", **chosen)


@pytest.mark.slow
@pytest.mark.parametrize("family_id", list(family_ids())[::4])
def test_whatever_is_drawn_can_be_chosen(family_id: str) -> None:
    """All parameters of another seed's problem, and its first one alone."""
    family = load(family_id)
    problem = generate(family, "medium", 3)
    assert generate_with(family, "medium", 1, problem.parameters).keys == problem.keys
    name, value = next(iter(problem.parameters.items()))
    assert generate_with(family, "medium", 1, {name: value}).parameters[name] == value


def test_witnesses_that_disagree_are_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chosen value is verified like any other."""
    monkeypatch.setattr(CONVOLUTION.parts["outputs"], "testimony", lambda: 0)
    with pytest.raises(InputError, match="W = 32 fits nothing"):
        conv("medium", W=32)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (3, 3),
        (Decimal("0.10"), rational(1, 10)),
        (Decimal("2.0"), 2),
        ("1/3", rational(1, 3)),
        ("1e-3", rational(1, 1000)),
        ("relu", "relu"),
        (True, True),
        ([[1, "1/2"], []], ((1, rational(1, 2)), ())),
    ],
)
def test_typed_values_are_exact(typed: Any, value: Any) -> None:
    assert exactly(typed) == value
    assert not isinstance(exactly(typed), float | Decimal)


@pytest.mark.parametrize(
    "typed", [None, 0.5, {"a": 1}, "9" * 100, [[[[[[1]]]]]], [0] * 2000, 10**80]
)
def test_what_no_family_draws_is_refused(typed: Any) -> None:
    with pytest.raises(InputError, match="a value "):
        exactly(typed)


def test_numbers_are_of_the_drawn_types() -> None:
    """A whole rate stays a rational: a quotient of two of them is exact, one of integers is not."""
    rates = Drawn("rate", [rational(1, 2), rational(1, 10)])
    assert isinstance(rates.cast(1), Rational)
    counts = Drawn("n", [exactly([1, 2]), exactly([3])])
    assert counts.cast(exactly([4, 5])) == (4, 5)
    with pytest.raises(InputError, match="a list of at most 20 values"):
        counts.cast(exactly([1] * 21))


def test_words_are_drawn_ones() -> None:
    with pytest.raises(InputError, match="did you mean relu"):
        Drawn("name", ["relu", "tanh"]).cast("relo")
    with pytest.raises(InputError, match="name is a word, not 3"):
        Drawn("name", ["relu"]).cast(3)
    with pytest.raises(InputError, match="tied is true or false, not relu"):
        Drawn("tied", [True]).cast("relu")
