"""A wrong value that dwarfs the key is not computed with; an ordinary slip is."""

from __future__ import annotations

from typing import Any

import pytest

from partialcredit.numbers.exact import exp, log, sqrt
from partialcredit.numbers.plausible import FACTOR, FACTOR_OF_COUNTS, plausible
from partialcredit.numbers.rationals import rational

#: It only equals zero, which no enclosure shows.
ZERO = sqrt(2) * sqrt(2) - 2


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (rational(1, 3), 2),
        (3 * FACTOR, 3),
        (-3 * FACTOR, 3),
        (FACTOR, rational(1, 1000)),  # below 1 the key counts as 1
        (1001 * FACTOR_OF_COUNTS, 1001),
        (exp(8), 1),
        ((1, (2, 3 * FACTOR)), (0, 3)),
        (frozenset({1, 2}), frozenset({1})),
        ("a > b", "a < b"),
        ((), 1),
    ],
)
def test_what_a_slip_may_give(value: Any, key: Any) -> None:
    assert plausible(value, key)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (3 * FACTOR + 1, 3),
        (-3 * FACTOR - 1, 3),
        (FACTOR + 1, rational(1, 1000)),
        (1000 * FACTOR + 1, 1000),
        (exp(10), 1),
        ((1, (2, 3 * FACTOR + 1)), (0, 3)),
        (frozenset({1, 10**9}), frozenset({1})),
        (1 / ZERO, 1),
        (log(2) / ZERO, 5),
        (exp(-exp(20)), 1),
    ],
)
def test_what_only_an_attack_gives(value: Any, key: Any) -> None:
    assert not plausible(value, key)
