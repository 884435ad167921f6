"""Models by name, each with what it needs to be trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from partialcredit.engine.checks import Array
from partialcredit.engine.data.augment import shift
from partialcredit.engine.data.dataset import Dataset, as_images
from partialcredit.engine.functional.loss import cross_entropy, mse_loss
from partialcredit.engine.layers.container import Sequential
from partialcredit.engine.models import large, small
from partialcredit.engine.tensor import Tensor
from partialcredit.errors import EngineError, UnknownName

__all__ = ["MODELS", "Model", "model", "prepare"]


class Model(NamedTuple):
    """A builder, its image shape (None: the data's own), its loss and what the loss compares with.

    ``target`` turns a data set into the loss's targets; None means the labels. ``lr`` suits Adam;
    ``augment`` changes each training batch.
    """

    build: Callable[..., Sequential]
    shape: tuple[int, int, int] | None = None
    loss: Callable[..., Tensor] = cross_entropy
    target: Callable[[Dataset], Array] | None = None
    lr: float = 1e-3
    augment: Callable[[Array, np.random.Generator], Array] | None = None


def _one_hot(output: Tensor, labels: Array) -> Tensor:
    """The squared error against one-hot rows."""
    return mse_loss(output, np.eye(output.shape[1], dtype=output.dtype)[labels])


MODELS = {
    "linear": Model(small.linear, loss=_one_hot, lr=1e-2),
    "softmax": Model(small.softmax, lr=1e-2),
    "mlp": Model(small.mlp),
    "autoencoder": Model(
        small.autoencoder, loss=mse_loss, target=lambda d: d.x.reshape(len(d.x), -1)
    ),
    "lenet5": Model(small.lenet5, (1, 32, 32), lr=2e-3, augment=shift),
    "alexnet": Model(large.alexnet, (3, 227, 227)),
    "vgg16": Model(large.vgg16, (3, 224, 224)),
    "resnet18": Model(large.resnet18, (3, 224, 224)),
}


def model(name: str) -> Model:
    """The model of this name."""
    if name not in MODELS:
        raise UnknownName("model", name, MODELS, f"the models are {', '.join(MODELS)}")
    return MODELS[name]


def prepare(chosen: Model, data: Dataset) -> Dataset:
    """The data in the shape the model takes: (N, C, H, W)."""
    x = data.x
    if x.ndim == 4 and chosen.shape in (None, x.shape[1:]):
        return data
    if chosen.shape is not None and chosen.shape[0] != 1:
        raise EngineError(
            f"the model expects images of shape {chosen.shape}, but the data's are {x.shape[1:]}; "
            f"--summary shows its counts without data"
        )
    if chosen.shape is not None:
        return replace(data, x=as_images(x, chosen.shape[1]))
    return replace(data, x=x.reshape(len(x), 1, x.shape[1], -1))
