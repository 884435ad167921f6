"""Pairs of key and answer, one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading.comparison import compare
from partialcredit.grading.reader.declarations import check_symbols

__all__ = ["compare_row"]


def compare_row(line: str, where: str) -> dict[str, Any]:
    """The verdict on one line; raises ``InputError`` for a line that is no pair.

    A key that cannot be read leaves the pair ``undecided``: the answer is not to blame.
    """
    row = _row(line, where)
    try:
        verdict = compare(
            row["key"],
            row["answer"],
            row.get("kind", "expression"),
            check_symbols(row.get("symbols") or {}),
            tuple(row.get("functions") or ()),
            row.get("tolerance"),
            bool(row.get("complex")),
        )
    except UnreadableAnswer as error:
        return _record(row, "undecided", "", f"The key cannot be read: {error}.")
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    return _record(row, verdict.outcome, verdict.evidence, verdict.message)


def _record(row: dict[str, Any], verdict: str, evidence: str, message: str) -> dict[str, Any]:
    return {"id": row.get("id"), "verdict": verdict, "evidence": evidence, "message": message}


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise InputError(f"{where} is not a JSON object with a key and an answer")
    for name in ("key", "answer"):
        if not isinstance(row.get(name), str):
            raise InputError(f"{where} has no text under {name!r}")
    return row
