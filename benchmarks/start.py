"""CPU of the command line's start, as multiples of an empty Python.

    python benchmarks/start.py [REPEATS]

Runs are interleaved and medians compared, so the machine's noise cancels.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "--help (goal 5)": [sys.executable, "-m", "partialcredit", "--help"],
    "generate -n 1 to Markdown (goal 40)": [
        sys.executable, "-m", "partialcredit", "generate", "-n", "1", "-o", "paper.md"
    ],
}  # fmt: skip


def cpu(command: list[str], folder: str) -> float:
    """CPU seconds of one run, user and system."""
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = os.times()
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


def main() -> None:
    """Print every command's median and its ratio to the empty Python."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeats):
            for name, command in COMMANDS.items():
                times[name].append(cpu(command, folder))
    empty = statistics.median(times["python -c pass"])
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:40} {median * 1000:7.1f} ms  ratio {median / empty:5.1f}")


if __name__ == "__main__":
    main()
