"""The grader beside Math-Verify and a plain SymPy grader, on the same rows in the same run.

    pip install -e ".[bench]"
    python benchmarks/grading.py CORPUS.jsonl... [--hostile FILE.jsonl]

Each corpus line is a pair with its expected verdict, as ``partialcredit compare --pairs`` reads it.
A grader that refuses or times out on a pair has refused it. Times are processor times of one core,
so that other work on the machine does not count; a proof is timed by the wall clock instead,
because SymPy runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Grader = Callable[[Row], bool | None]

SECONDS = 5


def partial_credit(row: Row) -> bool | None:
    """The project's own grader, from text to verdict, before SymPy is asked for proofs."""
    from partialcredit.errors import UnreadableAnswer
    from partialcredit.grading.comparison import question
    from partialcredit.grading.declared import Declared

    symbols, functions = row.get("symbols"), row.get("functions") or ()
    declared = Declared.of(symbols, functions, row.get("tolerance"), bool(row.get("complex")))
    asked, key = question(row["key"], row["kind"], declared)
    try:
        verdict = asked.compare(key, asked.read(row["answer"]))
    except UnreadableAnswer:
        return None
    return {"equivalent": True, "different": False}.get(verdict.outcome)


def with_proof(row: Row) -> bool | None:
    """The same as users have it: SymPy is asked to prove every numeric equality."""
    from partialcredit.grading import compare

    verdict = compare(
        row["key"],
        row["answer"],
        row["kind"],
        row.get("symbols"),
        row.get("functions") or (),
        row.get("tolerance"),
        bool(row.get("complex")),
    )
    return {"equivalent": True, "different": False}.get(verdict.outcome)


def math_verify(row: Row) -> bool | None:
    """Math-Verify with its default extraction, both sides boxed as it recommends."""
    from math_verify import parse, verify

    key, answer = (parse(rf"\boxed{{{row[side]}}}") for side in ("key", "answer"))
    return verify(key, answer) if key and answer else None


def plain_sympy(row: Row) -> bool | None:
    """What a course often starts with: parse_expr and simplify."""
    from sympy import simplify
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    steps = (*standard_transformations, convert_xor, implicit_multiplication_application)
    key, answer = (parse_expr(row[side], transformations=steps) for side in ("key", "answer"))
    return bool(simplify(key - answer) == 0)


def _late(*_: object) -> None:
    raise TimeoutError


def _guarded(grader: Grader, row: Row) -> bool | None:
    """The verdict of somebody else's grader, which may raise anything and take for ever."""
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS)
    try:
        return grader(row)
    except Exception:  # noqa: BLE001 - whatever it raises, it refused
        return None
    finally:
        signal.alarm(0)


def measure(name: str, grader: Grader, rows: list[Row]) -> dict[str, Any]:
    """Accuracy and speed on all rows, after one untimed pair that loads everything."""
    grader({"key": "sin(x)^2 + cos(x)^2", "answer": "1", "kind": "expression"})
    clock = time.perf_counter if grader is with_proof else time.process_time
    seconds: list[float] = []
    false_accepts, false_rejects, refused = 0, 0, 0
    for row in rows:
        start = clock()
        verdict = _guarded(grader, row)
        seconds.append(clock() - start)
        refused += verdict is None
        false_accepts += verdict is True and not row["expected"]
        false_rejects += verdict is False and row["expected"]
    seconds.sort()
    right = len(rows) - false_accepts - false_rejects - refused
    return {
        "grader": name,
        "right": 100 * right / len(rows),
        "false accepts": false_accepts,
        "false rejects": false_rejects,
        "refused": refused,
        "per second": len(rows) / sum(seconds),
        "median ms": 1e3 * seconds[len(rows) // 2],
        "p99 ms": 1e3 * seconds[int(0.99 * len(rows))],
    }


def hostile(path: Path) -> str:
    """The slowest and the largest answer among hostile strings, and what they left behind."""
    from partialcredit.grading import compare

    rows = _rows(path)
    texts = [r["text"] if "text" in r else "".join(p * n for p, n in r["parts"]) for r in rows]
    compare("x", "x + 0")
    before, slowest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0.0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for text in texts:
            start = time.perf_counter()
            compare("x + 1", text)
            slowest = max(slowest, time.perf_counter() - start)
        left = os.listdir()
        os.chdir("/")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return (
        f"{len(texts)} hostile strings: slowest {1e3 * slowest:.0f} ms, "
        f"memory +{grown:.0f} MB, files left {left}"
    )


def _rows(path: Path) -> list[Row]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def main() -> None:
    """Print one table for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--hostile", type=Path)
    arguments = parser.parse_args()
    graders: dict[str, Grader] = {
        "partial credit": partial_credit,
        "with SymPy's proof": with_proof,
        "Math-Verify": math_verify,
        "parse_expr, simplify": plain_sympy,
    }
    columns = ("false accepts", "false rejects", "refused", "per second", "median ms", "p99 ms")
    for corpus in arguments.corpora:
        rows = _rows(corpus)
        print(f"\n{corpus.name}, {len(rows)} pairs")
        print(f"{'grader':22} right %" + "".join(f"{column:>15}" for column in columns))
        for name, grader in graders.items():
            result = measure(name, grader, rows)
            cells = "".join(
                f"{result[c]:15.2f}" if "ms" in c else f"{result[c]:15.0f}" for c in columns
            )
            print(f"{name:22} {result['right']:7.2f}{cells}", flush=True)
    if arguments.hostile:
        print(f"\n{hostile(arguments.hostile)}")


if __name__ == "__main__":
    main()
