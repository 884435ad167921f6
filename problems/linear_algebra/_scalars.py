"""Vectors and matrices with a single entry, which easy problems treat as numbers."""


def bare(values):
    """The only entry of a vector or matrix as a number, and any other vector or matrix as it is.

    >>> bare((3,)), bare(((3,),)), bare((3, 4))
    (3, 3, (3, 4))
    """
    while isinstance(values, tuple) and len(values) == 1:
        (values,) = values
    return values
