"""Run a model once and write down what every layer did."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from partialcredit.engine.layers.conv import ConvTranspose2d
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
    """The number of learned values, with or without the parameters called bias."""
    return sum(
        p.numel()
        for name, p in model.named_parameters()
        if bias or name.rpartition(".")[2] != "bias"
    )


def trace(model: Module, input_shape: tuple[int, ...]) -> list[LayerRecord]:
    """Run ``model`` on zeros of ``input_shape`` (with batch) and record every innermost layer.

    The model is run in evaluation and left as it was.
    """
    dtype = next((p.dtype for p in model.parameters()), np.dtype(np.float64))
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
    """While open, every innermost layer of ``model`` writes a record when it runs."""
    leaves = {m: name for name, m in model.named_modules() if not list(m.children())}
    for module, name in leaves.items():
        vars(module)["forward"] = _recorder(name, module, records)
    try:
        yield
    finally:
        for module in leaves:
            del vars(module)["forward"]


def _recorder(name: str, module: Module, records: list[LayerRecord]) -> Any:
    def forward(x: Tensor) -> Tensor:
        y = type(module).forward(module, x)
        own = {n: p for n, p in vars(module).items() if isinstance(p, Parameter)}
        records.append(
            LayerRecord(
                name=name,
                module=module,
                input_shape=x.shape,
                output_shape=y.shape,
                parameters=sum(p.numel() for p in own.values()),
                biases=own["bias"].numel() if "bias" in own else 0,
                multiply_adds=_multiply_adds(module, own.get("weight"), x, y),
                activations=y.numel(),
            )
        )
        return y

    return forward


def _multiply_adds(module: Module, weight: Parameter | None, x: Tensor, y: Tensor) -> int:
    """Every weight of a linear layer is used once per position it is applied at."""
    if weight is None or weight.ndim < 2:
        return 0
    applied = x if isinstance(module, ConvTranspose2d) else y
    return weight.numel() * (applied.numel() // applied.shape[1 if weight.ndim > 2 else -1])
