"""One student's hand-in as it was found, before anybody asks what its fields mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from partialcredit.errors import InputError

__all__ = ["Sheet", "clean", "decoded"]

#: Characters of an answer that are kept; no reader takes half as many.
LONGEST_ANSWER = 20_000

#: Fields of one student's sheet; the largest paper has fewer parts.
MOST_FIELDS = 20_000

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


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
    return _UNUSABLE.sub("\ufffd", text[:LONGEST_ANSWER])


def decoded(content: bytes, place: str) -> str:
    """Text in UTF-8, UTF-16 or, failing these, the Western Windows encoding.

    Raises InputError for what is no text at all.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    elif content.count(0, 0, 1000) > len(content[:1000]) // 4:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return _UNUSABLE.sub("\ufffd", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise InputError(f"{place} is not text; save it again with encoding UTF-8")
