"""Penalties, weight decay, dropout and early stopping."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

CASES = [
    Case(
        "regularization/dropout_expectation",
        "easy",
        {"p": rational("0.2"), "kept": 0, "N": 5, "k": 2, "h": rational(2)},
        {"networks": "32", "keeping": "10", "factor": "1.25", "output": "2.5", "survivors": "4"},
        {
            "networks": ["25", "10", "31"],
            "factor": ["5", "0.8"],
            "output": ["2", "1.6", "10"],
            "survivors": ["1"],
        },
    ),
    Case(
        "regularization/dropout_expectation",
        "hard",
        {"p": rational("0.5"), "kept": 1, "w": (4, -1, 1), "h": (1, 1, 1), "mask": (1, 0, 1)},
        {
            "masked": "10",
            "expected": "4",
            "variance": "18",
            "unscaled_variance": "4.5",
            "formula": "a^2 (1 - q)/q",
        },
        {
            "masked": ["5"],
            "expected": ["2", "8"],
            "variance": ["4.5", "36", "0"],
            "unscaled_variance": ["18"],
            "formula": ["a^2 q (1 - q)", "a^2/q"],
        },
    ),
    # Goodfellow et al. (2016), section 7.12: p for the mean of a unit that is kept with chance p.
    Case(
        "regularization/dropout_expectation",
        "medium",
        {
            **{"p": rational("0.2"), "kept": 0, "w": (1, 2, 3, -1), "h": (1, 1, 1, 1)},
            "mask": (1, 1, 0, 0),
        },
        {"masked": "3.75", "expected": "5", "unscaled": "4"},
        {
            "masked": ["3", "15", "2.5"],
            "expected": ["4", "6.25"],
            "unscaled": ["1", "5"],
        },
    ),
    # Epochs are counted from 1 here.
    Case(
        "regularization/early_stopping",
        "medium",
        {
            "errors": tuple(rational(n, 100) for n in (90, 70, 60, 62, 61, 65, 50)),
            "training": tuple(rational(n, 100) for n in (60, 55, 50, 45, 40, 35, 30)),
            **{"patience": 3, "delta": rational(0)},
        },
        {"stop_epoch": "6", "returned": "3", "error": "0.6"},
        {"stop_epoch": ["5", "7"], "returned": ["7", "6", "2", "4"], "error": ["0.65", "0.5"]},
    ),
    Case(
        "regularization/early_stopping",
        "easy",
        {
            "errors": tuple(rational(n, 100) for n in (90, 70, 60, 62, 61, 65)),
            "training": tuple(rational(n, 100) for n in (60, 55, 50, 45, 40, 35)),
            **{"patience": 3, "delta": rational(0)},
        },
        {"best_epoch": "3", "best_error": "0.6", "in_vain": "3"},
        {"best_epoch": ["6", "2"], "best_error": ["0.5", "0.65", "0.35"], "in_vain": ["4"]},
    ),
    Case(
        "regularization/early_stopping",
        "hard",
        {
            "errors": tuple(rational(n, 100) for n in (90, 70, 69, 71, 73, 72, 50)),
            "training": tuple(rational(n, 100) for n in (60, 55, 50, 45, 40, 35, 30)),
            **{"patience": 2, "delta": rational("0.02")},
        },
        {"stop_epoch": "4", "returned": "2", "error": "0.7", "missed": "0.2"},
        {"stop_epoch": ["5", "3", "7"], "error": ["0.71", "0.5"], "missed": ["0", "0.21"]},
    ),
    Case(
        "regularization/l1_soft_threshold",
        "easy",
        {
            **{
                "w": (rational("1.5"), rational("-0.3"), 0, rational(-2)),
                "g": (rational(1), rational(1), rational(1), rational(1)),
            },
            **{"eta": rational("0.1"), "t": rational("0.5")},
        },
        {
            "subgradient": "[0.5, -0.5, 0, -0.5]",
            "updated": "[1.35, -0.35, -0.1, -2.05]",
        },
        {
            "subgradient": [
                *("[0.75, -0.15, 0, -1]", "[0.5, 0.5, 0, 0.5]", "[1, -1, 0, -1]"),
                "[0.5, -0.5, 0.5, -0.5]",
            ],
            "updated": [
                *("[1.325, -0.385, -0.1, -2]", "[1.4, -0.4, -0.1, -2.1]"),
                "[1.45, -0.45, -0.1, -2.15]",
            ],
        },
    ),
    # The first three entries are the catalogue's.
    Case(
        "regularization/l1_soft_threshold",
        "medium",
        {
            "v": (
                rational("1.5"),
                rational("-0.3"),
                rational(-2),
                rational("0.8"),
                rational("0.4"),
            ),
            "t": rational("0.5"),
        },
        {
            "proximal": "[1, 0, -1.5, 0.3, 0]",
            "zero": "2",
            "scaled": "[1, -0.2, -1.333, 0.5333, 0.2667]",
        },
        {
            "proximal": [
                *("[1.5, 0, -2, 0.8, 0]", "[1, -0.2, -4/3, 8/15, 4/15]"),
                *("[1, -0.8, -2.5, 0.3, -0.1]", "[1, 0.2, -1.5, 0.3, -0.1]"),
            ],
            "zero": ["3", "0"],
            "scaled": ["[1, 0, -1.5, 0.3, 0]", "[0.75, -0.15, -1, 0.4, 0.2]"],
        },
    ),
    Case(
        "regularization/l1_soft_threshold",
        "hard",
        {
            "X": ((1, 1, 1), (1, -1, 1), (1, 1, -1), (1, -1, -1)),
            **{"y": (4, 2, -1, -3), "t": rational("1.5")},
        },
        {
            **{"least_squares": "[1, 2, 5]", "lasso": "[0, 0.5, 3.5]", "ridge": "[0.4, 0.8, 2]"},
            **{"two_gone": "2", "empty": "5"},
        },
        {
            "least_squares": ["[2, 4, 10]", "[0.25, 0.5, 1.25]"],
            "lasso": ["[0, 2, 5]", "[0.4, 0.8, 2]", "[-0.5, 0.5, 3.5]", "[0.25, 1.25, 4.25]"],
            "ridge": ["[0, 0.5, 3.5]", "[-0.5, -1, -2.5]"],
            **{"two_gone": ["1", "5"], "empty": ["1"]},
        },
    ),
    # The penalty without its strength: the catalogue's values divided by alpha = 0.1.
    Case(
        "regularization/parameter_norm_penalty",
        "easy",
        {"w": (3, -4)},
        {"half_square": "12.5", "absolute": "7", "norm": "5"},
        {
            "half_square": ["2.5", "25", "7"],
            "absolute": ["-1", "5"],
            "norm": ["25", "7", "3.536"],
        },
    ),
    Case(
        "regularization/parameter_norm_penalty",
        "medium",
        {
            "w": (2, -1, 2),
            "alpha": rational("0.1"),
            "J": rational(1),
            "g": (rational(1), rational(1), rational(1)),
        },
        {
            **{"half_square": "4.5", "loss": "1.45"},
            **{"gradient": "[1.2, 0.9, 1.2]", "absolute_gradient": "[1.1, 0.9, 1.1]"},
        },
        {
            "loss": ["5.5", "1.9", "0.45"],
            "gradient": ["[1.4, 0.8, 1.4]", "[3, 0, 3]", "[1, 1, 1]"],
            "absolute_gradient": ["[1.2, 0.9, 1.2]", "[1.1, 1.1, 1.1]", "[2, 0, 2]"],
        },
    ),
    Case(
        "regularization/parameter_norm_penalty",
        "hard",
        {
            **{
                "alpha": rational("0.1"),
                "J": rational(1),
                "w": (1, 2, 2),
                "first": (1, 2, 2),
                "second": (2, 2, -2),
            },
            "g": ((rational(1), rational(1), rational(1)), (rational(0), rational(0), rational(1))),
        },
        {
            **{"norm": "3", "tie": "8.5", "tied_loss": "1.85"},
            "tied_gradient": "[[0.9, 1, 1.4], [0.1, 0, 0.6]]",
            "group_gradient": "[1.033, 1.067, 1.067]",
        },
        {
            "tie": ["17", "10.5", "-1.5", "sqrt(17)/2"],
            "tied_loss": ["9.5", "2.7"],
            "tied_gradient": [
                *("[[0.9, 1, 1.4], [-0.1, 0, 1.4]]", "[[1.1, 1.2, 1.2], [0.2, 0.2, 0.8]]"),
                "[[0.8, 1, 1.8], [0.2, 0, 0.2]]",
            ],
            "group_gradient": ["[1.1, 1.2, 1.2]", "[1.1, 1.1, 1.1]"],
        },
    ),
    Case(
        "regularization/weight_decay_update",
        "easy",
        {"w": 2, "g": rational("0.5"), "eta": rational("0.1"), "alpha": rational("0.2")},
        {"gradient": "0.9", "updated": "1.91", "factor": "0.98"},
        {
            "gradient": ["1.3", "0.5", "0.1"],
            "updated": ["1.55", "1.75", "1.87", "1.95"],
            "factor": ["0.8", "0.9", "0.96"],
        },
    ),
    # 0.98^10 = 0.81707; half is passed after ln 2 / -ln 0.98 = 34.3 steps.
    Case(
        "regularization/weight_decay_update",
        "hard",
        {
            **{
                "w": (2, 1, -1),
                "g": (rational("0.5"), rational(0), rational(10)),
                "eta": rational("0.1"),
            },
            **{"alpha": rational("0.2"), "k": 10, "mu": rational("0.9"), "share": rational("0.5")},
        },
        {
            "updated": "[1.91, 0.98, -1.98]",
            "remaining": "[1.634, 0.8171, -0.8171]",
            "formula": "(1 - eta alpha)^k w_0",
            "enough": "35",
        },
        {
            "updated": ["[1.911, 0.98, -1.96]"],
            "remaining": ["[1.6, 0.8, -0.8]", "[0.2147, 0.1074, -0.1074]", "[1.96, 0.98, -0.98]"],
            "formula": ["(1 - alpha)^k w_0", "(1 - k eta alpha) w_0"],
            "enough": ["34", "26"],
        },
    ),
]
