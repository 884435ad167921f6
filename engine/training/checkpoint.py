"""Checkpoints: a model's values in an ``.npz`` file, never pickled."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from partialcredit.engine.layers.module import Module
from partialcredit.errors import EngineError

__all__ = ["load_checkpoint", "save_checkpoint"]


def save_checkpoint(model: Module, path: str | Path) -> None:
    """Write every parameter and buffer under its dotted name."""
    np.savez(path, **model.state_dict())  # type: ignore[arg-type]


def load_checkpoint(model: Module, path: str | Path) -> None:
    """Read what :func:`save_checkpoint` wrote into a model of the same form."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            state = {name: archive[name] for name in archive.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise EngineError(f"{path} cannot be read as a checkpoint: {error}") from None
    model.load_state_dict(state)
