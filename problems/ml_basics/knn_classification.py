"""Classification by the k nearest neighbours.

Trap: letting all points vote, or the nearest alone; the other metric; k = 1 cannot err in training.
Reference: Hastie, Tibshirani and Friedman (2009), section 13.3.
Source: S0-29, S0-30, S1-04, S1-05, S1-109.
"""

import numpy as np

from partialcredit.engine.classical import knn_predict
from partialcredit.family import Family, rows
from partialcredit.figures import Grid
from partialcredit.grading import Array, Integer, Order, Real, Text
from partialcredit.numbers.exact import sqrt
from partialcredit.solvers import nearest

family = Family(
    version=3,
    conventions=[
        "distances are {{ 'Manhattan distances, the sums of absolute differences of the "
        "coordinates' if p == 1 else 'Euclidean' }}",
        "{% if level == 'hard' %}of points equally far, the one earlier in the alphabet counts as "
        "nearer; of classes with equally many votes, the smaller number wins{% endif %}",
    ],
    hidden=["p"],
)

LETTERS = "ABCDEFGHIJ"

SIDE = 8

PLANE = [(x, y) for x in range(SIDE) for y in range(SIDE)]


def classes(draw, n):
    """Labels for n points, every class at least once."""
    return draw.shuffle([0, 1, 2, *draw.integers(n - 3, 0, 2)])


def suits(labels, near, wanted, level):
    """Whether the wanted class wins; only the hard level has a convention that breaks ties."""
    votes = [labels[i] for i in near]
    clear = level == "hard" or not (tied(votes) or tied(labels))
    return clear and nearest.majority(votes) == wanted


def tied(votes):
    *_, second, first = sorted(map(votes.count, range(3)))
    return first == second


@family.sample
def sample(draw):
    n, k = draw.by_level(
        (5, 3),
        (draw.choice([7, 9]), draw.choice([3, 5])),
        (draw.integer(7, 9), draw.integer(3, 5)),
    )
    p = draw.by_level(2, draw.integer(1, 2), draw.integer(1, 2))
    query = draw.choice([0, 1, 6, 7]), draw.choice([0, 1, 6, 7])
    found = {(0,): query}  # one point per distance
    for point in draw.shuffle(PLANE):
        found.setdefault(nearest.distances([point], query, p), point)
        if len(found) == n + 1:
            break
    del found[(0,)]
    points, wanted = tuple(found.values()), draw.integer(0, 2)
    near, labels = nearest.order(nearest.distances(points, query, p))[:k], classes(draw, n)
    while not suits(labels, near, wanted, draw.level):
        labels = classes(draw, n)
    parameters = {"points": points, "labels": labels, "query": query, "k": k, "p": p}
    if draw.level == "medium":
        N, Q, d = draw.integer(2, 90) * 100, draw.integer(2, 50), draw.integer(2, 30)
        parameters |= {"N": N, "Q": Q, "d": d}
    return parameters


@family.run
def norms(points, query, p):
    return np.linalg.norm(np.subtract(points, query), ord=p, axis=1) ** p


@family.part(lambda points: Array(shape=(len(points),)))
def distances(points, query, p):
    return nearest.distances(points, query, p)


def added_first(points, query):
    return [abs(sum(x - query)) for x in points]


distances.slips = rows(
    ("the other metric", "Read again which distance is asked for.",
     lambda points, query, p: nearest.distances(points, query, 3 - p)),
    ("differences not squared", "Square every difference before adding.",
     lambda points, query, p: added_first(points, query) if p == 2 else None),
    ("absolute value too late", "Take the absolute value of every difference.",
     lambda points, query, p: added_first(points, query) if p == 1 else None),
    ("Euclidean with its root", "The distance asked for adds the sizes of the differences.",
     lambda points, query, p: sqrt(nearest.distances(points, query, 2)) if p == 1 else None),
)  # fmt: skip
distances.witness(lambda norms: norms)


@family.part(lambda points: Order(steps=len(points)))
def neighbours(distances):
    return nearest.order(distances)


neighbours.slips = rows(
    ("farthest first", "Begin with the smallest distance.", lambda neighbours: neighbours[::-1]),
    ("distance from the origin", "Measure the distances from the query.",
     lambda points, p: nearest.order(nearest.distances(points, (0, 0), p))),
)  # fmt: skip


@neighbours.witness
def _(norms):
    nearer = [int(np.count_nonzero(norms < d - 0.5)) for d in norms]
    return tuple(map(nearer.index, range(len(norms))))


@family.part(Integer())
def label(neighbours, labels, k):
    return nearest.majority([labels[i] for i in neighbours[:k]])


label.slips = rows(
    ("nearest point only", "The k nearest points vote, not the nearest alone.",
     lambda neighbours, labels: labels[neighbours[0]]),
    ("all points voted", "Only the k nearest points vote, not all of them.",
     lambda labels: nearest.majority(labels)),
)  # fmt: skip
label.witness(lambda points, labels, query, k, p: predicted(points, labels, [query], k, p)[0])


