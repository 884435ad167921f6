"""What an interrupted run had finished, kept for the same command to go on from.

It lies in the user's own folder for such things, not beside the outputs: a folder of outputs may
be public, and what is kept holds keys and marks. A digest tells damage; what was changed is done
again.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from partialcredit.errors import InputError
from partialcredit.files import read_text, write_files

__all__ = ["Leftover", "folder"]

#: Days after which nobody will go on any more.
_KEPT_DAYS = 30


def folder() -> Path:
    """Where leftovers lie; ``PARTIALCREDIT_STATE`` names another place."""
    from click import get_app_dir

    return Path(os.environ.get("PARTIALCREDIT_STATE") or get_app_dir("partialcredit"))


class Leftover:
    """The leftover of one run, told from others by its ``scope``."""

    def __init__(self, *scope: str) -> None:
        name = sha256("\0".join(scope).encode("utf-8", "replace")).hexdigest()[:32]
        self.path = folder() / f"interrupted-{name}.json"

    def load(self) -> Any:
        """What was kept, as JSON data; None when nothing was, or not as it was kept."""
        try:
            kept = json.loads(read_text(self.path))
            content = kept["content"]
            return content if kept["digest"] == _digest(content) else None
        except (InputError, ValueError, LookupError, TypeError, RecursionError):
            return None

    def save(self, content: Any) -> None:
        """Keep JSON data; raises InputError where nothing can be written."""
        _forget(self.path.parent)
        data = {"digest": _digest(content), "content": content}
        write_files({self.path: json.dumps(data).encode()}, private=True)

    def discard(self) -> None:
        """The run is complete: nothing is left over."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def _digest(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _forget(place: Path) -> None:
    """Remove what is too old to be gone on with."""
    paths: Iterable[Path] = place.glob("interrupted-*.json")
    with suppress(OSError):
        for path in paths:
            if time.time() - path.stat().st_mtime > _KEPT_DAYS * 86400:
                path.unlink()
