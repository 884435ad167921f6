"""Recurrent layers: one step as a cell, all steps as a layer.

Names and layouts are torch's: ``weight_ih`` (g · hidden, input) and ``weight_hh`` (g · hidden,
hidden) hold one block of rows a gate, i f g o in an LSTM and r z n in a GRU, and there are two
biases. In a layer the names end in ``_l0``, ``_l0_reverse``, ``_l1`` and so on. All values start
uniform on ±1/√hidden_size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from partialcredit.engine.functional import recurrent
from partialcredit.engine.functional.dropout import dropout as drop
from partialcredit.engine.functional.linear import linear
from partialcredit.engine.init import default_uniform, generator_of
from partialcredit.engine.joining import cat, stack
from partialcredit.engine.layers.module import Module
from partialcredit.engine.tensor import Parameter, Tensor
from partialcredit.errors import EngineError

__all__ = ["GRU", "LSTM", "RNN", "GRUCell", "LSTMCell", "RNNCell"]

Seed = np.random.Generator | int | None
NONLINEARITIES = {"tanh": recurrent.rnn_tanh_cell, "relu": recurrent.rnn_relu_cell}


def _parameters(
    inputs: int, units: int, gates: int, bias: bool, dtype: Any, rng: np.random.Generator
) -> dict[str, Parameter | None]:
    """The four parameters of one direction of one layer, in torch's order."""
    rows = gates * units
    shapes: dict[str, tuple[int, ...]] = {"weight_ih": (rows, inputs), "weight_hh": (rows, units)}
    shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
    return {
        name: default_uniform(shape, units, dtype, rng) if bias or len(shape) == 2 else None
        for name, shape in shapes.items()
    }


def _nonlinearity(name: str) -> str:
    if name not in NONLINEARITIES:
        raise EngineError(f"RNN expects nonlinearity 'tanh' or 'relu', not {name!r}")
    return name


