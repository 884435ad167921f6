"""Neurons, connections and parameters of a convolutional layer.

Trap: counting parameters for connections, leaving out the bias, counting neurons only.
Reference: LeCun et al. (1998), section II.B: layer C1 of LeNet-5 has 122,304 connections.
Source: S1-140.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Real
from partialcredit.solvers import connectivity, counts, sizes

family = Family(
    conventions=[
        "{% if P %}a padding of $P$ adds $P$ rows or columns of zeros on every side{% endif %}",
        "a neuron is one entry of the output",
        "its bias counts as one connection, and so does every weight it uses"
        "{% if P %}, also where the weight meets a zero of the padding{% endif %}",
    ]
)


@family.sample
def sample(draw):
    F = draw.choice(draw.by_level([3, 5, 7], [3, 5, 7], [3, 5, 7, 11]))
    S = draw.by_level(1, draw.integer(1, 2), draw.integer(2, 3))
    return {
        "n": draw.integer(*draw.by_level((16, 128), (24, 96), (32, 128))),
        "C": draw.choice(draw.by_level([1, 3], [3, 4, 6, 8, 16], [3, 6, 16, 32])),
        "F": F,
        "K": draw.integer(*draw.by_level((4, 40), (6, 32), (8, 64))),
        "S": S,
        "P": draw.by_level(0, draw.integer(0, 2), draw.integer(1, F // 2)),
    }


@family.part(Integer())
def neurons(n, F, K, S, P):
    return connectivity.units(n, F, K, stride=S, padding=P)


@family.part(Integer())
def per_neuron(F, C):
    return counts.filter_parameters(F, C)


@family.part(Integer())
def connections(neurons, per_neuron):
    return neurons * per_neuron


@family.part(Integer(), levels=["medium", "hard"])
def parameters(F, C, K):
    return counts.conv_parameters(F, C, K)


@family.part(Real(digits=4), levels=["hard"])
def ratio(connections, parameters):
    return Fraction(connections, parameters)


@family.part(Integer(), levels=["hard"])
def dense(n, C, neurons):
    return connectivity.full_weights(n * n * C + 1, neurons)


@neurons.mistake("one map only", "Each filter makes a map of neurons of its own.")
def _(neurons, K):
    return neurons // K


@neurons.mistake("as large as the input", "The map is as large as the number of windows.")
def _(n, K):
    return K * n * n


@neurons.mistake("forgot the + 1", "There is one more window than there are steps: add 1.")
def _(n, F, K, S, P):
    return K * ((n + 2 * P - F) // S) ** 2


@neurons.mistake("depth of the input", "The output is as deep as there are filters.")
def _(neurons, K, C):
    return neurons // K * C


@per_neuron.mistake("bias left out", "The bias is a connection, too.")
def _(per_neuron):
    return per_neuron - 1


@per_neuron.mistake("one channel", "A window reaches through all channels.")
def _(F, C):
    return F * F + 1 if C > 1 else None


@per_neuron.mistake("bias per channel", "The channels are added first: there is one bias.")
def _(F, C):
    return (F * F + 1) * C if C > 1 else None


@connections.mistake("parameters", "Weights are used again at every position.")
def _(F, C, K):
    return counts.conv_parameters(F, C, K)


@connections.mistake("bias left out", "Every neuron is connected to its bias, too.")
def _(connections, neurons):
    return connections - neurons


@connections.mistake("neurons", "Each neuron has many connections.")
def _(neurons):
    return neurons


@connections.mistake("one map only", "Each filter makes a map of its own.")
def _(connections, K):
    return connections // K


@parameters.mistake("connections", "All neurons of a map share their weights.")
def _(connections):
    return connections


@parameters.mistake("biases left out", "Each filter has a bias.")
def _(parameters, K):
    return parameters - K


@parameters.mistake("one filter only", "Each filter has weights of its own.")
def _(parameters, K):
    return parameters // K


@ratio.mistake("upside down", "Divide the connections by the parameters.")
def _(ratio):
    return 1 / ratio


@ratio.mistake("compared with the neurons", "Divide by the parameters.")
def _(connections, neurons):
    return Fraction(connections, neurons)


@dense.mistake("biases left out", "Every neuron is connected to its bias, too.")
def _(dense, neurons):
    return dense - neurons


@dense.mistake("one channel", "Every neuron sees all channels.")
def _(n, neurons):
    return (n * n + 1) * neurons


@dense.mistake("one neuron", "Every neuron has that many connections.")
def _(n, C):
    return n * n * C + 1


@lru_cache(maxsize=512)
def grid(n, F, S, P):
    """The number of places that all windows of one map read in one channel, and of windows."""
    along = windows(n, F, stride=S, padding=P)
    lines = np.full(len(along), along.shape[1])
    return int(np.multiply.outer(lines, lines).sum()), len(along) ** 2


@neurons.witness
def _(n, F, K, S, P):
    return sum(grid(n, F, S, P)[1] for _map in range(K))


@per_neuron.witness
def _(F, C):
    return np.broadcast_to(0.0, (C, F, F)).size + np.broadcast_to(0.0, ()).size


@connections.witness
def _(n, F, C, K, S, P):
    read, places = grid(n, F, S, P)
    return sum(places + sum(read for _channel in range(C)) for _map in range(K))


@parameters.witness
def _(F, C, K):
    return np.broadcast_to(0.0, (K, C, F, F)).size + np.broadcast_to(0.0, K).size


@ratio.witness
def _(n, F, S, P):
    """How often each parameter is used: once at every window."""
    return float(len(windows(n, F, stride=S, padding=P))) ** 2


@dense.witness
def _(n, F, C, K, S, P):
    side = len(windows(n, F, stride=S, padding=P))
    weights = np.broadcast_to(0.0, (K, side, side, C, n, n)).size
    return weights + np.broadcast_to(0.0, (K, side, side)).size


@family.figure
def _(n, C, F, K):
    return Layers(
        alt=f"An input volume {n} by {n} by {C} and the volume that {K} filters make of it.",
        layers=(Layer(rf"{n} \times {n} \times {C}", n, n, C), Layer("?", n, n, K)),
        steps=(rf"{K} \text{{ filters }} {F} \times {F}",),
    )


@family.working
def _(n, F, S, P):
    return {"side": sizes.output_size(n, F, stride=S, padding=P)}
