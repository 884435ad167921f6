"""Text in the encodings that people have."""

from __future__ import annotations

import re

from partialcredit.errors import InputError

__all__ = ["decoded", "usable"]

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def usable(text: str) -> str:
    """A text without what no file can hold."""
    return _UNUSABLE.sub("\ufffd", text)


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
            return usable(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise InputError(f"{place} is not text; save it again with encoding UTF-8")
