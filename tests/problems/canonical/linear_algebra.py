"""Broadcasting, first-order approximation, norms and layouts of derivatives."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

ADDED = {"X": ((2,), (5,), (-1,)), "y": (3, -4, 7), "place": (1, 2)}
PAIRS = (((5, 4), (4,)), ((15, 3, 5), (3, 1)), ((3,), (4,)), ((2, 1), (8, 4, 3)))

CASES = [
    Case(
        "linear_algebra/broadcasting_shape",
        "easy",
        {"a": (4, 1), "b": (3,), **ADDED},
        {"result": "4x3", "entries": "12", "entry": "12"},
        {
            "result": ["4x1", "3x4", "(7,)"],
            "entries": ["7"],
            "entry": ["1", "-5", "5"],
        },
    ),
    Case(  # the pairs of the guide "Broadcasting" in the documentation of NumPy
        "linear_algebra/broadcasting_shape",
        "medium",
        {
            "a": (8, 1, 6, 1),
            "b": (7, 1, 5),
            "pairs": PAIRS,
            **ADDED,
        },
        {"result": "8x7x6x5", "entries": "1680", "works": "T T F F"},
        {"result": ["5x6x7x8", "8x1x6x1"], "works": ["T T T T"]},
    ),
    Case(  # the outer sum of the same guide
        "linear_algebra/broadcasting_shape",
        "hard",
        {
            "a": (4, 1),
            "b": (3,),
            "pairs": PAIRS,
            "u": (0, 10, 20, 30),
            "v": (1, 2, 3),
            "sizes": (4, 3, 5),
            "axis": 0,
        },
        {"total": "204", "reshaped": "4x1x1"},
        {"total": ["66", "258", "360"], "reshaped": ["(4,)", "1x1x4", "3x1"]},
    ),
    Case(
        "linear_algebra/first_order_linearization",
        "medium",
        {"terms": ((1, (2, 1)),), "x": (1, 2), "d": (rational(1, 10), rational(-1, 10))},
        {"gradient": "(4, 1)", "change": "0.3", "approximation": "2.3", "error": "-0.001"},
        {
            "gradient": ["(4, 2)", "(2, 1)", "(1, 4)"],
            "change": ["2.3", "0.299", "-0.3"],
            "approximation": ["0.3", "1.7"],
            "error": ["0.001", "0.299"],
        },
    ),
    Case(
        "linear_algebra/first_order_linearization",
        "hard",
        {"terms": ((1, (2, 1)),), "x": (1, 2), "eta": rational(1, 100), "k": 10},
        {
            "step": "(-0.04, -0.01)",
            "predicted": "-0.17",
            "actual": "-0.166016",
            "contour": "(1/sqrt(17), -4/sqrt(17))",
            "ratio": "100",
        },
        {
            "step": ["(0.04, 0.01)", "(-0.04/sqrt(17), -0.01/sqrt(17))"],
            "predicted": ["0.17", "-0.04123"],
            "actual": ["-0.17", "0.1660", "1.834"],
            "contour": ["(0.9701, 0.2425)", "(0.2425, 0.9701)"],
            "ratio": ["10", "1000"],
        },
    ),
    Case(
        "linear_algebra/induced_norm_subgradient",
        "medium",
        {"W": ((1, -2, 3), (-4, 1, 0))},
        {
            "infinity": "6",
            "one": "5",
            "frobenius": "sqrt(31)",
            "active": "1",
            "gradient": "[[1, -1, 1], [0, 0, 0]]",
        },
        {
            "infinity": ["5", "2", "4"],
            "one": ["6", "3", "11"],
            "frobenius": ["31", "11"],
            "active": ["2"],
            "gradient": [
                "[[1, -1, 1], [-1, 1, 0]]",
                "[[1, 0, 0], [-1, 0, 0]]",
                "[[1, 1, 1], [0, 0, 0]]",
                "[[1, -2, 3], [0, 0, 0]]",
            ],
        },
    ),
    Case(  # norms 6, 5 and 7; column sums 5, 3 and 3
        "linear_algebra/induced_norm_subgradient",
        "hard",
        {
            "W": ((1, -2, 3), (-4, 1, 0)),
            "others": (((1, 2, -2), (0, 1, 1)), ((-1, 0, 0), (2, 2, 3))),
        },
        {"penalty": "12", "penalty_gradient": "[[2/3, -2/3, 2/3], [0, 0, 0]]"},
        {
            "penalty": ["36", "22/3", "6"],
            "penalty_gradient": [
                "[[1, -1, 1], [0, 0, 0]]",
                "[[2/3, -2/3, 2/3], [-2/3, 2/3, 0]]",
            ],
        },
    ),
    Case(
        "linear_algebra/jacobian_layout_shape",
        "easy",
        {"dims": (3, 2), "W": ((1, 2, 3), (4, 5, 6)), "theta": (2, -3, 4), "x": (5, 7, -2)},
        {
            "gradient_shape": "3x2",
            "jacobian_shape": "2x3",
            "linear": "[[1, 4], [2, 5], [3, 6]]",
            "inner": "(5, 7, -2)",
        },
        {"gradient_shape": ["2x3"], "jacobian_shape": ["3x2"], "inner": ["(2, -3, 4)"]},
    ),
    Case(
        "linear_algebra/jacobian_layout_shape",
        "medium",
        {
            "dims": (4, 7, 2, 5),
            "W": ((0, 1), (1, 1)),
            "V": ((1, 2), (3, 4)),
            "positions": (2, 0, 1),
        },
        {
            "gradient_shape": "4x5",
            "jacobian_shape": "5x4",
            "factors": "B C A",
            "chain": "[[2, 4], [3, 7]]",
        },
        {
            "gradient_shape": ["5x4", "4x7"],
            "jacobian_shape": ["4x5", "5x5"],
            "factors": ["A C B", "A B C"],
            "chain": ["[[3, 4], [4, 6]]", "[[2, 3], [4, 7]]"],
        },
    ),
    Case(
        "linear_algebra/jacobian_layout_shape",
        "hard",
        {"dims": (3, 2), "W": ((1, 2, 3), (4, 5, 6)), "x": (2, -1, 3), "delta": (1, -2)},
        {
            "tensor_shape": "2x3x2",
            "nonzeros": "6",
            "weight_gradient": "[[2, -1, 3], [-4, 2, -6]]",
            "input_gradient": "(-7, -8, -9)",
        },
        {
            "tensor_shape": ["2x2x3", "2x3"],
            "nonzeros": ["12", "3", "2"],
            "weight_gradient": ["[[2, -1, 3], [2, -1, 3]]", "[[2, -2, 9], [-16, 10, -36]]"],
            "input_gradient": ["(5, 7, 9)", "(1, 2, 3)"],
        },
    ),
]
