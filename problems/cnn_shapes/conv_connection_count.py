"""Neurons, connections and parameters of a convolutional layer.

Trap: counting parameters for connections, leaving out the bias, counting neurons only.
Reference: LeCun et al. (1998), section II.B: layer C1 of LeNet-5 has 122,304 connections.
Source: S1-140.
"""

from partialcredit.family import Family, rows
from partialcredit.figures import Layer, Layers
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.problems._counting import entries, filters, slid
from partialcredit.solvers import connectivity, counts, sizes

family = Family(
    version=3,
    conventions=[
        "{% if P %}a padding of $P$ adds $P$ rows or columns of zeros on every side{% endif %}",
        "a neuron is one entry of the output",
        "its bias counts as one connection, and so does every weight it uses"
        "{% if P %}, also where the weight meets a zero of the padding{% endif %}",
    ],
)


@family.sample
def sample(draw):
    F = draw.choice(draw.by_level([3, 5, 7], [3, 5, 7], [3, 5, 7, 11]))
    S = draw.by_level(1, draw.integer(1, 2), draw.integer(2, 3))
    return {
        "n": draw.integer(*draw.by_level((8, 40), (12, 40), (16, 48))),
        "C": draw.choice(draw.by_level([1, 3], [3, 4, 6, 8], [3, 4, 6, 8])),
        "F": F,
        "K": draw.integer(*draw.by_level((4, 60), (4, 20), (4, 20))),
        "S": S,
        "P": draw.by_level(0, draw.integer(0, 2), draw.integer(1, F // 2)),
    }


@family.run
def side(n, F, S, P):
    """Windows along one axis of the input."""
    return slid(n, F, S, P)


@family.part(Integer())
def neurons(n, F, K, S, P):
    return connectivity.units(n, F, K, stride=S, padding=P)


neurons.slips = rows(
    ("one map only", "Each filter makes a map of neurons of its own.",
     lambda neurons, K: neurons // K),
    ("as large as the input", "The map is as large as the number of windows.",
     lambda n, K: K * n * n),
    ("forgot the + 1", "There is one more window than there are steps: add 1.",
     lambda n, F, K, S, P: K * ((n + 2 * P - F) // S) ** 2),
    ("depth of the input", "The output is as deep as there are filters.",
     lambda neurons, K, C: neurons // K * C),
    ("padding ignored", "The zeros belong to what the filter slides over.",
     lambda n, F, K, S, P: connectivity.units(n, F, K, stride=S) if P else None),
    ("stride ignored", "Windows start S pixels apart.",
     lambda n, F, K, P, S: connectivity.units(n, F, K, padding=P) if S > 1 else None),
    ("padding counted once", "The zeros stand on both sides.",
     lambda n, F, K, S, P: K * ((n + P - F) // S + 1) ** 2 if P else None),
)  # fmt: skip
neurons.witness(lambda side, K: entries(K, side, side))


@family.part(Integer())
def per_neuron(F, C):
    return counts.filter_parameters(F, C)


per_neuron.slips = rows(
    ("bias left out", "A bias is a connection and a parameter, too.",
     lambda per_neuron: per_neuron - 1),
    ("one channel", "Every neuron sees all channels.",
     lambda F, C: F * F + 1 if C > 1 else None),
    ("bias per channel", "The channels are added first: there is one bias.",
     lambda F, C: (F * F + 1) * C if C > 1 else None),
    ("side not squared", "The window is a square of pixels.", lambda F, C: F * C + 1),
)  # fmt: skip
per_neuron.witness(lambda F, C: filters(F, C, 1))


@family.part(Integer())
def connections(neurons, per_neuron):
    return neurons * per_neuron


connections.slips = rows(
    ("parameters", "Weights are used again at every position.",
     lambda F, C, K: counts.conv_parameters(F, C, K)),
    ("neurons", "Each neuron has many connections.", lambda neurons: neurons),
    ("biases left out", "A bias is a connection and a parameter, too.",
     lambda neurons, per_neuron: neurons * (per_neuron - 1)),
    ("added", "Each neuron has that many connections: multiply.",
     lambda neurons, per_neuron: neurons + per_neuron),
)  # fmt: skip


@connections.witness
def _(side, F, C, K):
    """One for every weight that every neuron uses, and one for its bias."""
    return entries(K, side, side, C, F, F) + entries(K, side, side)


@family.part(Integer(), levels=["medium", "hard"])
def parameters(per_neuron, K):
    return K * per_neuron


parameters.slips = rows(
    ("connections", "All neurons of a map share their weights.", lambda connections: connections),
    ("biases left out", "A bias is a connection and a parameter, too.",
     lambda parameters, K: parameters - K),
    ("one filter only", "Each filter has weights of its own.",
     lambda parameters, K: parameters // K),
    ("one bias for all", "Each filter has a bias of its own.",
     lambda parameters, K: parameters - K + 1),
    ("one channel", "Every neuron sees all channels.",
     lambda F, C, K: K * (F * F + 1) if C > 1 else None),
)  # fmt: skip
parameters.witness(lambda F, C, K: filters(F, C, K))


@family.part(Real(), levels=["hard"])
def ratio(connections, parameters):
    return rational(connections, parameters)


ratio.slips = rows(
    ("upside down", "Divide the connections by the parameters.", lambda ratio: 1 / ratio),
    ("compared with the neurons", "Divide by the parameters.",
     lambda connections, neurons: rational(connections, neurons)),
)  # fmt: skip
# how often each parameter is used: once at every window
ratio.witness(lambda side: float(entries(side, side)))


@family.part(Integer(), levels=["hard"])
def dense(n, C, neurons):
    return connectivity.full_weights(n * n * C + 1, neurons)


dense.slips = rows(
    ("biases left out", "A bias is a connection and a parameter, too.",
     lambda dense, neurons: dense - neurons),
    ("one channel", "Every neuron sees all channels.", lambda n, neurons: (n * n + 1) * neurons),
    ("one neuron", "Every neuron has that many connections.", lambda n, C: n * n * C + 1),
)  # fmt: skip
dense.witness(lambda side, n, C, K: entries(K, side, side, C, n, n) + entries(K, side, side))


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
