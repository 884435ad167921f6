"""From names to a trained model: what ``partialcredit train`` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from time import perf_counter
from typing import NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.count.trace import count_parameters
from partialcredit.engine.data.dataset import Dataset
from partialcredit.engine.data.files import load
from partialcredit.engine.data.splits import split
from partialcredit.engine.init import generator_of
from partialcredit.engine.layers.module import Module
from partialcredit.engine.models.registry import Model, prepare
from partialcredit.engine.optim.optimizer import Optimizer
from partialcredit.engine.optim.schedule import CosineAnnealingLR
from partialcredit.engine.tensor import Tensor
from partialcredit.engine.training.history import EarlyStopping, History
from partialcredit.engine.training.loop import Score, evaluate, fit
from partialcredit.engine.training.trajectory import principal_path

__all__ = ["Result", "train_model"]

#: Given the number of steps, a context whose value is called with a text after each of them.
Progress = Callable[[int], AbstractContextManager[Callable[[str], object]]]


def silent(steps: int) -> AbstractContextManager[Callable[[str], object]]:  # noqa: ARG001
    """Progress that nobody sees."""
    return nullcontext(lambda _: None)


class Result(NamedTuple):
    """A trained model, its history, its score on the test part, and the path its values took."""

    model: Module
    history: History
    test: Score
    parameters: int
    seconds: float
    path: Array


def train_model(
    chosen: Model, source: str, optimizer: Callable[[Iterable[Tensor]], Optimizer], epochs: int,
    batch_size: int = 32, seed: int = 0, patience: int | None = None,
    progress: Progress = silent,
) -> Result:  # fmt: skip
    """Train a model of the registry on the data called ``source``.

    70 % of it train, and the rest in halves are for validation and test. The learning rate falls
    along half a cosine. ``progress`` is told the loss after every step. The same seed gives the
    same result.
    """
    rng = generator_of(seed)
    data = prepare(chosen, load(source))
    train, validation, test = (data.take(r) for r in _parts(data, rng))
    model = chosen.build(data.x.shape[1:], data.classes, dtype=np.float32, generator=rng)
    method = optimizer(model.parameters())
    snapshots = [_values(model)]

    def report(_epoch: int, batch: int, batches: int, loss: float) -> None:
        if batch == batches:
            snapshots.append(_values(model))
        advance(f"loss {loss:.4f}")

    started = perf_counter()
    with progress(epochs * -(-len(train.x) // batch_size)) as advance:
        history = fit(
            model, chosen.loss, method, train, epochs, batch_size, validation, rng,
            schedule=CosineAnnealingLR(method, epochs),
            stopping=None if patience is None else EarlyStopping(patience),
            target=chosen.target, augment=chosen.augment, report=report,
        )  # fmt: skip
    seconds = perf_counter() - started
    score = evaluate(model, chosen.loss, test, chosen.target)
    path = principal_path(np.array(snapshots))
    return Result(model, history, score, count_parameters(model), seconds, path)


def _parts(data: Dataset, rng: np.random.Generator) -> list[Array]:
    return split(len(data.x), 0.7, 0.15, 0.15, generator=rng)


def _values(model: Module) -> Array:
    """All learned values, one after another."""
    return np.concatenate([np.ravel(p.data) for p in model.parameters()])
