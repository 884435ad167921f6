"""Values of convolutions."""

from tests.problems.canonical.case import Case

#: an image and a kernel of which the notes print the outputs 0, 4, 2 and 6
IMAGE = ((1, 2, 1, 3, 0), (2, 0, 1, 1, 2), (3, 2, 1, 0, 1), (1, 1, 2, 1, 1))
KERNEL = ((1, 0, 1), (0, 1, 0), (-1, 0, 1))

#: a binary image and an X, whose first output is 4 in the notes
BINARY = ((1, 1, 1, 0, 0), (0, 1, 1, 1, 0), (0, 0, 1, 1, 1), (0, 0, 1, 1, 0), (0, 1, 1, 0, 0))
CROSS = ((1, 0, 1), (0, 1, 0), (1, 0, 1))

CASES = [
    Case(
        "convolution/convolution_1d",
        "easy",
        {"x": (1, 2, 3, 2, 1), "w": (1, 0, -1), "S": 1, "D": 1}
        | {"filters": ((1, 0, 1), (1, 0, -1), (1, 2, 1), (2, 0, -2))},
        {"correlation": "-2 0 2", "agree": "A C"},
        {"correlation": ["2 0 -2", "4 4 4", "-2 -2 0 2 2"], "agree": ["A B C D", "B D"]},
    ),
    Case(
        "convolution/convolution_1d",
        "medium",
        {"x": (1, 2, 3, 2, 1), "w": (1, 0, -1), "S": 1, "D": 1},
        {
            "correlation": "[-2, 0, 2]",
            "convolution": "[2, 0, -2]",
            "same": "[-2, -2, 0, 2, 2]",
            "full_length": "7",
        },
        {
            "correlation": ["-1 -2 -2 0 2 2 1"],
            "convolution": ["-2 0 2", "4 4 4"],
            "same": ["-1 -2 -2 0 2", "-2 0 2 2 1", "2 2 0 -2 -2", "-2 0 2"],
            "full_length": ["3", "5", "8"],
        },
    ),
    Case(
        "convolution/convolution_1d",
        "hard",
        {"x": (1, 2, 3, 2, 1, 0, 0), "w": (1, 0, -1), "S": 1, "D": 2, "y": (-1, -1)},
        {"length": "3", "correlation": "0 2 3", "convolution": "0 -2 -3", "unknown_filter": "1 -1"},
        {"length": ["5", "2"], "correlation": ["-2 0 2 2 1"], "unknown_filter": ["-1 1"]},
    ),
    Case(
        "convolution/convolution_2d",
        "medium",
        {"image": (IMAGE,), "kernel": (KERNEL,), "S": 1, "P": 0, "row": 2, "column": 1},
        {"entry": "6", "output": "[0 4 2; 6 2 2]", "convolution": "[4 2 4; 6 2 2]"},
        {
            "entry": ["4"],
            # with a corner of +1, as the notes print it; turned; without the centre
            "output": ["[6 8 4; 8 4 6]", "[4 2 4; 6 2 2]", "[0 3 1; 4 1 2]", "[0 6; 4 2; 2 2]"],
            "convolution": ["[0 4 2; 6 2 2]", "[4 4 2; 4 4 4]", "[4 8 2; 4 2 4]"],
        },
    ),
    Case(
        "convolution/convolution_2d",
        "medium",
        {"image": (IMAGE,), "kernel": (KERNEL,), "S": 2, "P": 0, "row": 1, "column": 2},
        {"entry": "2", "output": "[[0, 2]]", "convolution": "[[4, 4]]"},
        {"output": ["[0 4 2; 6 2 2]", "[4 4]"]},
    ),
    Case(
        "convolution/convolution_2d",
        "easy",
        {"image": (BINARY,), "kernel": (CROSS,), "S": 1, "P": 0, "row": 1, "column": 1},
        {"entry": "4", "output": "[4 3 4; 2 4 3; 2 3 4]", "convolution": "[4 3 4; 2 4 3; 2 3 4]"},
        {"output": ["[4 2 2; 3 4 3; 4 3 4]"]},
    ),
    Case(
        "convolution/convolution_matrix",
        "medium",
        {"theta": (1, 2, 3), "n": 5, "padded": 1, "N": 5, "M": 3, "order": (0, 1, 2, 3)}
        | {"delta": (1, 0, 0, 0, -1)},
        {
            "matrix": "[2 3 0 0 0; 1 2 3 0 0; 0 1 2 3 0; 0 0 1 2 3; 0 0 0 1 2]",
            "formula": "B",
            "nonzeros": "13",
            "free": "3",
            "backward": "2 3 0 -1 -2",
        },
        {
            "matrix": [
                "[3 0 0 0 0; 2 3 0 0 0; 1 2 3 0 0; 0 1 2 3 0; 0 0 1 2 0]",
                "[2 3 0 0 1; 1 2 3 0 0; 0 1 2 3 0; 0 0 1 2 3; 3 0 0 1 2]",
                "[1 2 3 0 0; 0 1 2 3 0; 0 0 1 2 3]",
            ],
            "formula": ["A", "C"],
            "nonzeros": ["15", "25", "3", "9"],
            "free": ["13", "25"],
            "backward": ["2 1 0 -3 -2"],
        },
    ),
    Case(
        "convolution/convolution_vs_correlation",
        "medium",
        # the image of 2 x 2, with zeros below and to the right
        {"image": ((1, 0, 0), (0, 2, 0), (0, 0, 0)), "kernel": ((1, 2), (3, 4)), "which": 0}
        | {"kernels": (((1, 2), (2, 1)), ((1, 1), (2, 2)), ((1, 2), (3, 4))), "whole": 6},
        {
            "correlation": "[9 6; 4 2]",
            "convolution": "[6 4; 6 8]",
            "agree": "T F F",
            "any_kernel": "[1 2; 2 1]",
        },
        {
            "correlation": ["[6 4; 6 8]"],
            "convolution": ["[9 6; 4 2]", "[8 8; 2 4]", "[7 2; 8 6]"],
            "agree": ["T T T"],
            "any_kernel": ["[1 0; 0 5]", "[4 -1; 4 -1]"],
        },
    ),
    Case(
        "convolution/convolution_vs_correlation",
        "hard",
        {"image": ((1, 0, 0), (0, 2, 0), (0, 0, 0)), "kernel": ((1, 2), (3, 4)), "which": 0}
        | {"known": (1, 2, 3, 4, 5), "size": 3, "x": (1, 2, 3), "w": (1, -1), "claims": (0, 2)},
        {"missing": "4 3 2 1", "free": "5", "exchanged": "3 -1 -1 -1", "commute": "T F"},
        {
            "missing": ["1 2 3 4", "4 1 2 3"],
            "free": ["4", "9", "6"],
            "exchanged": ["-1 -1 -1 3"],
            "commute": ["T T"],
        },
    ),
    Case(
        "convolution/convolution_2d",
        "hard",
        {
            "image": (((1, 0, 2), (3, 1, 0), (0, 2, 1)), ((0, 1, 0), (1, 1, 2), (3, 0, 1))),
            "kernel": (((1, 2), (0, 1)), ((1, 0), (0, -1))),
            "S": 1,
            "P": 0,
            "row": 2,
            "column": 1,
            "patch": ((1, "?"), (2, 3)),
            "value": 8,
        },
        {"entry": "8", "output": "[1 3; 8 2]", "convolution": "[9 3; 4 6]", "missing": "2"},
        {"entry": ["4", "3", "7"], "output": ["[2 4; 7 2]"], "missing": ["8", "-2"]},
    ),
    Case(
        "convolution/convolution_matrix",
        "hard",
        {"theta": (1, 2, 3, 4), "n": 3, "padded": 0, "delta": (1, 0, 0, -1), "N": 10, "M": 3},
        {
            "matrix": "[1 2 0 3 4 0 0 0 0; 0 1 2 0 3 4 0 0 0;"
            " 0 0 0 1 2 0 3 4 0; 0 0 0 0 1 2 0 3 4]",
            "nonzeros": "576",
            "free": "9",
            "share": "0.09",
            "backward": "1 2 0 3 3 -2 0 -3 -4",
        },
        {"nonzeros": ["6400", "900", "9"], "free": ["576", "100"], "share": ["0.3"]},
    ),
    Case(
        "convolution/convolution_vs_correlation",
        "easy",
        # the outputs shown are 6, 4, 6 and 8
        {"image": ((1, 0, 0), (0, 2, 0), (0, 0, 0)), "kernel": ((1, 2), (3, 4)), "which": 1},
        {"operation": "B", "correlation": "[9 6; 4 2]"},
        {"operation": ["A", "C"], "correlation": ["[6 4; 6 8]"]},
    ),
]
