"""A neuron, or a network with two hidden units, in the engine's training loop."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional

__all__ = ["trained"]


def forward(parameters, x, mask=None, p=0.0):
    """The engine's network (one layer, if there is no second) on a batch."""
    z = functional.linear(engine.Tensor(x), *parameters[:2])
    if len(parameters) == 2:
        return z
    return functional.linear(functional.dropout(z.relu(), p, mask=mask), *parameters[2:])


def criterion(parameters, output, y):
    if len(parameters) == 2:
        return functional.binary_cross_entropy_with_logits(output, y)
    return ((output - engine.Tensor(y)) ** 2 * 0.5).mean()


def joined(parts):
    """Weights and biases side by side, layer by layer."""
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [np.column_stack([weight, bias]) for weight, bias in pairs]


class Run(NamedTuple):
    """Losses, gradients and parameters (a matrix for each layer) of the steps; the loss after."""

    losses: Sequence[float]
    gradients: Sequence[Sequence[np.ndarray]]
    states: Sequence[Sequence[np.ndarray]]
    after: float


def trained(W, u, x, y, masks, p, alpha, eta):
    """What is seen in training.

    Without masks all examples make one batch; with masks every step has one example and a mask,
    and the last loss is that of the first example without dropout.
    """
    layers = [np.array(layer) for layer in ([W, [u]] if u else [W])]
    pairs = [part for layer in layers for part in (layer[:, :-1], layer[:, -1])]
    parameters = [engine.Tensor(part.copy(), requires_grad=True) for part in pairs]
    optimizer = engine.SGD(parameters, lr=eta, momentum=alpha)
    inputs, labels = np.array(x, dtype=float), np.array(y, dtype=float).reshape(-1, 1)
    losses, gradients, states = [], [], []
    for t in range(len(masks) or 1):
        here = slice(t, t + 1) if masks else slice(None)
        mask = np.array(masks[t], dtype=float) if masks else None
        loss = criterion(parameters, forward(parameters, inputs[here], mask, p), labels[here])
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        gradients.append(joined([q.grad for q in parameters]))
        optimizer.step()
        states.append(joined([q.data for q in parameters]))
    here = slice(0, 1) if masks else slice(None)
    after = criterion(parameters, forward(parameters, inputs[here]), labels[here])
    return Run(losses, gradients, states, after.item())
