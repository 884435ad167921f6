"""One checkout beside another: the same problems, burst after burst in turn, and their ratio.

Each side is a process of its own that is told a family, a level and some seeds, and answers with
the CPU seconds they took it. The sides take turns burst by burst, each round with seeds that
neither has seen, so that a busy machine and warm caches treat both alike.

Run by another interpreter, this file is that side; it asks only for what old checkouts have, too.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["Side", "compare"]

ROUNDS, BURST = 7, 8

#: Where the function that verifies a problem and writes all its text is, and has been.
PRINTED = ("partialcredit.exams.compose", "partialcredit.compose")


class Side:
    """A checkout, worked by the interpreter that has it installed."""

    def __init__(self, python: str) -> None:
        self.process = subprocess.Popen(
            [python, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Side:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def ask(self, *question: Any) -> Any:
        """Send one question, and read its answer."""
        if self.process.stdin is None or self.process.stdout is None:
            raise ValueError("the side has no pipes")
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.process.args} had no answer to {question}")
        return json.loads(answer)

    def levels(self) -> set[tuple[str, str]]:
        """Every family and level that it has."""
        return {(family, level) for family, level in self.ask("levels")}


def compare(
    python: str, work: str, chosen: Collection[str] = ()
) -> Iterator[tuple[str, str, float, float]]:
    """Family, level, our problems per second, and how many times as many as theirs that is."""
    with Side(sys.executable) as ours, Side(python) as theirs:
        for family, level in sorted(ours.levels() & theirs.levels()):
            if chosen and not {family, family.partition("/")[0]} & set(chosen):
                continue
            for side in (ours, theirs):
                side.ask(work, family, level, 0, 2)  # fills caches
            rounds = []
            for first in range(100, 100 + ROUNDS * BURST, BURST):
                spent = {
                    side: side.ask(work, family, level, first, BURST)
                    for side in ((ours, theirs) if first % (2 * BURST) else (theirs, ours))
                }
                rounds.append((spent[ours], spent[theirs] / spent[ours]))
            rate = BURST / statistics.median(own for own, _ in rounds)
            yield family, level, rate, statistics.median(ratio for _, ratio in rounds)


def _printed() -> Callable[[Any], Any]:
    for place in PRINTED:
        try:
            return import_module(place).printed  # type: ignore[no-any-return]
        except ImportError:
            continue
    raise ImportError(f"no printed() in {' or '.join(PRINTED)}")


def serve() -> None:
    """Answer questions, a line each, until there are no more."""
    from partialcredit.draw import LEVELS
    from partialcredit.problem import generate
    from partialcredit.registry import family_ids, load

    works = {"verified": lambda problem: problem.verify(), "with_text": _printed()}
    for line in sys.stdin:
        work, *more = json.loads(line)
        answer: Any
        if work == "levels":
            answer = [(family, level) for family in family_ids() for level in LEVELS]
        else:
            family_id, level, first, count = more
            family, finish, start = load(family_id), works[work], time.process_time()
            for seed in range(first, first + count):
                finish(generate(family, level, seed))
            answer = time.process_time() - start
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    sys.path.remove(str(Path(__file__).parent))  # what it measures is installed
    serve()
