"""Non-maximum suppression, box by box.

Trap: a suppressed box that suppresses, boxes of another class that do, boxes below the score.
Reference: Felzenszwalb et al. (2010), section 6; Bodla et al. (2017), "Soft-NMS", equation 2.
Source: none
"""

from itertools import product

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.figures import Curve, Plot
from partialcredit.grading import Array, Order, Set
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import suppression

family = Family(
    conventions=[
        "{% if cut %}boxes with a score below ${{ cut|tex }}$ are dropped first{% endif %}",
        "boxes are visited by falling score; a box is suppressed if its IoU with a box{% if "
        "level == 'medium' %} of its class{% endif %} that has been kept is greater than "
        r"$\tau = {{ tau|tex }}$",
        "a suppressed box suppresses nothing",
    ],
    hidden=["classes"],
)

LENGTH = 12


@family.sample
def sample(draw):
    """A chain of three boxes, of which the second goes and so cannot remove the third; others."""
    tau = rational(draw.choice([4, 5, 6] if draw.level != "hard" else [4, 5]), 10)
    n = draw.by_level(5, 7, draw.integer(5, 6))
    start, length = draw.integer(0, 15), draw.integer(LENGTH - 2, LENGTH + 2)
    step = next(d for d in range(length, 0, -1) if (length - d) > tau * (length + d))
    spans = [(start + i * step, start + i * step + length) for i in range(3)]
    for _ in range(n - 3):
        left = draw.integer(0, 38)
        spans.append((left, left + draw.integer(LENGTH - 3, LENGTH + 3)))
    scores = sorted(
        (rational(s, 100) for s in draw.integers(n, 35, 98, distinct=True)), reverse=True
    )
    chain = sorted(draw.sample(range(n - draw.by_level(0, 1, 0)), 3))
    rest = draw.shuffle([rank for rank in range(n) if rank not in chain])
    ranks, places = (*chain, *rest), draw.shuffle(range(n))
    spans, scores = [spans[p] for p in places], [scores[ranks[p]] for p in places]
    kinds = [1, 1, 1, *draw.integers(n - 3, 1, 2)]
    table = [[rounded(a, b) for b in spans[i + 1 :]] for i, a in enumerate(spans[:-1])]
    return {
        "scores": scores,
        "spans": spans if draw.level == "hard" else (),
        "table": () if draw.level == "hard" else table,
        "classes": [kinds[p] for p in places] if draw.level == "medium" else [1] * n,
        "tau": tau,
        "cut": draw.by_level(0, rational(draw.choice([40, 45, 50, 55]), 100), 0),
    }


def rounded(a, b):
    value = suppression.span_iou(a, tuple(map(rational, b)))
    return rational(round(float(value) * 100), 100)


@family.derive
def iou(spans, table):
    """The IoU of two boxes by their numbers from 0."""
    ends = [tuple(map(rational, span)) for span in spans]
    above = table or [
        [suppression.span_iou(a, b) for b in ends[i + 1 :]] for i, a in enumerate(ends)
    ]
    return lambda i, j: above[min(i, j)][abs(i - j) - 1]


@family.derive
def live(scores, cut):
    return frozenset(i for i, score in enumerate(scores) if score >= cut)


@family.derive
def clash(iou, classes, tau):
    return lambda i, j: classes[i] == classes[j] and iou(i, j) > tau


@family.condition
def _(scores, iou, tau, cut):
    """No IoU close to the threshold, no score at it."""
    n = len(scores)
    gaps = [abs(iou(i, j) - tau) for i in range(n) for j in range(i)]
    return min(gaps) >= rational(3, 100) and cut not in scores


@family.condition
def _(scores, clash, live, iou, tau, classes):
    """Some box would go only because of a suppressed one; several stay; the classes matter."""
    order = [i for i in suppression.by_score(scores) if i in live]
    fates = suppression.fates(order, clash, len(scores))
    blind = suppression.fates(order, lambda i, j: iou(i, j) > tau, len(scores))
    return (
        2 <= list(fates).count(0) < len(order)
        and fates != chained(order, clash, len(scores))
        and (max(classes) == 1 or stay(fates) != stay(blind))
    )


def stay(fates):
    """The numbers of the boxes that are kept."""
    return frozenset(box for box, by in enumerate(fates, 1) if by == 0)


def chained(order, clash, n):
    """As if suppressed boxes still suppressed."""
    found = [-1] * n
    for place, box in enumerate(order):
        found[box] = next((other + 1 for other in order[:place] if clash(other, box)), 0)
    return tuple(found)


