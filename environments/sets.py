"""A set of verified problems, a row each, of any size: written as it comes, resumed where it broke.

Problem number i of a set is decided by its arguments and i alone. Shards are runs of neighbouring
numbers: put together in order they are the set, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from partialcredit.draw import Draw, Level, derive_seed
from partialcredit.environments.cluster import cluster
from partialcredit.environments.rows import row
from partialcredit.errors import FamilyError
from partialcredit.exams.choices import with_options
from partialcredit.exams.compose import WORTH_WORKERS, Task
from partialcredit.printed import printed
from partialcredit.problem import generate
from partialcredit.registry import load, select
from partialcredit.version import __version__
from partialcredit.workers.ordered import in_order

__all__ = ["SUFFIXES", "Plan", "write_rows"]

#: What the name of a set ends in.
SUFFIXES = (".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class Plan:
    """Which problems a set holds, and which of them one shard of ``shards``, counted from 1.

    Families follow each other in an order that is shuffled once.
    """

    families: tuple[str, ...]
    count: int
    level: Level
    seed: int
    choices: bool = False
    shard: int = 1
    shards: int = 1

    @classmethod
    def of(cls, names: Sequence[str], count: int, level: Level, seed: int, **more: Any) -> Plan:
        """The plan for topics and families by name; raises UnknownName."""
        return cls(
            tuple(Draw("set", level, seed).shuffle(select(names))), count, level, seed, **more
        )

    @property
    def numbers(self) -> range:
        """The numbers of the shard's problems."""
        return range(
            self.count * (self.shard - 1) // self.shards, self.count * self.shard // self.shards
        )

    def task(self, number: int) -> Task:
        """What problem number so-and-so is written from."""
        family = self.families[number % len(self.families)]
        again = number // len(self.families)
        return family, self.level, derive_seed("set", self.seed, family, again)

    @property
    def digest(self) -> str:
        """Tells the rows of one plan and version of the program from all others."""
        return sha256(repr((self, __version__)).encode()).hexdigest()[:16]


def write_rows(
    plan: Plan, part: Path, advance: Callable[[object], None], address: str = ""
) -> dict[str, str]:
    """Write the shard's rows as JSON lines into ``part``, after those that it holds already.

    A problem that cannot be written, such as one on which the witnesses disagree, leaves an empty
    line, so that lines can be counted; a line that a crash has cut off is written again. What comes
    back is a sentence for each family at fault. ``address`` is a dask scheduler that does the work.
    """
    faults: dict[str, str] = {}
    done = _mend(part)
    for _ in range(done):
        advance(None)
    tasks = map(plan.task, islice(plan.numbers, done, None))
    with part.open("ab") as file:
        for line, fault in _lines(plan, tasks, len(plan.numbers) - done, address):
            file.write(line)
            faults |= fault
            advance(None)
    return faults


def _lines(
    plan: Plan, tasks: Iterator[Task], many: int, address: str
) -> Iterator[tuple[bytes, dict[str, str]]]:
    line = partial(_line, plan.choices)
    if address:
        with cluster(address) as (pool, cores):
            yield from in_order(line, tasks, pool, cores)
    elif many >= WORTH_WORKERS:
        yield from in_order(line, tasks)
    else:
        yield from map(line, tasks)


def _line(choices: bool, task: Task) -> tuple[bytes, dict[str, str]]:
    """A row, or an empty line and why, by family."""
    family, level, seed = task
    try:
        problem = generate(load(family), level, seed)
        shown = with_options(problem, printed(problem)) if choices else printed(problem)
        text = json.dumps(row(problem, shown), ensure_ascii=False)
    except Exception as error:  # noqa: BLE001 - whatever it is, one problem must bear it alone
        place = f"{family}, level {level}, seed {seed}: {type(error).__name__}: {error}"
        return b"\n", {family: str(error) if isinstance(error, FamilyError) else place}
    return text.encode("utf-8", "replace") + b"\n", {}


def _mend(part: Path) -> int:
    """How many whole lines a file has, once what is behind the last of them is cut off."""
    if not part.exists():
        return 0
    lines = end = 0
    with part.open("rb+") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            lines, end = lines + 1, end + len(line)
        file.truncate(end)
    return lines
