"""The estimate of minutes grows with the work, and orders problems as a person does."""

from __future__ import annotations

from dataclasses import replace
from statistics import median

import pytest

from partialcredit.draw import LEVELS, Level
from partialcredit.effort import minutes, part_minutes
from partialcredit.paper import PaperPart
from partialcredit.printed import laid_out
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load

PART = PaperPart("1a", "sum", "integer", 1, "Add.", "5", "$2 + 3 = 5$.")


def test_steps_digits_and_entries_take_time() -> None:
    """What makes each of them longer makes the estimate longer, and a sign is no step."""
    longer = {
        "step": replace(PART, solution="$2 + 3 + 0 = 5$."),
        "digit": replace(PART, solution="$2 + 33 = 5$."),
        "entry": replace(PART, key="[5, 5]"),
        "word": replace(PART, prompt="Add them."),
        "option": replace(PART, options=("five",)),
    }
    times = {name: part_minutes(part) for name, part in longer.items()}
    assert min(times.values()) > part_minutes(PART)
    assert times["digit"] - part_minutes(PART) == pytest.approx(1.5 / 60)
    negative = replace(PART, solution="$(-2) + 3 = 5$.")
    assert part_minutes(negative) == part_minutes(PART)


def test_leading_zeros_are_no_digits_and_points_neither() -> None:
    a, b = (replace(PART, solution=f"${n} + 3 = 5$.") for n in ("0.0012", "12"))
    assert part_minutes(a) == part_minutes(b)


def test_a_formula_is_one_answer_and_prose_is_written() -> None:
    formula = replace(PART, kind="expression", key="a b c d")
    assert part_minutes(formula) == part_minutes(PART)
    essay = replace(PART, kind="text", solution="One two three $2 + 3 = 5$.")
    assert part_minutes(essay) > part_minutes(replace(essay, kind="integer")) + 0.2


def test_without_key_and_solution_only_reading_is_left() -> None:
    assert 0 < part_minutes(replace(PART, key=None, solution=None)) < part_minutes(PART)
    assert minutes("ten " * 120, ()) == pytest.approx(1)


#: Minutes that a person with a calculator estimated.
ESTIMATED: dict[tuple[str, Level], float] = {
    ("training/train_step_trace", "hard"): 35,
    ("backprop/mlp_delta_backprop", "hard"): 27.5,
    ("linear_algebra/least_squares_normal_equations", "medium"): 20,
    ("linear_algebra/ridge_regression_closed_form", "medium"): 20,
}


def estimate(family: str, level: Level) -> float:
    return median(laid_out(generate(load(family), level, seed)).minutes for seed in range(5))


def ranks(values: list[float]) -> list[float]:
    """Places in ascending order; equal values share the mean of theirs."""
    return [(sum(w < v for w in values) + sum(w <= v for w in values) - 1) / 2 for v in values]


def rank_correlation(a: list[float], b: list[float]) -> float:
    """Spearman's coefficient: the correlation of the ranks."""
    x, y = ranks(a), ranks(b)
    mean = (len(a) - 1) / 2
    covariance = sum((p - mean) * (q - mean) for p, q in zip(x, y, strict=True))
    spread = (sum((p - mean) ** 2 for p in x) * sum((q - mean) ** 2 for q in y)) ** 0.5
    return covariance / spread


@pytest.mark.slow
def test_the_order_is_a_persons() -> None:
    """Levels take 3 to 5, 6 to 10 and 12 to 20 minutes, a few problems longer."""
    usual = dict(zip(LEVELS, (4.0, 8.0, 16.0), strict=True))
    known = {(family, level): usual[level] for family in family_ids() for level in LEVELS}
    known |= ESTIMATED
    counted = {key: estimate(*key) for key in known}
    assert rank_correlation(list(known.values()), list(counted.values())) > 0.6
    for level, low, high in (("easy", 3, 5), ("medium", 6, 10), ("hard", 9, 20)):
        assert low < median(m for key, m in counted.items() if key[1] == level) < high
    longest = sorted(counted, key=lambda key: counted[key])[-12:]
    assert set(list(ESTIMATED)[:2]) <= set(longest)