@family.run
def measured(scores, spans, table):
    """The IoU of every pair: painted cells counted, or the table filled in."""
    n = len(scores)
    if not spans:
        found = np.zeros((n, n))
        found[np.triu_indices(n, 1)] = np.concatenate([np.array(row) for row in table])
        return found + found.T
    cells = np.arange(max(right for _left, right in spans))
    painted = np.array([(left <= cells) & (cells < right) for left, right in spans])
    return np.array([[(a & b).sum() / (a | b).sum() for b in painted] for a in painted])


@family.run
def kernel(scores, measured, tau, cut, classes):
    """The one set of which no member is beaten by a member, and every other live box is."""
    same = np.equal.outer(classes, classes)
    return independent(np.array(scores), measured > tau, np.array(scores) >= cut, same)


def independent(scores, close, alive, same):
    """The members of that set, and which member each box is beaten by."""
    beats = close & same & (scores[:, None] > scores) & alive[:, None]
    sets = np.array(list(product([False, True], repeat=len(scores))))
    beaten = (sets[:, :, None] & beats).any(axis=1)
    (found,) = sets[(sets == (alive & ~beaten)).all(axis=1)]
    return found, found[:, None] & beats


@family.part(lambda scores: Order(steps=len(scores)))
def order(scores):
    return suppression.by_score(scores)


order.slips = rows(
    ("printed order", "Visit the boxes by falling score.",
     lambda scores: tuple(range(len(scores)))),
    ("worst first", "Begin with the largest score.", lambda order: order[::-1]),
)  # fmt: skip


@order.witness
def _(scores):
    better = [sum(other > score for other in scores) for score in scores]
    return tuple(better.index(place) for place in range(len(scores)))


@family.part(lambda scores: Array(shape=(len(scores),)), marks=3)
def fate(order, live, clash, scores):
    return suppression.fates([i for i in order if i in live], clash, len(scores))


fate.slips = rows(
    ("suppressed boxes suppress", "Name a kept box: a box that was removed suppresses nothing.",
     lambda order, live, clash, scores: chained(
         [i for i in order if i in live], clash, len(scores))),
    ("classes ignored", "Boxes of different classes do not suppress each other here.",
     lambda order, live, iou, tau, scores: suppression.fates(
         [i for i in order if i in live], lambda i, j: iou(i, j) > tau, len(scores))),
    ("score threshold left out", "A box below the score threshold is dropped first.",
     lambda order, clash, scores: suppression.fates(order, clash, len(scores))),
    ("threshold the wrong way", "Boxes that overlap much are the duplicates: they go.",
     lambda order, live, clash, scores: suppression.fates(
         [i for i in order if i in live], lambda i, j: not clash(i, j), len(scores))),
    ("weaker box wins", "Of two boxes the one with the better score stays.",
     lambda order, live, clash, scores: suppression.fates(
         [i for i in reversed(order) if i in live], clash, len(scores))),
    ("counted from 0", "The boxes are numbered from 1.",
     lambda fate: [by - 1 if by > 0 else by for by in fate]),
)  # fmt: skip


@fate.witness
def _(kernel, scores, cut):
    kept, beaten = kernel
    by = np.where(beaten, np.array(scores)[:, None], -1)
    found = np.where(kept, 0, by.argmax(axis=0) + 1)
    return np.where(np.array(scores) >= cut, found, -1)


@family.part(Set())
def kept(fate):
    return stay(fate)


kept.slips = rows(
    ("only the best box", "After the best box the sweep goes on with those that are left.",
     lambda order: frozenset([order[0] + 1])),
    ("suppressed ones reported", "These are the boxes that go.",
     lambda fate: frozenset(box for box, by in enumerate(fate, 1) if by > 0)),
    ("dropped ones kept", "A box below the score threshold does not come back.",
     lambda fate: frozenset(box for box, by in enumerate(fate, 1) if by <= 0)),
)  # fmt: skip
kept.witness(lambda kernel: frozenset(int(i) + 1 for i in np.flatnonzero(kernel[0])))


@family.part(Set(), levels=["medium"])
def agnostic(order, live, iou, tau, scores):
    visited = [i for i in order if i in live]
    return stay(suppression.fates(visited, lambda i, j: iou(i, j) > tau, len(scores)))


agnostic.slips = rows(
    ("classes kept apart", "Now a box of another class suppresses, too.", lambda kept: kept),
    ("suppressed boxes suppress", "A box that was removed suppresses nothing.",
     lambda order, live, iou, tau, scores: stay(chained(
         [i for i in order if i in live], lambda i, j: iou(i, j) > tau, len(scores)))),
    ("only the best box", "After the best box the sweep goes on with those that are left.",
     lambda order: frozenset([order[0] + 1])),
)  # fmt: skip


