"""Least squares, ridge regression, and means and covariances of affine maps."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

PLAIN = ((1, 0), (1, 1), (1, 2))

CASES = [
    Case(
        "linear_algebra/affine_covariance",
        "easy",
        {"S": ((4,),), "mu": (2,), "A": ((-3,),), "b": (5,)},
        {"mean": "-1", "spread": "36", "deviation": "6"},
        {"mean": ["-6", "7"], "spread": ["-12", "41"], "deviation": ["36", "3.464"]},
    ),
    Case(
        "linear_algebra/affine_covariance",
        "medium",
        {
            "S": ((2, 1), (1, 3)),
            "mu": (1, 2),
            "A": ((1, 2), (0, 1)),
            "b": (5, 5),
            "s": 3,
            "t": 2,
            "u": (1, -1),
        },
        {"mean": "(10, 7)", "spread": "[[18, 7], [7, 3]]", "projected": "7", "scaled": "9"},
        {
            "mean": ["(5, 2)", "(6, 7)", "(6, 9)"],
            "spread": [
                "[[2, 5], [5, 15]]",
                "[[4, 7], [1, 3]]",
                "[[2, 4], [0, 3]]",
                "[[43, 32], [32, 28]]",
            ],
            "projected": ["21", "35"],
            "scaled": ["3", "6"],
        },
    ),
    Case(
        "linear_algebra/affine_covariance",
        "hard",
        {
            "S": ((2, 1), (1, 3)),
            "mu": (1, 2),
            "A": ((1, 2), (0, 1), (1, 0)),
            "b": (1, 1, 1),
            "s": -2,
            "t": 3,
            "u": (1, 0, -1),
        },
        {
            "mean": "(6, 3, 2)",
            "spread": "[[18, 7, 4], [7, 3, 1], [4, 1, 2]]",
            "projected": "12",
            "total": "23",
            "scaled": "4",
        },
        {
            "mean": ["(5, 2, 1)"],
            "spread": ["[[14, 6, 2], [6, 3, 0], [2, 0, 2]]", "[[19, 8, 5], [8, 4, 2], [5, 2, 3]]"],
            "projected": ["20", "47"],
            "total": ["47", "5"],
            "scaled": ["-2", "-6", "36"],
        },
    ),
    Case(
        "linear_algebra/least_squares_normal_equations",
        "medium",
        {
            "features": ((0,), (1,), (2,), (3,)),
            "degree": 1,
            "y": (1, 3, 4, 8),
            "query": (6,),
            "guess": (1, -1),
            "third": (),
            "place": 0,
        },
        {
            "design": "[[1, 0], [1, 1], [1, 2], [1, 3]]",
            "normal": "[[4, 6], [6, 14]]",
            "theta": "(0.7, 2.2)",
            "prediction": "13.9",
            "cost": "0.9",
            "gradient": "(-18, -43)",
        },
        {
            "design": ["[[0, 0], [0, 1], [0, 2], [0, 3]]", "[[0, 1], [1, 1], [2, 1], [3, 1]]"],
            "normal": ["[[16, 24], [24, 36]]", "[[1, 6], [6, 14]]"],
            "theta": ["(2.2, 0.7)", "(0, 2.5)", "(16, 35)", "(1, 2.333)"],
            "prediction": ["13.2", "6.4"],
            "cost": ["1.8", "0.225", "1.1"],
            "gradient": ["(18, 43)", "(-36, -86)", "(-16, -35)"],
        },
    ),
    Case(  # y = 1 + 2 u - v exactly; the third feature is 2 + u + 3 v
        "linear_algebra/least_squares_normal_equations",
        "hard",
        {
            "features": ((0, 0), (1, 0), (0, 1), (2, 1), (1, 2)),
            "degree": 1,
            "y": (1, 3, 0, 4, 1),
            "query": (6, 7),
            "guess": (1, 1, 1),
            "third": (2, 3, 5, 9),
            "place": 3,
            "unit": rational(254, 100),
        },
        {"theta": "(1, 2, -1)", "prediction": "6", "rescaled": "2/2.54", "dependent": "7"},
        {
            "theta": ["(-1, 2, 1)", "(9, 12, 6)"],
            "prediction": ["5"],
            "rescaled": ["5.08", "2"],
            "dependent": ["5", "2", "0"],
        },
    ),
    Case(
        "linear_algebra/multioutput_least_squares",
        "medium",
        {"X": ((1, 2, 3), (1, 1, 1)), "Y": ((2, 3, 5), (1, 0, 1)), "W": ((1, -1), (2, 1))},
        {
            "loss": "41",
            "gradient": "[[-15, -7], [30, 13]]",
            "best": "[[1.5, 0.3333], [0, 0.6667]]",
        },
        {
            "loss": ["82", "13.67"],
            "gradient": [
                "[[-30, -14], [60, 26]]",
                "[[15, 7], [-30, -13]]",
                "[[-15, 30], [-7, 13]]",
                "[[-23, -10], [-4, -2]]",
            ],
            "best": [
                "[[1.5, 0], [0.3333, 0.6667]]",
                "[[7.5, -13.67], [3, -5.333]]",
                "[[23, 10], [4, 2]]",
            ],
        },
    ),
    Case(
        "linear_algebra/multioutput_least_squares",
        "hard",
        {"X": ((1, 2, 3), (1, 1, 1)), "Y": ((2, 3, 5), (1, 0, 1)), "W": ((1, -1), (2, 1))},
        {"terms": "(20, -23, 44)"},
        {"terms": ["(20, 23, 44)", "(20, -11.5, 44)", "(40, -23, 88)"]},
    ),
    Case(
        "linear_algebra/ridge_regression_closed_form",
        "easy",
        {"X": PLAIN, "y": (1, 2, 2), "lam": rational(1), "free": False},
        {"system": "[[4, 3], [3, 6]]", "theta": "(0.8, 0.6)"},
        {
            "system": ["[[3, 3], [3, 5]]", "[[6, 3], [3, 8]]", "[[2, 3], [3, 4]]"],
            "theta": ["(1.167, 0.5)", "(0.5641, 0.5385)", "(-2, 3)", "(5, 6)"],
        },
    ),
    Case(
        "linear_algebra/ridge_regression_closed_form",
        "medium",
        {
            "X": PLAIN,
            "y": (1, 2, 2),
            "lam": rational(1),
            "free": False,
            "sigma": rational(1, 10),
        },
        {"theta": "(0.8, 0.6)", "unpenalised": "(7/6, 1/2)", "noise": "0.03"},
        {"unpenalised": ["(0, 0)", "(5, 6)"], "noise": ["0.01", "0.3", "0.015"]},
    ),
    Case(  # the line through the same points with a third column, its intercept free
        "linear_algebra/ridge_regression_closed_form",
        "hard",
        {
            "X": ((1, 0, 1), (1, 1, 0), (1, 2, -1), (1, 3, 1), (1, 1, 2)),
            "y": (1, 2, 2, 5, 3),
            "lam": rational(1),
            "free": True,
            "sigma": rational(1, 2),
        },
        {
            "system": "[[5, 7, 3], [7, 16, 3], [3, 3, 8]]",
            "theta": "(0.8054, 1.043, 0.5568)",
            "crushed": "(2.6, 0, 0)",
            "formula": "q/(p + lambda)",
            "noise": "1.25",
        },
        {
            "system": ["[[6, 7, 3], [7, 16, 3], [3, 3, 8]]"],
            "theta": [
                "(0.4901, 1.168, 0.6283)",
                "(0.375, 1.281, 0.7188)",
                "(1.585, 0.6023, 0.2865)",
                "(-0.3333, 1.667, 1)",
            ],
            "crushed": ["(0, 0, 0)", "(13, 0, 0)", "(0.375, 1.281, 0.7188)"],
            "formula": ["q/p", "q/(p - lambda)", "q/(p + 2lambda)"],
            "noise": ["0.25", "2.5", "0.625"],
        },
    ),
]
