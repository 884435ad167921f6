"""Single steps of training, paths of optimizers, and the shapes of a batch."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

TENTH, HALF, NINE = rational(1, 10), rational(1, 2), rational(9, 10)
COMPARED = {"start": (1, 2), "curvatures": (4, 1), "eta": TENTH, "alpha": NINE}
BY_WEIGHT = ("$G X^\\top$", "$X^\\top G$", "$X G^\\top$", "$G^\\top X$", "$G X$")
BY_INPUT = ("$W^\\top G$", "$W G$", "$G W^\\top$", "$G^\\top W$", "$G W$")

#: ReLU units reached by (2, 1) with 1.5 and 0.25, and by (-1, 2) with 0 and 2.75.
NETWORK = {
    "W": (
        (rational(1), rational(-1), HALF),
        (-HALF, rational(1), rational(1, 4)),
    ),
    "u": (rational(1), -HALF, rational(1, 4)),
    **{"x": ((2, 1), (-1, 2)), "y": (3, -2), "eta": TENTH},
}

CASES = [
    # The catalogue's parabola is the first coordinate: the factors are -1.4 and -0.2.
    Case(
        "training/optimizer_trajectory",
        "easy",
        {
            **{"curvatures": (4, 2), "start": (1, 2), "eta": rational(3, 5)},
            **{"alpha": 0, "beta": 0},
        },
        {
            "points": "[[-1.4, -0.4], [1.96, 0.08]]",
            **{"factors": "[-1.4, -0.2]", "outcome": "C", "bound": "0.5"},
        },
        {
            "points": [
                *("[[-1.4, -0.4], [-3.8, -2.8]]", "[[0.4, 0.8], [0.16, 0.32]]"),
                *("[[3.4, 4.4], [11.56, 9.68]]", "[[-3.8, -2.8], [14.44, 3.92]]"),
            ],
            "factors": ["[3.4, 2.2]", "[2.4, 1.2]"],
            **{"outcome": ["D", "B"], "bound": ["0.25", "1", "0.6667"]},
        },
    ),
    Case(
        "training/optimizer_trajectory",
        "medium",
        {**COMPARED, "beta": 0},
        {
            **{"descended": "[0.36, 1.62]", "with_momentum": "[0, 1.44]"},
            **{"adapted": "[0.8331, 1.831]", "order": "B, A, C", "bound": "0.5"},
        },
        {
            "descended": ["[0.2, 1.6]", "[0.6, 1.8]"],
            "with_momentum": ["[0.36, 1.62]", "[0.8856, 1.942]"],
            "adapted": ["[0.8, 1.8]", "[0.9, 1.9]"],
            "order": ["C, A, B"],
        },
    ),
    # Adam: 0.72 / 0.19 and 1.408 / 0.0975, and -0.1 * 3.78947 / sqrt(14.44103).
    Case(
        "training/optimizer_trajectory",
        "hard",
        {
            **COMPARED,
            "beta": rational("0.95"),
            "optimizers": ("gradient descent", "momentum", "Adagrad", "RMSprop", "Adam"),
            "seen": ((rational("0.6"), rational("1.8")), (rational("0.36"), rational("1.62"))),
        },
        {
            **{"identified": "A", "adam_step": "-0.09972", "outcome": "A"},
            "constant": "eta / sqrt(t)",
        },
        {
            **{"identified": ["B"], "adam_step": ["-0.06068", "-0.1357", "-0.02624"]},
            "constant": ["eta sqrt(t)", "eta", "eta / sqrt(t + 1)", "eta / t"],
        },
    ),
    Case(
        "training/train_step_trace",
        "easy",
        {
            **{"W": ((HALF, -HALF, TENTH),), "u": (), "x": ((1, 2),), "y": (1,), "eta": HALF},
            **{"masks": (), "p": 0, "alpha": 0},
        },
        {
            **{"neuron_loss": "0.9130", "gradient": "[-0.5987, -1.197, -0.5987]"},
            **{"updated": "[0.7993, 0.09869, 0.3993]", "neuron_loss_after": "0.2212"},
        },
        {
            "neuron_loss": ["-0.9130", "0.5130", "0.9741"],
            "gradient": [
                *("[0.5987, 1.197, 0.5987]", "[-0.1438, -0.2877, -0.1438]"),
                *("[-0.5987, -0.5987, -0.5987]", "[-0.2877, -0.5754, -0.2877]"),
            ],
            "updated": [
                *("[0.2007, -1.0987, -0.1993]", "[0.6438, -0.2123, 0.2438]"),
                *("[0.7993, 0.09869, 0.1]", "[1.099, 0.6974, 0.6987]"),
            ],
            "neuron_loss_after": ["0.9130", "0.2882"],
        },
    ),
    # By finite differences of the loss in each of the nine parameters.
    Case(
        "training/train_step_trace",
        "medium",
        {**NETWORK, "masks": (), "p": 0, "alpha": 0},
        {
            "loss": "0.6641",
            "hidden_gradient": "[[-1.375, -0.6875, -0.6875], [0.90625, -0.09375, 0.125]]",
            "output_gradient": "[-1.03125, 1.03125, -0.25]",
            "hidden_updated": "[[1.1375, -0.93125, 0.56875], [-0.590625, 1.009375, 0.2375]]",
            "output_updated": "[1.103125, -0.603125, 0.275]",
            "loss_after": "0.1850",
        },
        {
            "loss": ["1.328", "1.133"],
            "hidden_gradient": [
                "[[-2.75, -1.375, -1.375], [1.8125, -0.1875, 0.25]]",
                "[[1.375, 0.6875, 0.6875], [-0.90625, 0.09375, -0.125]]",
                "[[-1.8125, 0.1875, -0.25], [0.90625, -0.09375, 0.125]]",
            ],
            "output_gradient": [
                *("[-2.0625, 2.0625, -0.5]", "[1.03125, -1.03125, 0.25]"),
                "[1.21875, -1.34375, 0.25]",
            ],
            "hidden_updated": [
                "[[0.8625, -1.06875, 0.43125], [-0.409375, 0.990625, 0.2625]]",
                "[[1.1375, -0.93125, 0.5], [-0.590625, 1.009375, 0.25]]",
            ],
            "output_updated": ["[0.896875, -0.396875, 0.225]", "[1.103125, -0.603125, 0.25]"],
            "loss_after": ["0.6641", "0.4678"],
        },
    ),
    # Dropout keeps the first unit, then the second; velocities by finite differences, too.
    Case(
        "training/train_step_trace",
        "hard",
        {**NETWORK, "masks": ((1, 0), (0, 1)), "p": HALF, "alpha": NINE},
        {
            "loss": "0.03125",
            "hidden_gradient": "[[1, 0.5, 0.5], [0, 0, 0]]",
            "output_gradient": "[0.75, 0, 0.25]",
            "hidden_updated": "[[0.9, -1.05, 0.45], [-0.5, 1, 0.25]]",
            "output_updated": "[0.925, -0.5, 0.225]",
            "hidden_second": "[[0.81, -1.095, 0.405], [-0.4475, 0.895, 0.1975]]",
            "output_second": "[0.8575, -0.21125, 0.255]",
            "evaluated": "1.979",
        },
        {
            "loss": ["0.78125", "0.0625"],
            "hidden_second": [
                "[[0.9, -1.05, 0.45], [-0.4475, 0.895, 0.1975]]",
                "[[0.81, -1.095, 0.405], [-0.5, 1, 0.25]]",
            ],
            "output_second": ["[0.925, -0.21125, 0.2775]", "[0.8575, -0.5, -0.02]"],
            "evaluated": ["0.6613", "1.142"],
        },
    ),
    Case(
        "training/vectorized_batch_shapes",
        "easy",
        {"m": 8, "d": 5, "k": 3},
        {"weight": "5x3", "bias": "3", "output": "8x3", "numbers": "18"},
        {
            **{"weight": ["3x5", "8x3"], "bias": ["8x3", "8", "5"], "output": ["3x8", "8x5"]},
            "numbers": ["15", "39", "123"],
        },
    ),
    Case(
        "training/vectorized_batch_shapes",
        "medium",
        {"m": 8, "d": 5, "k": 3, "c": 2},
        {
            **{"bias_gradient": "(3,)", "scores": "8x2", "summed": "8"},
            "second_gradient": "3x2",
        },
        {
            **{"bias_gradient": ["(8, 3)", "(8,)", "(5,)"], "scores": ["2x8", "8x3"]},
            **{"summed": ["1", "3", "24"], "second_gradient": ["2x3", "8x3x2", "8x2"]},
        },
    ),
    # With examples as columns everything is transposed; at 10 positions each bias acts 80 times.
    Case(
        "training/vectorized_batch_shapes",
        "hard",
        {"m": 8, "d": 5, "k": 3, "T": 10, "by_weight": BY_WEIGHT, "by_input": BY_INPUT},
        {
            **{"weight_left": "3x5", "output_columns": "3x8", "column_bias_gradient": "3x1"},
            **{"weight_product": "A", "input_product": "A", "in_sequences": "80"},
        },
        {
            **{"weight_left": ["5x3", "3x8"], "output_columns": ["8x3", "5x8"]},
            **{"column_bias_gradient": ["3x8", "1x3"], "in_sequences": ["8", "10", "240"]},
            **{"weight_product": ["B", "C"], "input_product": ["B", "C"]},
        },
    ),
]
