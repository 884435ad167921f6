"""Paths through a residual network, and the gradient they carry.

Trap: squaring the number of blocks, counting one path per block, trusting the longest path.
Reference: Veit, Wilber and Belongie (2016), section 3; He et al. (2016), "Identity mappings",
equation 5.
Source: S1-79, S3-23.
"""

from fractions import Fraction
from functools import cache
from math import factorial

import numpy as np

from partialcredit.family import Family
from partialcredit.grading import Expression, Integer, Real
from partialcredit.solvers import letters, residual

family = Family(
    conventions=[
        "a path goes through each block either by its layers or by its shortcut, and two paths are "
        "different if they differ in at least one block",
        "{% if level != 'easy' %}the length of a path is the number of blocks whose layers it "
        "goes through{% endif %}",
    ]
)


@family.sample
def sample(draw):
    stages = draw.integers(5, 2, 6)
    blocks = sum(stages)
    drawn = {"stages": stages, "lost": draw.integer(2, 9)}
    if draw.level != "easy":
        drawn["k"] = draw.integer(2, blocks - 2)
    if draw.level == "hard":
        drawn["a"] = Fraction(draw.integer(2, 16), 20)
    return drawn


@family.condition
def _(stages, lost):
    return sum(stages) - lost > 4


@family.part(Integer())
def paths(stages):
    return residual.paths(sum(stages))


@family.part(Integer())
def left(stages, lost):
    return residual.paths(sum(stages) - lost)


@family.part(Real(digits=4), levels=["easy"])
def share_left(paths, left):
    return Fraction(left, paths)


@family.part(Integer(), levels=["medium", "hard"])
def of_length(stages, k):
    return residual.paths_of_length(sum(stages), k)


@family.part(Real(digits=4), levels=["medium"])
def share(paths, of_length):
    return Fraction(of_length, paths)


@family.part(Expression(symbols={"a": "real", "n": "positive integer"}), levels=["hard"])
def formula():
    return letters.formula(residual.residual_slope)


@family.part(Real(digits=4), levels=["hard"])
def slope(stages, a):
    return residual.residual_slope(a, sum(stages))


@family.part(Real(digits=4), levels=["hard"])
def ratio(stages, a):
    return residual.residual_slope(a, stages[-1]) / residual.plain_slope(a, stages[-1])


@family.part(Real(digits=4), marks=2, levels=["hard"])
def carried(stages, a, k):
    return residual.gradient_share(a, sum(stages), k)


@paths.mistake("square of the blocks", "Each block doubles the paths: the choices multiply.")
def _(stages):
    return sum(stages) ** 2


@paths.mistake("one path per block", "Blocks can be bypassed in any combination.")
def _(stages):
    return sum(stages) + 1


@paths.mistake("orders counted", "The order of the blocks is fixed; only bypassing is a choice.")
def _(stages):
    return factorial(sum(stages))


@paths.mistake("stages instead of blocks", "Every block of every stage has a shortcut.")
def _(stages):
    return 2 ** len(stages)


@left.mistake("paths subtracted", "Each lost block halves the number of paths.")
def _(paths, lost):
    return paths - 2**lost


@left.mistake("one path per lost block", "A lost block takes half of all paths with it.")
def _(paths, lost):
    return paths - lost


@left.mistake("halved once", "Every lost block halves the number of paths.")
def _(paths):
    return paths // 2


@share_left.mistake("share of the blocks", "Compare paths, not blocks.")
def _(stages, lost):
    return Fraction(sum(stages) - lost, sum(stages))


@share_left.mistake("share of those lost", "The question asks for the paths that are left.")
def _(share_left):
    return 1 - share_left


@of_length.mistake(
    "order counted", "The order of the blocks is fixed: count the choices of blocks."
)
def _(of_length, k):
    return of_length * factorial(k) if k < 10 else None  # nobody writes out longer products


@of_length.mistake("power of two", "That counts the ways to pass so many blocks, of any length.")
def _(k):
    return 2**k


@of_length.mistake("up to this length", "Only paths of exactly this length count.")
def _(stages, k):
    return sum(residual.paths_of_length(sum(stages), i) for i in range(k + 1))


@share.mistake("upside down", "Divide the paths of this length by all paths.")
def _(share):
    return 1 / share


@share.mistake("one of the lengths", "The lengths are not equally frequent.")
def _(stages):
    return Fraction(1, sum(stages) + 1)


@share.mistake("part of the longest", "Compare numbers of paths, not lengths.")
def _(stages, k):
    return Fraction(k, sum(stages))


def added(a, n):
    return 1 + n * a


@formula.mistake("longest path only", "That is the network without shortcuts.")
def _():
    return letters.formula(residual.plain_slope)


@formula.mistake("first-order terms only", "The slopes of the blocks multiply.")
def _():
    return letters.formula(added)


@slope.mistake("longest path only", "The shortcut adds 1 to the slope of each block.")
def _(stages, a):
    return residual.plain_slope(a, sum(stages))


@slope.mistake("slopes added", "The slopes of the blocks multiply.")
def _(stages, a):
    return added(a, sum(stages))


@ratio.mistake("upside down", "Divide the slope with shortcuts by the one without.")
def _(ratio):
    return 1 / ratio


@ratio.mistake("whole network", "Only the last stage is asked for.")
def _(stages, a, slope):
    return slope / residual.plain_slope(a, sum(stages))


@ratio.mistake("single block", "This is the ratio for one block only.")
def _(a):
    return (1 + a) / a


@carried.mistake("share of the number", "Each path counts with its slope, a to its length.")
def _(paths, of_length):
    return Fraction(of_length, paths)


@carried.mistake("one path", "There are several paths of this length: add them all.")
def _(stages, a, k):
    return a**k / residual.residual_slope(a, sum(stages))


@carried.mistake("not divided", "Divide by the slope of the whole network.")
def _(of_length, a, k):
    return of_length * a**k


@cache
def walked(blocks):
    """Number of paths by their length, by walking on through one block after the other."""
    arriving = np.array([1])
    for _block in range(blocks):
        around, through = np.append(arriving, 0), np.append(0, arriving)
        arriving = around + through
    return arriving


def slopes(a, blocks, shortcut):
    """Slope of a stack of linear blocks, run with dual numbers (value, derivative)."""
    value, derivative = 1.0, 1.0
    for _block in range(blocks):
        value, derivative = (a * v + shortcut * v for v in (value, derivative))
    return derivative


@paths.witness
def _(stages):
    return int(walked(sum(stages)).sum())


@left.witness
def _(stages, lost):
    return int(walked(sum(stages) - lost).sum())


@share_left.witness
def _(stages, lost):
    return walked(sum(stages) - lost).sum() / walked(sum(stages)).sum()


@of_length.witness
def _(stages, k):
    return int(walked(sum(stages))[k])


@share.witness
def _(stages, k):
    return walked(sum(stages))[k] / walked(sum(stages)).sum()


@formula.witness
def _(point):
    return slopes(point["a"], point["n"], 1)


@slope.witness
def _(stages, a):
    return slopes(float(a), sum(stages), 1)


@ratio.witness
def _(stages, a):
    return slopes(float(a), stages[-1], 1) / slopes(float(a), stages[-1], 0)


@carried.witness
def _(stages, a, k):
    numbers = walked(sum(stages))
    weights = numbers * np.cumprod([1.0, *[float(a)] * sum(stages)])
    return weights[k] / weights.sum()


@family.working
def _(stages):
    return {"n": sum(stages)}
