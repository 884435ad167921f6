"""Central differences: the second witness of derivatives."""

import numpy as np

__all__ = ["slopes"]


def slopes(f, x, step=1.0):
    """The derivative of ``f`` by every entry of ``x``, shape ``x.shape + f(x).shape``.

    For polynomials of degree two, and for anything linear on both sides of ``x``, central
    differences are exact whatever the step, so a step of one costs no digits.
    """
    x = np.array(x, dtype=float)
    found = []
    for place in np.ndindex(x.shape):
        centre = x[place]
        x[place] = centre + step
        ahead = f(x)
        x[place] = centre - step
        found.append((ahead - f(x)) / (2 * step))
        x[place] = centre
    return np.reshape(found, x.shape + np.shape(found[0]))
