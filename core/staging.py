"""A folder's files replaced all at once, at whatever moment the program is stopped.

The new files are written into a folder inside it. When all are there that folder is renamed, and
from then on its files belong in place: whoever comes next moves what is left of them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from partialcredit.errors import InputError

__all__ = ["replacing", "settle"]

_NEXT, _READY = ".partialcredit-next", ".partialcredit-ready"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A private place to write new files of ``folder`` into; they are put in place at the end.

    Files of other names stay. Where anything goes wrong, the folder is as it was. Raises
    InputError for what the system refuses.
    """
    new, existed = folder / _NEXT, folder.exists()
    try:
        settle(folder)
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True, mode=0o700)
        yield new
        new.rename(folder / _READY)
        settle(folder)
    except OSError as error:
        raise InputError(f"cannot write {folder}: {error.strerror or error}") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if not existed:
            with suppress(OSError):
                folder.rmdir()  # which only an empty one lets happen


def settle(folder: Path) -> None:
    """Put in place what a stopped program had ready; raises OSError."""
    ready = folder / _READY
    if not ready.is_dir():
        return
    for path in sorted(ready.rglob("*")):
        if path.is_file():
            target = folder / path.relative_to(ready)
            target.parent.mkdir(exist_ok=True)
            os.replace(path, target)
    shutil.rmtree(ready)
