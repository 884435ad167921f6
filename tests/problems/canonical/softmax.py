"""Softmax probabilities, their cross-entropy with and without smoothed labels, and regression."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)
#: Logits that give the gradients printed for three classes and two samples.
REGRESSION = {
    "W": ((0, 0), (-HALF, HALF), (HALF, -1)),
    "b": (0, 0, 0),
    "X": ((1, 2), (0, 1)),
    "y": (1, 3),
}

CASES = [
    Case(
        "losses/label_smoothing",
        "easy",
        {
            "K": 4,
            "epsilon": rational(1, 5),
            "p": tuple(rational(n, 10) for n in (1, 7, 1, 1)),
            "y": 2,
            "z": (),
        },
        {"targets": "(0.05, 0.85, 0.05, 0.05)", "loss": "0.6486", "unsmoothed": "-ln(0.7)"},
        {
            "targets": [
                "(0.05, 0.8, 0.05, 0.05)",
                "(0.06667, 0.8, 0.06667, 0.06667)",
                "(0.2, 0.8, 0.2, 0.2)",
                "(0.05, 0.95, 0.05, 0.05)",
            ],
            "loss": ["-0.6486", "0.3567", "0.3032", "1.012"],
            "unsmoothed": ["ln(0.7)", "0.7", "0.2853"],
        },
    ),
    Case(
        "losses/label_smoothing",
        "medium",
        {"K": 5, "epsilon": rational(1, 10), "p": rational(9, 10), "y": 1, "z": ()},
        {
            "true_target": "0.92",
            "other_target": "0.02",
            "even_loss": "0.3920",
            "smallest": "0.3897",
        },
        {
            "true_target": ["0.9", "0.02", "0.98", "0.28"],
            "other_target": ["0.025", "0.1"],
            "even_loss": ["-0.3920", "0.1707", "0.2811"],
            "smallest": ["0", "0.07671", "ln(5)", "0.08338"],
        },
    ),
    Case(
        "losses/label_smoothing",
        "hard",
        {"K": 3, "epsilon": rational(1, 10), "z": (2, 0, -1), "y": 1, "p": ()},
        {
            "targets": "(28/30, 1/30, 1/30)",
            "smallest": "0.2911",
            "gradient": "(-0.08954, 0.08086, 0.008677)",
            "gap": "ln(28)",
            "formula": "ln(1 + (1 - epsilon)(n + 1)/epsilon)",
        },
        {
            "gradient": [
                "(0.08954, -0.08086, -0.008677)",
                "(-0.1562, 0.1142, 0.04201)",
                "(0.8438, 0.1142, 0.04201)",
            ],
            "gap": ["ln(18)", "ln(27)", "28"],
        },
    ),
    Case(
        "losses/softmax_cross_entropy",
        "easy",
        {"z": (rational(2), rational(0), rational(-1)), "y": 1},
        {"loss": "0.1698", "baseline": "ln(3)"},
        {
            "loss": ["0.07376", "0.2450", "-0.1698", "2.340", "0.1562"],
            "baseline": ["1/3", "0", "0.4771"],
        },
    ),
    Case(
        "losses/softmax_cross_entropy",
        "medium",
        {"z": ((2, 0, -1), (1, 3, 0)), "y": (1, 1)},
        {"losses": "(0.1698, 2.170)", "batch_loss": "1.170", "baseline": "ln(3)"},
        {
            "losses": [
                "(-0.1698, -2.170)",
                "(0.07376, 0.9424)",
                "(0.2450, 3.130)",
                "(2.340, 5.340)",
                "(0.1562, 0.8858)",
            ],
            "batch_loss": ["2.340", "0.7799", "2.170"],
        },
    ),
    Case(
        "losses/softmax_cross_entropy",
        "hard",
        {
            "W": ((1, -1), (0, 2), (-1, 1)),
            "b": (1, 0, -1),
            "x": (2, 1),
            "y": 1,
            "lam": rational(1, 10),
        },
        {
            "logits": "(2, 2, -2)",
            "example_loss": "0.7023",
            "objective": "1.102",
            "binary": "ln(1 + e^(-d))",
        },
        {
            "logits": ["(1, 2, -1)", "(0, 2, 0)"],
            "example_loss": ["-0.7023", "0.3050", "1.013", "3.405", "0.5045"],
            "objective": ["1.502", "1.202", "0.8437", "0.3023"],
            "binary": ["ln(1 + e^d)", "1/(1 + e^(-d))", "-d"],
        },
    ),
    Case(
        "losses/softmax_probabilities",
        "easy",
        {
            "z": (rational(1), rational(2), rational(3)),
            "T": 1,
            "W": (),
            "b": (),
            "x": (),
            "j": 1,
            "c": 2,
            "r": 2,
        },
        {
            "probabilities": "(0.09003, 0.2447, 0.6652)",
            "shifted": "(0.09003, 0.2447, 0.6652)",
            "raised": "0.4223",
        },
        {
            "probabilities": [
                "(1/6, 1/3, 1/2)",
                "(0.7311, 0.8808, 0.9526)",
                "(1/7, 2/7, 4/7)",
                "(0.009009, 0.09009, 0.9009)",
                "(0.09894, 0.3240, 1.987)",
            ],
            "shifted": ["(2.090, 2.245, 2.665)", "(0.6652, 1.808, 4.916)"],
            "raised": ["0.6652", "0.09003", "2.090"],
        },
    ),
    Case(
        "losses/softmax_probabilities",
        "medium",
        {
            "z": (),
            "T": 1,
            "W": ((1, 0), (0, 2), (1, 2)),
            "b": (0, 0, 0),
            "x": (1, 1),
            "j": 1,
            "k": 2,
            "statements": (
                "Doubling all logits leaves all probabilities as they are.",
                "A class with the logit 0 gets the probability 0.",
                "Raising one logit lowers the probabilities of all other classes.",
            ),
        },
        {
            "logits": "(1, 2, 3)",
            "predicted": "(0.09003, 0.2447, 0.6652)",
            "relative": "e^(-2)",
            "judged": "F F T",
        },
        {
            "predicted": [
                "(1/6, 1/3, 1/2)",
                "(0.7311, 0.8808, 0.9526)",
                "(1/7, 2/7, 4/7)",
                "(0.009009, 0.09009, 0.9009)",
                "(0.09894, 0.3240, 1.987)",
            ],
            "relative": ["1/3", "e^2", "-2"],
            "judged": ["T T T", "T T F"],
        },
    ),
    Case(
        "losses/softmax_probabilities",
        "hard",
        {
            "z": (rational(1), rational(2), rational(3)),
            "T": rational(2),
            "W": (),
            "b": (),
            "x": (),
            "j": 3,
            "p": rational(9, 10),
            "statements": ("Raising one logit lowers the probabilities of all other classes.",),
        },
        {
            "tempered": "(0.1863, 0.3072, 0.5065)",
            "required": "4.510",
            "formula": "1/(1 + e^(-d/T))",
        },
        {
            "tempered": [
                "(0.01588, 0.1173, 0.8668)",
                "(0.04502, 0.1224, 0.3326)",
                "(0.09003, 0.2447, 0.6652)",
            ],
            "required": ["2.208", "2.197", "5.197"],
            "formula": ["1/(1 + e^(-d T))", "1/(1 + e^(d/T))", "e^(d/T)"],
        },
    ),
    Case(
        "losses/softmax_regression_gradient",
        "medium",
        REGRESSION,
        {
            "probabilities": "[[0.3482, 0.5741, 0.07770], [0.3315, 0.5465, 0.1220]]",
            "bias_gradient": "(-0.1601, 0.5603, -0.4002)",
            "weight_gradient": "[[-0.3259, -0.4860], [0.2870, 0.8474], [0.03885, -0.3613]]",
        },
        {
            "bias_gradient": [
                "(-0.3203, 1.121, -0.8004)",
                "(0.1601, -0.5603, 0.4002)",
                "(0.3399, 0.5603, 0.09982)",
                "(-0.3259, 0, -0.4390)",
            ],
            "weight_gradient": [
                "[[-0.6518, -0.9721], [0.5741, 1.695], [0.07770, -0.7227]]",
                "[[0.3259, 0.4860], [-0.2870, -0.8474], [-0.03885, 0.3613]]",
                "[[-0.1601, -0.1601], [0.5603, 0.5603], [-0.4002, -0.4002]]",
                "[[0.1741, 0.5140], [0.2870, 0.8474], [0.03885, 0.1387]]",
                "[[-0.3259, -0.6518], [0, 0], [0, -0.4390]]",
            ],
        },
    ),
    Case(
        "losses/softmax_regression_gradient",
        "hard",
        REGRESSION | {"eta": HALF, "wrong_line": 2},
        {
            "code": "C",
            "updated": "[[0.1629, 0.2430], [-0.6435, 0.07631], [0.4806, -0.8193]]",
            "input_gradient": "(-0.2482, 0.2094)",
            "formula": "p - c/m",
        },
        {
            "updated": [
                "[[-0.1629, -0.2430], [-0.3565, 0.9237], [0.5194, -1.181]]",
                "[[0.3259, 0.4860], [-0.7870, -0.3474], [0.4612, -0.6387]]",
            ],
            "input_gradient": ["(0.2482, -0.2094)", "(-0.1241, 0.1047)"],
            "formula": ["c/m - p", "m p - c", "p", "p - c"],
        },
    ),
]
