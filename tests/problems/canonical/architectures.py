"""Published networks, layer by layer."""

from tests.problems.canonical.case import Case

ALEXNET = {
    "n": 227,
    "first": (96, 11, 4),
    "widths": (256, 384, 384, 256),
    "heads": (4096, 4096, 1000),
    "small": 223,
}
LENET5 = {"kind": "average", "n": 32, "C": 1, "F": 5, "K": 6}

FACTS = {"fact": 0, "options": (), "entered": "", "years": (), "sized": (), "deep": ()}
FACTS |= {"network": "", "classes": 0, "other": ""}

CASES = [
    Case(
        "architectures/alexnet_trace",
        "hard",
        # in two groups the convolutions have 60,965,224 - 58,631,144 parameters
        ALEXNET,
        {
            "conv1_shape": "55x55x96",
            "conv1_parameters": "34944",
            "pool1_shape": "27x27x96",
            "conv2_parameters": "614656",
            "last_shape": "6x6x256",
            "dense_parameters": "58631144",
            "grouped": "2334080",
            "paddings": "0, 2, 4",
        },
        {
            "conv1_shape": ["54x54x96", "57x57x96", "217x217x96", "55x55x3"],
            "conv1_parameters": ["34848", "11712", "34849"],
            "conv2_parameters": ["614400", "307456", "19456"],
            # 3,747,200 without groups
            "grouped": ["3747200", "1873600"],
            "paddings": ["0, 1, 2, 3, 4, 5", "0, 4"],
        },
    ),
    Case(
        "architectures/architecture_facts",
        "medium",
        FACTS
        | {"sized": ("VGG-16", "AlexNet", "GoogLeNet", "ResNet-50")}
        | {"deep": ("VGG-16", "AlexNet", "GoogLeNet", "ResNet-50")}
        | {"network": "VGG-16", "classes": 10},
        {"by_parameters": "C D B A", "by_depth": "B A C D"},
        {"by_parameters": ["A B D C", "B A C D", "D B A C"], "by_depth": ["C D B A", "A B C D"]},
    ),
    Case(
        "architectures/architecture_facts",
        "hard",
        FACTS | {"network": "AlexNet", "classes": 10, "other": "VGG-16"},
        # 60,965,224 and 138,357,544 parameters; 4,097,000 of the first in its last layer
        {"last_layer": "40970", "changed": "56909194", "memory": "227.6", "factor": "2.269"},
        {"changed": ["56910194", "61006194"], "memory": ["56.91"], "factor": ["0.4406"]},
    ),
    Case(
        "architectures/cnn_head_flatten",
        "hard",
        # pooled to the 14 x 14 x 64 that are flattened
        {"height": 28, "width": 29, "depth": 64, "classes": 10, "backbone": ((3, 64, 7), (64, 3))},
        {
            "pooled": "14x14x64",
            "averaged_head": "650",
            "frozen": "83328",
            "share": "0.00774",
            "unfrozen": "37578",
        },
        {
            "averaged_head": ["125450", "640"],
            "share": ["0.992", "0.0078"],
            "unfrozen": ["36928", "83978"],
        },
    ),
    Case(
        "architectures/cnn_head_flatten",
        "medium",
        {"height": 28, "width": 29, "depth": 64, "classes": 10, "backbone": ()},
        {"flattened": "12544", "head": "125450", "averaged_head": "650", "saved": "0.9948"},
        {
            "flattened": ["196", "92", "64"],
            "head": ["125440", "1970"],
            "averaged_head": ["125450", "640"],
        },
    ),
    Case(
        "architectures/cnn_head_flatten",
        "easy",
        {"height": 27, "width": 27, "depth": 64, "classes": 10, "backbone": ()},
        {"pooled": "13x13x64", "flattened": "10816", "head": "108170"},
        {"pooled": ["14x14x64", "13x13x32"], "flattened": ["12544"]},
    ),
    Case(
        "architectures/conv_pool_stack",
        "medium",
        {"n": 256, "C": 3, "F": 3, "K": 5, "N": 3, "classes": 1},
        {"first_parameters": "140", "last_shape": "32x32x5", "total": "600", "largest": "8"},
        {
            "first_parameters": ["135", "50", "136"],
            "last_shape": ["64x64x5", "32x32x15"],
            "total": ["420", "585", "690", "603"],
            "largest": ["9", "7"],
        },
    ),
    Case(
        "architectures/conv_pool_stack",
        "hard",
        {"n": 256, "C": 3, "F": 3, "K": 5, "N": 3, "classes": 10},
        {
            "formula": "(F^2 C + 1) K + (N - 1)(F^2 K + 1) K",
            "field": "22",
            "head": "51210",
        },
        {
            "formula": ["N (F^2 C + 1) K", "F^2 C K + (N-1) F^2 K^2", "N (F^2 K + 1) K"],
            "field": ["7", "15", "4"],
            "head": ["51200", "10250"],
        },
    ),
    Case(
        "architectures/lenet_trace",
        "medium",
        LENET5 | {"F2": 3, "K2": 16},
        {
            "c1_shape": "28x28x6",
            "c1_parameters": "156",
            "s2_shape": "14x14x6",
            "c3_shape": "12x12x16",
            "c3_parameters": "880",
            "s4_shape": "6x6x16",
            "connections": "122304",
        },
        {
            "c3_shape": ["7x7x16"],
            "c3_parameters": ["0", "160", "864", "2416", "448"],
            "connections": ["156", "117600"],
        },
    ),
    Case(
        "architectures/lenet_trace",
        "hard",
        LENET5 | {"F2": 5, "K2": 16, "table": ((6, 3), (9, 4), (1, 6)), "dense": (120, 84, 10)},
        {
            "layers": "[[14, 6, 0], [10, 16, 2416], [5, 16, 0]]",
            "dense_parameters": "59134",
            "total": "61706",
            "sparse_parameters": "1516",
        },
        {
            "layers": [
                "[[14, 6, 0], [10, 16, 416], [5, 16, 0]]",
                "[[14, 6, 12], [10, 16, 2416], [5, 16, 32]]",
            ],
            "total": ["2572"],
            "sparse_parameters": ["2416", "1500"],
        },
    ),
    Case(
        "architectures/lenet_trace",
        "easy",
        LENET5,
        {"c1_parameters": "156", "s2_shape": "14x14x6", "both_parameters": "156"},
        # 12 parameters of S2 in 1998
        {"c1_parameters": ["150"], "s2_shape": ["27x27x6"], "both_parameters": ["168"]},
    ),
    Case(
        "architectures/vgg_trace",
        "hard",
        {"n": 224, "depth": 3, "width": 64, "blocks": (2, 2, 3, 3, 3), "heads": (4096, 4096, 1000)},
        {
            "first_block_shape": "112x112x64",
            "first_block_parameters": "38720",
            "last_shape": "7x7x512",
            "convolutions": "14714688",
            "dense": "123642856",
            "share": "0.8936",
            "multiplications": "1936392192",
        },
        {
            "last_shape": ["14x14x512"],
            "dense": ["123633664", "14714688", "22979560"],
            "share": ["0.1064"],
        },
    ),
    Case(
        "architectures/alexnet_trace",
        "medium",
        ALEXNET | {"widths": (256,), "heads": (), "small": 227},
        {
            "conv2_parameters": "614656",
            "last_shape": "13x13x256",
            "conv2_multiplications": "447897600",
        },
        {"last_shape": ["27x27x256"], "conv2_multiplications": ["614656", "448084224"]},
    ),
    Case(
        "architectures/architecture_facts",
        "easy",
        # the network of the inception modules, and the winner of 2015
        FACTS
        | {"fact": 9, "options": ("VGG-16", "GoogLeNet", "AlexNet", "ResNet-50")}
        | {"entered": "ResNet-50", "years": (2013, 2014, 2015, 2016)}
        | {"network": "VGG-16", "classes": 10},
        {"idea": "B", "year": "C", "last_layer": "40970"},
        {"idea": ["C", "D"], "year": ["B", "D"], "last_layer": ["40960", "4097000", "40961"]},
    ),
    Case(
        "architectures/vgg_trace",
        "medium",
        {"n": 224, "depth": 3, "width": 64, "blocks": (2, 2, 3, 3, 3), "heads": ()},
        {"flattened": "25088", "second_block_parameters": "221440"},
        {"flattened": ["49", "512"], "second_block_parameters": ["73856", "221184"]},
    ),
]
