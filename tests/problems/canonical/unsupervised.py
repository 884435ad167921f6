"""Clusters, mixtures and principal components."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

MIXTURE = {
    "x": (0, 1, 3),
    "weights": (rational("0.25"), rational("0.75")),
    "means": (0, 2),
    **{"K": 3, "D": 4},
}
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
    Case(
        "unsupervised/gmm_em_step",
        "easy",
        {
            "x": (1, 10, 20),
            "r": (rational(1), rational("0.4"), rational(0)),
            **{"K": 3, "D": 4, "kind": "isotropic"},
        },
        {
            "new_weights": "(7/15, 8/15)",
            "new_means": "(25/7, 65/4)",
            "new_variances": "(810/49, 375/16)",
            "parameters": "17",
        },
        {
            "new_weights": ["(1.4, 1.6)", "(1/3, 2/3)"],
            "new_means": ["(5/3, 26/3)"],
            "new_variances": ["(54/7, 25/2)", "(3922/63, 526/9)"],
            "parameters": ["18", "15"],
        },
    ),
    Case(
        "unsupervised/gmm_em_step",
        "medium",
        {**MIXTURE, "variances": (1, 1), "kind": "diagonal"},
        {"responsibilities": "(0.711235, 0.25, 0.00606817)", "moved": "0.27727"},
        {
            "responsibilities": [
                "(0.880797, 0.5, 0.0179862)",
                "(0.618185, 0.374948, 0.00686741)",
                "(0.288765, 0.75, 0.993932)",
            ]
        },
    ),
    Case(
        "unsupervised/gmm_em_step",
        "hard",
        {**MIXTURE, "variances": (1, 4), "kind": "full"},
        {
            "responsibilities": "(0.523616, 0.31422, 0.00832225)",
            "log_likelihood": "-5.32222",
            "parameters": "44",
        },
        {
            "responsibilities": ["(0.354661, 0.186394, 0.00417851)"],
            "log_likelihood": ["-18.365", "5.32222", "-1.77407"],
            "parameters": ["62", "45"],
        },
    ),
    Case(
        "unsupervised/pca_projection",
        "easy",
        {"points": ((11, 6), (-1, 0), (4, 5), (6, 1)), "divisor": 4},
        {
            "middle": "(5, 3)",
            "covariance": "((37/2, 8), (8, 13/2))",
            "eigenvalues": "(22.5, 2.5)",
            "explained": "0.9",
        },
        {
            "covariance": [
                "((43.5, 23), (23, 15.5))",
                "((24.6667, 10.6667), (10.6667, 8.66667))",
                "((74, 32), (32, 26))",
            ],
            "explained": ["0.75", "0.987805", "0.74", "1/9"],
        },
    ),
    Case(
        "unsupervised/pca_projection",
        "medium",
        {"points": ((11, 6), (-1, 0), (4, 5), (6, 1)), "divisor": 4, "query": (7, 7)},
        {
            "direction": "(2, 1)/sqrt(5)",
            "score": "8/sqrt(5)",
            "restored": "(8.2, 4.6)",
        },
        {
            "direction": ["(0.447214, -0.894427)", "(1, 0.5)", "(0.871765, 0.489925)"],
            "score": ["9.39149", "4"],
            "restored": ["(3.2, 1.6)"],
        },
    ),
    Case(
        "unsupervised/pca_projection",
        "hard",
        {
            "points": ((11, 6), (-1, 0), (4, 5), (6, 1)),
            "divisor": 3,
            "variances": (60, 30, 8, 1, 1, 0),
            "wanted": rational("0.95"),
        },
        {"eigenvalues": "(30, 10/3)", "error": "10", "needed": "3"},
        {"error": ["3.33333", "90"], "needed": ["2", "4"]},
    ),
]
