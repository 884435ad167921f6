"""One instance of a family whose answers are known from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Case"]


@dataclass(frozen=True, slots=True)
class Case:
    """``answers`` are right by part; each of ``slips`` is wrong, and must be known by name.

    Answers are text as a student types it, so that a case is marked as a hand-in would be.
    """

    family: str
    level: str
    parameters: Mapping[str, Any]
    answers: Mapping[str, str]
    slips: Mapping[str, Sequence[str]] = field(default_factory=dict)
