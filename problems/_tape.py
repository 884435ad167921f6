"""Values of a problem as the engine takes them: for witnesses."""

import numpy as np

from partialcredit import engine

__all__ = ["tensor"]


def tensor(values, requires_grad=False):
    """A tensor of floats, so that counts and whole numbers can be differentiated, too."""
    return engine.Tensor(np.array(values, dtype=np.float64), requires_grad=requires_grad)
