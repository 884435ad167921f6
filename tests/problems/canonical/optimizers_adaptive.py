"""Adagrad, RMSprop and Adam: step sizes of their own for every parameter."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

TENTH, HALF, NINE = rational(1, 10), rational(1, 2), rational(9, 10)
NAMES = ("gradient descent", "momentum", "Adagrad", "RMSprop", "RMSprop with momentum", "Adam")

CASES = [
    Case(
        "optimizers/adagrad_step",
        "easy",
        {"g": (2, 1), "theta_0": 1, "eta": HALF, "eps": 0},
        {"accumulators": "[4, 5]", "steps": "[-0.5, -0.2236]", "position": "0.2764"},
        {
            "accumulators": ["[2, 3]", "[4, 1]", "[4, 9]"],
            "steps": [
                *("[0.5, 0.1667]", "[-0.25, -0.1]", "[-0.5, -0.5]", "[-0.5, -0.1667]"),
                *("[0.5, 0.2236]", "[-1, -0.5]"),
            ],
            "position": ["0.7764", "1.724"],
        },
    ),
    # With equal gradients the lengths are eta / sqrt(t): below 0.3 eta for t > 11.1.
    Case(
        "optimizers/adagrad_step",
        "hard",
        {
            **{"g": ((2, 1), (1, -2), (2, 2)), "theta_0": (0, 0), "eta": HALF, "eps": TENTH},
            "share": rational(3, 10),
        },
        {
            "accumulators": "[[4, 1], [5, 5], [9, 9]]",
            "steps": "[[-0.4762, -0.4545], [-0.2140, 0.4281], [-0.3226, -0.3226]]",
            "position": "[-1.013, -0.3491]",
            "formula": "eta / sqrt(t)",
            "enough": "12",
        },
        {
            "steps": ["[[-0.2439, -0.4545], [-0.09804, 0.1961], [-0.1099, -0.1099]]"],
            "formula": ["eta", "eta / t", "eta / sqrt(t + 1)"],
            "enough": ["11", "4"],
        },
    ),
    # Kingma and Ba (2015), section 2.1: the first step has the length eta.
    Case(
        "optimizers/adam_step",
        "easy",
        {
            **{"g": ((5, -3),), "theta_0": (0, 0), "eta": TENTH, "eps": 0},
            **{"beta_1": NINE, "beta_2": rational("0.999")},
        },
        {"first_moment": "[0.5, -0.3]", "step": "[-0.1, 0.1]", "position": "[-0.1, 0.1]"},
        {"first_moment": ["[5, -3]"], "step": ["[0.1, -0.1]", "[-0.3162, 0.3162]"]},
    ),
    # The catalogue's gradients are those of the first component.
    Case(
        "optimizers/adam_step",
        "medium",
        {
            **{"g": ((5, 1), (-3, 2)), "theta_0": (0, 0), "eta": TENTH, "eps": 0},
            **{"beta_1": NINE, "beta_2": rational("0.999")},
        },
        {
            "first_moment": "[0.15, 0.29]",
            "second_moment": "[0.033975, 0.004999]",
            "first_corrected": "[0.7895, 1.526]",
            "second_corrected": "[17.00, 2.501]",
            "step": "[-0.01915, -0.09652]",
            "position": "[-0.11915, -0.1965]",
        },
        {
            "first_corrected": ["[1.5, 2.9]"],
            "second_corrected": ["[33.98, 4.999]"],
            "step": ["[-0.08138, -0.4102]", "[-0.004645, -0.06103]", "[-0.02573, -0.1297]"],
            "position": [
                *("[-0.1257, -0.2297]", "[-0.3976, -0.7264]", "[-0.02465, -0.1610]"),
                "[0.11915, 0.1965]",
            ],
        },
    ),
    Case(
        "optimizers/optimizer_identification",
        "easy",
        {
            **{"method": "Adagrad", "names": NAMES, "g": (2, 1), "theta_0": 1, "eta": HALF},
            **{"p": NINE, "q": NINE, "A": (), "place": (), "properties": (), "subjects": ()},
            "reduced": "",
        },
        {"name": "C", "position": "0.2764"},
        {"name": ["D"], "position": ["0.7764", "1.724", "-0.5"]},
    ),
    # Worked out step by step from the rule in the stem, with eps = 0.5.
    Case(
        "optimizers/adam_step",
        "hard",
        {
            **{"g": ((5, 1), (-3, 2), (1, -4)), "theta_0": (0, 0), "eta": TENTH, "eps": HALF},
            **{"beta_1": NINE, "beta_2": rational("0.999")},
        },
        {
            **{"first_moment": "[0.235, -0.139]", "second_moment": "[0.03494, 0.02099]"},
            **{"first_corrected": "[0.8672, -0.5129]", "second_corrected": "[11.66, 7.005]"},
            **{"step": "[-0.02215, 0.01630]", "position": "[-0.1301, -0.1237]"},
            "ratio": "(1 - beta_1) / sqrt(1 - beta_2)",
        },
        {
            "step": [
                *("[-0.03421, 0.02155]", "[-0.007132, 0.006834]", "[-0.02487, 0.01872]"),
                "[-0.03666, 0.02735]",
            ],
            "position": ["[-0.1513, -0.1453]", "[-0.1321, -0.04807]", "[-0.03125, -0.1107]"],
            "ratio": ["sqrt(1 - beta_2) / (1 - beta_1)", "(1 - beta_1) / (1 - beta_2)"],
        },
    ),
    # With equal gradients only Adagrad stops, and momentum does not rescale.
    Case(
        "optimizers/optimizer_identification",
        "hard",
        {
            **{"method": "", "names": (*NAMES, "sign descent"), "g": (), "theta_0": 0},
            **{"eta": 0, "p": 0, "q": 0, "A": (1, 9), "place": (1, 1)},
            **{"properties": (2, 0, 4), "subjects": ("RMSprop", "momentum", "Adam")},
            "reduced": "Adam without bias correction and with $\\beta_1 = 0$",
        },
        {"becomes": "D", "tangent": "-1/9", "statements": "false, false, true"},
        {
            **{"becomes": ["G"], "tangent": ["9", "1/9", "-9"]},
            "statements": ["true, false, true", "false, true, true", "true, true, true"],
        },
    ),
    Case(
        "optimizers/rmsprop_momentum_step",
        "easy",
        {
            **{"g": (2, 2), "eta": TENTH, "alpha": NINE, "beta": NINE, "eps": 0},
            "theta_0": 1,
        },
        {"accumulators": "[0.4, 0.76]", "velocities": "[-0.3162, -0.5140]", "position": "0.1698"},
        {
            "accumulators": ["[4, 8]", "[3.6, 3.96]"],
            "velocities": [
                *("[-0.3162, -0.2294]", "[-0.3162, -0.4359]", "[-0.5, -0.7132]"),
                "[0.3162, 0.5140]",
            ],
            "position": ["0.486", "1.830"],
        },
    ),
    # One step on (theta - 2)^2, worked out by hand: the root of 4.15696 is 2.038863.
    Case(
        "optimizers/rmsprop_momentum_step",
        "hard",
        {
            **{"h": 1, "c": 2, "theta_0": 1, "v_0": rational(-1, 5), "a_0": 4},
            **{"alpha": NINE, "beta": NINE, "eta": TENTH, "eps": HALF, "steady": 3},
        },
        {
            "terminal": "-1",
            **{"ahead": "0.82", "gradient": "-2.36", "mean_square": "4.157"},
            **{"velocity": "-0.08704", "arrival": "0.9130"},
        },
        {
            **{"ahead": ["1", "0.8"], "gradient": ["-2", "-1.18"]},
            **{"mean_square": ["0.5570", "3.364"], "arrival": ["0.7330", "1.087"]},
            "velocity": ["-0.1293", "-0.0856", "0.056", "-0.2730"],
        },
    ),
    Case(
        "optimizers/rmsprop_step",
        "easy",
        {"g": (2, 2), "theta_0": 1, "eta": TENTH, "beta": NINE, "eps": 0},
        {"accumulators": "[0.4, 0.76]", "steps": "[-0.3162, -0.2294]", "position": "0.4544"},
        {
            "accumulators": ["[4, 8]", "[3.6, 3.96]", "[0.4, 0.4]", "[0.2, 0.38]"],
            "steps": ["[-0.5, -0.2632]", "[0.3162, 0.2294]", "[-0.1, -0.1]"],
            "position": ["0.7706", "1.546"],
        },
    ),
    # Hinton (2012): with equal gradients the average tends to g^2, the length to eta.
    Case(
        "optimizers/rmsprop_step",
        "hard",
        {
            **{"g": ((2, 1), (2, -1), (2, 2)), "theta_0": (0, 0), "eta": TENTH},
            **{"beta": NINE, "eps": TENTH, "c": -2},
        },
        {"limit": "4", "first_length": "3.162", "length": "1 / sqrt(1 - beta^t)"},
        {
            **{"limit": ["2", "0.4"], "first_length": ["10", "1", "0.3162"]},
            "length": ["1 / (1 - beta^t)", "1 / sqrt(1 - beta)", "sqrt(1 - beta^t)"],
        },
    ),
]
