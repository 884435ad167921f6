"""Problems per second and core, verified and printed, beside a plain SymPy generator.

    python benchmarks/problems.py [SECONDS_PER_LEVEL]

All times are CPU seconds of this process; the ratios were measured in the same run.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import sympy

from partialcredit.compose import printed
from partialcredit.draw import LEVELS, Level
from partialcredit.problem import generate
from partialcredit.registry import family_ids, load


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


def printed_problem(family_id: str, level: Level, seed: int) -> object:
    """Draw, solve, let the witnesses testify, and write statement, prompts, keys and solutions."""
    return printed(generate(load(family_id), level, seed))


def main() -> None:
    """Print one line per family and level, then the summary."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 0.2
    baseline = rate(sympy_problem, seconds)
    print(f"{'plain SymPy generator, unverified':50} {baseline:8.0f}/s  ratio   1.0")
    rates = {}
    for family_id in family_ids():
        for level in LEVELS:
            per_second = rate(partial(printed_problem, family_id, level), seconds)
            rates[family_id, level] = per_second
            ratio = per_second / baseline
            print(f"{family_id:42} {level:7} {per_second:8.0f}/s  ratio {ratio:5.1f}")
    slowest = min(rates, key=rates.__getitem__)
    print(f"median {statistics.median(rates.values()):.0f}/s (goal 2000)")
    print(f"slowest {rates[slowest]:.0f}/s, {' '.join(slowest)} (goal 50)")


if __name__ == "__main__":
    main()
