"""Backward passes of convolution, pooling and residual blocks."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

#: the largest entries of the four windows are 6, 5, 7 and 9
POOLED = ((1, 3, 2, 1), (4, 6, 5, 0), (7, 2, 9, 8), (0, 1, 4, 3))

#: signal, image and gradients found back from the known results
SIGNAL, FILTER = (1, 2, 0, -1, 3), (1, -1, 2)
IMAGE = ((1, 0, 2), (3, 1, 0), (0, 2, 1))

CASES = [
    Case(
        "conv_backward/conv1d_backward",
        "medium",
        {"x": SIGNAL, "w": FILTER, "delta": (1, 0, -1), "S": 1, "P": 0},
        {"weights": "1 3 -3", "bias": "0", "signal": "1 -1 1 1 -2"},
        {
            "weights": ["-3 3 1", "1 2 0"],
            "bias": ["2", "3"],
            "signal": ["1 -1 1", "2 -1 -1 1 -1"],
        },
    ),
    Case(
        "conv_backward/conv1d_backward",
        "hard",
        # windows two apart: the same sums
        {"x": SIGNAL, "w": FILTER, "delta": (1, -1), "S": 2, "P": 0, "k": 2},
        {
            "weights": "1 3 -3",
            "signal": "1 -1 1 1 -2",
            "formula": "w_2 delta_1 + w_1 delta_2",
        },
        {
            "weights": ["-3 3 1", "-1 2 1"],
            "signal": ["2 -1 -1 1 -1"],
            "formula": ["w_1 delta_1 + w_2 delta_2", "w_1 delta_2"],
        },
    ),
    Case(
        "conv_backward/conv2d_backward",
        "medium",
        {"image": (IMAGE,), "kernel": (((1, 2), (0, 1)),), "D": ((1, -1), (0, 2)), "S": 1},
        {"weights": "[3 -2; 6 3]", "bias": "2"},
        {
            "weights": ["[0 -1; 8 1]", "[2 0; 6 2]", "[1 0; 3 1]", "[3 6; -2 3]"],
            "bias": ["4", "1"],
        },
    ),
    Case(
        "conv_backward/conv2d_backward",
        "hard",
        {"image": (((0, 1, 0), (1, 1, 2), (3, 0, 1)), IMAGE), "D": ((1, -1), (0, 4)), "S": 1}
        | {"kernel": (((1, 2), (0, 1)), ((2, 0), (1, 1)))},
        {"weights": "[5 -2; 10 5]", "bias": "4", "pixels": "[1 1 -2; 0 5 7; 0 0 4]"},
        {"bias": ["1"], "pixels": ["[1 -1 0; 2 3 -1; 0 8 4]"]},
    ),
    Case(
        "conv_backward/pooling_backward",
        "medium",
        {"image": POOLED, "D": ((1, 2), (3, 4)), "k": 2, "S": 2},
        {
            "largest": "[0 0 0 0; 0 1 2 0; 3 0 4 0; 0 0 0 0]",
            "average": "[0.25 0.25 0.5 0.5; 0.25 0.25 0.5 0.5; 0.75 0.75 1 1; 0.75 0.75 1 1]",
        },
        {
            "largest": [
                "[0.25 0.25 0.5 0.5; 0.25 0.25 0.5 0.5; 0.75 0.75 1 1; 0.75 0.75 1 1]",
                "[1 1 2 2; 1 1 2 2; 3 3 4 4; 3 3 4 4]",
                "[1 0 2 0; 0 0 0 0; 3 0 4 0; 0 0 0 0]",
                "[0 0 0 0; 0 1 1 0; 1 0 1 0; 0 0 0 0]",
            ],
            "average": [
                "[0 0 0 0; 0 1 2 0; 3 0 4 0; 0 0 0 0]",
                "[1 1 2 2; 1 1 2 2; 3 3 4 4; 3 3 4 4]",
            ],
        },
    ),
    Case(
        "conv_backward/pooling_backward",
        "hard",
        {"image": POOLED, "D": ((1, 2), (3, 4)), "k": 2, "S": 2, "g": 8, "place": (3, 2)},
        {"share": "0.75", "everywhere": "0.5"},
        {"share": ["3", "1.5", "0.25", "2.5"], "everywhere": ["8", "2"]},
    ),
    Case(
        "conv_backward/residual_block_backward",
        "medium",
        # weights and input found back from the known results
        {"h": (1, -1), "W": ((rational(1, 2), -1), (1, rational(1, 5))), "g": (1, 2)}
        | {"activation": "sigmoid"},
        {
            "jacobian": "[1.075 -0.1491; 0.2139 1.043]",
            "inputs": "1.502 1.936",
            "weights": "[0.1491 -0.1491; 0.4278 -0.4278]",
            "idle": "1 2",
        },
        {
            "jacobian": ["[0.07457 -0.1491; 0.2139 0.04278]", "[1.5 -1; 1 1.2]"],
            "inputs": ["0.5024 -0.06358", "0.6468 2.235", "3.5 1.4", "1 2", "0.5024 -0.1272"],
            "weights": ["[1 -1; 2 -2]"],
            "idle": ["0 0"],
        },
    ),
    Case(
        "conv_backward/residual_block_backward",
        "hard",
        {"h": (1, 3, 2, 1), "W": ((1, 0, -1), (1, -1, 2)), "g": (1, 0, -1, 2)}
        | {"activation": "relu"},
        # z = (-3, -1, 2, 2)
        {
            "output": "1 7 4 1",
            "second_filter": "4 2 -2",
            "preactivation": "0 0 3 -4",
            "signal": "1 3 -5 -1",
        },
        {
            "output": ["0 4 2 0"],
            "second_filter": ["-2 2 4"],
            "preactivation": ["-1 1 3 -4", "0 0 -1 2"],
            "signal": ["0 3 -4 -3", "1 0 -1 2", "0 0 4 -6"],
        },
    ),
    Case(
        "conv_backward/residual_path_count",
        "easy",
        {"stages": (1, 1, 1, 1, 1), "lost": 2},
        {"paths": "32", "left": "8", "share_left": "1/4"},
        {"paths": ["25", "6", "120"], "left": ["28", "30", "16"], "share_left": ["3/5", "3/4"]},
    ),
    Case(
        "conv_backward/residual_path_count",
        "hard",
        {"stages": (1, 1, 1, 1, 1), "lost": 2, "k": 2, "a": rational(1, 2)},
        {
            "of_length": "10",
            "formula": "(1 + a)^n",
            "slope": "7.594",
            "ratio": "3",
            "carried": "0.3292",
        },
        {
            "of_length": ["20", "4", "16"],
            "formula": ["a^n", "1 + n a"],
            "slope": ["0.03125", "3.5"],
            "carried": ["0.3125", "0.03292", "2.5"],
        },
    ),
    Case(
        "conv_backward/shift_equivariance",
        "medium",
        {"x": (0, 1, 2, 4, 0, 0), "w": (1, -1), "s": 1, "claims": (0, 1, 3)},
        {"output": "-1 -1 -2 4 0", "after": "0 -1 -1 -2 4", "statements": "T F T"},
        {"after": ["-1 -1 -2 4 0", "0 0 -1 -1 -2", "-1 -2 4 0 0"], "statements": ["F T T"]},
    ),
    Case(
        "conv_backward/shift_equivariance",
        "hard",
        {"x": (1, 2, 4, 0, 1, 3, 1, 2, 5), "w": (1, -1), "s": 1, "claims": (0, 1, 3)}
        | {"measure": "largest entry"},
        {
            "output": "-1 -2 4 -1 -2 2 -1 -3",
            "after": "-1 -1 -2 4 -1 -2 2 -1",
            "boundary": "1",
            "pooled": "-1 4 2 -1",
            "pooled_after": "-1 4 -1 2",
            "kept": "F T",
        },
        {
            "after": ["0 -1 -2 4 -1 -2 2 -1"],
            "pooled_after": ["-1 4 2 -1", "0 -1 4 2"],
            "kept": ["T T"],
        },
    ),
    Case(
        "conv_backward/residual_path_count",
        "medium",
        {"stages": (1, 1, 1, 1, 1), "lost": 2, "k": 2},
        {"of_length": "10", "share": "0.3125"},
        {"of_length": ["20", "4", "16"], "share": ["3.2", "1/6", "0.4"]},
    ),
]