class _Cell(Module):
    gates = 1
    states = 1
    step: Callable[..., Any]

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, dtype: Any = np.float64,
        generator: Seed = None,
    ) -> None:  # fmt: skip
        self.input_size, self.hidden_size = input_size, hidden_size
        rng = generator_of(generator)
        parts = _parameters(input_size, hidden_size, self.gates, bias, dtype, rng)
        vars(self).update(parts)

    def forward(self, input: Tensor, hx: Any = None) -> Any:
        """(N, input_size) or (input_size,) to the new state, from 0 where ``hx`` is not given."""
        if hx is None:
            zero = Tensor(np.zeros((*input.shape[:-1], self.hidden_size), input.dtype))
            hx = zero if self.states == 1 else (zero, zero)
        parts = [vars(self)[n] for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        return type(self).step(input, hx, *parts)

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - as all layers
        """Every weight serves every example."""
        weights = vars(self)["weight_ih"].numel() + vars(self)["weight_hh"].numel()
        return int(weights * (input.numel() // input.shape[-1]))

    def extra_repr(self) -> str:
        """As torch prints it."""
        return f"{self.input_size}, {self.hidden_size}"


class RNNCell(_Cell):
    """h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or with ``nonlinearity="relu"``."""

    def __init__(
        self, input_size: int, hidden_size: int, bias: bool = True, nonlinearity: str = "tanh",
        dtype: Any = np.float64, generator: Seed = None,
    ) -> None:  # fmt: skip
        super().__init__(input_size, hidden_size, bias, dtype, generator)
        self.nonlinearity = _nonlinearity(nonlinearity)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """(N, input_size) or (input_size,) to the new state, from 0 where ``hx`` is not given."""
        state = Tensor(np.zeros((*input.shape[:-1], self.hidden_size), input.dtype))
        parts = [vars(self)[n] for n in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        return NONLINEARITIES[self.nonlinearity](input, state if hx is None else hx, *parts)


class LSTMCell(_Cell):
    """(h, c) to the new (h, c); the gates are i, f, g, o."""

    gates, states, step = 4, 2, staticmethod(recurrent.lstm_cell)


class GRUCell(_Cell):
    """h to the new h; the gates are r, z, n, and the reset acts after the product."""

    gates, step = 3, staticmethod(recurrent.gru_cell)


class _Layer(Module):
    gates = 1
    states = 1
    kind = ""

    def __init__(
        self, input_size: int, hidden_size: int, num_layers: int = 1, bias: bool = True,
        batch_first: bool = False, dropout: float = 0.0, bidirectional: bool = False,
        dtype: Any = np.float64, generator: Seed = None,
    ) -> None:  # fmt: skip
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.batch_first, self.dropout = batch_first, dropout
        self.suffixes = ("", "_reverse") if bidirectional else ("",)
        self.generator = generator_of(generator)
        for k in range(num_layers):
            inputs = hidden_size * len(self.suffixes) if k else input_size
            for end in self.suffixes:
                parts = _parameters(
                    inputs, hidden_size, self.gates, bias, dtype, self.generator
                )  # fmt: skip
                vars(self).update({f"{name}_l{k}{end}": p for name, p in parts.items()})

    def forward(self, input: Tensor, hx: Any = None) -> Any:
        """(T, N, input_size) to the output (T, N, D · hidden_size) and the last state.

        D is 2 for both directions. With ``batch_first`` the batch comes before the time, in input
        and output; without a batch both lack N. The state is h_n, in an LSTM (h_n, c_n), of shape
        (num_layers · D, N, hidden_size) each, as ``hx`` is, which is 0 where it is not given.
        """
        x = input.unsqueeze(0 if self.batch_first else 1) if input.ndim == 2 else input
        if x.ndim != 3 or x.shape[-1] != self.input_size:
            raise EngineError(
                f"{type(self).__name__} expects an input of shape (T, N, {self.input_size}), the "
                f"batch first or left out, but received {input.shape}"
            )
        x = x.transpose(0, 1) if self.batch_first else x
        first = self._first_states(x, hx, input.ndim == 2)
        last: list[tuple[Tensor, ...]] = []
        for k in range(self.num_layers):
            outputs = []
            for d, end in enumerate(self.suffixes):
                before = tuple(s[k * len(self.suffixes) + d] for s in first)
                output, after = self._run(x, before, f"_l{k}{end}", reverse=d == 1)
                outputs.append(output)
                last.append(after)
            x = outputs[0] if len(outputs) == 1 else cat(outputs, -1)
            if self.dropout and k + 1 < self.num_layers:
                x = drop(x, self.dropout, self.training, generator=self.generator)
        x = x.transpose(0, 1) if self.batch_first else x
        state = [stack(parts) for parts in zip(*last, strict=True)]
        if input.ndim == 2:
            x = x.squeeze(0 if self.batch_first else 1)
            state = [s.squeeze(1) for s in state]
        return x, (state[0] if self.states == 1 else tuple(state))

    def _first_states(self, x: Tensor, hx: Any, alone: bool) -> tuple[Tensor, ...]:
        shape = (self.num_layers * len(self.suffixes), x.shape[1], self.hidden_size)
        if hx is None:
            return (Tensor(np.zeros(shape, x.dtype)),) * self.states
        given = (hx,) if self.states == 1 else tuple(hx)
        states = tuple(s.unsqueeze(1) if alone and s.ndim == 2 else s for s in given)
        for s in states:
            if s.shape != shape:
                raise EngineError(
                    f"{type(self).__name__} expects states of shape {shape}, but received {s.shape}"
                )
        return states

    def _run(
        self, x: Tensor, before: tuple[Tensor, ...], end: str, reverse: bool
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        w_ih, w_hh, b_ih, b_hh = (
            vars(self)[name + end] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        rows = linear(x, w_ih, b_ih)
        states = recurrent.run_cell(self.kind, rows[::-1] if reverse else rows, before, w_hh, b_hh)
        output = states[0][::-1] if reverse else states[0]
        return output, tuple(s[-1] for s in states)

    def multiply_adds(self, input: Tensor, output: Tensor) -> int:  # noqa: ARG002 - as all layers
        """Every weight serves every step of every example."""
        weights = sum(p.numel() for n, p in self.named_parameters() if n.startswith("weight"))
        return int(weights * (input.numel() // self.input_size))

    def extra_repr(self) -> str:
        """As torch prints it."""
        more = f", num_layers={self.num_layers}" if self.num_layers > 1 else ""
        both = ", bidirectional=True" if len(self.suffixes) == 2 else ""
        return f"{self.input_size}, {self.hidden_size}{more}{both}"


class RNN(_Layer):
    """Layers of the plain cell, with tanh or ReLU."""

    def __init__(
        self, input_size: int, hidden_size: int, num_layers: int = 1, nonlinearity: str = "tanh",
        bias: bool = True, batch_first: bool = False, dropout: float = 0.0,
        bidirectional: bool = False, dtype: Any = np.float64, generator: Seed = None,
    ) -> None:  # fmt: skip
        self.kind = _nonlinearity(nonlinearity)
        super().__init__(
            input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, dtype,
            generator,
        )  # fmt: skip


class LSTM(_Layer):
    """Layers of long short-term memory; the state is (h_n, c_n)."""

    gates, states, kind = 4, 2, "lstm"


class GRU(_Layer):
    """Layers of gated recurrent units."""

    gates, kind = 3, "gru"
