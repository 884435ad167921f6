"""Batches as the families of this topic write them: a single example is a vector, not a matrix."""

from partialcredit.numbers.vectors import Vector

__all__ = ["by_row", "flat"]


def by_row(values):
    """One row per example; a single example may come as a vector."""
    return values if isinstance(values[0], tuple) else Vector((values,))


def flat(values):
    """One row per example, but a single example as a vector."""
    return values[0] if len(values) == 1 else values
