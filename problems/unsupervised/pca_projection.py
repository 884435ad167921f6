"""Principal components of a few points.

Trap: points not centred, directions not normalised, roots for variances.
Reference: Pearson (1901); Bishop (2006), section 12.1; Baldi and Hornik (1989).
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.figures import Mark, Plot
from partialcredit.grading import Array, Integer, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector, each
from partialcredit.solvers import components, singular

family = Family(
    conventions=[
        "the covariance matrix divides by {{ 'the number of points' if divisor == points|length "
        "else 'one less than the number of points' }}",
        "{% if level != 'easy' %}the first principal direction is the unit vector along which the "
        "variance is largest, with a positive first entry{% endif %}",
    ],
    hidden=["divisor"],
)

AXES = [((2, 1), (-1, 2)), ((1, 2), (2, -1)), ((3, 1), (-1, 3)), ((1, 1), (1, -1)),
        ((3, 2), (-2, 3)), ((2, -1), (1, 2)), ((1, -3), (3, 1)), ((1, -1), (1, 1))]  # fmt: skip

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    center = Vector((draw.nonzero(-6, 6), draw.nonzero(-6, 6)))
    if draw.level == "hard":
        points = draw.sample([(x, y) for x in range(-4, 9) for y in range(-4, 9)], 5)
    else:
        u, v = map(Vector, draw.choice(AXES))
        a, b = draw.choice([(2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)])
        points = draw.shuffle([center + a * u, center - a * u, center + b * v, center - b * v])
    shared = {"points": points, "divisor": len(points) - (draw.level == "hard")}
    if draw.level == "easy":
        return shared
    if draw.level == "medium":
        return shared | {"query": center + Vector(draw.integers(2, -5, 5))}
    sizes = sorted(draw.integers(6, 1, 40, distinct=True), reverse=True)
    return shared | {"variances": sizes, "wanted": draw.decimal("0.8", "0.85", "0.9", "0.95")}


@family.derive
def center(points):
    return components.mean(points)


@family.derive
def spread(points, center, divisor):
    return components.covariance(points, center, divisor)


@family.condition
def _(spread):
    """Two directions that can be told apart, neither of them an axis."""
    (a, b), (_, c) = spread
    return b != 0 and a != c and 9 * (a + c) ** 2 > 100 * (a * c - b * b) / 3


@family.run
def fitted(points):
    return engine.pca(np.array(points, dtype=float), 2)


PAIR = Array(shape=(2,), digits=3)


@family.part(PAIR, levels=["easy"])
def middle(points):
    return components.mean(points)


middle.slips = rows(
    ("not divided", "Divide by the number of points.", lambda middle, points: len(points) * middle),
    ("coordinates exchanged", "The first entry is the mean of the first coordinates.",
     lambda middle: middle[::-1]),
)  # fmt: skip
middle.witness(lambda fitted: fitted[2])


@family.part(Array(shape=(2, 2), digits=3), marks=2)
def covariance(points, center, divisor):
    return components.covariance(points, center, divisor)


covariance.slips = rows(
    ("not centred", "Subtract the mean from the points first.",
     lambda points, divisor: components.covariance(points, Vector((0, 0)), divisor)),
    ("the other divisor", "Read again what the covariance divides by.",
     lambda covariance, points, divisor:
         covariance * rational(divisor, len(points) - (divisor == len(points)))),
    ("not divided", "Divide the sums of products.",
     lambda covariance, divisor: covariance * divisor),
    ("covariances forgotten", "Entries beside the diagonal are means of products.",
     lambda covariance: ((covariance[0][0], 0), (0, covariance[1][1]))),
)  # fmt: skip
covariance.witness(
    lambda points, divisor: np.cov(np.array(points, dtype=float).T, ddof=len(points) - divisor)
)


@family.part(PAIR, marks=2)
def eigenvalues(covariance):
    return singular.eigenvalues(covariance)


eigenvalues.slips = rows(
    ("the diagonal", "These are the variances along the axes.",
     lambda covariance: sorted((covariance[0][0], covariance[1][1]), reverse=True)),
    ("standard deviations", "The eigenvalues are the variances.",
     lambda eigenvalues: each(sqrt, eigenvalues)),
    ("smaller first", "The larger variance comes first.", lambda eigenvalues: eigenvalues[::-1]),
    ("trace not halved", "The eigenvalues add up to the trace.",
     lambda eigenvalues: 2 * eigenvalues),
)  # fmt: skip
eigenvalues.witness(lambda fitted, points, divisor: fitted[1] * (len(points) - 1) / divisor)


def along_the_axes(covariance):
    (a, _), (_, c) = covariance
    return max(a, c) * (1 / rational(a + c))


@family.part(Real(digits=3), levels=["easy", "hard"])
def explained(eigenvalues):
    return components.explained(eigenvalues)


explained.slips = rows(
    ("roots compared", "Variances are compared, not standard deviations.",
     lambda eigenvalues: components.explained(each(sqrt, eigenvalues))),
    ("squares compared", "The eigenvalues are variances already.",
     lambda eigenvalues: components.explained(eigenvalues**2)),
    ("along the axes", "Take the eigenvalues, not the variances along the axes.",
     lambda covariance: along_the_axes(covariance)),
    ("second component", "The first component has the larger share.",
     lambda explained: 1 - explained),
    ("ratio", "Divide by the sum of the variances.",
     lambda eigenvalues: eigenvalues[1] / eigenvalues[0]),
)  # fmt: skip
explained.witness(lambda fitted: fitted[1][0] / fitted[1].sum())


@family.part(PAIR, levels=LATER)
def direction(covariance, eigenvalues):
    return components.direction(covariance, eigenvalues[0])


direction.slips = rows(
    ("second direction", "Take the larger eigenvalue.",
     lambda covariance, eigenvalues: components.direction(covariance, eigenvalues[1])),
    ("not normalised", "Give a unit vector.",
     lambda direction: direction / direction[0]),
    ("coordinates exchanged", "Put the vector into S u = lambda u.",
     lambda direction: direction[::-1] if direction[1] > 0 else -direction[::-1]),
    ("not centred", "Subtract the mean from the points first.",
     lambda points: uncentred(points)),
)  # fmt: skip


def uncentred(points):
    S = components.covariance(points, Vector((0, 0)), 1)
    return components.direction(S, singular.eigenvalues(S)[0]) if S[0][1] else None


direction.witness(lambda fitted: fitted[0][0])


@family.part(Real(digits=3), levels=["medium"])
def score(query, center, direction):
    return components.score(query, center, direction)


score.slips = rows(
    ("not centred", "Subtract the mean from the point.",
     lambda query, direction: components.score(query, Vector((0, 0)), direction)),
    ("direction not normalised", "Use the unit vector.",
     lambda score, direction: score / direction[0]),
    ("sign", "Subtract the mean from the point, not the point from the mean.",
     lambda score: -score),
)  # fmt: skip


@family.run
def projected(fitted, query):
    """The score by least squares along the first component."""
    first, _, mean = fitted
    return engine.least_squares(first[:1].T, np.array(query) - mean)[0]


score.witness(lambda projected: projected)


@family.part(PAIR, levels=["medium"])
def restored(score, center, direction):
    return components.reconstruction(score, center, direction)


restored.slips = rows(
    ("mean not added", "Add the mean again.", lambda score, direction: score * direction),
    ("the point itself", "What lies across the direction is lost.", lambda query: query),
    ("mean subtracted", "Add the mean again.",
     lambda score, center, direction: score * direction - center),
)  # fmt: skip
restored.witness(lambda fitted, projected: fitted[2] + projected * fitted[0][0])


@family.part(Real(digits=3), levels=["hard"])
def error(eigenvalues, divisor):
    return components.lost(eigenvalues, divisor)


error.slips = rows(
    ("variance", "The errors of all points are added.", lambda eigenvalues: eigenvalues[1]),
    ("what is kept", "What is lost is asked for.",
     lambda eigenvalues, divisor: divisor * eigenvalues[0]),
    ("number of points", "The variances divide by one less than the number of points.",
     lambda eigenvalues, points: len(points) * eigenvalues[1]),
)  # fmt: skip


@error.witness
def _(fitted, points):
    """Run the projection."""
    first, _, mean = fitted
    away = np.array(points) - mean
    return np.square(away - np.outer(away @ first[0], first[0])).sum()


@family.part(Integer(), levels=["hard"])
def needed(variances, wanted):
    return components.components_needed(variances, wanted)


needed.slips = rows(
    ("one too few", "These explain less than is wanted.", lambda needed: needed - 1),
    ("one too many", "One component fewer is enough.", lambda needed: needed + 1),
    ("standard deviations", "Variances add up, standard deviations do not.",
     lambda variances, wanted:
         components.components_needed(each(sqrt, Vector(map(rational, variances))), wanted)),
)  # fmt: skip
needed.witness(
    lambda variances, wanted: np.argmax(np.cumsum(variances) >= wanted * np.sum(variances)) + 1
)


@family.figure
def _(points):
    about = ", ".join(f"({x}, {y})" for x, y in points)
    marks = tuple(Mark(point) for point in points)
    return Plot(f"The points in the plane: {about}.", (), marks, "x_1", "x_2")


@family.derive
def centred(points, center):
    return [point - center for point in points]


@family.derive
def sums(variances):
    return [sum(variances[:n]) for n in range(len(variances) + 1)]


@family.working
def _(covariance):
    (a, b), (_, c) = covariance
    return {"trace": a + c, "det": a * c - b * b, "root": sqrt((a - c) ** 2 + 4 * b * b)}
