"""No family pays a guesser, and none repeats itself: the band of ``verify --fairness``."""

from __future__ import annotations

import pytest

from partialcredit.audit import fairness
from partialcredit.draw import LEVELS, Level
from partialcredit.registry import family_ids

SEEDS = range(100)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("family_id", family_ids())
def test_every_family_keeps_to_the_band(family_id: str, level: Level) -> None:
    assert list(fairness.measure(family_id, level, SEEDS).faults()) == []
