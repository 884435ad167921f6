"""k-means by hand.

Trap: distances that are not squared, the objective before the centres move, stopping too early.
Reference: Lloyd (1982); Arthur and Vassilvitskii (2007), section 2.2; Bishop (2006), section 9.1.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Mark, Plot
from partialcredit.grading import Array, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns
from partialcredit.solvers import clustering

family = Family(
    conventions=[
        "distances are Euclidean",
        "an iteration first assigns all points to their nearest centres and then moves all centres",
        "the objective is the sum of the squared distances from the points to the centres of their "
        "clusters",
    ],
    hidden=["start", "chosen", "which"],
)

LETTERS = "ABCDEFGH"


@family.sample
def sample(draw):
    cells = [(x, y) for x in range(-4, 9) for y in range(-2, 9)]
    points = draw.sample(cells, draw.by_level(5, 7, 8))
    start = draw.sample(range(len(points)), draw.by_level(2, 2, 3))
    chosen = start[:1] if draw.level == "medium" else start[:2]
    left = [i for i in range(len(points)) if i not in start]
    return {
        "points": points,
        "start": start,
        "chosen": chosen,
        "which": draw.choice(left),
        "penalty": draw.integer(2, 5) if draw.level == "hard" else 0,
    }


@family.derive
def centers(points, start):
    return [points[i] for i in start]


@family.derive
def path(points, centers):
    """The centres after every iteration; none where points tie or clusters are empty."""
    made = []
    while not made or made[-1] != centers:
        centers = made[-1] if made else centers
        distances = [[clustering.squared(p, c) for c in centers] for p in points]
        labels = [row.index(min(row)) + 1 for row in distances]
        tied = any(row.count(min(row)) > 1 for row in distances)
        if tied or len(set(labels)) < len(centers) or len(made) > 6:
            return []
        made.append(clustering.means(points, labels, len(centers)))
    return made


@family.condition
def _(path, level):
    """The first iteration is not the last, where the end is asked for."""
    return len(path) > (1 if level == "easy" else 2)


def per_center(start):
    return Array(shape=(len(start), 2), digits=3)


@family.run
def by_engine(points, start):
    """The engine's centres, labels and objectives after one iteration and at the end."""
    x = np.array(points, dtype=float)
    first = x[[int(i) for i in start]]
    return [engine.k_means(x, first, iterations) for iterations in (1, 50)]


@family.part(lambda points: Array(shape=(len(points),)))
def assignment(points, centers):
    return clustering.assign(points, centers)


assignment.slips = rows(
    ("numbers turned round", "Cluster 1 is that of the first centre.",
     lambda assignment, start: len(start) + 1 - assignment),
    ("one coordinate only", "Both coordinates make the distance.",
     lambda points, centers:
         clustering.assign([p[:1] for p in points], [c[:1] for c in centers])),
    ("farthest centre", "A point belongs to the nearest centre.",
     lambda points, centers:
         [max(range(len(centers)), key=lambda k: clustering.squared(p, centers[k])) + 1
          for p in points]),
)  # fmt: skip
assignment.witness(lambda by_engine: by_engine[0][1] + 1)


@family.part(per_center)
def moved(points, assignment, start):
    return clustering.means(points, assignment, len(start))


def old_center_included(points, assignment, centers):
    more = [*zip(points, assignment, strict=True), *((c, k) for k, c in enumerate(centers, 1))]
    return clustering.means(*zip(*more, strict=True), len(centers))


moved.slips = rows(
    ("old centre included", "The new centre is the mean of the points alone.",
     old_center_included),
    ("middle of the extremes", "Take the mean of all points of the cluster.",
     lambda points, assignment, start: middles(points, assignment, len(start))),
    ("not moved", "The centres move to the means of their points.",
     lambda centers: centers),
)  # fmt: skip


def middles(points, labels, count):
    of = [[p for p, l in zip(points, labels, strict=True) if l == k] for k in range(1, count + 1)]
    return [[rational(min(c) + max(c), 2) for c in columns(mine)] for mine in of]


moved.witness(lambda by_engine: by_engine[0][0])


@family.part(Real(digits=3))
def objective(points, assignment, moved):
    return clustering.objective(points, assignment, moved)


def not_squared(points, assignment, moved):
    pairs = zip(points, assignment, strict=True)
    return sum(sqrt(clustering.squared(p, moved[int(label) - 1])) for p, label in pairs)


