"""Receptive fields, by following every output back to the inputs it depends on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from partialcredit.engine.layers.module import Module
from partialcredit.errors import EngineError

__all__ = ["ReceptiveField", "receptive_field"]


class ReceptiveField(NamedTuple):
    """How many input rows an output sees, how far neighbours' fields are apart, where they start.

    ``start`` is the first row the first output would see; negative when that is padding.
    """

    size: int
    jump: int
    start: int


def receptive_field(layers: Module | Iterable[Module], axis: int = 0) -> ReceptiveField:
    """The receptive field of one output of a chain of layers, along ``axis`` (0 rows, 1 columns).

    Two neighbouring outputs are followed back through every layer as sets of positions on an
    unbounded input, so that no border cuts them off. Layers without a window pass them on; a layer
    that sees everything (Linear, adaptive pooling) is refused.
    """
    chain = _chain(layers)
    fields = []
    for output in (0, 1):
        seen = {output}
        for layer in reversed(chain):
            k, s, p, d = (_along(layer, name, axis) for name in _WINDOW)
            seen = {s * i - p + d * j for i in seen for j in range(k)}
        fields.append(seen)
    first, second = map(min, fields)
    return ReceptiveField(max(fields[0]) - first + 1, second - first, first)


_WINDOW = ("kernel_size", "stride", "padding", "dilation")
_SEES_ALL = ("Linear", "AdaptiveAvgPool2d", "ConvTranspose2d", "Residual")


def _chain(layers: Module | Iterable[Module]) -> list[Module]:
    chain: list[Module] = []
    for layer in [layers] if isinstance(layers, Module) else layers:
        inside = [child for _, child in layer.children()]
        name = type(layer).__name__
        if name in _SEES_ALL:
            raise EngineError(f"receptive_field follows chains of windows, but met {name}")
        if inside:
            chain += _chain(inside)
        elif hasattr(layer, "kernel_size"):
            chain.append(layer)
    return chain


def _along(layer: Module, name: str, axis: int) -> int:
    value: Any = getattr(layer, name, 1)
    return int(value[min(axis, len(value) - 1)] if isinstance(value, tuple) else value)
