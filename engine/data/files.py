"""Data from files. Nothing here unpickles: a data file cannot run code."""

from __future__ import annotations

import gzip
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.data.dataset import Dataset, dataset
from partialcredit.errors import EngineError

__all__ = ["load", "load_digits", "load_idx", "load_npz", "read_idx"]

IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def load(name: str) -> Dataset:
    """The data set of this name: ``digits``, an ``.npz`` file, or a folder of MNIST's IDX files."""
    if name == "digits":
        return load_digits()
    path = Path(name)
    if path.is_dir():
        return load_idx(path)
    if path.suffix == ".npz" and path.is_file():
        return load_npz(path)
    raise EngineError(
        f"no data is called {name!r}; give digits, an .npz file with x and y, or a folder with "
        f"MNIST's IDX files"
    )


def load_digits() -> Dataset:
    """scikit-learn's 1,797 handwritten digits, (N, 8, 8) in [0, 1]."""
    try:
        from sklearn.datasets import load_digits as read  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise EngineError(
            "the digits come with scikit-learn, which is not installed: pip install scikit-learn"
        ) from None
    digits = read()
    return dataset(digits.images / 16.0, digits.target, "digits")


def load_npz(path: str | Path) -> Dataset:
    """Arrays ``x`` (N, ...) and ``y`` (N,) from an ``.npz`` file."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            missing = {"x", "y"} - set(archive.files)
            if missing:
                raise EngineError(f"{path} should hold x and y, but holds {archive.files}")
            return dataset(archive["x"], archive["y"], str(path))
    except (OSError, ValueError, BadZipFile) as error:
        if isinstance(error, EngineError):
            raise
        raise EngineError(
            f"{path} cannot be read as an .npz file without pickles: {error}"
        ) from None


def load_idx(folder: str | Path, part: str = "train") -> Dataset:
    """MNIST's files (``train-images-idx3-ubyte`` and its labels, gzipped or not), in [0, 1]."""
    x = read_idx(_find(Path(folder), f"{part}-images"))
    y = read_idx(_find(Path(folder), f"{part}-labels"))
    return dataset(x / np.float32(255), y, str(folder))


def read_idx(path: str | Path) -> Array:
    """One array in the IDX format: 0, 0, type, number of axes; lengths; values, big-endian."""
    raw = Path(path).read_bytes()
    content = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in IDX_TYPES:
        raise EngineError(f"{path} is not an IDX file: it starts with {content[:4].hex(' ')}")
    axes, dtype = content[3], np.dtype(IDX_TYPES[content[2]])
    start = 4 + 4 * axes
    shape = tuple(np.frombuffer(content[4:start], ">u4").tolist())
    if len(shape) != axes or len(content) - start != int(np.prod(shape)) * dtype.itemsize:
        raise EngineError(f"{path} promises shape {shape}, but holds {len(content)} bytes")
    return (
        np.frombuffer(content, dtype, offset=start).reshape(shape).astype(dtype.newbyteorder("="))
    )


def _find(folder: Path, stem: str) -> Path:
    found = sorted(folder.glob(f"{stem}*"))
    if not found:
        raise EngineError(f"{folder} should hold a file {stem}-idx*-ubyte, but holds none")
    return found[0]
