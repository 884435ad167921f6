"""Refusals: what a layer says when its input cannot be right."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from partialcredit.errors import EngineError

__all__ = ["Array", "pair", "refuse_labels", "refuse_non_finite"]

Array = npt.NDArray[Any]


def refuse_non_finite(layer: str, values: Array) -> None:
    """Raise when ``values`` holds NaN or an infinity, naming the first place.

    The dot product of the values with themselves is finite for ordinary input and costs one pass,
    so the search happens only when something is wrong (or huge).
    """
    if values.dtype.kind != "f" or np.vdot(values, values) < np.inf:
        return
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        place = tuple(int(i) for i in bad[0])
        raise EngineError(
            f"{layer} expects finite values, but its input of shape {values.shape} holds "
            f"{values[place]} at {place}"
        )


def refuse_labels(layer: str, labels: Array, classes: int, batch: int) -> None:
    """Raise unless ``labels`` are ``batch`` integers from 0 to ``classes`` - 1."""
    if labels.dtype.kind not in "iu":
        raise EngineError(f"{layer} expects integer class labels, but received {labels.dtype}")
    if labels.shape != (batch,):
        raise EngineError(
            f"{layer} expects one label per row, shape ({batch},), for logits of shape "
            f"({batch}, {classes}), but received labels of shape {labels.shape}"
        )
    # read as unsigned, a negative label is huge: one pass finds both ends
    if batch and np.maximum.reduce(labels.view(f"u{labels.itemsize}")) >= classes:
        worst = labels[(labels < 0) | (labels >= classes)][0]
        raise EngineError(f"{layer} expects labels from 0 to {classes - 1}, but received {worst}")


def pair(layer: str, name: str, value: int | tuple[int, int], least: int) -> tuple[int, int]:
    """An integer or a pair, as (vertical, horizontal), each at least ``least``."""
    both = value if isinstance(value, tuple) else (value, value)
    if len(both) != 2 or any(not isinstance(v, (int, np.integer)) or v < least for v in both):
        raise EngineError(
            f"{layer} expects {name} to be one or two integers of at least {least}, "
            f"but received {value!r}"
        )
    return both
