"""A family small enough to see through: a rectangle's sides, area, and price per unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from partialcredit import rendering
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer
from partialcredit.numbers.rationals import Rational, rational

TEMPLATE = """
{% block stem %}A floor of {{ w }} by {{ h }}; a square metre costs {{ price }}.{% endblock %}
{% block area %}Area?{% endblock %}
{% block area_solution %}{{ w }} times {{ h }} is {{ answer.area }}.{% endblock %}
{% block cost %}Cost?{% endblock %}
{% block cost_solution %}{{ answer.cost }}{% endblock %}
{% block share %}Shares of two and three owners?{% endblock %}
{% block share_solution %}{{ answer.share }}{% endblock %}
"""


def toy_family(monkeypatch: Any) -> Family:
    """The family, with a template that stands in no folder."""
    family = Family(conventions=["sides are in metres"])
    family.id, family.title = "toy/floor", "A floor"

    @family.sample
    def sample(draw: Any) -> dict[str, Any]:
        return {"w": draw.integer(3, 9), "h": draw.integer(3, 9), "price": draw.integer(2, 5)}

    @family.part(Integer(), marks=2)
    def area(w: int, h: int) -> int:
        return w * h

    area.slips = rows(
        ("added the sides", "An area is a product.", lambda w, h: w + h, Fraction(1, 2)),
        ("went round", "This is the perimeter.", lambda w, h: 2 * (w + h)),
    )  # fmt: skip

    @area.witness
    def _(w: int, h: int) -> int:
        return sum(1 for _ in range(w) for _ in range(h))

    @family.part(Integer(), marks=3)
    def cost(area: int, price: int) -> int:
        return area * price

    cost.slips = rows(
        ("divided", "Multiply by the price.", lambda area, price: area // price),
    )  # fmt: skip

    @cost.witness
    def _(w: int, h: int, price: int) -> int:
        return sum(price for _ in range(w * h))

    @family.part(Array(shape=(2,), digits=3), marks=2)
    def share(cost: int) -> tuple[Rational, Rational]:
        return (rational(cost, 2), rational(cost, 3))

    @share.witness
    def _(w: int, h: int, price: int) -> list[float]:
        return [w * h * price / 2, w * h * price / 3]

    template = rendering._environment().from_string(TEMPLATE)
    monkeypatch.setattr(rendering, "template_for", lambda _: template)
    return family
