"""Office files are archives of XML: bounded and without entities, before a parser sees them."""

from __future__ import annotations

import io
import zipfile
import zlib

from partialcredit.errors import InputError

__all__ = ["members"]

#: Bytes of all members unpacked, and how many there are.
_LARGEST, _MOST = 64 * 2**20, 2000


def members(content: bytes, place: str) -> dict[str, bytes]:
    """The XML members of an Office file, by name; raises InputError when it is none, or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST or sum(entry.file_size for entry in entries) > _LARGEST:
                raise InputError(f"{place} is larger than 64 MiB when unpacked; is it a hand-in?")
            found = {
                entry.filename: archive.read(entry)
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError,
            ValueError) as error:  # fmt: skip
        raise InputError(f"{place} is not an Office file, or damaged ({error})") from None
    for data in found.values():
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise InputError(f"{place} holds XML that no office program writes; save it again")
    return found
