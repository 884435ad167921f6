"""Augmentation: the same label under a small change of the image."""

from __future__ import annotations

import numpy as np

from partialcredit.engine.checks import Array

__all__ = ["shift"]


def shift(images: Array, generator: np.random.Generator, most: int = 3) -> Array:
    """Move each image of (N, C, H, W) by up to ``most`` pixels each way; zeros come in."""
    height, width = images.shape[2:]
    framed = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
    moves = generator.integers(0, 2 * most + 1, (len(images), 2)).tolist()
    out = np.empty_like(images)
    for i, (down, right) in enumerate(moves):
        out[i] = framed[i, :, down : down + height, right : right + width]
    return out
