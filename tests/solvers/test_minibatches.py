"""Mini-batches: every count against a list that is cut up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import minibatches


@given(st.integers(1, 300), st.integers(1, 40))
def test_counts_are_those_of_a_list_cut_up(N: int, B: int) -> None:
    cut = [list(range(N))[i : i + B] for i in range(0, N, B)]
    assert minibatches.updates(N, B) == len(cut)
    assert minibatches.last_size(N, B) == len(cut[-1])
    assert minibatches.left_out(N, B) == sum(len(batch) for batch in cut if len(batch) < B)


@given(st.integers(1, 100), st.integers(1, 20))
def test_epochs_are_those_of_a_calendar(update: int, per_epoch: int) -> None:
    calendar = [epoch for epoch in range(1, 102) for _ in range(per_epoch)]
    assert minibatches.epoch_of(update, per_epoch) == calendar[update - 1]
