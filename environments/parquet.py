"""Rows of a set as Parquet, a group of rows at a time."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partialcredit.errors import InputError

if TYPE_CHECKING:
    from pyarrow import Schema

__all__ = ["check_installed", "to_parquet"]

#: Bytes of rows that are held in memory together; the longest row has some hundredth of that.
BLOCK = 8 * 2**20


def check_installed() -> None:
    """Raise InputError where the extra is missing, before any work is done."""
    if find_spec("pyarrow") is None:  # and not imported yet: it takes as much memory as a process
        raise InputError(
            "a .parquet file needs pyarrow: pip install 'partialcredit[parquet]', or write .jsonl"
        )


def to_parquet(lines: Path, target: Path) -> None:
    """Write the rows of a file of JSON lines; empty lines are none."""
    from pyarrow.json import ParseOptions, ReadOptions, open_json
    from pyarrow.parquet import ParquetWriter

    if not lines.stat().st_size:
        raise InputError("the set holds no rows")
    schema = _schema()
    reader = open_json(
        lines,
        read_options=ReadOptions(block_size=BLOCK, use_threads=False),
        parse_options=ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )
    with reader, ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


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
