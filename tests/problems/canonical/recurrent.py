"""Recurrent networks: states, gradients through time, gates, parameters, shapes, perplexity.

The linear network is question 7a of MIT 6.036, fall 2018; 42 parameters is a question of NPTEL's
course on language models; the sizes 10 and 20 are those of torch's documentation.
"""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF, TENTH = rational(1, 2), rational(1, 10)
THREE_HALVES = rational(3, 2)

LINEAR = {
    **{"W_x": ((5,), (6,)), "W_h": ((1, 2), (3, 4)), "W_o": (-3, -2), "b": (0, 0), "h_0": (0, 0)},
    **{"x": ((1,), (-1,), (2,)), "f": "identity"},
}
CURVED = {
    **{"W_x": ((1, -HALF), (HALF, 1)), "W_h": ((HALF, 1), (-1, HALF)), "W_o": (2, -1)},
    **{"b": (HALF, -HALF), "h_0": (1, -HALF), "x": ((1, 2), (-1, 1)), "f": "tanh"},
    **{"l": 2, "m": 3, "v": 1},
}
EVERY_STEP = {"w": -THREE_HALVES, "u": 1, "h_0": 1, "x": (2, -1, 1), "y": (1, 0, 2)}
CELL = {
    **{"a": (), "w": (1, -1, 2, HALF), "u": (2, 1, -2, 1), "b": (0, 1, 0, -1)},
    **{"h_0": HALF, "c_0": 1},
}
GATED = {
    **{"W_r": ((1,), (-1,)), "W_z": ((HALF,), (1,)), "W_n": ((-1,), (THREE_HALVES,))},
    **{"U_r": ((1, -1), (HALF, 1)), "U_z": ((-1, 1), (1, HALF)), "U_n": ((2, -1), (1, 1))},
    **{"b_r": (0, HALF), "b_z": (0, -HALF), "b_n": (HALF, 0), "x": (1,), "h_0": (1, -HALF)},
}
NOTHING = dict.fromkeys(GATED, ())
TWO_WAYS = {"N": 3, "T": 50, "l": 10, "h": 20, "V": 100}
PROBABILITIES = (HALF, rational(1, 5), rational(1, 4), TENTH)
TABLE = tuple(
    tuple(rational(k, 20) for k in row)
    for row in ((5, 10, 4, 1), (2, 6, 8, 4), (12, 2, 4, 2), (5, 5, 2, 8))
)
GATES = (rational(9, 10), rational(19, 20), rational(4, 5))

