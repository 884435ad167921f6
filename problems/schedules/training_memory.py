"""What training keeps in memory.

Trap: gradients or moments forgotten, frozen parameters given both, everything shared at once.
Reference: Rajbhandari et al. (2020), sections 3.1 and 5; Micikevicius et al. (2018), section 3;
Chen, Xu, Zhang and Guestrin (2016), section 4.
Source: none
"""

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import training_memory as memory

family = Family(
    conventions=[
        "1 MB is $10^6$ and 1 GB is $10^9$ bytes",
        "{% if level != 'hard' %}in single precision every number takes 4 bytes{% endif %}",
        "{% if level != 'hard' %}SGD with momentum keeps one number and Adam two numbers for every "
        "parameter that is trained{% endif %}",
        "{% if level != 'easy' %}mixed precision with Adam keeps for every parameter a weight and "
        "a gradient of 2 bytes each, and a second copy of the weight and two moments of 4 bytes "
        "each{% endif %}",
    ],
)

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    if draw.level == "easy":
        return {
            "millions": rational(draw.integer(11, 999), 10),
            "others": rational(draw.integer(11, 999), 10),
            "device": draw.choice([4, 6, 8, 10, 11, 12, 16, 24, 32, 40, 48, 80]),
        }
    billions = rational(draw.integer(3, 30), 10)
    if draw.level == "medium":
        states = 16 * billions
        return {
            "millions": rational(draw.integer(11, 999), 10),
            "still": rational(draw.integer(11, 999), 10),
            "billions": billions,
            "device": int(states) + draw.integer(4, 30),
            "each": rational(draw.integer(11, 95), 100),
        }
    segments = draw.choice([2, 3, 4, 5, 6])
    root = draw.choice([6, 7, 8, 9, 10, 11, 12])
    return {
        "billions": rational(draw.integer(11, 300), 10),
        "devices": draw.choice([4, 8, 16, 32, 64, 128]),
        "layers": segments * draw.integer(7, 25),
        "segments": segments,
        "square": root * root,
        "backward": draw.decimal("1.5", "2", "2.5", "3", "1.8"),
    }


def stored(*formats):
    """Bytes a parameter of arrays in these formats, from those of a thousand parameters."""
    return sum(np.empty(1000, form).nbytes for form in formats) / 1000


#: The formats of weight and gradient, of momentum's velocity or Adam's moments, and of mixed
#: precision with Adam: 2 and 2 bytes, then a copy of the weight and two moments.
PLAIN, MOMENTUM, ADAM = ("f4", "f4"), ("f4",) * 3, ("f4",) * 4
HALF_WEIGHT, HALF_GRADIENT, STATE = ("f2",), ("f2",), ("f4",) * 3


@family.part(Real(), levels=["easy"])
def adam(millions):
    return memory.single_precision(millions, 2)


adam.slips = rows(
    ("weights only", "Gradients and moments are kept, too.", lambda millions: 4 * millions),
    ("one moment", "Adam keeps two moments.",
     lambda millions: memory.single_precision(millions, 1)),
    ("bits", "A byte has 8 bits.", lambda adam: 8 * adam),
    ("moments forgotten", "Adam keeps two moments.",
     lambda millions: memory.single_precision(millions, 0)),
)  # fmt: skip
adam.witness(lambda millions: millions * stored(*ADAM))


@family.part(Real(), levels=["easy"])
def momentum(others):
    return memory.single_precision(others, 1)


momentum.slips = rows(
    ("velocity forgotten", "Momentum keeps a velocity for every parameter.",
     lambda others: memory.single_precision(others, 0)),
    ("two moments", "Momentum keeps one number for every parameter.",
     lambda others: memory.single_precision(others, 2)),
    ("weights only", "Gradients and velocities are kept, too.", lambda others: 4 * others),
)  # fmt: skip
momentum.witness(lambda others: others * stored(*MOMENTUM))


@family.part(Real(), levels=["easy"])
def fits(device):
    return rational(1000 * device) / memory.single_precision(1, 2)


fits.slips = rows(
    ("weights only", "Gradients and moments are kept, too.",
     lambda device: rational(1000 * device, 4)),
    ("moments forgotten", "Adam keeps two moments.",
     lambda device: rational(1000 * device) / memory.single_precision(1, 0)),
    ("billions", "Give it in millions.", lambda fits: fits / 1000),
)  # fmt: skip
fits.witness(lambda device: device * 1000 / stored(*ADAM))


@family.part(Real(), levels=["medium"])
def partly(millions, still):
    return memory.frozen(millions, still, 2)


partly.slips = rows(
    ("all trained", "Frozen parameters have neither gradient nor moments.",
     lambda millions, still: memory.single_precision(millions + still, 2)),
    ("frozen weights forgotten", "Frozen weights are kept, too.",
     lambda millions: memory.single_precision(millions, 2)),
    ("gradients of frozen weights", "Frozen parameters have neither gradient nor moments.",
     lambda partly, still: partly + 4 * still),
    ("exchanged", "It is the frozen parameters that have only weights.",
     lambda millions, still: memory.frozen(still, millions, 2)),
)  # fmt: skip
partly.witness(lambda millions, still: millions * stored(*ADAM) + still * stored("f4"))


