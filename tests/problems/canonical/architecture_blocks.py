"""Blocks of published networks."""

from tests.problems.canonical.case import Case

#: module 3a of GoogLeNet
INCEPTION = {
    "size": 28,
    "channels": 192,
    "one": 64,
    "three": (96, 128),
    "five": (16, 32),
    "pool": 32,
}

CASES = [
    Case(
        "architectures/inception_module",
        "hard",
        INCEPTION,
        {
            "output_shape": "28x28x256",
            "three_parameters": "129248",
            "module": "163696",
            "naive_parameters": "387296",
            "ratio": "0.4227",
            "naive_shape": "28x28x416",
            "five_multiplications": "12443648",
        },
        {
            "output_shape": ["28x28x416", "28x28x448", "112x28x64"],
            "three_parameters": ["221312", "110720", "129024"],
            "module": ["387296", "163328", "255760"],
            "naive_shape": ["28x28x256"],
            "five_multiplications": ["15920", "120422400"],
        },
    ),
    Case(
        "architectures/resnet_block_params",
        "medium",
        {"C": 256, "inner": 64, "outer": 256, "shortcut": "identity", "size": 1},
        {"convolutions": "69632", "normalisations": "768", "basic": "1179648", "ratio": "0.05903"},
        {"convolutions": ["1179648", "36864", "135168", "70016", "720896"]},
    ),
    Case(
        "architectures/resnet_block_params",
        "hard",
        # the first block of 128 channels in ResNet-18
        {"C": 64, "inner": 128, "outer": 128, "shortcut": "projection", "size": 56},
        {
            "convolutions": "221184",
            "normalisations": "512",
            "projection": "8192",
            "block": "230144",
            "shape": "28x28x128",
            "activations": "100352",
        },
        {"projection": ["73728", "0"], "block": ["221696", "229888"]},
    ),
    Case(
        "architectures/inception_module",
        "easy",
        INCEPTION,
        {"output_shape": "28x28x256", "averaged": "256"},
        {"averaged": ["200704", "1"]},
    ),
    Case(
        "architectures/small_filter_stack",
        "hard",
        # three layers of 3 x 3 have 27/49 of the weights of 7 x 7; eight have 72/289
        {"F": 3, "widths": (64, 64, 64, 64), "times": 4},
        {"ratio": "27/49", "formula": "L F^2 / (1 + L (F - 1))^2", "enough": "8"},
        {"formula": ["1/L", "L F/(1 + L (F - 1))"], "enough": ["7", "4"]},
    ),
    Case(
        "architectures/small_filter_stack",
        "medium",
        {"F": 3, "widths": (64, 64, 64, 64), "size": 14},
        {
            "field": "7",
            "stack": "110592",
            "single": "200704",
            "ratio": "27/49",
            "multiplications": "21676032",
            "nonlinearities": "192",
        },
        {
            "field": ["9", "3"],
            "stack": ["200704", "1728", "73728"],
            "single": ["110592", "3136"],
            "nonlinearities": ["3"],
        },
    ),
    Case(
        "architectures/resnet_block_params",
        "easy",
        # the first block of ResNet-18
        {"C": 64, "inner": 64, "outer": 64, "shortcut": "identity", "size": 56},
        {
            "convolutions": "73728",
            "normalisations": "256",
            "skip": "0",
            "multiplications": "231211008",
        },
        {"convolutions": ["73856", "36864", "77824"], "skip": ["4096", "64"]},
    ),
]
