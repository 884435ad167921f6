"""``partialcredit generate -o set.jsonl``: rows of verified problems, for models."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from partialcredit.cli.options import progress
from partialcredit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from partialcredit.draw import Level

__all__ = ["make_set"]


def make_set(
    names: tuple[str, ...], count: int, level: Level, seed: int | None, choices: bool,
    target: Path, shard: str | None, cluster: str | None,
) -> None:  # fmt: skip
    """Write a set or one shard of it; exit code 1 where some problems had to be left out."""
    from secrets import randbits

    from partialcredit.environments.sets import Plan
    from partialcredit.environments.writing import write_set

    number, shards = _shard(shard)
    seed = randbits(128) if seed is None else seed
    plan = Plan.of(
        names, count, level, seed, choices=choices, shard=number, shards=shards
    )  # fmt: skip
    with progress(len(plan.numbers), "Writing problems") as advance:
        faults = write_set(plan, target, advance, cluster or "")
    click.echo(f"wrote {target}", err=True)
    for sentence in faults.values():
        click.echo(f"left out: {sentence}", err=True)
    if faults:
        sys.exit(1)


def _shard(text: str | None) -> tuple[int, int]:
    """``3/10``: the third of ten."""
    if text is None:
        return 1, 1
    match = re.fullmatch(r"([0-9]{1,9})/([0-9]{1,9})", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise InputError(f"--shard is I/N, such as 3/10 for the third of ten, not {text!r:.40}")
    return int(match[1]), int(match[2])
