"""Early stopping: the example of the notes, and a counter that runs along."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from partialcredit.solvers import early_stopping


def test_example_of_the_notes() -> None:
    """Patience 3: epoch 3 is returned (2, counted from 0), and 0.5 at the end is never seen."""
    improved = early_stopping.improvements((90, 70, 60, 62, 61, 65, 50), 0)
    assert early_stopping.stop(improved, 3) == 6
    assert early_stopping.lowest((90, 70, 60, 62, 61, 65, 50)) == 7


@given(st.lists(st.integers(20, 99), min_size=1, max_size=12), st.integers(1, 4), st.integers(0, 5))
def test_a_counter_stops_at_the_same_epoch(errors: list[int], patience: int, delta: int) -> None:
    best, waited, epoch = 10**6, 0, 0
    coming = iter([*errors, *[10**6] * patience])
    while waited < patience:
        error = next(coming)
        epoch += 1
        waited = 0 if error < best - delta else waited + 1
        best = error if waited == 0 else best
    improved = early_stopping.improvements(errors, delta)
    assert early_stopping.stop(improved, patience) == epoch
