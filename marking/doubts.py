"""Answers near the line: decided by the machine, and worth a person's look."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from partialcredit.grading.kind import Answer, Kind, Verdict

__all__ = ["doubt"]


def doubt(kind: Kind, key: Any, answer: Answer, compared: Verdict) -> str:
    """Why a person might see it differently; empty when nobody would.

    Numbers are right within their rounding: there numeric evidence is all there is to have.
    """
    if compared.outcome == "equivalent":
        open_question = compared.evidence == "numeric" and not kind.numeric
        return "equal at many points, not proved" if open_question else ""
    if compared.short:
        return "too few digits"
    coarser = _coarser(kind)
    if coarser is not None and coarser.compare(key, answer).outcome == "equivalent":
        return "right but for the last digit"
    return ""


def _coarser(kind: Any) -> Kind | None:
    """The same question with one digit fewer; None where no digits are asked for."""
    for field in ("digits", "places"):
        asked = getattr(kind, field, None)
        if asked is not None and asked > 1:
            return replace(kind, **{field: asked - 1})  # type: ignore[no-any-return]
    return None