CASES = [
    Case(
        "recurrent/rnn_forward",
        "medium",
        LINEAR,
        {
            "states": "[[5, 6], [12, 33], [88, 180]]",
            "outputs": "(-27, -102, -624)",
            "lag_matrix": "[[-27, 0, 0], [-129, -27, 0], [-699, -129, -27]]",
        },
        {
            "states": ["[[5, 6], [-5, -6], [10, 12]]", "[[5, 6], [18, 28], [112, 160]]"],
            "outputs": ["(0, -27, -102)", "(-27, -129, -753)"],
            "lag_matrix": [
                "[[-27, 0, 0], [0, -27, 0], [0, 0, -27]]",
                "[[-27, -129, -699], [0, -27, -129], [0, 0, -27]]",
                "[[-27, -129, -699], [-129, -27, -129], [-699, -129, -27]]",
                "[[-129, 0, 0], [-699, -129, 0], [-3753, -699, -129]]",
                "[[-27, 0, 0], [-27, -27, 0], [-27, -27, -27]]",
            ],
        },
    ),
    Case(
        "recurrent/rnn_forward",
        "hard",
        CURVED,
        {
            "states": "[[0.462, 0.635], [-0.133, -0.144]]",
            "outputs": "(0.289, -0.122)",
            **{"input_matrix": "3x2", "output_matrix": "1x3"},
        },
        {
            "states": [
                "[[0.462, 0.635], [-0.762, -0.848]]",
                "[[0.905, 0.992], [-0.912, 0.886]]",
                "[[0.5, 0.75], [0, -0.125]]",
                "[[0, 0.848], [-0.573, 0.728]]",
            ],
            **{"outputs": ["(2.5, 0.289)", "(0.289, 0.167)"], "input_matrix": ["2x3", "3x5"]},
        },
    ),
    Case(
        "recurrent/bptt_gradient",
        "medium",
        {"w": HALF, "u": 1, "h_0": 2, "x": (1, -2, 3), "y": (1,), "f": "identity"},
        {
            **{"states": "(2, -1, 2.5)", "delta": "(0.375, 0.75, 1.5)", "dw": "0.75"},
            **{"du": "3.375", "dh_0": "0.1875"},
        },
        {
            "delta": ["(1.5, 1.5, 1.5)", "(-0.375, -0.75, -1.5)", "(0, 0, 1.5)"],
            **{"dw": ["-1.5", "3.75", "0", "3.375"], "du": ["4.5", "0.75"], "dh_0": ["0.375"]},
        },
    ),
    Case(
        "recurrent/bptt_gradient",
        "hard",
        {**EVERY_STEP, "f": "identity"},
        {
            **{"states": "(0.5, -1.75, 3.625)", "delta": "(5.78125, -4.1875, 1.625)"},
            **{"dw": "0.84375", "du": "17.375", "truncated": "-2.8125"},
        },
        {"truncated": ["0.84375", "-4.21875"], "delta": ["(-0.625, -0.125, 1.625)"]},
    ),
    Case(
        "recurrent/bptt_gradient",
        "hard",
        {**EVERY_STEP, "f": "tanh"},
        {
            **{"states": "(0.462, -0.935, 0.984)", "delta": "(-0.370, -0.885, -1.02)"},
            **{"dw": "-0.312", "du": "-0.502", "truncated": "-0.305"},
        },
        {"dw": ["0.0306"], "delta": ["(-0.538, -0.935, -1.02)"]},
    ),
    Case(
        "recurrent/lstm_step",
        "medium",
        {**CELL, "x": (1,)},
        {"gates": "(0.881, 0.622, 0.762, 0.5)", "cell": "1.29", "hidden": "0.430"},
        {
            "gates": [
                *("(0.881, 0.622, 0.731, 0.5)", "(0.881, 0.731, 0.462, 0.5)"),
                *("(0.731, 0.5, 0.964, 0.378)", "(0.953, 0.731, 0, 0.622)"),
                "(0.881, 0.378, 0.762, 0.731)",
            ],
            "cell": ["1.355", "1.384", "0.9100"],
            "hidden": ["0.6466", "0.8600", "0.3808", "0.3924"],
        },
    ),
    Case(
        "recurrent/lstm_step",
        "hard",
        {**CELL, "x": (1, -1), "inputs": 10, "units": 20},
        {"cell_2": "0.727", "hidden_2": "0.159", "recurrent_weights": "80x20"},
        {"recurrent_weights": ["20x20", "60x20", "80x10", "20x80"]},
    ),
    Case(
        "recurrent/gru_step",
        "easy",
        {**NOTHING, "z": 3 * TENTH, "n": -4 * TENTH, "h": 9 * TENTH, "k": 3},
        {"mixture": "-0.01", "other_convention": "0.51", "decay": "0.0243"},
        {
            "mixture": ["0.51", "0.62", "-0.13", "-0.28", "0.25"],
            **{"other_convention": ["-0.01"], "decay": ["0.3087", "0.81", "0.081"]},
        },
    ),
    Case(
        "recurrent/gru_step",
        "hard",
        GATED,
        {
            "gates": "[[0.924, 0.378], [0.269, 0.777]]",
            **{"candidate": "(0.948, 0.934)", "state": "(0.962, -0.181)"},
            "reset_before": "(0.912, 0.977)",
        },
        {
            "gates": ["[[0.269, 0.777], [0.924, 0.378]]"],
            "candidate": [
                *("(0.964, 0.964)", "(0.8594, 0.8441)", "(0.9516, 0.6382)", "(0.9116, 0.9774)"),
                "(0.1707, 0.9553)",
            ],
            "state": ["(0.9860, 0.6146)", "(0.6929, 0.2080)"],
            "reset_before": ["(0.948, 0.934)", "(0.964, 0.964)"],
        },
    ),
    Case(
        "recurrent/recurrent_param_count",
        "easy",
        {"l": 3, "h": 4, "v": 2, "T": 5},
        {"rnn": "42", "lstm": "128", "gru": "96"},
        {
            "rnn": ["210", "36", "26", "32", "46"],
            **{"lstm": ["32", "96", "116", "112", "140"], "gru": ["128", "64", "84"]},
        },
    ),
    Case(
        "recurrent/recurrent_param_count",
        "medium",
        {"l": 10, "h": 20, "kind": "GRU", "D": 1},
        {"layer_1": "1920", "stack": "4440", "formula": "3h(l + h + 2)"},
        {
            "layer_1": ["1860", "1800", "2560", "640"],
            **{"stack": ["3840"], "formula": ["3h(l + h + 1)", "4h(l + h + 2)"]},
        },
    ),
    Case(
        "recurrent/recurrent_param_count",
        "hard",
        {"l": 50, "h": 64, "kind": "LSTM", "D": 2, "V": 1000, "c": 10},
        {"layer_1": "59392", "stack": "158720", "model": "210010"},
        {
            "layer_1": ["58880", "58368", "44544", "29696"],
            "stack": ["118784", "125952"],
            "model": ["209370", "160010", "210060", "210000", "224010"],
        },
    ),
    Case(
        "recurrent/sequence_shapes",
        "easy",
        {**TWO_WAYS, "kind": "LSTM", "L": 1, "D": 1},
        {
            **{"output": "3x50x20", "last_state": "1x3x20", "input_weights": "80x10"},
            "logits": "3x50x100",
        },
        {
            "output": ["50x3x20", "3x50x10", "3x20", "3x50x80"],
            "last_state": ["3x1x20", "3x20", "50x3x20"],
            "input_weights": ["20x10", "10x80", "80x20", "60x10", "80x30"],
            "logits": ["3x100", "3x50x20", "3x50x1"],
        },
    ),
    Case(
        "recurrent/sequence_shapes",
        "medium",
        {"lengths": (5, 3, 8, 4), "losses": (2, THREE_HALVES, HALF, 3)},
        {"padding": "12", "share": "3/8", "loss": "1.525"},
        {
            **{"padding": ["20", "32", "5", "16"], "share": ["0.625", "0.6"]},
            "loss": ["1.75", "0.9531", "30.5", "0.5", "7.625"],
        },
    ),
    Case(
        "recurrent/sequence_shapes",
        "hard",
        {**TWO_WAYS, "kind": "GRU", "L": 2, "D": 2, "k": 8},
        {
            **{"output": "3x50x40", "last_state": "4x3x20", "input_weights": "60x10"},
            **{"updates": "7", "kept": "1920"},
        },
        {
            "output": ["50x3x40", "3x50x20", "3x50x80"],
            **{"last_state": ["2x3x20", "2x3x40"], "updates": ["6", "50", "43", "21"]},
            "kept": ["12000", "640", "960", "240"],
        },
    ),
    Case(
        "recurrent/language_model_perplexity",
        "hard",
        {"p": PROBABILITIES, "table": (), "text": (), "m": 6, "other": 8, "c": 5},
        {
            **{"probability": "0.0025", "nats": "1.498", "bits": "2.161", "perplexity": "4.472"},
            **{"joint": "6.340", "by_character": "0.4322"},
        },
        {
            "probability": ["1.05", "0.2625", "0.1", "0.025"],
            **{"nats": ["5.991", "1.338", "1.245"], "bits": ["1.038", "1.498"]},
            "perplexity": ["400", "5.25", "2.824", "0.2236", "3.810"],
            "joint": ["6.236", "6.589", "5.981", "35.78", "5.643"],
            "by_character": ["10.80", "0.2996", "0.8944"],
        },
    ),
    Case(
        "recurrent/language_model_perplexity",
        "medium",
        {"p": (), "table": TABLE, "text": (0, 1, 2, 3, 4)},
        {"probability": "0.006", "perplexity": "3.593"},
        {"probability": ["0.015", "0.048"], "perplexity": ["166.7", "3.708"]},
    ),
    Case(
        "recurrent/vanishing_gradient_rnn",
        "easy",
        {
            **{"W": (), "w": 8 * TENTH, "h": (HALF, -6 * TENTH, 2 * TENTH), "k": 3},
            "gates": GATES,
        },
        {"gradient": "0.236", "steps": "31", "cell_path": "0.684"},
        {
            "gradient": ["0.512", "0.3277", "-0.01966", "0.3686", "0.3932", "1.88"],
            **{"steps": ["30", "13"], "cell_path": ["2.65", "0.8833", "0.001", "0.000684", "0.8"]},
        },
    ),
    Case(
        "recurrent/vanishing_gradient_rnn",
        "medium",
        {
            **{"W": ((HALF, rational(1, 4)), (1, rational(-1, 4))), "w": 0, "h": ()},
            **{"n": 3, "k": 3, "gates": GATES},
        },
        {
            "power": "[[0.3125, 0.109375], [0.4375, -0.015625]]",
            **{"radius": "0.75", "later_steps": "25"},
        },
        {
            "power": [
                *("[[0.125, 0.015625], [1, -0.015625]]", "[[1.5, 0.75], [3, -0.75]]"),
                *("[[0.5, 0.0625], [0.25, 0.3125]]", "[[0.3125, 0.4375], [0.109375, -0.015625]]"),
            ],
            "radius": ["0.25", "0.375", "1", "0.5"],
        },
    ),
    Case(
        "recurrent/vanishing_gradient_rnn",
        "hard",
        {
            **{"W": ((HALF, 1), (-1, THREE_HALVES)), "w": 0, "gates": ()},
            "h": ((HALF, -2 * TENTH), (-6 * TENTH, 4 * TENTH)),
        },
        {"jacobian": "[[-0.494, 1.16], [-1.52, 1.18]]", "bound": "3.664"},
        {
            "jacobian": [
                *("[[-0.75, 2], [-2, 1.25]]", "[[-0.51, 1.517], [-1.185, 1.2]]"),
                "[[-0.51, 1.185], [-1.517, 1.2]]",
            ],
            "bound": ["1.914", "4.5", "3.828"],
        },
    ),
]
