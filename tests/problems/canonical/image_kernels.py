"""Kernels, channels and pooling of images."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

#: an image whose windows have the known maxima, minima and sums
POOLED = ((1, 3, 2, 1), (4, 6, 5, 0), (7, 2, 9, 8), (0, 1, 4, 3))

SHARPEN = ((0, -1, 0), (-1, 5, -1), (0, -1, 0))
LAPLACIAN = ((0, 1, 0), (1, -4, 1), (0, 1, 0))
GAUSS = ((1, 2, 1), (2, 4, 2), (1, 2, 1))

CASES = [
    Case(
        "convolution/filter_output_range",
        "hard",
        {"kernel": ((1, 0, -1), (0, 0, 0)), "low": 0, "high": 1, "bias": 0, "y": 0},
        {"outputs": "[-1, 1]", "width": "2", "scaled": "1/2", "rescaling": "(y - b + n)/(p + n)"},
        {
            "outputs": ["[0, 0]", "[0, 1]", "[-2, 2]", "[-1/6, 1/6]"],
            "scaled": ["0", "-1/2"],
            "rescaling": ["y/(p + n)", "(y + b - n)/(p + n)"],
        },
    ),
    Case(
        "convolution/filter_output_range",
        "easy",
        {"kernel": ((1, 1), (1, 1)), "low": 0, "high": 9, "bias": 0, "y": 9},
        {"outputs": "[0, 36]", "width": "36", "scaled": "0.25"},
        {"outputs": ["[0, 9]", "[-36, 36]"], "scaled": ["0.75"]},
    ),
    Case(
        "convolution/kernel_properties",
        "easy",
        {"kernel": SHARPEN, "divisor": 1, "purpose": 1, "c": 7},
        {"total": "1", "constant": "7", "purpose_of": "B"},
        {"total": ["9", "5"], "constant": ["0", "35", "63"], "purpose_of": ["C", "E"]},
    ),
    Case(
        "convolution/kernel_properties",
        "medium",
        {"kernel": LAPLACIAN, "divisor": 1, "purpose": 2, "c": 7, "left": 0, "right": 10},
        {"total": "0", "constant": "0", "purpose_of": "C", "step": "0 10 -10 0"},
        {"total": ["-4", "8"], "constant": ["-28", "56"], "purpose_of": ["B", "E"]},
    ),
    Case(
        "convolution/kernel_properties",
        "easy",
        {"kernel": GAUSS, "divisor": 16, "purpose": 0, "c": 7},
        {"total": "1", "constant": "7", "purpose_of": "A"},
        {"total": ["16", "4"], "constant": ["112", "0"], "purpose_of": ["D", "B"]},
    ),
    Case(
        "convolution/kernel_properties",
        "hard",
        # Sobel's kernel; sharpening with a box of weight 1
        {"column": (1, 2, 1), "row": (1, 0, -1), "candidates": (GAUSS, LAPLACIAN), "size": 3}
        | {"first": (1, 2, 1), "second": (1, 0, -1), "t": rational(1)}
        | {"kernel": ((1, 0, -1), (2, 0, -2), (1, 0, -1)), "divisor": 1},
        {
            "total": "0",
            "outer": "[1 0 -1; 2 0 -2; 1 0 -1]",
            "separable": "T F",
            "saved": "1/3",
            "combined": "1 2 0 -2 -1",
            "sharper": "[-1/9 -1/9 -1/9; -1/9 17/9 -1/9; -1/9 -1/9 -1/9]",
        },
        {
            "outer": ["[1 2 1; 0 0 0; -1 -2 -1]"],
            "separable": ["F F"],
            "saved": ["2/3"],
            "sharper": ["[-1/9 -1/9 -1/9; -1/9 8/9 -1/9; -1/9 -1/9 -1/9]"],
        },
    ),
    Case(
        "convolution/multichannel_convolution",
        "hard",
        # at row 2, column 2 the 1 x 1 convolution reads 3 and 4 with the weights 1, 2 and bias 1
        {
            "image": (((1, 0, 2), (0, 1, 0), (2, 0, 1)), ((0, 1, 0), (1, 0, 2), (0, 1, 1))),
            "filters": (
                (((1, 0), (0, 2)), ((0, -1), (1, 0))),
                (((2, 1), (0, 1)), ((0, 1), (2, -1))),
            ),
            "biases": (1, -2),
            "S": 2,
            "P": 1,
            "V": ((1, 2), (3, -1)),
            "c": (1, -1),
            "row": 2,
            "column": 2,
        },
        {
            "shape": "2x2x2",
            "first_map": "[3 6; 4 3]",
            "second_map": "[0 2; 1 4]",
            "pixel": "12 4",
        },
        {
            "shape": ["2x2x4", "3x3x2"],
            "first_map": ["[2 5; 3 2]", "[3 5; 5 4]", "[4 7; 5 4]"],
            "second_map": ["[-1 2; 1 4]", "[1 4; 3 6]", "[3 6; 4 3]"],
            "pixel": ["11 5", "4 8", "13 3", "16 1"],
        },
    ),
    Case(
        "convolution/pooling_values",
        "medium",
        {"image": POOLED, "k": 2, "S": 2, "P": 0, "F": 3, "C": 3, "K": 5},
        {
            "largest": "[6 5; 7 9]",
            "average": "[3.5 2; 2.5 6]",
            "smallest": "[1 0; 0 3]",
            "parameters": "140",
        },
        {
            "largest": ["[3.5 2; 2.5 6]", "[1 0; 0 3]", "[14 8; 10 24]", "[6 6 5; 7 9 9; 7 9 9]"],
            "average": ["[14 8; 10 24]", "[7 4; 5 12]", "[6 5; 7 9]"],
            "parameters": ["144", "150", "135", "50"],
        },
    ),
    Case(
        "convolution/pooling_values",
        "hard",
        {"image": POOLED, "k": 2, "S": 2, "P": 0, "g": ((1, 2), (3, 4))}
        | {"known": (1, 2, 3), "gap": rational(6)},
        {"entry": "10", "everywhere": "3.5", "unpooled": "[0 0 0 0; 0 1 2 0; 3 0 4 0; 0 0 0 0]"},
        {
            "entry": ["8", "7.5"],
            "everywhere": ["56", "9", "14"],
            "unpooled": [
                "[1 1 2 2; 1 1 2 2; 3 3 4 4; 3 3 4 4]",
                "[1 0 2 0; 0 0 0 0; 3 0 4 0; 0 0 0 0]",
            ],
        },
    ),
]
