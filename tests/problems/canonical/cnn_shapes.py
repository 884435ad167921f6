"""Sizes and counts of convolutional layers."""

from tests.problems.canonical.case import Case

#: two maps of 8 x 8 x 4 and 4 x 4 x 8
MAPS = ((8, 8, 4), (4, 4, 8))

CASES = [
    Case(
        "cnn_shapes/activation_memory",
        "medium",
        {"dtype": "float32", "size": 4, "volumes": MAPS, "batch": 2},
        # 3072 bytes, asked for in megabytes
        {"activations": "768", "megabytes": "0.003072"},
        {"activations": ["384", "512", "256"], "megabytes": ["0.001536", "0.02458", "0.002048"]},
    ),
    Case(
        "cnn_shapes/activation_memory",
        "easy",
        {"dtype": "float32", "size": 4, "volumes": MAPS[:1], "batch": 2},
        {"activations": "512", "memory": "2048"},
        {"activations": ["256"], "memory": ["16384", "512"]},
    ),
    Case(
        "cnn_shapes/connectivity_comparison",
        "easy",
        # four filters: 12 shared weights where one filter has 3
        {"n": 5, "k": 3, "C": 1, "K": 4, "axes": 1},
        {"full": "25", "tied": "13", "shared": "12"},
        {"full": ["5"], "tied": ["15", "3", "9"], "shared": ["3", "13", "16"]},
    ),
    Case(
        "cnn_shapes/connectivity_comparison",
        "medium",
        {"n": 200, "k": 10, "C": 1, "K": 4, "axes": 2, "neurons": 400_000},
        {"full_image": "16 000 000 000", "local": "40000000", "shared": "400", "ratio": "400"},
        {"full_image": ["80000000"], "local": ["4000000", "100"], "shared": ["100", "404"]},
    ),
    Case(
        "cnn_shapes/conv_connection_count",
        "easy",
        {"n": 32, "C": 1, "F": 5, "K": 6, "S": 1, "P": 0},
        {"neurons": "4704", "per_neuron": "26", "connections": "122304"},
        {"per_neuron": ["25"], "connections": ["156", "117600", "4704"]},
    ),
    Case(
        "cnn_shapes/conv_connection_count",
        "hard",
        # the first layer of AlexNet
        {"n": 227, "C": 3, "F": 11, "K": 96, "S": 4, "P": 0},
        {
            "neurons": "290400",
            "per_neuron": "364",
            "connections": "105705600",
            "parameters": "34944",
            "ratio": "3025",
        },
        {"connections": ["105415200"], "parameters": ["34848"]},
    ),
    Case(
        "cnn_shapes/conv_flops",
        "easy",
        {"n": 8, "C": 3, "F": 3, "K": 4, "S": 1, "P": 0},
        {"multiply_adds": "3888", "operations": "7776"},
        {"multiply_adds": ["6912", "112", "108", "7776", "1296", "972"], "operations": ["3888"]},
    ),
    Case(
        "cnn_shapes/conv_flops",
        "hard",
        # the first layer of AlexNet, and a bottleneck of ResNet-50
        {"n": 227, "C": 3, "F": 11, "K": 96, "S": 4, "P": 0}
        | {"units": 10, "side": 56, "wide": 256, "narrow": 64},
        {"multiply_adds": "105415200", "bottleneck": "218365952", "saved": "0.8819"},
        {"bottleneck": ["69632", "115605504"], "saved": ["0.1181"]},
    ),
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
        "cnn_shapes/conv_param_count",
        "easy",
        # without padding, 258 x 258 pixels give the 256 x 256 positions
        {"n": 258, "C": 3, "F": 3, "K": 5, "bias": "one bias"},
        {"per_filter": "28", "layer": "140"},
        {
            "per_filter": ["27", "10", "30"],
            "layer": ["135", "50", "136", "9175040", "150"],
        },
    ),
    Case(
        "cnn_shapes/conv_param_count",
        "medium",
        {"n": 14, "C": 6, "F": 5, "K": 16, "bias": "one bias"},
        {"per_filter": "151", "layer": "2416", "bias_share": "0.006623"},
        {"per_filter": ["76", "26"], "layer": ["2400", "2401", "1216"]},
    ),
    Case(
        "cnn_shapes/conv_param_count",
        "hard",
        {"n": 14, "C": 6, "F": 5, "K": 16, "bias": "no bias", "F2": 3, "K2": 16, "G": 2},
        {"layer": "2400", "normalization": "32", "grouped": "1168", "total": "3600"},
        {"layer": ["14400"], "grouped": ["2320", "584", "1152"], "total": ["3568"]},
    ),
    Case(
        "cnn_shapes/dense_param_count",
        "medium",
        # a tenth of the sides and of the hidden units of the instance of 480 million weights
        {"image": (40, 40, 3), "widths": (100, 10)},
        {"weights": "481000", "biases": "110", "total": "481110"},
        {"weights": ["481110", "161000", "4910", "480000"], "total": ["481000"]},
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
        "cnn_shapes/grouped_depthwise_conv",
        "medium",
        {"C": 32, "K": 64, "F": 3, "G": 4, "bias": 0},
        {"plain": "18432", "grouped": "4608", "depthwise": "288", "separable": "2336"},
        {"grouped": ["18432", "1152", "288"], "separable": ["288", "2048"]},
    ),
    Case(
        "cnn_shapes/grouped_depthwise_conv",
        "hard",
        {"C": 64, "K": 128, "F": 3, "G": 2, "bias": 0, "side": 7},
        {
            "plain": "73728",
            "separable": "8768",
            "separable_ratio": "0.1189",
            "formula": "1/K + 1/F^2",
        },
        {"separable_ratio": ["8.409"], "formula": ["1/F^2", "1/K", "1/(K F^2)"]},
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
]
