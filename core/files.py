"""Reading and writing files so that nothing is lost: write beside, then rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from partialcredit.errors import InputError

__all__ = ["read_text", "write_files"]

#: A larger answers or paper file is a mistake, not a class.
LARGEST = 64 * 2**20


def read_text(path: Path) -> str:
    """A UTF-8 text file, with or without a byte-order mark; raises InputError."""
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} is larger than 64 MiB; is it the right file?")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}); save it again with encoding UTF-8"
        ) from None


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none: each goes beside its target first, then all are renamed."""
    written: list[tuple[str, Path]] = []
    path = Path()
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise InputError(f"cannot write {path}: it is a folder; name a file in it")
            handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            written.append((temporary, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)  # mkstemp's 0600 would hide a paper from a class
        for temporary, path in written:
            os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
    finally:
        for temporary, _ in written:
            if os.path.exists(temporary):
                os.unlink(temporary)
