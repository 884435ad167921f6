"""What training keeps in memory.

Trap: gradients or moments forgotten, frozen parameters given both, everything shared at once.
Reference: Rajbhandari et al. (2020), sections 3.1 and 5; Micikevicius et al. (2018), section 3;
Chen, Xu, Zhang and Guestrin (2016), section 4.
Source: none.
"""

import numpy as np

from partialcredit import engine
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
    hidden=["rule"],
)

RULES = ("Adam", "SGD with momentum", "SGD without momentum")


@family.sample
def sample(draw):
    if draw.level == "easy":
        return {
            "millions": rational(draw.integer(11, 999), 10),
            "others": rational(draw.integer(11, 999), 10),
            "rule": draw.integer(0, 2),
            "still": rational(draw.integer(11, 999), 10),
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


@family.run
def kept():
    """Bytes a parameter of the engine's weights, gradients and moments after a step, measured."""
    found = []
    for make in (engine.Adam, momentum, engine.SGD):
        weight = engine.Parameter(np.ones(8, np.float32))
        optimizer = make([weight])
        weight.grad = np.ones(8, np.float32)
        optimizer.step()
        state = [array for run in optimizer.runs for array in run.state]
        found.append((weight.data.nbytes + weight.grad.nbytes + sum(a.nbytes for a in state)) / 8)
    return found


def momentum(parameters):
    return engine.SGD(parameters, momentum=0.9)


@family.part(Real(digits=3), levels=["easy"])
def adam(millions):
    return memory.single_precision(millions, 2)


adam.slips = rows(
    ("weights only", "Gradients and moments are kept, too.", lambda millions: 4 * millions),
    ("one moment", "Adam keeps two moments.",
     lambda millions: memory.single_precision(millions, 1)),
    ("gradients forgotten", "Every parameter has a gradient.", lambda adam: adam * 3 / 4),
    ("bits", "A byte has 8 bits.", lambda adam: 8 * adam),
)  # fmt: skip
adam.witness(lambda millions, kept: millions * kept[0])
