"""Sizes and counts of convolutional layers."""

from tests.problems.canonical.case import Case

CASES = [
    Case(
        "cnn_shapes/pool_output_size",
        "medium",
        {"kind": "max", "H": 27, "W": 27, "C": 8, "F": 2, "S": 2, "claim": 8, "weights": 0},
        {"output_shape": "13x13x8"},
        {"output_shape": ["14x14x8", "12x12x8"]},
    ),
]