@family.part(Real(), levels=LATER)
def mixed(billions):
    return billions * sum(memory.MIXED)


mixed.slips = rows(
    ("all in 2 bytes", "The second copy and the moments take 4 bytes each.",
     lambda billions: 8 * billions),
    ("second copy forgotten", "A copy of the weights in 4 bytes is kept.",
     lambda billions: 12 * billions),
    ("gradients of 4 bytes", "Gradients take 2 bytes here.", lambda billions: 18 * billions),
    ("weights only", "Gradients, copies and moments are kept, too.",
     lambda billions: 2 * billions),
)  # fmt: skip
mixed.witness(lambda billions: billions * stored(*HALF_WEIGHT, *HALF_GRADIENT, *STATE))


@family.part(Integer(), levels=["medium"])
def batch(device, mixed, each):
    return memory.largest_batch(rational(device), mixed, each)


batch.slips = rows(
    ("states forgotten", "Weights and states take their share first.",
     lambda device, each: memory.largest_batch(rational(device), rational(0), each)),
    ("weights only", "Gradients and the optimizer's state take memory, too.",
     lambda device, billions, each: memory.largest_batch(rational(device), 2 * billions, each)),
    ("rounded up", "One example more does not fit.", lambda batch: batch + 1),
)  # fmt: skip


@batch.witness
def _(device, billions, each):
    """Put examples in, one after another, while they fit."""
    room = device - billions * stored(*HALF_WEIGHT, *HALF_GRADIENT, *STATE)
    examples = np.arange(1, 1000)
    return np.count_nonzero(examples * each <= room + 1e-9)


@family.part(Array(shape=(3,), digits=3), marks=2, levels=["hard"])
def sharded(billions, devices):
    return [memory.sharded(billions, devices, stage) for stage in (1, 2, 3)]


sharded.slips = rows(
    ("all shared in every stage", "Stage 1 shares the optimizer's state only.",
     lambda mixed, devices: [mixed / devices] * 3),
    ("gradients shared last", "Stage 2 shares gradients as well.",
     lambda sharded: [sharded[0], sharded[0], sharded[2]]),
    ("nothing shared", "Each device keeps only its part of what is shared.",
     lambda mixed: [mixed] * 3),
    ("state dropped", "Each device keeps its part of what is shared.",
     lambda billions: [4 * billions, 2 * billions, 0]),
)  # fmt: skip


@sharded.witness
def _(billions, devices):
    parts = [stored(*form) for form in (STATE, HALF_GRADIENT, HALF_WEIGHT)]
    return [billions * (sum(parts[:n]) / devices + sum(parts[n:])) for n in (1, 2, 3)]


@family.part(Integer(), levels=["hard"])
def held(layers, segments):
    return memory.checkpointed(layers, segments)


held.slips = rows(
    ("inputs of the segments only", "One segment is computed again and held in full.",
     lambda segments: segments),
    ("one segment only", "The inputs of all segments are held.",
     lambda layers, segments: layers // segments),
    ("all layers", "Within a segment nothing is held until it is computed again.",
     lambda layers: layers),
)  # fmt: skip


@held.witness
def _(layers, segments):
    """Walk back through the segments and see what is held at most."""
    ends = np.linspace(0, layers, int(segments) + 1)[1:]
    lengths = np.diff(ends, prepend=0)
    return int(max(segments + length for length in lengths))


@family.part(Integer(), levels=["hard"])
def best(square):
    return min((k for k in range(1, square + 1) if square % k == 0),
               key=lambda k: memory.checkpointed(square, k))  # fmt: skip


best.slips = rows(
    ("half of the layers", "k + n/k is smallest where both are equal.",
     lambda square: square // 2),
    ("as many as layers", "Then the inputs of all layers are held.", lambda square: square),
    ("layers held", "The number of segments is asked for.", lambda best: 2 * best),
)  # fmt: skip
best.witness(lambda square: np.argmin([k + square / k for k in range(1, int(square))]) + 1)


@family.part(Real(digits=3), levels=["hard"])
def dearer(backward):
    return memory.recomputed(backward)


dearer.slips = rows(
    ("doubled", "Only the forward pass is repeated.", lambda: rational(2)),
    ("added share only", "The factor counts the step as it was, too.",
     lambda dearer: dearer - 1),
    ("backward repeated", "Only the forward pass is repeated.",
     lambda backward: (1 + 2 * backward) / (1 + backward)),
)  # fmt: skip


@dearer.witness
def _(backward):
    """Two passes forward for one, in a thousand steps each."""
    plain, again = ([1.0] * passes + [backward] for passes in (1, 2))
    return np.sum(1000 * np.array(again)) / np.sum(1000 * np.array(plain))
