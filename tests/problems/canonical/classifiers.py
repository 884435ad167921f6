"""Logistic models, margins, kernels, trees."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

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
]
