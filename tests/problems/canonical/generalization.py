"""Test sets, learning curves, cross-validation, bias and variance."""

from partialcredit.numbers.rationals import rational
from partialcredit.problems.generalization.learning_curve_diagnosis import REMEDIES
from tests.problems.canonical.case import Case

Z = rational("1.96")


def hundredths(*counts):
    return tuple(rational(n, 100) for n in counts)


def percent(*tenths):
    return tuple(rational(n, 10) for n in tenths)


CASES = [
    Case(
        "generalization/test_set_precision",
        "easy",
        {"n": 400, "right": 360, "confidence": 95, "z": Z, "times": 4},
        {"error": "0.015", "interval": "[0.8706, 0.9294]", "larger": "0.0075"},
        {
            "error": ["0.3", "0.000225", "0.00075", "0.0474342"],
            "interval": ["[0.885, 0.915]", "[0.8853, 0.9147]"],
            "larger": ["0.00375", "0.03", "0.015"],
        },
    ),
    Case(  # a published homework: 840 for one model
        "generalization/test_set_precision",
        "medium",
        {
            "n": 400,
            "right": 360,
            "confidence": 95,
            "z": Z,
            "h": rational("0.02"),
            "epsilon": rational("0.05"),
            "delta": rational("0.03"),
        },
        {"needed": "865", "worst": "2401", "one_model": "840"},
        {
            "needed": ["30", "3458", "225"],
            "worst": ["865", "9604"],
            "one_model": ["702", "1680", "365"],
        },
    ),
    Case(  # and 1761 for a hundred
        "generalization/test_set_precision",
        "hard",
        {
            "n": 400,
            "epsilon": rational("0.05"),
            "delta": rational("0.03"),
            "M": 100,
            "first": 24,
            "second": 12,
        },
        {"one_model": "840", "many_models": "1761", "bound": "0.10490", "signs": "2"},
        {
            "many_models": ["84000", "840", "1623"],
            "bound": ["0.0110", "0.07245"],
            "signs": ["0.6", "1/3"],
        },
    ),
    Case(
        "generalization/learning_curve_diagnosis",
        "easy",
        {
            "errors": percent(8, 21, 69),
            "training": percent(10, 20, 48, 70, 120),
            "validation": percent(90, 82, 71, 76, 124),
        },
        {"bias": "1.3", "variance": "4.8", "penalty": "C"},
        {"bias": ["2.1", "0.8", "6.1"], "variance": ["6.9", "6.1"], "penalty": ["A", "E"]},
    ),
    Case(
        "generalization/learning_curve_diagnosis",
        "medium",
        {"errors": percent(8, 21, 69, 80, 86), "problem": 1, "remedies": REMEDIES},
        {"bias": "1.3", "variance": "4.8", "mismatch": "1.1", "main": "B", "remedy": "B"},
        {
            "variance": ["5.9", "6.9"],
            "mismatch": ["0.6", "5.9"],
            "main": ["D", "A"],
            "remedy": ["A", "C", "D"],
        },
    ),
    Case(  # the curves of a published exam question
        "generalization/learning_curve_diagnosis",
        "hard",
        {
            "sizes": (400, 1600),
            "errors": (rational("0.2"), rational("0.14")),
            "larger": 6400,
            "target": rational("0.098"),
            "curves": tuple(
                tuple(map(rational, c))
                for c in (("0.3", "0.28"), ("0.34", "0.2"), ("0.45", "0.17"))
            ),
        },
        {"floor": "0.08", "predicted": "0.11", "needed": "17778", "order": "C B A"},
        {
            "floor": ["0.12", "0.14"],
            "predicted": ["0.05", "0.0875", "0.03"],
            "needed": ["134", "1666", "17777"],
            "order": ["A B C"],
        },
    ),
    Case(  # the folds of a published exam
        "generalization/cross_validation_error",
        "easy",
        {"x": (0, 1, 2, 3), "y": (1, 3, 2, 6), "folds": hundredths(15, 30, 10, 20, 25)},
        {
            "predictions": "(11/3, 3, 10/3, 2)",
            "constant": "56/9",
            "fold_mean": "0.2",
            "uncertainty": "0.0353553",
        },
        {
            "predictions": ["(3, 3, 3, 3)"],
            "constant": ["3.5", "24.8889", "8.2963"],
            "uncertainty": ["0.0790569", "0.0158114", "0.0316228"],
        },
    ),
    Case(
        "generalization/cross_validation_error",
        "hard",
        {"x": (0, 1, 2, 3), "y": (1, 3, 2, 6), "penalty": 2},
        {"training": "1.05", "left_out": "1765/441", "ridge": "3.65028"},
        {
            "training": ["3.5", "4.2"],
            "left_out": ["1.05", "56/9", "1.89048"],
            "ridge": ["1.51367"],
        },
    ),
    Case(
        "generalization/bias_variance_decomposition",
        "easy",
        {"x": (-1, 0, 2), "targets": (1, 0, 4), "noise": 0},
        {"central": "5/3", "bias": "26/9", "variance": "13/18", "error": "65/18"},
        {
            "bias": ["14/9", "65/18", "26/3"],
            "variance": ["13/12", "0.849837", "26/9"],
            "error": ["26/9"],
        },
    ),
    Case(
        "generalization/bias_variance_decomposition",
        "medium",
        {"x": (-1, 0, 2), "targets": (1, 0, 4), "noise": 0},
        {"means": "(0, 2/3, 2)", "variance": "98/27"},
        {"means": ["(1, 0, 4)", "(5/3, 5/3, 5/3)"]},
    ),
    Case(
        "generalization/bias_variance_decomposition",
        "hard",
        {"x": (-1, 0, 2), "targets": (1, 0, 4), "noise": rational("1.5")},
        {
            "bias": "26/9",
            "error": "503/72",
            "shrunk": "(1-c)^2 mu^2 + c^2 sigma^2/n",
            "best": "mu^2/(mu^2 + sigma^2/n)",
        },
        {
            "error": ["341/72", "449/72"],
            "variance": ["13/18"],
            "shrunk": ["(1-c)^2 mu^2 + c sigma^2/n", "(1-c)^2 mu^2 + c^2 sigma^2"],
            "best": ["mu^2/(mu^2 + sigma^2)"],
        },
    ),
]
