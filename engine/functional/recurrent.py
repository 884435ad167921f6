"""One step of a recurrent network, and many steps as one fused operation.

Shapes: ``input`` (N, inputs) and states (N, units), or both without N; ``w_ih`` (g · units,
inputs) and ``w_hh`` (g · units, units) with g blocks of rows, one a gate; two biases (g · units,),
which may be None.
"""

from __future__ import annotations

from partialcredit.engine.checks import Array
from partialcredit.engine.functional.linear import linear
from partialcredit.engine.kernels import recurrent
from partialcredit.engine.tensor import Tensor, custom

__all__ = ["gru_cell", "lstm_cell", "rnn_relu_cell", "rnn_tanh_cell", "run_cell"]

Bias = Tensor | None


def rnn_tanh_cell(
    input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Bias = None, b_hh: Bias = None
) -> Tensor:
    """The new state tanh(W_ih x + b_ih + W_hh h + b_hh) (Elman 1990)."""
    return (linear(input, w_ih, b_ih) + linear(hx, w_hh, b_hh)).tanh()


def rnn_relu_cell(
    input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Bias = None, b_hh: Bias = None
) -> Tensor:
    """The new state max(0, W_ih x + b_ih + W_hh h + b_hh)."""
    return (linear(input, w_ih, b_ih) + linear(hx, w_hh, b_hh)).relu()


def lstm_cell(
    input: Tensor, hx: tuple[Tensor, Tensor], w_ih: Tensor, w_hh: Tensor, b_ih: Bias = None,
    b_hh: Bias = None,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """The new (h, c) of a long short-term memory; its rows are the gates i, f, g, o.

    c' = σ(f) c + σ(i) tanh(g) and h' = σ(o) tanh(c') (Hochreiter and Schmidhuber 1997, with the
    forget gate of Gers et al. 2000, without peepholes).
    """
    h, c = hx
    i, f, g, o = _gates(linear(input, w_ih, b_ih) + linear(h, w_hh, b_hh), 4)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def gru_cell(
    input: Tensor, hx: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Bias = None, b_hh: Bias = None
) -> Tensor:
    """The new state (1 - z) n + z h of a gated recurrent unit; its rows are the gates r, z, n.

    n = tanh(W_in x + b_in + r (W_hn h + b_hn)): the reset gate acts after the product, as in torch
    and cuDNN; Cho et al. (2014), equation 8, has it before.
    """
    r_x, z_x, n_x = _gates(linear(input, w_ih, b_ih), 3)
    r_h, z_h, n_h = _gates(linear(hx, w_hh, b_hh), 3)
    r, z = (r_x + r_h).sigmoid(), (z_x + z_h).sigmoid()
    n = (n_x + r * n_h).tanh()
    return n + z * (hx - n)


def run_cell(
    kind: str, input: Tensor, states: tuple[Tensor, ...], w_hh: Tensor, b_hh: Bias = None
) -> tuple[Tensor, ...]:
    """All steps of the cell ``kind`` over (T, N, g · units): one fused operation.

    ``input`` is W_ih x + b_ih of every step; ``states`` are h, or h and c, of shape (N, units)
    before the first. Returns what they are after every step, (T, N, units) each.
    """
    parents = (input, *states, w_hh) if b_hh is None else (input, *states, w_hh, b_hh)
    run = recurrent.KERNELS[kind](
        input.data, *[s.data for s in states], w_hh.data, None if b_hh is None else b_hh.data
    )

    def recurrent_backward(g: Array) -> tuple[Array, ...]:
        return run.gradients(g)[: len(parents)]

    both = custom(run.states, parents, recurrent_backward)
    return tuple(both[i] for i in range(len(states)))


def _gates(rows: Tensor, count: int) -> list[Tensor]:
    units = rows.shape[-1] // count
    return [rows[..., k * units : (k + 1) * units] for k in range(count)]
