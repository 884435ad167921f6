"""Parameters, connections, operations and memory of convolutional layers."""

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
        {
            "multiply_adds": "105415200",
            "dense": "2904000",
            "bottleneck": "218365952",
            "saved": "0.8819",
        },
        {"bottleneck": ["69632", "115605504"], "saved": ["0.1181"]},
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
            "multiply_adds": "1806336",
            "separable": "8768",
            "separable_ratio": "0.1189",
            "formula": "1/K + 1/F^2",
        },
        {"separable_ratio": ["8.409"], "formula": ["1/F^2", "1/K", "1/(K F^2)"]},
    ),
    Case(
        "cnn_shapes/activation_memory",
        "hard",
        {"dtype": "float32", "size": 4, "batch": 2}
        | {"volumes": ((8, 8, 3), (8, 8, 4), (4, 4, 4), (4, 4, 8), (2, 2, 8))},
        {"activations": "1344", "megabytes": "0.005376", "inference": "0.003584", "ratio": "1.5"},
        {"inference": ["0.005376", "0.002048", "0.00128", "0.001792"], "ratio": ["5", "2/3"]},
    ),
    Case(
        "cnn_shapes/connectivity_comparison",
        "hard",
        # 14,455,392 full and 456 shared parameters with biases
        {"n": 32, "k": 5, "C": 3, "K": 6, "axes": 2},
        {
            "layer": "4704",
            "full_layer": "14450688",
            "local_layer": "352800",
            "shared": "450",
            "saving": "32110",
        },
        {
            "layer": ["784", "6144", "168"],
            "full_layer": ["4816896", "3072", "451584"],
            "local_layer": ["117600", "450", "70560"],
            "shared": ["456", "75", "150", "352800"],
        },
    ),
    Case(
        "cnn_shapes/conv_connection_count",
        "hard",
        {"n": 32, "C": 3, "F": 5, "K": 6, "S": 1, "P": 0},
        {"connections": "357504", "parameters": "456", "ratio": "784", "dense": "14455392"},
        {"parameters": ["450", "76"], "ratio": ["76"], "dense": ["14450688", "4821600", "3073"]},
    ),
    Case(
        "cnn_shapes/conv_flops",
        "medium",
        {"n": 227, "C": 3, "F": 11, "K": 96, "S": 4, "P": 0},
        {"multiply_adds": "105415200", "operations": "210830400", "per_parameter": "3025"},
        {"multiply_adds": ["34848", "34944"], "per_parameter": ["51529"]},
    ),
    Case(
        "cnn_shapes/dense_param_count",
        "easy",
        # the classifier of the TensorFlow quickstart for beginners
        {"image": (784,), "widths": (128, 10)},
        {"weights": "101632", "biases": "138", "total": "101770"},
        {"weights": ["101770", "922", "100352"], "biases": ["922", "128", "2"]},
    ),
    Case(
        "cnn_shapes/dense_param_count",
        "hard",
        {"image": (28, 28, 1), "widths": (128, 32, 128, 784)},
        {
            "weights": "208896",
            "biases": "1072",
            "total": "209968",
            "collapsed": "615440",
            "formula": "L d^2",
        },
        {"collapsed": ["614656", "209968"], "formula": ["L d", "d^L", "(L - 1) d^2"]},
    ),
    Case(
        "cnn_shapes/grouped_depthwise_conv",
        "easy",
        # the second convolution of AlexNet
        {"C": 96, "K": 256, "F": 5, "G": 2, "bias": 1},
        {"plain": "614656", "grouped": "307456", "ratio": "1.999"},
        {"plain": ["614400"], "grouped": ["614656", "153728"], "ratio": ["0.5002", "4"]},
    ),
]
