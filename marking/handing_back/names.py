"""Names of files for students, whatever their ids are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

__all__ = ["file_names"]

#: Bytes of an id that a file's name keeps; most disks take 255 with the digest and the suffix.
_LONGEST = 120

_UNSAFE = re.compile(r"[^\w.-]+|^[.-]+")
#: What looks like another student's id with its digest.
_DIGESTED = re.compile(r".*-[0-9a-f]{12}", re.IGNORECASE)
#: Names that Windows gives to devices, whatever follows a dot.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\w|lpt\w)(\..*)?", re.IGNORECASE)


def file_names(students: Sequence[str], suffix: str) -> list[str]:
    """A file name for every id, in their order, no two of them alike on any disk.

    An id that is a good name keeps it; any other is cleaned and told from the rest by a digest of
    the id, so that a student's name does not depend on who else is there.
    """
    clean = [_cleaned(student) for student in students]
    often = Counter(map(str.casefold, clean))
    return [
        f"{name if _good(name, student, often) else _told_apart(name, student)}.{suffix}"
        for name, student in zip(clean, students, strict=True)
    ]


def _good(name: str, student: str, often: Counter[str]) -> bool:
    return name == student and often[name.casefold()] == 1 and not _DIGESTED.fullmatch(name)


def _cleaned(student: str) -> str:
    text = _UNSAFE.sub("_", unicodedata.normalize("NFC", student))
    cut = text.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").rstrip(".")
    return f"_{cut}" if _DEVICE.fullmatch(cut) else cut or "student"


def _told_apart(name: str, student: str) -> str:
    return f"{name}-{sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
