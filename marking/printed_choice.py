"""A part that its family asks openly and the paper prints as a choice."""

from __future__ import annotations

from typing import Any

from partialcredit.grading import Choice
from partialcredit.grading.kind import Answer, Kind
from partialcredit.grading.option_letters import letters_in
from partialcredit.paper import PaperPart

__all__ = ["choice_key", "shows"]


def choice_key(part: PaperPart, own: Kind, key: Any) -> int | None:
    """Which option of a part printed as multiple choice is the key: the letter printed with it.

    A paper without keys is asked for the option that shows the key; None where there is neither.
    """
    if part.key is not None:
        found = letters_in(part.key, len(part.options))
        return found[0] if found else None
    shown = f"${own.tex(key)}$"
    return part.options.index(shown) if shown in part.options else None


def shows(kind: Kind, answer: Answer, own: Kind, value: Any) -> bool:
    """Whether the option that was chosen shows this value."""
    return isinstance(kind, Choice) and f"${own.tex(value)}$" == kind.options[answer.value]
