"""Activations in pieces, sigmoid against tanh, and slopes that are multiplied along a chain."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)

STATEMENTS = (
    "The slope of the parametric ReLU (PReLU) is learned with the weights.",
    "The slope of the leaky ReLU is learned with the weights.",
    "With $\\alpha = 1$ ELU is $\\max(e^x - 1, x)$ for all $x$.",
)

CASES = [
    Case(
        "activations/piecewise_activation_definition",
        "easy",
        {"v": (rational(1), rational(-1), rational(-2)), "alpha": rational(1), "x": rational(1)}
        | {"statements": STATEMENTS},
        {
            "elu": "(1, -0.6321, -0.8647)",
            "max_form": "(1.718, -0.6321, -0.8647)",
            "largest_alpha": "1/(e - 1)",
        },
        {
            "elu": [
                "(1.718, -0.6321, -0.8647)",
                "(1.718, -1, -2)",
                "(1, 0.6321, 0.8647)",
                "(1, 0.3679, 0.1353)",
            ],
            "max_form": ["(1, -0.6321, -0.8647)", "(1, -1, -2)"],
            "largest_alpha": ["1.718", "1/e", "1"],
        },
    ),
    Case(
        "activations/piecewise_activation_definition",
        "easy",
        {"v": (rational(1), rational(-1), rational(-2)), "alpha": rational(2), "x": rational(1)}
        | {"statements": STATEMENTS},
        {"elu": "(1, -1.264, -1.729)", "max_form": "(3.437, -1, -1.729)"},
        {"elu": ["(3.437, -1, -1.729)", "(3.437, -1.264, -1.729)", "(1, -0.6321, -0.8647)"]},
    ),
    Case(
        "activations/piecewise_activation_definition",
        "medium",
        {
            "v": (rational(-1), rational(2), rational(-3)),
            "p": HALF,
            "q": rational(2),
            "x": rational(1),
            "statements": (
                "The slope of the parametric ReLU (PReLU) is learned with the weights.",
                "The slope of the leaky ReLU is learned with the weights.",
                "With $\\alpha = 1$ ELU is $\\max(e^x - 1, x)$ for all $x$.",
            ),
        },
        {"branches": "(-2, 1, -6)", "valid": "(-oo, 1/2]", "judged": "T F F"},
        {
            "branches": ["(-0.5, 4, -1.5)", "(-0.5, 1, -1.5)", "(0, 1, 0)"],
            "valid": ["[1/2, oo)", "(-oo, 1]", "[0, 1/2]"],
            "judged": ["F T T", "T T T", "T F T", "F F F"],
        },
    ),
    Case(
        "activations/piecewise_activation_definition",
        "hard",
        {
            "v": (rational(-1), rational(2), rational(-3)),
            "t": (rational(0), rational(1), rational(1)),
            "a": rational(1, 4),
            "eta": rational(1, 10),
            "w": (rational(2), -HALF),
            "b": (rational(1), rational(6)),
            "x": rational(1),
            "statements": (
                "Maxout with two linear pieces can compute $\\lvert x \\rvert$.",
                "ELU with $\\alpha = 2$ has the slope 1 on both sides of 0.",
                "The slope of the leaky ReLU is learned with the weights.",
            ),
        },
        {
            "slope_gradient": "5.5",
            "new_slope": "-0.3",
            "input_gradient": "(-0.0625, 1, -0.4375)",
            "kink": "2",
            "largest": "5.5",
            "judged": "T F F",
        },
        {
            "slope_gradient": ["4.5", "-2", "11", "-5.5"],
            "new_slope": ["0.8", "0.25", "-5.25"],
            "input_gradient": ["(-0.25, 1, -1.75)", "(0, 1, 0)", "(0.0625, -1, 0.4375)"],
            "kink": ["-2", "0.5", "-0.5"],
            "largest": ["3", "8.5"],
        },
    ),
    Case(
        "activations/saturating_gradient_product",
        "easy",
        {"z": (rational(0), rational(1), rational(-2)), "L": 5, "w": 1, "m": 0, "k": 0},
        {"product": "0.005161", "bound": "1/1024", "loss_against_bound": "3.028"},
        {
            "product": ["0.04357", "0.5516", "1/64", "0.3442"],
            "bound": ["0.03125", "1.25", "0.25", "0.05", "1/256"],
            "loss_against_bound": ["0.3303", "0.1892", "0.01046"],
        },
    ),
    Case(
        "activations/saturating_gradient_product",
        "medium",
        {
            "z": (rational(1), rational(0), rational(0), rational(-2)),
            "L": 5,
            "w": rational(2),
            "m": 3,
            "k": 0,
        },
        {"depth": "5", "weighted_bound": "1/32", "weight": "5.086"},
        {
            "depth": ["10", "4", "3"],
            "weighted_bound": ["1", "1/1024", "1/512", "2.5"],
            "weight": ["4", "0.1966", "1.368"],
        },
    ),
    Case(
        "activations/saturating_gradient_product",
        "hard",
        {
            "z": (rational(0), rational(1), rational(-2)),
            "L": 5,
            "w": rational(2),
            "m": 0,
            "k": 3,
            "weights": (rational(2), rational(3, 2), rational(-4)),
            "chains": (
                "sigmoid units with weights 3",
                "tanh units with weights 0.5",
                "ReLU units with weights 1 and a positive input",
                "ReLU units with weights 0.5 and a positive input",
                "sigmoid units with weights 1",
            ),
        },
        {
            "weighted_product": "-0.06193",
            "weighted_depth": "10",
            "formula": "(w/4)^L",
            "lasting": "c",
        },
        {
            "weighted_product": ["0.005161", "-12", "-0.03096"],
            "weighted_depth": ["5", "9"],
            "formula": ["(w/2)^L", "w/4^L", "w L/4"],
            "lasting": ["a", "b", "d", "e"],
        },
    ),
    Case(
        "activations/sigmoid_tanh_identity",
        "easy",
        {
            "W": (),
            "b": (),
            "x": rational(1),
            "options": (
                "$2 \\sigma(x) - 1$",
                "$2 \\sigma(2x) - 1$",
                "$\\sigma(2x)$",
                "$2 \\sigma(2x) + 1$",
                "$1 - 2 \\sigma(2x)$",
            ),
        },
        {"identity": "b", "doubled_sigmoid": "0.8808", "value": "0.7616", "half": "0.4621"},
        {
            "identity": ["a", "c", "d", "e"],
            "doubled_sigmoid": ["0.7311", "1.462", "0.1192"],
            "value": ["0.4621", "0.8808", "1.762", "2.762"],
            "half": ["0.7616", "0.3808"],
        },
    ),
    Case(
        "activations/sigmoid_tanh_identity",
        "medium",
        {
            "A": rational(1),
            "k": rational(2),
            "B": rational(1),
            "m": rational(1),
            "x": HALF,
            "W": (),
            "b": (),
        },
        {
            "from_tanh": "(2, 4, -1)",
            "from_sigmoid": "(1/2, 1/2, 1/2)",
            "check": "tanh(1)",
            "slope": "4 s (1 - s)",
        },
        {
            "from_tanh": ["(2, 2, -1)", "(2, 4, 1)", "(1, 4, -1/2)"],
            "from_sigmoid": ["(1/2, 1, 1/2)", "(1/2, 2, 1/2)", "(1/2, 1/2, -1/2)"],
            "check": ["0.4621"],
            "slope": ["s (1 - s)", "2 s (1 - s)", "1 - s^2"],
        },
    ),
    Case(  # Bishop (2006), exercise 5.1: weights doubled, and the shifts in the output bias
        "activations/sigmoid_tanh_identity",
        "hard",
        {
            "W": ((rational(1), rational(2)), (rational(-1), rational(1))),
            "b": (HALF, rational(-1)),
            "v": (rational(2), rational(-3)),
            "c": rational(1),
            "options": (
                "$2 \\sigma(x) - 1$",
                "$2 \\sigma(2x) - 1$",
                "$\\sigma(2x)$",
                "$2 \\sigma(2x) + 1$",
                "$1 - 2 \\sigma(2x)$",
            ),
            "x": (HALF, HALF),
        },
        {
            "identity": "B",
            "hidden_weights": "[[2, 4], [-2, 2]]",
            "hidden_biases": "(1, -2)",
            "output_weights": "(4, -6)",
            "output_bias": "2",
            "output": "2 tanh(2) + 3 tanh(1) + 1",
        },
        {
            "hidden_weights": ["[[1, 2], [-1, 1]]", "[[0.5, 1], [-0.5, 0.5]]"],
            "hidden_biases": ["(0.5, -1)", "(0, -3)"],
            "output_weights": ["(2, -3)", "(1, -1.5)"],
            "output_bias": ["1", "0", "3"],
            "output": ["1.955", "8"],
        },
    ),
]
