"""The training loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.data.dataset import Dataset
from partialcredit.engine.data.splits import batches
from partialcredit.engine.init import Seed, generator_of
from partialcredit.engine.layers.module import Module
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.optim.schedule import LambdaLR
from partialcredit.engine.tensor import Tensor
from partialcredit.engine.training.history import EarlyStopping, History

__all__ = ["Score", "evaluate", "fit"]

Loss = Callable[[Tensor, Any], Tensor]


class Score(NamedTuple):
    """A mean loss, and the share of labels that have the largest output (None for a regression)."""

    loss: float
    accuracy: float | None


def fit(
    model: Module, loss: Loss, optimizer: Optimizer, data: Dataset, epochs: int,
    batch_size: int = 64, validation: Dataset | None = None, generator: Seed = None,
    schedule: LambdaLR | None = None, stopping: EarlyStopping | None = None,
    target: Callable[[Dataset], Array] | None = None,
    augment: Callable[[Array, np.random.Generator], Array] | None = None,
    report: Callable[[int, int, int, float], None] | None = None,
) -> History:  # fmt: skip
    """Train ``model`` for up to ``epochs`` passes over ``data`` and return the history.

    ``target`` gives what the loss compares with (the labels by default; the inputs for an
    autoencoder; then no accuracy is kept). ``augment`` changes each batch of inputs. With
    ``stopping`` and ``validation`` the best epoch's values are restored at the end.
    ``report(epoch, batch, batches, loss)`` is called after each step. The same generator gives the
    same run.
    """
    rng = generator_of(generator)
    history, best = History(), None
    targets = data.y if target is None else target(data)
    count = -(-len(data.x) // batch_size)
    for epoch in range(epochs):
        model.train()
        total, right = 0.0, 0
        for number, rows in enumerate(batches(len(data.x), batch_size, rng)):
            optimizer.zero_grad()
            x = data.x[rows] if augment is None else augment(data.x[rows], rng)
            with np.errstate(over="ignore", invalid="ignore"):  # the loss refuses what diverges
                output = model(x)
                value = loss(output, targets[rows])
                value.backward()
                optimizer.step()
            total += float(value.data) * len(rows)
            if target is None:
                right += int((output.data.argmax(axis=1) == data.y[rows]).sum())
            if report is not None:
                report(epoch, number + 1, count, float(value.data))
            del output, value  # the graph is the largest thing alive
        history.loss.append(total / len(data.x))
        if target is None:
            history.accuracy.append(right / len(data.x))
        if schedule is not None:
            schedule.step()
        if validation is not None:
            score = evaluate(model, loss, validation, target)
            history.validation_loss.append(score.loss)
            if score.accuracy is not None:
                history.validation_accuracy.append(score.accuracy)
            if stopping is not None:
                if stopping.update(score.loss):
                    best = model.state_dict()
                if stopping.should_stop:
                    break
    if best is not None:
        model.load_state_dict(best)
    return history


def evaluate(
    model: Module, loss: Loss, data: Dataset, target: Callable[[Dataset], Array] | None = None,
    batch_size: int = 256,
) -> Score:  # fmt: skip
    """The model's score on ``data``, in evaluation mode, without recording history."""
    learned = [p for p in model.parameters() if p.requires_grad]
    model.eval().requires_grad_(False)
    targets = data.y if target is None else target(data)
    total, right = 0.0, 0
    try:
        for first in range(0, len(data.x), batch_size):
            rows = slice(first, first + batch_size)
            output = model(data.x[rows])
            total += float(loss(output, targets[rows]).data) * len(output)
            if target is None:
                right += int(np.sum(output.data.argmax(axis=1) == data.y[rows]))
    finally:
        for p in learned:
            p.requires_grad = True
    return Score(total / len(data.x), right / len(data.x) if target is None else None)
