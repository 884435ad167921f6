"""Windows slid over index axes: which input each output reads, found by sliding, not by formula."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from partialcredit.errors import EngineError

__all__ = ["windows"]


@lru_cache(maxsize=256)
def windows(
    length: int, kernel_size: int, *, stride: int = 1, padding: int = 0, dilation: int = 1,
    ceil_mode: bool = False,
) -> NDArray[np.intp]:  # fmt: skip
    """The input positions that each window along one axis reads, shape (windows, kernel_size).

    Position 0 is the first entry of the input; negative positions and those from ``length`` on
    are padding. With ``ceil_mode`` one more window takes what is left over, if it starts on the
    input. Raises EngineError when no window fits.

    >>> windows(6, 3, stride=2, padding=1).tolist()
    [[-1, 0, 1], [1, 2, 3], [3, 4, 5]]
    """
    spare = stride - 1 if ceil_mode else 0
    axis = np.arange(-padding, length + padding + spare)
    span = range(0, dilation * kernel_size, dilation)[-1] + 1
    if span > len(axis):
        raise EngineError(
            f"a window that spans {span} entries does not fit on {length} entries "
            f"with a padding of {padding}"
        )
    slid = sliding_window_view(axis, span)[::stride, ::dilation]
    if ceil_mode:
        slid = slid[slid[:, 0] < length]
        slid.flags.writeable = False  # as it is shared
    return slid