objective.slips = rows(
    ("distances not squared", "The squares of the distances are added.", not_squared),
    ("before the move", "Take the distances to the centres as moved.",
     lambda points, assignment, centers: clustering.objective(points, assignment, centers)),
    ("mean", "The objective is the sum, not the mean.",
     lambda objective, points: objective * rational(1, len(points))),
)  # fmt: skip
objective.witness(lambda by_engine: by_engine[0][2])


@family.part(per_center, marks=2, levels=["medium", "hard"])
def final_centers(points, moved):
    return clustering.final(points, moved)


final_centers.slips = rows(
    ("stopped after one iteration", "Go on until no point changes its cluster.",
     lambda moved: moved),
    ("one iteration too few", "Go on until no point changes its cluster.",
     lambda path: path[-3] if len(path) > 3 else None),
)  # fmt: skip
final_centers.witness(lambda by_engine: by_engine[1][0])


@family.part(Real(digits=3), levels=["medium", "hard"])
def final_objective(points, final_centers):
    labels = clustering.assign(points, final_centers)
    return clustering.objective(points, labels, final_centers)


final_objective.slips = rows(
    ("first iteration", "Take the centres at the end.", lambda objective: objective),
    ("distances not squared", "The squares of the distances are added.",
     lambda points, final_centers:
         not_squared(points, clustering.assign(points, final_centers), final_centers)),
    ("mean", "The objective is the sum, not the mean.",
     lambda final_objective, points: final_objective * rational(1, len(points))),
)  # fmt: skip
final_objective.witness(lambda by_engine: by_engine[1][2])


@family.part(Real(digits=3), levels=["medium", "hard"])
def drawn_next(points, chosen, which):
    return clustering.draw_probability(points, chosen, which)


def by_distance(points, chosen, which):
    lengths = [min(sqrt(clustering.squared(p, points[i])) for i in chosen) for p in points]
    return lengths[which] / sum(lengths)


drawn_next.slips = rows(
    ("distances not squared", "The probability is proportional to the squared distance.",
     by_distance),
    ("all equally likely", "Far points are likelier than near ones.",
     lambda points, chosen: rational(1, len(points) - len(chosen))),
    ("first centre only", "The distance to the nearest centre counts.",
     lambda points, chosen, which:
         clustering.draw_probability(points, chosen[:1], which) if len(chosen) > 1 else None),
)  # fmt: skip


@drawn_next.witness
def _(points, chosen, which):
    """Every point as often in a hat as its squared distance says."""
    x = np.array(points)
    away = [np.square(x - x[int(i)]).sum(axis=1) for i in chosen]
    hat = np.repeat(np.arange(len(x)), np.minimum.reduce(away).astype(int))
    return np.mean(hat == which)


@family.part(Array(shape=(2,), digits=3), levels=["hard"])
def penalised(points, final_centers, penalty):
    return clustering.penalised_mean(of_first(points, final_centers), penalty)


def of_first(points, centers):
    labels = clustering.assign(points, centers)
    return [point for point, label in zip(points, labels, strict=True) if label == 1]


penalised.slips = rows(
    ("plain mean", "The penalty draws the centre towards 0.",
     lambda final_centers: final_centers[0]),
    ("mean shrunk", "The penalty stands beside the number of points: n + lambda.",
     lambda final_centers, penalty: final_centers[0] * rational(1, 1 + penalty)),
)  # fmt: skip


@penalised.witness
def _(by_engine, points, penalty):
    mine = np.array(points, dtype=float)[by_engine[1][1] == 0]
    return engine.least_squares(np.ones((len(mine), 1)), mine, penalty).squeeze()


@family.figure
def _(points):
    named = list(zip(points, LETTERS, strict=False))
    about = ", ".join(f"{letter} at ({x}, {y})" for (x, y), letter in named)
    marks = tuple(Mark(point, letter) for point, letter in named)
    return Plot(f"The points in the plane: {about}.", (), marks, "x_1", "x_2")


@family.derive
def first_members(points, path):
    return of_first(points, path[-1])


@family.derive
def members(steps, start):
    """The letters of every cluster after the first iteration."""
    named = list(zip(LETTERS, steps[0], strict=False))
    return [[letter for letter, label in named if label == k + 1] for k in range(len(start))]


@family.derive
def summed(first_members):
    return sum(first_members[1:], first_members[0])


@family.derive
def weights(points, chosen):
    return [min(clustering.squared(p, points[i]) for i in chosen) for p in points]


@family.derive
def steps(points, centers, path):
    """The labels that every iteration assigns, and those at the end."""
    return [clustering.assign(points, c) for c in (centers, *path)]


@family.working
def _():
    return {"letters": LETTERS, "squared": clustering.squared}
