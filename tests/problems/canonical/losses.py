"""Cross-entropy, hinge and squared losses, and their gradients."""

from partialcredit.numbers.rationals import Rational, rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)


def tenths(*values: int) -> tuple[Rational, ...]:
    return tuple(rational(v, 10) for v in values)


CASES = [
    Case(
        "losses/class_weighting",
        "easy",
        {"counts": (900, 100), "z": (), "y": ()},
        {"weights": "(5/9, 5)", "ratio": "9", "class_total": "500"},
        {
            "weights": [
                "(0.9, 0.1)",
                "(1.111, 10)",
                "(5, 0.5556)",
                "(1.8, 0.2)",
                "(0.001111, 0.01)",
            ],
            "ratio": ["1/9", "4.444", "81"],
            "class_total": ["0.5556", "1000", "900"],
        },
    ),
    Case(  # the classes err in 1, 10 and 50 of a hundred examples
        "losses/class_weighting",
        "medium",
        {"counts": (900, 60, 40), "errors": (9, 6, 20), "z": (), "y": ()},
        {"error_rate": "0.035", "weighted_error_rate": "0.61/3"},
        {
            "error_rate": ["0.2033", "0.965"],
            "weighted_error_rate": ["0.035", "0.00926", "0.61"],
        },
    ),
    Case(
        "losses/class_weighting",
        "hard",
        {
            "counts": (50, 300, 650),
            "z": ((1, 0, -1), (2, 1, 0), (0, 1, 3)),
            "y": (1, 3, 2),
        },
        {
            "weights": "(6.667, 1.111, 0.5128)",
            "ratio": "13",
            "weighted_loss": "0.7675",
            "gradient": "(-0.2692, 0.1968, 0.07240)",
            "formula": "N/(C n)",
        },
        {
            "weighted_loss": ["2.121", "1.662", "0.7847"],
            "gradient": [
                "(-0.1116, 0.08158, 0.03001)",
                "(-2.232, 1.632, 0.6002)",
                "(0.2692, -0.1968, -0.07240)",
            ],
            "formula": ["C n/N", "N/n", "N n/C"],
        },
    ),
    Case(  # the first output, 1.1, is above 1 and has the wrong sign
        "losses/hinge_loss_gradient",
        "medium",
        {
            "W": (tenths(5, 2),),
            "b": tenths(1),
            "X": ((2, 0), (0, 2), (3, 1)),
            "y": (-1, 1, 1),
            "separator": (1, 2, -3),
        },
        {
            "zero_loss": "(1, 2, -3)",
            "margins": "(-1.1, 0.5, 1.8)",
            "loss": "2.6/3",
            "weight_gradient": "(2/3, -2/3)",
            "bias_gradient": "0",
        },
        {
            "margins": ["(1.1, 0.5, 1.8)", "(-1, 0.4, 1.7)", "(2.1, 0.5, -0.8)"],
            "loss": ["2.6", "1.3", "1.1/3", "0.6"],
            "weight_gradient": ["(0, -2/3)", "(2, -2)", "(-2/3, 2/3)", "(-1/3, -1)", "(2/3, 0)"],
            "bias_gradient": ["-1/3"],
        },
    ),
    Case(  # the scores of lecture 3 of CS231n, whose loss is 5.27
        "losses/hinge_loss_gradient",
        "hard",
        {
            "W": (tenths(-19, -10), tenths(-2, -26), tenths(37, -14)),
            "b": tenths(32, 51, -17),
            "X": ((0, 0), (1, 0), (0, 1)),
            "y": (1, 2, 3),
        },
        {
            "scores": "[[3.2, 5.1, -1.7], [1.3, 4.9, 2], [2.2, 2.5, -3.1]]",
            "class_loss": "5.267",
            "class_gradient": "[[0, 1/3], [0, 1/3], [0, -2/3]]",
            "class_bias_gradient": "(0, 2/3, -2/3)",
        },
        {
            "class_loss": ["15.8", "6.267", "3.167"],
            "class_gradient": [
                "[[0, 1], [0, 1], [0, -2]]",
                "[[0, -1/3], [0, -1/3], [0, 2/3]]",
                "[[0, 1/3], [0, 1/3], [0, -1/3]]",
            ],
            "class_bias_gradient": ["(0, 2, -2)", "(0, -2/3, 2/3)"],
        },
    ),
    Case(  # both residuals have size 1, so the clean loss is 1
        "losses/noisy_linear_regression",
        "medium",
        {
            "w": (1, 2),
            "b": 0,
            "X": ((1, 1), (2, -1)),
            "y": (4, 1),
            "sigma": HALF,
            "S": (),
            "x": (),
            "t": (),
        },
        {
            "second_moment": "[[0.25, 0], [0, 0.25]]",
            "clean": "1",
            "noisy": "2.25",
            "doubled": "6",
        },
        {
            "second_moment": [
                "[[0.5, 0], [0, 0.5]]",
                "[[0, 0], [0, 0]]",
                "[[0.25, 0.25], [0.25, 0.25]]",
            ],
            "clean": ["0.5", "2"],
            "noisy": ["3.5", "1.25", "1.559", "1", "3.25"],
            "doubled": ["4.5", "3.5"],
        },
    ),
    Case(
        "losses/noisy_linear_regression",
        "hard",
        {
            "w": (1, 2),
            "b": 0,
            "X": ((1, 1), (2, -1)),
            "y": (4, 1),
            "sigma": HALF,
            "S": (tenths(3, 1), tenths(1, 2)),
            "x": (1, 2, 3),
            "t": (2, 3, 7),
            "lam": HALF,
            "n": 8,
        },
        {
            "correlated": "2.5",
            "formula": "(w x - y)^2 + sigma^2 w^2",
            "best": "29/14.75",
            "equivalent": "0.25",
        },
        {
            "correlated": ["2.1", "2.3", "1"],
            "formula": ["(w x - y)^2 + sigma w^2", "(w x - y)^2 + sigma^2 w", "(w x - y)^2"],
            "best": ["2.071", "2.035", "1.871"],
            "equivalent": ["0.0625", "0.7071", "0.08839"],
        },
    ),
    Case(
        "losses/sigmoid_loss_gradient",
        "easy",
        {"z": (rational(-2),), "y": (1,)},
        {
            "cross_entropy_value": "ln(1 + e^2)",
            "squared_error_value": "0.7758",
            "by_cross_entropy": "-0.8808",
            "by_squared_error": "-0.1850",
        },
        {
            "cross_entropy_value": ["-2.127", "0.1269"],
            "squared_error_value": ["0.3879", "9"],
            "by_cross_entropy": ["0.8808", "-0.1850", "-0.09248", "-8.389"],
            "by_squared_error": ["-1.762", "-0.09248", "0.1850"],
        },
    ),
    Case(
        "losses/sigmoid_loss_gradient",
        "medium",
        {"z": (rational(2), rational(-1), HALF), "y": (1, 0, 0)},
        {
            "cross_entropy_value": "1.414",
            "squared_error_value": "0.1580",
            "by_cross_entropy": "(-0.1192, 0.2689, 0.6225)",
            "by_squared_error": "(-0.008344, 0.03525, 0.09752)",
        },
        {
            "cross_entropy_value": ["-1.160", "0.4714"],
            "squared_error_value": ["0.4740"],
            "by_cross_entropy": [
                "(0.1192, -0.2689, -0.6225)",
                "(-1.135, 1.368, 2.649)",
                "(-0.01252, 0.05288, 0.1463)",
                "(-0.008344, 0.03525, 0.09752)",
            ],
            "by_squared_error": [
                "(-0.02503, 0.1058, 0.2926)",
                "(-0.07947, 0.1793, 0.4150)",
                "(-0.004172, 0.01763, 0.04876)",
            ],
        },
    ),
    Case(
        "losses/sigmoid_loss_gradient",
        "hard",
        {
            "z": (rational(-10),),
            "y": (1,),
            "label": 1,
            "direction": -1,
            "saturated": (
                "both gradients go to 0",
                "only the gradient of MSE stays away from 0",
                "only the gradient of CE stays away from 0",
                "both gradients stay away from 0",
            ),
        },
        {
            "cross_entropy_value": "ln(1 + e^10)",
            "squared_error_value": "0.9999",
            "by_squared_error": "-0.00009079",
            "ratio": "11014",
            "formula": "1/(2 sigma(z) (1 - sigma(z)))",
            "limit": "c",
        },
        {
            "ratio": ["0.00009079", "22028"],
            "formula": ["2 sigma(z) (1 - sigma(z))", "1/(sigma(z) (1 - sigma(z)))"],
            "limit": ["a", "b", "d"],
        },
    ),
]
