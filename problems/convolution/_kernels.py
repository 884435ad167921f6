"""Kernels of every kind, drawn at random."""

from partialcredit.numbers.vectors import freeze
from partialcredit.solvers import kernels

__all__ = ["BOX", "CENTRE", "bent", "blur", "edge", "filters", "laplacian"]

BOX = freeze(((1,) * 3,) * 3)
CENTRE = freeze(((0, 0, 0), (0, 1, 0), (0, 0, 0)))
CROSS = freeze(((0, 1, 0), (1, 0, 1), (0, 1, 0)))
RING = freeze(((1, 1, 1), (1, 0, 1), (1, 1, 1)))


def laplacian(draw, t):
    """Several times the centre minus its neighbours: four or eight of them."""
    around, count = draw.choice([(CROSS, 4), (RING, 8)])
    return t * (count * CENTRE - around)


def edge(draw):
    t, a = draw.integer(1, 4), draw.integer(1, 5)
    slope = (t, a * t, t)
    return draw.choice(
        [
            laplacian(draw, t),
            [(-v, 0, v) for v in slope],
            [[-v for v in slope], (0, 0, 0), slope],
            [(t, 0, -t), (0, 0, 0), (-t, 0, t)],
        ]
    )


def blur(draw):
    side, centre = draw.integer(1, 3), draw.integer(1, 6)
    bell = (side, centre, side)
    cross = centre * CENTRE + side * CROSS
    return draw.choice([cross, kernels.product(bell, bell), side * BOX])


def filters(draw):
    """A column without zeros, and a row."""
    column = draw.shuffle([draw.nonzero(-3, 3), draw.integer(1, 4), draw.nonzero(-4, 4)])
    return column, draw.shuffle([draw.integer(-3, 3), draw.nonzero(-3, 3), draw.integer(1, 4)])


def bent(draw):
    """A separable kernel, every other time with another centre."""
    rows = [list(line) for line in kernels.product(*filters(draw))]
    rows[1][1] += draw.choice([0, 0, 1, 2])
    return rows
