"""Sizes of convolutional layers."""

from tests.problems.canonical.case import Case

CASES = [
    Case(
        "cnn_shapes/conv_hyperparameter_inverse",
        "easy",
        {"W": 32, "F": 7, "W2": 32, "F2": 5, "target": 32},
        {"same": "3", "padding": "2"},
        {"same": ["6", "1", "4"], "padding": ["4"]},
    ),
    Case(
        "cnn_shapes/conv_hyperparameter_inverse",
        "hard",
        # AlexNet reads 227 pixels with windows of 11, 4 apart
        {"W": 227, "F": 11, "F2": 11, "P2": 0, "target": 55, "even": 4, "F3": 3, "D3": 2}
        | {"O": 55, "S": 4, "P": 0, "offer": (1, 2, 3, 4, 5, 7, 8, 11)},
        {
            "same": "5",
            "strides": "{4}",
            "possible": "F T",
            "exact": "1, 2, 3, 4, 8",
            "smallest": "227",
            "largest": "230",
        },
        {
            "possible": ["T T"],
            "exact": ["2, 3, 4, 8"],
            "smallest": ["231", "220"],
            "largest": ["231", "227"],
        },
    ),
    Case(
        "cnn_shapes/conv_output_size",
        "medium",
        {"H": 50, "W": 50, "C": 3, "F": 11, "K": 4, "P": 5, "S": 3},
        {"output_shape": "17x17x4", "outputs": "1156", "left_over": "1"},
        {
            "output_shape": ["16x16x4", "15x15x4", "18x18x4", "17x17x3"],
            "outputs": ["289", "3468"],
        },
    ),
    Case(
        "cnn_shapes/dilated_conv",
        "easy",
        {"W": 12, "F": 3, "D": 2, "S": 1, "P": 0, "C": 4},
        {"span": "5", "size": "8", "parameters": "37"},
        {"span": ["6", "3", "4"], "size": ["10", "7", "9"], "parameters": ["101"]},
    ),
    Case(
        "cnn_shapes/dilated_conv",
        "hard",
        # van den Oord et al. (2016), section 2.1: dilations 1, 2, ..., 512 see 1024 entries
        {"W": 12, "F": 3, "D": 2, "S": 2, "P": 1, "F2": 3, "D2": 2}
        | {"k": 2, "layers": 10, "target": 1024},
        {
            "size": "5",
            "same": "2",
            "field": "1024",
            "needed": "10",
            "formula": "1 + (k-1)(2^n - 1)",
        },
        {"same": ["4", "1", "3"], "field": ["11", "513"], "needed": ["9", "1023"]},
    ),
    Case(
        "cnn_shapes/pool_output_size",
        "medium",
        {"kind": "max", "H": 27, "W": 27, "C": 8, "F": 2, "S": 2, "claim": 8, "weights": 0},
        {"output_shape": "13x13x8", "statements": "T F F T"},
        {"output_shape": ["14x14x8", "12x12x8", "13x13x4"], "statements": ["T F F F"]},
    ),
    Case(
        "cnn_shapes/pool_output_size",
        "hard",
        # twice through the pooling of AlexNet
        {"kind": "max", "H": 55, "W": 55, "C": 96, "F": 3, "S": 2, "claim": 96, "weights": 0}
        | {"times": 2},
        {"output_shape": "27x27x96", "rounded_up": "27x27x96", "repeated": "13x13x96"},
        {"output_shape": ["26x26x96", "27x27x48", "18x18x96"], "repeated": ["27x27x96", "6x6x96"]},
    ),
    Case(
        "cnn_shapes/receptive_field",
        "medium",
        {"stack": ((5, 1, 0, 1), (2, 2, 0, 1)) * 2, "kernel": 3, "target": 224},
        {"size": "16", "jump": "4", "layers_needed": "112"},
        {"size": ["14", "11", "100", "2"], "layers_needed": ["75", "111"]},
    ),
    Case(
        "cnn_shapes/receptive_field",
        "hard",
        # AlexNet up to its second pooling layer
        {"stack": ((11, 4, 0, 1), (3, 2, 0, 1), (5, 1, 2, 1), (3, 2, 0, 1))}
        | {"kernel": 3, "target": 7},
        {"size": "67", "jump": "16", "start": "-16", "layers_needed": "3"},
        {"size": ["22"], "jump": ["9", "2"], "start": ["-2", "16"], "layers_needed": ["4"]},
    ),
    Case(
        "cnn_shapes/transposed_conv_output_size",
        "easy",
        {"n": 4, "F": 3, "S": 2, "P": 1, "F2": 3, "m": 5},
        {"size": "7", "dense": "7", "back": "4"},
        {"size": ["9", "8", "2", "11"], "dense": ["3", "5"], "back": ["7", "3"]},
    ),
    Case(
        "cnn_shapes/transposed_conv_output_size",
        "medium",
        # Dumoulin and Visin (2016), figure 4.7: one row is lost and must be added again
        {"n": 4, "F": 3, "S": 2, "P": 1, "W": 6},
        {"shrunk": "3", "restored": "5", "extra": "1"},
        {"shrunk": ["2", "4"], "restored": ["6", "7"], "extra": ["0", "2"]},
    ),
    Case(
        "cnn_shapes/transposed_conv_output_size",
        "hard",
        {"n": 4, "F": 3, "S": 2, "P": 1, "x": (1, 2, 3), "w": (1, 0, -1), "stride": 2, "cut": 0}
        | {"image": ((1, 2), (3, 4)), "kernel": ((1, 0), (0, -1))},
        {
            "formula": "(n-1)*s - 2p + k",
            "values": "1 0 1 0 1 0 -3",
            "spread": "[1 0 2 0; 0 -1 0 -2; 3 0 4 0; 0 -3 0 -4]",
        },
        {
            "formula": ["(n-1)*s + k", "(n-1)*s + 2p + k", "n*s - 2p + k"],
            "values": ["-1 0 -1 0 -1 0 3"],
        },
    ),
    Case(
        "cnn_shapes/conv_hyperparameter_inverse",
        "medium",
        {"W": 64, "F": 5, "P3": 0, "goal": 60, "F2": 7, "P2": 3, "target": 6}
        | {"even": 4, "F3": 4, "D3": 2, "ends": (28, 14)},
        {
            "same": "2",
            "kernel": "5",
            "strides": "11, 12",
            "possible": "F T",
            "any_layer": "(3, 2, 1)",
        },
        {
            "same": ["4"],
            "kernel": ["4"],
            "strides": ["11", "12", "10"],
            "possible": ["T T"],
            "any_layer": ["(15, 1, 0)"],
        },
    ),
    Case(
        "cnn_shapes/dilated_conv",
        "medium",
        # Yu and Koltun (2016), figure 1: a dilation of 2 after one of 1 sees 7 x 7
        {"W": 12, "F": 3, "D": 2, "S": 1, "P": 2, "F2": 3, "D2": 4},
        {"span": "5", "size": "12", "same": "4", "two_layers": "7"},
        {"size": ["14", "10"], "same": ["1", "8", "6"], "two_layers": ["8", "5", "15"]},
    ),
]
