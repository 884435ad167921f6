"""A class from its recipe to its marks: time on all cores, and memory of all processes together.

    python benchmarks/class.py [--students 180] [--questions 12]

Prints a table of three commands: papers as PDF with keys and folder, the same folder with one
student more, and marking all hand-ins. Memory counts what processes share once.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

RECIPE = """title: A class
minutes: 120
questions:
"""
FAMILIES = (
    "cnn_shapes/conv_output_size", "backprop/gate_gradients", "optimizers/adam_step",
    "losses/softmax_cross_entropy", "batchnorm/batchnorm_forward", "convolution/convolution_2d",
    "activations/activation_value_derivative", "linear_algebra/ridge_regression_closed_form",
    "regularization/early_stopping", "initialization/xavier_initialization",
    "training/train_step_trace", "log_sum_exp/lse_bounds",
)  # fmt: skip


def measured(*command: str) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and MB of a command and all its processes."""
    start, cpu, most = time.monotonic(), {}, 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        root = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                held = 0.0
                for one in (root, *root.children(recursive=True)):
                    used = one.cpu_times()
                    cpu[one.pid] = used.user + used.system
                    held += one.memory_full_info().pss / 2**20
                most = max(most, held)
            except psutil.Error:
                continue  # one of them has just ended
            time.sleep(0.2)
        if process.returncode:
            said.seek(0)
            raise SystemExit(said.read().decode())
    return time.monotonic() - start, sum(cpu.values()), most


def hand_in(exam: Path, target: Path, rng: random.Random) -> None:
    """Answers of everyone: right, a digit off, nonsense and blank."""
    rows = []
    for paper in json.loads(exam.read_text())["papers"]:
        row = {"student": paper["student"]}
        for part in (part for problem in paper["problems"] for part in problem["parts"]):
            key, chance = part.get("key") or "", rng.random()
            wrong = key.replace("1", "2") if chance < 0.9 else "I do not know"
            row[part["id"]] = key if chance < 0.65 else wrong if chance < 0.95 else ""
        rows.append(row)
    with target.open("w", newline="") as file:
        table = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Make a class, add a student, mark it, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=180)
    parser.add_argument("--questions", type=int, default=12)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = (FAMILIES[i % len(FAMILIES)] for i in range(given.questions))
        lines = (f"  - {{family: {family}, level: medium}}\n" for family in asked)
        (folder / "exam.yaml").write_text(RECIPE + "".join(lines))
        ids = [f"s{number:04}" for number in range(given.students + 1)]
        (folder / "all.csv").write_text("student\n" + "\n".join(ids) + "\n")
        (folder / "class.csv").write_text("student\n" + "\n".join(ids[:-1]) + "\n")
        program = (sys.executable, "-m", "partialcredit")
        made, answers = str(folder / "exam"), folder / "answers.csv"
        generate = (*program, "generate", str(folder / "exam.yaml"), "-o", made, "--roster")
        print(f"{given.students} students, {given.questions} questions, {os.cpu_count()} cores")
        print(f"{'':24}{'wall s':>8}{'CPU s':>8}{'MB':>8}")

        def run(what: str, *command: str) -> None:
            wall, cpu, memory = measured(*command)
            print(f"{what:24}{wall:8.1f}{cpu:8.1f}{memory:8.0f}", flush=True)

        run("papers, keys, folder", *generate, str(folder / "class.csv"))
        run("one student more", *generate, str(folder / "all.csv"))
        hand_in(Path(made, "exam.json"), answers, random.Random(1))
        report = ("-o", str(folder / "marks.csv"), "--review", str(folder / "review.csv"))
        run("marks and review", *program, "grade", made, str(answers), *report)


if __name__ == "__main__":
    main()
