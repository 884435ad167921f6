"""Reading and writing files so that nothing is lost: write beside, then rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from partialcredit.errors import InputError

__all__ = ["read_bytes", "read_text", "write_files"]

#: A larger file is a mistake; a paper file of 100,000 problems is not.
LARGEST = 512 * 2**20


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """A file of at most ``largest`` bytes; raises InputError."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None
    except ValueError:
        raise InputError(f"cannot read {str(path)!r}: that is no name of a file") from None
    if len(content) > largest:
        raise InputError(f"{path} is larger than {largest >> 20} MiB; is it the right file?")
    return content


def read_text(path: Path) -> str:
    """A UTF-8 text file, with or without a byte-order mark; raises InputError."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}); save it again with encoding UTF-8"
        ) from None


def write_files(contents: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write all files or none: each goes beside its target first, then all are renamed.

    A symbolic link stays one, and what it points at is written. ``private`` files can be read by
    their owner alone.

    Raises InputError when a file cannot be written, or two names are one file.
    """
    written: list[tuple[str, Path]] = []
    path = Path()
    try:
        for path, target in _targets(contents).items():
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise InputError(f"cannot write {path}: it is a folder; name a file in it")
            handle, temporary = tempfile.mkstemp(prefix=".partialcredit-", dir=target.parent)
            written.append((temporary, target))
            with os.fdopen(handle, "wb") as file:
                file.write(contents[path])
            if not private:
                umask = os.umask(0)
                os.umask(umask)
                os.chmod(temporary, 0o666 & ~umask)  # 0600 would hide a paper from a class
        for temporary, path in written:
            os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
    finally:
        for temporary, _ in written:
            if os.path.exists(temporary):
                os.unlink(temporary)


def _targets(paths: Iterable[Path]) -> dict[Path, Path]:
    """The file behind every name."""
    targets: dict[Path, Path] = {}
    names: dict[Path, Path] = {}
    for path in paths:
        try:
            target = path.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise InputError(f"cannot write {str(path)!r}: {error}") from None
        if target in names:
            raise InputError(
                f"{names[target]} and {path} are the same file; give each output a name of its own"
            )
        names[target] = path
        targets[path] = target
    return targets
