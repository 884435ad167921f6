"""A set as files: the rows, their checksum, and a card."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import file_digest
from pathlib import Path

from partialcredit.environments.card import CARD, card, is_card
from partialcredit.environments.parquet import check_installed, to_parquet
from partialcredit.environments.sets import Plan, write_rows
from partialcredit.errors import InputError, Interrupted
from partialcredit.files import write_files

__all__ = ["write_set"]


def write_set(
    plan: Plan, target: Path, advance: Callable[[object], None], address: str = ""
) -> dict[str, str]:
    """Write a shard to a .jsonl or .parquet file, with ``TARGET.sha256`` and a card beside it.

    What comes back is a sentence for each family that could not write some problem. Until all is
    complete the rows are kept beside it under a name of their own, from which the same call goes
    on. A card that is not ours stays. ``address`` is a dask scheduler that does the work.

    Raises InputError for what cannot be written, and Interrupted.
    """
    if target.suffix == ".parquet":
        check_installed()
    part = target.parent / f".{target.name}.{plan.digest}.part"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        faults = write_rows(plan, part, advance, address)
        _complete(plan, part, target)
    except KeyboardInterrupt:
        raise Interrupted(
            f"interrupted; the same command with --seed {plan.seed} goes on from there"
        ) from None
    except OSError as error:
        raise InputError(f"cannot write {target}: {error.strerror or error}") from None
    return faults


def _complete(plan: Plan, part: Path, target: Path) -> None:
    """Turn the rows into the file that was asked for, and say its checksum."""
    whole = part.with_suffix(".whole")
    try:
        if target.suffix == ".parquet":
            to_parquet(part, whole)
        else:
            _without_empty_lines(part, whole)
        with whole.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        os.replace(whole, target)
    finally:
        whole.unlink(missing_ok=True)
    described = target.parent / CARD
    beside = {target.with_name(f"{target.name}.sha256"): f"{digest}  {target.name}\n".encode()}
    if not described.exists() or is_card(described):
        beside[described] = card(plan, target.suffix).encode()
    write_files(beside)
    part.unlink()


def _without_empty_lines(part: Path, target: Path) -> None:
    with part.open("rb") as lines, target.open("wb") as file:
        file.writelines(line for line in lines if line != b"\n")
