"""A short run of benchmarks/fuzz_marking.py, whose long run finds what nobody thought of."""

from __future__ import annotations

from pathlib import Path

from benchmarks.fuzz_marking import Fuzz


def test_mutants_are_marked_or_refused(tmp_path: Path) -> None:
    fuzz = Fuzz(seed=7, folder=tmp_path)
    fuzz.run(120)
    assert fuzz.faults == []
    assert sum(fuzz.outcomes.values()) == 120
    assert fuzz.outcomes["hand-in marked"] > 10
