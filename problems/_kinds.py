"""Answer kinds that take their shape from the key."""

from partialcredit.grading import Array

__all__ = ["shaped"]


def shaped(value, digits=None):
    """The kind of vectors, or of matrices, of this one's shape.

    >>> shaped(((1, 2, 3), (4, 5, 6))).shape
    (2, 3)
    """
    columns = (len(value[0]),) if isinstance(value[0], tuple) else ()
    return Array(shape=(len(value), *columns), digits=digits)
