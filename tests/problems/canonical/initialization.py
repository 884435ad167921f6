"""Initial weights, and what deep stacks of layers do to signals and gradients."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

QUARTER = rational(1, 4)

CASES = [
    Case(
        "initialization/gradient_clipping",
        "easy",
        {"g": (3, 4), "b": (), "c": rational(1), "short": ()},
        {"norm": "5", "factor": "0.2", "clipped": "(0.6, 0.8)"},
        {
            **{"norm": ["7", "25"], "factor": ["0.1429", "0.04", "5", "1"]},
            "clipped": ["(0.4286, 0.5714)", "(1, 1)", "(3, 4)", "(0.12, 0.16)"],
        },
    ),
    # The short gradient has the norm 0.7 and stays as it is.
    Case(
        "initialization/gradient_clipping",
        "medium",
        {
            **{"g": (3, 0, 4), "b": (), "c": rational(1)},
            "short": (rational(1, 5), rational(-3, 10), rational(3, 5)),
        },
        {"clipped": "(0.6, 0, 0.8)", "second": "(0.2, -0.3, 0.6)"},
        {"second": ["(0.2857, -0.4286, 0.8571)", "(0.04, -0.06, 0.12)"]},
    ),
    # Norms of 5 and of 10 root 2, together 15.
    Case(
        "initialization/gradient_clipping",
        "hard",
        {
            **{"g": ((1, 2), (2, 4)), "b": (10, 10), "c": rational(3)},
            **{"short": (), "eta": rational("0.1")},
        },
        {
            **{"norm": "15", "factor": "0.2", "clipped": "[[0.2, 0.4], [0.4, 0.8]]"},
            **{"biases": "(2, 2)", "step": "0.3"},
        },
        {
            "norm": ["29", "225", "5", "19.14"],
            "factor": ["0.1034", "0.01333", "5", "1"],
            "clipped": ["[[0.6, 1.2], [1.2, 2.4]]", "[[1, 2], [2, 3]]"],
            **{"biases": ["(2.121, 2.121)", "(10, 10)"], "step": ["1.5", "3"]},
        },
    ),
    Case(
        "initialization/he_initialization",
        "medium",
        {"k": 3, "C": 64, "K": 128, "v": 6, "L": 10, "alpha": 0},
        {
            **{"mean_square": "3", "variance": "0.003472", "deviation": "0.05893"},
            "gain": "9.766e-4",
        },
        {
            **{"mean_square": ["6", "2.045"], "deviation": ["0.003472"]},
            "variance": ["0.03125", "0.001736", "0.001157", "0.05893"],
            "gain": ["0.5", "5", "1", "0.03125"],
        },
    ),
    # He et al. (2015), equation 15, with the slope 0.25 at which their PReLU starts.
    Case(
        "initialization/he_initialization",
        "hard",
        {"k": 3, "C": 64, "K": 128, "v": 4, "L": 3, "alpha": QUARTER},
        {
            **{"mean_square": "2.125", "formula": "2/((1 + alpha^2) n)", "variance": "0.003268"},
            **{"deviation": "0.05717", "gain": "0.1499"},
        },
        {
            "mean_square": ["2", "2.5", "4", "1.767"],
            "formula": ["1/((1 + alpha^2) n)", "2/((1 + alpha) n)", "2/n"],
            "variance": ["0.003472", "0.001634", "0.02941", "0.001089"],
            **{"deviation": ["0.003268"], "gain": ["0.5313", "1.594"]},
        },
    ),
    Case(
        "initialization/product_variance",
        "medium",
        {"a": 2, "b": -1, "p": rational(4), "q": QUARTER, "n": 4, "zero": "w"},
        {"product": "6", "vanishing": "a", "total": "24"},
        {
            "product": ["1", "5.25", "4.25", "17.25", "5", "10"],
            **{"vanishing": ["b", "c"], "total": ["6", "96", "1.5"]},
        },
    ),
    Case(
        "initialization/product_variance",
        "easy",
        {"a": 0, "b": 0, "p": rational(4), "q": rational(9, 4), "n": 3},
        {"product": "9", "total": "27"},
        {"product": ["6.25", "15.25", "3"], "total": ["9", "81", "3"]},
    ),
    # With He's variance 2/100 a layer of 100 inputs keeps the variance 8.
    Case(
        "initialization/product_variance",
        "hard",
        {
            **{"a": 2, "b": -1, "p": rational(1, 50), "q": QUARTER},
            **{"n": 4, "fan": 100, "v": 8},
        },
        {"formula": "a^2 q + b^2 p + p q", "rectified": "8"},
        {
            "formula": ["a^2 p + b^2 q + p q", "p + q + p q", "a^2 q + b^2 p"],
            "rectified": ["16", "5.454", "0.08"],
        },
    ),
    Case(
        "initialization/repeated_matrix_power",
        "easy",
        {
            **{"W": ((rational("1.1"), 0), (0, rational("0.9"))), "U": ((1, 0), (0, 1))},
            **{"t": 50, "k": 2},
        },
        {"eigenvalues": "(1.1, 0.9)", "power": "[[117.4, 0], [0, 0.005154]]", "gone": "44"},
        {
            "eigenvalues": ["(0.9, 1.1)", "(2, 0.99)"],
            "power": ["[[55, 0], [0, 45]]", "[[6, 0], [0, -4]]"],
            "gone": ["43", "10", "22"],
        },
    ),
    # Strang (2016), section 6.1: the Markov matrix with the eigenvalues 1 and 1/2.
    Case(
        "initialization/repeated_matrix_power",
        "hard",
        {
            "W": ((rational("0.8"), rational("0.3")), (rational("0.2"), rational("0.7"))),
            **{"U": ((3, 1), (2, -1)), "t": 3, "k": 2, "x": (1, 0)},
        },
        {
            **{"eigenvalues": "(1, 0.5)", "power": "[[0.65, 0.525], [0.35, 0.475]]"},
            **{"state": "(0.65, 0.35)", "direction": "0.6667", "gone": "7"},
        },
        {
            "eigenvalues": ["(0.8, 0.7)", "(1.5, 0.5)"],
            "power": [
                *("[[2.4, 0.9], [0.6, 2.1]]", "[[0.512, 0.027], [0.008, 0.343]]"),
                *("[[0.65, 0.35], [0.525, 0.475]]", "[[0.7, 0.45], [0.3, 0.55]]"),
                *("[[0.8, 0.2], [0.3, 0.7]]", "[[9.125, 5.875], [5.875, 4.125]]"),
            ],
            "state": ["(0.8, 0.2)", "(0.65, 0.525)", "(1, 0)"],
            **{"direction": ["-1", "0", "1.5"], "gone": ["6", "2", "4"]},
        },
    ),
    Case(
        "initialization/symmetry_breaking",
        "easy",
        {
            **{"x": (1, 2), "W": ((1, 1), (1, 1), (1, 1)), "v": (1, 1, 1), "t": 5},
            **{"eta": rational("0.001"), "claims": (1, 2, 4), "steps": 50},
        },
        {
            **{"output": "9", "gradient": "[[4, 8], [4, 8], [4, 8]]", "distinct": "1"},
            "statements": "F F T",
        },
        {
            **{"output": ["3"], "gradient": ["[[-4, -8], [-4, -8], [-4, -8]]"]},
            "distinct": ["3", "2"],
        },
    ),
    # An output weight of 0: nothing goes back to its unit in the first step.
    Case(
        "initialization/symmetry_breaking",
        "medium",
        {
            **{"x": (1, 2), "W": ((1, 0), (0, 1)), "v": (0, 2), "t": 1},
            **{"eta": rational("0.001"), "claims": (0, 3, 7)},
        },
        {
            **{"output": "4", "gradient": "[[0, 0], [6, 12]]", "outgoing": "(3, 6)"},
            **{"second": "[[-0.008776, -0.01755], [5.833, 11.67]]", "statements": "T F T"},
        },
        {
            **{"output": ["3"], "outgoing": ["(0, 6)", "(-3, -6)", "(1, 2)"]},
            "gradient": ["[[3, 6], [3, 6]]", "[[0, 0], [-6, -12]]", "[[0, 0], [0, 6]]"],
            "second": ["[[0, 0], [5.833, 11.67]]", "[[-0.009, -0.018], [5.982, 11.96]]"],
        },
    ),
    Case(
        "initialization/variance_propagation",
        "medium",
        {"n": 100, "sd": rational(1, 20), "v": rational(1), "L": 4},
        {"factor": "0.25", "after": "0.00390625", "stable": "0.1"},
        {
            **{"factor": ["0.0025", "5", "0.5"], "after": ["625", "3.90625e-11", "1", "0.25"]},
            "stable": ["0.01", "0.1414", "1"],
        },
    ),
    Case(
        "initialization/variance_propagation",
        "easy",
        {"n": 100, "sd": rational(1, 20), "v": rational(2), "L": 1},
        {"factor": "0.25", "after": "0.5", "fate": "a"},
        {"fate": ["b", "c"]},
    ),
    # A variance of 16 is 1/16 after 4 layers; 5 layers pass 1/1000, as 4^5 = 1024.
    Case(
        "initialization/variance_propagation",
        "hard",
        {"n": 100, "sd": rational(1, 20), "v": rational(16), "L": 4, "power": 3, "change": 2},
        {"after": "0.0625", "depth": "5", "needed": "0.03162", "slope": "0.07065"},
        {
            "after": ["0.003906", "1", "16", "4", "10000", "6.25e-10"],
            **{"depth": ["4", "10"], "needed": ["0.25", "3.162", "0.1778"]},
            "slope": ["0.9640", "0.001341", "0.03597"],
        },
    ),
    Case(
        "initialization/xavier_initialization",
        "medium",
        {"k": 1, "C": 150, "K": 90, "both": True, "uniform": True},
        {"variance": "0.008333", "width": "0.1581", "forward": "1.25"},
        {
            "variance": ["1.481e-4", "0.006667", "0.004167"],
            "width": ["0.01021", "0.008333", "0.09129", "0.02108", "0.1414"],
            "forward": ["1", "0.75", "1.118"],
        },
    ),
    # Outputs alone: the variance 1/784 of a layer from 28 x 28 pixels to 100 units.
    Case(
        "initialization/xavier_initialization",
        "easy",
        {"k": 1, "C": 784, "K": 100, "both": False, "uniform": False, "v": 3},
        {"variance": "0.001276", "width": "0.03571", "backward": "0.1276"},
        {
            **{"variance": ["0.01", "0.002262", "0.002551"], "width": ["0.001276", "0.06186"]},
            "backward": ["1", "7.84"],
        },
    ),
    Case(
        "initialization/xavier_initialization",
        "hard",
        {"k": 3, "C": 64, "K": 128, "both": True, "uniform": True},
        {
            **{"formula": "sqrt(6/(n + m))", "variance": "0.001157", "width": "0.05893"},
            **{"forward": "0.6667", "backward": "1.333"},
        },
        {
            "formula": ["sqrt(6)/(n + m)", "sqrt(6/(n m))", "sqrt(2/(n + m))"],
            "variance": ["0.01042", "3.014e-6", "0.001736", "5.787e-4"],
            "width": ["0.001418", "0.003007", "0.03402"],
            **{"forward": ["1", "1.333"], "backward": ["1", "0.6667", "0.75"]},
        },
    ),
]
