"""Intersection over union of boxes.

Trap: the overlap counted twice in the union, a pixel added to every side, apart boxes that overlap.
Reference: Everingham et al. (2010), section 4.2; Rezatofighi et al. (2019), algorithm 1.
Source: none
"""

from fractions import Fraction

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Plot
from partialcredit.grading import Array, Choices, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import boxes

family = Family(
    conventions=[
        "a box in corner form is $(x_1, y_1, x_2, y_2)$, in centre form $(c_x, c_y, w, h)$; "
        "coordinates are continuous, so its width is $x_2 - x_1$",
        "boxes that do not overlap have IoU 0",
    ]
)

SIDE = 14


@family.sample
def sample(draw):
    predictions, truth = [], within(draw, 5)
    tau = draw.by_level(0, *[draw.choice([rational(n, d) for n, d in THRESHOLDS])] * 2)
    wanted = draw.by_level([True] * 2, [draw.chance(0.5) for _ in range(3)], [True, False])
    for wish in wanted:
        box = within(draw)
        while not suits(draw.level, truth, box, wish, tau) or box in predictions:
            box = within(draw)
        predictions.append(box)
    return {
        "truth": truth,
        "predictions": [centred(box) for box in predictions],
        "tau": tau,
        "width": draw.by_level(0, 0, draw.integer(4, 20)),
    }


THRESHOLDS = ((1, 4), (1, 3), (2, 5), (1, 2))


