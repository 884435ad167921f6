"""CSV and TSV files in the encodings and with the separators people have."""

from __future__ import annotations

import csv
import io

from partialcredit.errors import InputError
from partialcredit.tables.text import decoded

__all__ = ["rows_of"]

_SEPARATORS = "\t;,|"


def rows_of(content: bytes, place: str) -> tuple[list[list[str]], str]:
    """The rows of a file and what separates its cells; raises InputError."""
    text = decoded(content, place)
    if text[:4].casefold() == "sep=":
        first, _, text = text.partition("\n")
        separator = first[4:].rstrip("\r")[:1] or ","
    else:
        separator = _separator(text.partition("\n")[0])
    longest = csv.field_size_limit(len(text) + 1)
    try:
        source = io.StringIO(text, newline="")
        rows = list(csv.reader(source, strict=True, delimiter=separator))
    except csv.Error as error:
        raise InputError(f"{place} is not a CSV file: {error}") from None
    finally:
        csv.field_size_limit(longest)
    return rows, separator


def _separator(header: str) -> str:
    """What stands most often between the names of the columns."""
    outside = "".join(header.split('"')[::2])
    return max(_SEPARATORS, key=outside.count) if any(map(outside.count, _SEPARATORS)) else ","
