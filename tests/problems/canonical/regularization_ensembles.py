"""Bagging, ensembles and data augmentation."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

CASES = [
    Case(
        "regularization/bootstrap_sampling",
        "easy",
        {"N": 5, "n": 3, "K": 10},
        {"ordered": "125", "unordered": "35", "present": "0.488"},
        {"ordered": ["243", "60", "15"], "unordered": ["10", "125"], "present": ["0.512"]},
    ),
    Case(
        "regularization/bootstrap_sampling",
        "medium",
        {"N": 5, "n": 3, "K": 10},
        {"draws": "30"},
        {"draws": ["3", "50"]},
    ),
    Case(
        "regularization/bootstrap_sampling",
        "medium",
        {"N": 4, "n": 4, "K": 10},
        {"present": "0.6836", "distinct": "2.734", "out_of_bag": "3.164"},
        {
            "present": ["0.6321", "1", "0.25", "0.3164", "0.3679"],
            "distinct": ["4", "1.266"],
            "out_of_bag": ["6.836", "0.3164"],
        },
    ),
    # Breiman (1996): about 37 % of the data are not in a bootstrap sample.
    Case(
        "regularization/bootstrap_sampling",
        "hard",
        {"N": 100, "n": 100, "K": 50, "c": rational(1)},
        {"formula": "1 - (1 - 1/N)^n", "present": "0.6340", "limit": "0.6321"},
        {"formula": ["(1 - 1/N)^n", "n/N", "1 - 1/N^n"], "limit": ["0.3679", "1"]},
    ),
    Case(
        "regularization/data_augmentation_count",
        "easy",
        {"H": 8, "W": 8, "h": 5, "w": 5, "s": 1, "images": 100},
        {"positions": "16", "flipped": "32", "training_set": "3200"},
        {"positions": ["9", "8"], "flipped": ["18", "16", "10"], "training_set": ["32", "132"]},
    ),
    # Krizhevsky et al. (2012), section 4.1, count 2048 = 2 * 32^2 crops; there are 2 * 33^2.
    Case(
        "regularization/data_augmentation_count",
        "easy",
        {"H": 256, "W": 256, "h": 224, "w": 224, "s": 1, "images": 1000},
        {"positions": "1089", "flipped": "2178"},
        {"positions": ["1024", "66"], "flipped": ["2048", "1089"]},
    ),
    # The same paper averages over ten patches at test time.
    Case(
        "regularization/data_augmentation_count",
        "hard",
        {
            **{"H": 8, "W": 8, "h": 5, "w": 5, "s": 1, "images": 100},
            **{"turns": 4, "axes": 2, "epochs": 1, "tested": 100},
        },
        {"orientations": "8", "all_variants": "128", "seen": "1", "passes": "1000"},
        {
            "orientations": ["4", "16", "7"],
            "all_variants": ["16", "24"],
            "passes": ["500", "100"],
        },
    ),
    Case(
        "regularization/ensemble_error",
        "easy",
        {"v": rational(2), "K": 5, "m": 3},
        {"independent": "0.4", "identical": "2", "needed": "9"},
        {
            "independent": ["2", "0.8944", "10", "1.6"],
            "identical": ["0.4", "0"],
            "needed": ["3", "6"],
        },
    ),
    Case(
        "regularization/ensemble_error",
        "medium",
        {"v": rational(2), "K": 5, "c": rational("0.6"), "rate": rational("0.2")},
        {"mean_square": "0.88", "saved": "0.44", "limit": "0.6", "majority": "0.05792"},
        {
            "majority": ["0.00032", "0.2", "0.6723"],
            "mean_square": ["0.4", "0.6", "2", "1.6"],
            "saved": ["0.56", "2.273"],
            "limit": ["0", "1.4"],
        },
    ),
    Case(
        "regularization/ensemble_error",
        "hard",
        {"v": rational(2), "K": 5, "c": rational("0.6"), "target": rational("0.9")},
        {"formula": "v/K + (K - 1) c/K", "mean_square": "0.88", "enough": "5"},
        {"formula": ["v/K", "v/K + c"], "enough": ["4", "3"]},
    ),
]
