"""Networks as tables, code and layers for a task: published examples, run by the engine."""

from tests.problems.canonical.case import Case

CASES = [
    Case(  # CSC413, a worked example of its fourth week
        "design/cnn_stack_table",
        "easy",
        {
            "image": (100, 100, 3),
            "layers": (
                ("conv", 5, 3, 1, 0),
                ("pool", 2, 2),
                ("conv", 10, 3, 1, 0),
                ("pool", 2, 2),
                ("conv", 5, 3, 1, 0),
                ("flatten",),
                ("dense", 20),
                ("dense", 10),
            ),
        },
        {
            "shapes": "[(98, 98, 5), (49, 49, 5), (47, 47, 10), (23, 23, 10), (21, 21, 5), "
            "(1, 1, 2205), (1, 1, 20), (1, 1, 10)]",
            "parameters": "(140, 0, 460, 0, 455, 0, 44120, 210)",
            "total": "45385",
            "largest": "7",
        },
        {
            "shapes": [
                "[(98, 98, 5), (49, 49, 5), (47, 47, 10), (24, 24, 10), (22, 22, 5), "
                "(1, 1, 2420), (1, 1, 20), (1, 1, 10)]",
                "[(97, 97, 5), (48, 48, 5), (45, 45, 10), (22, 22, 10), (19, 19, 5), "
                "(1, 1, 1805), (1, 1, 20), (1, 1, 10)]",
                "[(98, 98, 5), (49, 49, 2), (47, 47, 10), (23, 23, 5), (21, 21, 5), "
                "(1, 1, 2205), (1, 1, 20), (1, 1, 10)]",
            ],
            "parameters": [
                "(135, 0, 450, 0, 450, 0, 44100, 200)",
                "(50, 0, 100, 0, 50, 0, 44120, 210)",
                "(136, 0, 451, 0, 451, 0, 44101, 201)",
                "(140, 0, 460, 0, 455, 0, 120, 210)",
            ],
            "total": ["44330"],
            "largest": ["3"],
        },
    ),
    Case(  # EPFL CS-433 2024, question 6, whose official key has 147,456 weights in layer 6
        "design/cnn_stack_table",
        "medium",
        {
            "image": (32, 32, 3),
            "layers": (
                ("conv", 16, 3, 1, 0),
                ("pool", 2, 2),
                ("conv", 32, 4, 1, 0),
                ("pool", 2, 2),
                ("flatten",),
                ("dense", 128),
                ("dense", 10),
            ),
        },
        {
            "shapes": "[(30, 30, 16), (15, 15, 16), (12, 12, 32), (6, 6, 32), (1, 1, 1152), "
            "(1, 1, 128), (1, 1, 10)]",
            "parameters": "(448, 0, 8224, 0, 0, 147584, 1290)",
            "activations": "14400",
            "multiply_adds": "1717184",
        },
        {"parameters": ["(432, 0, 8192, 0, 0, 147456, 1280)"]},
    ),
    Case(
        "design/cnn_stack_table",
        "hard",
        {
            "image": (32, 32, 3),
            "layers": (
                ("conv", 16, 3, 2, 1),
                ("norm",),
                ("depthwise", 3, 1, 1),
                ("norm",),
                ("conv", 32, 1, 1, 0),
                ("norm",),
                ("depthwise", 3, 2, 1),
                ("norm",),
                ("conv", 64, 1, 1, 0),
                ("norm",),
                ("mean",),
                ("dense", 10),
            ),
        },
        {
            "parameters": "(448, 32, 160, 32, 544, 64, 320, 64, 2112, 128, 0, 650)",
            "total": "4554",
            "largest": "9",
            "saved": "40320",
        },
        {"saved": ["40970", "630"], "total": ["3584"]},
    ),
    Case(  # torch gives the same shapes and 6,178 parameters
        "design/code_shape_trace",
        "easy",
        {
            "x": (8, 3, 30, 31),
            "lines": ((("conv", 3, 6, 3, 1, 1),), (("relu",), ("pool", 3)), (("flatten", 1),)),
            "units": 10,
            "pred": (),
            "y": (),
        },
        {
            "after_a": "(8, 6, 30, 31)",
            "after_b": "(8, 6, 10, 10)",
            "after_c": "(8, 600)",
            "blank": "600",
            "parameters": "6178",
        },
        {
            "after_a": ["(8, 30, 31, 6)", "(8, 6, 28, 29)", "(6, 30, 31)"],
            "after_b": ["(8, 6, 28, 29)"],
            "after_c": ["(4800)", "(8, 6)"],
            "blank": ["4800", "6"],
            "parameters": ["6162"],
        },
    ),
    Case(  # torch gives 4.6667 and warns of the broadcast
        "design/code_shape_trace",
        "hard",
        {
            "x": (3, 2, 12, 15),
            "lines": (
                (("conv", 2, 6, 3, 3, 0),),
                (("flatten", 2), ("permute", 0, 2, 1)),
                (("mean", 1),),
            ),
            "units": 1,
            "pred": (1, 2, 4),
            "y": (1, 3, 5),
        },
        {"after_b": "(3, 20, 6)", "clash": "(3, 3)", "loss": "14/3", "meant": "2/3"},
        {"after_b": ["(3, 6, 20)"], "clash": ["(3, 1)"], "loss": ["2/3", "14"], "meant": ["14/3"]},
    ),
]