@family.derive
def training_error(points, labels, p):
    return lambda k: nearest.error_rate(nearest.training_labels(points, labels, k, p), labels)


@family.derive
def left_out_error(points, labels, p):
    return lambda k: nearest.error_rate(nearest.left_out_labels(points, labels, k, p), labels)


@family.part(Array(shape=(2,), digits=3), levels=["medium", "hard"])
def training_errors(training_error, points):
    return (training_error(1), training_error(len(points)))


training_errors.slips = rows(
    ("left the point out", "A training point is its own nearest neighbour, at distance 0.",
     lambda left_out_error, training_errors: (left_out_error(1), training_errors[1])),
    ("share that is right", "The error counts the points classified wrongly.",
     lambda training_errors: 1 - training_errors),
    ("k exchanged", "The first number is for k = 1.",
     lambda training_errors: training_errors[::-1]),
    ("share that is right for all", "With all points as neighbours, the majority's share is right.",
     lambda training_errors: (training_errors[0], 1 - training_errors[1])),
    ("no training error at all", "With many neighbours the others outvote a point's own label.",
     lambda: (0, 0)),
)  # fmt: skip
training_errors.witness(
    lambda points, labels, p: [
        np.mean(predicted(points, labels, points, k, p) != labels) for k in (1, len(points))
    ]
)


@family.part(Real(digits=3), marks=2, levels=["hard"])
def left_out(left_out_error, k):
    return left_out_error(k)


left_out.slips = rows(
    ("training error", "Take a point out of the data before it is classified.",
     lambda training_error, k: training_error(k)),
    ("nearest point only", "The k nearest of the other points vote.",
     lambda left_out_error: left_out_error(1)),
    ("share that is right", "The error counts the points classified wrongly.",
     lambda left_out: 1 - left_out),
)  # fmt: skip


@left_out.witness
def _(points, labels, k, p):
    x, y = np.array(points, dtype=float), np.array(labels)
    apart = np.linalg.norm(x[:, None] - x, ord=p, axis=2)
    np.fill_diagonal(apart, np.inf)
    votes = (y == np.arange(3)[:, None])[:, np.argsort(apart, kind="stable")[:, :k]].sum(axis=2)
    return np.mean(votes.argmax(axis=0) != y)


@family.part(Integer(), levels=["medium"])
def work(N, Q, d):
    return nearest.distance_terms(N, Q, d)


work.slips = rows(
    ("distances counted", "Every distance takes a difference for each feature.",
     lambda N, Q: N * Q),
    ("one query only", "Every query is compared with the whole training set.", lambda N, d: N * d),
    ("queries and points added", "Every query meets every training point: multiply.",
     lambda N, Q, d: (N + Q) * d),
)  # fmt: skip
work.witness(lambda N, Q, d: np.broadcast(np.empty((Q, 1, d)), np.empty((1, N, d))).size)


@family.part(Integer(), levels=["medium"], after="work")
def memory(N, d):
    return nearest.stored_numbers(N, d)


memory.slips = rows(
    ("labels forgotten", "Each training point also keeps its class.", lambda N, d: N * d),
    ("one point only", "All training points have to be kept.", lambda d: d + 1),
)  # fmt: skip
memory.witness(lambda N, d: np.empty((N, d)).size + np.empty(N).size)


@family.part(Text(), marks=2, levels=["hard"], after="training_errors")
def useless():
    return (
        "It is 0 whatever the data are, because every training point is its own nearest neighbour, "
        "so it says nothing about new points."
    )


def predicted(points, labels, queries, k, p):
    x, q = np.array(points, dtype=float), np.array(queries, dtype=float)
    return knn_predict(x, np.array(labels), q, k=k, p=p)


@family.figure
def _(points, labels, query):
    marks = {x: f"{LETTERS[i]}_{labels[i]}" for i, x in enumerate(points)} | {query: "?"}
    return Grid(
        alt="The points in the plane, each with its class as an index, and the query as a question "
        "mark.",
        cells=tuple(
            tuple(marks.get((x, y), "") for x in range(SIDE)) for y in range(SIDE - 1, -1, -1)
        ),
    )


@family.working
def _(points, labels, neighbours, k, p):
    guesses = nearest.left_out_labels(points, labels, k, p)
    votes = [labels[i] for i in neighbours[:k]]
    others = [nearest.order(nearest.distances(points, x, p))[1 : k + 1] for x in points]
    return {
        "letters": LETTERS,
        "votes": [(LETTERS[i], labels[i]) for i in neighbours[:k]],
        "tied": tied(votes),
        "polls": [[(LETTERS[i], labels[i]) for i in near] for near in others],
        "common": nearest.majority(labels),
        "guesses": guesses,
        "guessed_wrong": sum(map(int.__ne__, guesses, labels)),
    }
