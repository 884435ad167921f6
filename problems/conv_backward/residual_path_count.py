"""Paths through a residual network, and the gradient they carry.

Trap: squaring the number of blocks, counting one path per block, trusting the longest path.
Reference: Veit, Wilber and Belongie (2016), section 3; He et al. (2016), "Identity mappings",
equation 5.
Source: S1-79, S3-23.
"""

from functools import cache
from math import factorial, prod
from operator import add

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer, Real, Text
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import letters, residual

family = Family(
    version=4,
    conventions=[
        "a path goes through each block either by its layers or by its shortcut, and two paths are "
        "different if they differ in at least one block",
        "{% if level != 'easy' %}the length of a path is the number of blocks whose layers it "
        "goes through{% endif %}",
    ],
)


@family.sample
def sample(draw):
    stages = draw.integers(5, 2, 6)
    blocks = sum(stages)
    drawn = {"stages": stages, "lost": draw.integer(2, 9)}
    if draw.level != "easy":
        drawn["k"] = draw.integer(2, blocks - 2)
    if draw.level == "hard":
        drawn["a"] = rational(draw.integer(2, 16), 20)
    return drawn


@family.condition
def _(stages, lost):
    return sum(stages) - lost > 4


@family.derive
def n(stages):
    """The blocks of all stages."""
    return sum(stages)


@family.run
def numbers(stages):
    return walked(sum(stages))


@family.run
def fewer(stages, lost):
    return walked(sum(stages) - lost)


@family.part(Integer())
def paths(n):
    return residual.paths(n)


paths.slips = rows(
    ("square of the blocks", "Each block doubles the number of paths.", lambda n: n**2),
    ("two paths per block", "Each block doubles the number of paths.", lambda n: 2 * n),
    ("blocks of the stages multiplied", "Every block is a choice of two ways, in any stage.",
     lambda stages: prod(stages)),
    ("one path per block", "Blocks can be bypassed in any combination.", lambda n: n + 1),
    ("orders counted", "The order of the blocks is fixed; only bypassing is a choice.",
     lambda n: factorial(n)),
    ("stages instead of blocks", "Every block of every stage has a shortcut.",
     lambda stages: 2 ** len(stages)),
)  # fmt: skip
paths.witness(lambda numbers: int(numbers.sum()))


@family.part(Integer())
def left(paths, lost):
    return rational(paths, 2**lost)


left.slips = rows(
    ("two paths per lost block", "Each block doubles the number of paths.",
     lambda paths, lost: paths - 2 * lost),
    ("paths subtracted", "Each lost block halves the number of paths.",
     lambda paths, lost: paths - 2**lost),
    ("one path per lost block", "A lost block takes half of all paths with it.",
     lambda paths, lost: paths - lost),
    ("halved once", "Every lost block halves the number of paths.", lambda paths: paths // 2),
)  # fmt: skip
left.witness(lambda fewer: int(fewer.sum()))


@family.part(Real(digits=3), levels=["easy"])
def share_left(paths, left):
    return rational(left, paths)


share_left.slips = rows(
    ("share of the blocks", "Compare paths, not blocks.", lambda n, lost: rational(n - lost, n)),
    ("share of those lost", "The question asks for the paths that are left.",
     lambda share_left: 1 - share_left),
)  # fmt: skip
share_left.witness(lambda fewer, numbers: fewer.sum() / numbers.sum())


@family.part(Integer(), levels=["medium", "hard"])
def of_length(n, k):
    return residual.paths_of_length(n, k)


of_length.slips = rows(
    ("order counted", "The order of the blocks is fixed: count the choices of blocks.",
     lambda of_length, k: of_length * factorial(k) if k < 10 else None),
    ("power of two", "That counts the ways to pass so many blocks, of any length.", lambda k: 2**k),
    ("blocks times length", "Choose the blocks that a path passes: a binomial coefficient.",
     lambda n, k: n * k),
    ("up to this length", "Only paths of exactly this length count.",
     lambda n, k: sum(residual.paths_of_length(n, i) for i in range(k + 1))),
)  # fmt: skip
of_length.witness(lambda numbers, k: int(numbers[k]))


@family.part(Real(digits=3), levels=["medium"], after="of_length")
def share(paths, of_length):
    return rational(of_length, paths)


share.slips = rows(
    ("upside down", "Divide the paths of this length by all paths.", lambda share: 1 / share),
    ("one of the lengths", "The lengths are not equally frequent.", lambda n: rational(1, n + 1)),
    ("part of the longest", "Compare numbers of paths, not lengths.", lambda n, k: rational(k, n)),
)  # fmt: skip
share.witness(lambda numbers, k: numbers[k] / numbers.sum())


@family.part(Text(), levels=["medium"])
def reason():
    return (
        "The derivative is a sum over all paths, and the path through all shortcuts contributes 1 "
        "however small the slopes of the layers are."
    )


@family.part(Expression(symbols={"a": "real", "n": "positive integer"}), levels=["hard"])
def formula():
    return letters.formula(residual.residual_slope)


formula.slips = rows(
    ("longest path only", "That is the network without shortcuts.",
     lambda: letters.formula(residual.plain_slope)),
    ("first-order terms only", "The slopes of the blocks multiply.",
     lambda: letters.formula(lambda a, n: 1 + n * a)),
)  # fmt: skip
formula.witness(lambda point: slopes(point["a"], point["n"], 1))


@family.part(Real(digits=3), levels=["hard"])
def slope(n, a):
    return residual.residual_slope(a, n)


slope.slips = rows(
    ("longest path only", "The shortcut adds 1 to the slope of each block.",
     lambda n, a: residual.plain_slope(a, n)),
    ("slopes added", "The slopes of the blocks multiply.", lambda n, a: 1 + n * a),
)  # fmt: skip
slope.witness(lambda stages, a: slopes(a, sum(stages), 1))


@family.part(Real(digits=3), levels=["hard"])
def ratio(stages, a):
    return residual.residual_slope(a, stages[-1]) / residual.plain_slope(a, stages[-1])


ratio.slips = rows(
    ("upside down", "Divide the slope with shortcuts by the one without.", lambda ratio: 1 / ratio),
    ("whole network", "Only the last stage is asked for.",
     lambda n, a, slope: slope / residual.plain_slope(a, n)),
    ("single block", "This is the ratio for one block only.", lambda a: (1 + a) / a),
)  # fmt: skip
ratio.witness(lambda stages, a: slopes(a, stages[-1], 1) / slopes(a, stages[-1], 0))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def carried(n, a, k):
    return residual.gradient_share(a, n, k)


carried.slips = rows(
    ("share of the number", "Each path counts with its slope, a to its length.",
     lambda paths, of_length: rational(of_length, paths)),
    ("one path", "There are several paths of this length: add them all.",
     lambda slope, a, k: a**k / slope),
    ("not divided", "Divide by the slope of the whole network.",
     lambda of_length, a, k: of_length * a**k),
)  # fmt: skip


@carried.witness
def _(numbers, a, k):
    weights = numbers * a ** np.arange(len(numbers))
    return weights[k] / weights.sum()


@cache
def walked(blocks):
    """Number of paths by their length, by walking on through one block after the other."""
    arriving = [1]
    for _block in range(blocks):
        around, through = (*arriving, 0), (0, *arriving)
        arriving = list(map(add, around, through))
    return np.array(arriving)


def slopes(a, blocks, shortcut):
    """Slope of a stack of linear blocks, run with dual numbers (value, derivative)."""
    value, derivative = 1.0, 1.0
    for _block in range(blocks):
        value, derivative = (a * v + shortcut * v for v in (value, derivative))
    return derivative
