"""How fast long texts are marked, and how much a set costs beside generating alone.

    python benchmarks/reward.py [--problems 300]

The texts are keys, a slip, nothing and nonsense in turn, on problems of every family; each problem
is asked several times, as training does. Times are of one core: one thread asks, one process marks.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from partialcredit.environments.parquet import to_parquet
from partialcredit.environments.rewards import reward
from partialcredit.environments.sets import Plan, write_rows
from partialcredit.problem import generate
from partialcredit.registry import load


def texts(row: dict[str, Any]) -> list[str]:
    """A right answer, a slip in the last part that has one, nothing, and nonsense."""
    keys = {part["label"]: part["key"] for part in row["parts"]}
    slip = {row["slips"][-1]["label"]: row["slips"][-1]["answer"]} if row["slips"] else {}
    boxes = "\n".join(f"({label}) \\boxed{{{key}}}" for label, key in keys.items())
    return [boxes, json.dumps(keys | slip), "", "(a) is \\boxed{banana} and (b) 7^{7^7}"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=300)
    count = parser.parse_args().problems
    plan = Plan.of((), count, "medium", 7)

    start = time.process_time()
    for number in plan.numbers:
        family, level, seed = plan.task(number)
        generate(load(family), level, seed).verify()
    cold = time.process_time() - start
    start = time.process_time()
    for number in plan.numbers:
        family, level, seed = plan.task(number)
        generate(load(family), level, seed).verify()
    alone = time.process_time() - start

    with TemporaryDirectory() as folder:
        lines, table = Path(folder, "lines"), Path(folder, "set.parquet")
        write_rows(plan, lines, lambda _: None)  # families' texts are compiled
        lines.unlink()
        start = time.process_time()
        write_rows(plan, lines, lambda _: None)
        written = time.process_time() - start
        start = time.process_time()
        to_parquet(lines, table)
        converted = time.process_time() - start
        rows = [json.loads(line) for line in lines.read_bytes().splitlines() if line]

    asked = [(row["problem"], text) for row in rows for text in texts(row)]
    answers = sum(len(row["parts"]) for row in rows) * 4
    for problem, text in asked:
        reward(problem, text)
    seconds = []
    for problem, text in asked:
        start = time.perf_counter()
        reward(problem, text)
        seconds.append(time.perf_counter() - start)
    print(f"{count} problems, {answers} answers; first use of all families {cold:.1f} s")
    print(
        f"reward: {answers / sum(seconds):.0f} answers/s, {len(asked) / sum(seconds):.0f} texts/s"
    )
    print(
        f"        p99 {1000 * quantiles(seconds, n=100)[-1]:.0f} ms, most {1000 * max(seconds):.0f}"
    )
    print(f"rows with all text / verified problems alone: {written / alone:.2f}")
    print(f"rows as Parquet / rows: {(written + converted) / written:.2f}")


if __name__ == "__main__":
    main()