def within(draw, least=3):
    """A box; at the easy level its sides are even, so that its centre is whole."""
    step = draw.by_level(2, 1, 1)
    width, height = (step * draw.integer(-(-least // step), 8 // step) for _ in "xy")
    x, y = draw.integer(0, SIDE - width), draw.integer(0, SIDE - height)
    return (x, y, x + width, y + height)


def centred(box):
    x1, y1, x2, y2 = box
    return (rational(x1 + x2, 2), rational(y1 + y2, 2), x2 - x1, y2 - y1)


def suits(level, truth, box, wish, tau):
    """An overlap at a corner, one above or below the threshold, or one or none."""
    shared = boxes.intersection(truth, box)
    areas = boxes.area(truth), boxes.area(box)
    if areas[0] == areas[1] or shared in areas or boxes.enclosing(truth, box) in (truth, box):
        return False
    if level == "medium":
        gap = boxes.iou(truth, box, shared) - tau
        return abs(gap) > rational(1, 50) and (gap > 0) == wish and shared > 0
    return (shared > 0) == wish


@family.run
def painted(truth, predictions):
    """The unit cells that the true box and every predicted one cover."""
    cells = np.arange(SIDE) + 0.5
    x1, y1, x2, y2 = truth
    found = [np.outer((y1 < cells) & (cells < y2), (x1 < cells) & (cells < x2))]
    for x, y, width, height in predictions:
        tall, wide = np.abs(cells - y) * 2 < height, np.abs(cells - x) * 2 < width
        found.append(np.outer(tall, wide))
    return found


def frame(mask):
    """The outermost painted columns and rows."""
    (across,), (down,) = (np.nonzero(mask.any(axis=axis)) for axis in (0, 1))
    return (across[0], down[0], across[-1] + 1, down[-1] + 1)


@family.part(lambda predictions: Array(shape=(len(predictions), 4)))
def corners(predictions):
    return tuple(map(boxes.corners, predictions))


corners.slips = rows(
    ("centre taken for a corner",
     "The first two numbers are the centre: go half the size each way.",
     lambda predictions: [(x, y, x + w, y + h) for x, y, w, h in predictions]),
    ("whole size each way", "A box reaches half its width to either side of its centre.",
     lambda predictions: [(x - w, y - h, x + w, y + h) for x, y, w, h in predictions]),
    ("size for the second corner", "The corner form ends with the other corner, not the size.",
     lambda predictions, corners: [
         (*c[:2], *p[2:]) for c, p in zip(corners, predictions, strict=True)]),
    ("both x first", "One corner comes after the other: x1, y1, x2, y2.",
     lambda corners: [(x1, x2, y1, y2) for x1, y1, x2, y2 in corners]),
)  # fmt: skip
corners.witness(lambda painted: list(map(frame, painted[1:])))


@family.part(lambda predictions: Array(shape=(len(predictions),)))
def overlaps(truth, corners):
    return [boxes.intersection(truth, box) for box in corners]


def sides(truth, box):
    return (min(truth[i + 2], box[i + 2]) - max(truth[i], box[i]) for i in (0, 1))


def signed(truth, box):
    width, height = sides(truth, box)
    return width * height


overlaps.slips = rows(
    ("two negative sides multiplied", "Boxes that lie apart do not overlap: cut each side at 0.",
     lambda truth, corners: [signed(truth, box) for box in corners]),
    ("sides added", "The area is width times height.",
     lambda truth, corners: [max(0, sum(sides(truth, box))) for box in corners]),
    ("the box around both", "Take the larger of the first corners, the smaller of the second.",
     lambda truth, corners: [boxes.area(boxes.enclosing(truth, box)) for box in corners]),
    ("area of the prediction", "Only what lies in both boxes counts.",
     lambda corners: tuple(map(boxes.area, corners))),
)  # fmt: skip
overlaps.witness(lambda painted: [(painted[0] & mask).sum() for mask in painted[1:]])


@family.part(lambda predictions: Array(shape=(len(predictions),), digits=3), marks=2)
def ious(truth, corners, overlaps):
    return divided(truth, corners, overlaps, boxes.union)


def divided(truth, corners, overlaps, below):
    """The overlaps by something else than the union."""
    return [
        rational(1) * shared / below(truth, box, shared)
        for box, shared in zip(corners, overlaps, strict=True)
    ]


def with_pixel(box):
    return (*box[:2], box[2] + 1, box[3] + 1)


def by_pixels(truth, box):
    a, b = with_pixel(truth), with_pixel(box)
    return boxes.iou(a, b, boxes.intersection(a, b))


ious.slips = rows(
    ("sum of the areas below", "The overlap lies in both areas: subtract it once from their sum.",
     lambda truth, corners, overlaps: divided(
         truth, corners, overlaps, lambda a, b, _: boxes.area(a) + boxes.area(b))),
    ("overlap taken off twice", "The union contains the overlap once.",
     lambda truth, corners, overlaps: divided(
         truth, corners, overlaps, lambda a, b, s: boxes.union(a, b, 2 * s))),
    ("over the smaller box", "IoU divides by the union, not by one of the boxes.",
     lambda truth, corners, overlaps: divided(
         truth, corners, overlaps, lambda a, b, _: min(boxes.area(a), boxes.area(b)))),
    ("over the ground truth", "That is the covered share of the truth; IoU divides by the union.",
     lambda truth, corners, overlaps: divided(
         truth, corners, overlaps, lambda a, _b, _s: boxes.area(a))),
    ("over the prediction", "IoU divides by the union, not by the prediction.",
     lambda truth, corners, overlaps: divided(
         truth, corners, overlaps, lambda _a, b, _s: boxes.area(b))),
    ("enclosing box as union", "The box around both holds corners that belong to neither.",
     lambda truth, corners, overlaps: divided(
         truth, corners, overlaps, lambda a, b, _: boxes.area(boxes.enclosing(a, b)))),
    ("Dice in place of IoU", "Twice the overlap over the sum of the areas is the Dice coefficient.",
     lambda truth, corners, overlaps: divided(
         truth, corners, [2 * s for s in overlaps], lambda a, b, _: boxes.union(a, b, 0))),
    ("one pixel added", "Coordinates are continuous here: a width is just the difference.",
     lambda truth, corners: [by_pixels(truth, box) for box in corners]),
)  # fmt: skip
ious.witness(
    lambda painted: [(painted[0] & mask).sum() / (painted[0] | mask).sum() for mask in painted[1:]]
)

NAMES = tuple(f"$P_{n}$" for n in (1, 2, 3))


@family.part(Choices(NAMES), levels=["medium"])
def found(ious, tau):
    return frozenset(i for i, value in enumerate(ious) if value >= tau)


found.slips = rows(
    ("below the threshold", "A prediction counts where its IoU is at least the threshold.",
     lambda found: frozenset(range(3)) - found),
    ("all that overlap", "Some overlap is not enough: compare the IoU with the threshold.",
     lambda: frozenset(range(3))),
    ("only the best", "Every prediction at or above the threshold counts here.",
     lambda ious: frozenset([list(ious).index(max(ious))])),
)  # fmt: skip


@found.witness
def _(painted, tau):
    truth, *others = painted
    return frozenset(
        i for i, mask in enumerate(others) if (truth & mask).sum() >= tau * (truth | mask).sum()
    )


@family.part(Array(shape=(2,), digits=3), levels=["hard"], marks=2)
def gious(truth, corners, overlaps):
    return penalised(truth, corners, overlaps, boxes.generalized_iou)


def penalised(truth, corners, overlaps, function):
    return [function(truth, b, s) for b, s in zip(corners, overlaps, strict=True)]


def empty(a, b, shared):
    """The area in the enclosing box that belongs to neither."""
    return rational(1) * boxes.area(boxes.enclosing(a, b)) - boxes.union(a, b, shared)


gious.slips = rows(
    ("empty share of the union", "Divide the empty area by the enclosing box.",
     lambda truth, corners, overlaps: penalised(
         truth, corners, overlaps,
         lambda a, b, s: boxes.iou(a, b, s) - empty(a, b, s) / boxes.union(a, b, s))),
    ("penalty added", "Empty area lowers the value: subtract its share.",
     lambda truth, corners, overlaps: penalised(
         truth, corners, overlaps,
         lambda a, b, s: 2 * boxes.iou(a, b, s) - boxes.generalized_iou(a, b, s))),
    ("not penalised", "Subtract the empty share of the enclosing box.",
     lambda ious: ious),
    ("penalty alone", "Begin with the IoU.",
     lambda gious, ious: gious - ious),
)  # fmt: skip


@gious.witness
def _(painted):
    truth, *others = painted
    values = []
    for mask in others:
        covered = (truth | mask).sum()
        x1, y1, x2, y2 = frame(truth | mask)
        around = np.ones((y2 - y1, x2 - x1)).sum()
        values.append((truth & mask).sum() / covered + covered / around - 1)
    return values


@family.part(Real(digits=3), levels=["hard"], marks=2)
def slide(width, tau):
    return boxes.slide(width, tau)


slide.slips = rows(
    ("lost share of the box", "The union grows while the overlap shrinks.",
     lambda width, tau: width * (1 - tau)),
    ("halves solved the wrong way", "Write the overlap w - s over the union w + s.",
     lambda width, tau: width * (1 - tau) / 2),
    ("share that stays", "Solve (w - s) / (w + s) = threshold for s.",
     lambda width, tau: width * tau),
    ("upside down", "Solve (w - s) / (w + s) = threshold for s.",
     lambda width, tau: width * (1 + tau) / (1 - tau)),
)  # fmt: skip


@slide.witness
def _(width, tau):
    """The last shift, on cells that the boundary meets, whose counted IoU reaches the threshold."""
    share = Fraction(tau).limit_denominator(9)
    cells = share.numerator + share.denominator
    n = width * cells
    places, shifts = np.arange(2 * n), np.arange(n)[:, None]
    old, new = places < n, (places >= shifts) & (places < shifts + n)
    reached = (old & new).sum(axis=1) * share.denominator >= (old | new).sum(
        axis=1
    ) * share.numerator
    return np.flatnonzero(reached)[-1] / cells


@family.figure
def _(truth, predictions):
    drawn = [("T", truth), *((f"P_{n}", boxes.corners(b)) for n, b in enumerate(predictions, 1))]
    return Plot(
        alt="Boxes by their corners: "
        + "; ".join(
            f"{name.replace('_', '')} from ({x}, {y}) to ({u}, {v})" for name, (x, y, u, v) in drawn
        )
        + ".",
        curves=tuple(
            Curve(((x, y), (u, y), (u, v), (x, v), (x, y)), name, style)
            for (name, (x, y, u, v)), style in zip(drawn, STYLES, strict=False)
        ),
        window=((0, 0), (SIDE, SIDE)),
    )


STYLES = ("solid", "dashed", "thin", "steps")


@family.working
def _(truth, predictions, corners, overlaps):
    around = [boxes.enclosing(truth, box) for box in corners]
    return {
        "halves": [tuple(rational(side, 2) for side in box[2:]) for box in predictions],
        "spans": [(tuple(sides(truth, box)), shared(truth, box)) for box in corners],
        "areas": (boxes.area(truth), *map(boxes.area, corners)),
        "unions": [boxes.union(truth, b, s) for b, s in zip(corners, overlaps, strict=True)],
        "around": around,
        "around_areas": tuple(map(boxes.area, around)),
    }


def shared(a, b):
    """Where an overlap begins and ends."""
    return (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
