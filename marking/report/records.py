"""JSON: a list with one record per student."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from partialcredit.marking.marks import PartMark, Result, plain

__all__ = ["render"]


def render(results: Sequence[Result], title: str = "") -> bytes:  # noqa: ARG001 - one for all forms
    """The records; a dropped part is not among a student's parts."""
    text = json.dumps([_record(result) for result in results], ensure_ascii=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def _record(result: Result) -> dict[str, Any]:
    return {
        "student": result.student,
        "paper": result.paper,
        "marks": plain(result.marks),
        "out_of": result.out_of,
        "parts": [_part(part) for part in result.counted],
    }


def _part(part: PartMark) -> dict[str, Any]:
    return {
        "id": part.id,
        "verdict": part.verdict,
        "marks": plain(part.marks),
        "out_of": part.out_of,
        "answer": part.answer,
        "understood": part.understood,
        "evidence": part.evidence,
        "mistake": part.mistake,
        "feedback": part.feedback,
        "followed": part.followed,
    }
