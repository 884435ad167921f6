"""Gradients through graphs and layers."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)

CASES = [
    Case(
        "backprop/affine_layer_backward",
        "medium",
        {"W": ((1, -1), (2, 0), (0, 1)), "X": ((1, 2),), "D": ((1, -1, 2),)},
        {"weights": "[[1, 2], [-1, -2], [2, 4]]", "inputs": "(-1, 1)", "biases": "(1, -1, 2)"},
        {
            "weights": [
                "[[1, -1, 2], [2, -2, 4]]",
                "[[1, -1], [-2, 0], [0, 2]]",
                "[[1, 2], [1, 2], [1, 2]]",
            ],
            "inputs": ["(3, 0)", "(2, 4)"],
            "biases": ["(1, 1, 1)", "(2, 2, 2)"],
        },
    ),
    # Square weights, where W and its transpose can be confused.
    Case(
        "backprop/affine_layer_backward",
        "easy",
        {"W": ((1, 2), (3, -1)), "X": ((2, 1),), "D": ((1, -2),)},
        {"weights": "[[2, 1], [-4, -2]]", "inputs": "(-5, 4)"},
        {"weights": ["[[-10, -5], [8, 4]]"], "inputs": ["(-3, 5)"]},
    ),
    # The loss is the mean over the batch.
    Case(
        "backprop/affine_layer_backward",
        "hard",
        {
            **{"W": ((1, 2, -1), (3, 1, 2)), "X": ((1, 2, 1), (2, -1, 3))},
            **{"D": ((2, -1), (1, 3)), "asked": "W", "size": (16, 5, 4)},
            "lines": ("X.T @ D / n", "D.T @ X", "D.T @ X / n", "D @ X.T / n"),
        },
        {
            "line": "C",
            "weights": "[[2, 1.5, 2.5], [2.5, -2.5, 4]]",
            "inputs": "[[-0.5, 1.5, -2], [5, 2.5, 2.5]]",
            "biases": "(1.5, 1)",
            "shape": "4x5",
            "zeros": "60",
        },
        {
            "line": ["A", "B", "D"],
            "weights": ["[[4, 3, 5], [5, -5, 8]]"],
            "inputs": ["[[-1, 3, -4], [10, 5, 5]]"],
            "biases": ["(3, 2)"],
            "shape": ["5x4", "16x4"],
            "zeros": ["0", "20", "80"],
        },
    ),
    Case(
        "backprop/autodiff_mode_cost",
        "easy",
        {"widths": (50, 50, 50, 50, 50, 1)},
        {"reverse": "10000", "forward": "377500", "ratio": "0.0265"},
        {"reverse": ["377500"], "forward": ["10000"], "ratio": ["37.75"]},
    ),
    # Cormen et al. (2009), section 15.2: six matrices, whose cheapest product takes 15,125.
    Case(
        "backprop/autodiff_mode_cost",
        "hard",
        {"widths": (30, 35, 15, 5, 10, 20, 25)},
        {"reverse": "47500", "forward": "40500", "ratio": "1.17", "sweeps": "25", "best": "15125"},
        {
            **{"reverse": ["25125"], "forward": ["25125"], "ratio": ["0.853"]},
            **{"sweeps": ["30", "1", "6"], "best": ["40500", "47500"]},
        },
    ),
    Case(
        "backprop/autoencoder_gradient",
        "hard",
        {
            "W": ((HALF, rational(-1, 5), rational(1, 10)),),
            "V": ((HALF,), (rational(-1, 5),), (rational(1, 10),)),
            **{"x": (1, 2, 0), "tied": True, "singular": (5, 3, 1), "k": 1},
        },
        {
            "code": "[0.1]",
            "error": "(-0.95, -2.02, 0.01)",
            "loss": "2.4915",
            "gradient": "[[-0.165, -0.342, 0.001]]",
            "best": "10",
        },
        {
            "error": ["(0.05, -0.02, 0.01)"],
            "loss": ["4.983"],
            "gradient": [
                "[[-0.095, -0.202, 0.001]]",
                "[[-0.07, -0.14, 0]]",
                "[[-0.33, -0.684, 0.002]]",
                "[[0.165, 0.342, -0.001]]",
            ],
            "best": ["25", "4"],
        },
    ),
    Case(
        "backprop/autoencoder_gradient",
        "medium",
        {
            "W": ((1, 2, -1), (1, 1, 1)),
            **{"V": ((1, 2), (-1, 1), (2, 1)), "x": (2, -1, 3), "tied": False},
        },
        {
            **{"code": "(-3, 4)", "error": "(3, 8, -5)", "loss": "49"},
            "decoder": "[[-9, 12], [-24, 32], [15, -20]]",
            "encoder": "[[-30, 15, -45], [18, -9, 27]]",
        },
        {
            "loss": ["98"],
            "decoder": ["[[-18, 24], [-48, 64], [30, -40]]", "[[-9, -24, 15], [12, 32, -20]]"],
            "encoder": ["[[48, -24, 72], [12, -6, 18]]", "[[-60, 30, -90], [36, -18, 54]]"],
        },
    ),
    Case(
        "backprop/gate_gradients",
        "easy",
        {"nodes": (("f", "multiply", "a", "b"),), "inputs": (2, -3), "upstream": (5,)},
        {"local": "(-3, 2)", "outgoing": "(-15, 10)"},
        {"local": ["(2, -3)"], "outgoing": ["(10, -15)", "(-3, 2)", "(5, 5)"]},
    ),
    Case(
        "backprop/gate_gradients",
        "easy",
        {"nodes": (("f", "maximum", "a", "b"),), "inputs": (4, 7), "upstream": (3,)},
        {"local": "(0, 1)", "outgoing": "(0, 3)"},
        {"local": ["(1, 1)"], "outgoing": ["(3, 3)"]},
    ),
    Case(
        "backprop/gate_gradients",
        "easy",
        {"nodes": (("f", "add", "a", "b"),), "inputs": (2, -3), "upstream": (5,)},
        {"local": "(1, 1)", "outgoing": "(5, 5)"},
        {"local": ["(2, -3)"], "outgoing": ["(10, -15)"]},
    ),
    # Equal inputs of the maximum: half of the gradient each.
    Case(
        "backprop/gate_gradients",
        "hard",
        {
            "nodes": (
                *(("q", "divide", "a", "b"), ("m", "maximum", "c", "d")),
                *(("p", "multiply", "q", "m"), ("r", "add", "q", "m")),
            ),
            **{"inputs": (6, 2, 4, 4), "upstream": (3, -2)},
        },
        {
            "local": "(0.5, -1.5, 0.5, 0.5, 4, 3, 1, 1)",
            "arriving": "(10, 7)",
            "outgoing": "(5, -15, 3.5, 3.5)",
            "formula": "-g a/b^2",
        },
        {
            "local": ["(0.5, -1.5, 1, 1, 4, 3, 1, 1)"],
            "arriving": ["(5, 4)", "(-2, -2)", "(12, 9)"],
            "outgoing": ["(5, -15, 7, 7)"],
            "formula": ["g a/b^2", "-g a/b", "g/b"],
        },
    ),
    # Column 1: the sum over 4 examples is 2, the weight 0.5 and lambda 0.1.
    Case(
        "backprop/gradient_accumulation_regularized",
        "medium",
        {
            "X": ((1, 2), (1, -1), (1, 1), (1, 2)),
            "Y": ((0,), (-1,), (0,), (3,)),
            "Theta": ((rational(1), HALF),),
            **{"lam": rational("0.1"), "inside": False, "eta": rational("0.1")},
        },
        {
            "errors": "[[2], [1.5], [1.5], [-1]]",
            **{"totals": "[[4, 2]]", "gradient": "[[1, 0.55]]", "updated": "[[0.9, 0.445]]"},
        },
        {
            "errors": ["[[-2], [-1.5], [-1.5], [1]]"],
            "totals": ["[[1, 0.5]]"],
            "gradient": [
                *("[[1, 0.5]]", "[[1, 0.5125]]", "[[4, 2.05]]", "[[0, 0.05]]"),
                *("[[1.1, 0.55]]", "[[1, 0.45]]"),
            ],
            "updated": ["[[1.1, 0.555]]", "[[0, -0.05]]", "[[0.6, 0.3]]"],
        },
    ),
    # With a second output, so that the biases can be added and the products exchanged.
    Case(
        "backprop/linear_network_collapse",
        "easy",
        {"weights": (((1, 0), (1, 1)), ((1, 2), (1, -1))), "biases": ((1, 2), (3, 2))},
        {"weight": "[[3, 2], [0, -1]]", "bias": "(8, 1)"},
        {
            "weight": ["[[1, 2], [2, 1]]", "[[3, 0], [2, -1]]", "[[2, 2], [2, 0]]"],
            "bias": ["(4, 4)", "(3, 2)", "(5, -1)"],
        },
    ),
    # Networks 10-3-8 and 10-8 have 65 and 88 parameters.
    Case(
        "backprop/linear_network_collapse",
        "hard",
        {
            "weights": (((1, 0, 1), (0, 1, 0)), ((1, 1), (0, 2)), ((1, 0), (0, 1), (1, 1))),
            **{"biases": ((1, 0), (0, 1), (1, 1, 0)), "widths": (10, 3, 8)},
        },
        {"parameters": "65", "collapsed": "88", "rank": "3"},
        {"parameters": ["54", "67"], "collapsed": ["80", "18"], "rank": ["10", "8", "21"]},
    ),
]
