"""Printing: papers per second as Markdown, HTML and PDF, and what the 100th variant costs.

Run ``python benchmarks/printing.py [TOPIC|FAMILY]...``. All times are CPU times of one run, and
every ratio compares two of them, so that a busy machine changes little. Papers are composed
beforehand: this measures the writers alone.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

VARIANTS = 100
SIZE = 8

FIRST = """
import pickle, sys, time
paper = pickle.load(sys.stdin.buffer)
start = time.process_time()
from partialcredit import writers
writers.render(paper, sys.argv[1])
print(time.process_time() - start)
"""


def papers() -> list:
    """Variants of a paper of eight problems, figures among them."""
    from partialcredit.exams.compose import compose, plan

    composed = []
    for seed in range(VARIANTS):
        tasks = plan(sys.argv[1:], SIZE, "medium", seed)
        composed.append(compose(tasks, title="Benchmark", level="medium", seed=seed))
    return composed


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def first(paper: object, suffix: str) -> float:
    """CPU seconds of the first document in a fresh process, imports and fonts included."""
    import pickle

    run = [sys.executable, "-c", FIRST, suffix]
    done = subprocess.run(run, input=pickle.dumps(paper), capture_output=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Print the table."""
    from partialcredit import writers

    composed = papers()
    print(f"{VARIANTS} papers of {SIZE} problems, CPU milliseconds")
    print(
        f"{'format':>8} {'first':>8} {'each':>8} {'100th':>8} {'papers/s':>9} {'100th/first':>12}"
    )
    for suffix in (".md", ".html", ".pdf"):
        cold = first(composed[0], suffix)
        times = [cpu(partial(writers.render, paper, suffix)) for paper in composed]
        mean, last = sum(times) / len(times), sorted(times[-11:])[5]
        print(
            f"{suffix:>8} {1e3 * cold:8.1f} {1e3 * mean:8.2f} {1e3 * last:8.2f}"
            f" {1 / mean:9.1f} {last / cold:12.3f}"
        )


if __name__ == "__main__":
    main()
