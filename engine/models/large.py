"""The famous networks, for their shapes and counts; they run, slowly."""

from __future__ import annotations

from typing import Any

import numpy as np

from partialcredit.engine.init import Seed, generator_of
from partialcredit.engine.layers.activation import Dropout, ReLU
from partialcredit.engine.layers.container import Residual, Sequential
from partialcredit.engine.layers.conv import Conv2d
from partialcredit.engine.layers.linear import Flatten, Linear
from partialcredit.engine.layers.module import Module
from partialcredit.engine.layers.norm import BatchNorm2d
from partialcredit.engine.layers.pool import AdaptiveAvgPool2d, MaxPool2d

__all__ = ["alexnet", "resnet18", "vgg16"]

Shape = tuple[int, int, int]
VGG16 = (64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0)


def alexnet(
    shape: Shape = (3, 227, 227), classes: int = 1000, dtype: Any = np.float32,
    generator: Seed = None, groups: int = 1,
) -> Sequential:  # fmt: skip
    """Krizhevsky, Sutskever and Hinton (2012), Figure 2, on 227 by 227 images.

    62,378,344 parameters; 60,965,224 with ``groups=2``, as on the paper's two GPUs. torchvision's
    network of this name is a later, smaller one. Response normalisation, which has no parameters,
    is left out.
    """
    rng = generator_of(generator)

    def conv(inputs: int, outputs: int, kernel: int, groups: int = 1, **place: Any) -> list[Module]:
        options: dict[str, Any] = {"groups": groups, "dtype": dtype, "generator": rng}
        return [Conv2d(inputs, outputs, kernel, **place, **options), ReLU()]

    def dense(inputs: int, outputs: int) -> Linear:
        return Linear(inputs, outputs, dtype=dtype, generator=rng)

    return Sequential(
        *conv(shape[0], 96, 11, stride=4),
        MaxPool2d(3, 2),
        *conv(96, 256, 5, groups, padding=2),
        MaxPool2d(3, 2),
        *conv(256, 384, 3, padding=1),
        *conv(384, 384, 3, groups, padding=1),
        *conv(384, 256, 3, groups, padding=1),
        MaxPool2d(3, 2),
        Flatten(),
        dense(256 * 6 * 6, 4096), ReLU(), Dropout(0.5, rng),
        dense(4096, 4096), ReLU(), Dropout(0.5, rng),
        dense(4096, classes),
    )  # fmt: skip


def vgg16(
    shape: Shape = (3, 224, 224), classes: int = 1000, dtype: Any = np.float32,
    generator: Seed = None,
) -> Sequential:  # fmt: skip
    """Simonyan and Zisserman (2015), Table 1, column D: 138,357,544 parameters."""
    rng = generator_of(generator)
    layers: list[Module] = []
    channels = shape[0]
    for width in VGG16:
        if width:
            layers += [Conv2d(channels, width, 3, padding=1, dtype=dtype, generator=rng), ReLU()]
            channels = width
        else:
            layers.append(MaxPool2d(2))
    side = shape[1] // 32
    for inputs, outputs in ((512 * side * side, 4096), (4096, 4096)):
        layers += [Linear(inputs, outputs, dtype=dtype, generator=rng), ReLU(), Dropout(0.5, rng)]
    head = Linear(4096, classes, dtype=dtype, generator=rng)
    return Sequential(*layers[:31], Flatten(), *layers[31:], head)


def resnet18(
    shape: Shape = (3, 224, 224), classes: int = 1000, dtype: Any = np.float32,
    generator: Seed = None,
) -> Sequential:  # fmt: skip
    """He et al. (2016), Table 1, 18 layers, with projections where the shape changes.

    11,689,512 parameters, as torchvision's.
    """
    rng = generator_of(generator)

    def conv(inputs: int, outputs: int, kernel: int, stride: int = 1) -> list[Module]:
        options: dict[str, Any] = {"bias": False, "dtype": dtype, "generator": rng}
        padding = (kernel - 1) // 2
        return [
            Conv2d(inputs, outputs, kernel, stride, padding, **options),
            BatchNorm2d(outputs, dtype=dtype),
        ]

    def block(inputs: int, outputs: int, stride: int) -> list[Module]:
        body = Sequential(*conv(inputs, outputs, 3, stride), ReLU(), *conv(outputs, outputs, 3))
        shortcut = None if inputs == outputs else Sequential(*conv(inputs, outputs, 1, stride))
        return [Residual(body, shortcut), ReLU()]

    stages: list[Module] = []
    channels = 64
    for width, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        stages += block(channels, width, stride) + block(width, width, 1)
        channels = width
    return Sequential(
        *conv(shape[0], 64, 7, 2),
        ReLU(),
        MaxPool2d(3, 2, 1),
        *stages,
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(512, classes, dtype=dtype, generator=rng),
    )
