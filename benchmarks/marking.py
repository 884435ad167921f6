"""A class marked by ``partialcredit grade``, beside another checkout's, command against command.

    python benchmarks/marking.py [--students 2000] [--problems 10] [--beside /path/to/python]

The paper is the other checkout's, so that both can read it. Answers are drawn by a seed: right
ones, slips, right ones with noise in their digits, nonsense and blanks, so that some are many
students' and some are one student's alone. Times are the CPU seconds of all processes: on a busy
machine wall time says little. Two idle cores can at best halve them.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from partialcredit.marking.restoring import restored
from partialcredit.paper import Paper, PaperPart, PaperProblem
from partialcredit.paper_file import read_paper

MB = 2**20


class Cost(NamedTuple):
    """What a command took: CPU seconds, its own and all; wall seconds; its MB and a worker's."""

    own: float
    cpu: float
    wall: float
    memory: float
    worker: float
    processes: int


def measured(*command: str) -> Cost:
    """Run a command and watch it and its children."""
    start = time.monotonic()
    seconds: dict[int, float] = {}
    memory = worker = 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    root = psutil.Process(process.pid)
    while process.poll() is None:
        sizes: list[float] = []
        try:
            for one in (root, *root.children(recursive=True)):
                used = one.cpu_times()
                seconds[one.pid] = used.user + used.system
                sizes.append(one.memory_info().rss / MB)
        except psutil.Error:
            continue  # one of them has just ended
        memory, worker = max(memory, sizes[0]), max(worker, *sizes[1:], 0.0)
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(process.stderr.read().decode() if process.stderr else "it failed")
    wall = time.monotonic() - start
    cpu = sum(seconds.values())
    return Cost(seconds.get(process.pid, cpu), cpu, wall, memory, worker, len(seconds))


def slips(printed: PaperProblem) -> dict[str, list[str]]:
    """Wrong answers to every part that a family foresees."""
    problem = restored(printed)
    return {
        part.name: [problem.kinds[part.name].write(value) for _, value in problem.slips[part.name]]
        for part in printed.parts
    }


def noisy(text: str, rng: random.Random) -> str:
    """The same with one of its digits changed, if it has one."""
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text + " "
    at = rng.choice(places)
    return f"{text[:at]}{rng.randrange(1, 10)}{text[at + 1 :]}"


def answer(part: PaperPart, wrong: list[str], rng: random.Random) -> str:
    """One student's answer to a part."""
    key, chance = part.key or "", rng.random()
    if chance < 0.55:
        return key
    if chance < 0.7 and wrong:
        return rng.choice(wrong)
    if chance < 0.9:
        return noisy(key, rng)
    return rng.choice(["", "", "x +", "0", "I do not know", "42"])


def class_of(paper: Paper, students: int, rng: random.Random) -> Iterator[list[str]]:
    """The rows of the class's CSV file."""
    wrong = [slips(problem) for problem in paper.problems]
    parts = [(p, w[p.name]) for q, w in zip(paper.problems, wrong, strict=True) for p in q.parts]
    yield ["student", *(part.id for part, _ in parts)]
    for number in range(students):
        yield [f"s{number:05}", *(answer(part, w, rng) for part, w in parts)]


def main() -> None:
    """Write a paper and a class, have it marked, and print one line a checkout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=2000)
    parser.add_argument("--problems", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beside", metavar="PYTHON", help="another checkout's interpreter")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paper, answers = Path(folder, "paper.json"), Path(folder, "class.csv")
        writer = [given.beside or sys.executable, "-m", "partialcredit", "generate", "--level"]
        subprocess.run(
            [*writer, "medium", "-n", str(given.problems), "--seed", str(given.seed), "-o", paper],
            check=True, capture_output=True,
        )  # fmt: skip
        printed = read_paper(paper.read_text())
        rows = class_of(printed, given.students, random.Random(given.seed))
        with answers.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
        parts = sum(len(problem.parts) for problem in printed.problems)
        print(f"{given.students} students, {parts} parts")
        pythons = [given.beside] if given.beside else []
        costs = []
        for python in (*pythons, sys.executable):
            report = ("-o", str(Path(folder, "report.json")))
            cost = measured(
                python, "-m", "partialcredit", "grade", str(paper), str(answers), *report
            )
            costs.append(cost)
            marks = json.loads(Path(folder, "report.json").read_text())
            print(
                f"{python}: CPU {cost.cpu:.1f} s ({cost.own:.1f} s its own), "
                f"wall {cost.wall:.1f} s, {cost.memory:.0f} MB, a worker at most "
                f"{cost.worker:.0f} MB, {cost.processes} processes, {len(marks)} marked"
            )
    if given.beside:
        old, new = costs
        print(
            f"CPU ratio {old.cpu / new.cpu:.2f}, on two idle cores at best "
            f"{2 * old.cpu / new.cpu:.2f}; wall ratio {old.wall / new.wall:.2f}"
        )


if __name__ == "__main__":
    main()
