"""Histories of scalars or of vectors, one entry per step, for solvers and for the engine."""

import numpy as np

from partialcredit import engine


def each(function, *histories):
    """A function of histories of scalars, applied to every component of histories of vectors."""
    if not isinstance(histories[0][0], tuple):
        return function(*histories)
    columns = zip(*(zip(*history, strict=True) for history in histories), strict=True)
    return tuple(zip(*(function(*column) for column in columns), strict=True))


def recorded(optimizer, gradients, start=0.0):
    """The engine's path, and its optimizer's first state after every step."""
    made, states = [], []

    def build(parameters):
        made.append(optimizer(parameters))
        return made[0]

    def note(stepper, _t=0):
        states.append(np.array(stepper.state_of(stepper.params[0])[0]))

    path = engine.optimizer_path(build, gradients, start, note)
    note(made[0])
    return path, np.array(states[1:])


def signed_histories(draw, steps, components, largest=9):
    """Gradients whose sizes differ within each component; one number a step, or one row."""
    columns = [
        [draw.choice([-1, 1]) * size for size in draw.integers(steps, 1, largest, distinct=True)]
        for _component in range(components)
    ]
    return columns[0] if components == 1 else tuple(zip(*columns, strict=True))
