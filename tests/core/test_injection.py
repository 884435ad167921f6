"""Functions ask by name; what several ask for is computed once, from what was there before."""

from __future__ import annotations

import pytest

from partialcredit.injection import Values, arguments, call
from partialcredit.numbers.vectors import Vector


@pytest.fixture
def asked() -> list[str]:
    """What was computed, in order."""
    return []


@pytest.fixture
def values(asked: list[str]) -> Values:
    def area(w: int, h: int) -> int:
        asked.append("area")
        return w * h

    def cost(area: int, price: int) -> list[int]:
        asked.append("cost")
        return [area * price]

    return Values({"w": 3, "h": 4, "price": 2}, {"area": area, "cost": cost})


def test_arguments_are_the_names_asked_for() -> None:
    def function(a: int, b: int = 2, *, c: int = 3) -> int:
        d = a + b
        return d + c

    assert arguments(function) == ("a", "b")
    assert arguments(lambda: 1) == ()
    assert call(lambda b, a: (b, a), {"a": 1, "b": 2, "c": 3}) == (2, 1)


def test_a_recipe_is_followed_when_asked_for_and_once(values: Values, asked: list[str]) -> None:
    assert asked == []
    assert (values["cost"], values["area"], values["cost"]) == ((24,), 12, (24,))
    assert sorted(asked) == ["area", "cost"]
    assert type(values["cost"]) is Vector


def test_recipes_are_known_before_they_are_followed(values: Values, asked: list[str]) -> None:
    assert "area" in values
    assert "w" in values
    assert "volume" not in values
    assert asked == []


def test_what_is_given_later_changes_no_recipe(values: Values, asked: list[str]) -> None:
    """A derived value belongs to the parameters, and an earlier answer is none of them."""
    more = values.given({"w": 100, "answer": 1})
    assert (more["w"], more["area"], more["answer"]) == (100, 12, 1)
    assert (values["w"], values["area"]) == (3, 12)
    assert asked == ["area"]
    assert more.given({"h": 100})["cost"] == (24,)


def test_a_value_given_in_place_of_a_derived_one_is_used(values: Values) -> None:
    assert values.given({"area": 5})["area"] == 5
    assert values["area"] == 12


def test_an_unknown_name_is_an_error(values: Values) -> None:
    with pytest.raises(KeyError, match="volume"):
        call(lambda volume: volume, values)


def test_a_function_is_called_with_what_the_recipes_give(values: Values) -> None:
    assert call(lambda area, cost: cost * area, values) == (288,)
