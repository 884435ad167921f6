"""Batches as the families of this topic write them: a single example is a vector, not a matrix."""

__all__ = ["by_row", "flat", "floats"]


def by_row(values):
    """One row per example; a single example may come as a vector."""
    return values if isinstance(values[0], tuple) else (values,)


def flat(values):
    """One row per example, but a single example as a vector."""
    return values[0] if len(values) == 1 else tuple(values)


def floats(values):
    """Nested sequences of exact numbers as nested lists of floats."""
    return [floats(v) for v in values] if isinstance(values, tuple | list) else float(values)
