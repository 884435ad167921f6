"""What the engine's initialisers ask of their generator."""

import numpy as np

from partialcredit import engine

__all__ = ["asked"]


class Asked(np.random.Generator):
    """A generator that keeps the parameters of what it is asked for, and gives zeros."""

    last = (0.0, 0.0)

    def normal(self, loc=0.0, scale=1.0, size=None):  # noqa: ARG002
        self.last = loc, scale
        return 0.0

    def uniform(self, low=0.0, high=1.0, size=None):  # noqa: ARG002
        self.last = low, high
        return 0.0


GENERATOR = Asked(np.random.SFC64(0))


def asked(initialise, shape, **settings):
    """The second parameter an initialiser draws with: a standard deviation or an upper limit."""
    weight = np.ndarray(shape, buffer=np.zeros(1), strides=(0,) * len(shape))  # one number
    initialise(engine.Tensor(weight), generator=GENERATOR, **settings)
    return GENERATOR.last[1]
