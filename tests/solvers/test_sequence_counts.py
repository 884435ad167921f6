"""Published parameters of recurrent layers, and counting by enumeration."""

from __future__ import annotations

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import sequence_counts


def test_published_parameters() -> None:
    """NPTEL's 3-4-2 network; LSTM(10, 20), GRU(10, 20) of torch; LSTM(100) of Keras."""
    assert sequence_counts.recurrent(3, 4, 1, 1) + sequence_counts.dense(4, 2) == 42
    assert sequence_counts.recurrent(10, 20, 4, 2) == 2_560
    assert sequence_counts.recurrent(10, 20, 3, 2) == 1_920
    assert sequence_counts.recurrent(100, 100, 4, 1) == 80_400


def test_padding_and_means_over_tokens() -> None:
    lengths, means = (5, 3, 8, 4), (2, rational(3, 2), rational(1, 2), 3)
    assert sequence_counts.padding(lengths) == sum(8 - n for n in lengths)
    tokens = [v for n, v in zip(lengths, means, strict=True) for _ in range(n)]
    assert sequence_counts.token_mean(lengths, means) == sum(tokens) * rational(1, len(tokens))


def test_windows_cover_every_step() -> None:
    for steps in range(1, 30):
        assert sequence_counts.windows(steps, 7) == len(range(0, steps, 7))
