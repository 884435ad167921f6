"""Histories of scalars or of vectors, one entry per step, for solvers and for the engine."""

from typing import Any, NamedTuple

import numpy as np

from partialcredit import engine
from partialcredit.grading import Array, Real
from partialcredit.numbers.vectors import columns

__all__ = ["coordinates", "history", "recorded", "signed_histories"]


def history(g):
    """The kind of a number for every gradient."""
    return Array(shape=np.shape(g), digits=3)


def coordinates(theta_0):
    """The kind of a position: a number, or one number for each component."""
    return Array(shape=(2,), digits=3) if np.ndim(theta_0) else Real(digits=3)


class Record(NamedTuple):
    """The positions from the start on, and the optimizer's first state after every step."""

    path: Any
    states: Any

    @property
    def steps(self):
        return np.diff(self.path, axis=0)


def recorded(optimizer, gradients, start=0.0):
    """The engine's optimizer on these gradients."""
    made, states = [], []

    def build(parameters):
        made.append(optimizer(parameters))
        return made[0]

    def note(stepper, _t=0):
        states.append(np.array(stepper.state_of(stepper.params[0])[0]))

    path = engine.optimizer_path(build, gradients, start, note)
    note(made[0])
    return Record(path, np.array(states[1:]))


def signed_histories(draw, steps, components, largest=9):
    """Gradients whose sizes differ within each component; one number a step, or one row."""
    drawn = [
        [draw.choice([-1, 1]) * size for size in draw.integers(steps, 1, largest, distinct=True)]
        for _component in range(components)
    ]
    return drawn[0] if components == 1 else columns(drawn)