@agnostic.witness
def _(scores, measured, tau, cut):
    values = np.array(scores)
    found, _beaten = independent(values, measured > tau, values >= cut, True)
    return frozenset(int(i) + 1 for i in np.flatnonzero(found))


def row(scores):
    return Array(shape=(len(scores),), digits=3)


@family.part(row, levels=["hard"], marks=2)
def ious(order, spans, iou):
    return [iou(order[0], i) if i != order[0] else 1 for i in range(len(spans))]


def ratios(order, spans, shared, below):
    """Overlaps of every box with the best one, by something else than the union."""
    best = spans[order[0]]
    return [rational(shared(best, span), below(best, span)) for span in spans]


def lengths(a, b):
    return a[1] - a[0] + b[1] - b[0]


def signed(a, b):
    return min(a[1], b[1]) - max(a[0], b[0])


def common(a, b):
    return max(0, signed(a, b))


ious.slips = rows(
    ("sum of the lengths below", "The overlap lies in both boxes: subtract it once.",
     lambda order, spans: ratios(order, spans, common, lengths)),
    ("over the best box", "Divide by the union.",
     lambda order, spans: ratios(order, spans, common, lambda a, _: a[1] - a[0])),
    ("over the other box", "Divide by the union.",
     lambda order, spans: ratios(order, spans, common, lambda _, b: b[1] - b[0])),
    ("negative overlap", "Boxes that lie apart have IoU 0.",
     lambda order, spans: ratios(order, spans, signed, lambda a, b: lengths(a, b) - signed(a, b))),
    ("of box 1", "The box with the best score is visited first.",
     lambda spans: ratios((0,), spans, common, lambda a, b: lengths(a, b) - common(a, b))),
)  # fmt: skip
ious.witness(lambda measured, scores: measured[int(np.argmax(scores))])


@family.part(row, levels=["hard"], marks=2)
def soft(order, scores, ious, tau):
    return lowered(order[0], scores, ious, tau, suppression.softened)


def lowered(best, scores, ious, tau, factor):
    """The scores after one box was taken; those of boxes that overlap it by too much change."""
    return [
        factor(score, overlap) if i != best and overlap > tau else score
        for i, (score, overlap) in enumerate(zip(scores, ious, strict=True))
    ]


soft.slips = rows(
    ("multiplied by the IoU", "The score falls by the overlap: multiply by one minus IoU.",
     lambda order, scores, ious, tau: lowered(order[0], scores, ious, tau, lambda s, x: s * x)),
    ("every overlap counts", "Only scores of boxes above the threshold are lowered here.",
     lambda order, scores, ious: lowered(order[0], scores, ious, 0, suppression.softened)),
    ("removed", "Soft suppression lowers a score; it does not remove the box.",
     lambda order, scores, ious, tau: lowered(order[0], scores, ious, tau, lambda s, _: 0 * s)),
    ("IoU subtracted", "Multiply the score by one minus IoU.",
     lambda order, scores, ious, tau: lowered(order[0], scores, ious, tau, lambda s, x: s - x)),
)  # fmt: skip


@soft.witness
def _(scores, measured, tau):
    values = np.array(scores)
    taken = measured[values.argmax()]
    others = values < values.max()
    return values - np.where((taken > tau) & others, values * taken, 0)


@family.figure
def _(spans):
    if not spans:
        return ()
    return Plot(
        alt="; ".join(f"box {n} from {a} to {b}" for n, (a, b) in enumerate(spans, 1)) + ".",
        curves=tuple(Curve(((a, n), (b, n))) for n, (a, b) in enumerate(spans, 1)),
        y_label=r"\text{box}",
    )


@family.working
def _(order, fate, live, iou, classes, tau, level, spans):
    """Every visit: the box, what it was kept against, what suppressed it."""
    visits, done = [], []
    for box in (i for i in order if i in live):
        against = [(k + 1, iou(k, box)) for k in done if classes[k] == classes[box]]
        visits.append((box + 1, against, fate[box]))
        done += [box] if fate[box] == 0 else []
    best = order[0]
    near = [(i + 1, iou(best, i)) for i in range(len(order)) if i != best and iou(best, i) > tau]
    covers = [
        (common(spans[best], b), lengths(spans[best], b)) for i, b in enumerate(spans) if i != best
    ]
    return {
        "visits": visits,
        "near": near if level == "hard" else (),
        "best": best + 1,
        "others": [i + 1 for i in range(len(order)) if i != best],
        "stretches": [(shared, both - shared) for shared, both in covers],
    }
