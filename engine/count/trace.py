"""Run a model once and write down what every layer did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from partialcredit.engine.layers.embedding import Embedding
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor

__all__ = ["LayerRecord", "count_parameters", "trace"]


class LayerRecord(NamedTuple):
    """One call of one layer. Shapes include the batch; counts are for the whole batch.

    ``multiply_adds`` counts one multiplication and addition per weight and output it serves (the
    padding's zeros included, biases not); a FLOP count is twice that. ``parameters`` are the
    layer's own; ``activations`` are the elements of its output.
    """

    name: str
    module: Module
    input_shape: tuple[int, ...]
    output_shape: tuple[int, ...]
    parameters: int
    biases: int
    multiply_adds: int
    activations: int


def count_parameters(model: Module, bias: bool = True) -> int:
    """The number of learned values, with or without the biases (``bias`` in the name)."""
    return sum(
        p.numel()
        for name, p in model.named_parameters()
        if bias or "bias" not in name.rpartition(".")[2]
    )


def trace(model: Module, input_shape: tuple[int, ...]) -> list[LayerRecord]:
    """Run ``model`` on zeros of ``input_shape`` (with batch) and record every innermost layer.

    The model is run in evaluation and left as it was. The zeros are token numbers where the first
    layer is an embedding. A layer that returns several results counts as its first one.
    """
    dtype = next((p.dtype for p in model.parameters()), np.dtype(np.float64))
    first = next(m for m in model.modules() if _own(m) or not list(m.children()))
    if isinstance(first, Embedding):
        dtype = np.dtype(np.int64)
    records: list[LayerRecord] = []
    modes = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        with _listening(model, records):
            model(Tensor(np.zeros(input_shape, dtype)))
    finally:
        for module, mode in modes:
            module.training = mode
    return records


@contextmanager
def _listening(model: Module, records: list[LayerRecord]) -> Iterator[None]:
    """While open, every module with parameters of its own or nothing inside records its runs."""
    layers = {m: name for name, m in model.named_modules() if _own(m) or not list(m.children())}
    for module, name in layers.items():
        vars(module)["forward"] = _recorder(name, module, records)
    try:
        yield
    finally:
        for module in layers:
            del vars(module)["forward"]


def _own(module: Module) -> dict[str, Parameter]:
    return {name: p for name, p in vars(module).items() if isinstance(p, Parameter)}


def _recorder(name: str, module: Module, records: list[LayerRecord]) -> Any:
    def forward(x: Tensor, *others: Any, **options: Any) -> Any:
        result = type(module).forward(module, x, *others, **options)
        y = result[0] if isinstance(result, tuple) else result
        own = _own(module)
        records.append(
            LayerRecord(
                name=name,
                module=module,
                input_shape=x.shape,
                output_shape=y.shape,
                parameters=sum(p.numel() for p in own.values()),
                biases=sum(p.numel() for n, p in own.items() if "bias" in n),
                multiply_adds=module.multiply_adds(x, y),
                activations=y.numel(),
            )
        )
        return result

    return forward
