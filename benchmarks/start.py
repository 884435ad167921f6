"""CPU of the command line's start, as multiples of an empty Python and of click alone.

    python benchmarks/start.py [REPEATS]

Runs are interleaved and medians compared, so the machine's noise cancels. Installed modules are
compiled, and so are these: PYTHONDONTWRITEBYTECODE is taken out of the environment.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from resource import RUSAGE_CHILDREN, getrusage

CLICK = "python -c 'import click'"

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    CLICK: [sys.executable, "-c", "import click"],
    "--help (goal 1.35 times click)": [sys.executable, "-m", "partialcredit", "--help"],
    "generate -n 1 to Markdown (goal 40)": [
        sys.executable, "-m", "partialcredit", "generate", "-n", "1", "-o", "paper.md"
    ],
}  # fmt: skip


def cpu(command: list[str], folder: str) -> float:
    """CPU seconds of one run, user and system."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=env)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print every command's median and its ratios to the empty Python and to click."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(repeats):
            for name, command in COMMANDS.items():
                times[name].append(cpu(command, folder))
    medians = {name: statistics.median(measured) for name, measured in times.items()}
    empty, click = medians["python -c pass"], medians[CLICK]
    for name, median in medians.items():
        ratios = f"{median / empty:6.1f} times Python, {median / click:6.2f} times click"
        print(f"{name:36} {median * 1000:7.1f} ms {ratios}")


if __name__ == "__main__":
    main()
