"""Batch normalisation, in training and at test time."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)

CASES = [
    Case(
        "batchnorm/batchnorm_forward",
        "easy",
        {"x": (1, 2, 3, 6), "gamma": 2, "beta": 1, "eps": 0},
        {
            **{"mean": "3", "variance": "3.5", "normalized": "(-1.069, -0.5345, 0, 1.604)"},
            "output": "(-1.138, -0.06904, 1, 4.207)",
        },
        {
            **{"mean": ["4"], "variance": ["4.667", "12.5"]},
            "normalized": [
                *("(-0.9258, -0.4629, 0, 1.389)", "(-0.5714, -0.2857, 0, 0.8571)"),
                "(0.5345, 1.069, 1.604, 3.207)",
            ],
            "output": [
                *("(-0.8516, 0.07418, 1, 3.777)", "(-0.1429, 0.4286, 1, 2.714)"),
                *("(0.9310, 1.465, 2, 3.604)", "(2.069, 3.138, 4.207, 7.414)"),
            ],
        },
    ),
    # With eps = 1/2 the root is 2.
    Case(
        "batchnorm/batchnorm_forward",
        "medium",
        {"x": (1, 2, 3, 6), "gamma": 2, "beta": 1, "eps": HALF},
        {"normalized": "(-1, -0.5, 0, 1.5)", "output": "(-1, 0, 1, 4)"},
        {"normalized": ["(-0.8436, -0.4218, 0, 1.265)"], "output": ["(0, 1, 2, 5)"]},
    ),
    # Rows are examples: two features, with roots of 3.75 and 2.25.
    Case(
        "batchnorm/batchnorm_forward",
        "hard",
        {
            **{"x": ((1, 2), (2, 0), (3, 4), (6, 2)), "gamma": (2, 3), "beta": (1, -1)},
            "eps": rational(1, 4),
        },
        {
            **{"mean": "(3, 2)", "variance": "(3.5, 2)"},
            "normalized": "[[-1.033, 0], [-0.5164, -1.333], [0, 1.333], [1.549, 0]]",
            "output": "[[-1.066, -1], [-0.03280, -5], [1, 3], [4.098, -1]]",
        },
        {
            **{"mean": ["(1.5, 1)"], "variance": ["(4.667, 2.667)", "(12.5, 6)"]},
            "normalized": [
                "[[-0.7071, 0.7071], [0.8944, -0.8944], [-0.7071, 0.7071], [0.9701, -0.9701]]"
            ],
            "output": ["[[0.9672, 3], [1.484, 4.333], [2, 1.667], [3.549, 3]]"],
        },
    ),
    Case(
        "batchnorm/batchnorm_backward",
        "medium",
        {"x": (1, 2, 4, 7), "g": (1, 0, 2, -1), "gamma": 2, "eps": 0},
        {
            **{"normalized": "(-1.091, -0.6547, 0.2182, 1.528)", "d_beta": "2"},
            **{"d_gamma": "-2.182", "d_input": "(-0.08313, -0.7482, 1.413, -0.5819)"},
        },
        {
            **{"normalized": ["(-0.4762, -0.2857, 0.09524, 0.6667)"], "d_beta": ["0.5", "4"]},
            "d_gamma": ["2", "-0.5455"],
            "d_input": [
                *("(0.8729, 0, 1.746, -0.8729)", "(0.4364, -0.4364, 1.309, -1.309)"),
                *("(-1.642, -1.683, 1.725, 1.600)", "(-0.04157, -0.3741, 0.7066, -0.2910)"),
                "(0.3533, -0.3117, 1.850, -0.1455)",
            ],
        },
    ),
    # Mean 2, variance 5 and eps 1: a root of 6.
    Case(
        "batchnorm/batchnorm_backward",
        "hard",
        {
            **{"x": (1, 3, 5, -1), "g": (3, -1, 1, 2), "gamma": -2, "eps": rational(1)},
            **{"summed": "x", "shifted": "does not change"},
        },
        {
            **{"d_normalized": "(-6, 2, -2, -4)", "d_variance": "-0.4763", "d_mean": "4.082"},
            "d_input": "(-1.191, 1.599, -0.5103, 0.1021)",
            **{"closed_form": "gamma/s (g - b - u c)", "invariants": "T F T"},
        },
        {
            **{"d_normalized": ["(3, -1, 1, 2)"], "d_variance": ["0.4763", "-2.858", "0.2041"]},
            "d_mean": ["-4.082", "1.667"],
            "closed_form": ["gamma g/s", "gamma (g - b)/s", "(g - b - u c)/s"],
        },
    ),
    Case(
        "batchnorm/batchnorm_graph_step",
        "easy",
        {"a": (rational(1),), "v": rational(3), "eps": rational(1), "g": (HALF,)},
        {"nodes": "(4, 2, 0.5)", "d_b": "0.5", "d_c": "-0.125", "d_e": "-0.03125"},
        {
            **{"nodes": ["(4, 4, 0.25)", "(3, 1.732, 0.5774)"], "d_b": ["1"]},
            **{"d_c": ["0.125", "-0.25"], "d_e": ["0.125", "-0.0625", "0.03125", "-0.125"]},
        },
    ),
    # c takes what arrives at b, e what arrives at c.
    Case(
        "batchnorm/batchnorm_graph_step",
        "medium",
        {
            **{"a": (rational(1), rational(-3), rational(2)), "v": rational(14, 3)},
            **{"eps": HALF, "g": (HALF, rational(-1), rational(2)), "node": "e"},
        },
        {
            **{"nodes": "(5.167, 2.273, 0.4399)", "d_b": "7.5", "upstream": "c"},
            **{"d_a": "(0.2200, -0.4399, 0.8799)", "d_c": "-1.452", "d_e": "-0.3193"},
        },
        {
            **{"d_b": ["1.5", "0.5", "14"], "d_a": ["(1.137, -2.273, 4.546)", "(0.5, -1, 2)"]},
            **{"upstream": ["a", "b", "d"], "d_c": ["-0.2903", "1.452", "-3.300"]},
            **{"d_e": ["0.3300", "1.650", "-0.6386", "-1.452"]},
        },
    ),
    Case(
        "batchnorm/batchnorm_graph_step",
        "hard",
        {
            **{"a": (rational(1), rational(-3), rational(2)), "v": rational(14, 3)},
            **{"eps": HALF, "g": (HALF, rational(-1), rational(2)), "shown": (0, 1, 2, 3, 4, 5)},
        },
        {"formula": "-s/(2 e^(3/2))", "order": "A B C D E F"},
        {
            "formula": ["-s/e^(3/2)", "s/(2 e^(3/2))", "-s/(2 sqrt(e))"],
            "order": ["A B C E D F", "B A C D E F", "A B C D F E"],
        },
    ),
    # First feature: batch means 2, 4 and 6, and 0.9 is the weight of the old value.
    Case(
        "batchnorm/batchnorm_inference",
        "medium",
        {
            **{"start_mean": (0, 0), "start_variance": (1, 1), "keep": rational("0.9")},
            **{"means": ((2, -1), (4, 3), (6, 1)), "variances": ((2, 4), (1, 3), (3, 2))},
            **{"gamma": (2, -3), "beta": (1, 5), "eps": rational("0.01"), "x": (3, 2)},
        },
        {
            **{"running_mean": "(1.122, 0.289)", "running_variance": "(1.281, 1.523)"},
            **{"slope": "(1.760, -2.423)", "shift": "(-0.9750, 5.700)"},
            "output": "(4.306, 0.8543)",
        },
        {
            "running_mean": ["(5.778, 1.161)", "(4, 1)", "(6, 1)", "(3, 0.75)"],
            "running_variance": ["(2.809, 2.107)", "(3, 2)", "(0.552, 0.794)", "(2, 3)"],
            "slope": [
                *("(1.549, -1.957)", "(1.767, -2.431)", "(1.752, -2.411)"),
                *("(1.153, -2.116)", "(0.8801, 0.8077)"),
            ],
            "shift": ["(1, 5)", "(2.975, 4.300)", "(-9.561, 7.423)"],
            "output": ["(-2.458, 2.884)", "(1.653, 1.382)", "(6.281, 0.1540)"],
        },
    ),
    Case(
        "batchnorm/batchnorm_inference",
        "hard",
        {
            **{"start_mean": (0, 1), "start_variance": (4, 1), "keep": rational("0.75")},
            **{"means": ((4, 5),), "variances": ((8, 9),), "W": ((1, 2), (3, -1)), "b": (2, -4)},
            **{"gamma": (2, -3), "beta": (1, 5), "eps": rational(1)},
        },
        {
            **{"running_mean": "(1, 2)", "running_variance": "(5, 3)", "slope": "(0.8165, -1.5)"},
            **{"weights": "[[0.8165, 1.633], [-4.5, 1.5]]", "bias": "(1.816, 14)"},
        },
        {
            "weights": ["[[0.8165, -3], [2.449, 1.5]]", "[[1, 2], [3, -1]]"],
            "bias": ["(0.1835, 8)", "(2.184, 4)", "(1.633, 6)"],
        },
    ),
    # Outputs 7, 8 and 0, with the mean 5; the gradient goes with 1/k.
    Case(
        "batchnorm/batchnorm_invariances",
        "hard",
        {
            **{"X": ((1, 2), (3, -1), (-2, 1)), "w": (2, 1), "b": 3, "g": (1, -2, 3)},
            **{"claims": (0, 1, 3), "k": rational(3)},
        },
        {
            "normalized": "(0.5620, 0.8429, -1.405)",
            **{"gradient": "(-0.5151, 1.030)", "scaled_gradient": "(-0.1717, 0.3434)"},
            **{"turning": "1/k^2", "statements": "T F T"},
        },
        {
            "normalized": [
                *("(0.4588, 0.6882, -1.147)", "(0.1579, 0.2368, -0.3947)"),
                "(1.967, 2.248, 0)",
            ],
            "gradient": ["(-3.091, 1.967)", "(-11, 7)", "(-3.465, 1.592)"],
            "scaled_gradient": ["(-1.545, 3.091)", "(-0.5151, 1.030)", "(-0.05724, 0.1145)"],
            "turning": ["1/k", "1", "k^2"],
        },
    ),
    Case(
        "batchnorm/batchnorm_invariances",
        "medium",
        {
            **{"X": ((1, 2), (3, -1), (-2, 1)), "w": (2, 1), "b": 3, "g": ()},
            **{"claims": (2, 5, 9), "k": rational(-3)},
        },
        {"spread": "9", "scaled": "(-0.5620, -0.8429, 1.405)", "statements": "F F F"},
        {
            "spread": ["-3", "1", "1/9"],
            "scaled": [
                *("(-1.686, -2.529, 4.215)", "(-0.1873, -0.2810, 0.4683)"),
                "(0.5620, 0.8429, -1.405)",
            ],
        },
    ),
    Case(
        "batchnorm/batchnorm_invariances",
        "easy",
        {
            **{"X": ((1, 2), (3, -1), (-2, 1)), "w": (2, 1), "b": 3, "g": ()},
            **{"claims": (4, 6, 7), "shift": 10},
        },
        {"shifted": "(0.5620, 0.8429, -1.405)", "statements": "T T F"},
        {"shifted": ["(10.56, 10.84, 8.595)", "(3.372, 3.653, 1.405)"]},
    ),
    # A convolution of 3 x 3 from 3 to 32 channels, and 28 x 28 places.
    Case(
        "batchnorm/batchnorm_param_count",
        "medium",
        {"k": 3, "channels": (3, 32), "places": (28, 28), "batch": 16},
        {"learnable": "64", "buffers": "64", "values": "12544", "total": "928"},
        {
            "learnable": ["50176", "128", "32", "1024"],
            **{"buffers": ["32", "1024", "128"], "values": ["784", "16", "401408"]},
            "total": ["960", "864", "992"],
        },
    ),
]
