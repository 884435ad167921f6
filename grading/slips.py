"""Common slips, named to the student once an answer is known to be wrong."""

from __future__ import annotations

from typing import Any

from partialcredit.grading.kind import Answer, Kind

__all__ = ["describe_slip"]


def describe_slip(kind: Kind, key: Any, answer: Answer) -> str:
    """One sentence about what probably went wrong; empty when nothing fits."""
    return ""
