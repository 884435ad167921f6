"""Logistic models, margins, kernels, trees."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

#: Mails with the words free, meeting, link: spam and others; the new one has the first and third.
MAILS = {"sizes": (4, 6), "counts": ((3, 1, 2), (1, 4, 0)), "x": (1, 0, 1), "a": 1}

CASES = [
    Case(
        "classifiers/logistic_regression_step",
        "medium",
        {
            "X": ((1, 2, 1), (2, 0, 1), (-1, 1, 1), (0, -2, 1)),
            "y": (1, 1, 0, 0),
            "start": (0, 0, 0),
            "eta": rational(1),
            "penalty": 0,
            "query": 0,
        },
        {
            "gradient": "(-0.5, -0.375, 0)",
            "updated": "(0.5, 0.375, 0)",
            "new_loss": "0.396165",
        },
        {
            "gradient": [
                "(0.5, 0.375, 0)",
                "(-2, -1.5, 0)",
                "(-0.125, -0.09375, 0)",
                "(-0.75, -0.625, 0.5)",
            ],
            "updated": ["(-0.5, -0.375, 0)"],
            "new_loss": ["0.141298", "1.58466"],
        },
    ),
    Case(  # Newton's step from 0
        "classifiers/logistic_regression_step",
        "hard",
        {
            "X": ((0, 1), (1, 1), (2, 1)),
            "y": (0, 1, 1),
            "start": (rational(0), rational(0)),
            "eta": 0,
            "penalty": rational(0),
            "query": 0,
        },
        {
            "probabilities": "(1/2, 1/2, 1/2)",
            "penalised": "ln 2",
            "slopes": "(-1/2, -1/6)",
            "hessian": "((5/12, 1/4), (1/4, 1/4))",
            "newton": "(2, -4/3)",
        },
        {
            "hessian": ["((5/3, 1), (1, 1))", "((5/4, 3/4), (3/4, 3/4))"],
            "newton": ["(1/2, 1/6)", "(-2, 4/3)"],
        },
    ),
    Case(  # a published exam: the first split of its tree is the best
        "classifiers/decision_tree_split",
        "hard",
        {
            "points": (
                *((1, -1), (1, 1), (1, rational("2.5")), (2, -2)),
                *((2, 1), (2, 3), (5, -1), (5, -2)),
            ),
            "labels": (1, 1, 1, 0, 1, 1, 0, 0),
            "splits": ((0, rational("3.5")), (1, rational(0)), (0, rational("1.5"))),
            "best": 1,
            "targets": (1, 2, 6, 7),
            "cut": 2,
        },
        {
            "before": "0.954434",
            "remaining": "(0.487517, 0.405639, 0.606844)",
            "gain": "0.466917",
            "chosen": "B",
            "gini": "15/32",
            "gini_gain": "25/96",
            "training_error": "1/8",
            "reduction": "25/4",
        },
        {
            "before": ["0.661563", "0.423795", "0.46875", "3/8"],
            "remaining": ["(0.325011, 0.405639, 0.485475)", "(0.650022, 0.811278, 0.970951)"],
            "gain": ["0.487517", "0.629423"],
            "chosen": ["C", "A"],
            "gini": ["17/32", "0.954434"],
            "gini_gain": ["5/24"],
            "training_error": ["3/8", "7/8"],
            "reduction": ["6", "6.5"],
        },
    ),
    Case(
        "classifiers/logistic_odds_boundary",
        "easy",
        {"W": ((0,), (rational("0.5"),)), "b": (0, rational(-1)), "x": (4,), "step": 3},
        {"odds": "e", "probability": "0.731059", "factor": "exp(1.5)", "boundary": "2"},
        {
            "odds": ["1", "0.731059", "0.367879"],
            "factor": ["1.64872", "1.5", "1.26411"],
            "boundary": ["-2", "1"],
        },
    ),
    Case(
        "classifiers/logistic_odds_boundary",
        "medium",
        {"W": ((1, -1), (2, 1)), "b": (rational("0.5"), rational(-1)), "x": (1, 1), "step": 2},
        {
            "sigmoid": "(1, 2, -1.5)",
            "there": "0.817574",
            "multiplied": "exp(2)",
            "line": "-0.5",
        },
        {
            "sigmoid": ["(2, 1, -1)", "(-1, -2, 1.5)", "(3, 0, -0.5)", "(1, 2, -1)"],
            "there": ["4.48", "0.182", "1.5"],
            "multiplied": ["2", "exp(4)"],
            "line": ["0.5", "1.5", "-2"],
        },
    ),
    Case(
        "classifiers/logistic_odds_boundary",
        "hard",
        {
            "W": ((1, -1), (2, 1)),
            "b": (rational("0.5"), rational("-0.5")),
            "x": (1, 1),
            **{"old": rational("0.5"), "new": rational(1, 11), "K": 4, "d": 5},
        },
        {"intercept": "-1 - ln 10", "free": "18"},
        {"intercept": ["-2.70475", "1.30259", "-0.9"], "free": ["24", "15", "23"]},
    ),
    Case(
        "classifiers/naive_bayes_posterior",
        "medium",
        MAILS,
        {
            "rates": "((2/3, 1/3, 1/2), (1/4, 5/8, 1/8))",
            "joint": "(4/45, 9/1280)",
            "posterior": "1024/1105",
            "factors": "(6, 0.3, 7)",
        },
        {
            "rates": [
                "((3/4, 1/4, 1/2), (1/6, 2/3, 0))",
                "((4/5, 2/5, 3/5), (2/7, 5/7, 1/7))",
                "((2/3, 2/7, 3/4), (1/3, 5/7, 1/4))",
            ],
            "joint": ["(2/9, 3/256)", "(2/15, 3/160)"],
            "posterior": ["0.949907", "0.876712", "0.0888889", "12.642", "0.942739"],
            "factors": ["(8/3, 8/15, 4)", "(1/6, 10/3, 1/7)"],
        },
    ),
    Case(
        "classifiers/naive_bayes_posterior",
        "hard",
        {**MAILS, "d": 10, "C": 2},
        {
            "weights": "(ln 6, -1.20397, ln 7)",
            "intercept": "-1.20065",
            "opposite": "-2.40462",
            "parameters": "21",
        },
        {
            "weights": ["(0.980829, -0.628609, 1.38629)", "(-1.79176, 1.20397, -1.94591)"],
            "intercept": ["-0.405465", "-0.795180", "2.53702"],
            "opposite": ["2.53702", "-2.53702", "-1.20397"],
            "parameters": ["2047", "22", "20", "41"],
        },
    ),
]
