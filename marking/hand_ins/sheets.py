"""One student's hand-in as it was found, before anybody asks what its fields mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from partialcredit.errors import InputError
from partialcredit.tables.text import usable

__all__ = ["Sheet", "clean"]

#: Characters of an answer that are kept; no reader takes half as many.
LONGEST_ANSWER = 20_000

#: Fields of one student's sheet; the largest paper has fewer parts.
MOST_FIELDS = 20_000


@dataclass(slots=True)
class Sheet:
    """Fields and what stands in them, from one ``place``.

    ``author`` is who handed the file in, and counts where no field names a student. ``doubled``
    are fields that were filled in twice, where the last one stands.
    """

    place: str
    fields: dict[str, str]
    author: str = ""
    doubled: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.fields) > MOST_FIELDS:
            raise InputError(f"{self.place} has more than {MOST_FIELDS} fields; is it a hand-in?")


def clean(text: str) -> str:
    """A text without what no file can hold, cut off far beyond any answer's length."""
    return usable(text[:LONGEST_ANSWER])
