"""Clusters, mixtures and principal components."""

from tests.problems.canonical.case import Case

POINTS = ((0, 4), (3, 4), (1, 4), (5, 5), (2, 4), (6, 7))

CASES = [
    Case(
        "unsupervised/kmeans_step",
        "medium",
        {"points": POINTS, "start": (0, 1), "chosen": (0,), "which": 5, "penalty": 0},
        {
            "assignment": "(1, 2, 1, 2, 2, 2)",
            "moved": "((1/2, 4), (4, 5))",
            "objective": "16.5",
            "final_centers": "((3/2, 4), (11/2, 6))",
            "final_objective": "7.5",
            "drawn_next": "45/85",
        },
        {
            "assignment": ["(2, 1, 2, 1, 1, 1)"],
            "moved": ["((1/3, 4), (19/5, 24/5))", "((0, 4), (3, 4))"],
            "objective": ["8.47871", "25", "2.75"],
            "final_centers": ["((1/2, 4), (4, 5))"],
            "final_objective": ["16.5"],
            "drawn_next": ["0.2"],
        },
    ),
    Case(  # the penalty draws the centre of two points half-way to the origin
        "unsupervised/kmeans_step",
        "hard",
        {
            "points": ((5, 5), (0, 4), (1, 4), (2, 4), (6, 7), (3, 4), (-3, -2), (-4, -2)),
            "start": (0, 1, 6),
            "chosen": (0, 1),
            "which": 6,
            "penalty": 2,
        },
        {
            "final_centers": "((11/2, 6), (3/2, 4), (-7/2, -2))",
            "final_objective": "8",
            "penalised": "(11/4, 3)",
        },
        {"penalised": ["(5.5, 6)", "(1.83333, 2)"]},
    ),
]
