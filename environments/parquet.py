"""Rows of a set as Parquet, a group of rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partialcredit.errors import InputError

if TYPE_CHECKING:
    from pyarrow import Schema

__all__ = ["check_installed", "to_parquet"]

#: Rows that are held in memory together.
GROUP = 1000


def check_installed() -> None:
    """Raise InputError where the extra is missing, before any work is done."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise InputError(
            "a .parquet file needs pyarrow: pip install 'partialcredit[parquet]', or write .jsonl"
        ) from None


def to_parquet(lines: Path, target: Path) -> None:
    """Write the rows of a file of JSON lines; empty lines are none."""
    from pyarrow import Table
    from pyarrow.parquet import ParquetWriter

    schema = _schema()
    with ParquetWriter(target, schema, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(Table.from_pylist(group, schema=schema))


def _groups(lines: Path) -> Iterator[list[dict[str, Any]]]:
    with lines.open("rb") as file:
        rows = (json.loads(line) for line in file if line.strip())
        while group := list(islice(rows, GROUP)):
            yield group


def _schema() -> Schema:
    """The columns of :func:`partialcredit.environments.rows.row`."""
    from pyarrow import field, float64, int32, list_, schema, string, struct

    def texts(*names: str) -> list[Any]:
        return [field(name, string()) for name in names]

    part = [*texts("label", "name", "kind"), field("marks", int32()), *texts("key", "solution")]
    return schema(
        [
            *texts("id", "topic", "family"),
            field("version", int32()),
            *texts("level", "seed"),
            field("prompt", list_(struct(texts("role", "content")))),
            field("parts", list_(struct(part))),
            field("slips", list_(struct(texts("label", "name", "answer", "sentence")))),
            field("marks", int32()),
            field("minutes", float64()),
            field("problem", string()),
        ]
    )
