"""What a student is told about a mark: one or two true sentences, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partialcredit.grading.kind import Answer, Kind, Verdict
from partialcredit.grading.listing import cancelling, listed
from partialcredit.grading.slips.of_arrays import entries_told
from partialcredit.marking.follow_through import Followed
from partialcredit.marking.named import Named
from partialcredit.marking.policy import Policy

__all__ = ["carried_on", "either", "followed", "made_before", "of_slip", "wrong"]


def of_slip(named: Named, places: Mapping[str, str]) -> str:
    """The slip's own sentence, and where it happened; ``places`` are parts as the paper calls them.

    A slip that was carried on shows only at the end where that is all that was handed in.
    """
    if not named.origin:
        return named.slip.sentence
    return f"This goes back to {places[named.origin]}: {named.slip.sentence}"


def either(short: str, slip: str) -> str:
    """What is so about an answer that may be the right one rounded, or a slip's value."""
    return f"{short} If you did not round: {slip}"


def made_before(named: Named, place: str) -> str:
    """That a slip is an old one, which costs its marks once."""
    return f"The slip of {place} again, which costs marks only there: {named.slip.sentence}"


def followed(found: Followed, places: Mapping[str, str]) -> str:
    """That earlier answers were used, and which."""
    return f"Right with {_answers(found.wrong, places)}."


def carried_on(found: Followed, kind: Kind, places: Mapping[str, str], policy: Policy) -> str:
    """How far an answer is right with earlier answers, where it is not altogether."""
    told = found.verdict.message or entries_told(
        found.verdict.entries, kind.instruction(), named=policy.name_wrong_entries
    )
    return f"Marked with {_answers(found.wrong, places)}. {told}".strip()


def _answers(wrong: Sequence[str], places: Mapping[str, str]) -> str:
    if not wrong:
        return "your earlier answers as you rounded them"
    return f"your answer{'s' if len(wrong) > 1 else ''} to {listed([places[n] for n in wrong])}"


def wrong(kind: Kind, key: Any, answer: Answer, compared: Verdict, policy: Policy) -> str:
    """What is so about a wrong answer that no slip explains."""
    if compared.entries and not policy.name_wrong_entries:
        return entries_told(compared.entries, kind.instruction(), named=False)
    told = compared.message or kind.remark(key, answer)
    if policy.wrong_cancels_right:
        told = f"{told} {cancelling(compared.cancelled)}"
    return told.strip()
