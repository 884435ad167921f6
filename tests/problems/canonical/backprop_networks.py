"""Gradients through networks: deltas, paths, difference quotients, ReLU and scalar graphs."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)

CASES = [
    Case(
        "backprop/mlp_delta_backprop",
        "medium",
        {
            **{"x": ((1, 2),), "y": (1,), "activation": "sigmoid", "eta": HALF},
            "weights": (((HALF, -HALF), (-1, 1)), ((1, -1),)),
        },
        {
            "activations": "(0.3775, 0.7311, 0.4125)",
            "deltas": "(-0.1381, 0.1155, -0.5875)",
            "gradient": "[[-0.1381, -0.2761], [0.1155, 0.2310]]",
            "updated": "[[0.5690, -0.3619], [-1.058, 0.8845]]",
        },
        {
            "deltas": [
                "(0.1381, -0.1155, 0.5875)",
                "(-0.5875, 0.5875, -0.5875)",
                "(-0.03346, 0.02799, -0.1424)",
            ],
            "gradient": [
                "[[0.1381, 0.2761], [-0.1155, -0.2310]]",
                "[[-0.5875, -1.175], [0.5875, 1.175]]",
                "[[-0.03346, -0.06692], [0.02799, 0.05598]]",
                "[[-0.1381, 0.1155], [-0.2761, 0.2310]]",
            ],
            "updated": ["[[0.4310, -0.6381], [-0.9422, 1.116]]"],
        },
    ),
    # Two hidden layers, and the mean over a batch of two.
    Case(
        "backprop/mlp_delta_backprop",
        "hard",
        {
            **{"x": ((1,), (-2,)), "y": (0, 1), "activation": "tanh", "eta": HALF},
            "weights": (((HALF,), (-1,)), ((1, HALF), (-HALF, 1)), ((1, -1),)),
        },
        {
            "activations": "[[0.4621, -0.7616, 0.08114, -0.7585, 0.6984],"
            " [-0.7616, 0.9640, -0.2725, 0.8728, 0.2413]]",
            "deltas": "[[0.6623, 0.02112, 0.6938, -0.2966, 0.6984],"
            " [-0.3329, -0.01204, -0.7023, 0.1807, -0.7587]]",
            **{"gradient": "[[0.6640], [0.02260]]", "updated": "[[0.1680], [-1.011]]"},
            "formula": "(a - y) theta_2 h (1 - h) x",
        },
        {
            "gradient": ["[[1.328], [0.04521]]"],
            "updated": ["[[0.8320], [-0.9887]]"],
            "formula": [
                "(y - a) theta_2 h (1 - h) x",
                "(a - y) theta_2 x",
                "(a - y) a (1 - a) theta_2 h (1 - h) x",
            ],
        },
    ),
    Case(
        "backprop/multipath_gradient",
        "easy",
        {
            "nodes": (("u", "multiply", "x", "y"), ("v", "square", "x"), ("f", "add", "u", "v")),
            **{"letters": "xy", "inputs": (3, 2)},
        },
        {"contributions": "(2, 6)", "total": "8"},
        {"contributions": ["(3, 6)"], "total": ["2", "6", "12", "4"]},
    ),
    # f = w (w (w x) + y) + z has the derivative 3 w^2 x + y with respect to w.
    Case(
        "backprop/multipath_gradient",
        "hard",
        {
            "nodes": (
                *(("h", "multiply", "w", "x"), ("p", "multiply", "w", "h"), ("q", "add", "p", "y")),
                *(("r", "multiply", "w", "q"), ("f", "add", "r", "z")),
            ),
            **{"letters": "wxyz", "inputs": (2, 3, -1, 4)},
        },
        {"contributions": "(12, 12, 11)", "total": "35", "formula": "3 w^2 x + y"},
        {"total": ["12", "11", "1584", "35/3"], "formula": ["w^2 x", "w^2 x + y/3"]},
    ),
    Case(
        "backprop/numerical_gradient_check",
        "easy",
        {"f": (1, 0, 0), "x": 2, "h": rational("0.1")},
        {"forward": "12.61", "central": "12.01", "exact": "12"},
        {"forward": ["12.01", "12"], "central": ["12.61", "12", "24.02"], "exact": ["8"]},
    ),
    Case(
        "backprop/numerical_gradient_check",
        "medium",
        {"f": (1, 0, 0), "x": 2, "h": rational("0.1"), "rule": "central"},
        {"relative": "8.326e-4", "order": "b"},
        {"relative": ["0.01", "4.165e-4"], "order": ["a", "c"]},
    ),
    # A network 4-3-2 has 23 parameters; the best step is the cube root of u/(2C).
    Case(
        "backprop/numerical_gradient_check",
        "hard",
        {
            **{"f": (1, 0, 0), "x": 2, "h": rational("0.1"), "finer": 2},
            **{"C": 2, "k": 9, "widths": (4, 3, 2)},
        },
        {"shrunk": "0.25", "step": "6.300e-4", "passes": "46"},
        {
            "shrunk": ["0.5", "0.125", "4"],
            "step": ["7.937e-4", "0.001", "1e-9"],
            "passes": ["23", "24", "36"],
        },
    ),
    Case(
        "backprop/relu_layer_backward",
        "medium",
        {
            **{"X": ((1, 2),), "W": ((1, 1), (-2, HALF)), "b": (HALF, -HALF)},
            **{"Z": ((0, 1),), "slope": 0},
        },
        {
            **{"preactivation": "(3.5, -1.5)", "loss": "13.25", "delta": "(7, 0)"},
            **{"weights": "[[7, 14], [0, 0]]", "biases": "(7, 0)", "inputs": "(7, 7)"},
        },
        {
            "preactivation": ["(3, -1)"],
            "loss": ["6.625", "18.5"],
            "delta": ["(7, -2)", "(3.5, 0)", "(-7, 0)"],
            "weights": [
                *("[[7, 14], [-2, -4]]", "[[3.5, 7], [0, 0]]"),
                *("[[7, 0], [14, 0]]", "[[-7, -14], [0, 0]]"),
            ],
            "biases": ["(7, -2)"],
            "inputs": ["(11, 6)", "(7, -14)"],
        },
    ),
    Case(
        "backprop/scalar_graph_backprop",
        "easy",
        {
            "inputs": (2, 3, 1),
            "nodes": (("u", "add", "x", "y"), ("f", "multiply", "u", "z")),
            "eta": rational("0.1"),
        },
        {
            **{"forward": "(5, 5)", "gradient": "(1, 1, 5)"},
            **{"step": "(1.9, 2.9, 0.5)", "value_after": "2.4"},
        },
        {
            "gradient": ["(2, 3, 5)", "(5, 5, 1)", "(5, 5, 5)"],
            "step": ["(2.1, 3.1, 1.5)", "(1, 2, -4)"],
            "value_after": ["2.3", "5"],
        },
    ),
    # The two graphs of the course CS231n (Stanford), notes on backpropagation.
    Case(
        "backprop/scalar_graph_backprop",
        "easy",
        {
            "inputs": (-2, 5, -4),
            "nodes": (("u", "add", "x", "y"), ("f", "multiply", "u", "z")),
            "eta": rational("0.1"),
        },
        {"forward": "(3, -12)", "gradient": "(-4, -4, 3)"},
        {"gradient": ["(1, 1, 3)", "(3, 3, -4)", "(8, -20, 3)"]},
    ),
    Case(
        "backprop/scalar_graph_backprop",
        "medium",
        {
            "inputs": (2, -1, 3),
            "nodes": (("u", "multiply", "x", "y"), ("v", "add", "u", "z"), ("f", "sigmoid", "v")),
            "eta": rational("0.1"),
        },
        {
            "forward": "(-2, 1, 0.7311)",
            "gradient": "(-0.1966, 0.3932, 0.1966)",
            **{"step": "(2.020, -1.039, 2.980)", "value_after": "0.7071"},
        },
        {
            "gradient": ["(0.3932, -0.1966, 0.1966)", "(-1, 2, 1)"],
            "step": ["(1.980, -0.9607, 3.020)", "(2.197, -1.393, 2.803)"],
            "value_after": ["0.7079", "0.7311"],
        },
    ),
    # f = (x + y)^3 / (x z)^2
    Case(
        "backprop/scalar_graph_backprop",
        "hard",
        {
            "inputs": (1, 2, 3),
            "nodes": (
                *(("u", "add", "x", "y"), ("v", "multiply", "x", "z"), ("r", "divide", "u", "v")),
                *(("s", "square", "r"), ("f", "multiply", "s", "u")),
            ),
            "eta": rational("0.1"),
        },
        {
            **{"forward": "(3, 3, 1, 1, 3)", "gradient": "(-3, 3, -2)"},
            **{"formula": "3(x + y)^2/(x z)^2 - 2(x + y)^3/(x^3 z^2)", "step": "(1.3, 1.7, 3.2)"},
        },
        {"step": ["(0.7, 2.3, 2.8)", "(4, -1, 5)"]},
    ),
]
