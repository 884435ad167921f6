"""Problems per second and core, verified and printed, beside a plain SymPy generator.

    python benchmarks/problems.py [SECONDS_PER_LEVEL]
    python benchmarks/problems.py --beside /path/to/other/venv/bin/python [TOPIC|FAMILY]...

The second form measures this checkout against another one, family by family and level by level.
All times are CPU seconds of one process; the ratios were measured in the same run.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import beside
import sympy

from partialcredit.draw import LEVELS, Level
from partialcredit.exams.compose import printed
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load

Work = Callable[[str, Level, int], object]


def rate(work: Callable[[int], object], seconds: float) -> float:
    """Calls per CPU second; the first two calls, which fill caches, are not counted."""
    work(0), work(1)
    start, calls = time.process_time(), 0
    while time.process_time() - start < seconds:
        calls += 1
        work(calls + 1)
    return calls / (time.process_time() - start)


def sympy_problem(seed: int) -> str:
    """What a plain symbolic generator does: draw a function, differentiate, simplify, typeset."""
    draw, x = random.Random(seed), sympy.Symbol("x")
    a, b, c = (draw.randint(1, 9) for _ in range(3))
    f = a * sympy.exp(b * x) + sympy.sin(c * x) * x**a
    return sympy.latex(f) + sympy.latex(sympy.simplify(sympy.diff(f, x)))


def verified(family_id: str, level: Level, seed: int) -> object:
    """Draw, solve, and let the witnesses testify."""
    return generate(load(family_id), level, seed).verify()


def with_text(family_id: str, level: Level, seed: int) -> object:
    """The same, and write statement, prompts, keys and worked solutions."""
    return printed(generate(load(family_id), level, seed))


def against(python: str, chosen: list[str]) -> None:
    """Print how many times as fast as another checkout every level is, and the medians."""
    for work in ("verified", "with_text"):
        ratios = {}
        for family, level, rate, ratio in beside.compare(python, work, chosen):
            ratios[family, level] = ratio
            print(f"{work:9} {family:42} {level:7} {rate:7.0f}/s  ratio {ratio:5.2f}", flush=True)
        slowest = min(ratios, key=ratios.__getitem__)
        print(
            f"{work}: {statistics.median(ratios.values()):.2f} times as fast in the median of "
            f"{len(ratios)} levels, {sum(ratio < 1 for ratio in ratios.values())} slower, "
            f"least {ratios[slowest]:.2f}, {' '.join(slowest)}"
        )


def main() -> None:
    """Print one line per family and level, then the summary."""
    if sys.argv[1:2] == ["--beside"]:
        against(sys.argv[2], sys.argv[3:])
        return
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.2
    baseline = rate(sympy_problem, seconds)
    print(f"{'plain SymPy generator, unverified':50} {baseline:7.0f}/s  ratio    1.0")
    rates: dict[Work, dict[tuple[str, str], float]] = {verified: {}, with_text: {}}
    for family_id in family_ids():
        for level in LEVELS:
            for work, measured in rates.items():
                measured[family_id, level] = rate(partial(work, family_id, level), seconds)
            first, second = (measured[family_id, level] for measured in rates.values())
            print(
                f"{family_id:42} {level:7} {first:7.0f}/s  ratio {first / baseline:6.1f}"
                f"   with all text {second:7.0f}/s  ratio {second / baseline:6.1f}"
            )
    for work, measured in rates.items():
        slowest = min(measured, key=measured.__getitem__)
        print(
            f"{work.__name__}: median {statistics.median(measured.values()):.0f}/s (goal 2000), "
            f"slowest {measured[slowest]:.0f}/s (goal 50), {' '.join(slowest)}"
        )


if __name__ == "__main__":
    main()
