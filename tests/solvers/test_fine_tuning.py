"""Adapting a network: published counts, and ranks that are just enough."""

from __future__ import annotations

import pytest

from partialcredit.solvers import fine_tuning


@pytest.mark.parametrize(("rank", "millions"), [(1, 4.7), (8, 37.7)])
def test_published_counts_of_low_rank_updates(rank: int, millions: float) -> None:
    found = fine_tuning.lora_parameters(2 * 96, rank, 12288, 12288)
    assert round(found / 1e6, 1) == millions


def test_a_rank_more_is_too_much() -> None:
    rank = fine_tuning.largest_rank(500_000, 24, 768, 768)
    counts = [fine_tuning.lora_parameters(24, r, 768, 768) for r in (rank, rank + 1)]
    assert counts[0] <= 500_000 < counts[1]


def test_at_the_break_even_rank_nothing_is_saved() -> None:
    rank = fine_tuning.break_even(512, 2048)
    counts = [fine_tuning.lora_parameters(1, r, 512, 2048) for r in (rank - 1, rank)]
    assert counts[0] < 512 * 2048 <= counts[1]
